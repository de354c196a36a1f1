"""Renditions: in which forms readers get a picture, and at which addresses.

They follow from the file and the settings alone, so that a plan and the facts of pages agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from sitegen import urls
from sitegen.digest import canonical, digest
from sitegen.outputs import File, Focus, Form, Size
from sitegen.serving import PICTURES
from sitegen.settings import Images

EDITION = 1
"""Part of every address: to be raised when the same form looks different to readers."""

LARGEST_FALLBACK = 1000
"""Pixels: the widest picture that is made for browsers and feed readers without newer formats."""
_ALIKE = 1.15
"""Widths that differ by less than this factor are not both made."""
CROP = 1200
"""Pixels that a crop is wide at most; Google's Discover and social networks ask for so many."""
_LEAST_AREA = 50_000
"""Pixels below which search engines pass over a picture (Google, Article structured data)."""
PORTRAIT = (160, 320)
"""Pixels of a portrait's sides: as it is shown, and on screens with twice as many."""
_NAME = 60
"""Characters of a file's name that an address keeps."""

Lossy = Literal["avif", "jpeg", "webp"]


class Rendition(NamedTuple):
    """A picture in one form, and its path in the output."""

    path: str
    form: Form


class Renditions(NamedTuple):
    """A picture in all forms that a page offers a browser."""

    usual: tuple[Rendition, ...]
    """For every browser, the narrowest first; never empty."""
    better: tuple[tuple[Rendition, ...], ...] = ()
    """The same in smaller formats, the smallest first."""

    @property
    def shown(self) -> Rendition:
        """The one for programs that know of no choice."""
        return [r for r in self.usual if r.form.width <= LARGEST_FALLBACK or r is self.usual[0]][-1]

    @property
    def all(self) -> Iterator[Rendition]:
        yield from self.usual
        for some in self.better:
            yield from some


def renditions(file: File, images: Images) -> Renditions | None:
    """The forms of a picture; None: it is shown as it is, because nothing better can be made."""
    image = file.image
    if image is None or image.trouble or image.moving:
        return None
    if image.format == "svg":
        size = image.size or (0, 0)
        return Renditions((_named(file, Form("svg", *size)),)) if images.svg == "sanitize" else None
    if image.size is None or not images.widths:
        return None
    sizes = [_fitting(image.size, width) for width in _widths(image.size[0], images.widths)]
    better = tuple(_in_format(file, sizes, format, images) for format in images.formats)
    if image.transparent:
        usual = tuple(_named(file, Form("png", *size)) for size in sizes)
    else:
        usual = _in_format(file, sizes, "jpeg", images)
    found = Renditions(usual, better)
    return found._replace(usual=(found.shown,)) if better else found


def crops(file: File, images: Images, focus: Focus) -> tuple[Rendition, ...]:
    """What search engines and social networks show of a picture, in the order of the settings."""
    if not images.widths:
        return ()
    found = (_cropped(file, ratio, CROP) for ratio in map(ratio_of, images.crops))
    return tuple(
        _named(file, Form("jpeg", *size, _quality(images, "jpeg"), focus, opaque=True))
        for size in found
        if size and size[0] * size[1] >= _LEAST_AREA
    )


def portraits(file: File, images: Images, focus: Focus) -> tuple[Rendition, ...]:
    """A square of a picture in two sizes; empty where it is shown as it is."""
    if renditions(file, images) is None:
        return ()
    sizes = dict.fromkeys(_cropped(file, 1, width) for width in PORTRAIT)
    seen_through = file.image is not None and file.image.transparent
    format: Literal["png", "jpeg"] = "png" if seen_through else "jpeg"
    quality = 0 if seen_through else _quality(images, "jpeg")
    return tuple(_named(file, Form(format, *size, quality, focus)) for size in sizes if size)


def _in_format(
    file: File, sizes: Sequence[Size], format: Lossy, images: Images
) -> tuple[Rendition, ...]:
    quality = _quality(images, format)
    return tuple(_named(file, Form(format, *size, quality)) for size in sizes)


def _quality(images: Images, format: Lossy) -> int:
    return images.quality.get(format) or QUALITY[format]


QUALITY: dict[Lossy, int] = {"avif": 60, "jpeg": 80, "webp": 79}
"""What looks the same in each format; see ARCHITECTURE.md."""


def _widths(width: int, wanted: Sequence[int]) -> list[int]:
    """The widths that are made of a picture which is so wide: never more than it has."""
    most = min(width, max(wanted))
    return [*(each for each in sorted(wanted) if each * _ALIKE < most), most]


def _fitting(size: Size, width: int) -> Size:
    return width, max(1, round(size[1] * width / size[0]))


def _cropped(file: File, ratio: float, most: int) -> Size | None:
    """The size of a crop: as wide as the picture allows, up to `most` pixels; None of drawings."""
    if file.image is None or file.image.size is None or file.image.format == "svg":
        return None
    if file.image.trouble or file.image.moving:
        return None
    width, height = file.image.size
    wide = min(most, width, int(height * ratio))
    return (wide, max(1, round(wide / ratio))) if wide else None


def ratio_of(written: str) -> float:
    """Width by height of a crop, as the settings name it."""
    width, height = written.split(":")
    return float(width) / float(height)


_SUFFIXES = {"jpeg": "jpg"}


def _named(file: File, form: Form) -> Rendition:
    """The address holds a digest of all that the bytes follow from, so that they never change."""
    stem = urls.slug_of(PurePosixPath(file.name).stem)[:_NAME].strip("-") or "picture"
    mark = digest(canonical((EDITION, file.digest.hex(), form))).hex()
    size = f"{form.width}x{form.height}" if form.width else "drawing"
    name = f"{stem}-{size}-{mark[:10]}.{_SUFFIXES.get(form.format, form.format)}"
    # One folder for all would be slow to list on many systems.
    return Rendition(f"{PICTURES}/{mark[:2]}/{name}", form)
