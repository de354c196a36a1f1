"""What other generators' data say of authors, as files of content/authors/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sitegen.importers.generators.data import SUFFIXES, read_data, read_if_there, texts, writable
from sitegen.importers.things import Event, Found, Left, Thing
from sitegen.read.matter import MatterError
from sitegen.urls import slug_of

_STEMS = ("authors", "author")
_NAMES = ("name", "display_name", "full_name", "title")
_ROLES = ("role", "position", "job_title", "jobtitle")
_TEXTS = ("bio", "description", "about", "content")
_PORTRAITS = ("image", "avatar", "photo", "picture", "portrait", "headshot")
_LINKS = {
    "website": "Website",
    "url": "Website",
    "web": "Website",
    "homepage": "Website",
    "mastodon": "Mastodon",
    "linkedin": "LinkedIn",
    "github": "GitHub",
    "twitter": "X",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "bluesky": "Bluesky",
}
_HOSTS = {
    "linkedin": "https://www.linkedin.com/in/",
    "github": "https://github.com/",
    "twitter": "https://x.com/",
    "facebook": "https://www.facebook.com/",
    "instagram": "https://www.instagram.com/",
    "bluesky": "https://bsky.app/profile/",
}


def authors_of(system: str, folder: Path, base_url: str) -> Iterator[Event]:
    """Authors in one data file, by name, or in a folder with a file for each."""
    try:
        known = read_if_there(folder, *_STEMS)
    except MatterError as error:
        yield Found("author")
        yield Left("broken", "authors", error.problems[0].message)
        return
    people = known.items() if known else _in_folder(folder)
    if set(known) == {"items"} and isinstance(known["items"], list):
        people = ((_key(item), item) for item in known["items"])
    for name, said in people:
        yield Found("author")
        if not isinstance(said, dict) or not slug_of(name):
            yield Left("unused", f"author {name}")
            continue
        identity = f"{system} {base_url} author {name}"
        path = f"authors/{slug_of(name)}.md"
        matter, bio = author_matter(name, said)
        yield Thing(identity, "author", path, matter, bio, f"author {name}")


def _in_folder(folder: Path) -> Iterator[tuple[str, Any]]:
    for stem in _STEMS:
        for file in sorted((folder / stem).glob("*")) if (folder / stem).is_dir() else ():
            if file.suffix in SUFFIXES:
                try:
                    yield file.stem, read_data(file)
                except MatterError:
                    yield file.stem, None


def _key(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    return str(next((item[n] for n in ("id", "slug", "short_name", "name") if item.get(n)), ""))


def author_matter(name: str, said: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The fields of an author's file, and the text about the author."""
    lower = {str(key).lower(): value for key, value in said.items()}

    def first(*names: str) -> str:
        return next((found[0] for n in names if (found := texts(lower.get(n)))), "")

    carried = {*_NAMES, *_ROLES, *_TEXTS, *_PORTRAITS, *_LINKS, "links", "social"}
    rest = {str(key): value for key, value in said.items() if str(key).lower() not in carried}
    matter: dict[str, Any] = {
        "name": first(*_NAMES) or name,
        "role": first(*_ROLES),
        "image": first(*_PORTRAITS),
        "links": list(_links(lower)),
        "extra": writable(rest),
    }
    return matter, first(*_TEXTS)


def _links(said: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    listed = said.get("links")
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, dict) and str(item.get("url", "")).startswith(("https://", "http://")):
            yield {
                "label": str(item.get("label") or item.get("name") or "Website"),
                "url": item["url"],
            }
    social = said.get("social")
    everything = {**(social if isinstance(social, dict) else {}), **said}
    for name, label in _LINKS.items():
        found = str(everything.get(name) or "").strip()
        if name in _HOSTS and found and "/" not in found:
            found = _HOSTS[name] + found.lstrip("@")
        if found.startswith(("https://", "http://")):
            yield {"label": label, "url": found}
