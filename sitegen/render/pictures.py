"""Pictures in other forms: decoded once for all, in little memory, always to the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib import metadata
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sitegen.outputs import Focus, Form
from sitegen.pictures import opened as opening
from sitegen.pictures import rights as telling
from sitegen.pictures.opened import MEMORY, Known, Unreadable, drawn, known_of, opened, quiet
from sitegen.pictures.rights import Rights, packet
from sitegen.render import colours, drawings
from sitegen.render.broken import PictureBroken

if TYPE_CHECKING:
    from PIL.Image import Image

SPARE = 1.2
"""How much larger than needed a JPEG is decoded at least: the next scale down would be too small.
Its scaled decoding is a good filter itself, so that less than the 2 of other formats is enough."""
_GAP = 2.0
"""Likewise of others, which are averaged over whole pixels before they are resized."""
_FEW = 1_000_000
"""Pixels of a picture that is resized in one step: an icon's edges are worth the milliseconds."""
_BAND = 4_000_000
"""Pixels that are in other colours at a time, while a large picture is made smaller."""
_ENOUGH = 1200
"""Pixels of its shorter side with which a picture is decoded at least, where it has as many: more
than any form of the usual settings shows."""
_TURNS = ((), (0,), (3,), (1,), (5,), (4,), (6,), (2,))
"""By EXIF's orientation less one: what Pillow's `transpose` has to do (`Image.Transpose`)."""


class _Decoded(NamedTuple):
    image: Image
    """As it is seen, in sRGB: mode L, RGB or RGBA; smaller than in the file if that is enough."""
    drawn: bool
    rights: Rights


def made(data: bytes, forms: Sequence[Form]) -> Iterator[bytes]:
    """The bytes of each form, in their order: the same for the same picture and form, always.

    The picture is decoded once, and each form made from that; once more, and larger, only where
    forms are very large. Of metadata only the rights are kept. Raises PictureBroken, and nothing
    else of a picture's fault.
    """
    source = _Source(data)
    resized: dict[tuple[object, ...], Image] = {}
    for number, form in enumerate(forms):
        if form.format == "svg":
            yield drawings.without_scripts(data)
            continue
        try:
            image, has_lines, rights = source.for_form(form)
            pixels = _pixels(form)
            with quiet():
                small = resized.pop(pixels, None) or _resized(image, form)
                shown = _shown(small, form)
                result = _encoded(shown, form, has_lines, Rights() if form.bare else rights)
            if pixels in map(_pixels, forms[number + 1 :]):
                resized[pixels] = small  # for another format: resizing takes as long as encoding
        except Unreadable as error:
            raise PictureBroken(error.trouble) from None
        yield result


class _Source:
    """A picture's file, decoded as large as forms need it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size: tuple[int, int] | None = None
        self._decoded: dict[float, _Decoded] = {}

    def for_form(self, form: Form) -> _Decoded:
        """How large depends on the picture and this form alone. Raises Unreadable.

        To decode what the forms at hand need would be less for small ones. But then their bytes
        would depend on which others are asked for, and which the gallery has already.
        """
        if self._size and (known := self._decoded.get(_decoding(self._size, form))):
            return known
        with opened(BytesIO(self._data)) as image, quiet():
            told = known_of(image)
            across = told.turned >= 5
            self._size = (image.height, image.width) if across else image.size
            scale = _decoding(self._size, form)
            self._decoded[scale] = _decoded(image, told, len(self._data), scale)
        return self._decoded[scale]


def _decoding(size: tuple[int, int], form: Form) -> float:
    """The scale at which a picture is decoded for a form: one for most, and whole for others."""
    enough = min(1.0, _ENOUGH / min(size))
    return enough if _scale(size, form) <= enough else 1.0


def _decoded(image: Image, known: Known, length: int, scale: float) -> _Decoded:
    """An opened picture, with pixels enough for forms of a `scale`; its file has `length` bytes."""
    from PIL import Image as pillow

    has_lines, profile, whole = drawn(image, length), image.info.get("icc_profile"), image.width
    if image.format in {"JPEG", "MPO"}:
        _draft(image, scale * SPARE)
    image.load()
    small = _reduced(image, scale * whole / image.width)
    for turn in _TURNS[known.turned - 1]:
        small = small.transpose(pillow.Transpose(turn))
    return _Decoded(colours.in_srgb(small, profile), has_lines, known.rights)


def _scale(size: tuple[int, int], form: Form) -> float:
    """How large a form is, beside the part of a picture that it shows."""
    left, top, right, bottom = crop(size, form)
    return max(form.width / (right - left), form.height / (bottom - top))


def _draft(image: Image, scale: float) -> None:
    """Let libjpeg decode a half, a quarter or an eighth, if that is as large as `scale` says."""
    pixels = image.width * image.height
    most = (MEMORY / 4 / pixels) ** 0.5  # the scale at which MEMORY is full, of RGB
    scale = min(scale, most, 1.0)
    # It takes the smallest of its scales that is not below the size; an eighth can be too large.
    wanted = (max(1, int(image.width * scale)), max(1, int(image.height * scale)))
    image.draft(None, wanted)


def _reduced(image: Image, scale: float) -> Image:
    """In simple colours, and smaller by a whole number, if `_GAP` times `scale` is still there.

    In bands: what comes between is as large as a picture otherwise, twice where it is transparent.
    """
    from PIL import Image as pillow

    few = image.width * image.height <= _FEW
    factor = 1 if few else max(1, int(1 / (scale * _GAP)))
    simple = colours.Simple(image)
    if factor == 1:
        return simple.of(image)
    width, height = image.size
    rows = max(1, _BAND // (width * factor)) * factor
    result: Image | None = None
    for top in range(0, height, rows):
        band = simple.of(image.crop((0, top, width, min(top + rows, height)))).reduce(factor)
        if result is None:
            result = pillow.new(band.mode, (band.width, ceil(height / factor)))
        result.paste(band, (0, top // factor))
    assert result is not None, "a picture has rows"
    return result


def crop(size: tuple[int, int], form: Form) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the part that a form shows: as much as its ratio allows.

    The focus is in its middle, or as near to it as the picture's edges allow; it is never outside.
    """
    width, height = size
    wide = min(width, height * form.width / form.height)
    high = min(height, width * form.height / form.width)
    left, top = _start(width, wide, form.focus, 0), _start(height, high, form.focus, 1)
    return (left, top, min(width, left + wide), min(height, top + high))


def _start(whole: float, part: float, focus: Focus, axis: int) -> float:
    return min(max(0.0, whole * focus[axis] / 100 - part / 2), whole - part)


def _pixels(form: Form) -> tuple[object, ...]:
    """All that a form's pixels depend on, before some of them are put on white."""
    return form.width, form.height, form.focus


def _resized(image: Image, form: Form) -> Image:
    from PIL import Image as pillow

    result = image.resize(
        (form.width, form.height),
        pillow.Resampling.LANCZOS,
        box=crop(image.size, form),
        reducing_gap=_GAP if image.width * image.height > _FEW else None,
    )
    result.info = {}
    return result


def _shown(image: Image, form: Form) -> Image:
    """On white, where it could be seen through and must not."""
    from PIL import Image as pillow

    if image.mode != "RGBA" or not (form.opaque or form.format == "jpeg"):
        return image
    ground = pillow.new("RGBA", image.size, "white")
    ground.alpha_composite(image)
    return ground.convert("RGB")


def _encoded(image: Image, form: Form, has_lines: bool, rights: Rights) -> bytes:
    """In the form's format, with the rights in it."""
    if form.format not in {"jpeg", "png"} and image.mode == "L":
        image = image.convert("RGB")
    if form.format == "ico":
        more: dict[str, object] = {"sizes": [image.size]}
    elif form.format == "png":
        more = {"optimize": True}
    elif form.format == "webp":
        more = {"method": 4, "quality": form.quality, "use_sharp_yuv": has_lines}
    else:
        # Half the resolution of colours is not seen in photographs, but at edges of letters it is.
        more = {"quality": form.quality, "subsampling": "4:4:4" if has_lines else "4:2:0"}
        # One thread: libavif's bytes depend on their number, and the workers are parallel already.
        avif: dict[str, object] = {"speed": 6, "max_threads": 1}
        more |= avif if form.format == "avif" else {"progressive": True, "optimize": True}
    if any(rights) and form.format != "ico":
        more |= _metadata(form, rights)
    result = _saved(image, form, more)
    if form.format == "webp" and has_lines and image.getcolors(_FEW_COLOURS):
        # Of few colours the one that loses nothing is often smaller, too, and has sharp edges.
        exact = _saved(image, form, {**more, "lossless": True, "quality": _EFFORT})
        result = min(exact, result, key=len)
    return result


def _saved(image: Image, form: Form, more: Mapping[str, object]) -> bytes:
    result = BytesIO()
    with _room(image):
        image.save(result, form.format, **more)
    return result.getvalue()


@contextmanager
def _room(image: Image) -> Iterator[None]:
    """Room for a whole JPEG, of which Pillow expects at most a byte for a pixel, or two."""
    from PIL import ImageFile

    before = ImageFile.MAXBLOCK
    ImageFile.MAXBLOCK = max(before, 5 * image.width * image.height)
    try:
        yield
    finally:
        ImageFile.MAXBLOCK = before


_FEW_COLOURS = 4096
"""More than these, once edges are smooth, and losing nothing is larger and takes long."""
_EFFORT = 75
"""Of libwebp, from 0 to 100, where it loses nothing: its own default."""


def _metadata(form: Form, rights: Rights) -> dict[str, object]:
    """What Pillow writes rights by: XMP, and the two fields of EXIF that older programs read."""
    from PIL.Image import Exif
    from PIL.PngImagePlugin import PngInfo

    more: dict[str, object] = {"xmp": packet(rights)}
    if form.format == "png":
        texts = PngInfo()
        texts.add_itxt("XML:com.adobe.xmp", packet(rights).decode())
        more = {"pnginfo": texts}
    exif = Exif()
    for tag, text in ((telling.ARTIST, rights.creator), (telling.COPYRIGHT, rights.copyright)):
        if text:
            exif[tag] = text.encode()
    if exif:
        more["exif"] = exif.tobytes()
    return more


@lru_cache(maxsize=1)
def recipe() -> bytes:
    """Changes whenever the same picture and form could give other bytes.

    Beside these modules themselves it is the versions of the libraries. Pillow's wheels bring their
    codecs along, so that its version says theirs; it is asked for them, which loads it, only where
    it was built against those of the system. Python's version says nothing of pixels.
    """
    modules = (__file__, drawings.__file__, colours.__file__, opening.__file__, telling.__file__)
    parts = [Path(module).read_bytes() for module in modules]
    parts += [f"{name} {metadata.version(name)}".encode() for name in ("pillow", "py-svg-hush")]
    brought = metadata.distribution("pillow").read_text("RECORD") or ""
    if not any(place in brought for place in ("pillow.libs/", ".dylibs/", ".pyd,")):
        from PIL import features

        codecs = ("libjpeg_turbo", "jpg", "webp", "avif", "littlecms2", "zlib", "libtiff")
        parts += [f"{name} {features.version(name)}".encode() for name in codecs]
    hasher = hashlib.blake2b(digest_size=16)
    for part in parts:
        hasher.update(hashlib.blake2b(part).digest())
    return hasher.digest()
