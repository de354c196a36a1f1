"""Whose a picture is: as files say it in three ways, and as those say it that are made of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_IPTC = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"
_META = "{adobe:ns:meta/}"
_PREFIXES = {"rdf": _RDF, "dc": _DC, "photoshop": _PHOTOSHOP, "xmpRights": _RIGHTS}
_PREFIXES |= {"Iptc4xmpExt": _IPTC, "x": _META}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"

ARTIST, COPYRIGHT = 0x013B, 0x8298
"""Tags of EXIF."""
_BY_LINE, _CREDIT, _NOTICE, _CODING = (2, 80), (2, 110), (2, 116), (1, 90)
"""Data sets of IPTC's Information Interchange Model 4.2."""
_UTF_8 = b"\x1b%G"

_LARGEST = 1_000_000
"""Bytes of a packet of XMP that are parsed: histories are longer than 64 KB."""
_LONGEST = 500
"""Characters of a text, so that all of them fit in the one segment that a JPEG has for them."""
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""They could turn the words of a page around; what Arabic and Persian are joined with stays."""
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2000}")
_NAME = re.compile(r"[A-Za-z]{1,100}")


class Rights(NamedTuple):
    """Who made a picture and what may be done with it; empty is what nobody said."""

    creator: str = ""
    credit: str = ""
    copyright: str = ""
    license: str = ""
    source_type: str = ""


def rights_of(
    xmp: bytes, iim: Mapping[tuple[int, int], bytes | list[bytes]], exif: Mapping[int, object]
) -> tuple[Rights, bool]:
    """What XMP says, else IIM, else EXIF; and whether XMP tells where the picture was taken.

    XMP comes first because its texts say how they are coded, and newsrooms' programs write all
    of it (IPTC Photo Metadata Standard 2023.2). What is damaged says nothing.
    """
    found = dict(_properties(xmp))
    address = _text([found.get(f"{_RIGHTS}WebStatement", "")])
    kind = _text([found.get(f"{_IPTC}DigitalSourceType", "")]).rstrip("/").rpartition("/")[2]
    rights = Rights(
        _text([found.get(f"{_DC}creator", ""), _old(iim, _BY_LINE), _older(exif, ARTIST)]),
        _text([found.get(f"{_PHOTOSHOP}Credit", ""), _old(iim, _CREDIT)]),
        _text([found.get(f"{_DC}rights", ""), _old(iim, _NOTICE), _older(exif, COPYRIGHT)]),
        address if _ADDRESS.fullmatch(address) else "",
        kind if _NAME.fullmatch(kind) else "",
    )
    return rights, any(name.startswith(f"{_EXIF}GPS") for name in found)


def _text(candidates: Iterable[str]) -> str:
    """The first that says something: on one line, without characters that only control."""
    for candidate in candidates:
        seen = _OVERRIDES.sub("", candidate[: 4 * _LONGEST])
        plain = (" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in seen)
        if text := " ".join("".join(plain).split())[:_LONGEST].strip():
            return text
    return ""


class _Builder(ElementTree.TreeBuilder):
    """Refuses what entities are declared in: no program that writes XMP has one."""

    def doctype(self, name: str, pubid: str, system: str) -> None:
        raise ValueError("a packet of XMP has no document type")


def _properties(xmp: bytes) -> Iterator[tuple[str, str]]:
    """Name → text, of the properties of the packet's resource (XMP, part 1, 7.4 to 7.9)."""
    if not xmp or len(xmp) > _LARGEST:
        return
    try:
        root = _parsed(xmp)
    except (ElementTree.ParseError, ValueError, LookupError):  # LookupError: an unknown encoding
        return
    for description in root.iter(f"{_RDF}Description"):
        yield from description.attrib.items()
        for element in description:
            items = element.findall(f"{_RDF}*/{_RDF}li")
            if element.tag == f"{_DC}rights" and items:
                items.sort(key=lambda item: item.get(_LANGUAGE) != "x-default")
                del items[1:]
            texts = [item.text or "" for item in items] or [
                element.get(f"{_RDF}resource") or element.text or ""
            ]
            yield element.tag, ", ".join(text.strip() for text in texts if text.strip())


def _parsed(xmp: bytes) -> ElementTree.Element:
    if xmp.startswith((b"\xff\xfe", b"\xfe\xff")):
        xmp = xmp.decode("utf-16", "replace").rpartition(">")[0].encode() + b">"
    xmp = xmp.strip(b"\0 \t\r\n")
    try:
        return ElementTree.fromstring(xmp, ElementTree.XMLParser(target=_Builder()))
    except ElementTree.ParseError:
        # Some programs write their system's encoding without a word.
        text = xmp.decode("cp1252", "replace")
        return ElementTree.fromstring(text, ElementTree.XMLParser(target=_Builder()))


def _old(iim: Mapping[tuple[int, int], bytes | list[bytes]], data_set: tuple[int, int]) -> str:
    """A text of IIM: in UTF-8 where it says so or where it can be, else as Windows writes."""
    values = iim.get(data_set, b"")
    texts = (
        _decoded(value, utf_8=iim.get(_CODING) == _UTF_8)
        for value in (values if isinstance(values, list) else [values])
    )
    return ", ".join(text for text in texts if text)


def _older(exif: Mapping[int, object], tag: int) -> str:
    """A text of EXIF, which Pillow reads as Latin-1 because the standard allows only ASCII."""
    value = exif.get(tag, "")
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    return _decoded(value, utf_8=False) if isinstance(value, bytes) else ""


def _decoded(text: bytes, *, utf_8: bool) -> str:
    try:
        return text.decode("utf-8", "replace" if utf_8 else "strict")
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")


def packet(rights: Rights) -> bytes:
    """The same packet of XMP for the same rights, always (part 1, 7.3.2); empty of none."""
    if not any(rights):
        return b""
    for prefix, namespace in _PREFIXES.items():
        ElementTree.register_namespace(prefix, namespace[1:-1])
    root = ElementTree.Element(f"{_META}xmpmeta")
    rdf = ElementTree.SubElement(root, f"{_RDF}RDF")
    about = ElementTree.SubElement(rdf, f"{_RDF}Description", {f"{_RDF}about": ""})
    if rights.creator:
        _list(about, f"{_DC}creator", f"{_RDF}Seq", {}, rights.creator)
    if rights.copyright:
        _list(about, f"{_DC}rights", f"{_RDF}Alt", {_LANGUAGE: "x-default"}, rights.copyright)
    kind = rights.source_type and SOURCE_TYPES + rights.source_type
    for name, text in (
        (f"{_PHOTOSHOP}Credit", rights.credit),
        (f"{_RIGHTS}WebStatement", rights.license),
        (f"{_IPTC}DigitalSourceType", kind),
    ):
        if text:
            ElementTree.SubElement(about, name).text = text
    begin = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    body = ElementTree.tostring(root, encoding="unicode")
    return f'{begin}{body}<?xpacket end="r"?>'.encode()


def _list(
    about: ElementTree.Element, name: str, kind: str, language: dict[str, str], text: str
) -> None:
    element = ElementTree.SubElement(ElementTree.SubElement(about, name), kind)
    ElementTree.SubElement(element, f"{_RDF}li", language).text = text
