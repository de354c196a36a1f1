"""Pictures for tests: made by program, each as nasty as its name says; and how to look at them."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from io import BytesIO
from random import Random
from typing import Any, Literal

from PIL import Image, ImageDraw, PngImagePlugin

from sitegen.outputs import Form
from sitegen.pictures.rights import Rights
from sitegen.render.pictures import made

PNG = b"\x89PNG\r\n\x1a\n"
"""What every PNG begins with."""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>'
CORNERS = ("#d02020", "#20a020", "#2040d0", "#e0c020")
"""Top left, top right, bottom left, bottom right."""
SECRETS = (b"SN-4711", b"Seaview", b"spoiled", b"holiday")
"""What nobody may read in what is made of `secretive`: serial number, model, thumbnail, comment."""
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
    'photoshop:Credit="The Quay" exif:GPSLatitude="54,1.5N" aux="SN-4711">'
    "<dc:creator><rdf:Seq><rdf:li>Zoë Ø</rdf:li><rdf:li>نور</rdf:li></rdf:Seq></dc:creator>"
    '<dc:rights><rdf:Alt><rdf:li xml:lang="de">Rechte</rdf:li>'
    '<rdf:li xml:lang="x-default">© 2026 Quay</rdf:li></rdf:Alt></dc:rights>'
    "<xmpRights:WebStatement>https://test.example/rights</xmpRights:WebStatement>"
    '<Iptc4xmpExt:DigitalSourceType rdf:resource="'
    'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)

SAID = Rights(
    "Zoë Ø, نور",
    "The Quay",
    "© 2026 Quay",
    "https://test.example/rights",
    "trainedAlgorithmicMedia",
)
"""What XMP says."""


def saved(image: Image.Image, format: str, **more: Any) -> bytes:
    data = BytesIO()
    image.save(data, format, **more)
    return data.getvalue()


def read(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def corners(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """A picture whose quarters have colours of their own."""
    image = Image.new(mode, size)
    draw = ImageDraw.Draw(image)
    wide, high = size[0] // 2, size[1] // 2
    for number, colour in enumerate(CORNERS):
        left, top = number % 2 * wide, number // 2 * high
        draw.rectangle((left, top, left + wide, top + high), fill=colour)
    return image


def smooth(size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Smooth colours, as photographs have."""
    wheel = Image.linear_gradient("L").resize(size)
    ring = Image.radial_gradient("L").resize(size)
    return Image.merge("RGB", (wheel, ring, wheel.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))


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


def turned(orientation: int) -> bytes:
    """`corners`, stored so that it has to be turned to be seen as it is."""
    # By orientation: the inverse of what shows it as it was, as numbers of Image.Transpose.
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    image = corners()
    if orientation in turns:
        image = image.transpose(Image.Transpose(turns[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(image, "JPEG", quality=95, subsampling=0, exif=exif)


def secretive(xmp: str = XMP) -> bytes:
    """A photograph with its place, camera, serial number, a thumbnail and a comment."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Seaview", "Seaview II"
    exif[0x013B], exif[0x8298] = "Somebody", "somebody else"
    exif.get_ifd(0x8769).update({0xA431: "SN-4711", 0x927C: b"spoiled"})
    exif.get_ifd(0x8825).update({1: "N", 2: (54.0, 1.0, 30.0)})
    return saved(smooth(), "JPEG", exif=exif, xmp=xmp.encode(), comment=b"holiday")


def with_segment(jpeg: bytes, marker: int, payload: bytes) -> bytes:
    segment = bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload
    return jpeg[:2] + segment + jpeg[2:]


def iim(fields: list[tuple[int, int, bytes]]) -> bytes:
    """Fields of IPTC as a JPEG's block of Photoshop has them."""
    data = b"".join(
        b"\x1c" + bytes([record, number]) + struct.pack(">H", len(text)) + text
        for record, number, text in fields
    )
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"Photoshop 3.0\0" + block


def chunk(kind: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)


def png_bomb(width: int, height: int) -> bytes:
    """As large as it says: its rows are black, and take a thousandth of their bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(1)
    row = b"\0" * (1 + width * 3)
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def broken(seed: int = 0) -> bytes:
    """Bytes of a PNG whose head is whole and whose pixels are not: only decoding shows it."""
    head = struct.pack(">IIBBBBB", 120, 80, 8, 2, 0, 0, 0)
    pixels = zlib.compress(Random(seed).randbytes(9_000))[:4_000]
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", pixels)


def jpeg_bomb(width: int, height: int, *, progressive: bool = False) -> bytes:
    """A small JPEG that says it is large: it ends too early, after what it needs is known."""
    small = bytearray(saved(corners(), "JPEG", progressive=progressive))
    frame = small.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    small[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(small)


Format = Literal["avif", "jpeg", "png", "webp"]
FORMATS: tuple[Format, ...] = ("avif", "jpeg", "png", "webp")
QUALITY = {"avif": 60, "jpeg": 80, "webp": 78, "png": 0}
Pixel = tuple[int, ...]


def one(data: bytes, form: Form, *, bare: bool = False) -> bytes:
    (result,) = made(data, [form._replace(bare=bare)])
    return result


def as_png(data: bytes, width: int = 32, height: int = 24) -> Image.Image:
    return read(one(data, Form("png", width, height)))


def pixel(image: Image.Image, x: float = 0.5, y: float = 0.5, mode: str = "RGB") -> Pixel:
    """The colour at a share of a picture's width and height."""
    converted = image.convert(mode)
    found = converted.getpixel((int(x * (image.width - 1)), int(y * (image.height - 1))))
    assert isinstance(found, tuple)
    return found


def near(found: Pixel, wanted: Pixel, by: int = 3) -> bool:
    return all(abs(f - w) <= by for f, w in zip(found, wanted, strict=True))


def rgb(colour: str) -> Pixel:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def size(data: bytes) -> tuple[int, int]:
    return Image.open(BytesIO(data)).size


def redness(data: bytes, left: float, top: float) -> int:
    """How much redder than green and blue a picture is at a point, 0 to 1 of its sides."""
    image = read(data).convert("RGB")
    point = (min(int(image.width * left), image.width - 1), int((image.height - 1) * top))
    colour = image.getpixel(point)
    assert isinstance(colour, tuple)
    return int(colour[0] - max(colour[1:]))


def quarters(image: Image.Image) -> list[str]:
    """Which of CORNERS is where, as it is read."""
    places = [(0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8)]
    return [
        next((c for c in CORNERS if near(pixel(image, *place), rgb(c), 12)), "other")
        for place in places
    ]


def png(size: tuple[int, int] = (600, 600), colour: str = "#0b5d4e", **more: object) -> bytes:
    """A picture of one colour."""
    data = BytesIO()
    Image.new("RGBA", size, colour).save(data, "PNG", **more)
    return data.getvalue()


def telling(word: str, size: tuple[int, int] = (320, 240)) -> bytes:
    """A picture that says `word` in a comment: nobody may read it in what is published."""
    comments = PngImagePlugin.PngInfo()
    comments.add_text("Comment", word)
    return png(size, pnginfo=comments)
