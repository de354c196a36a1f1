"""The demo newspaper: built once for all tests of a run, and again from the pictures made then."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from filelock import FileLock

from sitegen.cli import main
from tests.site_test import NOW

PROJECT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Newspaper:
    """A build of the demo that many tests look at, in several processes: nobody may change it."""

    folder: Path

    @property
    def public(self) -> Path:
        return self.folder / "public"

    def lend_pictures(self, state: Path) -> None:
        """Let the first build with `state` find its pictures made: to encode them is most of it.

        They are found by what they are made of, so that a build makes what differs itself.
        """
        shutil.copytree(self.folder / "state/pictures", state / "pictures")


def build(folder: Path, site: Path = PROJECT) -> Path:
    """The demo newspaper of this checkout, built in `folder` by the command line: its output."""
    where = ["-o", str(folder / "public"), "--state", str(folder / "state")]
    command = ["build", "-s", str(site), *where, "--now", NOW, "--jobs", "1"]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder / "public"


def built_once(shared: Path) -> Newspaper:
    """The demo as this checkout builds it, in a folder that the workers of a run share."""
    folder = shared / "newspaper"
    with FileLock(shared / "newspaper.lock"):
        if not folder.exists():
            # Under another name until it is whole, so that nobody looks at half of one.
            build(shared / "newspaper-to-be")
            (shared / "newspaper-to-be").rename(folder)
    return Newspaper(folder)


def in_theme(theme: str, folder: Path) -> Path:
    """The demo's site in another theme that comes with sitegen, made in `folder`."""
    folder.mkdir()
    settings = (PROJECT / "sitegen.toml").read_text(encoding="utf-8")
    ours = settings.replace('theme = "broadsheet"', f'theme = "{theme}"')
    (folder / "sitegen.toml").write_text(ours, encoding="utf-8")
    for name in ("content", "static"):
        (folder / name).symlink_to(PROJECT / name, target_is_directory=True)
    return folder
