"""What an experienced desk editor would remark in a file: noted while it is read, told by check."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from sitegen.model import Json, Note
from sitegen.read.fields import FrontMatter
from sitegen.read.file import ReadFile
from sitegen.read.links import Linker
from sitegen.read.markdown import Rendered
from sitegen.read.matter import Matter
from sitegen.read.names import Named

LONG_SUMMARY = 300
"""Characters: search pages and cards show about half of that."""
LONG_POINT = 200
"""Characters of a key point that is a paragraph."""

_FILE_NAME = re.compile(r"[^ ]+\.[a-z]{3,4}", re.IGNORECASE)
_IMAGE_OF = re.compile(r"(an? )?(image|picture|photo|photograph|graphic) of\b")
_ID = re.compile(r"""\sid=["']?([^"'\s>]+)""")
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
        if label := _LABEL.match(getattr(fields, field)):
            note("label-repeated", field, kind=label[1])
    if fields.updated and fields.updated < fields.date:
        note("updated-early", "updated")
    for number, correction in enumerate(fields.corrections):
        if correction.date.date() < fields.date.date():
            note("correction-early", "corrections", number, "date")
    if not rendered.words and not rendered.pictures:
        read.notes.append(Note("body-empty", "", 1, matter.body_line))


def remark_on_text(
    title: str, rendered: Rendered, linker: Linker, matter: Matter, read: ReadFile
) -> None:
    """Note what could be better in the text of an article or page."""
    for kind, line in _texts_of_pictures(rendered, title):
        read.notes.append(Note("image-alt", kind, 1, matter.body_line + line))
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
        for fragment in sorted(own - ids_in(rendered.html, rendered.headings)):
            read.notes.append(Note("anchor-missing", fragment, 1, *matter.in_body(f"#{fragment}")))
    read.anchors += sorted(anchor for anchor in linker.anchors if anchor[0] and anchor[1])


def ids_in(html: str, headings: Sequence[Mapping[str, Json]]) -> set[str]:
    """The names that a link can lead to within a text."""
    return {*_ID.findall(html), *(str(heading["id"]) for heading in headings)}


def _texts_of_picture(fields: FrontMatter) -> Iterator[str]:
    """What the texts of the hero lack for readers who cannot see it (WCAG 2.2, 1.1.1)."""
    image = fields.image
    if image is None:
        return
    caption = _bare(image.caption)
    yield from _alt_faults(image.alt, fields.title, image.caption)
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
