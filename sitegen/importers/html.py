"""HTML of articles as Markdown. Owns markdownify.

What Markdown has no form for stays as plain HTML that sitegen lets through, or is told as a loss.
"""

from __future__ import annotations

import re
from typing import Protocol

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from markdownify import MarkdownConverter

from sitegen.importers.figures import figure_text, frame_text
from sitegen.importers.footnotes import take_footnotes
from sitegen.importers.lists import sign_of
from sitegen.importers.markdown import address, escaped, escaped_start, picture
from sitegen.importers.tables import settle_tables, table_html
from sitegen.importers.tidy import tidy
from sitegen.importers.tree import BLOCKS, words

_BREAKS = re.compile(r"(?:\\\n[ ]*){2,}")
_OUTER_BREAKS = re.compile(r"^(?:\\\n\s*)+|(?:\\\n\s*)+$")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_TILDE = re.compile(r"(?<!\\)~")
_RUN = re.compile(r"`+")
_KEPT = ("abbr", "bdi", "bdo", "dfn", "ins", "kbd", "mark", "rp", "rt", "ruby", "time", "u")
"""Inline elements that mean something and have no sign in Markdown: they stay as they are."""


class Page(Protocol):
    """What an importer knows of the page that a piece of HTML is from."""

    def link(self, href: str) -> str:
        """What to write in place of the address of a link."""
        ...

    def picture(self, src: str) -> str:
        """What to write in place of the address of a picture; empty: it cannot be shown."""
        ...

    def frame(self, host: str) -> None:
        """A frame of that host is shown in the text."""
        ...

    def lose(self, kind: str, detail: str) -> None:
        """Something could not be carried; `kind` is one of `losses.LOSSES`."""
        ...


def to_markdown(html: str, page: Page) -> str:
    """`html`, a document or a piece of one, as Markdown without a blank line at either end."""
    soup = BeautifulSoup(html, "lxml")
    return soup_to_markdown(soup.body or soup, page)


def soup_to_markdown(soup: Tag, page: Page) -> str:
    """As `to_markdown`, of what is parsed already; `soup` is changed."""
    settle_tables(soup)
    tidy(soup, page)
    notes = take_footnotes(soup)
    text = _Converter(page).convert_soup(soup).strip("\n")
    ends = []
    for number, note in notes:
        inner = _Converter(page).convert_soup(note).strip()
        ends.append(f"[^{number}]: " + inner.replace("\n", "\n    ").replace("\n    \n", "\n\n"))
    return "\n\n".join([text, *ends]).strip("\n")


class _Converter(MarkdownConverter):
    """markdownify, with sitegen's forms, and escapes only where a sign would mean something."""

    def __init__(self, page: Page) -> None:
        super().__init__(
            heading_style="atx",
            bullets="-",
            newline_style="backslash",
            sub_symbol="<sub>",
            sup_symbol="<sup>",
            autolinks=False,
        )
        self._page = page

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return escaped(text)

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        tags = parent_tags or set()
        if "pre" in tags:
            return _CONTROL.sub("", str(el))
        text = _CONTROL.sub("", _SPACES.sub(" ", str(el)))
        if "_noformat" in tags:
            return text
        text = escaped(text, bracketed="a" in tags)
        if tags & {"del", "s", "strike"}:
            text = _TILDE.sub(r"\\~", text)  # or it would be a part of the signs around it
        if _begins_line(el):
            text = escaped_start(text.lstrip(" "))
        return text.rstrip(" ") if _ends_line(el) else text

    # Words.

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _emphasis(el, text, "**", "strong", parent_tags)

    convert_b = convert_strong

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _emphasis(el, text, "*", "em", parent_tags)

    convert_i = convert_em

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _emphasis(el, text, "~~", "del", parent_tags)

    convert_s = convert_strike = convert_del

    def convert_q(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"“{text.strip()}”"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_noformat" in parent_tags:
            return text
        anchor = f'<a id="{_quoted(str(el["id"]))}"></a>' if el.get("id") else ""
        href, inner = str(el.get("href") or "").strip(), text.strip()
        if not href or not inner:
            return anchor + text
        to = self._page.link(href)
        if not to:
            return text
        before = " " if text[0].isspace() and not _beside(el, back=True).isspace() else ""
        after = " " if text[-1].isspace() and not _beside(el).isspace() else ""
        if to == el.get_text().strip() == address(to) and to.startswith(("http://", "https://")):
            return f"{before}{anchor}<{to}>{after}"
        return f"{before}{anchor}[{inner}]({address(to)}){after}"

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if parent_tags & {"td", "th"}:
            return "<br>"
        return " " if "_inline" in parent_tags else "\\\n"

    def _as_it_is(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_noformat" in parent_tags or not text.strip():
            return text
        names = ("title", "datetime", "dir", "lang")
        said = "".join(f' {n}="{_quoted(str(el[n]))}"' for n in names if el.get(n))
        return f"<{el.name}{said}>{text}</{el.name}>"

    def convert_footnote_call(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"[^{text}]"

    # Blocks.

    def convert_cite(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if el.parent is not None and el.parent.name == "blockquote":
            return f"\n\n— {text.strip(' —–-')}\n\n"
        return self._as_it_is(el, text, parent_tags)

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        text = _BREAKS.sub("\n\n", _OUTER_BREAKS.sub("", text.strip(" \t\r\n"))).strip()
        return f"\n\n{text}\n\n" if text else ""

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = " ".join(text.split())
        if "_inline" in parent_tags or not words:
            return words
        ends = re.sub(r"(?<!\\)(#+)$", r"\\\1", words)
        return f"\n\n{'#' * n} {ends}\n\n"

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        sign = sign_of(el)
        inner = re.sub(r"\n(?=[^\n])", "\n" + " " * len(sign), text.strip())
        return f"{sign}{inner}\n" if inner else "\n"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        code = text.strip("\n")
        longest = max((len(run) for run in _RUN.findall(code)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"\n\n{fence}{_language(el)}\n{code}\n{fence}\n\n" if code.strip() else ""

    def convert_details(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n<details>\n{text.strip()}\n\n</details>\n\n"

    def convert_summary(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"<summary>{' '.join(words(el).split())}</summary>\n\n"

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        as_html = table_html(el, self._page)
        return f"\n\n{as_html or text.strip()}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        cell = " ".join(text.split()).replace("|", "\\|")
        return f" {re.sub(r'(<br>)+$', '', cell)} |"

    convert_th = convert_td

    def convert_iframe(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{frame_text(el, self._page)}\n\n"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        src = self._page.picture(str(el.get("src") or ""))
        alt = str(el.get("alt") or "")
        return picture(src, alt) if src else escaped(alt)

    def convert_figure(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        written = figure_text(el, self._page)
        return f"\n\n{text.strip() if written is None else written}\n\n"


for _name in _KEPT:
    setattr(_Converter, f"convert_{_name}", _Converter._as_it_is)


def _emphasis(el: Tag, text: str, sign: str, name: str, parent_tags: set[str]) -> str:
    """Signs, or where these would not be understood beside their neighbours, elements.

    CommonMark 0.31, 6.2: `**word:**next` is no emphasis.
    """
    inner = text.strip()
    if "_noformat" in parent_tags or not inner:
        return text
    left, right = _beside(el, back=True), _beside(el)
    before = " " if text[0].isspace() and not left.isspace() else ""
    after = " " if text[-1].isspace() and not right.isspace() else ""
    left, right = ("" if before else left), ("" if after else right)
    opens = _is_word(inner[0]) or not _is_word(left)
    closes = _is_word(inner[-1]) or not _is_word(right)
    touching = left[-1:] == sign[0] or right[:1] == sign[0]
    if opens and closes and not touching:
        return f"{before}{sign}{inner}{sign}{after}"
    return f"{before}<{name}>{inner}</{name}>{after}"


def _beside(el: Tag, back: bool = False) -> str:
    """The character that stands next to an element in its line; empty at an end of it."""
    node = el.previous_sibling if back else el.next_sibling
    while node is None and el.parent is not None and el.parent.name not in BLOCKS:
        el = el.parent
        node = el.previous_sibling if back else el.next_sibling
    if isinstance(node, Tag) and node.name in ("b", "strong", "em", "i"):
        return "*"
    text = node.get_text() if isinstance(node, Tag) else str(node or "")
    return text[-1:] if back else text[:1]


def _is_word(character: str) -> bool:
    return bool(character) and not character.isspace() and character.isalnum()


def _begins_line(el: NavigableString) -> bool:
    """Whether a text is the first thing of its block, or behind a line break."""
    return _is_last(el, back=True)


def _ends_line(el: NavigableString) -> bool:
    return _is_last(el, back=False)


def _is_last(el: PageElement, *, back: bool) -> bool:
    """Whether nothing but blanks stands between `el` and an end of its line."""
    while True:
        near = el.previous_sibling if back else el.next_sibling
        while isinstance(near, NavigableString) and not near.strip():
            near = near.previous_sibling if back else near.next_sibling
        if near is not None:
            return isinstance(near, Tag) and (near.name == "br" or near.name in BLOCKS)
        if el.parent is None or el.parent.name in BLOCKS:
            return True
        el = el.parent


def _language(pre: Tag) -> str:
    """What a box of code says that it is, in one of the ways that highlighters know."""
    for el in (pre, pre.code):
        for name in el.get_attribute_list("class") if el else ():
            found = re.fullmatch(r"(?:language|lang|brush:?)-?([\w+#-]+)", str(name or ""))
            if found:
                return found[1]
    return ""


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
