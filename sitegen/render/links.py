"""Addresses in templates: links, pictures and recordings, looked up when a page is rendered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jinja2 import TemplateRuntimeError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from sitegen import urls
from sitegen.model import REF, Json, Key, Ref
from sitegen.outputs import Fetch, Size, Undeclared

_ANCHOR = re.compile(rf'<a( [^>]*?)? href="{REF}(\d+)"([^>]*)>(.*?)</a>', re.DOTALL)
_PICTURE = re.compile(rf'<img( [^>]*?)? src="{REF}(\d+)"([^>]*)>')
_ON_ITSELF = re.compile(r'(<a [^>]*?\bhref=)"([#?])')
_OF_NO_SCHEME = re.compile(r'(<(?:a|img|q|blockquote|del|ins) [^>]*?\b(?:href|src|cite)=)"//')
"""A link or picture `//other.example/`: a page gives it its own scheme, a feed has none."""
_HIDDEN = "…"
_MEASURED = re.compile(r"\s(?:width|height)=")


@pass_context
def href(context: Context, url: str) -> str:
    """An address of this site as a link on it writes it: with the base path, if there is one."""
    base: str = context["site"]["base_path"]
    return base + url[1:] if _is_ours(url) else url


@pass_context
def absolute(context: Context, url: str) -> str:
    """The whole address, for machines and other sites."""
    base: str = context["site"]["base_url"]
    return base + url[1:] if _is_ours(url) else url


def _is_ours(url: str) -> bool:
    """Whether an address begins at the site's root; `//other.example/` is another host's."""
    return url.startswith("/") and not url.startswith("//")


@pass_context
def linked(context: Context, html: str, item: Mapping[str, Json], whole: bool = False) -> Markup:
    """HTML of an article, page or profile (`item`) with its references resolved.

    A link to what readers cannot see yet is its label alone, or “…” where that is an address.
    With `whole` all addresses are whole ones, as feeds need them.
    """
    if whole and "url" in item:
        here = str(escape(absolute(context, item["url"])))
        html = _ON_ITSELF.sub(lambda match: f'{match[1]}"{here}{match[2]}', html)
        html = _OF_NO_SCHEME.sub(r'\1"https://', html)
    if REF not in html:
        return Markup(html)

    def anchor(match: re.Match[str]) -> str:
        target = _target(context, _ref(int(match[2]), item), whole)
        if target is None:
            # An address as the label of a link would tell what the link itself must not.
            return _HIDDEN if urls.is_address(Markup(match[4]).striptags()) else match[4]
        return f'<a{match[1] or ""} href="{escape(target)}"{match[3]}>{match[4]}</a>'

    def picture(match: re.Match[str]) -> str:
        ref = _ref(int(match[2]), item)
        target = _target(context, ref, whole)
        if not target:
            return ""
        measures = "" if _MEASURED.search(match[0]) else _measures(context, ref)
        return f'<img{match[1] or ""} src="{escape(target)}"{measures}{match[3]}>'

    return Markup(_PICTURE.sub(picture, _ANCHOR.sub(anchor, html)))


@pass_context
def address(context: Context, written: str, item: Mapping[str, Json], whole: bool = False) -> str:
    """The address of a picture or sound of `item`'s front matter; empty: there is none to show.

    With `whole` it is a whole one, as feeds need it.
    """
    number = _number(written)
    if number is not None:
        return _target(context, _ref(number, item), whole) or ""
    if whole and written.startswith("//"):
        return f"https:{written}"
    return (absolute if whole else href)(context, written)


@pass_context
def measures(context: Context, written: str, item: Mapping[str, Json]) -> Markup:
    """The attributes `width` and `height` of a picture of `item`'s front matter, where known."""
    size = size_of(context, written, item)
    return Markup(' width="{}" height="{}"').format(*size) if size else Markup("")


@pass_context
def size_of(context: Context, written: str, item: Mapping[str, Json]) -> Size | None:
    """Width and height, in pixels, of a picture of `item`'s front matter; None: nobody knows."""
    number = _number(written)
    return None if number is None else _size(context, _ref(number, item))


@pass_context
def length(context: Context, written: str, item: Mapping[str, Json]) -> int | None:
    """Bytes of the recording of `item`, in a feed; None: nobody knows."""
    number = _number(written)
    if number is None:
        return None
    found: int | None = _looked_up(context, f"length:{_ref(number, item)['to']}")
    return found


def _number(written: str) -> int | None:
    """Which reference is written; None: an address stands there."""
    return int(written.removeprefix(REF)) if written.startswith(REF) else None


def _ref(number: int, item: Mapping[str, Json]) -> Ref:
    refs: Sequence[Ref] = item["links"] if isinstance(item, dict) and "links" in item else ()
    if number >= len(refs):
        message = "in the brackets must stand what this is of: the article, page, card or profile"
        raise TemplateRuntimeError(message)
    return refs[number]


def _target(context: Context, ref: Ref, whole: bool = False) -> str | None:
    address: str | None = _looked_up(context, f"link:{ref['to']}")
    if address is None:
        return None
    return (absolute if whole else href)(context, address) + ref["tail"]


def _measures(context: Context, ref: Ref) -> Markup:
    size = _size(context, ref)
    return Markup(' width="{}" height="{}"').format(*size) if size else Markup("")


def _size(context: Context, ref: Ref) -> Size | None:
    size: Size | None = _looked_up(context, f"size:{ref['to']}")
    return size


def _looked_up(context: Context, key: Key) -> Json:
    """A fact of the page's; a part has no page. Raises TemplateRuntimeError."""
    if "_fetch" not in context:
        raise TemplateRuntimeError("a part cannot look up addresses; use include in its place")
    fetch: Fetch = context["_fetch"]
    try:
        return fetch(key)
    except Undeclared:
        target = key.split(":", 2)[2]
        raise TemplateRuntimeError(
            f"this page has not asked where “{target}” is: of cards, only those in home's lead and "
            "in the lists of theme.toml bring their pictures along"
        ) from None
