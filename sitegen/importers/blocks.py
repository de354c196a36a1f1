"""Blocks of an article that have fields of their own: found in its HTML and taken out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import datetime

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from sitegen.importers.addresses import split
from sitegen.importers.html import Page, soup_to_markdown
from sitegen.importers.labels import field_of
from sitegen.importers.text import line_of
from sitegen.importers.things import Value
from sitegen.importers.tree import first, fresh, words
from sitegen.importers.whole import says_all

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_STRESSED = ("strong", "b")
_LISTS = ("key_points", "sources", "corrections")
"""Fields whose block is a list, and ends with it: the text of the article may go on below."""
_LOWEST = 7
"""The level of a paragraph that is stressed as a whole, and so a heading to readers."""
_QUESTION = ("?", "؟", "\uff1f")
_MARK = re.compile(r"^\s*\\?[:–—-]\s*")
_LEAD = re.compile(r"^(Q|A|Question|Answer)\s*\d*\s*[:.]\s+", re.IGNORECASE)


def take_blocks(soup: Tag, page: Page) -> dict[str, Value]:
    """The fields of the blocks that are in `soup`, which is left without them."""
    found: dict[str, Value] = {}
    for heading in soup.find_all([*_HEADINGS, "p"]):
        if heading.decomposed or heading.parent is None:
            continue
        level = _level(heading)
        field = field_of(words(heading)) if level else ""
        if not field:
            _take_labelled(heading, found, page)
        elif field not in found:
            below = _below(heading, level)
            if field in _LISTS:
                below = _as_far_as_a_list(below)
            value = _value(field, below, page)
            if value and says_all(value, below):
                found[field] = value
                _drop(heading, below)
    if "faq" not in found and (entries := _unfolded(soup)):
        asked = _faq(entries, page)
        if says_all(asked, entries):
            found["faq"] = asked
            _drop(entries[0], entries[1:])
    return found


def take_questions(soup: Tag, page: Page, questions: Mapping[str, str]) -> list[Value]:
    """Questions that a page names elsewhere (question → answer in HTML), with what it shows."""
    wanted = {_folded(question): question for question in questions}
    shown: dict[str, str] = {}
    for heading in soup.find_all([*_HEADINGS, "p", "summary", "dt"]):
        question = None if heading.decomposed else wanted.get(_folded(words(heading)))
        if question is None or heading.parent is None or question in shown:
            continue
        level = _level(heading) or _LOWEST
        below = _below(heading, level)
        shown[question] = _markdown(below, page)
        _drop(heading, below)
    return [
        {"question": question, "answer": shown.get(question) or line_of(answer)}
        for question, answer in questions.items()
    ]


def _folded(text: str) -> str:
    return " ".join(_LEAD.sub("", text).split()).casefold()


def _level(el: Tag) -> int:
    """1 to 6 for a heading, 7 for a paragraph that is nothing but stressed words; 0: neither."""
    if el.name in _HEADINGS:
        return int(el.name[1])
    inner = [node for node in el.contents if isinstance(node, Tag) or str(node).strip()]
    alone = len(inner) == 1 and isinstance(inner[0], Tag) and inner[0].name in _STRESSED
    return _LOWEST if el.name == "p" and alone else 0


def _below(heading: Tag, level: int) -> list[PageElement]:
    """What stands below a heading, as far as the next one of its rank."""
    start: Tag = heading
    while _is_last(start) and start.parent is not None and _is_wrapper(start.parent):
        start = start.parent
    found: list[PageElement] = []
    for node in start.next_siblings:
        if isinstance(node, Tag) and _ends(node, level):
            break
        found.append(node)
    return found


def _as_far_as_a_list(below: Sequence[PageElement]) -> list[PageElement]:
    """The list right below a heading; nothing where something else stands there."""
    for number, node in enumerate(below):
        if isinstance(node, Tag):
            found = node.name in ("ul", "ol") or node.find(["ul", "ol"])
            return list(below[: number + 1]) if found else []
    return []


def _ends(el: Tag, level: int) -> bool:
    """Whether a new part begins with an element: with its own heading, or within it."""
    own = _level(el)
    if own:
        return own <= level
    if _label(el) is not None:
        return True
    inner = el.find(_HEADINGS)
    return isinstance(inner, Tag) and el.name != "details" and int(inner.name[1]) <= level


def _is_last(el: Tag) -> bool:
    return not any(isinstance(node, Tag) or str(node).strip() for node in el.next_siblings)


def _is_wrapper(el: Tag) -> bool:
    return el.name in ("div", "header", "span", "summary", "a")


def _drop(heading: Tag, below: Iterable[PageElement]) -> None:
    """Take a block out, with whatever is empty without it."""
    parent = heading.parent
    for node in list(below):
        node.extract()
    heading.extract()
    while parent is not None and parent.name != "body" and parent.parent is not None:
        if words(parent) or parent.find(["img", "iframe", "video", "audio"]):
            break
        above = parent.parent
        parent.extract()
        parent = above


def _value(field: str, below: Sequence[PageElement], page: Page) -> Value:
    elements = [node for node in below if isinstance(node, Tag)]
    match field:
        case "key_points":
            return [text for entry in _entries(elements) if (text := _line(entry, page))]
        case "sources":
            return [_source(entry, page) for entry in _entries(elements)]
        case "corrections":
            return list(_corrections(elements, page))
        case "faq":
            return _faq(elements, page)
    return _markdown(below, page)


def _entries(elements: Iterable[Tag]) -> list[Tag]:
    """The entries of the first list among elements."""
    for el in elements:
        found = el if el.name in ("ul", "ol") else el.find(["ul", "ol"])
        if isinstance(found, Tag):
            return [li for li in found.find_all("li") if li.find_parent(["ul", "ol"]) is found]
    return []


def _line(el: Tag, page: Page) -> str:
    return " ".join(soup_to_markdown(copy_of(el.contents), page).split())


def _markdown(nodes: Iterable[PageElement], page: Page) -> str:
    return soup_to_markdown(copy_of(nodes), page)


def copy_of(nodes: Iterable[PageElement]) -> Tag:
    """Converting changes what it is given, and a block may turn out to be none."""
    box = fresh("body")
    for node in list(nodes):
        box.append(copy(node))
    return box


def _source(el: Tag, page: Page) -> dict[str, Value]:
    anchor, publisher = first(el, "a"), first(el, "cite")
    title = words(anchor) if anchor else words(el)
    href = str(anchor.get("href") or "") if anchor else ""
    to = page.link(href) if href else ""
    url = to if split(to) else ""  # a source's own address, whole: one of the site is none
    if href and not url:
        page.lose("link", href)
    said = words(publisher) if publisher else ""
    return {"title": "" if title == url else title or href, "url": url, "publisher": said}


def _corrections(elements: Iterable[Tag], page: Page) -> Iterator[dict[str, Value]]:
    """Only those with a date, as machines read it: others stay in the text."""
    for entry in _entries(elements):
        moment = first(entry, "time")
        try:
            date = datetime.fromisoformat(str(moment["datetime"])) if moment else None
        except (KeyError, ValueError):
            date = None
        if moment is None or date is None:
            continue
        rest = copy_of(entry.contents)
        shown = first(rest, "time")
        if shown is not None:
            shown.extract()
        text = _MARK.sub("", " ".join(soup_to_markdown(rest, page).split()))
        if text:
            yield {"date": date, "text": text}


def _faq(elements: Sequence[Tag], page: Page) -> list[Value]:
    """Questions and answers: to be unfolded, as a list of terms, or headings with text below."""
    found: list[Value] = []
    for question, answer in _pairs(elements):
        text = _markdown(answer, page)
        if question and text:
            found.append({"question": _LEAD.sub("", question), "answer": _LEAD.sub("", text)})
    return found


def _pairs(elements: Sequence[Tag]) -> Iterator[tuple[str, list[PageElement]]]:
    for el in elements:
        for unfolded in [el] if el.name == "details" else el.find_all("details"):
            summary = first(unfolded, "summary")
            if summary is not None:
                yield words(summary), [n for n in unfolded.contents if n is not summary]
        for term in el.find_all("dt"):
            answer = term.find_next_sibling("dd")
            if isinstance(answer, Tag):
                yield words(term), list(answer.contents)
        inner = [el, *el.find_all([*_HEADINGS, "p"])] if el.name != "details" else []
        for heading in inner:
            level = _level(heading)
            if level and (level < _LOWEST or words(heading).endswith(_QUESTION)):
                yield words(heading), _below(heading, level)


def _unfolded(soup: Tag) -> list[Tag]:
    """Questions to be unfolded that stand side by side without a heading."""
    start = first(soup, "details")
    if start is None or start.parent is None:
        return []
    found = [el for el in start.parent.find_all("details", recursive=False)]
    asked = [
        words(summary).endswith(_QUESTION) if (summary := first(el, "summary")) else False
        for el in found
    ]
    return found if len(found) > 1 and all(asked) else []


def _label(el: Tag) -> Tag | None:
    """The stressed words that a paragraph begins with, where these are a label."""
    start = next((n for n in el.contents if isinstance(n, Tag) or str(n).strip()), None)
    if el.name != "p" or not isinstance(start, Tag) or start.name not in _STRESSED:
        return None
    return start if field_of(words(start)) in ("why_it_matters", "what_it_means") else None


def _take_labelled(el: Tag, found: dict[str, Value], page: Page) -> None:
    """`<p><strong>Why this matters:</strong> words</p>`: a paragraph that begins with its label."""
    label = _label(el)
    if label is None or (field := field_of(words(label))) in found:
        return
    label.extract()
    head = el.contents[0] if el.contents else None
    if isinstance(head, NavigableString):
        head.replace_with(_MARK.sub("", str(head)))
    found[field] = _markdown(el.contents, page)
    el.extract()
