"""Pictures and other files of the old site: where they lie on this machine, where they will."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from pathlib import Path

from sitegen import urls
from sitegen.importers.addresses import path_of
from sitegen.read.pictures import image_of

_SIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w{2,5}$)")
"""What WordPress and others put into the name of a picture that they made smaller."""


def media_path(address: str) -> str:
    """The path below content/ of what has this address; empty where no file can be called so."""
    path = unicodedata.normalize("NFC", path_of(address)).strip("/")
    try:
        for part in path.split("/"):
            urls.check_segment(part)
    except ValueError:
        return ""
    return path if posixpath.splitext(path)[1] else ""


def originals(path: str) -> list[str]:
    """Names that a file may have, the largest first: `a-300x200.jpg` was made of `a.jpg`."""
    whole = _SIZED.sub("", path)
    if whole == path:
        return [path]
    stem, suffix = posixpath.splitext(whole)
    return [whole, f"{stem}-scaled{suffix}", path]


class MediaFolder:
    """A copy of the old site's uploads, or of the whole site's files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def find(self, path: str) -> Path | None:
        """The file of `path`, whose first folders may be missing here."""
        parts = path.split("/")
        for start in range(len(parts)):
            for form in ("NFC", "NFD"):
                file = self._folder.joinpath(
                    *(unicodedata.normalize(form, p) for p in parts[start:])
                )
                if file.is_file() and file.resolve().is_relative_to(self._folder):
                    return file
        return None


def trouble_of(file: Path) -> str:
    """Why a picture cannot be shown; empty where it can, or is no picture."""
    image = image_of(str(file))
    return image.trouble if image is not None else ""
