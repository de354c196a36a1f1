"""What feeds hold of texts: HTML that stands alone in other people's programs, and XML's rules.

Owns nh3 on the side of rendering, for articles whose raw HTML is trusted on the site itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from urllib.parse import urljoin

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from sitegen import instants, serving
from sitegen.controls import may_hold_controls
from sitegen.model import Json
from sitegen.render.addresses import absolute
from sitegen.render.links import linked

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML 1.0 document may hold (section 2.2, production 2), not even as a reference. Written
as “all but what it may hold”, which are most characters, it took ten times as long to compile."""
_HEXADECIMAL = [(sign, f"&#x{ord(sign):X};") for sign in "&<>"]
_TEXT_ONLY = frozenset({"script", "style"})
"""Elements whose contents are no words for readers."""
_ADDRESSES = frozenset({"href", "src", "poster", "cite"})
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang", "rel"},
    "img": {"alt", "height", "src", "srcset", "sizes", "width"},
    "source": {"media", "sizes", "src", "srcset", "type"},
    "audio": {"controls", "src"},
    "video": {"controls", "height", "poster", "src", "width"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "ol": {"reversed", "start", "type"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
}
_PLAYERS = {"audio", "picture", "section", "source", "video"}


@pass_context
def syndicated(context: Context, html: str, item: Mapping[str, Json]) -> Markup:
    """HTML of `item` as feeds may have it: all addresses whole, nothing that runs or restyles.

    Reading has seen to that already, unless the site trusts raw HTML.
    """
    whole = linked(context, html, item, whole=True)
    return _guarded(whole, absolute(context, item["url"])) if _raw(context) else whole


def _raw(context: Context) -> bool:
    raw: bool = context["site"]["raw_html"]
    return raw


def _guarded(html: str, here: str) -> Markup:
    """HTML that nobody has looked through, as a feed may have it; `here` is its page's address."""
    import nh3  # only sites that trust raw HTML need it here

    def resolve(tag: str, name: str, value: str) -> str:
        if name in _ADDRESSES:
            return urljoin(here, value)
        return _whole_set(value, here) if name == "srcset" else value

    return Markup(
        nh3.clean(
            html,
            tags=nh3.ALLOWED_TAGS | _PLAYERS,
            clean_content_tags=set(_TEXT_ONLY),
            attributes=_ATTRIBUTES,
            attribute_filter=resolve,
            link_rel=None,
            url_schemes={"http", "https", "mailto", "tel"},
        )
    )


def _whole_set(candidates: str, here: str) -> str:
    """The value of `srcset` (HTML, 4.8.4.2.1), its addresses whole."""
    found = (candidate.split() for candidate in re.split(r",\s+", candidates))
    return ", ".join(
        " ".join([urljoin(here, first), *rest]) for first, *rest in filter(None, found)
    )


def as_xml(text: str) -> bytes:
    """`text` in UTF-8, without the characters that no XML document may hold."""
    data = text.encode()
    return _NOT_XML.sub("", text).encode() if may_hold_controls(data) else data


@lru_cache(maxsize=1024)
def hexadecimal(text: str) -> Markup:
    """A title in RSS: `&` and `<` as references that no reader takes for HTML.

    The RSS Advisory Board's Best Practices Profile asks for hexadecimal ones.
    """
    plain = str(text)  # a `Markup` would escape what it is to replace signs with
    for sign, reference in _HEXADECIMAL:
        plain = plain.replace(sign, reference)
    return Markup(plain)


def cdata(html: str) -> Markup:
    """HTML within XML as a CDATA section, which is shorter than its escaped form."""
    return Markup(f"<![CDATA[{str(html).strip().replace(']]>', ']]]]><![CDATA[>')}]]>")


def as_json(value: Json) -> str:
    """A value as JSON for a file of its own; Jinja's `tojson` escapes HTML too, at its length."""
    return json.dumps(value, ensure_ascii=False)


def rfc3339(instant: str) -> str:
    """An instant as JSON Feed and Atom write it, in UTC."""
    return instants.utc(datetime.fromisoformat(instant))


def media_type(address: str) -> str:
    """The media type of what lies at an address, by its suffix; empty: nobody knows."""
    found = serving.media_type(re.split("[?#]", address)[0])
    return "" if found == serving.UNKNOWN else found
