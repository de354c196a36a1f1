"""The wheel carries the themes: installed elsewhere, it makes and builds a site."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import sitegen

ROOT = Path(__file__).parent.parent


def run(*command: str, cwd: str | Path | None = None, **environment: str) -> str:
    result = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**os.environ, **environment},
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_the_wheel_installed_elsewhere_makes_and_builds_a_site(tmp_path: Path) -> None:
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    options = ("--no-deps", "--no-build-isolation", "--quiet")
    run(*pip, "wheel", str(ROOT), *options, "--wheel-dir", str(tmp_path))
    (wheel,) = tmp_path.glob("sitegen-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {"sitegen/themes/broadsheet/templates/article.html", "sitegen/docs/errors.md"} <= names
    assert {f"sitegen/serve/files/{name}" for name in ("preview.js", "base.html")} <= names
    assert not [name for name in names if name.startswith(("tests/", "content/"))]

    # Its own code from the wheel, the libraries from where the tests have them.
    target = tmp_path / "installed"
    run(*pip, "install", "--no-deps", "--quiet", "--target", str(target), str(wheel))
    away = tmp_path / "away"
    away.mkdir()
    libraries = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    python = (sys.executable, "-S", "-m", "sitegen")
    environment = {"PYTHONPATH": os.pathsep.join([str(target), *libraries]), "cwd": str(away)}
    where = "import sitegen; print(sitegen.__file__)"
    assert run(sys.executable, "-S", "-c", where, **environment).startswith(str(target))
    assert sitegen.__version__ in run(*python, "--version", **environment)
    run(*python, "init", "paper", **environment)
    run(*python, "build", "-s", "paper", **environment)
    assert "What to do:" in run(*python, "check", "--explain", "date-missing", **environment)
    page = away / "paper" / "public" / "index.html"
    assert "Night ferry returns to Northquay" in page.read_text(encoding="utf-8")
    schema = run(*python, "schema", "-s", "paper", **environment)
    assert "The standfirst below the headline" in schema, "the manual is in the wheel too"
    assert (away / "paper" / "public" / "assets" / "site.css").is_file()


def test_the_sdist_holds_what_it_takes_to_test_and_to_try_it(tmp_path: Path) -> None:
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path), cwd=ROOT)
    (sdist,) = tmp_path.glob("sitegen-*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"sitegen.toml", "tests/site_test.py", "themes/broadsheet/theme.toml"} <= names
    assert {name for name in names if name.startswith("content/") and name.endswith(".md")}
    assert not [name for name in names if name.startswith(("public/", ".sitegen/", ".venv/"))]
