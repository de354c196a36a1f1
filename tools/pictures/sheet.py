"""The sheet of paper: lays inks on it as a linocut's press would, and cuts lines into them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
import skia

from tools.pictures import shapes
from tools.pictures.palette import INK
from tools.pictures.shapes import Point

WIDE, HIGH = 1800, 1200
"""Large enough for crops of 1,200 pixels in 16:9, 4:3 and 1:1."""

FACES = {
    "sans": font_source_sans_pro.SourceSansProSemibold,
    "bold": font_source_sans_pro.SourceSansProBold,
    "serif": font_source_serif_pro.SourceSerifProBold,
    "italic": font_source_serif_pro.SourceSerifProIt,
}
"""From packages, not from the system: the same letters on every machine."""


@cache
def _face(name: str) -> skia.Typeface:
    return skia.Typeface.MakeFromData(skia.Data.MakeWithCopy(Path(FACES[name]).read_bytes()))


class Sheet:
    """One picture in the making. Lengths are pixels, angles degrees, inks `#rrggbb`."""

    def __init__(self, ground: str, width: int = WIDE, height: int = HIGH) -> None:
        self.width, self.height = width, height
        self.surface = skia.Surface(width, height)
        self.canvas: skia.Canvas = self.surface.getCanvas()
        self.canvas.clear(_colour(ground))
        self.chance = random.Random(f"{width}x{height}")  # seeded: the same picture every time

    def fill(self, path: skia.Path, ink: str, *, edge: float = 1.6) -> None:
        """Print a shape. Its edge wavers by `edge` pixels, as if cut by hand; 0 is exact."""
        paint = skia.Paint(AntiAlias=True, Color=_colour(ink))
        bounds = path.getBounds()
        if edge and max(bounds.width(), bounds.height()) > 60:  # a small thing would lose its shape
            paint.setPathEffect(skia.DiscretePathEffect.Make(26, edge, self.chance.getrandbits(31)))
        self.canvas.drawPath(path, paint)

    def line(
        self,
        path: skia.Path,
        ink: str,
        width: float,
        *,
        dash: tuple[float, ...] = (),
        edge: float = 0,
    ) -> None:
        """Print along a path, with round ends; `dash` is ink, gap, ink, gap, …"""
        paint = skia.Paint(
            AntiAlias=True,
            Color=_colour(ink),
            Style=skia.Paint.kStroke_Style,
            StrokeWidth=width,
            StrokeCap=skia.Paint.kButt_Cap if dash else skia.Paint.kRound_Cap,
            StrokeJoin=skia.Paint.kRound_Join,
        )
        if dash:
            paint.setPathEffect(skia.DashPathEffect.Make(list(dash), 0))
        elif edge:
            paint.setPathEffect(skia.DiscretePathEffect.Make(26, edge, self.chance.getrandbits(31)))
        self.canvas.drawPath(path, paint)

    @contextmanager
    def within(self, path: skia.Path) -> Iterator[None]:
        """Whatever is printed meanwhile stays inside the path."""
        self.canvas.save()
        self.canvas.clipPath(path, doAntiAlias=True)
        yield
        self.canvas.restore()

    def engrave(self, area: skia.Path, ink: str, tone: Callable[[float, float], float], pitch: float = 15) -> None:
        """Level lines whose thickness follows `tone(x, y)`, 0 (none) to 1 (they nearly touch)."""
        bounds = area.getBounds()
        with self.within(area):
            row = bounds.top() + pitch / 2
            while row < bounds.bottom() + pitch:
                self._engraved_line(row, bounds.left(), bounds.right(), ink, tone, pitch)
                row += pitch

    def _engraved_line(
        self,
        row: float,
        left: float,
        right: float,
        ink: str,
        tone: Callable[[float, float], float],
        pitch: float,
    ) -> None:
        upper: list[Point] = []
        x = left
        while x <= right + 24:
            half = min(max(tone(x, row), 0.0), 1.0) * pitch * 0.46
            if half > 0.4:
                upper.append((x, half))
            if (half <= 0.4 or x > right) and upper:
                self._strip(upper, row, ink)
                upper = []
            x += 24
        if upper:
            self._strip(upper, row, ink)

    def _strip(self, upper: list[Point], row: float, ink: str) -> None:
        if len(upper) < 2:
            return
        ends = [(upper[0][0] - 16, row)], [(upper[-1][0] + 16, row)]
        top = [(x, row - half) for x, half in upper]
        bottom = [(x, row + half) for x, half in reversed(upper)]
        self.fill(shapes.polygon(ends[0] + top + ends[1] + bottom), ink, edge=0)

    def gouges(
        self,
        area: skia.Path,
        ink: str,
        *,
        pitch: float = 26,
        length: tuple[float, float] = (50, 130),
        width: float = 3.4,
        turn: float = 0,
        bend: float = 0,
        share: float = 0.75,
    ) -> None:
        """Short cuts in rows across the area, a `share` of the places filled."""
        bounds = area.getBounds()
        middle = (bounds.centerX(), bounds.centerY())
        reach = max(bounds.width(), bounds.height()) * 0.75
        with self.within(area):
            self.canvas.save()
            self.canvas.rotate(turn, *middle)
            y = middle[1] - reach
            while y < middle[1] + reach:
                x = middle[0] - reach + self.chance.uniform(-length[1], 0)
                while x < middle[0] + reach:
                    long = self.chance.uniform(*length)
                    if self.chance.random() < share:
                        lift = self.chance.uniform(-0.2, 0.2) * pitch
                        mark = shapes.lens(x, y + lift, x + long, y + lift, width, bend)
                        self.fill(mark, ink, edge=0)
                    x += long + pitch * 0.8
                y += pitch
            self.canvas.restore()

    def mottle(self, strength: float) -> None:
        """Ink that took unevenly: soft clouds over the whole sheet, which JPEG holds and PNG not."""
        paint = skia.Paint(Shader=skia.PerlinNoiseShader.MakeFractalNoise(0.004, 0.008, 2, 7))
        grey = skia.ColorFilters.Matrix(
            [0.5, 0.5, 0.5, 0, -0.1] * 3 + [0, 0, 0, 0, strength]  # colours to grey, one opacity
        )
        paint.setColorFilter(grey)
        paint.setBlendMode(skia.BlendMode.kSoftLight)
        self.canvas.drawPaint(paint)

    def label(
        self,
        text: str,
        x: float,
        y: float,
        *,
        ink: str = INK,
        size: float = 38,
        face: str = "sans",
        align: str = "left",
        spacing: float = 0,
        halo: str = "",
    ) -> None:
        """Set one line of text, `y` its base line; a `halo` in the ground's colour frees it."""
        font = skia.Font(_face(face), size)
        font.setSubpixel(True)
        font.setHinting(skia.FontHinting.kNone)
        wide = sum(font.measureText(letter) + spacing for letter in text) - spacing
        if not spacing:
            wide = font.measureText(text)
        x -= {"left": 0.0, "middle": wide / 2, "right": wide}[align]
        pieces = [(text, x)]
        if spacing:
            pieces = []
            for letter in text:
                pieces.append((letter, x))
                x += font.measureText(letter) + spacing
        for piece, at in pieces:
            if halo:
                around = skia.Paint(AntiAlias=True, Color=_colour(halo))
                around.setStyle(skia.Paint.kStroke_Style)
                around.setStrokeWidth(size / 4.5)
                around.setStrokeJoin(skia.Paint.kRound_Join)
                self.canvas.drawString(piece, at, y, font, around)
        for piece, at in pieces:
            letters = skia.Paint(AntiAlias=True, Color=_colour(ink))
            self.canvas.drawString(piece, at, y, font, letters)

    def pixels(self) -> bytes:
        """What has been printed, as RGBA rows."""
        image = self.surface.makeImageSnapshot()
        kind = skia.ImageInfo.Make(self.width, self.height, skia.kRGBA_8888_ColorType, skia.kOpaque_AlphaType)
        data = bytearray(self.width * self.height * 4)
        image.readPixels(kind, data, self.width * 4, 0, 0)
        return bytes(data)


def _colour(ink: str) -> int:
    return int(skia.ColorSetRGB(*bytes.fromhex(ink.removeprefix("#"))))
