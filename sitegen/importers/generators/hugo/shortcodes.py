"""Hugo's shortcodes as Markdown (gohugo.io/shortcodes)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sitegen.importers.generators import embeds
from sitegen.importers.generators.embeds import COMMON, Convert
from sitegen.importers.generators.entries import Sight
from sitegen.importers.generators.tags import Tag, found_by, replaced
from sitegen.importers.markdown import picture

_SHORTCODE = re.compile(
    r"\{\{(?P<sign>[<%])(?!/\*)\s*(?P<close>/)?\s*(?P<name>[\w./-]+)"
    r"(?P<args>(?:\s*(?:\"(?:[^\"\\]|\\.)*\"|`[^`]*`|(?!/?[>%]\}\})[^\"`]))*?)"
    r"\s*(?P<alone>/)?(?:>|%)\}\}",
    re.DOTALL,
)
_COMMENT = re.compile(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", re.DOTALL)
_BLOCK_QUOTED = {"note", "notice", "tip", "warning", "callout", "admonition", "alert", "box"}


def expanded(text: str, sight: Sight) -> str:
    """`text` without the shortcodes that have an equal; the others stay and are told."""
    if "{{" not in text:
        return text

    def replace(tag: Tag, inner: str | None) -> str | None:
        convert = _CONVERT.get(tag.name.lower().removesuffix(".html"))
        found = convert(tag, inner or "", sight) if convert else None
        if found is None:
            sight.lose("shortcode", f"{{{{< {tag.name} >}}}}")
        return found if found is not None else _spaced(tag, inner)

    done = replaced(text, _tags(text), replace)
    return _COMMENT.sub(r"{{\1\2\3}}", done)


def _tags(text: str) -> Iterator[Tag]:
    return found_by(_SHORTCODE, text)


def _spaced(tag: Tag, inner: str | None) -> str | None:
    """As it was, with the blanks without which it would be taken for HTML."""
    if not re.match(r"\{\{[<%]\S", tag.text):
        return None
    head = f"{tag.text[:3]} {tag.text[3:]}"
    return (
        head if inner is None else f"{head}{inner}{{{{{tag.text[2]} /{tag.name} {tag.text[-3]}}}}}"
    )


def _ref(tag: Tag, inner: str, sight: Sight) -> str | None:
    """The address of another page. What is not there keeps the address that it likely had."""
    name, _, fragment = tag.get("path", 0).partition("#")
    if not name:
        return f"#{fragment}" if fragment else None
    if found := sight.reference(name, fragment):
        return found
    sight.lose("link", name)
    likely = re.sub(r"(/_?index)?\.(md|markdown|html)$", "", name.strip("/"))
    return f"/{likely}/" + (f"#{fragment}" if fragment else "")


def _highlight(tag: Tag, inner: str, sight: Sight) -> str:
    return embeds.code(tag.get("lang", 0), inner)


def _note(tag: Tag, inner: str, sight: Sight) -> str | None:
    title = tag.get("title", "heading")
    head = f"**{embeds.plain(title)}**\n\n" if title else ""
    return embeds.quoted(head + inner.strip()) if inner.strip() else None


def _old_picture(tag: Tag, inner: str, sight: Sight) -> str | None:
    """Pictures of a site that was moved to Hugo: the shortcode's template knew their folder."""
    return None


def _param(tag: Tag, inner: str, sight: Sight) -> str | None:
    value = sight.entry.values.get(tag.get(0))
    return str(value) if isinstance(value, str | int) else None


def _gallery(tag: Tag, inner: str, sight: Sight) -> str | None:
    return inner if inner.strip() else None


def _linked_picture(tag: Tag, inner: str, sight: Sight) -> str | None:
    src = tag.get("src", 0)
    return picture(src, tag.get("alt", 1)) if src and "." in src else None


_CONVERT: Mapping[str, Convert] = {
    **COMMON,
    "ref": _ref,
    "relref": _ref,
    "highlight": _highlight,
    "code": _highlight,
    "param": _param,
    "gallery": _gallery,
    "img": _linked_picture,
    "comment": embeds.nothing,
    "rawhtml": lambda tag, inner, sight: inner,
    "raw": lambda tag, inner, sight: inner,
    "center": lambda tag, inner, sight: inner,
    **dict.fromkeys(_BLOCK_QUOTED, _note),
}
