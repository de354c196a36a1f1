"""Outputs: the files that a build makes, what they are made of, and the door to it."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Literal, NamedTuple, Protocol

from sitegen.model import Json, Key

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

    def keys(self) -> Iterator[Key]:
        """Every fact that the page declares, in their order."""
        for _, need in self.needs:
            if isinstance(need, str):
                yield need
            else:
                yield from need


class Form(NamedTuple):
    """What is made of a picture that is copied in another form."""

    format: Literal["ico", "png"]
    size: int
    """Pixels, of each side."""
    opaque: bool = False


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


def common_needs(lang: str) -> tuple[Key, ...]:
    """The facts that every page sees: the settings, the theme's texts, its files' addresses."""
    return (f"site:{lang}", f"strings:{lang}", "assets")


Size = tuple[int, int]
"""Width and height of a picture, in pixels."""


class File(NamedTuple):
    """A file that may be copied."""

    name: str
    """Relative to the folder that it belongs to, with slashes."""
    path: str
    """As the operating system finds it."""
    digest: bytes
    size: Size | None = None
    """Of a picture."""
    length: int = 0
    """Bytes."""


class Known(Protocol):
    """What the plan needs to know of a recorded output."""

    @property
    def inputs(self) -> bytes | None: ...


class Look(Enum):
    """What an output's file looks like on the disk, beside what was recorded of it."""

    OURS = "it is as we wrote it"
    MISSING = "its file is missing"
    FOREIGN = "its file was changed by somebody else"


class Fetch(Protocol):
    """The only door from a page to facts; raises Undeclared for a key the page did not name."""

    def __call__(self, key: Key) -> Json: ...


class Undeclared(KeyError):
    """A page asked for a fact that it did not declare: a mistake in sitegen, never in content."""
