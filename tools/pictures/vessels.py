"""What moves: fishing boats, the ferry, tugs, gigs, trams."""

from __future__ import annotations

from tools.pictures.palette import GLOW, INK, LAMP, NIGHT, PAPER, QUIET, RED, SAND, SHALLOW, WASH
from tools.pictures.shapes import Point, box, curve, disc, lens, oval, placed, polygon
from tools.pictures.sheet import Sheet


def boat(sheet: Sheet, x: float, y: float, size: float, hull: str, *, house: str = PAPER, flip: bool = False, trim: str = LAMP) -> None:
    """A fishing boat at water line `y`, `size` pixels long, its bow to the right."""
    unit = size / 300

    def part(path: object, ink: str, edge: float = 1.0) -> None:
        sheet.fill(placed(path, x, y, scale=unit, flip=flip), ink, edge=edge)

    def rope(points: list[Point], width: float) -> None:
        sheet.line(placed(polygon(points, closed=False), x, y, scale=unit, flip=flip), INK, width * unit)

    rope([(30, -60), (30, -230)], 8)
    rope([(30, -220), (150, -58)], 4)
    rope([(30, -220), (-140, -60)], 4)
    rope([(30, -120), (-90, -190)], 7)
    part(polygon([(-110, -48), (-110, -128), (-26, -128), (-18, -48)]), house)
    part(box(-118, -138, 104, 14), RED, 0.6)
    for left in (-98, -66):
        part(box(left, -116, 24, 26), NIGHT, 0.5)
    part(curve([(-146, -58), (-40, -44), (60, -50), (158, -84)]), hull)
    part(polygon([(-146, -60), (-40, -46), (60, -52), (160, -86), (118, 12), (-128, 12)]), hull)
    part(polygon([(-144, -48), (-40, -34), (60, -40), (154, -74), (151, -64), (60, -30), (-40, -24), (-143, -38)]), trim, 0.5)
    for step in range(4):
        part(lens(-120 + step * 20, -14 + step * 3, 90 - step * 14, -14 + step * 6, 2.2, 4), PAPER, 0)


def ferry(sheet: Sheet, x: float, y: float, size: float, *, lit: str = GLOW, hull: str = NIGHT, white: str = PAPER) -> None:
    """The night boat: three decks of windows over a dark hull, a red funnel."""
    unit = size / 600

    def part(path: object, ink: str, edge: float = 1.0) -> None:
        sheet.fill(placed(path, x, y, scale=unit), ink, edge=edge)

    part(
        polygon(
            [
                (-250, -60),
                (-250, -130),
                (-180, -130),
                (-180, -176),
                (-120, -176),
                (-120, -212),
                (120, -212),
                (150, -170),
                (186, -170),
                (214, -120),
                (244, -60),
            ]
        ),
        white,
    )
    part(polygon([(-70, -212), (-58, -284), (2, -284), (10, -212)]), RED)
    part(box(-60, -268, 66, 16), white, 0.4)
    part(polygon([(-290, -66), (300, -78), (258, 20), (-270, 20)]), hull)
    part(polygon([(-286, -44), (292, -54), (288, -44), (-284, -34)]), RED, 0.5)
    for row, (left, right) in enumerate(((-236, 220), (-168, 176), (-106, 116))):
        for column in range(int((right - left) / 22)):
            part(box(left + column * 22, -106 - row * 44, 12, 20), lit if lit else hull, 0.3)
    sheet.line(placed(polygon([(60, -212), (60, -290)], closed=False), x, y, scale=unit), hull, 7 * unit)
    sheet.line(placed(polygon([(30, -270), (90, -270)], closed=False), x, y, scale=unit), hull, 5 * unit)


def tug(sheet: Sheet, x: float, y: float, size: float, *, hull: str = INK, flip: bool = False) -> None:
    """A harbour tug: low stern, high bow, one funnel."""
    unit = size / 300

    def part(path: object, ink: str, edge: float = 1.0) -> None:
        sheet.fill(placed(path, x, y, scale=unit, flip=flip), ink, edge=edge)

    part(box(-30, -122, 90, 76), PAPER)
    part(box(-6, -164, 62, 46), PAPER)
    part(box(-12, -172, 76, 12), RED, 0.5)
    for left in (2, 28):
        part(box(left, -156, 20, 24), NIGHT, 0.4)
    part(polygon([(-74, -50), (-68, -150), (-36, -150), (-32, -50)]), LAMP)
    part(box(-72, -136, 38, 14), INK, 0.4)
    part(polygon([(-150, -38), (-60, -44), (60, -54), (150, -88), (132, 12), (-136, 12)]), hull)
    part(polygon([(-150, -30), (-60, -34), (60, -44), (148, -76), (146, -66), (60, -34), (-60, -24), (-149, -20)]), RED, 0.4)
    for step in range(6):
        part(disc(-124 + step * 44, -4, 11), QUIET, 0.4)


def gig(sheet: Sheet, x: float, y: float, size: float, turn: float, hull: str, *, oar: str = PAPER, phase: float = 0) -> None:
    """A six-oared gig seen from above, its bow up before it is turned."""
    unit = size / 200
    for seat in range(6):
        side = 1 if seat % 2 else -1
        height = -46 + seat * 17
        blade = polygon([(side * 12, height), (side * 74, height + 16 + phase)], closed=False)
        sheet.line(placed(blade, x, y, scale=unit, turn=turn), oar, 4.2 * unit)
        paddle = lens(side * 62, height + 13 + phase * 0.9, side * 86, height + 19 + phase, 5)
        sheet.fill(placed(paddle, x, y, scale=unit, turn=turn), oar, edge=0)
    outline = curve([(0, -100), (19, -40), (20, 30), (9, 92), (-9, 92), (-20, 30), (-19, -40)], closed=True)
    sheet.fill(placed(outline, x, y, scale=unit, turn=turn), hull, edge=0.8)
    inner = curve([(0, -76), (12, -36), (13, 26), (4, 76), (-4, 76), (-13, 26), (-12, -36)], closed=True)
    sheet.fill(placed(inner, x, y, scale=unit, turn=turn), SAND, edge=0.5)
    for seat in range(7):
        sheet.fill(placed(disc(0, -46 + seat * 17, 8), x, y, scale=unit, turn=turn), INK, edge=0)


def tram(sheet: Sheet, x: float, base: float, size: float, body: str, *, lit: str = GLOW, dark: str = INK) -> None:
    """A two-part tram from the side, `size` pixels long, on its rail at `base`."""
    unit = size / 800

    def part(path: object, ink: str, edge: float = 0.8) -> None:
        sheet.fill(placed(path, x, base, scale=unit), ink, edge=edge)

    for left in (-380, 16):
        front = 1 if left > 0 else -1
        shell = [(left, -44), (left, -190), (left + 364, -190), (left + 364, -44)]
        if front > 0:
            shell = [(left, -44), (left, -190), (left + 322, -190), (left + 368, -110), (left + 372, -44)]
        else:
            shell = [(left - 8, -44), (left - 4, -110), (left + 42, -190), (left + 364, -190), (left + 364, -44)]
        part(polygon(shell), body)
        part(box(left + 24, -196, 318, 12, 4), dark, 0.5)
        for window in range(4):
            shift = 46 + window * 74 if front < 0 else 22 + window * 74
            part(box(left + shift, -168, 58, 58, 5), lit, 0.4)
        part(box(left + 8, -84, 350, 8), WASH, 0.3)
        for wheel in (80, 280):
            part(disc(left + wheel, -20, 22), dark, 0.3)
            part(disc(left + wheel, -20, 8), SHALLOW, 0)
    part(box(-18, -182, 36, 132), dark, 0.5)
    part(disc(374, -64, 9), GLOW, 0)
    arm = polygon([(-150, -196), (-100, -236), (-150, -276)], closed=False)
    sheet.line(placed(arm, x, base, scale=unit), dark, 7 * unit)
    sheet.line(placed(polygon([(-184, -276), (-116, -276)], closed=False), x, base, scale=unit), dark, 7 * unit)


def bicycle(sheet: Sheet, x: float, base: float, size: float, ink: str, frame: str) -> None:
    """A hire bicycle from the side."""
    unit = size / 260
    for hub in (-72, 72):
        sheet.line(placed(oval(hub, -50, 50, 50), x, base, scale=unit), ink, 8 * unit)
        for spoke in range(6):
            end = placed(polygon([(0, 0), (0, -48)], closed=False), hub, -50, turn=spoke * 60)
            sheet.line(placed(end, x, base, scale=unit), ink, 2.4 * unit)
    for points in ([(-72, -50), (-30, -128), (48, -128), (0, -50), (-72, -50)], [(-30, -128), (0, -50)], [(72, -50), (42, -156)]):
        sheet.line(placed(polygon(points, closed=False), x, base, scale=unit), frame, 11 * unit)
    sheet.line(placed(polygon([(-30, -128), (-36, -150)], closed=False), x, base, scale=unit), frame, 9 * unit)
    sheet.line(placed(curve([(24, -160), (46, -164), (70, -150), (72, -138)]), x, base, scale=unit), ink, 9 * unit)
    sheet.fill(placed(oval(-38, -154, 26, 7), x, base, scale=unit), ink, edge=0.5)
    sheet.line(
        placed(polygon([(56, -150), (96, -150), (90, -112), (60, -112), (56, -150)], closed=False), x, base, scale=unit), ink, 5 * unit
    )
