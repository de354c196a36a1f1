"""Colour profiles for tests, made by program (ICC.1:2022)."""

from __future__ import annotations

import struct

from PIL import ImageCms


def wide_gamut() -> bytes:
    """A profile like Adobe RGB's: three colours and a gamma (ICC.1:2022, 8.3.2)."""

    def number(value: float) -> bytes:
        return struct.pack(">i", round(value * 65536))

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(map(number, values))

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    name = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"Wide\0" + b"\0" * 78 + b"\0"
    tags = [
        (b"desc", name),
        (b"wtpt", xyz(0.9642, 1.0, 0.8249)),
        (b"rXYZ", xyz(0.60974, 0.31111, 0.01947)),
        (b"gXYZ", xyz(0.20528, 0.62567, 0.06087)),
        (b"bXYZ", xyz(0.14919, 0.06322, 0.74457)),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    return _profile(b"RGB ", tags)


def gray_profile(gamma: float) -> bytes:
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    white = b"XYZ \0\0\0\0" + struct.pack(">iii", 63190, 65536, 54061)
    return _profile(b"GRAY", [(b"wtpt", white), (b"kTRC", curve)])


def ink_profile(red: tuple[int, int, int]) -> bytes:
    """A profile of CMYK in which magenta and yellow are `red`, in Lab with 8 bits (10.11)."""
    straight = bytes(range(256))
    nodes = b""
    for node in range(16):
        cyan, magenta, yellow, black = (node >> bit & 1 for bit in (3, 2, 1, 0))
        light = 0 if black else 255 - 60 * (cyan + magenta + yellow)
        is_red = magenta and yellow and not cyan and not black
        nodes += bytes(red if is_red else (light, 128, 128))
    identity = struct.pack(">9i", *(65536 if n % 4 == 0 else 0 for n in range(9)))
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + identity + straight * 4 + nodes + straight * 3
    white = b"XYZ \0\0\0\0" + struct.pack(">iii", 63190, 65536, 54061)
    return _profile(b"CMYK", [(b"wtpt", white), (b"A2B0", table), (b"A2B1", table)], b"Lab ")


def _profile(space: bytes, tags: list[tuple[bytes, bytes]], between: bytes = b"XYZ ") -> bytes:
    tags = [(name, data + b"\0" * (-len(data) % 4)) for name, data in tags]
    at = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags:
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"none", 0x02400000, b"prtr", space, between)
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    head += struct.pack(">iii", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
