"""Which files a site has and which may have changed: one `stat` each, no file is opened."""

from __future__ import annotations

import os
import stat
import time
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from sitegen.errors import Problem
from sitegen.spool import Spool

RACY = 2_000_000_000
"""Nanoseconds: a file written this shortly before the scan may change again with the same stat."""


class Found(NamedTuple):
    """A file, and what the file system says of it."""

    source: str
    """Relative to the scanned folder, slashes, NFC."""
    file: str
    """As the operating system finds it."""
    stat: str
    """size, mtime, ctime (nanoseconds), inode: a cache key for the digest, never the truth."""
    size: int
    """Bytes."""
    settled: bool
    """False when it was written within `RACY` of the scan: then its stat proves nothing."""


@dataclass(frozen=True, slots=True)
class Scan:
    """All files below a folder, in the order of their names, and what is wrong with some."""

    files: tuple[Found, ...]
    problems: tuple[Problem, ...]


def scan(folder: Path, site: Path, clock: int) -> Scan:
    """Look through `folder`; `clock` is this machine's time in nanoseconds since 1970.

    Hidden files and editors' backups are passed over; so is a folder that does not exist.
    Links that leave `site` and names that are not UTF-8 are problems.
    """
    problems: list[Problem] = []
    return Scan(tuple(_files(folder, site, clock, problems)), tuple(problems))


def _files(folder: Path, site: Path, clock: int, problems: list[Problem]) -> Iterator[Found]:
    """The files one by one; what is wrong with some is added to `problems`."""
    base = folder.relative_to(site).as_posix() if folder.is_relative_to(site) else folder.name
    inside = os.path.realpath(site)
    above = (os.path.realpath(folder),)
    last: Found | None = None
    for source, entry in _walk(str(folder), "", inside, above, problems, base):
        if last is not None and last.source == source:
            message = "two files have this name, written in two forms of Unicode"
            hint = f"rename one of them; the other is {last.file!r}"
            problems.append(Problem("file-name", message, f"{base}/{source}", hint=hint))
        elif last is not None:
            yield last
        last = _found(source, entry.path, entry.stat(), clock)
    if last is not None:
        yield last


class Scanned(NamedTuple):
    """The files of a site's own folders, beside what was known of content/."""

    other: Collection[tuple[Found, bool]]
    """The files of content/ that are not as they were known, in the order of their names, and
    whether anything was known of each: all pictures and other files to be copied are among them."""
    gone: Sequence[str]
    """The files of which something was known, and that are not there."""
    static: tuple[Found, ...]
    problems: tuple[Problem, ...]


def scan_site(site: Path, known: Iterable[tuple[str, str]], scratch: Path | None) -> Scanned:
    """Look through content/ and static/ of a site.

    `known` are (source, stat) of files of content/ by name, with no stat where it proves nothing.
    What is other may be much, and lies in the folder `scratch` then.
    """
    clock = time.time_ns()
    problems: list[Problem] = []
    other: Spool[tuple[Found, bool]] = Spool(folder=scratch)
    gone: list[str] = []
    left = iter(known)
    before = next(left, None)
    for file in _files(site / "content", site, clock, problems):
        while before is not None and before[0] < file.source:
            gone.append(before[0])
            before = next(left, None)
        if before is None or before[0] != file.source:
            other.add((file, False))
            continue
        if before[1] != file.stat:
            other.add((file, True))
        before = next(left, None)
    if before is not None:
        gone += [before[0], *(source for source, _ in left)]
    static = scan(site / "static", site, clock)
    return Scanned(other, gone, static.files, (*problems, *static.problems))


def find(folder: Path, site: Path, source: str, clock: int) -> Found | None:
    """One file as `scan` finds it; None where it is not there, or `scan` passes it over."""
    path = str(folder)
    inside = os.path.realpath(site)
    for name in source.split("/"):
        path = os.path.join(path, name)
        if _is_passed_over(name):
            return None
        if os.path.islink(path) and not _is_within(os.path.realpath(path), inside):
            return None
    try:
        info = os.stat(path)
    except OSError:
        return None
    if not stat.S_ISREG(info.st_mode):
        return None
    return _found(unicodedata.normalize("NFC", source), path, info, clock)


def _found(source: str, file: str, info: os.stat_result, clock: int) -> Found:
    size, modified, changed = info.st_size, info.st_mtime_ns, info.st_ctime_ns
    settled = modified < clock - RACY and changed < clock - RACY
    return Found(source, file, f"{size},{modified},{changed},{info.st_ino}", size, settled)


def _is_passed_over(name: str) -> bool:
    return (name.startswith(".") and name != ".well-known") or name.endswith("~")


def _is_within(real: str, folder: str) -> bool:
    return os.path.commonpath((real, folder)) == folder


def _normal(name: str) -> str:
    """A name in NFC. Raises UnicodeEncodeError where it is not UTF-8 on the disk."""
    return unicodedata.normalize("NFC", name.encode().decode())


Entry = tuple[str, os.DirEntry[str]]
"""A file or folder, and its source, which ends in a slash if it is a folder's."""


def _walk(
    folder: str,
    prefix: str,
    inside: str,
    above: tuple[str, ...],
    problems: list[Problem],
    base: str,
) -> Iterator[Entry]:
    """The files in a folder and below it, in the order of their sources."""
    found = _entries(folder, prefix, problems, base)
    if len({source for source, _ in found}) == len(found):
        yield from _below(found, inside, above, problems, base)
        return
    # Two folders have one name, in two forms of Unicode.
    each = (_below([entry], inside, above, problems, base) for entry in found)
    yield from merge(*each, key=itemgetter(0))


def _entries(folder: str, prefix: str, problems: list[Problem], base: str) -> list[Entry]:
    """What lies in a folder, in the order of its sources and of those below it."""
    found: list[Entry] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return found
    for entry in entries:
        name = entry.name
        if _is_passed_over(name):
            continue
        try:
            # The names of most files are ASCII, which has one form only.
            normal = name if name.isascii() else _normal(name)
        except UnicodeEncodeError:
            shown = f"{base}/{prefix}{os.fsencode(name)!r}"
            hint = "rename the file with letters of this time"
            problems.append(Problem("file-name", "its name is not UTF-8", shown, hint=hint))
            continue
        is_folder = os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir()
        found.append((f"{prefix}{normal}/" if is_folder else prefix + normal, entry))
    found.sort(key=itemgetter(0))
    return found


def _below(
    found: Iterable[Entry],
    inside: str,
    above: tuple[str, ...],
    problems: list[Problem],
    base: str,
) -> Iterator[Entry]:
    for source, entry in found:
        is_folder = source[-1] == "/"
        real = ""
        if entry.is_symlink():
            shown, real = f"{base}/{source.rstrip('/')}", os.path.realpath(entry.path)
            if not _is_within(real, inside):
                message = "a link that leads out of the site"
                hint = "copy the file into the site instead"
                problems.append(Problem("file-link", message, shown, hint=hint))
                continue
            if not os.path.exists(real):
                message = "a link to a file that does not exist"
                problems.append(Problem("file-link", message, shown))
                continue
        if is_folder:
            real = real or f"{above[-1]}/{entry.name}"
            if real in above:
                message = "a link to a folder that it lies in itself"
                problems.append(Problem("file-link", message, f"{base}/{source[:-1]}"))
                continue
            yield from _walk(entry.path, source, inside, (*above, real), problems, base)
        elif entry.is_file():
            yield source, entry
