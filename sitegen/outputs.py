"""Outputs: the files that a build makes, what they are made of, and the door to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, NamedTuple, Protocol

from sitegen.model import PICTURE, Json, Key

Need = tuple[str, Key | tuple[Key, ...]]
"""A name in the template, and the fact, or facts, that it stands for."""


class Page(NamedTuple):
    """An output that a template makes from declared facts."""

    path: str
    template: str
    family: str
    lang: str
    needs: tuple[Need, ...]
    """All that the template sees beside `page`; `a.b` is a name within a group."""
    values: Mapping[str, Json] = {}
    """What plan itself worked out for this page; the template sees it as `page`."""
    source: str = ""
    time: str = ""
    """The year or month of the articles that it shows, such as `2026` or `2026-11`; empty where it
    shows the newest, or none.
    """

    def keys(self) -> list[Key]:
        """Every fact that the page declares, in their order."""
        keys: list[Key] = []
        for _, need in self.needs:
            if isinstance(need, str):
                keys.append(need)
            else:
                keys += need
        return keys


Touched = tuple[str, Page | None]
"""A path that an edit touches, and the page that belongs there now; None: none does any more."""

Focus = tuple[int, int]
"""Which point of a picture must stay in sight when it is cropped: percent from its left and top."""

MIDDLE: Focus = (50, 50)


def crop_key(kind: Literal["hero", "square"], ref: str, focus: str) -> Key:
    """The fact of what is cut out of a picture, for machines or as a portrait.

    `focus` is what its author wrote, such as “60% 30%”; nothing means the middle.
    """
    left, top = (part.rstrip("%") for part in focus.split()) if focus else MIDDLE
    return f"{kind}:{left}-{top}:{ref.removeprefix(PICTURE)}"


def focus_in(written: str) -> Focus:
    """The focus that such a key holds."""
    left, top = map(int, written.split("-"))
    return left, top


class Form(NamedTuple):
    """What is made of a picture that is copied in another form."""

    format: Literal["avif", "ico", "jpeg", "png", "svg", "webp"]
    """Of `svg` it is a drawing without what could run; the rest says nothing then."""
    width: int
    height: int
    """Pixels. The picture is cropped to their ratio, around the focus, and then made so large."""
    quality: int = 0
    """1 to 100, of a format that loses something."""
    focus: Focus = MIDDLE
    opaque: bool = False
    """On white, where it could be seen through."""
    bare: bool = False
    """Without what the file says of whose it is: an icon."""


class Copy(NamedTuple):
    """An output that is a file's own bytes, or a picture in another form."""

    path: str
    file: str
    """The file, as the operating system finds it."""
    digest: bytes
    source: str = ""
    family: str = "copies"
    form: Form | None = None
    length: int = 0
    """Bytes, of a copy that is the file's own bytes."""


class Text(NamedTuple):
    """An output that plan wrote itself, for machines: what a host is to do with the others."""

    path: str
    text: str
    family: str = "host"
    source: str = ""


Coding = Literal["gz", "br"]
"""A coding of bytes (RFC 9110, 8.4.1), by the suffix of files in it: gzip, Brotli."""


class Twin(NamedTuple):
    """An output that is another one's bytes in a coding, for servers that send it so."""

    path: str
    of: "Page | Copy | Text"
    coding: Coding
    family: str = "twins"
    source: str = ""
    """None of its own, so that what is made of a file is told once."""


Output = Page | Copy | Text | Twin


def original_of(output: Output) -> Page | Copy | Text:
    """What an output is, or whose bytes it has compressed."""
    return output.of if isinstance(output, Twin) else output


def page_of(output: Output) -> Page | None:
    """The same, if it is a page."""
    made = original_of(output)
    return made if isinstance(made, Page) else None


@dataclass(slots=True)
class Kinds:
    """Which kinds of outputs some are; they may be so many that each look at them is felt."""

    families: set[str] = field(default_factory=set)
    templates: set[str] = field(default_factory=set)
    """Of their pages."""

    def see(self, output: Output) -> None:
        """One of them."""
        self.families.add(output.family)
        if page := page_of(output):
            self.templates.add(page.template)


def needed(output: Output) -> Sequence[Key]:
    """The facts that an output is made from."""
    page = page_of(output)
    return page.keys() if page else ()


def weight(output: Output) -> int:
    """How many facts an output is made from: an archive of feeds has thousands in its pages."""
    page = page_of(output)
    facts = 1
    for _, need in page.needs if page else ():
        facts += 1 if isinstance(need, str) else len(need)
    return facts


def common_needs(lang: str) -> tuple[Key, ...]:
    """The facts that every page sees: the settings, the theme's texts, its files' addresses."""
    return (f"site:{lang}", f"strings:{lang}", "assets")


Size = tuple[int, int]
"""Width and height of a picture, in pixels."""


class Image(NamedTuple):
    """What is known of a picture's file without all of it being decoded."""

    size: Size | None = None
    """As it is shown, turned as its camera was held; None where nobody can tell."""
    format: str = ""
    """What its bytes are, whatever its name says: `jpeg`, `png`, `gif`, `webp`, `avif`, `svg`…"""
    moving: bool = False
    """Whether it has more frames than one: it is shown as it is."""
    transparent: bool = False
    drawn: bool = False
    """Whether it has few colours and hard edges, so that a format that loses nothing is smaller."""
    creator: str = ""
    """Who made it, as the file itself says (IPTC, XMP, EXIF); likewise the next four."""
    credit: str = ""
    copyright: str = ""
    license: str = ""
    """Address of the licence, XMP's Web Statement of Rights."""
    source_type: str = ""
    """IPTC's digital source type, such as `trainedAlgorithmicMedia`, without the address."""
    located: bool = False
    """Whether it tells where it was taken."""
    trouble: str = ""
    """Why it cannot be shown to readers, in words; empty when it can."""
    remedy: str = ""


class File(NamedTuple):
    """A file that may be copied."""

    name: str
    """Relative to the folder that it belongs to, with slashes."""
    path: str
    """As the operating system finds it."""
    digest: bytes
    image: Image | None = None
    """Of a picture."""
    length: int = 0
    """Bytes."""

    @property
    def size(self) -> Size | None:
        """Width and height of a picture, in pixels; None where nobody can tell."""
        return self.image.size if self.image else None


class Known(Protocol):
    """What the plan needs to know of a recorded output."""

    @property
    def source(self) -> str: ...

    @property
    def inputs(self) -> bytes | None: ...

    @property
    def digest(self) -> bytes: ...

    @property
    def size(self) -> int: ...


class Look(Enum):
    """What an output's file looks like on the disk, beside what was recorded of it."""

    OURS = "it is as we wrote it"
    MISSING = "its file is missing"
    FOREIGN = "its file was changed by somebody else"


class Fetch(Protocol):
    """Facts that a template looks up by itself; raises Undeclared for one the page did not name."""

    def __call__(self, key: Key) -> Json: ...


class Undeclared(KeyError):
    """A page asked for a fact that it did not declare: a mistake in sitegen, never in content."""
