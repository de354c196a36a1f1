"""Writes finished sheets as files: PNG with few colours, or JPEG where texture makes it smaller."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import oxipng
from PIL import Image

from tools.pictures.sheet import Sheet

LIMIT = 60_000
"""Bytes: what issue and repository allow a picture of the demo newspaper."""


class TooLarge(Exception):
    """A picture that is over the limit even with few colours."""


def write_png(sheet: Sheet, path: Path) -> int:
    """Write the picture with as many colours as fit, and return its size in bytes.

    Few inks mean that most colours are only the softened edges between them; leaving some of these
    out cannot be seen. Raises TooLarge.
    """
    image = _image(sheet)
    for colours in (40, 28, 20, 16):
        plain = BytesIO()
        _reduced(image, colours).save(plain, "PNG", optimize=True)
        data = oxipng.optimize_from_memory(plain.getvalue(), level=2)
        if len(data) < LIMIT:
            return _write(path, data)
    raise TooLarge(f"{path}: {len(data)} bytes")


def write_jpeg(sheet: Sheet, path: Path, *, exif: Image.Exif | None = None, xmp: bytes = b"") -> int:
    """Write the picture in the best quality that fits, and return its size. Raises TooLarge."""
    image = _image(sheet)
    for quality in range(82, 22, -4):
        data = BytesIO()
        image.save(data, "JPEG", quality=quality, progressive=True, optimize=True, exif=exif or b"", xmp=xmp)
        if len(data.getvalue()) < LIMIT:
            return _write(path, data.getvalue())
    raise TooLarge(f"{path}: {len(data.getvalue())} bytes")


def _image(sheet: Sheet) -> Image.Image:
    return Image.frombytes("RGBA", (sheet.width, sheet.height), sheet.pixels()).convert("RGB")


def _reduced(image: Image.Image, colours: int) -> Image.Image:
    """The commonest colours, each at some distance from the others: the inks stay exact."""
    counted = image.getcolors(image.width * image.height) or []
    chosen: list[tuple[int, ...]] = []
    for _, colour in sorted(counted, reverse=True):
        assert isinstance(colour, tuple)
        if all(sum(abs(a - b) for a, b in zip(colour, other, strict=True)) > 40 for other in chosen):
            chosen.append(colour)
            if len(chosen) == colours:
                break
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in chosen for part in colour])
    return image.quantize(palette=palette, dither=Image.Dither.NONE)


def _write(path: Path, data: bytes) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return len(data)
