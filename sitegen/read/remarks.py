"""What an experienced desk editor would remark in a file: noted while it is read, told by check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from pathlib import PurePath
from urllib.parse import urlsplit

from sitegen.instants import is_day, to_seconds
from sitegen.model import Note
from sitegen.read.fields import FrontMatter
from sitegen.read.file import ReadFile
from sitegen.read.headings import ids_of
from sitegen.read.links import Linker
from sitegen.read.matter import Matter
from sitegen.read.names import Named
from sitegen.read.words import Rendered

LONG_SUMMARY = 300
"""Characters: search pages and cards show about half of that."""
LONG_POINT = 200
"""Characters of a key point that is a paragraph."""

LONG_BREAKING = 7 * 86_400
"""Seconds; no setting lets breaking news last longer by itself."""

_PICTURE = re.compile(r"<img\b[^>]*>")
_SRC = re.compile(r'\ssrc="([^"]*)"')
_FILE_NAME = re.compile(r"[^ ]+\.[a-z]{3,4}", re.IGNORECASE)
_IMAGE_OF = re.compile(r"(an? )?(image|picture|photo|photograph|graphic) of\b")
_LABEL = re.compile(r"\W*([^\W\d_][^:–—.!?\n]{2,60}?)\W*[:–—]")
_IDS_OF_PAGES = frozenset({"", "main", "corrections", "email"})


def remark_on_article(
    fields: FrontMatter, named: Named, matter: Matter, rendered: Rendered, read: ReadFile
) -> None:
    """Note what could be better in an article's fields."""

    def note(code: str, field: str, *path: str | int, kind: str = "", times: int = 1) -> None:
        at = matter.at((named.written.get(field, field), *path))
        read.notes.append(Note(code, kind, times, *at))

    for kind in _texts_of_picture(fields):
        note("picture-text", "image", kind=kind)
    if fields.image and (host := _far(fields.image.src)):
        note("picture-unmeasured", "image", kind=host)
    if not fields.summary:
        read.notes.append(Note("summary-missing", "", 1, matter.first_line))
    elif _bare(fields.summary) == _bare(fields.title):
        note("summary-title", "summary")
    elif len(fields.summary) > LONG_SUMMARY:
        note("summary-long", "summary", kind=str(len(fields.summary)))
    for number, point in enumerate(fields.key_points):
        if len(point) > LONG_POINT or "\n\n" in point:
            note("key-point-long", "key_points", number, kind=str(len(point)))
    for field in ("why_it_matters", "what_it_means"):
        if label := label_of(getattr(fields, field)):
            note("label-repeated", field, kind=label[0])
    if fields.updated and _early(fields.updated, fields.date, named.values["updated"]):
        note("updated-early", "updated")
    if kind := _end_of_breaking(fields):
        note("breaking-end", "breaking", kind=kind)
    for number, correction in enumerate(fields.corrections):
        if correction.date.date() < fields.date.date():
            note("correction-early", "corrections", number, "date")
    if not rendered.words and not rendered.pictures:
        read.notes.append(Note("body-empty", "", 1, matter.body_line))


def _early(updated: datetime, date: datetime, written: object) -> bool:
    if is_day(str(written)):
        return updated.date() < date.date()
    return to_seconds(updated) < to_seconds(date)


def _end_of_breaking(fields: FrontMatter) -> str:
    """What is odd about the instant at which an article stops being breaking news."""
    if not isinstance(fields.breaking, datetime):
        return ""
    appears = max(map(to_seconds, filter(None, (fields.date, fields.embargo))))
    seconds = to_seconds(fields.breaking) - appears
    if seconds <= 0:
        return "ends before the article appears"
    return f"lasts {seconds // 86400} days" if seconds > LONG_BREAKING else ""


def remark_on_text(
    title: str, rendered: Rendered, linker: Linker, matter: Matter, read: ReadFile
) -> None:
    """Note what could be better in the text of an article or page."""
    for kind, line in _texts_of_pictures(rendered, title):
        read.notes.append(Note("image-alt", kind, 1, matter.body_line + line))
    for address in _unmeasured(rendered.html) if linker.elsewhere else ():
        at = matter.in_body(address)
        read.notes.append(Note("picture-unmeasured", _far(address), 1, *at))
    level = 1
    for heading in rendered.headings:
        if int(heading["level"]) > level + 1:
            kind = f"“{heading['text']}” is of level {heading['level']}, below one of level {level}"
            read.notes.append(
                Note("heading-jump", kind, 1, matter.in_body(str(heading["text"])).line)
            )
        level = int(heading["level"])
    own = {fragment for target, fragment in linker.anchors if not target} - _IDS_OF_PAGES
    if own:
        for fragment in sorted(own - ids_of(rendered.html)):
            read.notes.append(Note("anchor-missing", fragment, 1, *matter.in_body(f"#{fragment}")))
    read.anchors += sorted(anchor for anchor in linker.anchors if anchor[0] and anchor[1])


def label_of(text: str) -> tuple[str, str] | None:
    """The words before a colon that a text may begin with, and the rest of it as it then begins."""
    # Most have none of these signs, and the expression would try each word.
    found = _LABEL.match(text) if ":" in text or "–" in text or "—" in text else None
    if found is None:
        return None
    rest = text[found.end() :].lstrip(" *_")
    first = rest.partition(" ")[0]
    return found[1], rest[:1].upper() + rest[1:] if first.islower() else rest


def _unmeasured(html: str) -> Iterator[str]:
    """The addresses of another host's pictures that are shown without width and height."""
    for tag in _PICTURE.findall(html):
        source = _SRC.search(tag)
        if source and _far(source[1]) and not (" width=" in tag and " height=" in tag):
            yield unescape(source[1])


def _far(address: str) -> str:
    """The host of an address that is another site's."""
    if not address.startswith(("http://", "https://", "//")):
        return ""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _texts_of_picture(fields: FrontMatter) -> Iterator[str]:
    """What the texts of the hero lack for readers who cannot see it (WCAG 2.2, 1.1.1)."""
    image = fields.image
    if image is None:
        return
    caption = _bare(image.caption)
    if not image.decorative:
        yield from _alt_faults(image.alt, fields.title, image.caption)
    elif image.alt:
        yield "marked as decorative, and has an alt text"
    if _bare(image.alt) and caption == _bare(fields.title):
        yield "with the headline as its caption"
    if not image.credit.strip():
        yield "without a credit"


def _texts_of_pictures(rendered: Rendered, title: str) -> Iterator[tuple[str, int]]:
    for picture in rendered.pictures:
        for kind in _alt_faults(picture.alt, title, picture.title):
            yield kind, picture.line


def _alt_faults(alt: str, title: str, caption: str) -> Iterator[str]:
    bare = _bare(alt)
    if not bare:
        yield "without an alt text"
        return
    if bare == _bare(title):
        yield "with the headline as its alt text"
    if bare == _bare(caption):
        yield "with its caption as its alt text"
    if _FILE_NAME.fullmatch(bare) and PurePath(bare).suffix:
        yield "with a file's name as its alt text"
    if _IMAGE_OF.match(bare):
        yield "with an alt text that begins “image of”"


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()
