"""Shortcodes: those of WordPress itself and a few of its plugins as HTML, all others left and told.

`[caption width="300"]<img …> The pier[/caption]`: a name between square brackets, with attributes,
and perhaps a text up to its end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape

from sitegen.importers.addresses import path_of
from sitegen.importers.players import frame_of
from sitegen.importers.tidy import is_picture
from sitegen.importers.wordpress.page import ItemPage

Attributes = Mapping[str, str]

_CODE = re.compile(
    r"(?<!\[)\[([a-zA-Z][\w-]*)((?:\s(?:[^\]\"']|\"[^\"]*\"|'[^']*')*)?)(/?)\](?!\])"
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|(\S+)""")
_ESCAPED = re.compile(r"\[(\[[a-zA-Z][\w-]*[^\[\]]*\])\]")
_PICTURE = re.compile(
    r"\s*(?:<figure(?: data-credit=\"(?P<credit>[^\"]*)\")?>\s*)?"
    r"(?P<image>(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(?:\s*</figure>)?(?P<words>.*)",
    re.DOTALL,
)
_SIGN = re.compile(r"\[(youtube|vimeo|soundcloud|dailymotion)=([^\]\s]+)\]")
"""`[youtube=https://…]`, of WordPress.com."""
_RECORDED = re.compile(r"(?i)\.(?:mp3|m4a|ogg|oga|wav|flac|wma|mp4|m4v|webm|ogv|wmv|flv|mov)$")
_LONELY = re.compile(r"^[ \t]*(https?://[^\s<>\"\[\]]+)[ \t]*$", re.MULTILINE)
"""An address on a line of its own: WordPress asks that site what to show."""
_SOUNDS = ("src", "mp3", "m4a", "ogg", "oga", "wav", "flac", "wma")
_FILMS = ("src", "mp4", "m4v", "webm", "ogv", "wmv", "flv")


def expanded(text: str, page: ItemPage) -> str:
    """`text` with HTML in place of the shortcodes that have an equal."""
    if "[" not in text:
        return text
    text = _SIGN.sub(r"[\1 \2]", text)
    for name, make in _WITH_TEXT.items():
        text = _replaced(text, name, make, page)
    text = _CODE.sub(lambda found: _single(found, page), text)
    for name in _left(text):
        page.lose("shortcode", f"[{name}]")
    return _ESCAPED.sub(r"\1", text)


Make = Callable[[Attributes, str, ItemPage], str]


def _replaced(text: str, name: str, make: Make, page: ItemPage) -> str:
    if f"[/{name}]" not in text.lower():
        return text
    pattern = rf"(?<!\[)\[{name}\b([^\]]*)\](.*?)\[/{name}\]"
    return re.sub(
        pattern,
        lambda m: make(attributes_of(m[1]), m[2], page),
        text,
        flags=re.DOTALL | re.IGNORECASE,
    )


def attributes_of(text: str) -> dict[str, str]:
    """Names in small letters; what stands without a name is `0`, `1` and so on."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text.replace("”", '"').replace("″", '"')):
        name, *values = match.groups()
        value = next((value for value in values if value is not None), "")
        found[name.lower() if name else str(len(found))] = unescape(value)
    return found


def _single(found: re.Match[str], page: ItemPage) -> str:
    make = _ALONE.get(found[1].lower())
    return found[0] if make is None else make(attributes_of(found[2]), "", page)


def _left(text: str) -> list[str]:
    """Names of shortcodes that stay: with attributes or an end, or `[sic]` would be one."""
    names = []
    for found in _CODE.finditer(text):
        if "=" in found[2] or found[3] or f"[/{found[1]}]" in text:
            names.append(found[1])
    return names


def _caption(attributes: Attributes, inner: str, page: ItemPage) -> str:
    found = _PICTURE.fullmatch(inner)
    said = escape(attributes.get("caption", ""))
    if found is None:
        return f"{inner}\n\n{said}\n\n"
    return _figure(found["image"], found["words"].strip() or said, unescape(found["credit"] or ""))


def _figure(image: str, caption: str, credit: str = "") -> str:
    said = f"<figcaption>{caption}</figcaption>" if caption else ""
    made = f' data-credit="{escape(credit)}"' if credit else ""
    return f"\n\n<figure{made}>{image}{said}</figure>\n\n"


def _credited(attributes: Attributes, inner: str, page: ItemPage) -> str:
    """`[media-credit]`, of a plugin."""
    found = _PICTURE.fullmatch(inner)
    if found is None:
        return inner
    credit = attributes.get("name", attributes.get("id", ""))
    return _figure(found["image"], found["words"].strip(), credit)


def _gallery(attributes: Attributes, inner: str, page: ItemPage) -> str:
    ids = re.findall(r"\d+", attributes.get("ids") or attributes.get("include", ""))
    left = re.findall(r"\d+", attributes.get("exclude", ""))
    ids = ids or _own(attributes, page, is_picture)
    return "".join(shown(id, page) for id in ids if id not in left)


def _own(attributes: Attributes, page: ItemPage, wanted: Callable[[str], object]) -> list[str]:
    """The files that were added to an article, those of a kind."""
    ids = page.known.files_of(attributes.get("id", page.item.id))
    files = (file for id in ids if (file := page.known.attachment(id)) is not None)
    return [file.id for file in files if wanted(path_of(file.address))]


def shown(id: str, page: ItemPage) -> str:
    """A picture of the library, with what is written with it there."""
    file = page.known.attachment(id)
    if file is None:
        page.lose("media", f"the picture {id} of a gallery is not in the export")
        return ""
    image = f'<img src="{escape(file.address)}" alt="{escape(file.alt)}">'
    return _figure(image, escape(file.caption), file.credit)


def _embed(attributes: Attributes, inner: str, page: ItemPage) -> str:
    return embedded(inner.strip() or attributes.get("src") or attributes.get("0", ""), page)


def embedded(address: str, page: ItemPage) -> str:
    """What WordPress would have asked another site for: a player, or a link."""
    address = unescape(address.strip().lstrip("="))
    if not address.startswith(("http://", "https://")):
        return ""
    if player := frame_of(address):
        return f'\n\n<iframe src="{escape(player)}"></iframe>\n\n'
    if page.known.old.path(address) is None:
        page.lose("embed", address)
    return f'\n\n<p><a href="{escape(address)}">{escape(address)}</a></p>\n\n'


def with_players(text: str, page: ItemPage) -> str:
    """A text of the classic editor, with what addresses on lines of their own stand for."""
    return _LONELY.sub(lambda found: embedded(found[1], page) or found[0], text)


def _video(attributes: Attributes, inner: str, page: ItemPage) -> str:
    return _recording(attributes, _FILMS, inner, page)


def _audio(attributes: Attributes, inner: str, page: ItemPage) -> str:
    return _recording(attributes, _SOUNDS, inner, page)


def _recording(attributes: Attributes, names: tuple[str, ...], inner: str, page: ItemPage) -> str:
    src = next((attributes[name] for name in (*names, "0") if attributes.get(name)), "")
    if frame_of(src):
        return embedded(src, page)
    return f'\n\n<p><video src="{escape(src)}"></video></p>\n\n' if src else inner


def _playlist(attributes: Attributes, inner: str, page: ItemPage) -> str:
    ids = re.findall(r"\d+", attributes.get("ids", "")) or _own(attributes, page, _RECORDED.search)
    files = [file for id in ids if (file := page.known.attachment(id)) is not None]
    links = (f'<li><a href="{escape(f.address)}">{escape(f.title)}</a></li>' for f in files)
    return f"\n\n<ul>{''.join(links)}</ul>\n\n" if files else ""


def _youtube(attributes: Attributes, inner: str, page: ItemPage) -> str:
    given = (
        inner.strip() or attributes.get("url") or attributes.get("id") or attributes.get("0", "")
    )
    return embedded(given if "/" in given else f"https://www.youtube.com/watch?v={given}", page)


def _vimeo(attributes: Attributes, inner: str, page: ItemPage) -> str:
    given = (
        inner.strip() or attributes.get("url") or attributes.get("id") or attributes.get("0", "")
    )
    return embedded(given if "/" in given else f"https://vimeo.com/{given}", page)


def _soundcloud(attributes: Attributes, inner: str, page: ItemPage) -> str:
    return embedded(attributes.get("url", "").replace("api.soundcloud.com", "soundcloud.com"), page)


def _link(attributes: Attributes, inner: str, page: ItemPage) -> str:
    return embedded(attributes.get("url") or attributes.get("0", ""), page)


def _box(attributes: Attributes, inner: str, page: ItemPage) -> str:
    language = attributes.get("language") or attributes.get("lang", "")
    name = f' class="language-{escape(language)}"' if language else ""
    code = escape(unescape(inner.strip())).replace("[", "&#91;")  # shortcodes in it are words
    return f"\n\n<pre{name}><code>{code}</code></pre>\n\n"


def _note(attributes: Attributes, inner: str, page: ItemPage) -> str:
    """A footnote that stands where it is called: it goes to the end, as HTML has them."""
    return page.footnote(inner.strip())


def _quotation(attributes: Attributes, inner: str, page: ItemPage) -> str:
    return f"\n\n<blockquote>{inner.strip()}</blockquote>\n\n"


_WITH_TEXT: Mapping[str, Make] = {
    "code": _box,
    "sourcecode": _box,
    "media-credit": _credited,
    "wp_caption": _caption,
    "caption": _caption,
    "embed": _embed,
    "video": _video,
    "audio": _audio,
    "youtube": _youtube,
    "efn_note": _note,
    "footnote": _note,
    "mfn": _note,
    "ref": _note,
    "pullquote": _quotation,
    "blockquote": _quotation,
}
"""Shortcodes that stand around a text, in the order in which they are replaced."""
_ALONE: Mapping[str, Make] = {
    "gallery": _gallery,
    "playlist": _playlist,
    "embed": _embed,
    "video": _video,
    "audio": _audio,
    "youtube": _youtube,
    "vimeo": _vimeo,
    "soundcloud": _soundcloud,
    "instagram": _link,
    "tweet": _link,
    "twitter": _link,
    "facebook": _link,
    "dailymotion": _link,
}
