"""A new site that builds at once: settings, sample articles, a page, files for its keepers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from string import Template
from urllib.parse import urlsplit
from urllib.request import url2pathname

from sitegen import __version__
from sitegen.config import FILE, checked
from sitegen.desk.edit_toml import toml_text
from sitegen.desk.editors import desktop_files, write
from sitegen.errors import Misuse, Problem, did_you_mean
from sitegen.folders import SHIPPED
from sitegen.instants import zone

_STARTER = files("sitegen.desk") / "starter"
_FILES: Mapping[str, str] = {
    FILE: "sitegen.toml",
    "content/night-ferry.md": "ferry.md",
    "content/market-hall.md": "market.md",
    "content/flood-gates.md": "draft.md",
    "content/pages/about.md": "about.md",
    "requirements.txt": "requirements.txt",
    ".gitignore": "gitignore",
    ".github/workflows/site.yml": "site.yml",
}
"""A file of the new site → the one of the starter that it is made of."""
_AS_THEY_ARE = ("site.yml", "gitignore")
_ORIGIN = "direct_url.json"
"""What pip notes of where a package came from (PEP 610)."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new site needs to know."""

    title: str
    language: str = "en"
    timezone: str = "UTC"
    theme: str = "broadsheet"
    base_url: str = "https://news.example.org/"


def themes() -> list[str]:
    """The themes that come with sitegen."""
    return sorted({file.parent.name for folder in SHIPPED for file in folder.glob("*/theme.toml")})


def answer(name: str, text: str) -> str:
    """`text` as the answer called `name`. Raises ValueError, in words for people."""
    text = checked(name, text.strip())
    if name == "theme" and text not in themes():
        hint = did_you_mean(text, themes()) or f"there are {', '.join(themes())}"
        raise ValueError(f"no theme called “{text}” comes with sitegen; {hint}")
    return text


def refuse_full(folder: Path) -> None:
    """Raise Misuse when there is something in `folder`; a new repository of git is nothing."""
    if folder.exists() and not folder.is_dir():
        raise Misuse(Problem("folder-not-empty", f"{folder} is a file", hint="name a folder"))
    if folder.exists() and any(entry.name != ".git" for entry in folder.iterdir()):
        hint = "name a folder that does not exist yet"
        raise Misuse(Problem("folder-not-empty", f"{folder} is not empty", hint=hint))


def _origin() -> str | None:
    """Where sitegen was installed from; None where an index gave it."""
    try:
        return metadata.distribution("sitegen").read_text(_ORIGIN)
    except metadata.PackageNotFoundError:  # it runs from its sources, and pip knows nothing of it
        return json.dumps({"url": Path(__file__).parents[2].as_uri(), "dir_info": {}})


def requirement(origin: str | None) -> str:
    """What pip is to install elsewhere: this very sitegen, by the note of where it came from.

    Never the name alone unless an index gave it: others have programs that are called so.
    """
    if origin is None:
        return f"sitegen == {__version__}"
    found = json.loads(origin)
    url, vcs = found["url"], found.get("vcs_info")
    if vcs:
        return f"sitegen @ {vcs['vcs']}+{url}@{vcs['commit_id']}"
    if url.startswith("https://"):
        return f"sitegen @ {url}"
    wheel = _wheel(origin)
    return f"./{wheel.name if wheel else f'sitegen-{__version__}-py3-none-any.whl'}"


def _wheel(origin: str | None) -> Path | None:
    """The file of this machine that sitegen was installed from, if it is still there."""
    url = urlsplit(json.loads(origin)["url"] if origin else "")
    if url.scheme != "file" or not url.path.endswith(".whl"):
        return None
    file = Path(url2pathname(url.path))
    return file if file.is_file() else None


def new_site(folder: Path, answers: Answers, now: datetime) -> list[Path]:
    """Make a site that builds at once in `folder`; return its files.

    Raises Misuse when the folder is there and not empty.
    """
    refuse_full(folder)
    local = now.astimezone(zone(answers.timezone))
    days = {"newest": 1, "older": 3, "corrected": 2}
    values = {name: f"{local - timedelta(days=ago):%Y-%m-%d} 09:00" for name, ago in days.items()}
    values |= {name: toml_text(getattr(answers, name)) for name in Answers.__annotations__}
    origin = _origin()
    values["requirement"] = requirement(origin)
    written = []
    for name, starter in _FILES.items():
        text = (_STARTER / starter).read_text(encoding="utf-8")
        if starter not in _AS_THEY_ARE:
            text = Template(text).substitute(values)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    if wheel := _wheel(origin):
        written.append(folder / wheel.name)
        written[-1].write_bytes(wheel.read_bytes())
    for_editors, _ = write(desktop_files(), folder)
    return [*written, *(folder / name for name in for_editors)]
