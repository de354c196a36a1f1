"""Whose a picture is, as files say it in three ways: kept, believed in order, never a danger."""

from __future__ import annotations

import pytest

from sitegen.pictures.rights import Rights, packet, rights_of
from tests.picture_files import SAID, XMP


def test_xmp_is_believed_before_iptc_and_iptc_before_exif() -> None:
    old = {(2, 80): b"Old", (2, 110): b"Old Quay"}
    exif = {0x013B: "Older", 0x8298: "Zo\u00c3\u00ab"}
    only = XMP.replace("photoshop:Credit", "photoshop:Source")
    assert rights_of(only.encode(), old, exif)[0][:3] == (SAID.creator, "Old Quay", SAID.copyright)
    assert rights_of(b"", old, exif)[0][:3] == ("Old", "Old Quay", "Zoë")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_xmp_may_come_in_any_encoding(encoding: str) -> None:
    assert rights_of(XMP.encode(encoding) + b"\0 \n", {}, {}) == (SAID, True)


def test_a_packet_in_a_systems_encoding_is_read() -> None:
    western = XMP.replace("نور", "Max").encode("cp1252")
    assert rights_of(western, {}, {})[0].creator == "Zoë Ø, Max"


@pytest.mark.parametrize(
    "packet_of",
    [
        "<!DOCTYPE x [<!ENTITY a 'aaaa'>]>" + XMP,
        "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>" + XMP,
        XMP[:300],
        "<a>" * 100_000,
        XMP.replace("</rdf:RDF>", " " * 1_000_000 + "</rdf:RDF>"),
        '<?xml version="1.0" encoding="x-none"?>' + XMP,
    ],
)
def test_bombs_and_damaged_packets_say_nothing(packet_of: str) -> None:
    assert rights_of(packet_of.encode(), {}, {}) == (Rights(), False)


def test_texts_are_on_one_line_short_and_without_tricks() -> None:
    exif = {0x013B: " A\0B\r\n\tC " + "x" * 900, 0x8298: "\x00 \x07"}
    found, _ = rights_of(b"", {(2, 116): "a\u202eb".encode()}, exif)
    assert found.creator.startswith("A B C x") and len(found.creator) == 500
    assert found.copyright == "ab"
    sly = XMP.replace("https://test.example/rights", "javascript:alert(1)")
    sly = sly.replace("trainedAlgorithmicMedia", "x&quot;y")
    assert rights_of(sly.encode(), {}, {})[0][3:] == ("", "")


def test_what_is_written_of_rights_is_read_again() -> None:
    for said in (SAID, Rights("<&>"), Rights(copyright="©"), Rights(credit="x" * 500)):
        assert rights_of(packet(said), {}, {}) == (said, False)
    assert packet(Rights()) == b""
