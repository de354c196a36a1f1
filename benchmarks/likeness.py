"""How like a picture made smaller is to the photo: SSIM, and what it costs in bytes.

The structural similarity index of Wang, Bovik, Sheikh and Simoncelli (IEEE Transactions on Image
Processing 13(4), 2004), of lightness, over squares of 8 by 8 pixels side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageMath

_SQUARE = 8
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


class Form(NamedTuple):
    """What pictures are alike in that are made for the same place in a page."""

    format: str
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.format} {self.width} x {self.height}"


class Variant(NamedTuple):
    """A picture that was made of a photo."""

    form: Form
    size: int
    """Bytes."""
    likeness: float | None
    """1 where no difference is left; None of crops: half a pixel's shift would count more."""


def variants(folder: Path, photo: Path) -> Iterator[Variant]:
    """The pictures under `folder` that were made of `photo`, which their names begin with."""
    with Image.open(photo) as opened:
        whole = opened.convert("L")
    for file in sorted(folder.rglob(f"{photo.stem}[-_]*.*")):
        with Image.open(file) as opened:
            form = Form(opened.format or "", *opened.size)
            made = opened.convert("L")
        cropped = made.width * whole.height != made.height * whole.width
        wanted = whole.resize(made.size, Image.Resampling.LANCZOS)
        yield Variant(form, file.stat().st_size, None if cropped else ssim(wanted, made))


def ssim(one: Image.Image, other: Image.Image) -> float:
    """The mean over all whole squares of two pictures in shades of grey that are equally large."""
    wide, high = (length - length % _SQUARE for length in one.size)
    x, y = (image.crop((0, 0, wide, high)).convert("F") for image in (one, other))
    mean_x, mean_y = x.reduce(_SQUARE), y.reduce(_SQUARE)
    xx, yy, xy = (_product(*pair).reduce(_SQUARE) for pair in ((x, x), (y, y), (x, y)))
    found = ImageMath.lambda_eval(
        lambda of: (
            (2 * of["mx"] * of["my"] + _C1)
            * (2 * (of["xy"] - of["mx"] * of["my"]) + _C2)
            / (of["mx"] * of["mx"] + of["my"] * of["my"] + _C1)
            / (of["xx"] - of["mx"] * of["mx"] + of["yy"] - of["my"] * of["my"] + _C2)
        ),
        mx=mean_x, my=mean_y, xx=xx, yy=yy, xy=xy,
    )  # fmt: skip
    mean = found.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(mean, float), "a picture of mode F has one number for each pixel"
    return mean


def _product(one: Image.Image, other: Image.Image) -> Image.Image:
    product = ImageMath.lambda_eval(lambda of: of["one"] * of["other"], one=one, other=other)
    assert isinstance(product, Image.Image), "of pictures it makes pictures"
    return product
