"""Links between imported things, as long as nobody knows where these will lie."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, unquote

Address = Callable[[str, str], str]
"""What to write for `(identity, otherwise)`."""

_SCHEME = "sitegen-thing:"
_REFERENCE = re.compile(rf"{_SCHEME}([^;\s]*);([^;\s]*);")


def reference(identity: str, otherwise: str) -> str:
    """What an importer writes as the address of another thing, in a text or a field.

    `otherwise` is what is to stand there when no thing has that identity. A fragment goes behind;
    the sign at its end tells it from a full stop that follows.
    """
    return f"{_SCHEME}{quote(identity, safe='')};{quote(otherwise, safe='')};"


def settle(text: str, address: Address) -> str:
    """`text` with every reference replaced."""
    if _SCHEME not in text:
        return text
    return _REFERENCE.sub(lambda found: address(unquote(found[1]), unquote(found[2])), text)


def settle_all(value: Any, address: Address, field: Address) -> Any:
    """A value of front matter with every reference in it replaced; `field` is for whole values."""
    if isinstance(value, str):
        found = _REFERENCE.fullmatch(value)
        if found:
            return field(unquote(found[1]), unquote(found[2]))
        return settle(value, address)
    if isinstance(value, Mapping):
        return {name: settle_all(item, address, field) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [settle_all(item, address, field) for item in value]
    return value
