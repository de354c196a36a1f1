"""Opens pictures: by what their bytes are, and only what can be decoded in little memory."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NamedTuple

from sitegen.errors import Problem, SitegenError
from sitegen.pictures.rights import Rights, rights_of

if TYPE_CHECKING:
    from PIL.Image import Image as Opened

MEMORY = 300_000_000
"""Bytes that the pixels of a picture may take while they are decoded: one for each worker, beside
what is made of them, on machines of CI that have 7 GB."""
MOST_OF_JPEG = 250_000_000
"""Pixels of a JPEG, of which an eighth each way can be decoded: telephones make 200 million."""
_BYTES = {"1": 1, "L": 1, "P": 1, "LA": 4, "I;16": 2, "I;16B": 2, "I;16L": 2}
"""Bytes that Pillow keeps for a pixel, where they are not four."""
_MORE_BYTES = {"WEBP": 16, "AVIF": 14}
"""Those of formats whose decoders keep pixels, too: libwebp two canvases, libavif its planes."""

_ORIENTATION, _GPS = 0x0112, 0x8825
"""Tags of EXIF: how the camera was held, and where."""
_HEAD = 512
_AS_JPEG = "save it as a JPEG"
_FTYP = slice(4, 8)
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_WEB = (b"<!doctype html", b"<html", b"<head", b"<body")

Kind = str
"""What Pillow calls a format: `JPEG`, `PNG`…"""


class Unreadable(Exception):
    """A picture that cannot be decoded: why, and what to do about it, in plain words."""

    def __init__(self, trouble: str, remedy: str = f"{_AS_JPEG} or PNG once more") -> None:
        super().__init__(trouble, remedy)
        self.trouble, self.remedy = trouble, remedy


class Known(NamedTuple):
    """What a picture's metadata say."""

    turned: int
    """1 to 8 (EXIF 3.0, 4.6.5.1.6): how it has to be turned and mirrored to be seen as it was."""
    rights: Rights
    located: bool


def kind_of(head: bytes) -> Kind:
    """What the beginning of a file is the beginning of. Raises Unreadable if it is no picture's."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith((b"II*\0", b"MM\0*")):
        return "TIFF"
    if head[_FTYP] == b"ftyp":
        brands = _brands(head)
        if brands & {b"avif", b"avis"}:
            return "AVIF"
        if brands & _HEIC:
            raise Unreadable("it is a HEIC picture, which few browsers show", _AS_JPEG)
    if head.startswith(b"BM"):
        return "BMP"
    raise _no_picture(head)


def _brands(head: bytes) -> set[bytes]:
    """The major brand of a file and those that it is compatible with (ISO 14496-12, 4.3)."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12], *(head[at : at + 4] for at in range(16, end, 4))}


def _no_picture(head: bytes) -> Unreadable:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not head:
        return Unreadable("it is empty: a file of no bytes", "copy it here once more")
    if head.startswith(b"version https://git-lfs.github.com/"):
        remedy = "run git lfs pull; in CI let the checkout fetch LFS files"
        return Unreadable("it is a pointer of Git LFS, not the picture itself", remedy)
    if head.startswith((b"\xff\x0a", b"\0\0\0\x0cJXL ")):
        return Unreadable("it is a JPEG XL picture, which few browsers show", _AS_JPEG)
    if head.startswith(b"8BPS"):
        return Unreadable("it is a document of Photoshop", "export it as a JPEG or PNG")
    if head.startswith((b"%PDF", b"%!PS")):
        return Unreadable("it is a document for printers (PDF)", "export it as a JPEG or SVG")
    if text.startswith(_WEB):
        return Unreadable("it is a web page, not a picture", "download the picture itself")
    if text.startswith((b"<svg", b"<?xml", b"<!doctype svg")):
        return Unreadable("it is a drawing (SVG)", "give its name the ending .svg")
    return Unreadable("it is no picture that can be read")


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing but Unreadable comes out of Pillow, which raises what a damaged file leads it to.

    Raises SitegenError where memory runs out, which is no fault of the picture.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Unreadable:
        raise
    except MemoryError:
        message = "there is not enough memory to decode a picture"
        hint = "use fewer workers: --jobs 1 takes the least memory"
        raise SitegenError(Problem("out-of-memory", message, hint=hint)) from None
    except Exception as error:  # Pillow's own and struct's, zlib's, codecs', index and type errors
        words = " ".join(str(error).split())[:200] or type(error).__name__
        raise Unreadable(f"it is damaged or cut off ({words})") from None


def opened(file: IO[bytes]) -> Opened:
    """The picture in a file, of which only the beginning is read. Raises Unreadable.

    Its pixels need not more than MEMORY once they are decoded, if a JPEG is at an eighth.
    """
    head = file.read(_HEAD)
    kind = kind_of(head)
    with quiet():
        image = _opened(file, kind, head)
    most = _most_pixels(image, kind, _in_one_scan(file, image) if kind == "JPEG" else True)
    _hold(image.size, most)
    return image


def _opened(file: IO[bytes], kind: Kind, head: bytes) -> Opened:
    from PIL import Image  # 40 ms to import, and only new pictures need it

    # Pillow would import 47 formats to find one that it has not loaded.
    importlib.import_module(f"PIL.{_PLUGINS[kind]}ImagePlugin")
    # Pixels are counted here, for each format by what it needs; Pillow has one number for all.
    Image.MAX_IMAGE_PIXELS = None
    if kind == "WEBP":  # its canvas is there as soon as it is open
        _hold(_canvas(head), MEMORY // _MORE_BYTES[kind])
    file.seek(0)
    return Image.open(file, formats=[kind])


_PLUGINS = {"JPEG": "Jpeg", "PNG": "Png", "GIF": "Gif", "WEBP": "WebP"}
_PLUGINS |= {"AVIF": "Avif", "BMP": "Bmp", "TIFF": "Tiff"}


def _canvas(head: bytes) -> tuple[int, int]:
    """Width and height of an extended WebP (RFC 9649, 2.7); other WebPs cannot be too large."""
    if head[12:16] != b"VP8X":
        return (0, 0)
    return (
        int.from_bytes(head[24:27], "little") + 1,
        int.from_bytes(head[27:30], "little") + 1,
    )


def _hold(size: tuple[int, int], most: int) -> None:
    width, height = size
    if width * height > most:
        millions, limit = round(width * height / 1e6), most // 1_000_000
        message = f"it has {millions} million pixels ({width} by {height}); {limit} are the most"
        raise Unreadable(message, "save a smaller one; 4000 pixels are enough each way")


def _most_pixels(image: Opened, kind: Kind, one_scan: bool) -> int:
    if kind != "JPEG":
        return MEMORY // _MORE_BYTES.get(kind, _BYTES.get(image.mode, 4))
    if one_scan:
        return MOST_OF_JPEG
    # Of a JPEG in several scans all coefficients are kept, two bytes each, at whatever scale.
    layers: list[tuple[int, int, int, int]] = getattr(image, "layer", [])
    areas = [wide * high for _, wide, high, _ in layers] or [1]
    return min(MOST_OF_JPEG, round(MEMORY / (2 * sum(areas) / max(areas))))


def _in_one_scan(file: IO[bytes], image: Opened) -> bool:
    """Whether all components of a JPEG come together, so that it can be decoded as it is read.

    Pillow has just read the header of the first scan (ITU T.81, B.2.3), which lists them.
    """
    if image.info.get("progressive"):
        return False
    count = len(image.getbands())
    end = file.tell()
    file.seek(max(0, end - 6 - 2 * count))
    begins = file.read(3)
    file.seek(end)
    return begins == bytes([0, 6 + 2 * count, count])


def known_of(image: Opened) -> Known:
    """What the metadata of an opened picture say; what is damaged in them says nothing."""
    exif: Mapping[int, object] = {}
    gps: object = None
    with _heedless():
        # Of a PNG without it Pillow would decode all pixels to look behind them.
        if image.format != "PNG" or "exif" in image.info:
            loaded = image.getexif()
            exif = dict(loaded)
            gps = _GPS in loaded and loaded.get_ifd(_GPS)
    turned = exif.get(_ORIENTATION)
    xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    if isinstance(xmp, str):
        xmp = xmp.encode()
    rights, located = rights_of(xmp if isinstance(xmp, bytes) else b"", _iim(image), exif)
    right = turned if isinstance(turned, int) and 1 <= turned <= 8 else 1
    return Known(right, rights, located or bool(gps))


def _iim(image: Opened) -> Mapping[tuple[int, int], bytes | list[bytes]]:
    """What the older model of IPTC says, which lies in a JPEG's or TIFF's block of Photoshop."""
    if "photoshop" not in image.info and image.format != "TIFF":
        return {}
    found: Mapping[tuple[int, int], bytes | list[bytes]] = {}
    with _heedless():
        from PIL import IptcImagePlugin, JpegImagePlugin, TiffImagePlugin

        if isinstance(image, JpegImagePlugin.JpegImageFile | TiffImagePlugin.TiffImageFile):
            found = IptcImagePlugin.getiptcinfo(image) or {}
    return found


@contextmanager
def _heedless() -> Iterator[None]:
    """Damaged metadata is as if it were not there: the picture may be in order."""
    try:
        with quiet():
            yield
    except Unreadable:
        pass


def transparent(image: Opened) -> bool:
    """Whether it may be seen through somewhere, by its header."""
    return bool(image.has_transparency_data)


def drawn(image: Opened, length: int) -> bool:
    """Whether its colours are few and its edges hard, by its header and its file's bytes.

    Photographs as PNG take more than a byte for a pixel, plots and screenshots a tenth.
    """
    if image.mode in {"1", "P", "PA"}:
        return True
    width, height = image.size
    return image.format == "PNG" and length < width * height * 0.5
