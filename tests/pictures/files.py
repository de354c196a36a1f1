"""Makes picture files by program, the same bytes each time, and looks at those of an output."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image

from tests.site_test import SiteTest

FEW = "[images]\nwidths = [40, 80]\n"
"""Settings under which small pictures have several widths."""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>'


@lru_cache(maxsize=64)
def photo(
    width: int = 120,
    height: int = 80,
    seed: int = 0,
    format: str = "JPEG",
    spot: tuple[int, int] | None = None,
) -> bytes:
    """Bytes of a picture with soft shapes, fine grain and no sharp edge, as a photograph has.

    A `spot` is a red square in its middle, of a fifth of the shorter side, with its middle at so
    many percent of width and height.
    """
    pick = Random(seed)
    coarse = Image.frombytes("RGB", (8, 6), pick.randbytes(144))
    image = coarse.resize((width, height), Image.Resampling.BICUBIC)
    tile = Image.frombytes("L", (64, 64), pick.randbytes(4096)).convert("RGB")
    grain = Image.new("RGB", (width, height))
    for left in range(0, width, 64):
        for top in range(0, height, 64):
            grain.paste(tile, (left, top))
    image = Image.blend(image, grain, 0.06)
    if spot:
        side = min(width, height) // 5
        left, top = (width * spot[0] // 100 - side // 2, height * spot[1] // 100 - side // 2)
        image.paste((255, 0, 0), (left, top, left + side, top + side))
    out = BytesIO()
    image.save(out, format, quality=88)
    return out.getvalue()


def film(width: int = 60, height: int = 40, frames: int = 3) -> bytes:
    """Bytes of a GIF that moves."""
    images = [Image.new("P", (width, height), number) for number in range(frames)]
    for number, image in enumerate(images):
        image.putpalette([number * 80, 0, 0] * 256)
    out = BytesIO()
    images[0].save(out, "GIF", save_all=True, append_images=images[1:], duration=100)
    return out.getvalue()


def broken(seed: int = 0) -> bytes:
    """Bytes of a PNG whose head is whole and whose pixels are not: only decoding shows it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 120, 80, 8, 2, 0, 0, 0)
    pixels = zlib.compress(Random(seed).randbytes(9_000))[:4_000]
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels)


def opened(data: bytes) -> Image.Image:
    """A picture, decoded whole."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def size(data: bytes) -> tuple[int, int]:
    return Image.open(BytesIO(data)).size


def redness(data: bytes, left: float, top: float) -> int:
    """How much redder than green and blue a picture is at a point, 0 to 1 of its sides."""
    image = opened(data).convert("RGB")
    point = (min(int(image.width * left), image.width - 1), int((image.height - 1) * top))
    colour = image.getpixel(point)
    assert isinstance(colour, tuple)
    return int(colour[0] - max(colour[1:]))


def made(site: SiteTest) -> set[str]:
    """The pictures in other forms that the output has."""
    return {path for path in site.bytes if path.startswith("_pictures/")}


def kept(site: SiteTest, state: str = ".sitegen") -> dict[str, bytes]:
    """What the gallery holds."""
    folder = site.folder / state / "pictures"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def known_by(site: SiteTest) -> set[str]:
    """The names that the pictures of the output have from their files."""
    return {re.sub(r"-\d+x\d+-[0-9a-f]{10}\.\w+$", "", Path(path).name) for path in made(site)}


def tags(html: str, name: str = "img") -> list[str]:
    return re.findall(rf"<{name}\b[^>]*>", html)


def attribute(tag: str, name: str) -> str | None:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found[1] if found else None


def candidates(tag: str) -> Iterator[tuple[str, int]]:
    """(address, width) of each candidate of an element's `srcset` (HTML, 4.8.4.2.1)."""
    for candidate in (attribute(tag, "srcset") or "").split(", "):
        if candidate:
            url, _, width = candidate.rpartition(" ")
            yield url, int(width.removesuffix("w"))
