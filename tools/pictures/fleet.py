"""Illustrations of those who live from the sea: the fleet, the pilots, the crews, the herring."""

from __future__ import annotations

import math

from tools.pictures.motifs import (
    breakers,
    dusk,
    gull,
    herring,
    moonlight,
    sea,
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
from tools.pictures.shapes import along, box, curve, disc, lens, oval, placed, polygon
from tools.pictures.sheet import Sheet
from tools.pictures.vessels import boat, ferry, gig, tug


def herring_shoal() -> Sheet:
    sheet = Sheet(NIGHT)
    sheet.engrave(box(0, 0, 1800, 1200), SEA, lambda x, y: 0.75 - y / 1500 + 0.2 * math.sin(x / 300 + y / 200), pitch=20)
    inks = ((WATER, SEA, PAPER), (SHALLOW, WATER, SEA), (STONE, QUIET, PAPER))
    for row in range(8):
        for column in range(-1, 8):
            x = 110 + column * 262 + (row % 2) * 131 + 16 * math.sin(row * 2 + column)
            y = 76 + row * 150 + 14 * math.sin(column * 1.9 + row)
            if (row, column) == (4, 3):
                herring(sheet, x, y, 250, LAMP, RED, PAPER, flip=True)
                continue
            body, back, cut = inks[(row * 5 + column * 3) % 3]
            herring(sheet, x, y, 236, body, back, cut, turn=4 * math.sin(row + column))
    return sheet


def quiet_months() -> Sheet:
    """A kitchen chair on the foredeck of a painted boat."""
    sheet = Sheet(GLOW)
    moonlight(sheet, box(0, 0, 1800, 700), LAMP, (1260, 640), 900)
    sheet.fill(disc(1260, 560, 150), PAPER)
    sea(sheet, 690, WATER, PAPER, swell=6)
    for x, hull in ((200, MOSS), (430, QUIET)):
        boat(sheet, x, 760, 300, hull)
    sheet.fill(polygon([(-20, 930), (700, 950), (1240, 900), (1560, 820), (1390, 1220), (-20, 1220)]), RED)
    sheet.fill(polygon([(-20, 930), (700, 950), (1240, 900), (1560, 820), (1550, 856), (1240, 936), (700, 986), (-20, 966)]), PAPER)
    for step in range(5):
        sheet.fill(lens(60, 1030 + step * 40, 1200 - step * 60, 1010 + step * 40, 5, 16), MARK, edge=0)
    for points in (
        [(960, 920), (960, 600)],
        [(1120, 904), (1120, 760)],
        [(960, 760), (1120, 760)],
        [(1000, 930), (1000, 770)],
        [(1160, 900), (1156, 770)],
        [(960, 830), (1120, 824)],
    ):
        sheet.line(polygon(points, closed=False), INK, 17, edge=1.5)
    sheet.fill(polygon([(946, 748), (1120, 748), (1172, 776), (992, 778)]), INK)
    for y in (612, 660, 706):
        sheet.fill(polygon([(956, y), (1004, y + 6), (1004, y + 28), (956, y + 22)]), INK)
    sheet.line(polygon([(1004, 612), (1004, 770)], closed=False), INK, 15, edge=1)
    gull(sheet, 700, 300, 190)
    gull(sheet, 460, 420, 110, flip=True)
    return sheet


def quay_blockade() -> Sheet:
    """Thirty-seven boats, bow to stern, between the mole and the island, from above."""
    sheet = Sheet(SEA)
    sheet.engrave(box(0, 0, 1800, 1200), WATER, lambda x, y: 0.25 + 0.2 * math.sin(x / 220 + math.sin(y / 90) * 2), pitch=22)
    mole = polygon([(-20, 700), (260, 640), (300, 700), (270, 760), (-20, 840)])
    island = curve([(1560, 520), (1640, 330), (1830, 300), (1830, 800), (1680, 780), (1580, 660)], closed=True)
    sheet.fill(mole, SAND)
    sheet.gouges(mole, QUIET, pitch=24, turn=-12)
    sheet.fill(island, FIELD)
    sheet.gouges(island, MOSS, pitch=30, turn=20)
    sheet.fill(disc(1690, 520, 40), PAPER)
    sheet.fill(disc(1690, 520, 24), RED)
    inks = (RED, LAMP, PAPER, MOSS, MARK, SHALLOW)
    steps = [step / 200 for step in range(201)]
    chain = along([(300 + 1265 * t, 700 - 130 * t + 210 * math.sin(t * 4 * math.pi)) for t in steps], 39)
    sheet.line(polygon(chain, closed=False), INK, 7)
    hull = curve([(0, -46), (15, -18), (15, 26), (9, 40), (-9, 40), (-15, 26), (-15, -18)], closed=True)
    for index in range(1, 38):
        (x0, y0), (x, y), (x1, y1) = chain[index - 1 : index + 2]
        turn = math.degrees(math.atan2(y1 - y0, x1 - x0)) + 90
        middle = index == 19
        sheet.fill(placed(hull, x, y, scale=1.5 if middle else 0.95, turn=turn), LAMP if middle else inks[index % 6], edge=0.8)
        sheet.fill(placed(box(-9, 2, 18, 22), x, y, scale=1.4 if middle else 1, turn=turn), INK, edge=0)
    ferry_deck = curve([(0, -150), (44, -90), (46, 110), (30, 140), (-30, 140), (-46, 110), (-44, -90)], closed=True)
    sheet.fill(placed(ferry_deck, 1000, 290, turn=188), PAPER)
    sheet.fill(placed(box(-26, -70, 52, 150), 1000, 290, turn=188), SAND)
    sheet.fill(placed(box(-12, 10, 24, 34), 1000, 290, turn=188), RED)
    for x, y in ((560, 1010), (900, 960), (1200, 1060)):
        gull(sheet, x, y, 130, flip=x > 800)
    return sheet


def pilot_ladder() -> Sheet:
    sheet = Sheet(SHALLOW)
    dusk(sheet, box(0, 0, 1800, 900), WATER, 0.8, 0.25)
    sea(sheet, 860, SEA, PAPER, swell=26)
    hull = polygon([(640, -20), (1820, -20), (1820, 1010), (700, 1010)])
    sheet.fill(hull, MARK)
    sheet.fill(polygon([(692, 880), (1820, 880), (1820, 1010), (700, 1010)]), INK)
    for row in range(6):
        sheet.fill(lens(670, 90 + row * 140, 1830, 80 + row * 140, 3), RED, edge=0)
    for row in range(5):
        for x in range(720, 1800, 48):
            sheet.fill(disc(x, 120 + row * 140, 4), ROSE, edge=0)
    for x in (1000, 1120):
        sheet.line(curve([(x, -20), (x + 6, 400), (x - 4, 960)]), WASH, 11)
    for y in range(20, 960, 84):
        sheet.fill(box(984, y, 154, 22), LAMP)
    sheet.fill(polygon([(1008, 560), (1000, 420), (1028, 350), (1092, 350), (1118, 420), (1110, 560)]), NIGHT)
    sheet.fill(polygon([(1014, 556), (1016, 700), (1046, 700), (1060, 590), (1076, 660), (1104, 660), (1106, 556)]), INK)
    sheet.line(polygon([(1020, 380), (996, 290)], closed=False), NIGHT, 30)
    sheet.line(polygon([(1098, 380), (1122, 220)], closed=False), NIGHT, 30)
    sheet.fill(disc(1060, 310, 42), SAND)
    sheet.fill(polygon([(1012, 300), (1026, 256), (1094, 256), (1108, 300)]), RED)
    sheet.fill(box(1012, 430, 98, 22), LAMP)
    boat(sheet, 380, 960, 620, NIGHT, trim=LAMP)
    breakers(sheet, 1100, NIGHT, SHALLOW, height=90, length=340)
    return sheet


def foghorns() -> Sheet:
    """Eleven ships, each in the rings of its own note; where rings meet, the chord."""
    sheet = Sheet(NIGHT)
    ships = (
        (240, 260, 0.9),
        (640, 150, 0.6),
        (1010, 330, 1.0),
        (1460, 180, 0.7),
        (1660, 480, 0.9),
        (1250, 610, 1.3),
        (780, 640, 1.2),
        (330, 680, 1.1),
        (520, 1000, 1.5),
        (1030, 1010, 1.6),
        (1530, 960, 1.5),
    )
    for index, (x, y, size) in enumerate(ships):
        for ring in range(1, 5):
            ink = LAMP if index == 5 else (WATER, SEA)[ring > 3]
            sheet.line(oval(x, y, ring * 64 * size, ring * 30 * size), ink, 8.5 - ring, edge=0)
    for index, (x, y, size) in enumerate(ships):
        if index in (2, 8):
            ferry(sheet, x, y, 330 * size)
        elif index % 2:
            tug(sheet, x, y, 170 * size, hull=INK, flip=index > 4)
        else:
            boat(sheet, x, y, 170 * size, (RED, MOSS, QUIET)[index % 3], flip=index > 4)
    return sheet


def gig_race() -> Sheet:
    sheet = Sheet(WATER)
    sheet.engrave(box(0, 0, 1800, 1200), SEA, lambda x, y: 0.3 + 0.22 * math.sin(x / 190 + 2 * math.sin(y / 110)), pitch=20)
    island = curve([(-40, 700), (160, 560), (430, 520), (640, 640), (660, 860), (480, 1010), (240, 1060), (-40, 1240)], closed=True)
    sheet.fill(placed(island, -14, -10, scale=1.04), SHALLOW, edge=3)
    sheet.fill(island, FIELD)
    sheet.gouges(island, MOSS, pitch=30, turn=24)
    sheet.fill(disc(300, 770, 66), PAPER)
    sheet.fill(disc(300, 770, 44), RED)
    sheet.fill(disc(300, 770, 18), LAMP)
    sheet.fill(box(420, 800, 110, 66), WASH)
    sheet.fill(box(420, 800, 110, 32), MARK)
    field = (
        (760, 560, 318, RED),
        (930, 690, 322, NIGHT),
        (1010, 400, 310, MOSS),
        (1150, 860, 322, PAPER),
        (1220, 560, 312, QUIET),
        (1350, 320, 304, INK),
        (1420, 730, 316, SAND),
        (1600, 520, 306, MARK),
        (1650, 930, 318, LAMP),
    )
    for index, (x, y, turn, hull) in enumerate(field):
        for wake in (-1, 1):
            start = placed(polygon([(wake * 10, 100), (wake * 60, 300)], closed=False), x, y, turn=turn)
            sheet.line(start, PAPER, 5, dash=(30, 16))
        gig(sheet, x, y, 250 if index else 290, turn, hull, phase=10 * (index % 3) - 10)
    for x, y in ((690, 700), (720, 860), (560, 1050)):
        sheet.fill(disc(x, y, 15), LAMP)
    gull(sheet, 420, 250, 210)
    return sheet


def fog_at_osey() -> Sheet:
    sheet = Sheet(SAND)
    sheet.engrave(box(0, 0, 1800, 1200), STONE, lambda x, y: 0.1 + 0.75 * max(0.0, math.sin(y / 380)) * (x / 1800), pitch=17)
    for x, y, size, ink, oar in (
        (1500, 330, 130, STONE, STONE),
        (1240, 440, 170, STONE, STONE),
        (1400, 640, 210, QUIET, STONE),
        (1000, 560, 250, QUIET, QUIET),
        (760, 760, 330, SEA, QUIET),
        (380, 690, 390, MARK, INK),
        (1080, 930, 330, NIGHT, QUIET),
    ):
        gig(sheet, x, y, size, 296, ink, oar=oar)
    sheet.engrave(box(700, 0, 1100, 1200), PAPER, lambda x, y: (x - 640) / 1300 + 0.22 * math.sin(y / 120 + x / 400), pitch=17)
    return sheet
