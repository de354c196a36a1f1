"""What a code means: the entries of docs/errors.md, which come with sitegen."""

from __future__ import annotations

import re

from sitegen.desk.manual import document
from sitegen.errors import Misuse, Problem, did_you_mean

_ENTRY = re.compile(r"^### `([a-z-]+)`\n+(.*?)\s*(?=^#|\Z)", re.DOTALL | re.MULTILINE)


def explanation(code: str) -> str:
    """The entry of a code, in Markdown. Raises Misuse when there is no such code."""
    entries = dict(_ENTRY.findall(document("errors.md")))
    if code not in entries:
        hint = did_you_mean(code, entries) or "codes stand in brackets behind each message"
        raise Misuse(Problem("code-unknown", f"there is no code “{code}”", hint=hint))
    return f"{code}\n\n{entries[code]}"
