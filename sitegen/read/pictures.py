"""Pictures as files: how large they are. Owns Pillow."""

from __future__ import annotations

from pathlib import PurePath

from sitegen.model import Size

_KINDS = frozenset({".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
_ORIENTATION = 0x0112
"""The EXIF tag that says how a camera was held; from 5 on, width and height change places."""


def size_of(path: str) -> Size | None:
    """Width and height of a picture, in pixels as it is shown; None where nobody can tell.

    Only the file's beginning is read.
    """
    if PurePath(path).suffix.lower() not in _KINDS:
        return None
    from PIL import Image  # 40 ms to import, and only new pictures need it

    try:
        # A picture is measured, not decoded, so that its number of pixels is no danger here.
        Image.MAX_IMAGE_PIXELS = None
        with Image.open(path) as image:
            turned = image.getexif().get(_ORIENTATION, 1) >= 5
            width, height = image.size
    except (OSError, SyntaxError, ValueError):  # Pillow raises all three for damaged files
        return None
    return (height, width) if turned else (width, height)
