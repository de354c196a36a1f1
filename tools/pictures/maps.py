"""Maps of Tarnholm and of Skerra: one geography, from which every map is a cutting. North is up."""

from __future__ import annotations

import math

from tools.pictures.palette import (
    FIELD,
    GLOW,
    INK,
    LAMP,
    MARK,
    MOSS,
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
from tools.pictures.shapes import Point, along, box, curve, disc, lens, placed, polygon
from tools.pictures.sheet import Sheet

EAST_BANK = [
    (520, -20), (560, 140), (540, 260), (600, 340), (660, 430), (700, 530), (730, 640), (780, 730),
    (900, 800), (1000, 900), (1090, 1040), (1160, 1230), (1830, 1230), (1830, -20),
]  # fmt: skip
WEST_BANK = [
    (-20, 900), (140, 860), (330, 850), (500, 800), (640, 770), (730, 800), (840, 880), (930, 980),
    (1000, 1080), (1060, 1230), (-20, 1230),
]  # fmt: skip
MOLE = [(540, 285), (560, 320), (372, 452), (346, 430), (380, 404)]
OSEY = [(200, 520), (262, 500), (296, 540), (280, 600), (220, 640), (168, 610), (160, 560)]
FLATS = [(200, 610), (270, 590), (330, 700), (400, 850), (160, 890), (120, 760)]
LOWGATE = [
    (655, 425), (740, 400), (830, 470), (850, 580), (860, 690), (800, 745), (730, 640), (698, 530),
]  # fmt: skip
LINE_2: dict[str, Point] = {
    "Northquay": (610, 290), "Custom House": (690, 385), "Lowgate": (765, 480),
    "Saltmarket": (850, 560), "Guildhall": (935, 600), "Ropewalk": (1020, 640),
    "St Ebba’s": (1105, 660), "Central": (1200, 640), "Kirkhill": (1300, 580),
    "Moot Hall": (1385, 500), "Observatory": (1460, 410), "University": (1540, 320),
    "Highfields": (1640, 220),
}  # fmt: skip
LINE_1 = [(1200, 640), (1190, 760), (1120, 850), (990, 960), (860, 1030), (700, 1060), (560, 1060)]


def _sea(sheet: Sheet) -> None:
    sheet.engrave(
        box(-900, -900, 4000, 4000), WATER,
        lambda x, y: 0.32 + 0.22 * math.sin(x / 210 + 1.6 * math.sin(y / 120)), pitch=20,
    )  # fmt: skip


def _town(sheet: Sheet, *, blocks: bool = True) -> None:
    for bank in (WEST_BANK, EAST_BANK):
        land = curve([*bank], closed=True)
        sheet.line(land, SHALLOW, 26)
        sheet.fill(land, WASH)
        if not blocks:
            continue
        with sheet.within(land):
            for row in range(-4, 30):
                for column in range(-4, 40):
                    x, y = 520 + column * 52 + row * 6, -40 + row * 46 - column * 5
                    built = math.hypot(x - 960, y - 540) / 620 + 0.25 * math.sin(x / 97) * math.sin(y / 71)
                    if built < 0.9 or math.hypot(x - 620, y - 1050) < 150:
                        shape = box(-21, -17, 42, 33)
                        sheet.fill(placed(shape, x, y, turn=-6), SAND, edge=0)
    sheet.fill(curve(FLATS, closed=True), GLOW)
    for step in range(26):
        x, y = 150 + step * 47 % 200, 640 + step * 61 % 220
        sheet.fill(lens(x, y, x + 34, y, 2.4, 3), STONE, edge=0)
    sheet.fill(polygon(MOLE), SAND)
    sheet.line(polygon(MOLE), QUIET, 4)
    sheet.fill(curve(OSEY, closed=True), FIELD)
    sheet.line(curve(EAST_BANK[3:8]), INK, 9)


def _barrier(sheet: Sheet, piers: float = 9) -> None:
    points = along([(352, 446), (290, 528)], 5)
    sheet.line(polygon(points, closed=False), RED, piers * 0.9)
    for x, y in points:
        sheet.fill(disc(x, y, piers), INK, edge=0)
    sheet.fill(disc(222, 568, 15), PAPER, edge=0)
    sheet.fill(disc(222, 568, 9), RED, edge=0)


def _name(sheet: Sheet, text: str, x: float, y: float, size: float = 44, align: str = "left") -> None:
    sheet.label(text, x, y, size=size, face="bold", align=align, halo=WASH)


def _water_name(sheet: Sheet, text: str, x: float, y: float, size: float = 50) -> None:
    sheet.label(text, x, y, size=size, face="italic", ink=PAPER, halo=SEA, align="middle")


def line_2() -> Sheet:
    sheet = Sheet(SEA)
    _sea(sheet)
    _town(sheet)
    _barrier(sheet)
    stops = list(LINE_2.values())
    for route, ink, wide in ((LINE_1, MOSS, 20), (stops, RED, 26)):
        sheet.line(polygon(route, closed=False), WASH, wide + 14)
        sheet.line(polygon(route, closed=False), ink, wide)
    for x, y in along(LINE_1, 8)[1:]:
        sheet.fill(disc(x, y, 15), MOSS, edge=0)
        sheet.fill(disc(x, y, 9), PAPER, edge=0)
    for name, (x, y) in LINE_2.items():
        main = name in ("Northquay", "Saltmarket", "Central", "University", "Highfields")
        sheet.fill(disc(x, y, 26 if main else 19), INK if main else RED, edge=0)
        sheet.fill(disc(x, y, 16 if main else 11), PAPER, edge=0)
        if main or name in ("Lowgate", "Kirkhill"):
            left = name in ("University", "Highfields")
            low = {"Central": 58, "Kirkhill": 44, "Highfields": -14, "University": -14}.get(name, 14)
            _name(sheet, name, x - 38 if left else x + 38, y + low, align="right" if left else "left")
    _name(sheet, "Fennside", 400, 1150)
    _water_name(sheet, "Tarn Haven", 480, 620)
    _water_name(sheet, "Osey", 130, 480, 40)
    return sheet


def barrier_place() -> Sheet:
    """Where the barrier stands: the haven, cut out of the map and enlarged."""
    sheet = Sheet(SEA)
    sheet.canvas.save()
    sheet.canvas.scale(2.2, 2.2)
    sheet.canvas.translate(-70, -250)
    _sea(sheet)
    _town(sheet)
    _barrier(sheet, 11)
    sheet.canvas.restore()
    _name(sheet, "Northquay", 1240, 170, 66)
    _name(sheet, "Lowgate", 1500, 640, 66)
    _water_name(sheet, "Osey", 250, 500, 64)
    _water_name(sheet, "Tarn Haven", 960, 820, 76)
    sheet.label("barrier", 690, 590, size=60, face="bold", ink=PAPER, halo=MARK)
    return sheet


def flood_map() -> Sheet:
    """Lowgate on 3 February 2021: what was under water, and where the wall gave way."""
    sheet = Sheet(SEA)
    sheet.canvas.save()
    sheet.canvas.scale(2.9, 2.9)
    sheet.canvas.translate(-480, -370)
    _sea(sheet)
    _town(sheet)
    flood = curve(LOWGATE, closed=True)
    sheet.fill(flood, SHALLOW)
    sheet.engrave(flood, SEA, lambda x, y: 0.95 - (x - 660) / 330 + 0.15 * math.sin(y / 20), pitch=8)
    with sheet.within(flood):
        for row in range(14):
            for column in range(12):
                x, y = 640 + column * 30, 390 + row * 30 - column * 3
                sheet.line(placed(box(-10, -9, 20, 18), x, y, turn=-6), PAPER, 1.6)
    sheet.line(curve(EAST_BANK[3:8]), INK, 7)
    sheet.line(polygon(along([(694, 515), (708, 560)], 2), closed=False), RED, 13)
    for turn in (-26, 0, 26):
        arrow = polygon([(-64, -5), (-24, -5), (-24, -14), (0, 0), (-24, 14), (-24, 5), (-64, 5)])
        sheet.fill(placed(arrow, 692, 540, turn=turn - 8), RED, edge=0)
    sheet.canvas.restore()
    sheet.label("Lowgate", 860, 480, size=92, face="serif", ink=INK, halo=WASH)
    sheet.label("Guildhall", 1330, 720, size=58, face="bold", halo=WASH)
    _water_name(sheet, "Tarn Haven", 250, 800, 80)
    sheet.label("breach, 01:52", 130, 350, size=60, face="bold", ink=PAPER, halo=MARK)
    return sheet


def hospitals(*, counts: bool = True) -> Sheet:
    """From two hospitals to a third: 388 patients in the end, whose number the plan did not know."""
    sheet = Sheet(SEA)
    _sea(sheet)
    _town(sheet)
    fennside = (600.0, 1020.0)
    for (x, y), wide in ((LINE_2["St Ebba’s"], 34), (LINE_2["Kirkhill"], 28)):
        way = curve([(x, y), ((x + 600) / 2 + 60, (y + 1020) / 2 + 130), fennside])
        sheet.line(way, PAPER, wide + 12)
        sheet.line(way, RED, wide)
    for (x, y), size in ((LINE_2["St Ebba’s"], 68), (LINE_2["Kirkhill"], 62), (fennside, 100)):
        sheet.fill(disc(x, y, size), PAPER, edge=0)
        sheet.line(disc(x, y, size), MARK, 10)
        for across, down in ((size * 1.1, size * 0.36), (size * 0.36, size * 1.1)):
            sheet.fill(box(x - across / 2, y - down / 2, across, down), MARK, edge=0)
    _name(sheet, "St Ebba’s" + " 214" * counts, 1190, 560, 60, "right")
    _name(sheet, "Kirkhill" + " 174" * counts, 1390, 560, 60)
    _name(sheet, "Merrow General 388" if counts else "Fennside", 120, 1170, 66)
    _water_name(sheet, "Tarn Haven", 430, 590, 54)
    return sheet


ISLAND = [
    (620, 250), (760, 190), (900, 220), (1010, 170), (1140, 240), (1250, 330), (1230, 470),
    (1330, 600), (1290, 760), (1180, 850), (1060, 960), (900, 1000), (760, 940), (700, 850),
    (620, 830), (600, 730), (480, 650), (520, 520), (600, 470), (560, 360),
]  # fmt: skip
TOWNS = {
    "Vannick": (900, 232), "Ullport": (576, 372), "Skarn": (500, 640), "Tarnholm": (690, 835),
    "Brae Sound": (1300, 620),
}  # fmt: skip


def skerra(bank: str = LAMP) -> Sheet:
    """The island, its towns, and Vannick Bank to the north of it."""
    sheet = Sheet(SEA)
    _sea(sheet)
    island = curve(ISLAND, closed=True)
    for reach, ink in ((110, WATER), (50, SHALLOW)):
        sheet.line(island, ink, reach)
    sheet.fill(island, WASH)
    for x, y, size in ((900, 470, 120), (1040, 600, 150), (820, 660, 110), (1120, 420, 80), (960, 790, 90)):
        for cut in range(13):
            turn = cut * 28
            stroke = lens(0, -size * 0.3, 0, -size, 4, 8)
            sheet.fill(placed(stroke, x, y, turn=turn), (FIELD, MOSS)[cut % 2], edge=0)
    shoal = curve([(640, 60), (900, 20), (1240, 40), (1420, 120), (1260, 150), (1000, 90), (760, 130)], closed=True)
    sheet.fill(shoal, bank)
    with sheet.within(shoal):
        for row in range(8):
            for column in range(30):
                x, y = 620 + column * 30 + row % 2 * 15, 24 + row * 20
                sheet.fill(lens(x, y, x + 20, y, 3.4, 2), MARK, edge=0)
    rail = curve([(690, 835), (780, 720), (960, 660), (1120, 640), (1190, 632)])
    sheet.line(rail, INK, 10)
    sheet.line(rail, PAPER, 5, dash=(16, 16))
    for name, (x, y) in TOWNS.items():
        sheet.fill(disc(x, y, 20), MARK if name == "Tarnholm" else INK, edge=0)
        sheet.fill(disc(x, y, 10), PAPER, edge=0)
        left = name in ("Ullport", "Skarn", "Tarnholm")
        _name(
            sheet,
            name,
            x - 34 if left else x + (34 if name != "Vannick" else 0),
            y + 16 if name != "Vannick" else y + 76,
            56,
            "right" if left else "left" if name != "Vannick" else "middle",
        )
    _water_name(sheet, "Vannick Bank", 1540, 230, 56)
    night = curve([(660, 860), (560, 1010), (760, 1110), (1200, 1140), (1820, 1120)])
    sheet.line(night, PAPER, 5, dash=(22, 18))
    return sheet
