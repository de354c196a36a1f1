"""Fields that keep an article from readers in other systems: understood or refused.

An article that its old system held back must not be published because a name was unknown: so a
value that is unclear, and a misspelt name of such a field, are errors and never warnings.
"""

from difflib import get_close_matches
from typing import NamedTuple

_WHEN_TRUE = frozenset({"draft", "private", "hidden", "unlisted", "is_draft", "isdraft"})
_UNTIL = frozenset(
    {"publishdate", "publish_date", "publish_at", "pubdate", "embargo_until", "embargoed"}
)
_STATUS = frozenset({"status", "visibility", "post_status"})
_REFUSED = {
    "password": "sitegen cannot protect a page with a password; use status: draft, or remove it",
    "post_password": "sitegen cannot protect a page with a password; use status: draft",
    "headless": "use status: draft",
    "_build": "use status: draft",
    "build": "use status: draft",
    "eleventyexcludefromcollections": "use status: draft or noindex: true",
}
"""Names that keep a page out of sight elsewhere and have no equal here."""

_PUBLISHED_STATUS = frozenset({"publish", "published", "live", "public"})
_HELD_STATUS = frozenset({"draft", "pending", "private", "future", "auto-draft", "in-review"})
_TRUE = frozenset({"true", "yes", "on", "1", "y", "t"})
_FALSE = frozenset({"false", "no", "off", "0", "n", "f"})
NAMES = frozenset({*_WHEN_TRUE, "published", *_UNTIL, *_STATUS, *_REFUSED})
"""Every name that `holding` understands, whatever its value."""
WORDS = _TRUE | _FALSE | _PUBLISHED_STATUS | _HELD_STATUS
"""Every word that means something as the value of one of them."""
_ASKED = NAMES | {"permalink"}
"""With one that is an address, unless it says that there is none."""
_OWN = ("status", "draft", "embargo", "private", "withdrawn", "unlisted", "password")


class Wish(NamedTuple):
    """What such a field asks for: a value for one of our fields, or a complaint."""

    target: str
    """`status`, `embargo`, or nothing."""
    value: object = None
    complaint: str = ""
    remedy: str = ""


PUBLISHED = Wish("")
"""The field says that nothing is held back."""
DRAFT = Wish("status", "draft")


def holding(key: str, value: object) -> Wish | None:
    """What the field `key`, in lower case, asks for; None when it holds nothing back."""
    if key not in _ASKED:
        return None
    word = str(value).strip().lower() if isinstance(value, str) else ""
    if key in _WHEN_TRUE:
        return _draft_if(word, _TRUE, _FALSE, value)
    if key == "published":
        # Some write the date of publication there.
        return _draft_if(word, _FALSE, _TRUE, value) if word in _TRUE | _FALSE else _until(value)
    if key in _UNTIL:
        return _draft_if(word, _TRUE, _FALSE, value) if word in _TRUE | _FALSE else _until(value)
    if key in _STATUS:
        return _by_status(key, word, value)
    if key in _REFUSED:
        message = "this keeps a page out of sight in another system"
        return PUBLISHED if word in _FALSE else Wish("", None, message, _REFUSED[key])
    if key == "permalink" and word in _FALSE:
        return DRAFT
    return None


def looks_like_holding(key: str) -> str:
    """The field that a misspelt `key` may have meant to hold an article back with."""
    near = get_close_matches(key, _OWN, n=1, cutoff=0.8)
    return near[0] if near else ""


def _draft_if(word: str, held: frozenset[str], free: frozenset[str], value: object) -> Wish:
    if word in held:
        return DRAFT
    if word in free:
        return PUBLISHED
    message = f"“{value}” does not say if this is a draft"
    return Wish("", None, message, "write true or false, or use status: draft")


def _until(value: object) -> Wish:
    return Wish("embargo", value)


def _by_status(key: str, word: str, value: object) -> Wish:
    if word in _HELD_STATUS:
        return DRAFT
    if word in _PUBLISHED_STATUS:
        return PUBLISHED
    message = f"“{value}” is no {key} that sitegen knows"
    return Wish("", None, message, "use draft, or leave it out when it may be published")
