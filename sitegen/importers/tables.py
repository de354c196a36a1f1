"""Tables: those that only arrange a page are taken apart, those beyond Markdown stay HTML."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from bs4 import Tag

from sitegen.importers.figures import inline_html
from sitegen.importers.tree import elements, first, fresh

if TYPE_CHECKING:
    from sitegen.importers.html import Page

_ROOMY = ("ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "iframe", "figure")
_LINES = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "pre", "blockquote", "figure", "dt")
"""Elements that begin a line of their own."""
_PARTS = ("thead", "tbody", "tfoot", "tr", "td", "th", "caption")
_SPANS = ("colspan", "rowspan")
_BREAKS = re.compile(r"\s*<br>(?:\s*<br>)*\s*")


def settle_tables(soup: Tag) -> None:
    """Take tables apart that only say where things stand; of others only rows and cells stay."""
    for table in reversed(elements(soup, ("table",))):  # inner ones first
        for el in elements(table, ("col", "colgroup")):
            el.decompose()
        for row in _rows(table):
            if not _cells(row):
                row.unwrap()
        if not _rows(table) or _only_arranges(table):
            for el in [*_parts(table), table]:
                el.name = "div"
        elif not _is_html(table) and (caption := first(table, "caption")) is not None:
            caption.name = "p"
            table.insert_before(caption.extract())


def _only_arranges(table: Tag) -> bool:
    """Whether it holds other tables, or is one column of whole texts."""
    rows = [_cells(row) for row in _rows(table)]
    column = all(len(cells) == 1 for cells in rows)
    roomy = any(_is_roomy(cell) for cells in rows for cell in cells)
    said = table.get("role") == "presentation"
    return said or first(table, "table") is not None or (column and roomy)


def _is_roomy(cell: Tag) -> bool:
    """Whether there are several lines in a cell."""
    return bool(elements(cell, _ROOMY)) or len(elements(cell, ("p",))) > 1


def _is_html(table: Tag) -> bool:
    """Whether Markdown cannot hold it: cells are joined, roomy, or more than in the first row."""
    rows = [_cells(row) for row in _rows(table)]
    joined = any(_spans(cell) for cells in rows for cell in cells)
    longer = any(len(cells) > len(rows[0]) for cells in rows)
    return joined or longer or any(_is_roomy(cell) for cells in rows for cell in cells)


def table_html(table: Tag, page: Page) -> str:
    """The table as HTML where Markdown cannot hold it; else empty."""
    if not _is_html(table):
        return ""
    rows = [
        f"<tr>{''.join(_cell(cell, page) for cell in _cells(row))}</tr>" for row in _rows(table)
    ]
    caption = first(table, "caption")
    head = f"<caption>{inline_html(caption, page)}</caption>" if caption else ""
    page.lose("table", f"a table of {len(rows)} rows")
    return "\n".join([f"<table>{head}", *rows, "</table>"])


def _rows(table: Tag) -> list[Tag]:
    return [el for el in _parts(table) if el.name == "tr"]


def _parts(table: Tag) -> list[Tag]:
    """Rows and cells, but not those of tables within."""
    return [el for el in elements(table, _PARTS) if el.find_parent("table") is table]


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


def _spans(cell: Tag) -> str:
    return "".join(
        f' {name}="{escape(str(cell[name]))}"'
        for name in _SPANS
        if str(cell.get(name) or "1") not in ("1", "0")
    )


def _cell(cell: Tag, page: Page) -> str:
    """Words with their emphasis, links and pictures; paragraphs and entries of lists on lines."""
    for block in elements(cell, _LINES):
        block.insert_before(fresh("br"))
        block.insert_after(fresh("br"))
        if block.name == "li":
            block.insert(0, "– ")
    inner = _BREAKS.sub("<br>", inline_html(cell, page))
    inner = inner.removeprefix("<br>").removesuffix("<br>")
    return f"<{cell.name}{_spans(cell)}>{inner}</{cell.name}>"
