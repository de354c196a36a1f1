"""Still lifes: the things that stories turn on, in rows, heaps and patterns that count."""

from __future__ import annotations

import math

from tools.pictures.motifs import moonlight
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


def quay_wall() -> Sheet:
    """The wall, stone by stone; nine say nothing. And the hammer."""
    sheet = Sheet(QUIET)
    silent = {3, 9, 15, 20, 26, 31, 35, 39, 47}
    number = 0
    for row in range(7):
        x = -80.0 - (row % 2) * 110
        while x < 1800:
            wide = sheet.chance.uniform(210, 340)
            ink = NIGHT if number in silent else (SAND, STONE, WASH, SAND)[number * 7 % 4]
            stone = box(x + 7, row * 172 + 7, wide - 14, 158, 30)
            sheet.fill(stone, ink, edge=2)
            x += wide
            number += 1
    sheet.fill(placed(box(-20, -560, 40, 760, 18), 1190, 800, turn=24), INK)
    sheet.fill(placed(box(-15, -560, 28, 760, 14), 1190, 800, turn=24), LAMP)
    for grain in range(3):
        sheet.fill(placed(lens(-6 + grain * 6, -500, -8 + grain * 7, 180, 2.2, 5), 1190, 800, turn=24), MARK, edge=0)
    head = polygon([(-150, -640), (110, -650), (180, -610), (180, -560), (110, -530), (-150, -540)])
    sheet.fill(placed(head, 1200, 808, turn=24), INK)
    sheet.fill(placed(head, 1190, 800, turn=24), SEA)
    sheet.fill(placed(box(-150, -640, 40, 100), 1190, 800, turn=24), SHALLOW)
    for cut in range(4):
        sheet.fill(placed(lens(-90, -626 + cut * 22, 90, -630 + cut * 22, 2.6), 1190, 800, turn=24), WATER, edge=0)
    return sheet


def rope() -> Sheet:
    """Three strands of hemp on an oak floor, and what fell between the planks."""
    sheet = Sheet(QUIET)
    for plank in range(8):
        board = box(-10, plank * 152, 1830, 144)
        sheet.fill(board, (INK, NIGHT, INK)[plank % 3])
        sheet.gouges(board, QUIET, pitch=24, length=(90, 320), width=2.4, share=0.55, bend=4)
    path = [(-80 + step * 20, 600 + 250 * math.sin(step / 15.5)) for step in range(100)]
    for step in range(0, 98):
        x, y = path[step]
        turn = math.degrees(math.atan2(path[step + 1][1] - y, path[step + 1][0] - x))
        strand = curve([(-44, 62), (-10, 74), (44, -30), (40, -74), (6, -70), (-34, 14)], closed=True)
        sheet.fill(placed(strand, x, y, turn=turn, scale=1.25), MARK, edge=0)
        sheet.fill(placed(strand, x - 3, y - 2, turn=turn, scale=1.1), (LAMP, GLOW, SAND)[step % 3], edge=0)
        for fibre in (-12, 4):
            sheet.fill(placed(lens(-20 + fibre, 50, 24 + fibre, -50, 2.4, 5), x, y, turn=turn), MARK, edge=0)
    shoe = curve([(0, 0), (40, -40), (90, -36), (150, -6), (214, 10), (220, 44), (120, 52), (10, 46)], closed=True)
    sheet.fill(placed(shoe, 1180, 290), RED)
    sheet.fill(placed(oval(56, -16, 36, 16, -20), 1180, 290), INK)
    sheet.fill(box(430, 960, 480, 34), SAND)
    for notch in range(48):
        sheet.fill(polygon([(436 + notch * 9.8, 956), (440 + notch * 9.8, 974), (444 + notch * 9.8, 956)]), INK, edge=0)
    for x, y, spots in ((1330, 960, 5), (1420, 1000, 3)):
        sheet.fill(placed(box(-34, -34, 68, 68, 8), x, y, turn=x % 40), PAPER)
        for spot in ((-16, -16), (16, 16), (0, 0), (16, -16), (-16, 16))[:spots]:
            sheet.fill(placed(disc(*spot, 6.5), x, y, turn=x % 40), INK, edge=0)
    return sheet


def ballots() -> Sheet:
    """Two heaps of papers, and the ruler."""
    sheet = Sheet(MOSS)
    sheet.engrave(box(0, 0, 1800, 1000), NIGHT, lambda x, y: 0.75 - y / 1500, pitch=18)
    sheet.fill(box(-10, 960, 1830, 260), MARK)
    sheet.gouges(box(0, 970, 1800, 240), INK, pitch=26, length=(120, 380), share=0.5)
    for left, count, inks in ((330, 30, (PAPER, WASH, SAND)), (980, 34, (PAPER, WASH, SAND))):
        for paper in range(count):
            shift = sheet.chance.uniform(-20, 20)
            y = 980 - paper * 22
            sheet.fill(box(left + shift, y - 20, 440, 18), inks[paper % 3], edge=2)
            sheet.fill(lens(left + shift + 8, y - 4, left + shift + 430, y - 3, 1.8), QUIET, edge=0)
    sheet.fill(polygon([(330, 300), (400, 250), (830, 260), (770, 318)]), PAPER)
    sheet.fill(polygon([(980, 216), (1050, 166), (1480, 174), (1420, 234)]), PAPER)
    sheet.line(polygon([(520, 280), (552, 262), (548, 304)], closed=False), RED, 12)
    sheet.line(curve([(1150, 190), (1190, 176), (1200, 190), (1160, 214), (1226, 214)]), RED, 12)
    sheet.fill(box(838, 150, 86, 830), LAMP)
    for mark in range(40):
        long = 46 if mark % 5 == 0 else 24
        sheet.fill(box(838, 166 + mark * 20, long, 5), INK, edge=0)
    for index in range(6):
        sheet.fill(
            placed(box(-130, -50, 260, 100), 180 + index * 300, 1120 + 20 * math.sin(index * 3), turn=index * 37 % 50 - 25),
            (SAND, STONE)[index % 2],
        )
    return sheet


def ledger() -> Sheet:
    """Salt on the counter, three debts in the book."""
    sheet = Sheet(NIGHT)
    moonlight(sheet, box(0, 0, 1800, 700), WATER, (900, 380), 900)
    sheet.fill(box(-10, 760, 1830, 470), MARK)
    sheet.gouges(box(0, 780, 1800, 440), INK, pitch=30, length=(160, 460), share=0.5, bend=6)
    sheet.fill(polygon([(380, 980), (460, 560), (900, 600), (1340, 560), (1420, 980), (900, 1020)]), INK)
    for side in (-1, 1):
        page = polygon([(900, 590), (900 + side * 420, 548), (900 + side * 490, 950), (900, 1000)])
        sheet.fill(page, PAPER)
        for line in range(11):
            y = 620 + line * 32
            sheet.fill(lens(900 + side * 40, y + 10, 900 + side * (380 + line * 5), y - 22, 2.4), STONE, edge=0)
            if line % 4 == 3 or (side > 0 and line == 10):
                sheet.fill(lens(900 + side * 60, y - 4, 900 + side * (240 + line * 9), y - 24, 6), RED, edge=0)
            else:
                for tally in range((line * 5 + side) % 6 + 2):
                    x = 900 + side * (80 + tally * 36)
                    sheet.fill(lens(x, y - 22, x + 6, y + 4, 3.4), INK, edge=0)
    heap = curve([(60, 1000), (180, 900), (280, 780), (330, 790), (430, 920), (520, 1000), (280, 1040)], closed=True)
    sheet.fill(heap, WASH)
    sheet.gouges(heap, STONE, pitch=24, length=(14, 40), width=2.4, turn=40)
    sheet.fill(polygon([(1560, 1060), (1580, 760), (1680, 760), (1700, 1060)]), LAMP)
    sheet.fill(box(1560, 700, 140, 60), GLOW)
    for drop in (1590, 1650):
        sheet.fill(curve([(drop, 760), (drop + 12, 820), (drop + 20, 760)], closed=True), GLOW)
    sheet.fill(curve([(1630, 700), (1606, 640), (1632, 560), (1656, 640)], closed=True), LAMP)
    sheet.fill(curve([(1630, 690), (1620, 650), (1632, 610), (1644, 650)], closed=True), PAPER)
    return sheet


def oil_can() -> Sheet:
    """A hinge the size of a bus, and the grease."""
    sheet = Sheet(SEA)
    sheet.engrave(box(0, 0, 1800, 1200), NIGHT, lambda x, y: 0.2 + y / 1500, pitch=19)
    sheet.fill(polygon([(760, -20), (1820, -20), (1820, 420), (1180, 640), (900, 620)]), RED)
    sheet.engrave(polygon([(1000, -20), (1820, -20), (1820, 420), (1180, 640)]), MARK, lambda x, y: (x - 900) / 1100, pitch=17)
    sheet.fill(polygon([(-20, 960), (560, 900), (1240, 900), (1820, 980), (1820, 1220), (-20, 1220)]), SAND)
    sheet.gouges(box(0, 930, 1800, 280), QUIET, pitch=34)
    sheet.fill(polygon([(700, 920), (800, 620), (1080, 620), (1180, 920)]), QUIET)
    sheet.fill(disc(960, 640, 190), INK)
    sheet.fill(disc(960, 640, 150), STONE)
    sheet.engrave(disc(960, 640, 150), QUIET, lambda x, y: math.hypot(x - 920, y - 600) / 190, pitch=14)
    for bolt in range(8):
        turn = bolt * math.pi / 4
        sheet.fill(disc(960 + 116 * math.cos(turn), 640 + 116 * math.sin(turn), 20), INK)
    sheet.fill(disc(960, 640, 54), MARK)
    can = curve([(180, 560), (200, 430), (330, 360), (460, 430), (480, 560)])
    can.lineTo(480, 700)
    can.lineTo(180, 700)
    can.close()
    tilted = placed(can, 250, -160, turn=16)
    sheet.fill(placed(tilted, 8, 12), INK)
    sheet.fill(tilted, LAMP)
    sheet.line(placed(curve([(330, 370), (400, 260), (620, 230), (700, 300)]), 250, -160, turn=16), LAMP, 22)
    sheet.line(placed(curve([(190, 460), (80, 480), (90, 640), (184, 650)]), 250, -160, turn=16), INK, 24)
    for band in (600, 660):
        sheet.fill(placed(lens(186, band, 474, band, 6), 250, -160, turn=16), MARK, edge=0)
    for drop in range(3):
        sheet.fill(
            curve([(842 + drop * 4, 390 + drop * 52), (830, 424 + drop * 52), (846, 440 + drop * 52), (860, 424 + drop * 52)], closed=True),
            GLOW,
        )
    return sheet


def drawer() -> Sheet:
    """The drawings of 1974, in a drawer, from above."""
    sheet = Sheet(MARK)
    sheet.gouges(box(0, 0, 1800, 1200), INK, pitch=34, length=(200, 520), width=3, share=0.5, bend=5)
    sheet.fill(box(170, 190, 1460, 860), INK)
    sheet.fill(box(210, 230, 1380, 780), QUIET)
    for turn, ink in ((-4, SAND), (3, WASH), (-1.5, SEA)):
        sheet.fill(placed(box(-600, -330, 1200, 660), 900, 620, turn=turn), ink)

    def draw(points: list[tuple[float, float]], width: float = 6) -> None:
        sheet.line(placed(polygon(points, closed=False), 900, 620, turn=-1.5), SHALLOW, width)

    for x in range(-540, 560, 90):
        draw([(x, -310), (x, 310)], 1.6)
    for y in range(-270, 300, 90):
        draw([(-580, y), (580, y)], 1.6)
    for pier in range(5):
        x = -440 + pier * 220
        draw([(x - 34, 160), (x - 28, -120), (x + 28, -120), (x + 34, 160)])
        draw([(x - 44, -120), (x, -190), (x + 44, -120)])
        if pier < 4:
            draw([(x + 34, 120), (x + 34, -30), (x + 186, -30), (x + 186, 120)], 4)
    draw([(-560, 160), (560, 160)], 8)
    for dot in range(28):
        draw([(-550 + dot * 40, 196 + dot % 2 * 20), (-530 + dot * 40, 200 + dot % 2 * 20)], 4)
    sheet.fill(box(780, 1020, 240, 46, 20), LAMP)
    sheet.fill(placed(curve([(-40, 20), (0, -34), (60, -20), (50, 24)], closed=True), 1380, 330), FIELD, edge=0)
    sheet.fill(disc(470, 900, 54), ROSE)
    sheet.fill(disc(470, 900, 36), MARK)
    return sheet
