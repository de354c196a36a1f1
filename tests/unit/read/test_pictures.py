"""How large drawings are: by what they say, without a word that somebody else could expand."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.read.pictures import size_of

BOMB = (
    "<!DOCTYPE svg [<!ENTITY a '1'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    "<svg width='&b;' height='2'/>"
)


@pytest.mark.parametrize(
    "text, size",
    [
        ('<svg width="640" height="480"/>', (640, 480)),
        ('<svg xmlns="http://www.w3.org/2000/svg" height="30px" width="10.4"/>', (10, 30)),
        ('<svg width="1in" height="2.54cm"/>', (96, 96)),
        ('<svg width="100%" height="auto" viewBox="0 0 3 2"/>', (1200, 800)),
        ('<svg viewBox="-5,-5, 400 100"/>', (1200, 300)),
        ('<svg width="300" viewBox="0 0 30 10"/>', (300, 100)),
        ('<svg height="50" viewBox="0 0 30 10"/>', (150, 50)),
        (
            '<?xml version="1.0"?>\n<!-- <svg width="1" height="1"> -->\n<svg:svg xmlns:svg="x" '
            'width="8" height="9">',
            (8, 9),
        ),
        ('<svg width="3"/>', None),
        ('<svg width="0" height="5"/>', None),
        ('<svg width="1e9" height="5"/>', None),
        ('<svg width="999999999" height="5"/>', None),
        ('<svg viewBox="0 0 0 0"/>', None),
        ('<svg viewBox="0 0 nan inf"/>', None),
        ('<html width="3" height="4"/>', None),
        ("no picture", None),
        ("", None),
        (BOMB, None),
    ],
)
def test_a_drawing_is_as_large_as_it_says(
    tmp_path: Path, text: str, size: tuple[int, int] | None
) -> None:
    path = tmp_path / "map.SVG"
    path.write_text(text, encoding="utf-8")
    assert size_of(str(path)) == size


def test_only_the_beginning_of_a_drawing_is_read(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    path.write_bytes(b"<!--" + b" " * 100_000 + b'--><svg width="1" height="1"/>')
    assert size_of(str(path)) is None
    path.write_bytes('<svg width="12" height="8">'.encode("utf-16"))
    assert size_of(str(path)) == (12, 8)
    assert size_of(str(tmp_path / "missing.svg")) is None
