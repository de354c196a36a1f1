"""The demo newspaper of this checkout, built with small pictures: an old site to be imported."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from sitegen.cli import main

_PROJECT = Path(__file__).parent.parent.parent
_FORMATS = {".jpg": "JPEG", ".png": "PNG"}
NOW = "2026-11-21T09:00:00Z"
"""The demo's present: its newest article is of the evening before."""


@pytest.fixture(scope="session")
def courier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where its pages, feeds and pictures lie."""
    folder = tmp_path_factory.mktemp("courier")
    shutil.copy(_PROJECT / "sitegen.toml", folder)
    for name in ("content", "static"):
        shutil.copytree(_PROJECT / name, folder / name, copy_function=_copied)
    command = ["build", "-s", str(folder), "-o", str(folder / "public"), "--now", NOW]
    result = CliRunner().invoke(main, [*command, "--jobs", "1"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder / "public"


def _copied(source: str, target: str) -> str:
    """A copy; of a picture a small one in its place: to encode them all takes long."""
    path = Path(source)
    if path.suffix not in _FORMATS or path.name == "emblem.png":
        return shutil.copy(source, target)
    data = BytesIO()
    Image.new("RGB", (60, 40), "#0b5d4e").save(data, _FORMATS[path.suffix])
    Path(target).write_bytes(data.getvalue())
    return target
