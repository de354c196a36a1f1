"""What the city is made of: houses, lights, gulls, lanterns, herring, people; each drawn once, here."""

from __future__ import annotations

import math
from collections.abc import Callable

import skia

from tools.pictures.palette import GLOW, INK, LAMP, NIGHT, PAPER, RED, SEA, SHALLOW, WASH, WATER
from tools.pictures.shapes import Point, box, curve, disc, lens, oval, placed, polygon, union
from tools.pictures.sheet import Sheet


def moonlight(sheet: Sheet, area: skia.Path, ink: str, centre: Point, reach: float) -> None:
    """A glow of engraved lines around a point, fading out at `reach` pixels."""

    def tone(x: float, y: float) -> float:
        return 0.9 - 0.85 * math.dist((x, y), centre) / reach

    sheet.engrave(area, ink, tone)


def shade(left: float, reach: float) -> Callable[[float, float], float]:
    """The tone of a round side: none at `left`, full `reach` pixels to the right of it."""
    return lambda x, _: (x - left) / reach


def dusk(sheet: Sheet, area: skia.Path, ink: str, low: float = 0.75, high: float = 0.05) -> None:
    """A sky of engraved lines, from `high` (its tone at the top) to `low` at the horizon."""
    bounds = area.getBounds()

    def tone(x: float, y: float) -> float:
        cloud = 0.14 * math.sin(x / 260 + y / 90) * math.sin(y / 55 + 1)
        return float(high + (low - high) * (y - bounds.top()) / bounds.height() + cloud)

    sheet.engrave(area, ink, tone)


def sea(sheet: Sheet, top: float, ink: str, crest: str, *, swell: float = 14) -> None:
    """Water from `top` to the foot of the sheet, its cuts longer and wider towards the viewer."""
    sheet.fill(box(-10, top, sheet.width + 20, sheet.height - top + 10), ink, edge=0)
    y, step = top + 12.0, 16.0
    while y < sheet.height + step:
        near = (y - top) / (sheet.height - top)
        x = -sheet.chance.uniform(0, 150)
        while x < sheet.width:
            long = sheet.chance.uniform(40, 110) * (0.6 + 1.9 * near)
            if sheet.chance.random() < 0.62:
                mark = lens(x, y, x + long, y, 1.6 + 3.4 * near, swell * (0.15 + near))
                sheet.fill(mark, crest, edge=0)
            x += long * 1.35
        step = 16 + 34 * near
        y += step


def breakers(sheet: Sheet, y: float, ink: str, crest: str, *, height: float, length: float) -> None:
    """One row of storm waves across the sheet, each with a curled crest and cuts that follow it."""
    x = -sheet.chance.uniform(0, length)
    points: list[Point] = []
    tops: list[Point] = []
    while x < sheet.width + length * 2:
        lift = height * sheet.chance.uniform(0.75, 1.15)
        tops.append((x + length * 0.55, y - lift))
        points += [(x, y), (x + length * 0.3, y - lift * 0.45), (x + length * 0.55, y - lift)]
        points += [(x + length * 0.62, y - lift * 0.86), (x + length * 0.72, y - lift * 0.3)]
        x += length
    outline = curve(points)
    body = skia.Path(outline)
    body.lineTo(x, sheet.height + 20).lineTo(-length, sheet.height + 20).close()
    sheet.fill(body, ink)
    for left, top in tops:
        for cut in range(5):
            fall = 14 + cut * height * 0.17
            start = (left - cut * 15 - length * 0.34, top + height * 0.72 + cut * 13)
            mark = lens(*start, left - 8 - cut * 4, top + fall, 3.4, 10 + cut * 4)
            sheet.fill(mark, crest, edge=0)
        curl = lens(left - length * 0.22, top + height * 0.3, left + 16, top + 8, 8, -9)
        sheet.fill(curl, crest, edge=0)
        for _ in range(4):
            at = (left + sheet.chance.uniform(-10, 70), top - sheet.chance.uniform(6, 46))
            sheet.fill(disc(*at, sheet.chance.uniform(3, 7)), crest, edge=0)


def house(
    sheet: Sheet, x: float, base: float, wide: float, tall: float, ink: str, *, lit: str = "", cut: str = "", share: float = 0.4
) -> None:
    """A gabled house; a `share` of its windows `lit`, tiles and courses in `cut`."""
    roof = wide * sheet.chance.uniform(0.42, 0.6)
    top = base - tall
    chimney = box(x + wide * 0.68, top - roof * 0.85, wide * 0.13, roof * 0.7)
    wall = polygon([(x, base), (x, top), (x + wide / 2, top - roof), (x + wide, top), (x + wide, base)])
    sheet.fill(union(wall, chimney), ink)
    if cut:
        for side in (-1, 1):
            for step in range(1, 4):
                mid, low = (x + wide / 2, top - roof + 12 + step * 13), top + step * 13 + 4
                end = (x + wide / 2 + side * wide * 0.46, low)
                sheet.fill(lens(mid[0] + side * 5, mid[1], *end, 1.8), cut, edge=0)
    if lit:
        _windows(sheet, x, top, wide, tall, lit, share)


def _windows(sheet: Sheet, x: float, top: float, wide: float, tall: float, lit: str, share: float) -> None:
    across, down = max(2, round(wide / 46)), max(1, round(tall / 64))
    for row in range(down):
        for column in range(across):
            if sheet.chance.random() > share:
                continue
            left = x + wide * (column + 0.5) / across - 9
            sheet.fill(box(left, top + 14 + row * tall / down, 18, 28), lit, edge=0.8)


def row_of_houses(
    sheet: Sheet,
    base: float,
    ink: str,
    *,
    left: float = -20,
    right: float = 1830,
    tall: tuple[float, float] = (90, 210),
    wide: tuple[float, float] = (80, 130),
    lit: str = "",
    cut: str = "",
    share: float = 0.35,
) -> None:
    """A street front, house beside house."""
    x = left
    while x < right:
        width = sheet.chance.uniform(*wide)
        house(sheet, x, base, width, sheet.chance.uniform(*tall), ink, lit=lit, cut=cut, share=share)
        x += width - 1


def guildhall(sheet: Sheet, x: float, base: float, size: float, ink: str, lit: str) -> None:
    """The city's tower: a clock, a gallery, a spire with a vane."""
    shaft = box(x - size * 0.13, base - size, size * 0.26, size)
    gallery = box(x - size * 0.17, base - size * 1.02, size * 0.34, size * 0.07)
    lantern = box(x - size * 0.09, base - size * 1.2, size * 0.18, size * 0.2)
    spire = polygon([(x - size * 0.12, base - size * 1.18), (x, base - size * 1.68), (x + size * 0.12, base - size * 1.18)])
    sheet.fill(union(shaft, gallery, lantern, spire), ink)
    sheet.fill(disc(x, base - size * 0.84, size * 0.08), lit, edge=0.6)
    for turn in (-60, 20):
        hand = (x + math.sin(math.radians(turn)) * size * 0.06, base - size * 0.84 - math.cos(math.radians(turn)) * size * 0.06)
        sheet.line(polygon([(x, base - size * 0.84), hand], closed=False), ink, size * 0.012)
    for step in range(3):
        sheet.fill(box(x - size * 0.025, base - size * (0.66 - step * 0.2), size * 0.05, size * 0.1), lit, edge=0.6)


def lighthouse(sheet: Sheet, x: float, base: float, tall: float, *, dark: str = NIGHT, lit: str = GLOW) -> None:
    """Osey Light: three red bands on white, a gallery, a lamp."""
    foot, head = tall * 0.14, tall * 0.085

    def band(low: float, high: float) -> skia.Path:
        halves = [foot + (head - foot) * share for share in (low, high)]
        bottom, top = base - tall * low, base - tall * high
        return polygon([(x - halves[0], bottom), (x - halves[1], top), (x + halves[1], top), (x + halves[0], bottom)])

    sheet.fill(band(0, 1), PAPER)
    for low in (0.12, 0.44, 0.76):
        sheet.fill(band(low, low + 0.16), RED, edge=1)
    with sheet.within(band(0, 1)):
        shade = box(x + tall * 0.015, base - tall, tall * 0.2, tall)
        sheet.engrave(shade, dark, lambda at, _: 0.12 + (at - x) / tall * 3.2, pitch=13)
    sheet.fill(box(x - tall * 0.12, base - tall * 1.03, tall * 0.24, tall * 0.04), dark, edge=1)
    sheet.fill(box(x - tall * 0.065, base - tall * 1.16, tall * 0.13, tall * 0.14), lit, edge=0)
    for bar in (-0.06, -0.02, 0.02, 0.06):
        sheet.line(polygon([(x + tall * bar, base - tall * 1.16), (x + tall * bar, base - tall * 1.03)], closed=False), dark, 4)
    sheet.fill(
        polygon([(x - tall * 0.09, base - tall * 1.155), (x, base - tall * 1.27), (x + tall * 0.09, base - tall * 1.155)]), RED, edge=1
    )
    sheet.fill(disc(x, base - tall * 1.28, tall * 0.016), dark, edge=0)


def gull(sheet: Sheet, x: float, y: float, size: float, ink: str = PAPER, *, tip: str = INK, flip: bool = False) -> None:
    """A gull on the wing, `size` pixels from tip to tip."""
    unit = size / 200
    body = curve([(-34, 6), (-8, -8), (26, -4), (40, 6), (20, 14), (-14, 14)], closed=True)
    left = curve([(-2, 2), (-30, -34), (-98, -22), (-58, -14), (-26, 12)], closed=True)
    right = curve([(2, 0), (26, -44), (84, -58), (52, -34), (20, 12)], closed=True)
    for part in (left, right, body):
        sheet.fill(placed(part, x, y, scale=unit, flip=flip), ink, edge=0.6)
    for end in (lens(-98, -22, -68, -28, 5), lens(84, -58, 58, -48, 5)):
        sheet.fill(placed(end, x, y, scale=unit, flip=flip), tip, edge=0)
    sheet.fill(placed(polygon([(38, 4), (54, 10), (38, 11)]), x, y, scale=unit, flip=flip), LAMP, edge=0)


def herring(sheet: Sheet, x: float, y: float, size: float, body: str, back: str, cut: str, *, flip: bool = False, turn: float = 0) -> None:
    """A herring that swims to the right, or with `flip` to the left."""
    unit = size / 260

    def print_part(path: skia.Path, ink: str, edge: float = 0.0) -> None:
        sheet.fill(placed(path, x, y, scale=unit, turn=turn, flip=flip), ink, edge=edge)

    trunk = curve([(-88, 0), (-40, -26), (30, -34), (92, -22), (124, 0), (92, 20), (30, 30), (-40, 20)], closed=True)
    print_part(polygon([(-80, 0), (-132, -40), (-116, 0), (-132, 40)]), back, 0.8)
    print_part(polygon([(0, -30), (30, -50), (46, -30)]), back)
    print_part(polygon([(6, 24), (24, 42), (34, 26)]), back)
    print_part(trunk, body, 0.8)
    upper = curve([(-86, -2), (-40, -26), (30, -34), (92, -22), (122, -3), (60, -12), (-20, -8)], closed=True)
    print_part(upper, back)
    for step in range(5):
        left = -56 + step * 26
        print_part(lens(left, 2, left + 16, 3, 1.9, -5), cut)
        print_part(lens(left + 8, 12, left + 24, 13, 1.7, -4), cut)
    print_part(lens(84, -18, 84, 16, 2.4, -8), cut)
    print_part(disc(102, -5, 6.5), PAPER)
    print_part(disc(103, -5, 3.4), INK)


def lantern(sheet: Sheet, x: float, y: float, size: float, ink: str, rib: str = INK, *, light: str = "") -> None:
    """A paper lantern that hangs from (x, y), `size` pixels tall."""
    half = size * 0.4
    middle = y + size * 0.58
    if light:
        sheet.fill(oval(x, middle, half * 1.5, size * 0.62), light, edge=2)
    sheet.fill(oval(x, middle, half, size * 0.42), ink, edge=1.2)
    for share in (-0.62, -0.22, 0.22, 0.62):
        wide = half * math.sqrt(1 - share**2) * 0.96
        height = middle + size * 0.42 * share
        sheet.fill(lens(x - wide, height, x + wide, height, size * 0.012 + 0.8, size * 0.045), rib, edge=0)
    for top in (y + size * 0.11, y + size * 0.96):
        sheet.fill(box(x - size * 0.13, top, size * 0.26, size * 0.07), rib, edge=0)
    sheet.line(polygon([(x, y), (x, y + size * 0.12)], closed=False), rib, max(2, size * 0.02))


def person(sheet: Sheet, x: float, base: float, tall: float, coat: str, *, head: str = WASH, hat: str = "", arm: float = 0) -> None:
    """A small figure in a coat; `arm` lifts one arm by so many degrees."""
    sheet.fill(placed(polygon([(-0.2, 0), (-0.14, -0.76), (0.14, -0.76), (0.2, 0)]), x, base, scale=tall), coat, edge=1)
    sheet.fill(disc(x, base - tall * 0.88, tall * 0.105), head, edge=0.5)
    if hat:
        sheet.fill(placed(polygon([(-0.15, -0.92), (-0.09, -1.04), (0.09, -1.04), (0.15, -0.92)]), x, base, scale=tall), hat, edge=0.5)
    if arm:
        reach = (x + math.sin(math.radians(arm)) * tall * 0.42, base - tall * 0.7 - math.cos(math.radians(arm)) * tall * 0.42)
        sheet.line(polygon([(x + tall * 0.08, base - tall * 0.68), reach], closed=False), coat, tall * 0.09)


def stars(sheet: Sheet, area: skia.Path, ink: str, count: int) -> None:
    """Dots of several sizes, scattered over the area."""
    bounds = area.getBounds()
    with sheet.within(area):
        for _ in range(count):
            at = (sheet.chance.uniform(bounds.left(), bounds.right()), sheet.chance.uniform(bounds.top(), bounds.bottom()))
            sheet.fill(disc(*at, sheet.chance.choice((2.2, 2.2, 3.2, 4.6))), ink, edge=0)


def rain(sheet: Sheet, area: skia.Path, ink: str, *, turn: float = 68) -> None:
    """Driving rain, as long thin cuts."""
    sheet.gouges(area, ink, pitch=58, length=(60, 190), width=1.6, turn=turn, share=0.45)


def glitter(sheet: Sheet, x: float, top: float, bottom: float, ink: str, spread: float) -> None:
    """A light's track on the water, broken and widening towards the viewer."""
    y = top
    while y < bottom:
        near = (y - top) / (bottom - top)
        half = spread * (0.25 + 0.75 * near) * sheet.chance.uniform(0.4, 1)
        shift = sheet.chance.uniform(-0.25, 0.25) * spread * near
        sheet.fill(lens(x + shift - half, y, x + shift + half, y, 3 + 4 * near), ink, edge=0)
        y += 13 + 13 * near


def hill(sheet: Sheet, points: list[Point], ink: str, cut: str = "", *, turn: float = -8) -> skia.Path:
    """Land with a soft skyline through `points`, down to the foot of the sheet, scored with cuts."""
    path = curve(points)
    path.lineTo(points[-1][0], sheet.height + 10).lineTo(points[0][0], sheet.height + 10).close()
    sheet.fill(path, ink)
    if cut:
        sheet.gouges(path, cut, pitch=34, length=(40, 120), width=2.6, turn=turn, share=0.5)
    return path


HARBOUR = (SEA, SHALLOW)
"""The day's water and its crests."""
DEEP = (NIGHT, WATER)
"""The night's."""
