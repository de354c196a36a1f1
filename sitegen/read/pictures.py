"""Pictures as files: what is known of one without decoding all of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath

from sitegen.outputs import Image
from sitegen.pictures.opened import Unreadable, drawn, known_of, opened, quiet, transparent
from sitegen.read.drawings import drawing_of

_SUFFIXES: Mapping[str, str] = {
    **dict.fromkeys((".jpg", ".jpeg", ".jpe", ".jfif"), "jpeg"),
    **dict.fromkeys((".png", ".apng"), "png"),
    **dict.fromkeys((".tif", ".tiff"), "tiff"),
    **dict.fromkeys((".heic", ".heif"), "heic"),
    **{f".{name}": name for name in ("avif", "bmp", "gif", "jxl", "webp")},
}
"""Endings of names, and what they promise."""
_FORMATS = {"MPO": "jpeg"}
"""Ours, where Pillow's word is another: two JPEGs in one file, of which the first is shown."""
_MOVING = frozenset({"avif", "gif", "png", "webp"})


def image_of(path: str) -> Image | None:
    """What is known of a picture's file, from its beginning; None when its name is no picture's.

    Pixels are counted as it is shown: turned as its camera was held.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix == ".svg":
        return drawing_of(path)
    if suffix not in _SUFFIXES:
        return None
    try:
        return _image(Path(path), suffix)
    except Unreadable as error:
        return Image(trouble=error.trouble, remedy=error.remedy)
    except OSError as error:
        return Image(trouble=f"it cannot be read ({error.strerror})", remedy="see who may read it")


def _image(path: Path, suffix: str) -> Image:
    with path.open("rb") as file, opened(file) as image, quiet():
        kind = _FORMATS.get(image.format or "", (image.format or "").lower())
        known = known_of(image)
        moving = kind in _MOVING and bool(getattr(image, "is_animated", False))
        if moving and _SUFFIXES[suffix] != kind:
            # It is copied as it is, and servers tell its type by its name.
            raise Unreadable(
                f"it is a moving picture, a {kind.upper()} under the name of another kind",
                f"give its name the ending .{kind}",
            )
        width, height = image.size
        rights = known.rights
        return Image(
            (height, width) if known.turned >= 5 else (width, height),
            kind,
            moving,
            transparent(image),
            drawn(image, path.stat().st_size),
            *rights,
            located=known.located,
        )
