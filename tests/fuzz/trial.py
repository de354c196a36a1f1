"""One trial: inputs in a site, built by the real command, and a look at all that came out."""

from __future__ import annotations

import json
import shutil
import time
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock
from xml.etree import ElementTree

import html5lib

from sitegen.config import Config
from sitegen.read import read_file
from sitegen.read.file import ReadFile
from sitegen.read.place import Place
from sitegen.render import theme
from sitegen.site import content
from tests.site_test import SiteTest, tree

PATIENCE = 2.0
"""Seconds of processor time for one input: a busy machine must not look like a hang."""
EACH = 0.1
"""Seconds that a whole build may take for each of its inputs, beyond that."""

_NAMES = cache(theme._parsed)
"""What a template names: to parse the theme anew would take a third of a small trial's time."""
_OURS = ("site/public/", "site/.sitegen/")
_NEVER = {"applet", "base", "embed", "frame", "frameset", "iframe", "object", "plaintext", "style"}
_HEAD_ONLY = {"link", "meta", "title"}
_SCHEMES = ("javascript:", "vbscript:", "data:", "file:", "sitegen-ref:")
_ADDRESSES = {"action", "data", "formaction", "href", "poster", "src", "srcset"}
_OF_THE_SITE = {"tag-once"}
_OF_A_WHOLE_FILE = {"file-large", "passed-over"}
_LOOKED_UP_BY_CHECK = {"link-unknown", "link-held-back", "picture-elsewhere", "pick-skipped"}
"""Warnings whose lines a build does not look for: it would open old files each time."""
_WITHOUT_LINE = _OF_A_WHOLE_FILE | _LOOKED_UP_BY_CHECK


class Input(NamedTuple):
    """A file of the site, its path relative to it."""

    path: str
    data: bytes


@dataclass(slots=True)
class Outcome:
    """What became of the inputs of a trial."""

    faults: list[str] = field(default_factory=list)
    """Each with its kind before the first colon."""
    ends: dict[str, str] = field(default_factory=dict)
    """Input → `page`, `held back`, or the code of its message."""
    seconds: dict[str, float] = field(default_factory=dict)
    """Input → how long it took to read."""


class _Stopwatch:
    """Reads files as the pipeline does, and remembers how long each took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def __call__(
        self, place: Place, data: bytes, config: Config, card_extra: Collection[str] = ()
    ) -> ReadFile:
        began = time.process_time()
        try:
            return read_file(place, data, config, card_extra)
        finally:
            self.seconds[f"content/{place.source}"] = time.process_time() - began


def trial(folder: Path, base: Mapping[str, bytes], inputs: Sequence[Input]) -> Outcome:
    """Build a site of the files of `base` and `inputs` in `folder`, which is made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    site = SiteTest(folder / "site")
    for path, data in {**base, **dict(inputs)}.items():
        site.file(path, data)
    before, watch = tree(folder), _Stopwatch()
    with (
        mock.patch.object(content, "read_file", watch),
        mock.patch.object(theme, "_parsed", _NAMES),
    ):
        faults = list(_timed(site, inputs, "build", "--keep-going", "--max-removed", "0"))
    outcome = Outcome(faults, _ends(site, inputs), watch.seconds)
    if not faults:
        outcome.faults += _timed(site, inputs, "check")
    after = {path: data for path, data in tree(folder).items() if not path.startswith(_OURS)}
    outcome.faults += [f"outside: {path}" for path in before.keys() ^ after.keys()]
    outcome.faults += [f"outside: {p}" for p in before.keys() & after if before[p] != after[p]]
    slow = [path for path, seconds in watch.seconds.items() if seconds > PATIENCE]
    outcome.faults += [f"slow: {path} took {watch.seconds[path]:.1f} s to read" for path in slow]
    for path, data in site.bytes.items() if site.public.exists() else ():
        wrong = (*_path(path), *_file(path.rpartition(".")[2], data))
        outcome.faults += [f"{fault} in {path}" for fault in wrong]
    return outcome


def _ends(site: SiteTest, inputs: Sequence[Input]) -> dict[str, str]:
    ends = dict.fromkeys((item.path for item in inputs), "page")
    for held in site.report.get("held_back", ()):
        ends[held["source"]] = "held back"
    for error in reversed(site.report.get("errors", ())):
        ends[error["source"]] = error["code"]
    return {item.path: ends[item.path] for item in inputs}


def _timed(site: SiteTest, inputs: Sequence[Input], command: str, *more: str) -> Iterator[str]:
    """What is wrong with a command's time, its end and its messages."""
    began = time.process_time()
    args = ("-s", str(site.folder), "--now", site.now, "--jobs", "1", "--format", "json")
    site.run(command, *args, *more)
    if (took := time.process_time() - began) > PATIENCE + EACH * len(inputs):
        yield f"slow: {command} took {took:.1f} s"
    if site.exit_code not in (0, 1, 4) or not site.report:
        yield f"crash: {' '.join(site.output.strip().splitlines()[-3:])}"
        return
    of_the_site = [item for item in inputs if not item.path.endswith((".md", ".markdown"))]
    if site.exit_code == 1 and not of_the_site and command == "build":
        yield f"stopped: {site.errors[-1]}"
    for problem in (*site.errors, *site.warnings, *site.report.get("notes", ())):
        if wrong := _badly_told(site.folder, problem):
            yield f"message ({problem['code']}): {wrong}: {problem}"


def _badly_told(site: Path, problem: Mapping[str, Any]) -> str:
    """What a message lacks, or where it points beyond its file; empty when it is as it must be."""
    if not (problem["source"] and problem["message"]):
        return "" if problem["code"] in _OF_THE_SITE else "nowhere"
    names = [unicodedata.normalize(form, problem["source"]) for form in ("NFC", "NFD")]
    file = next((site / name for name in names if (site / name).is_file()), None)
    if file is None:
        return "of no file"
    if problem["line"] < 1:
        return "" if problem["code"] in _WITHOUT_LINE else "without a line"
    text = file.read_bytes().decode("utf-8-sig", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if problem["line"] > len(lines):
        return f"there are only {len(lines)} lines"
    if problem["column"] > len(lines[problem["line"] - 1]) + 1:
        return "its line is shorter"
    return ""


def _path(path: str) -> Iterator[str]:
    parts = path.split("/")
    if any(part in ("", ".", "..") or len(part.encode()) > 255 for part in parts):
        yield "path: a part"
    if any(ord(c) < 32 or c in '\\:*?"<>|\x7f' for c in path):
        yield "path: a character"
    if unicodedata.normalize("NFC", path) != path:
        yield "path: not NFC"


@lru_cache(maxsize=1024)
def _file(kind: str, data: bytes) -> tuple[str, ...]:
    """What is wrong with a file of a kind: kept, as a smaller input gives many pages anew."""
    try:
        if kind == "json":
            json.loads(data)
        elif kind == "xml":
            ElementTree.fromstring(data)
        elif kind == "html":
            return tuple(sorted(set(_page(data.decode()))))
    except (ValueError, ElementTree.ParseError) as error:
        return (f"{kind}: {error}",)
    return ()


def _page(text: str) -> Iterator[str]:
    """What could run in a page, or leads out of its place, as a browser would read it."""
    page = html5lib.parse(text, namespaceHTMLElements=False)
    body = page.find("body")
    assert body is not None
    metas = [e.get("http-equiv", "").lower() for e in page.iter("meta") if e.get("http-equiv")]
    leads_on = "refresh" in metas
    if not leads_on and [e.get("class") for e in body if e.tag == "footer"] != ["foot"]:
        yield "html: the page's frame is broken"
    data = [e for e in page.iter("script") if e.attrib == {"type": "application/ld+json"}]
    run = [(e.get("src"), e.text) for e in page.iter("script") if e not in data]
    if run != ([] if leads_on else [("/assets/site.js", None)]):
        yield "html: a script"
    for block in data:  # no browser runs it; what ends it early would be seen as one of the above
        json.loads(block.text or "")
    below = [element.tag for element in body.iter()]
    if found := _NEVER.intersection(e.tag for e in page.iter()) | _HEAD_ONLY.intersection(below):
        yield f"html: {found}"
    if metas != ["content-security-policy", *(["refresh"] if leads_on else [])]:
        yield f"html: a meta {metas}"
    for element in page.iter():
        for name, value in element.attrib.items():
            name = name.rpartition("}")[2].lower()
            if name.startswith("on") or name in ("style", "srcdoc", "ping"):
                yield f"html: {name}"
            if name in _ADDRESSES and (scheme := _scheme(value)):
                yield f"html: {scheme} in {name}"


def _scheme(address: str) -> str:
    """The scheme of an address that no page may have (URL Standard, 4.4: what is stripped)."""
    bare = "".join(c for c in address if ord(c) > 32).lower()
    picture = bare.startswith("data:image/") and not bare.startswith("data:image/svg")
    return next((scheme for scheme in _SCHEMES if bare.startswith(scheme) and not picture), "")
