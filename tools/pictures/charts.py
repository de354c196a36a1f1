"""Charts: the numbers of an article, drawn with the inks of the linocuts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tools.pictures.motifs import sea, shade
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
    SAND,
    SEA,
    SHALLOW,
    STONE,
    WASH,
    WATER,
)
from tools.pictures.shapes import Point, box, curve, disc, lens, placed, polygon
from tools.pictures.sheet import Sheet

JOURNEYS = (292, 318, 331, 302, 287, 358, 371, 412, 366, 341, 349, 373)
"""Thousands on Line 2, April 2025 to March 2026; together 4.1 million."""
MONTHS = "AMJJASONDJFM"
COSTS = (("2021", 1210), ("steel", 148), ("ground", 96), ("pumps", 39), ("weather", 27))
FERRY = (("2022", 22.0), ("Kittiwake", 3.4), ("fuel", 2.1), ("wages", 1.9), ("no sailing", 0.6), ("fares", -1.0))
BUDGET = (("Health", 2310, 2412), ("Schools", 1498, 1530), ("Pensions", 1402, 1451), ("All else", 814, 829), ("Transport", 611, 618))
QUOTA = ((2021, 41.0), (2022, 29.5), (2023, 29.5), (2024, 29.5), (2025, 29.5), (2026, 36.2), (2027, 37.1), (2028, 38.0))


def surge_forecast() -> Sheet:
    """Friday noon to Saturday noon: the tide of the tables, and with the wind on top."""
    sheet = Sheet(WASH)
    sheet.engrave(box(0, 0, 1800, 1080), SHALLOW, lambda x, y: 0.55 - y / 2000, pitch=20)

    def height(metres: float) -> float:
        return 1080 - metres * 225

    def astronomic(hour: float) -> float:
        return 1.85 + 1.05 * math.cos((hour - 23.08) / 12.42 * 2 * math.pi)

    def wind(hour: float) -> float:
        return 1.2 * math.exp(-(((hour - 23.08) / 5.2) ** 2)) + 0.2 * math.exp(-(((hour - 34) / 3) ** 2))

    hours = [12 + step / 4 for step in range(97)]
    across = [60 + (hour - 12) * 70 for hour in hours]
    total = [(x, height(astronomic(h) + wind(h))) for x, h in zip(across, hours, strict=True)]
    tables = [(x, height(astronomic(h))) for x, h in zip(across, hours, strict=True)]
    sheet.fill(polygon([(60, 1080), *total, (1740, 1080)]), RED)
    sheet.fill(polygon([(60, 1080), *tables, (1740, 1080)]), SEA)
    sheet.engrave(polygon([(60, 1080), *total, (1740, 1080)]), MARK, lambda x, y: 0.5 - abs(x - 836) / 900 - (y - 160) / 900, pitch=18)
    sheet.engrave(polygon([(60, 1080), *tables, (1740, 1080)]), WATER, lambda x, y: (1080 - y) / 1100, pitch=18)
    sheet.line(polygon([(60, height(3.6)), (1740, height(3.6))], closed=False), INK, 12)
    sheet.label("quay wall 3.6 m", 90, height(3.6) - 24, size=58, face="bold", halo=WASH)
    sheet.label("4.1 m", 836, height(4.1) - 26, size=84, face="serif", ink=MARK, align="middle", halo=WASH)
    for hour, text in ((18, "18:00"), (23.08, "23:05"), (30, "06:00")):
        x = 60 + (hour - 12) * 70
        sheet.line(polygon([(x, 1080), (x, 1104)], closed=False), INK, 8)
        sheet.label(text, x, 1164, size=56, face="bold", align="middle")
    return sheet


def surge_measured() -> Sheet:
    """20 November 2026: outside the gates and inside them."""
    sheet = Sheet(WASH)

    def at(hour: float, metres: float) -> Point:
        return (60 + (hour - 18) * 240, 1080 - (metres - 1.4) * 350)

    outside = [(18.0, 1.92), (19.0, 2.3), (20.0, 2.74), (20.73, 3.1), (21.82, 3.6), (22.67, 3.94), (23.2, 4.07), (24, 3.93), (25, 3.5)]
    inside = [(18.0, 1.92), (19.0, 1.98), (20.02, 2.05), (20.73, 2.07), (21.8, 2.18), (22.6, 2.3), (23.2, 2.38), (24, 2.38), (25, 2.39)]
    sheet.engrave(box(60, 40, 1680, 1040), SHALLOW, lambda x, y: 0.5 - y / 2400, pitch=20)
    sea_side = curve([at(*point) for point in outside])
    sea_side.lineTo(*at(25, 1.4))
    sea_side.lineTo(*at(18, 1.4))
    sheet.fill(sea_side, SEA, edge=0)
    sheet.engrave(sea_side, WATER, lambda x, y: 0.2 + (1080 - y) / 1300, pitch=18)
    harbour = curve([at(*point) for point in inside])
    harbour.lineTo(*at(25, 1.4))
    harbour.lineTo(*at(18, 1.4))
    sheet.fill(harbour, SHALLOW, edge=0)
    sheet.line(curve([at(*point) for point in outside]), NIGHT, 10)
    sheet.line(curve([at(*point) for point in inside]), INK, 8)
    left, right = at(20.02, 0)[0], at(20.73, 0)[0]
    sheet.fill(box(left, 1030, right - left, 50), RED, edge=0)
    wall = at(18, 3.6)[1]
    sheet.line(polygon([(60, wall), (1740, wall)], closed=False), INK, 9, dash=(28, 18))
    sheet.label("quay wall 3.60 m", 90, wall - 24, size=56, face="bold", halo=WASH)
    sheet.label("sea 4.07 m", at(23.2, 4.07)[0], at(23.2, 4.07)[1] - 32, size=68, face="serif", ink=MARK, align="middle", halo=WASH)
    sheet.label("harbour 2.38 m", at(23.2, 0)[0], at(23.2, 2.1)[1], size=60, face="serif", align="middle", halo=SHALLOW)
    sheet.label("gates", left + 4, 1012, size=52, face="bold", ink=RED, halo=SHALLOW)
    for hour in (19, 21, 23):
        sheet.label(f"{hour}:00", at(hour, 0)[0], 1162, size=56, face="bold", align="middle")
    return sheet


def line_2_year() -> Sheet:
    sheet = Sheet(WASH)
    forecast = 1080 - 300 * 2.35
    for index, (value, month) in enumerate(zip(JOURNEYS, MONTHS, strict=True)):
        x, top = 90 + index * 138, 1080 - value * 2.35
        ink = RED if value == max(JOURNEYS) else SEA if value >= 300 else WATER
        bar = box(x, top, 104, 1080 - top, 14)
        sheet.fill(bar, ink)
        sheet.fill(box(x + 12, top + 26, 80, 56, 8), GLOW, edge=0)
        for wheel in (24, 80):
            sheet.fill(disc(x + wheel, 1080, 15), INK, edge=0)
        sheet.engrave(box(x, top + 110, 104, 1080 - top - 130), (MARK if ink == RED else NIGHT), shade(x, 130), pitch=17)
        sheet.label(month, x + 52, 1166, size=60, face="bold", align="middle")
        if value in (max(JOURNEYS), JOURNEYS[0], JOURNEYS[-1]):
            sheet.label(str(value), x + 52, min(top, forecast) - 20, size=58, face="serif", align="middle", halo=WASH)
    sheet.line(polygon([(60, forecast), (1740, forecast)], closed=False), LAMP, 10)
    sheet.line(polygon([(60, 1096), (1760, 1096)], closed=False), INK, 8)
    return sheet


def _steps(sheet: Sheet, parts: Sequence[tuple[str, float]], scale: float, foot: float, unit: str) -> None:
    """A stair of sums: the first stands on the ground, the rest on one another, then the total."""
    count = len(parts) + 1
    wide = 1680 / count
    running = 0.0
    for index, (name, value) in enumerate([*parts, ("", sum(value for _, value in parts))]):
        ends = index in (0, count - 1)
        low, high = (foot, value) if ends else sorted((running, running + value))
        x, top = 60 + index * wide, 1060 - (high - foot) * scale
        tall = max((high - low) * scale, 8)
        ink = SEA if index == 0 else NIGHT if ends else (MOSS if value < 0 else RED)
        sheet.fill(box(x + 8, top, wide - 16, tall), ink)
        sheet.engrave(box(x + 8, top, wide - 16, tall), WATER if ends else MARK, shade(x, wide / 0.9), pitch=17)
        if ends:  # the foot is not zero: a torn strip says so
            teeth = [(x + step * wide / 12, 966 + step % 2 * 26) for step in range(13)]
            sheet.line(polygon(teeth, closed=False), WASH, 16)
        figure = f"{value:,.{0 if unit == 'm' else 1}f}".replace("-", "\N{MINUS SIGN}")
        sheet.label(figure, x + wide / 2, top - 22, size=56, face="serif", align="middle", halo=WASH)
        if name:
            sheet.label(name, x + wide / 2, 1136, size=46, face="bold", align="middle")
        running = value if ends else running + value
        if index < count - 1:
            y = 1060 - (running - foot) * scale
            sheet.line(polygon([(x + wide - 8, y), (x + wide + 8, y)], closed=False), INK, 6)
    sheet.line(polygon([(50, 1064), (1750, 1064)], closed=False), INK, 8)


def barrier_costs() -> Sheet:
    sheet = Sheet(WASH)
    _steps(sheet, COSTS, 1.75, 1000, "m")
    return sheet


def ferry_costs() -> Sheet:
    sheet = Sheet(WASH)
    _steps(sheet, FERRY, 66, 16, "")
    return sheet


def budget() -> Sheet:
    """What is spent: 2026 behind, 2027 before it, as stacks of coin."""
    sheet = Sheet(MOSS)
    sheet.engrave(box(0, 0, 1800, 1070), NIGHT, lambda x, y: 0.2 + y / 1700, pitch=19)
    sheet.fill(box(-10, 1060, 1830, 150), INK)
    for index, (name, before, after) in enumerate(BUDGET):
        x = 70 + index * 342
        for shift, value, inks in ((0, before, (STONE, QUIET)), (148, after, (LAMP, MARK))):
            coins = round(value / 60)
            for coin in range(coins):
                y = 1060 - (coin + 1) * 23
                sheet.fill(box(x + shift + (coin * 37 % 7) - 3, y, 140, 20, 9), inks[0], edge=0)
                for notch in range(6):
                    sheet.fill(box(x + shift + 14 + notch * 21, y + 4, 4, 13), inks[1], edge=0)
        sheet.label(name, x + 144, 1150, size=58, face="bold", ink=PAPER, align="middle")
    return sheet


def herring_quota() -> Sheet:
    sheet = Sheet(WASH)
    sheet.engrave(box(0, 0, 1800, 1090), SHALLOW, lambda x, y: 0.15 + y / 1700, pitch=20)
    for index, (year, tonnes) in enumerate(QUOTA):
        x = 80 + index * 210
        for fish in range(round(tonnes / 2)):
            y = 1050 - fish * 43
            ink = RED if index == 0 else (SEA if year < 2026 else MOSS)
            body = curve([(0, 0), (40, -17), (110, -15), (150, 0), (110, 14), (40, 15)], closed=True)
            sheet.fill(placed(body, x, y), ink, edge=0)
            sheet.fill(placed(polygon([(8, 0), (-20, -16), (-12, 0), (-20, 16)]), x, y), ink, edge=0)
            sheet.fill(disc(x + 130, y - 3, 4), PAPER, edge=0)
        if year in (2021, 2022, 2026, 2028):
            top = 1050 - round(tonnes / 2) * 43
            sheet.label(f"{tonnes:.1f}", x + 74, top, size=60, face="serif", align="middle", halo=WASH)
            sheet.label(str(year), x + 74, 1166, size=56, face="bold", align="middle")
    return sheet


def seagrass_counts() -> Sheet:
    """Shoots on 100 square metres: 310, 1,150, 4,420."""
    sheet = Sheet(SHALLOW)
    sea(sheet, 120, WATER, SHALLOW, swell=6)
    sheet.fill(box(-10, 1060, 1830, 160), SAND)
    for index, (year, shoots) in enumerate((("2023", 310), ("2024", 1150), ("2025", 4420))):
        left = 60 + index * 590
        sheet.fill(box(left, 1050, 520, 22), MOSS)
        for blade in range(shoots // 20):
            x = left + sheet.chance.uniform(10, 510)
            tall = sheet.chance.uniform(220, 620)
            sheet.fill(lens(x, 1056, x + sheet.chance.uniform(-20, 60), 1056 - tall, 6.4, 12), (MOSS, NIGHT)[blade % 2], edge=0)
        sheet.label(f"{shoots:,}", left + 260, 1056 - 690, size=76, face="serif", ink=PAPER, align="middle", halo=SEA)
        sheet.label(year, left + 260, 1160, size=66, face="bold", align="middle")
    return sheet
