"""Tags and expressions in double braces, of Liquid and its kin, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.importers.generators import embeds
from sitegen.importers.generators.embeds import COMMON, Convert
from sitegen.importers.generators.entries import Sight
from sitegen.importers.generators.tags import Tag, arguments_of, found_by, replaced

_TAG = re.compile(
    r"\{%-?\s*(?P<close>end(?=\w))?(?P<name>[\w-]+)(?P<args>(?:\"[^\"]*\"|'[^']*'|(?!%\}).)*?)\s*-?%\}",
    re.DOTALL,
)
_EXPRESSION = re.compile(r"\{\{-?\s*((?:\"[^\"]*\"|'[^']*'|[^{}\"'])*?)\s*-?\}\}", re.DOTALL)
_RAW = re.compile(
    r"\{%-?\s*(?P<tag>raw|verbatim)\s*-?%\}(.*?)\{%-?\s*end(?P=tag)\s*-?%\}", re.DOTALL
)
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}|\{#.*?#\}", re.DOTALL)
_KEPT = "\ue000{}\ue001"
_KEPT_BACK = re.compile("\ue000(\\d+)\ue001")
_PART = re.compile(r"""\s*\|\s*(?=(?:[^"']|"[^"]*"|'[^']*')*$)""")
_PICTURES = re.compile(r"(?i)fig|image|img|picture|photo")
_INCLUDES = ("include", "include_cached", "include_relative", "render")
_SOURCES = ("src", "url", "path", "image", "image_path", "file")
_EMBEDDED = re.compile(r"[\"'](https?:[^\"']+)[\"']\s*\|\s*embed(?:\s*:\s*[\"']([^\"']*)[\"'])?")
"""A filter that shows the video of an address."""
_UNCHANGED = frozenset({"safe", "strip", "escape", "strip_newlines", "raw", "xml_escape"})


class Liquid:
    """The language of one site's texts."""

    def __init__(
        self,
        site: Mapping[str, Any],
        base_path: str,
        more: Mapping[str, Convert],
        names: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """`names` are further groups of values; with any, the page's have no name before them."""
        self._site = site
        self._names = names
        self._base = base_path
        self._convert: Mapping[str, Convert] = {**_TAGS, **more}

    def expanded(self, text: str, sight: Sight, page: Mapping[str, Any]) -> str:
        """`text` without the tags that have an equal; the others stay and are told."""
        if "{%" not in text and "{{" not in text and "{#" not in text:
            return text
        kept: list[str] = []

        def keep(found: re.Match[str]) -> str:
            kept.append(found[2])
            return _KEPT.format(len(kept) - 1)

        def replace(tag: Tag, inner: str | None) -> str | None:
            found = self._tag(tag, inner or "", sight, page)
            if found is None:
                part = f" {tag.get(0)}" if tag.name in _INCLUDES else ""
                sight.lose("shortcode", f"{{% {tag.name}{part} %}}")
            return found

        text = _COMMENT.sub("", _RAW.sub(keep, text))
        text = _EXPRESSION.sub(lambda found: self._expression(found, sight, page), text)
        text = replaced(text, list(found_by(_TAG, text)), replace)
        return _KEPT_BACK.sub(lambda found: kept[int(found[1])], text)

    def _tag(self, tag: Tag, inner: str, sight: Sight, page: Mapping[str, Any]) -> str | None:
        if tag.name in _INCLUDES:
            return self._include(tag, sight, page)
        convert = self._convert.get(tag.name)
        return convert(tag, inner, sight) if convert else None

    def _include(self, tag: Tag, sight: Sight, page: Mapping[str, Any]) -> str | None:
        """A piece that the old theme had: pictures and videos are known by their names."""
        name = tag.get(0)
        stem = name.rpartition("/")[2].partition(".")[0].lower()
        named: dict[str, str] = {}
        for key, value in tag.named.items():
            quoted = re.search(rf"\b{re.escape(key)}\s*[=:]\s*[\"']", tag.arguments)
            found = value if quoted else self._value(value, page)
            if found is not None:
                named[key] = _rooted(found) if key in _SOURCES else found
        inner = Tag(stem, tag.text, tag.start, tag.end, "alone", "", (), named)
        if stem in self._convert and stem not in ("highlight", "raw"):
            return self._convert[stem](inner, "", sight)
        if "video" in stem and named.get("provider", "").lower() in ("youtube", "vimeo"):
            return self._convert[named["provider"].lower()](inner, "", sight)
        for host in ("youtube", "vimeo", "gist", "tweet"):
            if host in stem:
                return self._convert[host](inner, "", sight)
        return embeds.figure(inner, "", sight) if _PICTURES.search(stem) else None

    def _expression(self, found: re.Match[str], sight: Sight, page: Mapping[str, Any]) -> str:
        value = self._worked_out(found[1], page)
        if value is None and (shown := _EMBEDDED.fullmatch(found[1].strip())):
            value = embeds.player(shown[1], shown[2] or "", sight)
        if value is None:
            name = found[1].rpartition("|")[2].partition(":")[0].strip()
            kind = f"{{{{ … | {name} }}}}" if "|" in found[1] else f"{{{{ {found[1]} }}}}"
            sight.lose("shortcode", kind)
            return found.group()
        return value

    def _worked_out(self, text: str, page: Mapping[str, Any]) -> str | None:
        first, *filters = _PART.split(text.strip())
        value = self._value(first, page)
        for part in filters:
            name, _, rest = part.partition(":")
            value = None if value is None else self._filtered(name.strip(), rest, value, page)
        return value

    def _value(self, text: str, page: Mapping[str, Any]) -> str | None:
        text = text.strip()
        if text[:1] in ("'", '"') and text[-1:] == text[:1] and len(text) > 1:
            return text[1:-1]
        group, _, name = text.partition(".")
        if text in ("site.baseurl", "site.pathprefix"):
            return self._base
        if self._names is not None and text in page and not name:
            return str(page[text]) if isinstance(page[text], str | int | float) else None
        groups = {"site": self._site, "page": page, **(self._names or {})}
        found: Any = groups.get(group)
        for part in name.split(".") if name else ():
            found = found.get(part) if isinstance(found, Mapping) else None
        return str(found) if name and isinstance(found, str | int | float) else None

    def _filtered(self, name: str, rest: str, value: str, page: Mapping[str, Any]) -> str | None:
        values, _ = arguments_of(rest)
        given = self._worked_out(rest.strip(), page) if rest.strip() else (values or ("",))[0]
        if name in _UNCHANGED:
            return value
        if name in ("relative_url", "url"):
            return value if "://" in value else f"{self._base}/{value.lstrip('/')}"
        if name == "absolute_url":
            whole = f"{str(self._site.get('url') or '').rstrip('/')}{self._base}"
            return value if "://" in value else f"{whole}/{value.lstrip('/')}"
        if name in ("prepend", "append") and given is not None:
            return given + value if name == "prepend" else value + given
        simple = {"downcase": value.lower(), "upcase": value.upper(), "lower": value.lower()}
        return simple.get(name)


def _highlight(tag: Tag, inner: str, sight: Sight) -> str:
    return embeds.code(tag.get("lang", 0), inner)


def _post_url(tag: Tag, inner: str, sight: Sight) -> str | None:
    name = tag.arguments.strip().strip("\"'").lstrip("/")
    if found := sight.reference(name):
        return found
    sight.lose("link", name)
    return None


def _link(tag: Tag, inner: str, sight: Sight) -> str | None:
    name = tag.arguments.strip().strip("\"'").lstrip("/")
    if "{" in name:
        return None
    return sight.reference(name) or f"/{name}"


def _img(tag: Tag, inner: str, sight: Sight) -> str | None:
    """Octopress: `{% img left /path.jpg 300 200 'Title' 'Alt' %}`; others quote path and alt."""
    at = next((i for i, v in enumerate(tag.values) if "/" in v or "." in v), None)
    if at is None:
        return embeds.figure(tag, inner, sight)
    rest = [value for value in tag.values[at + 1 :] if not value.isdigit()]
    named = {"src": _rooted(tag.values[at]), "alt": rest[-1] if rest else "", **tag.named}
    if len(rest) > 1:
        named.setdefault("caption", rest[0])
    return embeds.figure(Tag("img", tag.text, 0, 0, "alone", "", (), named), inner, sight)


def _rooted(path: str) -> str:
    """Tags take paths from the site's root, with or without a slash."""
    return path if "//" in path or path.startswith(("/", "{")) or not path else f"/{path}"


def _image_with_class(tag: Tag, inner: str, sight: Sight) -> str | None:
    named = {"src": _rooted(tag.get(0)), "alt": tag.get(2)}
    return embeds.figure(Tag("img", tag.text, 0, 0, "alone", "", (), named), "", sight)


def _figure(tag: Tag, inner: str, sight: Sight) -> str | None:
    """A pair around a picture, or a picture that arguments name."""
    found = re.fullmatch(r"\s*!\[([^\]]*)\]\(([^)\s]+)\)(?:\{:[^}]*\})?\s*", inner)
    if found is None:
        return embeds.figure(tag, inner, sight) if not inner.strip() else None
    named = {"src": found[2], "alt": found[1], "caption": tag.get("caption", 0)}
    return embeds.figure(Tag("figure", tag.text, 0, 0, "alone", "", (), named), "", sight)


def _kept(tag: Tag, inner: str, sight: Sight) -> str:
    return inner


_TAGS: Mapping[str, Convert] = {
    **COMMON,
    "highlight": _highlight,
    "codeblock": lambda tag, inner, sight: embeds.code("", inner),
    "post_url": _post_url,
    "link": _link,
    "img": _img,
    "image": _img,
    "image_with_class": _image_with_class,
    "figure": _figure,
    "seo": embeds.nothing,
    "feed_meta": embeds.nothing,
    "raw": _kept,
    "endraw": embeds.nothing,
}
"""Tags of Jekyll, its plugins, and others that write the same."""


def names_of(text: str) -> Iterator[str]:
    """The names of all tags in a text."""
    return (tag.name for tag in found_by(_TAG, text) if tag.form == "open")
