"""Drawings without scripts: what designers use stays, what runs or leads elsewhere goes."""

from __future__ import annotations

import re

import pytest

from sitegen.outputs import Form
from sitegen.render.broken import PictureBroken
from sitegen.render.drawings import without_scripts
from sitegen.render.pictures import made

XMLNS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def clean(inside: str, attributes: str = "") -> str:
    text = without_scripts(f"<svg {XMLNS} {attributes}>{inside}</svg>".encode()).decode()
    found = re.fullmatch(
        r'<svg[^>]* xmlns="http://www.w3.org/2000/svg"(?: />|>(.*)</svg>)\n', text, re.S
    )
    assert found, text
    return found[1] or ""


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><b>x</b></body></foreignObject>",
        "<iframe xmlns='http://www.w3.org/1999/xhtml' src='https://evil.example'/>",
        "<metadata>54 N 1 W</metadata>",
        "<!-- a comment -->",
        "<?xml-stylesheet href='https://evil.example/a.css'?>",
        "<x:guide xmlns:x='https://tool.example'>x</x:guide>",
        "<audio src='x.mp3'/>",
        "<handler>x</handler>",
    ],
)
def test_what_is_no_drawing_goes(inside: str) -> None:
    assert clean(f"<g>{inside}</g>") == "<g />"


@pytest.mark.parametrize(
    "inside, kept",
    [
        ("<rect onclick='x()' onload='y()' width='1'/>", '<rect width="1" />'),
        ("<a href='javascript:x()'><rect/></a>", "<a><rect /></a>"),
        ("<a xlink:href=' java&#10;script:x()'><rect/></a>", "<a><rect /></a>"),
        ("<a href='https://evil.example'><rect/></a>", "<a><rect /></a>"),
        ("<use href='https://evil.example/a.svg#b'/>", "<use />"),
        ("<use xlink:href='other.svg#b'/>", "<use />"),
        ("<image href='https://evil.example/a.png'/>", "<image />"),
        ("<image href='data:image/svg+xml;base64,PHN2Zy8+'/>", "<image />"),
        ("<image href='data:text/html,x'/>", "<image />"),
        ("<set attributeName='href' to='javascript:x()'/>", '<set to="javascript:x()" />'),
        ("<g style='fill:url(https://evil.example/a)'/>", '<g style="fill:url(#)" />'),
        ("<g fill='url(//evil.example/a)'/>", '<g fill="url(#)" />'),
        ("<g style='fill:u\\72l(https://evil.example)'/>", '<g style="" />'),
        ("<style>@import 'https://evil.example/a.css'; .a{fill:red}</style>", None),
        ("<style>/* // */ @import url(//evil.example/a;b); .a{fill:red}</style>", None),
        ("<style>.a{fill:image-set('https://evil.example/a' 1x)}</style>", "<style />"),
    ],
)
def test_what_runs_or_leads_elsewhere_goes(inside: str, kept: str | None) -> None:
    found = clean(inside)
    assert "evil" not in found
    if kept is None:
        assert re.fullmatch(r"<style>\s*\.a\{fill:red\}</style>", found)
    else:
        assert found == kept


@pytest.mark.parametrize(
    "inside",
    [
        '<defs><linearGradient id="a"><stop offset="0" stop-color="red" /></linearGradient></defs>',
        '<linearGradient gradientUnits="userSpaceOnUse" href="#a" id="b" />',
        '<clipPath id="c"><rect height="1" width="1" /></clipPath><g clip-path="url(#c)" />',
        '<mask id="m" /><pattern href="#a" id="p" /><marker id="k" orient="auto" />',
        '<filter id="f"><feGaussianBlur stdDeviation="2" /><feMerge /></filter>',
        '<symbol id="s" viewBox="0 0 1 1" /><use href="#s" x="1" />',
        "<text>one <tspan>two</tspan><tspan>three</tspan> four</text>",
        '<text direction="rtl">ميناء</text>',
        '<text xml:space="preserve">  a  b </text>',
        '<text><textPath href="#river">along the river</textPath></text>',
        '<text paint-order="stroke" stroke="white">a name with a halo</text>',
        "<style>.a{fill:url(#a)} @media (prefers-color-scheme:dark){.a{fill:white}}</style>",
        '<g style="mix-blend-mode:multiply;fill:url(#a)" />',
        '<image height="1" href="data:image/png;base64,iVBORw0KGgo=" width="1" />',
        '<animate attributeName="x" dur="1s" repeatCount="indefinite" values="1;2" />',
        "<title>A map</title><desc>Of the harbour</desc>",
    ],
)
def test_what_designers_use_stays(inside: str) -> None:
    assert clean(inside) == inside


def test_links_within_the_drawing_are_written_as_browsers_do_today() -> None:
    assert clean('<use xlink:href="#a"/>') == '<use href="#a" />'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_drawing_may_come_in_any_encoding_and_with_a_prefix(encoding: str) -> None:
    said = encoding.removesuffix("-sig")
    text = (
        f'<?xml version="1.0" encoding="{said}"?><!DOCTYPE svg PUBLIC "a" "b">'
        '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:text>é</s:text></s:svg>'
    )
    wanted = '<svg xmlns="http://www.w3.org/2000/svg"><text>é</text></svg>\n'
    assert without_scripts(text.encode(encoding)).decode() == wanted


def test_illustrators_entities_are_understood_and_bombs_are_not() -> None:
    plain = '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;"/>'
    assert without_scripts(plain.encode()) == b'<svg xmlns="http://www.w3.org/2000/svg" />\n'
    levels = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    bomb = f"<!DOCTYPE svg [<!ENTITY a0 'aaaaaaaaaa'>{levels}]><svg {XMLNS}><text>&a9;</text></svg>"
    with pytest.raises(PictureBroken, match="no drawing that can be read"):
        without_scripts(bomb.encode())


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "no drawing"),
        ("<svg", "no drawing"),
        (f"<svg {XMLNS}><rect>", "no drawing"),
        ("<svg/>", "not svg"),
        ("<html/>", "not svg"),
        (f"<svg {XMLNS}>{'<g>' * 300}{'</g>' * 300}</svg>", "deep"),
        (f"<svg {XMLNS}>{'<g/>' * 200_001}</svg>", "elements"),
        ('<?xml version="1.0" encoding="x-none"?><svg/>', "no drawing"),
    ],
)
def test_what_no_browser_could_show_is_refused(text: str, words: str) -> None:
    with pytest.raises(PictureBroken, match=words):
        without_scripts(text.encode())


def test_cleaning_twice_changes_nothing_and_the_form_says_only_that_it_is_a_drawing() -> None:
    text = f"<svg {XMLNS} width='3' b='1' viewBox='0 0 1 1'><g id='z' class='a'/></svg>".encode()
    once = without_scripts(text)
    assert without_scripts(once) == once
    assert list(made(text, [Form("svg", 0, 0)])) == [once]
