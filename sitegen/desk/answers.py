"""What other sites answered when a link to them was looked at; kept for a while. Owns that file.

An entry's name is the digest of an address: the state must not tell of a link that was removed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

from sitegen.digest import digest

FILE = "outgoing.json"
GOOD_FOR = 7 * 24 * 3600
"""Seconds that a good answer is believed."""
BAD_FOR = 3600
"""Seconds that a bad one is: somebody is mending it."""

Kind = Literal[
    "good",
    "moved",
    "status",
    "shy",
    "name",
    "silent",
    "broken",
    "tls",
    "loop",
    "private",
    "address",
]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for an address."""

    kind: Kind
    status: int = 0
    """HTTP's, where there is one (RFC 9110, 15)."""
    detail: str = ""
    """The new address of what has moved; the reason for a failed certificate."""

    @property
    def is_good(self) -> bool:
        """Whether readers get somewhere."""
        return self.kind in ("good", "moved")


class Answers:
    """The answers that are still believed at `now`, in seconds since 1970."""

    def __init__(self, state: Path, now: int) -> None:
        self._file = state / FILE
        self._now = now
        self._known = {
            key: (answer, at)
            for key, (answer, at) in _read(self._file).items()
            if at <= now < at + (GOOD_FOR if answer.is_good else BAD_FOR)
        }

    def get(self, address: str) -> Answer | None:
        """What was answered lately."""
        found = self._known.get(_key(address))
        return found[0] if found else None

    def put(self, address: str, answer: Answer) -> None:
        """Remember an answer until `save`."""
        self._known[_key(address)] = (answer, self._now)

    def save(self) -> None:
        """Replace the file by what is known now."""
        entries = {key: {**asdict(a), "at": at} for key, (a, at) in sorted(self._known.items())}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(entries, indent=0), encoding="utf-8")
        fresh.replace(self._file)


def forget(state: Path) -> None:
    """Drop all answers: new addresses in them may name what was removed from the site."""
    for name in (FILE, Path(FILE).with_suffix(".new").name):
        (state / name).unlink(missing_ok=True)


def _read(file: Path) -> Mapping[str, tuple[Answer, int]]:
    """The file's entries; a damaged file has none, and costs only that all is asked again."""
    found: dict[str, tuple[Answer, int]] = {}
    with suppress(OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        for key, entry in json.loads(file.read_text(encoding="utf-8")).items():
            answer = Answer(entry["kind"], int(entry["status"]), str(entry["detail"]))
            if answer.kind in get_args(Kind):
                found[key] = (answer, int(entry["at"]))
    return found


def _key(address: str) -> str:
    return digest(address.encode()).hex()
