"""Illustrations of the harbour: the barrier, Osey Light, the fleet, the ferry."""

from __future__ import annotations

import math

from tools.pictures.motifs import (
    breakers,
    dusk,
    glitter,
    gull,
    herring,
    hill,
    lighthouse,
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
from tools.pictures.shapes import box, curve, disc, lens, oval, polygon
from tools.pictures.sheet import Sheet
from tools.pictures.vessels import bicycle, ferry, tug


def _pier(sheet: Sheet, x: float, base: float, tall: float, lamp: str) -> None:
    wide = tall * 0.3
    sheet.fill(polygon([(x - wide / 2, base), (x - wide * 0.42, base - tall), (x + wide * 0.42, base - tall), (x + wide / 2, base)]), SAND)
    sheet.engrave(box(x + wide * 0.05, base - tall, wide * 0.44, tall), QUIET, lambda at, _: (at - x) / wide * 1.5, pitch=13)
    sheet.fill(box(x - wide * 0.6, base - tall - 16, wide * 1.2, 30), INK)
    sheet.fill(box(x - wide * 0.27, base - tall - 92, wide * 0.54, 78), WASH)
    sheet.fill(box(x - wide * 0.13, base - tall - 76, wide * 0.26, 32), lamp, edge=0.5)
    sheet.fill(polygon([(x - wide * 0.4, base - tall - 90), (x, base - tall - 138), (x + wide * 0.4, base - tall - 90)]), MARK)
    sheet.line(polygon([(x, base - tall - 138), (x, base - tall - 180)], closed=False), INK, 5)


def _gate(sheet: Sheet, left: float, right: float, top: float, base: float) -> None:
    sheet.fill(box(left, top, right - left, base - top), RED)
    for bar in range(1, 6):
        x = left + (right - left) * bar / 6
        sheet.fill(lens(x, top + 8, x, base, 4), MARK, edge=0)
    sheet.engrave(box(left, top + 26, right - left, base - top), MARK, lambda _, y: (y - top) / (base - top) * 0.9, pitch=17)
    sheet.fill(box(left, top, right - left, 16), ROSE, edge=1)


def barrier_gates() -> Sheet:
    sheet = Sheet(SHALLOW)
    dusk(sheet, box(0, 0, 1800, 700), SEA, 0.35, 0.95)
    row_of_houses(sheet, 720, WATER, tall=(70, 150), wide=(54, 90))
    row_of_houses(sheet, 740, SEA, tall=(30, 100), wide=(60, 110), lit=GLOW, share=0.3)
    for x in (260, 580, 900, 1220):
        _gate(sheet, x, x + 320, 560, 1000)
    sheet.fill(box(150, 500, 1540, 14), INK, edge=1)
    for x in (260, 580, 900, 1220, 1540):
        _pier(sheet, x, 960, 470, LAMP)
    breakers(sheet, 860, WATER, PAPER, height=110, length=250)
    breakers(sheet, 970, SEA, PAPER, height=150, length=330)
    breakers(sheet, 1130, NIGHT, SHALLOW, height=170, length=430)
    for x, y, size, flip in ((420, 250, 150, False), (760, 150, 100, True), (1340, 280, 170, True), (1060, 330, 80, False)):
        gull(sheet, x, y, size, flip=flip)
    return sheet


def barrier_test() -> Sheet:
    """Four lamps on the log, three of them green; and what was in the trough."""
    sheet = Sheet(WASH)
    dusk(sheet, box(0, 0, 1800, 620), SHALLOW, 0.9, 0.1)
    for index, x in enumerate((225, 675, 1125, 1575)):
        lit = index != 2
        sheet.fill(disc(x, 250, 112), INK)
        sheet.fill(disc(x, 250, 88), FIELD if lit else MARK)
        if lit:
            moonlight(sheet, disc(x, 250, 86), GLOW, (x - 20, 225), 130)
    sea(sheet, 610, *(SEA, SHALLOW))
    for left in (120, 570, 1020, 1470):
        lift = 30 if left == 1020 else 0
        sheet.fill(box(left - 20, 548 + lift, 250, 84 - lift), RED)
        sheet.engrave(box(left - 20, 570 + lift, 250, 62 - lift), MARK, lambda _, y: (y - 560) / 90, pitch=13)
    sheet.fill(oval(900, 1130, 620, 60), NIGHT)
    bicycle(sheet, 900, 1120, 600, PAPER, LAMP)
    for step in range(7):
        x = 700 + step * 70
        sheet.fill(lens(x, 1100, x + 30, 900 + (step % 3) * 60, 9, 20), MOSS, edge=0)
    return sheet


def gate_tow() -> Sheet:
    sheet = Sheet(GLOW)
    dusk(sheet, box(0, 0, 1800, 640), WATER, 0.2, 0.95)
    sheet.fill(disc(1330, 470, 120), LAMP)
    hill(sheet, [(1240, 640), (1420, 560), (1600, 520), (1850, 560)], MOSS)
    lighthouse(sheet, 1620, 530, 230)
    sea(sheet, 620, WATER, PAPER, swell=18)
    sheet.line(curve([(620, 700), (900, 760), (1130, 730)]), INK, 5)
    tug(sheet, 1320, 760, 430)
    sheet.fill(polygon([(80, 760), (110, 690), (760, 690), (800, 760), (770, 810), (110, 810)]), RED)
    sheet.engrave(box(80, 716, 720, 100), MARK, lambda x, y: (y - 700) / 110, pitch=14)
    sheet.fill(box(110, 686, 650, 10), ROSE)
    sheet.fill(box(380, 596, 130, 96), WASH)
    sheet.fill(polygon([(366, 600), (445, 546), (524, 600)]), INK)
    sheet.fill(box(436, 630, 34, 62), NIGHT)
    sheet.fill(oval(650, 680, 50, 18, -14), QUIET)
    sheet.fill(disc(692, 662, 17), QUIET)
    tug(sheet, 330, 1010, 330, flip=False)
    for x, y, size, flip in ((260, 220, 150, False), (520, 330, 100, True), (960, 200, 190, False)):
        gull(sheet, x, y, size, flip=flip)
    return sheet


def osey_light() -> Sheet:
    sheet = Sheet(NIGHT)
    lamp = (900.0, 312.0)

    def beam(x: float, y: float) -> float:
        across, down = x - lamp[0], y - lamp[1]
        width = 22 + abs(across) * 0.16
        inside = 1 - abs(down + across * 0.03) / width
        return max(inside * 1.6 if inside > 0 else 0, 0.5 - math.hypot(across, down) / 620)

    stars(sheet, box(0, 0, 1800, 700), SHALLOW, 90)
    sheet.engrave(box(0, 0, 1800, 830), GLOW, beam, pitch=13)
    sea(sheet, 830, SEA, WATER)
    hill(sheet, [(430, 930), (560, 870), (760, 830), (1000, 826), (1230, 870), (1400, 930)], MOSS, FIELD)
    lighthouse(sheet, 900, 850, 440)
    sheet.fill(polygon([(1030, 862), (1030, 790), (1100, 740), (1170, 790), (1170, 862)]), WASH)
    sheet.fill(polygon([(1014, 800), (1100, 730), (1186, 800), (1170, 806), (1100, 752), (1030, 806)]), RED)
    sheet.fill(box(1078, 800, 34, 38), LAMP, edge=0.6)
    breakers(sheet, 1010, WATER, PAPER, height=60, length=280)
    breakers(sheet, 1110, SEA, SHALLOW, height=90, length=380)
    glitter(sheet, 900, 1000, 1180, GLOW, 120)
    return sheet


def night_boat() -> Sheet:
    sheet = Sheet(NIGHT)
    moonlight(sheet, box(0, 0, 1800, 760), WATER, (430, 300), 800)
    sheet.fill(disc(430, 300, 110), GLOW)
    stars(sheet, box(700, 0, 1100, 560), PAPER, 60)
    hill(sheet, [(1300, 770), (1500, 720), (1700, 700), (1850, 720)], INK)
    lighthouse(sheet, 1640, 716, 150)
    sea(sheet, 750, SEA, WATER)
    ferry(sheet, 940, 880, 1080)
    sheet.fill(oval(930, 926, 560, 12), NIGHT)
    for x in range(520, 1300, 74):
        glitter(sheet, x, 940, 1130, GLOW, 26)
    glitter(sheet, 430, 780, 1190, GLOW, 90)
    return sheet


def vannick_pier() -> Sheet:
    sheet = Sheet(WASH)
    dusk(sheet, box(0, 0, 1800, 620), SHALLOW, 0.85, 0.2)
    hill(sheet, [(-20, 560), (300, 470), (620, 500), (900, 590)], MOSS, FIELD)
    row_of_houses(sheet, 590, MARK, left=60, right=640, tall=(40, 80), wide=(60, 84), lit=GLOW)
    sea(sheet, 600, WATER, PAPER)
    for x in range(140, 1800, 150):
        if 820 < x < 1120:
            continue
        sheet.fill(box(x, 700, 34, 360), INK)
        sheet.fill(lens(x + 8, 730, x + 8, 1040, 3), STONE, edge=0)
    for left, right in ((-20, 830), (1130, 1830)):
        sheet.fill(box(left, 660, right - left, 56), QUIET)
        for x in range(int(left), int(right), 44):
            sheet.fill(lens(x, 666, x + 3, 712, 2), SAND, edge=0)
    for end in ((830, 676), (830, 700), (1130, 672), (1130, 704)):
        side = 1 if end[0] < 900 else -1
        sheet.fill(polygon([end, (end[0] + side * 46, end[1] + 24), (end[0] + side * 40, end[1] + 36), (end[0], end[1] + 14)]), QUIET)
    for x in (760, 640, 1200, 1320):
        sheet.line(polygon([(x, 660), (x, 560)], closed=False), RED, 13)
    for left, right in ((640, 820), (1140, 1320)):
        sheet.fill(box(left, 574, right - left, 16), PAPER)
        sheet.fill(box(left, 616, right - left, 16), RED)
    sheet.fill(polygon([(900, 1010), (916, 880), (1040, 872), (1062, 1010)]), PAPER)
    sheet.fill(box(936, 900, 80, 46), NIGHT)
    sheet.fill(box(900, 858, 156, 20), RED)
    sheet.fill(curve([(966, 860), (950, 780), (972, 730), (1000, 780), (990, 860)], closed=True), INK)
    for side in (-1, 1):
        sheet.fill(curve([(974, 770), (974 + side * 70, 740), (974 + side * 110, 800), (974 + side * 60, 800)], closed=True), INK)
    sheet.fill(curve([(966, 736), (960, 690), (990, 676), (1022, 690), (988, 702), (984, 740)], closed=True), INK)
    gull(sheet, 1420, 280, 200)
    gull(sheet, 1130, 200, 110, flip=True)
    return sheet


def seagrass() -> Sheet:
    sheet = Sheet(SHALLOW)
    sheet.engrave(box(0, 0, 1800, 1200), WATER, lambda x, y: 0.1 + y / 1500 + 0.1 * math.sin(x / 130), pitch=18)
    for row in range(3):
        base, ink = 1010 + row * 120, (WATER, MOSS, NIGHT)[row]
        for _ in range(36):
            x = sheet.chance.uniform(-20, 1820)
            tall = sheet.chance.uniform(240, 620) * (0.8 + row * 0.12)
            lean = sheet.chance.uniform(-40, 150)
            sheet.fill(lens(x, base, x + lean, base - tall, 15 + row * 2, sheet.chance.uniform(-40, 50)), ink, edge=0)
        sheet.fill(
            curve(
                [(-20, base), (400, base - 26), (900, base + 10), (1400, base - 30), (1820, base), (1820, 1240), (-20, 1240)], closed=True
            ),
            ink,
        )
        for fish in range((4, 3, 0)[row]):
            x = 240 + fish * 460 + row * 190
            herring(
                sheet,
                x,
                420 + row * 240 + 60 * math.sin(fish * 2.2),
                190 + row * 40,
                LAMP if (row, fish) == (1, 1) else SAND,
                QUIET,
                PAPER,
                flip=fish % 2 == 1,
            )
    return sheet


def harbour_rain() -> Sheet:
    """Oilskins on the mole: a lamp, a ruler, a wet street."""
    sheet = Sheet(NIGHT)
    moonlight(sheet, box(0, 0, 1800, 900), WATER, (1010, 560), 700)
    row_of_houses(sheet, 860, INK, right=820, tall=(330, 520), wide=(150, 220), lit=GLOW, share=0.3)
    row_of_houses(sheet, 860, INK, left=1180, tall=(300, 500), wide=(150, 220), lit=GLOW, share=0.3)
    sea(sheet, 850, SEA, WATER, swell=4)
    glitter(sheet, 1040, 880, 1190, GLOW, 130)
    person(sheet, 960, 1010, 420, LAMP, head=SAND, hat=LAMP, arm=58)
    sheet.line(polygon([(1110, 640), (1110, 720)], closed=False), INK, 7)
    sheet.fill(disc(1110, 752, 66), GLOW)
    sheet.fill(disc(1110, 752, 40), PAPER)
    rain(sheet, box(0, 0, 1800, 1200), SHALLOW)
    return sheet
