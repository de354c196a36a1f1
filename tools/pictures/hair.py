"""Hair, and the hats on it: each drawn in front of, or behind, a head of `portraits`."""

from __future__ import annotations

from tools.pictures.palette import GLOW, INK, LAMP, MARK, NIGHT, PAPER, QUIET, RED, STONE, WATER
from tools.pictures.shapes import Point, box, curve, disc, lens, union
from tools.pictures.sheet import Sheet

COPPER = "#b5652c"


def _strands(sheet: Sheet, outline: list[Point], ink: str, cut: str, *, bend: float = 16) -> None:
    hair = curve(outline, closed=True)
    sheet.fill(hair, ink, edge=1.2)
    bounds = hair.getBounds()
    with sheet.within(hair):
        step = bounds.left() + 8
        while step < bounds.right():
            lean = (200 - step) * 0.3
            sheet.fill(lens(step + lean, bounds.top() + 4, step, bounds.bottom() - 6, 1.6, bend if step > 200 else -bend), cut, edge=0)
            step += 15


def fringe(sheet: Sheet, ink: str, cut: str) -> None:
    _strands(
        sheet,
        [
            (112, 176),
            (112, 110),
            (150, 66),
            (200, 56),
            (250, 66),
            (288, 110),
            (288, 176),
            (272, 142),
            (240, 130),
            (200, 134),
            (160, 130),
            (128, 142),
        ],
        ink,
        cut,
        bend=6,
    )


def bob(sheet: Sheet, ink: str, cut: str) -> None:
    _strands(
        sheet,
        [
            (104, 250),
            (100, 160),
            (116, 92),
            (160, 56),
            (210, 50),
            (262, 66),
            (296, 120),
            (300, 250),
            (276, 246),
            (274, 160),
            (240, 128),
            (180, 106),
            (134, 150),
            (126, 246),
        ],
        ink,
        cut,
        bend=10,
    )


def ponytail(sheet: Sheet, ink: str, cut: str) -> None:
    _strands(sheet, [(290, 90), (336, 120), (348, 210), (326, 310), (306, 250), (304, 170), (282, 130)], ink, cut, bend=8)


def swept(sheet: Sheet, ink: str, cut: str) -> None:
    _strands(
        sheet,
        [(114, 176), (112, 112), (150, 68), (206, 54), (264, 74), (290, 124), (286, 178), (268, 132), (220, 116), (160, 122), (128, 140)],
        ink,
        cut,
    )


def little(sheet: Sheet, ink: str, cut: str) -> None:
    for side in (-1, 1):
        _strands(
            sheet,
            [(200 + side * 72, 120), (200 + side * 92, 140), (200 + side * 94, 190), (200 + side * 76, 196), (200 + side * 76, 150)],
            ink,
            QUIET,
            bend=3,
        )
    for step in range(3):
        sheet.fill(lens(166 + step * 10, 96 + step * 6, 240 - step * 6, 92 + step * 7, 1.6, -7), MARK, edge=0)


def bald(sheet: Sheet, ink: str, cut: str) -> None:
    for side in (-1, 1):
        sheet.fill(
            curve([(200 + side * 74, 132), (200 + side * 88, 150), (200 + side * 88, 196), (200 + side * 74, 190)], closed=True),
            ink,
            edge=0,
        )
    sheet.fill(lens(160, 104, 196, 94, 3, -5), GLOW, edge=0)


def woollen_hat(sheet: Sheet, ink: str, cut: str) -> None:
    hat = curve([(110, 140), (118, 78), (164, 34), (200, 28), (236, 34), (282, 78), (290, 140)])
    hat.close()
    sheet.fill(hat, RED, edge=1)
    with sheet.within(hat):
        for step in range(12):
            x = 118 + step * 15
            sheet.fill(lens(x, 120, 200 + (x - 200) * 0.3, 34, 1.8), MARK, edge=0)
    sheet.fill(box(104, 116, 192, 38, 16), PAPER, edge=1)
    for x in range(116, 292, 12):
        sheet.fill(lens(x, 122, x, 150, 1.6), STONE, edge=0)
    sheet.fill(disc(200, 28, 19), PAPER, edge=0)


def long(sheet: Sheet, ink: str, cut: str) -> None:
    _strands(
        sheet,
        [(108, 130), (200, 90), (292, 130), (312, 240), (322, 350), (270, 380), (130, 380), (78, 350), (88, 240)],
        ink,
        COPPER,
        bend=6,
    )


def curls(sheet: Sheet, ink: str, cut: str) -> None:
    ring = [
        (124, 132),
        (136, 96),
        (168, 70),
        (204, 60),
        (240, 70),
        (268, 96),
        (282, 132),
        (292, 176),
        (112, 176),
        (104, 220),
        (298, 220),
        (118, 256),
        (290, 256),
        (170, 104),
        (232, 102),
        (200, 96),
    ]
    for x, y in ring:
        sheet.fill(disc(x, y, 27), ink, edge=0)
    for x, y in ring:
        sheet.line(curve([(x - 12, y + 4), (x - 6, y - 12), (x + 10, y - 8), (x + 8, y + 8)]), cut, 2.4)


def bun(sheet: Sheet, ink: str, cut: str) -> None:
    sheet.fill(disc(204, 42, 34), ink, edge=0)
    for step in range(3):
        sheet.line(curve([(180 + step * 6, 52 - step * 8), (200, 26 + step * 6), (226 - step * 5, 48 - step * 6)]), STONE, 2.4)
    _strands(
        sheet,
        [(116, 176), (112, 116), (150, 76), (204, 62), (256, 76), (288, 116), (284, 176), (268, 128), (204, 110), (136, 130)],
        ink,
        STONE,
    )


def cropped(sheet: Sheet, ink: str, cut: str) -> None:
    _strands(
        sheet,
        [(118, 168), (116, 112), (150, 72), (204, 60), (254, 72), (284, 112), (282, 168), (268, 126), (200, 112), (132, 126)],
        ink,
        QUIET,
        bend=3,
    )


def cap(sheet: Sheet, ink: str, cut: str) -> None:
    for side in (-1, 1):
        sheet.fill(
            curve([(200 + side * 70, 130), (200 + side * 88, 140), (200 + side * 82, 200), (200 + side * 72, 200)], closed=True),
            ink,
            edge=0,
        )
    crown = curve([(104, 110), (120, 62), (200, 40), (280, 62), (296, 110), (200, 122)], closed=True)
    sheet.fill(union(crown, box(120, 98, 160, 36)), NIGHT, edge=1)
    for step in range(4):
        sheet.fill(lens(130, 78 + step * 8, 270, 72 + step * 9, 1.5, -8), WATER, edge=0)
    sheet.fill(curve([(120, 134), (200, 124), (280, 134), (270, 152), (200, 144), (130, 152)], closed=True), INK, edge=0)
    sheet.fill(disc(200, 108, 11), LAMP, edge=0)
