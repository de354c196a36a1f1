"""Eleventy's settings: a program, of which only plain words are taken; it is never run."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen.importers.generators.data import read_data
from sitegen.read.matter import MatterError

_FILES = (".eleventy.js", "eleventy.config.js", "eleventy.config.cjs", "eleventy.config.mjs")
_COPY = re.compile(r"addPassthroughCopy\(\s*(\{[^{}]*\}|[\"'][^\"']+[\"'])")
_PAIR = re.compile(r"[\"']([^\"']+)[\"']\s*:\s*[\"']([^\"']*)[\"']")
_SITE = ("metadata", "site", "meta")
_REMARK = re.compile(r"(?m)^[ \t]*//[^\n]*$|/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class EleventySettings:
    input: str
    """Folders, without slashes at their ends; `input` is below the source, the rest below it."""
    includes: str
    data: str
    output: str
    prefix: str
    """The path below which the site lay."""
    copies: Mapping[str, str]
    """Files and folders that were published as they are → where; empty: where they lie."""
    site: Mapping[str, Any]
    """What the site says of itself in its data."""
    names: tuple[str, ...]
    """What its templates call that."""


def settings_of(root: Path) -> EleventySettings:
    text = next((_text(root / name) for name in _FILES if (root / name).is_file()), "")

    def folder(name: str, otherwise: str) -> str:
        found = re.search(rf"\b{name}\s*:\s*[\"']([^\"']*)[\"']", text)
        path = posixpath.normpath(found[1] if found else otherwise)
        return "" if path == "." else path.strip("/")

    prefix = re.search(r"\bpathPrefix\s*:\s*[\"']([^\"']*)[\"']", text)
    input_, data = folder("input", "."), folder("data", "_data")
    site, names = _site(root / input_ / data)
    return EleventySettings(
        input_,
        folder("includes", "_includes"),
        data,
        folder("output", "_site"),
        f"/{prefix[1].strip('/')}" if prefix and prefix[1].strip("/") else "",
        dict(_copies(text)),
        site,
        names,
    )


def _text(file: Path) -> str:
    return _REMARK.sub("", file.read_text(encoding="utf-8", errors="replace"))


def _copies(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for match in _COPY.finditer(text):
        said = match[1]
        pairs = _PAIR.findall(said) if said.startswith("{") else [(said[1:-1], "")]
        found += [(_plain(source), to.strip("/") if to else "") for source, to in pairs]
    return found


def _plain(path: str) -> str:
    """Without what stands for several files."""
    return posixpath.normpath(re.sub(r"/?\*.*$", "", path)).strip("/")


def _site(folder: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Title, address and so on; of a program only what is written out."""
    for name in _SITE:
        for suffix in (".json", ".yaml", ".yml"):
            if (folder / f"{name}{suffix}").is_file():
                try:
                    return read_data(folder / f"{name}{suffix}"), (name,)
                except MatterError:
                    continue
        for suffix in (".js", ".cjs", ".mjs"):
            if (folder / f"{name}{suffix}").is_file():
                text = _text(folder / f"{name}{suffix}")
                pairs = re.findall(r"\b(\w+)[\"']?\s*:\s*[\"']([^\"'\n]*)[\"']", text)
                return {key: value for key, value in reversed(pairs)}, (name,)
    return {}, ()


PROGRAMS = (".11tydata.js", ".11tydata.cjs", ".11tydata.mjs")
_TAGS = re.compile(r"\btags[\"']?\s*:\s*(\[[^\]]*\]|\"[^\"]*\"|'[^']*')")
_PERMALINK = re.compile(r"\bpermalink[\"']?\s*:\s*(?:\"([^\"]*)\"|'([^']*)'\s*[,}\n])?")


def words_of(file: Path) -> dict[str, Any]:
    """What is written out of the data that a program makes: tags, and addresses if it has any."""
    if not file.is_file():
        return {}
    text = _text(file)
    found: dict[str, Any] = {}
    if tags := _TAGS.search(text):
        found["tags"] = re.findall(r"[\"']([^\"']+)[\"']", tags[1])
    if link := _PERMALINK.search(text):
        found["permalink"] = link[1] or link[2] or "${worked out}"
    return found


def json_of(file: Path) -> dict[str, Any]:
    """A directory's or file's data; empty where there is none that can be read."""
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}
