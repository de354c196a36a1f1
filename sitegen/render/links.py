"""The links and pictures within texts, which get their addresses when a page is rendered."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from sitegen import urls
from sitegen.model import REF, Json
from sitegen.render.addresses import absolute, looked_up, numbered, target
from sitegen.render.shown import WIDTH, element

_ANCHOR = re.compile(rf'<a( [^>]*?)? href="{REF}(\d+)"([^>]*)>(.*?)</a>', re.DOTALL)
_PICTURE = re.compile(rf'<img( [^>]*?)? src="{REF}(\d+)"([^>]*)>')
_ON_ITSELF = re.compile(r'(<a [^>]*?\bhref=)"([#?])')
_OF_NO_SCHEME = re.compile(r'(<(?:a|img|q|blockquote|del|ins) [^>]*?\b(?:href|src|cite)=)"//')
"""A link or picture `//other.example/`: a page gives it its own scheme, a feed has none."""
_HIDDEN = "…"


@pass_context
def linked(
    context: Context,
    html: str,
    item: Mapping[str, Json],
    whole: bool = False,
    sizes: str = WIDTH,
) -> Markup:
    """HTML of an article, page or profile (`item`) with its references resolved.

    A link to what readers cannot see yet is its label alone, or “…” where that is an address.
    With `whole` all addresses are whole ones, as feeds need them. `sizes` says how wide pictures
    are shown (HTML, the attribute `sizes` of `img`).
    """
    if whole and '="' in html and "url" in item:
        html = _whole(html, str(escape(absolute(context, item["url"]))))
    if REF not in html:
        return Markup(html)

    def anchor(match: re.Match[str]) -> str:
        url = target(context, numbered(int(match[2]), item), whole)
        if url is None:
            # An address as the label of a link would tell what the link itself must not.
            return _HIDDEN if urls.is_address(Markup(match[4]).striptags()) else match[4]
        return f'<a{match[1] or ""} href="{escape(url)}"{match[3]}>{match[4]}</a>'

    def picture(match: re.Match[str]) -> str:
        ref = numbered(int(match[2]), item)
        shown = looked_up(context, f"picture:{ref['to']}")
        if not shown["src"]:
            return ""
        rest = Markup(f"{match[1] or ''}{match[3]}")
        return element(context, shown, rest, sizes, tail=ref["tail"], whole=whole)

    return Markup(_PICTURE.sub(picture, _ANCHOR.sub(anchor, html)))


def _whole(html: str, here: str) -> str:
    """HTML with whole addresses for those on the page itself, which is `here`, and of no scheme."""
    if '="#' in html or '="?' in html:
        html = _ON_ITSELF.sub(lambda match: f'{match[1]}"{here}{match[2]}', html)
    return _OF_NO_SCHEME.sub(r'\1"https://', html) if '="//' in html else html
