"""The site generators that are measured: sitegen and its peers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from report import say

HERE = Path(__file__).resolve().parent
FAST = ("isal", "markdown_it_pyrs", "orjson")
"""What `sitegen[fast]` brings."""


class ToolFailed(Exception):
    """A tool ended with an error or left out what it should have built."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A site generator, ready to build one site."""

    name: str
    version: str
    command: tuple[str | Path, ...]
    output: Path
    state: tuple[Path, ...]
    """What else a cold build must not find."""
    pictures: Path
    """Where it keeps the pictures that it made, for the next build."""
    place: str = ""
    """In the same run it may build the site in several."""
    aside: Path | None = None
    """Where files go that are to be gone; None where they are just deleted."""


def sitegen(site: Path) -> Tool:
    """This checkout's sitegen on the Python that runs the benchmark."""
    asked = [sys.executable, "-c", "import sitegen; print(sitegen.__version__)"]
    answer = subprocess.run(asked, cwd=HERE.parent, capture_output=True, text=True, check=False)
    version = answer.stdout.strip() or "unknown"
    command = (sys.executable, "-m", "sitegen", "build", "-s", site)
    state = site / ".sitegen"
    return Tool("sitegen", version, command, site / "public", (state,), state / "pictures")


def hugo(site: Path) -> Tool | None:
    """Hugo with the templates in `hugo/`, on the same content folder; None when it is missing."""
    binary = _find_hugo()
    if binary is None:
        return None
    answer = subprocess.run([binary, "version"], capture_output=True, text=True, check=False)
    found = re.search(r"hugo v?(\d[\d.]*)", answer.stdout)
    output, cache = site / "hugo-public", site / "hugo-cache"
    command = (
        *(binary, "build", "--noBuildLock", "--source", HERE / "hugo"),
        *("--contentDir", site / "content", "--destination", output, "--cacheDir", cache),
    )
    version = found[1] if found else "unknown"
    return Tool("hugo", version, command, output, (cache,), cache / "pictures")


def plain(site: Path) -> Tool:
    """sitegen as it is without `sitegen[fast]`, beside the other one."""
    without = f"sys.modules |= dict.fromkeys({FAST})"
    code = f"import sys; {without}; from sitegen.cli import run; run()"
    output, state = site / "plain-public", site / ".sitegen-plain"
    command = (sys.executable, "-c", code, "build", "-s", site, "-o", output, "--state", state)
    return Tool("plain", sitegen(site).version, command, output, (state,), state / "pictures")


PEERS: Mapping[str, Callable[[Path], Tool | None]] = {"hugo": hugo, "plain": plain}


def _find_hugo() -> Path | None:
    folders = os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)])
    found = shutil.which("hugo", path=folders)
    if found is None:
        return None
    with Path(found).open("rb") as file:
        is_script = file.read(2) == b"#!"
    # The Python package starts the binary through a script that would cost Hugo 40 ms.
    packaged = Path(found).parent.parent.glob("lib*/python*/site-packages/hugo/binaries/hugo")
    return next(packaged, Path(found)) if is_script else Path(found)


def tools_for(site: Path, peers: Sequence[str]) -> list[Tool]:
    """sitegen and those of its peers that this machine has; a missing one is told."""
    found = [sitegen(site)]
    for name in peers:
        if tool := PEERS[name](site):
            found.append(tool)
        else:
            say(f"{name} is not installed (pip install {name}): only our own figures follow")
    return found
