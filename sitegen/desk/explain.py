"""What a code means: the entries of docs/errors.md, which come with sitegen."""

from __future__ import annotations

import re
from pathlib import Path

from sitegen.errors import Misuse, Problem, did_you_mean

_HERE = Path(__file__).resolve().parent.parent
_SHIPPED = (_HERE / "docs" / "errors.md", _HERE.parent / "docs" / "errors.md")
"""Where the page is: in the wheel, and in a checkout."""
_ENTRY = re.compile(r"^### `([a-z-]+)`\n+(.*?)\s*(?=^#|\Z)", re.DOTALL | re.MULTILINE)


def explanation(code: str) -> str:
    """The entry of a code, in Markdown. Raises Misuse when there is no such code."""
    page = next(path for path in _SHIPPED if path.is_file())
    entries = dict(_ENTRY.findall(page.read_text(encoding="utf-8")))
    if code not in entries:
        hint = did_you_mean(code, entries) or "codes stand in brackets behind each message"
        raise Misuse(Problem("code-unknown", f"there is no code “{code}”", hint=hint))
    return f"{code}\n\n{entries[code]}"
