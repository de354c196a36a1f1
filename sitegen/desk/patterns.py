r"""Regular expressions of the JSON Schemas: what texts of each kind look like.

They are read in two dialects, ECMAScript's with the flag u and Python's; `\d` and `\w` mean more in
one than in the other and are not used. They refuse nothing that the validators take: where those
clean a text before they look at it, every text that would be changed passes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitegen.instants import SHAPE
from sitegen.settings import ARTICLE_PARTS, TAKEN
from sitegen.validation import Kind


def _letters(word: str) -> str:
    return "".join(_letter(sign) for sign in word)


def _letter(sign: str) -> str:
    if sign.isascii() and sign.isalpha():
        return f"[{sign.upper()}{sign.lower()}]"
    return rf"\{sign}" if sign in r"\^$.|?*+()[]{}/" else sign


def any_case(words: Iterable[str]) -> str:
    """A pattern of one of `words` in small letters or capitals, with or without spaces around."""
    return rf"^\s*(?:{'|'.join(map(_letters, sorted(words)))})\s*$"


CLEANED = r"^\s|\s$|\s\s|&|[^ -~]"
"""A text in which spaces, signs or entities are taken away or replaced before it is looked at."""
FILLED = r"\S"
BREAKING = ("true", "yes", "on", "false", "no", "off")
DATE = rf"^\s*(?:{SHAPE})\s*$|[^ -~]".replace(r"\d", "[0-9]")
"""The digits of every script make dates: so only those in ASCII are looked at."""
WHOLE = r"^\s*[-+]?[0-9_]+(?:\.0+)?\s*$"

_ANY = r"[\s\S]*"
_WEB = r"^[\u0000- ]*[hH][tT][tT][pP][sS]?://[^/?#]"
_ADDRESS = rf"^/(?!/)(?!{_ANY}://)[^?#]*$"
_OF_SLUG = r'[^/\\:*?"<>|\u0000-\u001f\u007f]'

MATTER: Mapping[Kind, str] = {
    "address": _ADDRESS,
    "breaking": rf"{any_case(BREAKING)}|{DATE}",
    "focus": rf"^(?:100|[0-9]{{1,2}})% (?:100|[0-9]{{1,2}})%$|{CLEANED}",
    "link": rf"^(?:https?://[^/\s]|mailto:|tel:|/(?!/))|{CLEANED}",
    "slug": rf"^(?! )(?!\.(?!well-known$))(?!{_ANY}[ .]$){_OF_SLUG}+$",
    "template": rf"^[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*\.html$|{CLEANED}",
    "web": rf"^https?://[^/\s]|{CLEANED}",
}
"""Of texts in front matter."""


def _template(*parts: str) -> str:
    """An address that holds {slug}, and of names in braces no others than `parts`."""
    known = "|".join(parts)
    unknown = rf"\{{(?!(?:{known})\}})[^{{}}]*\}}"
    return rf"^(?={_ANY}\{{slug\}})(?!{_ANY}\.\.)(?!{_ANY}{unknown})/[^?#\s]*$"


SETTINGS: Mapping[Kind, str] = {
    "founded": r"^(?:[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)?$",
    "host": r"^(?:\*\.)?(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+$",
    "icon": rf"^$|^(?!/)(?!(?:{_ANY}/)?\.\.(?:/|$)){_ANY}\.[pP][nN][gG]$",
    "language": rf"^[A-Za-z]{{2,4}}(?:[-.@]{_ANY})?$",
    "link": rf"^$|{_WEB}|^/(?!/)|[\t\r\n]",
    "page": rf"^$|{_ADDRESS}",
    "permalink": _template(*ARTICLE_PARTS),
    "source": r"^[^\s;,]+$",
    "term address": _template("slug"),
    "theme": r"^[A-Za-z0-9_-]+$",
    "web": rf"{_WEB}[^?#]*\??#?$|[\t\r\n]",
    "zone": r"^[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*$",
}
"""Of texts in `sitegen.toml`. A tab or line end within an address is passed over there."""

LISTING_NAME = rf"^(?!(?:{'|'.join(sorted(TAKEN))}|[0-9]{{4}})$)[^\sA-Z/]+$"
"""The name of a section or taxonomy, which is a part of addresses."""


def spelling(names: Iterable[str], *, but: str = "") -> str:
    """A pattern of one of the fields `names` however it is spelt, except as `but`."""
    choices = "|".join(_letters(name).replace("_", "[-_]") for name in sorted(names))
    return rf"^{f'(?!{but}$)' if but else ''}\s*(?:{choices})\s*$"


def slugs_to(slug: str) -> str:
    """A pattern of names that come to `slug`; there may be others."""
    return rf"^\s*{_letters(slug).replace('-', '[ _-]+')}\s*$"
