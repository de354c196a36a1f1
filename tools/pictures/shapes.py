"""Outlines: pure functions from numbers to paths, with no ink on them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import skia

Point = tuple[float, float]


def polygon(points: Sequence[Point], *, closed: bool = True) -> skia.Path:
    """Straight edges through `points`."""
    path = skia.Path()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if closed:
        path.close()
    return path


def curve(points: Sequence[Point], *, closed: bool = False) -> skia.Path:
    """A smooth line through all `points` (Catmull-Rom, written as cubic Bézier curves)."""
    path = skia.Path()
    path.moveTo(*points[0])
    count = len(points)
    for index in range(count if closed else count - 1):
        around = [_neighbour(points, index + step, closed) for step in (-1, 0, 1, 2)]
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = around
        first = (x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6)
        second = (x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6)
        path.cubicTo(*first, *second, x2, y2)
    if closed:
        path.close()
    return path


def _neighbour(points: Sequence[Point], index: int, closed: bool) -> Point:
    if closed:
        return points[index % len(points)]
    return points[min(max(index, 0), len(points) - 1)]


def box(x: float, y: float, width: float, height: float, radius: float = 0) -> skia.Path:
    """A rectangle from its upper left corner, with round corners if asked for."""
    return skia.Path.RRect(skia.Rect.MakeXYWH(x, y, width, height), radius, radius)


def disc(x: float, y: float, radius: float) -> skia.Path:
    """A circle."""
    return skia.Path.Circle(x, y, radius)


def oval(x: float, y: float, across: float, down: float, turn: float = 0) -> skia.Path:
    """An ellipse with half axes `across` and `down`, turned by `turn` degrees."""
    path = skia.Path.Oval(skia.Rect.MakeLTRB(-across, -down, across, down))
    return placed(path, x, y, turn=turn)


def lens(x0: float, y0: float, x1: float, y1: float, width: float, bend: float = 0) -> skia.Path:
    """The mark of a gouge: pointed at both ends, `width` in the middle, bent sideways by `bend`."""
    length = math.hypot(x1 - x0, y1 - y0) or 1
    across = (-(y1 - y0) / length, (x1 - x0) / length)
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    path = skia.Path()
    path.moveTo(x0, y0)
    for side, end in ((bend + width, (x1, y1)), (bend - width, (x0, y0))):
        path.quadTo(middle[0] + across[0] * side, middle[1] + across[1] * side, *end)
    path.close()
    return path


def placed(path: skia.Path, x: float, y: float, *, scale: float = 1, turn: float = 0, flip: bool = False) -> skia.Path:
    """The path moved to (x, y), scaled, turned by degrees and, if asked for, mirrored."""
    matrix = skia.Matrix()
    matrix.preTranslate(x, y)
    matrix.preRotate(turn)
    matrix.preScale(-scale if flip else scale, scale)
    moved = skia.Path(path)
    moved.transform(matrix)
    return moved


def union(*paths: skia.Path) -> skia.Path:
    """What any of the paths covers."""
    builder = skia.OpBuilder()
    for path in paths:
        builder.add(path, skia.PathOp.kUnion_PathOp)
    return builder.resolve()


def less(path: skia.Path, *holes: skia.Path) -> skia.Path:
    """The path without the holes."""
    for hole in holes:
        path = skia.Op(path, hole, skia.PathOp.kDifference_PathOp)
    return path


def along(points: Sequence[Point], count: int) -> list[Point]:
    """`count` points at equal distances along a straight-edged line."""
    lengths = [math.dist(a, b) for a, b in pairwise(points)]
    total, found = sum(lengths), []
    for index in range(count):
        rest = total * index / max(count - 1, 1)
        for (a, b), length in zip(pairwise(points), lengths, strict=True):
            if rest <= length + 1e-9:
                share = rest / length if length else 0
                found.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
                break
            rest -= length
    return found
