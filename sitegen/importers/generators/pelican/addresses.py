"""The addresses that Pelican gives: patterns with names in braces, and slugs of titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from sitegen import urls

_FIELD = re.compile(r"\{(\w+)(?::([^{}]*))?\}")


def filled(pattern: str, values: Mapping[str, str], day: date | None) -> str:
    """An address within the site; `{date:%Y}` is of `day`."""

    def fill(found: re.Match[str]) -> str:
        name, form = found[1], found[2]
        if name == "date":
            return (day or date(1970, 1, 1)).strftime(form or "%Y-%m-%d")
        return values.get(name, "")

    path = re.sub("/{2,}", "/", "/" + _FIELD.sub(fill, pattern))
    return path.removesuffix("index.html") if path.endswith("/index.html") else path


def slugified(text: str, *, unicode: bool = False, keep_case: bool = False) -> str:
    """Pelican's `slugify`: other signs go, blanks become hyphens."""
    text = unicodedata.normalize("NFKD" if not unicode else "NFC", text)
    if not unicode:
        text = "".join(map(_ascii, text))
    text = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip())
    return text if keep_case else text.lower()


def _ascii(character: str) -> str:
    if character.isascii():
        return character
    if unicodedata.category(character)[0] == "M":
        return ""
    found = urls.slug_of(character, ascii_only=True)
    return found.capitalize() if character.isupper() else found
