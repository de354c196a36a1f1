"""Templates and pictures that cannot be used: the errors that all of render raises for them."""

from __future__ import annotations

from collections.abc import Mapping


class TemplateBroken(Exception):
    """A template failed: which, where, why. It can be sent between processes."""

    def __init__(self, template: str, line: int, message: str) -> None:
        super().__init__(template, line, message)
        self.template = template
        self.line = line
        self.message = message


class PictureBroken(Exception):
    """A picture cannot be read; says why. It can be sent between processes."""


class PicturesBroken(Exception):
    """Some pictures cannot be read whole: why, by the digests of their files."""

    def __init__(self, pictures: Mapping[bytes, str]) -> None:
        super().__init__(pictures)
        self.pictures = pictures
