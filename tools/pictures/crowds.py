"""Illustrations of many: the market, the Moot from above, the football ground, a march, a hospital."""

from __future__ import annotations

import math

from tools.pictures.motifs import (
    dusk,
    guildhall,
    hill,
    moonlight,
    person,
    row_of_houses,
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
    SKIN,
    STONE,
    WASH,
    WATER,
)
from tools.pictures.shapes import box, curve, disc, lens, oval, placed, polygon
from tools.pictures.sheet import Sheet


def fish_clock() -> Sheet:
    """The hall with eleven doors, and the clock that counts downwards."""
    sheet = Sheet(SEA)
    sheet.fill(polygon([(-20, 420), (900, 60), (1820, 420), (1820, 620), (-20, 620)]), LAMP)
    for rib in range(19):
        x = rib * 100
        sheet.fill(lens(900, 70, x, 620, 5), MARK, edge=0)
    for door in range(11):
        x = 30 + door * 160
        sheet.fill(box(x, 620, 140, 330), NIGHT)
        moonlight(sheet, box(x, 620, 140, 330), WATER, (x + 70, 900), 300)
    sheet.fill(box(-10, 600, 1830, 34), INK)
    sheet.fill(box(-10, 940, 1830, 280), STONE)
    sheet.gouges(box(0, 950, 1800, 260), QUIET, pitch=30)
    for x in range(40, 1800, 250):
        for level in range(2 if x % 3 else 1):
            sheet.fill(box(x, 1060 - level * 74, 190, 66), MARK)
            for fish in range(4):
                sheet.fill(oval(x + 30 + fish * 44, 1064 - level * 74, 20, 12), SHALLOW)
    for x, coat in ((330, INK), (560, MOSS), (1240, NIGHT), (1480, QUIET), (1640, INK)):
        person(sheet, x, 1190, 300, coat, hat=(INK, LAMP)[x % 4 == 0])
    sheet.fill(disc(900, 430, 268), INK)
    sheet.fill(disc(900, 430, 240), PAPER)
    for mark in range(40):
        ends = placed(polygon([(0, -222), (0, -180 if mark % 5 else -150)], closed=False), 900, 430, turn=mark * 9)
        sheet.line(ends, INK, 5 if mark % 5 else 11)
    sheet.fill(placed(polygon([(-15, 50), (-6, -196), (6, -196), (15, 50)]), 900, 430, turn=-132), RED)
    sheet.fill(disc(900, 430, 26), INK)
    return sheet


def gallery() -> Sheet:
    """Sixty-one heads from above, and one folded swan."""
    sheet = Sheet(MOSS)
    sheet.engrave(box(0, 0, 1800, 1200), INK, lambda x, y: 0.1 + math.hypot(x - 900, y - 1180) / 2600, pitch=18)
    hair = (INK, QUIET, SAND, MARK, STONE, NIGHT, WASH, LAMP)
    number = 0
    for ring, count in enumerate((8, 12, 16, 25)):
        radius = 400 + ring * 190
        sheet.line(placed(oval(0, 0, radius - 78, (radius - 78) * 0.86), 900, 1230), MARK, 30, edge=2)
        for seat in range(count):
            turn = math.pi * (seat + 0.5) / count
            x, y = 900 - radius * math.cos(turn), 1210 - radius * 0.86 * math.sin(turn)
            degrees = math.degrees(turn) - 90
            sheet.fill(placed(oval(0, 0, 62, 32), x, y + 8, turn=degrees), (NIGHT, INK, QUIET, SEA)[number * 7 % 4])
            sheet.fill(disc(x, y, 30), SKIN[number * 5 % 4])
            sheet.fill(
                placed(
                    curve([(-30, 4), (-26, -22), (0, -32), (26, -22), (30, 4), (8, 12), (-12, 10)], closed=True),
                    x,
                    y,
                    turn=degrees + (180 if number % 9 == 4 else 0),
                ),
                hair[number * 3 % 8],
            )
            if number % 11 == 5:
                sheet.fill(disc(x, y, 18), SKIN[number * 5 % 4])
            number += 1
    sheet.fill(box(690, 1090, 420, 200), LAMP)
    swan = polygon([(800, 1180), (880, 1130), (1000, 1140), (1010, 1040), (1040, 1030), (1030, 1060), (1036, 1170), (960, 1190)])
    sheet.fill(swan, PAPER, edge=0)
    sheet.fill(polygon([(880, 1130), (960, 1190), (1000, 1140)]), SAND, edge=0)
    return sheet


def cordage_park() -> Sheet:
    sheet = Sheet(NIGHT)
    for x in (230, 1570):
        moonlight(sheet, box(0, 0, 1800, 560), WATER, (x, 150), 620)
        sheet.fill(polygon([(x - 14, 700), (x - 6, 150), (x + 6, 150), (x + 14, 700)]), STONE)
        sheet.fill(box(x - 120, 70, 240, 130), INK)
        for lamp in range(8):
            sheet.fill(disc(x - 84 + lamp % 4 * 56, 102 + lamp // 4 * 64, 23), GLOW, edge=0)
    sheet.fill(polygon([(60, 360), (1740, 360), (1790, 420), (10, 420)]), MARK)
    sheet.fill(box(-10, 420, 1830, 330), INK)
    inks = (RED, PAPER, LAMP, RED, WASH, MARK, SHALLOW)
    for row in range(10):
        for column in range(56):
            if sheet.chance.random() < 0.06:
                continue
            left = 12 + column * 32.6 + (row % 2) * 16
            sheet.fill(disc(left, 446 + row * 31, 11), inks[sheet.chance.randrange(7)], edge=0)
    for x in range(150, 1800, 300):
        sheet.fill(box(x, 390, 10, 360), STONE, edge=0)
    sheet.fill(box(-10, 740, 1830, 44), RED)
    sheet.fill(box(-10, 784, 1830, 430), MOSS)
    for stripe in range(6):
        left, right = 300 * stripe, 300 * stripe + 150
        sheet.fill(polygon([(left * 0.8 + 180, 784), (right * 0.8 + 180, 784), (right * 1.6 - 540, 1220), (left * 1.6 - 540, 1220)]), FIELD)
    sheet.line(polygon([(-20, 812), (1820, 812)], closed=False), PAPER, 8)
    sheet.line(oval(900, 1180, 520, 170), PAPER, 9)
    sheet.fill(oval(1010, 1100, 66, 14), NIGHT)
    sheet.fill(disc(1000, 1046, 54), PAPER)
    sheet.fill(placed(polygon([(0, -20), (19, -6), (12, 16), (-12, 16), (-19, -6)]), 1000, 1046), INK, edge=0)
    for turn in range(5):
        sheet.fill(placed(polygon([(-12, -54), (12, -54), (8, -38), (-8, -38)]), 1000, 1046, turn=turn * 72 + 36), INK, edge=0)
        sheet.line(placed(polygon([(0, -20), (0, -40)], closed=False), 1000, 1046, turn=turn * 72), INK, 4)
    return sheet


def penalty() -> Sheet:
    """The ball on its spot, the goal very small behind it."""
    sheet = Sheet(FIELD)
    for stripe in range(9):
        sheet.fill(box(-10, 420 + stripe * stripe * 10, 1830, 10 + stripe * 9), MOSS)
    sheet.fill(box(-10, -10, 1830, 390), INK)
    inks = (RED, PAPER, LAMP, MARK, STONE)
    for row in range(8):
        for column in range(60):
            sheet.fill(disc(10 + column * 30.6 + row % 2 * 15, 34 + row * 40, 13), inks[sheet.chance.randrange(5)], edge=0)
    sheet.fill(box(-10, 350, 1830, 40), MARK)
    sheet.line(polygon([(500, 520), (500, 200), (1300, 200), (1300, 520)], closed=False), PAPER, 18)
    for x in range(520, 1300, 34):
        sheet.line(polygon([(x, 206), (x, 510)], closed=False), PAPER, 2)
    for y in range(226, 516, 34):
        sheet.line(polygon([(500, y), (1300, y)], closed=False), PAPER, 2)
    person(sheet, 860, 530, 200, LAMP, head=SKIN[1], arm=60)
    sheet.line(polygon([(846, 394), (770, 350)], closed=False), LAMP, 18)
    sheet.line(polygon([(-20, 524), (1820, 524)], closed=False), PAPER, 9)
    sheet.line(polygon([(260, 524), (100, 760), (1700, 760), (1540, 524)], closed=False), PAPER, 9)
    sheet.fill(oval(960, 1120, 200, 30), INK)
    sheet.fill(disc(900, 960, 170), PAPER)
    with sheet.within(disc(900, 960, 170)):
        for x, y, size in ((900, 950, 56), (760, 900, 52), (1040, 890, 52), (830, 1110, 54), (990, 1100, 54), (900, 800, 48)):
            sheet.fill(placed(polygon([(0, -1), (0.95, -0.3), (0.6, 0.8), (-0.6, 0.8), (-0.95, -0.3)]), x, y, scale=size), INK)
        sheet.engrave(box(900, 790, 180, 340), QUIET, lambda x, y: (math.hypot(x - 850, y - 900) - 120) / 130, pitch=12)
    return sheet


def march() -> Sheet:
    """Prams and banners on the way down from Kirkhill."""
    sheet = Sheet(WASH)
    dusk(sheet, box(0, 0, 1800, 700), SHALLOW, 0.8, 0.15)
    hill(sheet, [(-20, 420), (400, 330), (900, 420), (1850, 640)], FIELD, MOSS, turn=10)
    row_of_houses(sheet, 420, MARK, left=180, right=620, tall=(50, 150), wide=(70, 110), lit=GLOW)
    guildhall(sheet, 1560, 700, 330, QUIET, GLOW)
    row_of_houses(sheet, 740, SEA, left=1200, tall=(120, 220), wide=(90, 140), lit=GLOW)
    sheet.fill(polygon([(-20, 620), (1820, 860), (1820, 1220), (-20, 1220)]), SAND)
    coats = (NIGHT, MARK, MOSS, QUIET, RED, SEA, INK, LAMP)
    for row in range(7):
        size = 110 + row * 34
        for column in range(26 - row * 2):
            x = -30 + column * (70 + row * 9) + sheet.chance.uniform(-14, 14)
            base = 680 + row * 84 + x * 0.1 + sheet.chance.uniform(-8, 8)
            pick = sheet.chance.randrange(8)
            person(sheet, x, base, size, coats[pick], head=SKIN[pick % 4], hat=INK if pick % 3 == 0 else "")
        for banner in range(2):
            x = 140 + banner * 800 + row * 130
            base = 660 + row * 84 + x * 0.1
            sheet.line(polygon([(x, base), (x, base - size * 1.9)], closed=False), INK, 6)
            sheet.fill(box(x - size * 0.7, base - size * 2.1, size * 1.4, size * 0.62), (PAPER, ROSE, LAMP)[(row + banner) % 3])
            for line in range(2):
                sheet.fill(
                    lens(x - size * 0.5, base - size * (1.92 - line * 0.2), x + size * 0.5, base - size * (1.92 - line * 0.2), 5),
                    INK,
                    edge=0,
                )
    _pram(sheet, 620, 1180, 260)
    _pram(sheet, 1290, 1190, 230)
    return sheet


def _pram(sheet: Sheet, x: float, base: float, size: float) -> None:
    unit = size / 200

    def part(path: object, ink: str) -> None:
        sheet.fill(placed(path, x, base, scale=unit), ink)

    part(curve([(-90, -110), (80, -110), (70, -60), (0, -40), (-70, -56)], closed=True), RED)
    part(curve([(-10, -112), (10, -180), (70, -176), (90, -112)], closed=True), MARK)
    sheet.line(placed(curve([(-90, -110), (-120, -150), (-146, -152)]), x, base, scale=unit), INK, 8 * unit)
    for wheel in (-54, 54):
        sheet.line(placed(disc(wheel, -26, 24), x, base, scale=unit), INK, 8 * unit)


def ward() -> Sheet:
    """Merrow General by night: 630 windows, 570 of them lit, and the ambulances."""
    sheet = Sheet(SEA)
    dusk(sheet, box(0, 0, 1800, 1000), NIGHT, 0.1, 0.9)
    stars(sheet, box(0, 0, 1800, 200), PAPER, 30)
    sheet.fill(box(120, 210, 1560, 760), WASH)
    sheet.fill(box(120, 190, 1560, 30), INK)
    for index in range(630):
        row, column = divmod(index, 45)
        dark = column * 14 + row >= 570
        sheet.fill(box(150 + column * 33.6, 250 + row * 49, 20, 30), STONE if dark else LAMP, edge=0)
    sheet.fill(box(-10, 960, 1830, 260), NIGHT)
    sheet.gouges(box(0, 970, 1800, 240), WATER, pitch=32, share=0.4)
    for x in (100, 560, 1020, 1480):
        sheet.fill(polygon([(x, 1090), (x, 940), (x + 200, 940), (x + 200, 980), (x + 256, 990), (x + 284, 1040), (x + 284, 1090)]), PAPER)
        sheet.fill(box(x, 1030, 284, 22), RED, edge=0)
        sheet.fill(polygon([(x + 208, 992), (x + 248, 1000), (x + 266, 1034), (x + 208, 1034)]), NIGHT)
        sheet.fill(box(x + 84, 968, 18, 50), RED, edge=0)
        sheet.fill(box(x + 68, 984, 50, 18), RED, edge=0)
        sheet.fill(box(x + 150, 922, 50, 20), LAMP)
        for wheel in (56, 226):
            sheet.fill(disc(x + wheel, 1092, 32), INK)
            sheet.fill(disc(x + wheel, 1092, 12), STONE)
    return sheet
