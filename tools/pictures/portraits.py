"""Heads of the people who write the newspaper, cut in the same wood as the rest; 400 by 400 pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tools.pictures import hair
from tools.pictures.hair import COPPER
from tools.pictures.palette import (
    GLOW,
    INK,
    LAMP,
    MARK,
    MOSS,
    NIGHT,
    PAPER,
    QUIET,
    RED,
    ROSE,
    SAND,
    SEA,
    SHALLOW,
    SKIN,
    STONE,
    WASH,
    WATER,
)
from tools.pictures.shapes import box, curve, disc, lens, oval, polygon
from tools.pictures.sheet import Sheet

SIZE = 400
PLUM = "#5d2740"
FAIR = "#d9b56a"


@dataclass(frozen=True, slots=True)
class Face:
    """What tells one writer from another."""

    ground: str
    glow: str
    skin: str
    coat: str
    hair: str
    cut: Callable[[Sheet, str, str], None]
    """Draws the hair, or the hat, in front of the head."""
    behind: Callable[[Sheet, str, str], None] | None = None
    collar: str = "round"
    trim: str = PAPER
    glasses: str = ""
    glass_ink: str = INK
    beard: str = ""
    earrings: str = ""


def portrait(face: Face) -> Sheet:
    """One head, looking at the reader."""
    sheet = Sheet(face.ground, SIZE, SIZE)
    sheet.engrave(box(0, 0, 400, 400), face.glow, lambda x, y: 1.25 - ((x - 200) ** 2 + (y - 190) ** 2) ** 0.5 / 165, pitch=9)
    if face.behind:
        face.behind(sheet, face.hair, face.glow)
    _shoulders(sheet, face)
    shade = MARK if face.skin in SKIN[:2] else INK
    sheet.fill(polygon([(166, 240), (234, 240), (238, 312), (200, 334), (162, 312)]), face.skin, edge=1)
    for step in range(6):
        sheet.fill(lens(168, 268 + step * 7, 232 - step * 5, 276 + step * 7, 1.3), shade, edge=0)
    _collar(sheet, face)
    for ear in (122, 278):
        sheet.fill(oval(ear, 192, 14, 22), face.skin, edge=0)
    head = curve(
        [(122, 160), (140, 108), (200, 84), (260, 108), (278, 160), (270, 216), (240, 258), (200, 274), (160, 258), (130, 216)], closed=True
    )
    sheet.fill(head, face.skin, edge=0.8)
    with sheet.within(head):
        for step in range(15):
            y = 112 + step * 11
            sheet.fill(lens(292, y, 252 - abs(step - 7) * 1.2 + 4, y + 5, 2.2), shade, edge=0)
    _features(sheet, face, shade)
    face.cut(sheet, face.hair, face.glow)
    if face.glasses:
        _glasses(sheet, face)
    if face.earrings:
        for ear in (122, 278):
            sheet.fill(disc(ear, 226, 9), face.earrings, edge=0)
    return sheet


def _shoulders(sheet: Sheet, face: Face) -> None:
    coat = curve([(20, 420), (46, 344), (130, 308), (200, 300), (270, 308), (354, 344), (380, 420)])
    coat.close()
    sheet.fill(coat, face.coat, edge=1)
    with sheet.within(coat):
        for step in range(7):
            x = 316 + step * 12
            sheet.fill(lens(x, 330 + step * 3, x - 16, 410, 1.7, 4), face.glow, edge=0)


def _collar(sheet: Sheet, face: Face) -> None:
    if face.collar == "round":
        sheet.line(curve([(154, 306), (176, 334), (200, 342), (224, 334), (246, 306)]), face.trim, 13)
    elif face.collar == "roll":
        sheet.fill(box(150, 284, 100, 56, 20), face.trim, edge=1)
        for x in range(162, 246, 12):
            sheet.fill(lens(x, 290, x + 1, 334, 1.4), QUIET, edge=0)
    else:
        sheet.fill(polygon([(160, 300), (200, 352), (168, 392), (138, 312)]), PAPER, edge=0.6)
        sheet.fill(polygon([(240, 300), (200, 352), (232, 392), (262, 312)]), PAPER, edge=0.6)
        if face.collar == "tie":
            sheet.fill(polygon([(188, 340), (212, 340), (220, 410), (180, 410)]), face.trim, edge=0.6)
            sheet.fill(polygon([(184, 328), (216, 328), (208, 350), (192, 350)]), face.trim, edge=0)


def _features(sheet: Sheet, face: Face, shade: str) -> None:
    if face.beard == "full":
        beard = curve(
            [
                (128, 186),
                (140, 214),
                (168, 212),
                (200, 206),
                (232, 212),
                (260, 214),
                (272, 186),
                (264, 250),
                (232, 288),
                (200, 300),
                (168, 288),
                (136, 250),
            ],
            closed=True,
        )
        sheet.fill(beard, face.hair, edge=1)
        for step in range(9):
            sheet.fill(lens(146 + step * 13, 240, 156 + step * 11, 276 + 10 - abs(step - 4) * 4, 1.5, 2), face.skin, edge=0)
    for eye in (168, 232):
        sheet.fill(lens(eye - 15, 178, eye + 15, 178, 6, -3), PAPER, edge=0)
        sheet.fill(disc(eye, 177, 6), INK, edge=0)
        sheet.fill(lens(eye - 18, 177, eye + 18, 177, 2, -9), INK, edge=0)
        sheet.fill(lens(eye - 19, 157, eye + 19, 156, 3.4, -7), face.hair if face.hair != PAPER else QUIET, edge=0)
    sheet.line(curve([(202, 176), (214, 210), (196, 217)]), shade, 4)
    sheet.fill(lens(174, 240, 226, 239, 3.6, 9), MARK if face.beard != "full" else ROSE, edge=0)
    if face.beard == "moustache":
        sheet.fill(
            curve([(154, 236), (178, 220), (200, 226), (222, 220), (246, 236), (222, 234), (200, 234), (178, 234)], closed=True),
            face.hair,
            edge=0.5,
        )


def _glasses(sheet: Sheet, face: Face) -> None:
    for eye in (166, 234):
        frame = disc(eye, 178, 25) if face.glasses == "round" else box(eye - 26, 159, 52, 38, 7)
        sheet.line(frame, face.glass_ink, 5.5)
    sheet.line(curve([(190, 174), (200, 170), (210, 174)]), face.glass_ink, 5)
    for side in (-1, 1):
        sheet.line(polygon([(200 + side * 60, 174), (200 + side * 80, 168)], closed=False), face.glass_ink, 5)


FACES = {
    "dorothea-penn": Face(PLUM, ROSE, SKIN[3], WASH, INK, hair.fringe, collar="round", trim=SAND, glasses="round", glass_ink=GLOW),
    "elin-marrow": Face(SEA, SHALLOW, SKIN[0], NIGHT, COPPER, hair.bob, collar="open", glasses="square"),
    "freya-halloran": Face(MOSS, GLOW, SKIN[0], NIGHT, RED, hair.swept, behind=hair.ponytail, trim=LAMP),
    "hugh-ambler": Face(WATER, WASH, SKIN[0], QUIET, STONE, hair.little, collar="tie", trim=RED, glasses="square"),
    "ingrid-sollas": Face(NIGHT, LAMP, SKIN[0], SEA, FAIR, hair.woollen_hat, behind=hair.long, collar="roll", trim=WASH),
    "layla-haddad": Face(SEA, WASH, SKIN[1], LAMP, INK, hair.curls, earrings=RED, trim=GLOW),
    "nadia-prewett": Face(LAMP, PAPER, SKIN[2], RED, INK, hair.bob, earrings=SEA, trim=PAPER),
    "owen-strand": Face(MARK, ROSE, SKIN[3], SEA, INK, hair.bald, collar="tie", trim=LAMP, beard="moustache"),
    "ruth-callender": Face(NIGHT, SHALLOW, SKIN[0], PLUM, PAPER, hair.bun, glasses="round", glass_ink=RED, earrings=LAMP, trim=ROSE),
    "samir-aziz": Face(LAMP, WASH, SKIN[2], WASH, INK, hair.cropped, glasses="round", beard="full", trim=SAND),
    "tobias-kell": Face(NIGHT, SHALLOW, SKIN[1], QUIET, COPPER, hair.cap, collar="roll", trim=WASH, beard="full"),
}
