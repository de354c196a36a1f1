"""What must be remembered of all records, outside of memory. Owns the scratch database.

SQLite keeps a database without a name in memory while it is small, and else in a file of its own
that nobody else can open and that is gone with the process: so an import of any size needs little
memory. That is why what lies in it may be pickles.
"""

from __future__ import annotations

import pickle
import sqlite3
import weakref
from collections.abc import Iterator
from typing import Any

_TABLE = """\
CREATE TABLE kept (
    kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID"""
_CACHE = 16_000
"""KiB of the database that stay in memory."""
_BATCH = 500


class Shelf:
    """Values by kind and key; the database goes with it."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        weakref.finalize(self, self._database.close)
        self._database.execute(f"PRAGMA cache_size = -{_CACHE}")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute(_TABLE)
        self._database.execute("BEGIN")  # and never an end: nobody else reads it
        self._last = 0

    def put(self, kind: str, key: str, value: Any) -> None:
        """Keep `value`, in the place of one with the same key."""
        row = (kind, key, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        self._database.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", row)

    def add(self, kind: str, value: Any) -> None:
        """Keep `value` behind all others that were added."""
        self._last += 1
        self.put(kind, f"{self._last:012}", value)

    def get(self, kind: str, key: str) -> Any:
        """The value, or None."""
        where = "SELECT value FROM kept WHERE kind = ? AND key = ?"
        row = self._database.execute(where, (kind, key)).fetchone()
        return pickle.loads(row[0]) if row else None

    def claim(self, kind: str, key: str, owner: str) -> str:
        """Whose the key is: `owner`'s, if it was nobody's before."""
        known: str | None = self.get(kind, key)
        if known is None:
            self.put(kind, key, owner)
        return owner if known is None else known

    def each(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Keys and values in the order of the keys; what is put meanwhile may be missed."""
        last = ""
        while rows := self._after(kind, last):
            for key, value in rows:
                yield key, pickle.loads(value)
            last = rows[-1][0]

    def values(self, kind: str) -> Iterator[Any]:
        for _, value in self.each(kind):
            yield value

    def count(self, kind: str) -> int:
        row = self._database.execute("SELECT COUNT(*) FROM kept WHERE kind = ?", (kind,))
        return int(row.fetchone()[0])

    def _after(self, kind: str, last: str) -> list[tuple[str, bytes]]:
        where = "SELECT key, value FROM kept WHERE kind = ? AND key > ? ORDER BY key LIMIT ?"
        return self._database.execute(where, (kind, last, _BATCH)).fetchall()
