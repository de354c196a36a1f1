"""Which files a site has and which may have changed: one `stat` each, no file is opened."""

from __future__ import annotations

import os
import stat
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sitegen.errors import Problem

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
    files: dict[str, Found] = {}
    problems: list[Problem] = []
    base = folder.relative_to(site).as_posix() if folder.is_relative_to(site) else folder.name
    inside = os.path.realpath(site)
    above = (os.path.realpath(folder),)
    for source, entry in _walk(str(folder), "", inside, above, problems, base):
        if (other := files.get(source)) is not None:
            message = "two files have this name, written in two forms of Unicode"
            hint = f"rename one of them; the other is {other.file!r}"
            problems.append(Problem("file-name", message, f"{base}/{source}", hint=hint))
        files[source] = _found(source, entry.path, entry.stat(), clock)
    return Scan(tuple(files[source] for source in sorted(files)), tuple(problems))


class Scanned(NamedTuple):
    """The files of a site's own folders."""

    content: Scan
    static: Scan


def scan_site(site: Path) -> Scanned:
    """Look through content/ and static/ of a site."""
    clock = time.time_ns()
    return Scanned(*(scan(site / name, site, clock) for name in Scanned._fields))


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


def _walk(
    folder: str,
    prefix: str,
    inside: str,
    above: tuple[str, ...],
    problems: list[Problem],
    base: str,
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
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
        source = prefix + normal
        real = ""
        if entry.is_symlink():
            real = os.path.realpath(entry.path)
            if not _is_within(real, inside):
                message = "a link that leads out of the site"
                hint = "copy the file into the site instead"
                problems.append(Problem("file-link", message, f"{base}/{source}", hint=hint))
                continue
            if not os.path.exists(real):
                message = "a link to a file that does not exist"
                problems.append(Problem("file-link", message, f"{base}/{source}"))
                continue
        if entry.is_dir():
            real = real or f"{above[-1]}/{name}"
            if real in above:
                message = "a link to a folder that it lies in itself"
                problems.append(Problem("file-link", message, f"{base}/{source}"))
                continue
            yield from _walk(entry.path, f"{source}/", inside, (*above, real), problems, base)
        elif entry.is_file():
            yield source, entry
