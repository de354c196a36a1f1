"""Diagrams: the seats of the Moot, and sections through walls, gates and hills."""

from __future__ import annotations

import math
from collections.abc import Sequence

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
    SAND,
    SEA,
    SHALLOW,
    STONE,
    WASH,
    WATER,
)
from tools.pictures.shapes import box, curve, disc, lens, placed, polygon
from tools.pictures.sheet import Sheet

TIDES = (("2014", 3.52), ("1953", 3.71), ("2021", 3.94), ("2026", 4.07))


def wall_heights() -> Sheet:
    """How high the sea stood against the wall, and how high its engineer wanted it."""
    sheet = Sheet(WASH)

    def y(metres: float) -> float:
        return 1120 - (metres - 2.0) * 400

    sheet.engrave(box(0, 0, 1800, y(3.94)), SHALLOW, lambda at, row: 0.1 + row / 900, pitch=20)
    sheet.fill(box(0, y(3.94), 900, 1200), SEA)
    sheet.engrave(box(0, y(3.94) + 14, 900, 900), WATER, lambda at, row: 0.9 - (row - y(3.94)) / 700, pitch=20)
    for row in range(9):
        top = y(3.6) + row * 70
        for block in range(5):
            x = 880 + block * 90 - (row % 2) * 45
            sheet.fill(box(max(x, 880) + 3, top + 3, min(84, 1270 - max(x, 880)), 64, 8), (SAND, STONE)[(block + row) % 2])
    sheet.line(polygon([(880, y(3.6)), (880, y(4.11)), (1270, y(4.11)), (1270, y(3.6))], closed=False), MARK, 8, dash=(30, 20))
    sheet.fill(polygon([(1270, 1200), (1270, y(3.2)), (1830, y(3.05)), (1830, 1200)]), QUIET)
    for year, metres in TIDES:
        if year == "2026":
            continue
        sheet.line(polygon([(40, y(metres)), (860, y(metres))], closed=False), PAPER, 7)
        sheet.label(f"{year}", 70, y(metres) + 60, size=58, face="bold", ink=PAPER)
        sheet.label(f"{metres:.2f}", 840, y(metres) + 60, size=58, face="serif", ink=PAPER, align="right")
    sheet.label("4.11 m", 1300, y(4.11) + 24, size=66, face="serif", ink=MARK, halo=WASH)
    sheet.label("3.60 m", 1290, y(3.6) + 50, size=66, face="serif", halo=WASH)
    for x, tall in ((1510, 300), (1650, 360)):
        sheet.fill(
            polygon(
                [
                    (x, y(3.15) + 10),
                    (x, y(3.15) - tall * 0.5),
                    (x + 70, y(3.15) - tall * 0.5 - 70),
                    (x + 140, y(3.15) - tall * 0.5),
                    (x + 140, y(3.1) + 10),
                ]
            ),
            INK,
        )
        sheet.fill(box(x + 54, y(3.15) - 70, 32, 50), GLOW, edge=0)
    return sheet


def hemicycle(groups: Sequence[tuple[int, str]], ground: str = WASH) -> Sheet:
    """The 61 seats of the Moot, dealt out from the left in the order of the groups."""
    sheet = Sheet(ground)
    seats = []
    for ring, count in enumerate((9, 13, 17, 22)):
        radius = 330 + ring * 160
        for seat in range(count):
            turn = math.pi * (seat + 0.5) / count
            place = 900 - radius * 1.04 * math.cos(turn), 1010 - radius * math.sin(turn)
            seats.append((turn, round(place[0]), round(place[1])))  # whole pixels: equal discs
    assert len(seats) == sum(size for size, _ in groups) == 61
    sheet.engrave(box(0, 0, 1800, 1200), SAND, lambda x, y: 1 - math.hypot(x - 900, (y - 1040) * 2) / 900, pitch=40)
    inks = [ink for size, ink in groups for _ in range(size)]
    for (turn, x, y), ink in zip(sorted(seats), inks, strict=True):
        sheet.fill(disc(x, y, 54), INK, edge=0)
        sheet.fill(disc(x, y, 47), ink, edge=0)
        for cut in range(2):
            sheet.fill(placed(lens(-20, -9 + cut * 16, 20, -9 + cut * 16, 3.4, 4), x, y, turn=math.degrees(turn) - 90), WASH, edge=0)
    sheet.fill(polygon([(760, 1090), (780, 960), (1020, 960), (1040, 1090)]), MARK)
    sheet.fill(box(740, 940, 320, 34), INK)
    return sheet


def moot_2011() -> Sheet:
    return hemicycle(((27, LAMP), (5, STONE), (7, FIELD), (22, SEA)))


def moot_2023() -> Sheet:
    return hemicycle(((19, LAMP), (5, STONE), (10, FIELD), (27, SEA)))


def barrier_vote() -> Sheet:
    """For on the left, against on the right, two abstentions between them; by party."""
    return hemicycle(((20, SEA), (3, FIELD), (2, QUIET), (8, LAMP), (2, PAPER), (20, LAMP), (4, FIELD), (2, QUIET)), SHALLOW)


def hospital_vote() -> Sheet:
    return hemicycle(((38, MOSS), (2, PAPER), (21, RED)))


def brae() -> Sheet:
    """58 metres up in 610: the hill to scale, with the bus on it."""
    sheet = Sheet(SHALLOW)
    sheet.engrave(box(0, 0, 1800, 1200), PAPER, lambda x, y: 0.6 - y / 1600, pitch=20)
    slope = [(-20, 1010), (260, 990), (700, 820), (1180, 520), (1500, 330), (1830, 300)]
    hill = curve(slope)
    hill.lineTo(1830, 1220)
    hill.lineTo(-20, 1220)
    sheet.fill(hill, MOSS)
    sheet.gouges(hill, FIELD, pitch=34, turn=-28, length=(50, 150))
    houses = ((330, 965), (470, 915), (610, 860), (1060, 600), (1210, 505), (1340, 425), (1480, 345), (1620, 318))
    for index, (x, base) in enumerate(houses):
        tall, ink = 150 + index * 37 % 90, (MARK, WASH, RED, SAND)[index % 4]
        sheet.fill(
            polygon([(x, base + 60), (x, base - tall), (x + 62, base - tall - 66), (x + 124, base - tall), (x + 124, base + 40)]), ink
        )
        for row in range(2):
            for column in range(2):
                sheet.fill(
                    box(x + 22 + column * 50, base - tall + 26 + row * 62, 28, 40), GLOW if (index + row + column) % 2 else NIGHT, edge=0
                )
    road = curve(slope)
    sheet.line(road, INK, 30)
    shell = box(-170, -178, 340, 150, 34)
    sheet.fill(placed(shell, 880, 722, turn=-32), RED)
    for window in range(4):
        sheet.fill(placed(box(-150 + window * 76, -160, 62, 62, 8), 880, 722, turn=-32), GLOW, edge=0)
    sheet.fill(placed(box(-170, -80, 340, 14), 880, 722, turn=-32), PAPER, edge=0)
    for wheel in (-100, 100):
        sheet.fill(placed(disc(wheel, -32, 34), 880, 722, turn=-32), INK)
        sheet.fill(placed(disc(wheel, -32, 14), 880, 722, turn=-32), STONE)
    sheet.line(polygon([(1690, 300), (1690, 1010)], closed=False), PAPER, 9, dash=(30, 18))
    sheet.line(polygon([(260, 1040), (1690, 1040)], closed=False), PAPER, 9, dash=(30, 18))
    sheet.label("58 m", 1660, 760, size=84, face="serif", ink=PAPER, align="right", halo=MOSS)
    sheet.label("610 m", 1000, 1130, size=84, face="serif", ink=PAPER, align="middle", halo=MOSS)
    return sheet


def cross_section() -> Sheet:
    """A gate from the side: lying in its sill, and standing against the sea."""
    sheet = Sheet(WASH)
    sheet.engrave(box(0, 0, 1800, 330), SHALLOW, lambda x, y: 0.6 - y / 800, pitch=20)
    sheet.fill(box(-10, 330, 920, 620), SEA)
    sheet.engrave(box(0, 350, 900, 600), WATER, lambda x, y: 0.85 - (y - 350) / 760 + 0.12 * math.sin(x / 90), pitch=20)
    sheet.fill(box(900, 500, 920, 450), SHALLOW)
    sheet.engrave(box(900, 520, 900, 430), WATER, lambda x, y: 0.4 - (y - 500) / 1300, pitch=20)
    for wave in range(4):
        x = 30 + wave * 210
        sheet.fill(curve([(x - 60, 350), (x + 40, 320), (x + 120, 250), (x + 150, 300), (x + 130, 350)], closed=True), SEA)
        sheet.fill(lens(x + 30, 320, x + 128, 262, 5, -10), PAPER, edge=0)
    sheet.fill(polygon([(-20, 920), (500, 950), (560, 1040), (1500, 1040), (1560, 950), (1820, 930), (1820, 1220), (-20, 1220)]), SAND)
    sheet.gouges(box(0, 960, 1800, 240), STONE, pitch=30)
    sheet.fill(polygon([(520, 940), (1540, 940), (1440, 1110), (620, 1110)]), QUIET)
    sheet.gouges(polygon([(520, 950), (1540, 950), (1440, 1110), (620, 1110)]), INK, pitch=26, turn=30)
    sheet.fill(box(900, 870, 560, 70, 20), LAMP)
    sheet.fill(placed(polygon([(-38, 20), (-30, -790), (30, -790), (38, 20)]), 890, 920, turn=-14), RED)
    for bar in range(8):
        sheet.fill(placed(lens(-34, -80 - bar * 90, 34, -110 - bar * 90, 5), 890, 920, turn=-14), MARK, edge=0)
    sheet.fill(disc(890, 910, 56), INK)
    sheet.fill(disc(890, 910, 26), STONE)
    swing = curve([(1420, 840), (1380, 600), (1200, 330), (960, 180), (800, 140)])
    sheet.line(swing, INK, 8, dash=(30, 20))
    sheet.fill(polygon([(800, 140), (862, 128), (840, 190)]), INK, edge=0)
    sheet.label("sea", 130, 660, size=84, face="italic", ink=PAPER, halo=SEA)
    sheet.label("harbour", 1380, 690, size=84, face="italic", ink=INK, halo=SHALLOW, align="middle")
    sheet.label("gate", 560, 150, size=70, face="bold", ink=MARK, halo=WASH, align="right")
    sheet.label("sill", 1010, 1060, size=66, face="bold", ink=PAPER, halo=QUIET)
    return sheet
