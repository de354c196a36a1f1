"""Photos: JPEG files of 12 megapixels as cameras make them, invented, the same for the same seed.

`python benchmarks/photos.py DIR --photos 10` writes some for a look.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

EDITION = 1
"""To be raised when the same seed gives other photos: kept ones are then made anew."""
SIZE = (4000, 3000)
QUALITY = 90
BASES = 4
"""Large scenes that all photos are cut from: one takes seconds to make."""
_MARGIN = 800
"""Pixels that a scene is larger than a photo, each way."""
_BASE = (SIZE[0] + _MARGIN, SIZE[1] + _MARGIN)
_CORE = 1.8
"""How much less each octave of the noise holds than the one that is half as fine."""


def make_photos(folder: Path, numbers: Iterable[int], seed: int) -> None:
    """Write those photos that `folder` lacks, on all cores."""
    folder.mkdir(parents=True, exist_ok=True)
    lacking = [n for n in numbers if not path_of(folder, n, seed).exists()]
    if not lacking:
        return
    with ProcessPoolExecutor(min(len(lacking), os.cpu_count() or 1)) as workers:
        # In long runs of one scene: each worker makes those scenes that it needs, and once.
        lacking.sort(key=lambda number: number % BASES)
        size = -(-len(lacking) // BASES)
        for _ in workers.map(partial(_write, folder, seed), lacking, chunksize=size):
            pass


def path_of(folder: Path, number: int, seed: int) -> Path:
    """Where a photo is kept."""
    return folder / f"{EDITION}-{seed}-{number}.jpg"


def _write(folder: Path, seed: int, number: int) -> None:
    target = path_of(folder, number, seed)
    made = target.with_suffix(".part")
    photo(number, seed).save(made, "JPEG", quality=QUALITY)
    made.replace(target)


def photo(number: int, seed: int) -> Image.Image:
    """A part of a scene, perhaps mirrored, in light of its own."""
    rng = Random(seed * 1_000_003 + number)
    left, top = rng.randrange(_MARGIN), rng.randrange(_MARGIN)
    image = _scene(number % BASES, seed).crop((left, top, left + SIZE[0], top + SIZE[1]))
    if rng.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    gains = [rng.uniform(0.85, 1.1) for _ in image.getbands()]
    return image.point([min(255, round(value * gain)) for gain in gains for value in range(256)])


@cache
def _scene(number: int, seed: int) -> Image.Image:
    """Sky, hills, houses and leaves: smooth and rough parts, gradients, edges of all lengths."""
    rng = Random(f"{seed} scene {number}")
    horizon = int(_BASE[1] * rng.uniform(0.35, 0.55))
    image = _sky(rng, horizon)
    draw = ImageDraw.Draw(image)
    for depth in range(3):
        draw.polygon(_hills(rng, horizon + depth * 250), fill=_colour(rng, 60 + 25 * depth))
    for _ in range(30):
        _house(draw, rng, horizon + rng.randrange(200, 1200))
    for _ in range(25_000):
        _leaf(draw, rng, horizon)
    image = image.filter(ImageFilter.GaussianBlur(0.8))  # no lens draws sharper
    rough = ImageEnhance.Contrast(_noise(rng, 6, 4)).enhance(2.5)
    rough = ImageChops.multiply(rough, Image.linear_gradient("L").resize(_BASE))
    return Image.composite(_grained(image, rng, 3, 80), _grained(image, rng, 1, 14), rough)


def _sky(rng: Random, horizon: int) -> Image.Image:
    light = Image.linear_gradient("L").resize((_BASE[0], horizon * 2))
    light = Image.blend(light.crop((0, 0, *_BASE)), _noise(rng, 8), 0.4)
    return ImageOps.colorize(light, _colour(rng, 110), "white")


def _hills(rng: Random, height: int) -> list[tuple[int, int]]:
    points, y = [(0, _BASE[1])], height
    for x in range(0, _BASE[0] + 40, 40):
        y = min(height + 200, max(height - 200, y + rng.randint(-24, 24)))
        points.append((x, y))
    return [*points, (_BASE[0], _BASE[1])]


def _house(draw: ImageDraw.ImageDraw, rng: Random, bottom: int) -> None:
    x, wide, high = rng.randrange(_BASE[0]), rng.randrange(150, 500), rng.randrange(150, 700)
    draw.rectangle((x, bottom - high, x + wide, bottom), fill=_colour(rng, 150))
    top = bottom - high
    roof = [(x - 20, top), (x + wide // 2, top - 120), (x + wide + 20, top)]
    draw.polygon(roof, fill=_colour(rng, 80))
    for left in range(x + 20, x + wide - 40, 60):
        for up in range(top + 20, bottom - 60, 80):
            draw.rectangle((left, up, left + 30, up + 45), fill=_colour(rng, 50))


def _leaf(draw: ImageDraw.ImageDraw, rng: Random, horizon: int) -> None:
    x, y = rng.randrange(_BASE[0]), int(rng.triangular(horizon + 300, _BASE[1], _BASE[1]))
    wide, high = rng.randrange(6, 60), rng.randrange(6, 40)
    draw.ellipse((x, y, x + wide, y + high), fill=_colour(rng, 90))


def _colour(rng: Random, light: int) -> tuple[int, int, int]:
    light += rng.randint(-40, 40)
    red, green, blue = (max(0, light + rng.randint(-16, 16)) for _ in range(3))
    return red, green, blue


def _grained(image: Image.Image, rng: Random, octaves: int, strength: int) -> Image.Image:
    """With noise of so many octaves from the finest on, its three colours nearly alike."""
    bands = []
    shared = _noise(rng, octaves, 0)
    for band in image.split():
        grain = Image.blend(shared, _noise(rng, 2, 0), 0.25)
        weak = grain.point([128 + (value - 128) * strength // 128 for value in range(256)])
        bands.append(ImageChops.add(band, weak, 1, -128))
    return Image.merge("RGB", bands)


def _noise(rng: Random, octaves: int, finest: int = 3) -> Image.Image:
    """Noise in octaves: the coarser, the stronger, as it is in what cameras see."""
    result: Image.Image | None = None
    for octave in range(finest, finest + octaves):
        wide, high = (max(2, length >> octave) for length in _BASE)
        grain = Image.frombytes("L", (wide, high), rng.randbytes(wide * high))
        layer = grain.resize(_BASE, Image.Resampling.BICUBIC)
        result = layer if result is None else Image.blend(result, layer, 1 - 1 / (1 + _CORE))
    assert result is not None, "there is an octave"
    return result


def main() -> None:
    """Write photos into a folder."""
    parser = argparse.ArgumentParser(description="Write invented photos of 12 megapixels.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--photos", type=int, default=10, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    make_photos(options.folder, range(options.photos), options.seed)


if __name__ == "__main__":
    main()
