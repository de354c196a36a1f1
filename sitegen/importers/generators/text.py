"""Markdown of other generators with new addresses: everything else stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from sitegen.importers.html import Page, to_markdown
from sitegen.importers.markdown import address
from sitegen.importers.players import frame, frame_of, host_of
from sitegen.importers.tidy import is_picture
from sitegen.urls import slug_of

_CODE = re.compile(
    r"^(?P<fence>[ ]{0,9}(?P<sign>```+|~~~+))[^\n]*\n.*?(?:^[ >]{0,9}(?P=sign)[`~]*[ \t]*$|\Z)"
    r"|(?P<ticks>(?<!`)`+(?!`))(?:(?!\n\n).)+?(?<!`)(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_KEPT = re.compile("\ue100(\\d+)\ue101|%EE%84%80(\\d+)%EE%84%81")
_TARGET = re.compile(
    r"\]\(\s*(?P<to><[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))*)"
    r"(?P<end>(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\))"
)
_DEFINITION = re.compile(
    r"^(?P<head>[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*)(?P<to><[^<>\n]*>|\S+)", re.M
)
_AUTOLINK = re.compile(r"<(?P<to>https?://[^\s<>]+)>")
_ATTRIBUTE = re.compile(
    r"(?P<head><(?P<name>a|img|source|video|audio)\b[^<>]*?\s(?:href|src)\s*=\s*)"
    r"(?:(?P<quote>[\"'])(?P<to>[^\"'<>]*)(?P=quote)|(?P<bare>[^\s\"'<>]+))",
    re.IGNORECASE,
)
_FRAME = re.compile(r"<iframe\b(?P<head>[^<>]*)>.*?</iframe\s*>", re.IGNORECASE | re.DOTALL)
_SCRIPT = re.compile(
    r"<(?P<name>script|style|form)\b(?P<head>[^<>]*)>.*?</(?P=name)\s*>", re.I | re.DOTALL
)
_NAMED = re.compile(
    r"^(?P<head>#{1,6}[ \t]+)(?P<words>.*?)[ \t]*\{:?[ \t]*(?P<said>[#.][^{}\n]*)\}[ \t]*#*$", re.M
)
_MORE = re.compile(r"^[ \t]*<!--\s*more\s*-->[ \t]*\n?", re.IGNORECASE | re.MULTILINE)


def from_html(html: str, page: Page) -> str:
    """HTML as Markdown, with the tags of templates in it as they are."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found.group())
        return f"\ue100{len(kept) - 1}\ue101"

    text = to_markdown(_TEMPLATE.sub(keep, html), page)
    return _KEPT.sub(lambda found: kept[int(found[1] or found[2])], text)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """`text` with `change` done to all of it that is not code."""
    pieces: list[str] = []
    at = 0
    for found in _CODE.finditer(text):
        pieces += [change(text[at : found.start()]), found.group()]
        at = found.end()
    return "".join([*pieces, change(text[at:])])


def with_addresses(text: str, page: Page) -> str:
    """Markdown whose links and pictures lead where `page` says, without scripts."""
    return outside_code(_MORE.sub("", text), lambda piece: _piece(piece, page))


def _piece(text: str, page: Page) -> str:
    if "<" in text:
        text = _SCRIPT.sub(lambda found: _without(found, page), text)
        text = _FRAME.sub(lambda found: _framed(found, page), text)
        text = _ATTRIBUTE.sub(lambda found: _attribute(found, page), text)
        text = _AUTOLINK.sub(lambda found: _autolink(found, page), text)
    text = _DEFINITION.sub(lambda found: f"{found['head']}{_moved(found['to'], page)}", text)
    text = _NAMED.sub(_named, text)
    return _targets(text, page) if "](" in text else text


def _targets(text: str, page: Page) -> str:
    done = ""
    at = 0
    for found in _TARGET.finditer(text):
        done += text[at : found.start()]
        at = found.end()
        to = _bare(found["to"])
        start = _opening(done)
        shown = start > 0 and done[start - 1] == "!" and done[start - 2 : start - 1] != "\\"
        if start < 0 or (not to and not shown):
            done += found.group()
        elif not shown:
            done += f"]({address(page.link(to))}{found['end']}"
        elif src := page.picture(to):
            done += f"]({address(src)}{found['end']}"
        else:
            done = done[: start - 1] + done[start + 1 :]
    return done + text[at:]


def _bare(to: str) -> str:
    return unescape(to.removeprefix("<").removesuffix(">").strip())


def _opening(text: str) -> int:
    """Where the bracket stands that is still open at the end of `text`; -1: nowhere."""
    depth = 1
    for at in range(len(text) - 1, -1, -1):
        if text[at] in "[]" and text[at - 1 : at] != "\\":
            depth += 1 if text[at] == "]" else -1
            if depth == 0:
                return at
        elif text[at] == "\n" and text[at - 1 : at] == "\n":
            return -1
    return -1


def _moved(to: str, page: Page) -> str:
    bare = _bare(to)
    found = page.picture(bare) if is_picture(bare) else page.link(bare)
    return address(found or bare)


def _autolink(found: re.Match[str], page: Page) -> str:
    to = page.link(found["to"])
    return found.group() if to == found["to"] else f"[{found['to']}]({address(to)})"


def _attribute(found: re.Match[str], page: Page) -> str:
    to = unescape(found["to"] if found["quote"] else found["bare"])
    quote = found["quote"] or '"'
    picture = found["name"].lower() in ("img", "source")
    new = (page.picture(to) if picture else page.link(to)) if to else to
    return f"{found['head']}{quote}{escape(new)}{quote}"


def _framed(found: re.Match[str], page: Page) -> str:
    src, title = (_value(found["head"], name) for name in ("src", "title"))
    if not src:
        page.lose("code", "<iframe>")
        return ""
    src = frame_of(src) or src
    page.frame(host_of(src))
    return frame(_whole(src), title)


def _whole(src: str) -> str:
    """With the scheme that all have now."""
    return src if "://" in src else f"https://{src.removeprefix('//')}"


def _value(attributes: str, name: str) -> str:
    found = re.search(rf"""\s{name}\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", attributes, re.I)
    return unescape(found[1].strip("\"'").strip()) if found else ""


def _without(found: re.Match[str], page: Page) -> str:
    page.lose("code", f"<{found['name'].lower()}> {_value(found['head'], 'src')}".strip())
    return ""


def _named(found: re.Match[str]) -> str:
    """A heading with a name of its own, which others may link to; its looks go."""
    name = re.search(r"#([^\s.#}]+)", found["said"])
    if name is None or slug_of(found["words"]) == name[1]:
        return f"{found['head']}{found['words']}"
    return f'{found["head"]}<a id="{escape(name[1])}"></a>{found["words"]}'
