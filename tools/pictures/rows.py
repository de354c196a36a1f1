"""Things in rows, as many as the article counts."""

from __future__ import annotations

import math
from datetime import date, timedelta

from tools.pictures.motifs import dusk, shade
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
from tools.pictures.shapes import box, curve, disc, lens, placed, polygon
from tools.pictures.sheet import Sheet


def taxis() -> Sheet:
    """312 taxis; eleven of them too late."""
    sheet = Sheet(GLOW)
    late = {17, 44, 71, 90, 118, 149, 183, 210, 237, 266, 301}
    for index in range(312):
        row, column = divmod(index, 24)
        x, y = 44 + column * 72.5, 74 + row * 88
        ink = RED if index in late else (INK, NIGHT)[index % 2]
        cab = polygon([(0, 0), (0, -18), (12, -20), (20, -38), (42, -38), (52, -20), (60, -17), (60, 0)])
        sheet.fill(placed(cab, x, y + 18), ink, edge=0)
        sheet.fill(placed(polygon([(16, -20), (22, -33), (30, -33), (30, -20)]), x, y + 18), WASH, edge=0)
        sheet.fill(placed(polygon([(33, -20), (33, -33), (40, -33), (47, -20)]), x, y + 18), WASH, edge=0)
        sheet.fill(box(x + 25, y - 28, 13, 8), LAMP, edge=0)
        for wheel in (14, 47):
            sheet.fill(disc(x + wheel, y + 18, 8), QUIET, edge=0)
    return sheet


def calendar() -> Sheet:
    """2 November to 24 March, day by day, each crossed out."""
    sheet = Sheet(SEA)
    sheet.engrave(box(0, 0, 1800, 1200), NIGHT, lambda x, y: 0.2 + math.hypot(x - 900, y - 600) / 1600, pitch=18)
    months = ((11, 2024), (12, 2024), (1, 2025), (2, 2025), (3, 2025))
    places = ((90, 90), (660, 90), (1230, 90), (375, 640), (945, 640))
    for (month, year), (left, top) in zip(months, places, strict=True):
        sheet.fill(box(left + 10, top + 12, 480, 470), INK)
        sheet.fill(box(left, top, 480, 470), PAPER)
        sheet.fill(box(left, top, 480, 54), MARK)
        for ring in range(6):
            sheet.fill(disc(left + 65 + ring * 70, top + 6, 11), INK)
        day = date(year, month, 1)
        while day.month == month:
            cell = day.weekday()
            week = (day.day + day.replace(day=1).weekday() - 1) // 7
            x, y = left + 18 + cell * 64, top + 70 + week * 65
            sheet.fill(box(x, y, 56, 56), WASH, edge=0)
            if date(2024, 11, 2) <= day <= date(2025, 3, 24):
                sheet.fill(lens(x + 6, y + 8, x + 50, y + 50, 5.4, 3), RED, edge=0)
                sheet.fill(lens(x + 50, y + 6, x + 7, y + 50, 5.4, -3), RED, edge=0)
            day += timedelta(days=1)
    return sheet


def bottles() -> Sheet:
    """Eleven prescriptions on a shelf; one was never fetched."""
    sheet = Sheet(WASH)
    for shelf in range(2):
        base = 560 + shelf * 560
        dusk(sheet, box(0, base - 530, 1800, 520), SHALLOW, 0.7, 0.2)
        sheet.fill(box(-10, base, 1830, 44), MARK)
        for index in range(6 - shelf):
            number, x = shelf * 6 + index, 60 + index * 292 + shelf * 140
            ink = (SEA, MOSS, WATER, NIGHT, LAMP)[number * 3 % 5]
            if number == 7:
                ink = RED
            tall = 300 + number * 53 % 90
            body = box(x, base - tall, 200, tall, 30)
            sheet.fill(body, ink)
            sheet.fill(box(x + 64, base - tall - 80, 72, 100), ink)
            sheet.fill(box(x + 50, base - tall - 120, 100, 50), INK)
            sheet.engrave(box(x + 130, base - tall + 10, 62, tall - 30), PAPER, shade(x + 120, 150), pitch=14)
            sheet.fill(box(x + 24, base - tall * 0.68, 152, tall * 0.4), PAPER)
            for line in range(3):
                sheet.fill(lens(x + 40, base - tall * 0.6 + line * 30, x + 156, base - tall * 0.6 + line * 30, 3.6), QUIET, edge=0)
            if number == 7:
                continue
            sheet.fill(lens(x + 60, base - tall * 0.42, x + 90, base - tall * 0.32, 6), MARK, edge=0)
            sheet.fill(lens(x + 86, base - tall * 0.32, x + 150, base - tall * 0.58, 6), MARK, edge=0)
    return sheet


def bookshelf() -> Sheet:
    """Four thousand books, of which eleven came first."""
    sheet = Sheet(INK)
    inks = (MARK, SEA, MOSS, QUIET, WATER, NIGHT, SAND, STONE)
    for shelf in range(4):
        base, x, number = 286 + shelf * 300, 0.0, 0
        while x < 1800:
            wide, tall = sheet.chance.uniform(56, 104), sheet.chance.uniform(190, 258)
            first = shelf == 1 and 4 <= number < 15
            ink = LAMP if first else inks[sheet.chance.randrange(8)]
            lean = 14 if number % 13 == 9 else 0
            book = polygon([(x, base), (x + lean, base - tall), (x + wide + lean - 4, base - tall), (x + wide - 4, base)])
            sheet.fill(book, ink)
            cut = INK if first else GLOW if ink in (MARK, NIGHT, MOSS, SEA) else INK
            for line in (0.2, 0.26, 0.8):
                sheet.fill(lens(x + 5 + lean * line, base - tall * line, x + wide - 8 + lean * line, base - tall * line, 3), cut, edge=0)
            diamond = polygon([(0, -18), (9, 0), (0, 18), (-9, 0)])
            sheet.fill(placed(diamond, x + wide / 2 + lean * 0.5, base - tall * 0.55), cut, edge=0)
            x += wide + lean
            number += 1
        sheet.fill(box(-10, base, 1830, 22), LAMP if shelf == 1 else QUIET)
    return sheet


def weather_book() -> Sheet:
    """Fifty years, a row each: the height of the sea four times a day, as a pattern."""
    sheet = Sheet(WASH)
    for year in range(50):
        y = 44 + year * 22.8
        for week in range(104):
            x = 60 + week * 16.2
            season = 0.5 + 0.5 * math.cos((week - 6) / 104 * 2 * math.pi)
            height = (0.25 + 0.75 * season) * sheet.chance.uniform(0.2, 1) + (0.3 if sheet.chance.random() < 0.02 + year * 0.0012 else 0)
            ink = RED if height > 1.05 else NIGHT if height > 0.8 else SEA if height > 0.55 else WATER if height > 0.3 else SHALLOW
            if year == 13 and week in (46, 47):
                ink = STONE  # the daughter's, in pencil
            sheet.fill(box(x, y, 13.4, 17), ink, edge=0)
    return sheet


def bell() -> Sheet:
    """A tram's bell and a tuning fork: two waves that do not agree."""
    sheet = Sheet(LAMP)
    for ring in range(7):
        sheet.line(disc(560, 560, 330 + ring * 96), (MARK, RED)[ring % 2], 13 - ring, edge=0)
    for ring in range(6):
        sheet.line(disc(1340, 560, 290 + ring * 110), NIGHT, 11 - ring, edge=0)
    shell = curve(
        [(340, 720), (380, 640), (400, 430), (470, 330), (560, 300), (650, 330), (720, 430), (740, 640), (780, 720), (560, 750)],
        closed=True,
    )
    sheet.fill(shell, INK)
    sheet.engrave(shell, GLOW, lambda x, y: (x - 560) / 330, pitch=15)
    sheet.fill(box(340, 700, 440, 40, 18), MARK)
    sheet.fill(disc(560, 786, 52), INK)
    sheet.fill(box(530, 230, 60, 90), INK)
    fork = curve([(1250, 180), (1250, 520), (1290, 620), (1340, 640), (1390, 620), (1430, 520), (1430, 180)])
    sheet.line(fork, PAPER, 56)
    sheet.line(polygon([(1340, 640), (1340, 1010)], closed=False), PAPER, 56)
    sheet.line(fork, SEA, 40)
    sheet.line(polygon([(1340, 640), (1340, 1010)], closed=False), SEA, 40)
    sheet.fill(disc(1340, 1030, 44), SEA)
    return sheet
