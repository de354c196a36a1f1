"""Footnotes of HTML: signs that lead to a note further down, and the notes."""

from __future__ import annotations

import re

from bs4 import Tag

from sitegen.importers.tree import elements, fresh

_SIGN = re.compile(r"\[?\(?(\d{1,3}|\*{1,3}|[†‡§a-z])\)?\]?")
_BACK = re.compile(r"[↩↑^⤴︎\s]*|back|return")
_HEADING = re.compile(
    r"(?i)(foot|end)?notes?|references|fußnoten|anmerkungen|notas|notes de bas de page"
)


def take_footnotes(soup: Tag) -> list[tuple[int, Tag]]:
    """Take the notes out of `soup`; where they are called, `[^1]` stands then.

    Returns each note's number and what it says.
    """
    anchors = [a for a in elements(soup, ("a",)) if str(a.get("href") or "").startswith("#")]
    if not anchors:
        return []
    everything = elements(soup)
    targets = {str(el["id"]): el for el in everything if el.get("id")}
    order = {id(el): number for number, el in enumerate(everything)}
    numbers: dict[str, int] = {}
    for anchor in anchors:
        name = str(anchor["href"])[1:]
        note = targets.get(name)
        if note is None or order[id(anchor)] > order[id(note)] or not _calls(anchor, note):
            continue
        number = numbers.setdefault(name, len(numbers) + 1)
        sign = _outermost(anchor)
        sign.replace_with(_call(number))
    found = [(number, _note(targets[name])) for name, number in numbers.items()]
    if found:
        _clear(soup)
    return found


def _calls(anchor: Tag, note: Tag) -> bool:
    """Whether a link is the sign of a note: a number that leads to a paragraph or an entry."""
    text = anchor.get_text().strip()
    small = anchor.find_parent("sup") is not None or anchor.find("sup") is not None
    named = re.search(r"(?i)note|^_?ftn|\bfn", f"{anchor.get('class')} {anchor['href']}")
    is_note = note.name in ("li", "p", "div", "dd", "aside") and anchor not in note.descendants
    return bool(_SIGN.fullmatch(text) and (small or named) and is_note)


def _outermost(anchor: Tag) -> Tag:
    sup = anchor.find_parent("sup")
    return (
        sup if sup is not None and sup.get_text().strip() == anchor.get_text().strip() else anchor
    )


def _call(number: int) -> Tag:
    """An element that is written as `[^1]`: as text it would be escaped."""
    call = fresh("footnote-call")
    call.string = str(number)
    return call


def _note(note: Tag) -> Tag:
    """What a note says, without the links that lead back."""
    for anchor in note.find_all("a", href=re.compile("^#")):
        if _BACK.fullmatch(anchor.get_text().strip()) or _SIGN.fullmatch(anchor.get_text().strip()):
            parent = anchor.parent
            anchor.decompose()
            if parent is not None and parent.name == "sup" and not parent.get_text().strip():
                parent.decompose()
    note.extract()
    note.name = "div"
    note.attrs = {}
    return note


def _clear(soup: Tag) -> None:
    """Take away the lists that notes were in, with their heading and line, once they are empty."""
    for box in soup.find_all(["ol", "ul", "div", "section", "aside"]):
        if box.decomposed or box.get_text().strip() or box.find(["img", "iframe", "footnote-call"]):
            continue
        if (
            not re.search(r"(?i)note|fn", f"{box.get('class')} {box.get('id')}")
            and box.name == "div"
        ):
            continue
        before = box.find_previous_sibling()
        heading = before is not None and _HEADING.fullmatch(before.get_text().strip(" :"))
        if before is not None and (heading or before.name == "hr"):
            before.decompose()
        box.decompose()
