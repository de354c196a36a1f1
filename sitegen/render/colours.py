"""Colours of pictures: from however many bits, by whatever profile, to sRGB."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsProfile

_SPACES = {"L": "GRAY", "RGB": "RGB ", "CMYK": "CMYK", "LAB": "Lab "}
"""The colour space of a profile (ICC.1:2022, 7.2.6) that fits a mode of Pillow."""
_DEEP = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})


class Simple:
    """Gives parts of one picture eight bits: modes L, RGB, RGBA, CMYK and LAB."""

    def __init__(self, image: Image) -> None:
        """Of those with more bits the brightest pixel of the whole picture says what white is."""
        self._white = _white(image) if image.mode in _DEEP else 0.0

    def of(self, part: Image) -> Image:
        """A part of the picture, in eight bits."""
        if part.mode in _DEEP:
            # Pillow knows point() with a linear function of these modes alone; it clips by itself.
            return part.convert("F").point(lambda value: value * (255 / self._white)).convert("L")
        if part.mode in {"CMYK", "LAB"}:
            return part
        if part.has_transparency_data:
            return part if part.mode == "RGBA" else part.convert("RGBA")
        if part.mode in {"1", "L"}:
            return part if part.mode == "L" else part.convert("L")
        return part if part.mode == "RGB" else part.convert("RGB")


def _white(image: Image) -> float:
    """What is white in a picture of many bits: 1, 255, 65535 or, beyond, its brightest pixel."""
    if image.mode.startswith("I;16"):
        return 65535.0
    _, brightest = image.getextrema()
    bright = float(brightest) if isinstance(brightest, (int, float)) else 0.0
    whites = (1.0, 255.0, 65535.0) if image.mode == "F" else (255.0, 65535.0)
    return next((white for white in whites if bright <= white), bright if bright > 0 else 1.0)


def in_srgb(image: Image, profile: object) -> Image:
    """A picture of eight bits in sRGB: mode L, RGB or RGBA. A damaged profile is ignored."""
    if image.mode == "LAB":
        return _transformed(image, None) or image.convert("L")
    if image.mode == "RGBA" and profile:
        alpha = image.getchannel("A")
        image = in_srgb(image.convert("RGB"), profile)
        image.putalpha(alpha)
        return image
    if isinstance(profile, bytes) and (found := _transformed(image, profile)):
        return found.convert("L") if image.mode == "L" else found
    return image.convert("RGB") if image.mode == "CMYK" else image


def _transformed(image: Image, profile: bytes | None) -> Image | None:
    """By littleCMS; None where the profile is damaged, of other colours, or sRGB already."""
    from PIL import ImageCms

    try:
        if profile is None:
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        else:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if source.profile.xcolor_space != _SPACES.get(image.mode) or _is_srgb(source):
            return None
        return ImageCms.profileToProfile(
            image,
            source,
            ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")),
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            "RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):  # what ImageCms knows of damage
        return None


def _is_srgb(profile: ImageCmsProfile) -> bool:
    """By its name: converting would cost time, and round what is right."""
    return "srgb" in (profile.profile.profile_description or "").lower()
