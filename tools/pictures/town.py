"""Illustrations of the town: streets, lanterns, trams, the hall, the Moot, the football ground."""

from __future__ import annotations

import math

from tools.pictures.motifs import (
    dusk,
    glitter,
    guildhall,
    hill,
    lantern,
    moonlight,
    person,
    rain,
    row_of_houses,
    sea,
    stars,
)
from tools.pictures.palette import (
    FIELD,
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
    STONE,
    WASH,
    WATER,
)
from tools.pictures.shapes import box, curve, disc, lens, oval, placed, polygon
from tools.pictures.sheet import Sheet
from tools.pictures.vessels import tram

HIGHEST = 119
"""Which of the year's high waters is that of 3 March."""
TO_COME = 601
"""The first of those after 7 November."""


def flooded_street() -> Sheet:
    """Lowgate at night, with the sea in it."""
    sheet = Sheet(NIGHT)
    moonlight(sheet, box(0, 0, 1800, 760), WATER, (1240, 200), 900)
    sheet.fill(disc(1240, 200, 84), WASH)
    guildhall(sheet, 860, 760, 380, SEA, GLOW)
    row_of_houses(sheet, 790, INK, right=560, tall=(300, 520), wide=(150, 230), lit=GLOW, cut=QUIET, share=0.16)
    row_of_houses(sheet, 780, SEA, left=540, right=1240, tall=(90, 180), wide=(90, 140), lit=GLOW, share=0.2)
    row_of_houses(sheet, 790, INK, left=1210, tall=(300, 500), wide=(150, 230), lit=GLOW, cut=QUIET, share=0.16)
    sea(sheet, 770, SEA, WATER, swell=8)
    for x in (160, 330, 1330, 1620):
        glitter(sheet, x, 800, 1160, LAMP, 34)
    glitter(sheet, 1240, 790, 1190, SHALLOW, 90)
    sheet.fill(polygon([(660, 940), (1010, 940), (970, 1000), (700, 1000)]), MARK)
    for x, coat in ((740, PAPER), (830, QUIET), (920, LAMP)):
        person(sheet, x, 950, 130, coat, hat=INK)
    sheet.line(polygon([(960, 900), (1090, 1060)], closed=False), SAND, 9)
    rain(sheet, box(0, 0, 1800, 1200), SHALLOW)
    return sheet


def lanterns() -> Sheet:
    sheet = Sheet(NIGHT)
    stars(sheet, box(0, 0, 1800, 600), WATER, 60)
    row_of_houses(sheet, 1010, SEA, tall=(260, 460), wide=(120, 190), lit=GLOW, share=0.25)
    row_of_houses(sheet, 1030, INK, tall=(120, 300), wide=(110, 190), lit=LAMP, cut=QUIET, share=0.4)
    sea(sheet, 1010, SEA, WATER, swell=5)
    inks = (LAMP, RED, PAPER, WATER, ROSE, GLOW)
    for row, (start, sag, size) in enumerate(((40, 130, 96), (190, 170, 140), (360, 210, 190))):
        points = [(x, start + sag * math.sin((x + 200 * row) / 900 * math.pi) ** 2) for x in range(-40, 1860, 20)]
        sheet.line(polygon(points, closed=False), STONE, 4)
        gap = size * 1.12
        for index in range(int(1900 / gap)):
            x = 20 + row * 60 + index * gap
            y = start + sag * math.sin((x + 200 * row) / 900 * math.pi) ** 2
            ink = inks[(index * 5 + row * 2) % 6]
            lantern(sheet, x, y, size * sheet.chance.uniform(0.85, 1.05), ink, light=SEA if row else "")
            if row == 2:
                glitter(sheet, x, 1030, 1180, ink, 50)
    return sheet


def lantern_tides() -> Sheet:
    """All 706 high waters of a year, each a lantern at its height; those to come are dark."""
    sheet = Sheet(NIGHT)
    sheet.engrave(box(0, 0, 1800, 1200), SEA, lambda x, y: 0.15 + y / 1700, pitch=20)
    for index in range(706):
        row, column = divmod(index, 59)
        spring = 0.5 + 0.5 * math.cos(2 * math.pi * (index - HIGHEST) / 28.5)
        x, y = round(48 + column * 29.4), round(128 + row * 91 - 52 * spring)
        if index < TO_COME:
            sheet.fill(oval(x, y, 10, 14), (LAMP, GLOW)[index % 2], edge=0)
        else:
            sheet.line(oval(x, y, 9, 13), WATER, 3)
    row, column = divmod(HIGHEST, 59)
    lantern(sheet, 48 + column * 29.4, 40 + row * 91 - 60, 118, RED, PAPER, light=NIGHT)
    return sheet


def goose() -> Sheet:
    """Class 6b's goose, three metres of papier mâché, over the Ropewalk."""
    sheet = Sheet(STONE)
    dusk(sheet, box(0, 0, 1800, 1200), QUIET, 0.55, 0.85)
    for turn in range(26):
        y = 60 + turn * 36
        x = sheet.chance.uniform(-200, 1500)
        sheet.fill(lens(x, y, x + sheet.chance.uniform(200, 520), y - 40, 5, 30), WASH, edge=0)
    row_of_houses(sheet, 1220, INK, tall=(150, 330), wide=(120, 200), lit=GLOW, cut=QUIET, share=0.25)
    sheet.line(curve([(-20, 800), (900, 850), (1820, 780)]), INK, 6)
    body = curve(
        [
            (520, 560),
            (640, 440),
            (900, 400),
            (1140, 440),
            (1230, 420),
            (1400, 330),
            (1440, 350),
            (1300, 480),
            (1180, 590),
            (960, 660),
            (700, 650),
            (440, 690),
        ],
        closed=True,
    )
    sheet.fill(placed(body, 10, 14), INK)
    sheet.fill(body, PAPER)
    wing = curve([(740, 480), (820, 250), (700, 90), (980, 190), (1090, 420), (960, 520)], closed=True)
    sheet.fill(placed(wing, 8, 12), INK)
    sheet.fill(wing, WASH)
    for step in range(7):
        sheet.fill(lens(800 + step * 34, 480, 760 + step * 28, 190 + step * 20, 4, 24), STONE, edge=0)
    for step in range(8):
        sheet.fill(lens(560 + step * 70, 600 - step * 10, 640 + step * 70, 560 - step * 10, 4, 18), STONE, edge=0)
    sheet.fill(polygon([(1404, 322), (1510, 348), (1424, 372)]), LAMP)
    sheet.fill(disc(1392, 352, 9), INK)
    for leg in (700, 780):
        sheet.line(polygon([(leg, 650), (leg - 90, 760), (leg - 140, 750)], closed=False), LAMP, 13)
    for x in (560, 660, 830, 1010, 1180):
        sheet.line(polygon([(x, 560), (x + 60, 520)], closed=False), RED, 5)
    return sheet


def tram_street() -> Sheet:
    """A tram in Saltmarket at first light."""
    sheet = Sheet(GLOW)
    dusk(sheet, box(0, 0, 1800, 800), ROSE, 0.9, 0.05)
    sheet.fill(disc(300, 430, 130), PAPER)
    guildhall(sheet, 980, 800, 400, WATER, PAPER)
    row_of_houses(sheet, 850, WATER, tall=(200, 330), wide=(110, 170), lit=PAPER, share=0.5)
    row_of_houses(sheet, 900, SEA, right=560, tall=(330, 560), wide=(170, 240), lit=GLOW, cut=WATER, share=0.5)
    row_of_houses(sheet, 900, SEA, left=1330, tall=(330, 560), wide=(170, 240), lit=GLOW, cut=WATER, share=0.5)
    sheet.fill(box(-10, 890, 1830, 330), SAND)
    sheet.gouges(box(0, 900, 1800, 300), STONE, pitch=28, length=(30, 80), width=4)
    sheet.line(polygon([(-20, 520), (1820, 540)], closed=False), INK, 4)
    tram(sheet, 880, 1080, 1260, RED)
    for y in (1084, 1150):
        sheet.line(polygon([(-20, y), (1820, y)], closed=False), QUIET, 9)
    for x, coat, hat in ((130, NIGHT, INK), (210, MARK, ""), (1640, MOSS, INK), (1720, INK, "")):
        person(sheet, x, 1110, 230, coat, hat=hat)
    return sheet


def first_tram() -> Sheet:
    """The green tram of Line 1 on the old railway, between reeds."""
    sheet = Sheet(SHALLOW)
    dusk(sheet, box(0, 0, 1800, 760), WATER, 0.15, 0.75)
    hill(sheet, [(-20, 700), (500, 600), (1000, 660), (1850, 560)], FIELD, MOSS)
    row_of_houses(sheet, 640, MARK, left=1180, right=1560, tall=(40, 80), wide=(56, 80))
    sheet.fill(box(-10, 820, 1830, 400), SAND)
    tram(sheet, 900, 930, 1100, MOSS)
    sheet.line(polygon([(-20, 552), (1820, 552)], closed=False), INK, 4)
    for x in range(-20, 1820, 74):
        sheet.fill(polygon([(x, 938), (x + 46, 938), (x + 40, 968), (x - 10, 968)]), QUIET)
    sheet.line(polygon([(-20, 936), (1820, 936)], closed=False), INK, 10)
    _reeds(sheet, 1230, (180, 340), MOSS, 80)
    return sheet


def _reeds(sheet: Sheet, base: float, tall: tuple[float, float], ink: str, count: int) -> None:
    for _ in range(count):
        x, height = sheet.chance.uniform(-20, 1820), sheet.chance.uniform(*tall)
        lean = sheet.chance.uniform(-10, 70)
        sheet.fill(lens(x, base, x + lean, base - height, 8, 14), ink, edge=0)
        if sheet.chance.random() < 0.3:
            sheet.fill(oval(x + lean, base - height, 8, 34, 12), MARK, edge=0)


def marsh() -> Sheet:
    """A warbler on a reed."""
    sheet = Sheet(GLOW)
    moonlight(sheet, box(0, 0, 1800, 800), LAMP, (1300, 700), 1000)
    sheet.fill(disc(1300, 620, 170), PAPER)
    hill(sheet, [(-20, 720), (700, 690), (1850, 730)], WATER)
    sea(sheet, 760, SHALLOW, WATER, swell=4)
    _reeds(sheet, 1010, (240, 520), FIELD, 50)
    _reeds(sheet, 1230, (300, 760), MOSS, 64)
    sheet.fill(lens(640, 1230, 820, 300, 9, 30), INK, edge=0)
    sheet.fill(oval(824, 300, 16, 60, 10), MARK)
    body = curve([(620, 520), (700, 440), (790, 420), (850, 360), (920, 350), (960, 400), (930, 480), (860, 560), (760, 580)], closed=True)
    sheet.fill(body, QUIET)
    sheet.fill(curve([(760, 560), (850, 500), (930, 440), (930, 490), (860, 570)], closed=True), WASH)
    sheet.fill(curve([(660, 500), (740, 450), (830, 470), (740, 540), (560, 620)], closed=True), INK)
    sheet.fill(polygon([(640, 520), (480, 600), (500, 630), (680, 560)]), INK)
    for step in range(4):
        sheet.fill(lens(640 + step * 24, 560 - step * 16, 760 + step * 14, 480 + step * 4, 3, 6), SAND, edge=0)
    sheet.fill(polygon([(950, 386), (1040, 378), (954, 410)]), INK)
    sheet.fill(disc(912, 392, 12), PAPER)
    sheet.fill(disc(914, 392, 7), INK)
    for x in (760, 800):
        sheet.line(polygon([(x, 570), (x + 10, 640), (x - 20, 660)], closed=False), INK, 7)
    return sheet
