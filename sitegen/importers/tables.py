"""Tables that Markdown cannot hold, as HTML without anything but their cells."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bs4 import Tag

from sitegen.importers.figures import inline_html
from sitegen.importers.tree import first, fresh

if TYPE_CHECKING:
    from sitegen.importers.html import Page

_ROOMY = ["ul", "ol", "pre", "blockquote", "table", "h1", "h2", "h3", "h4", "h5", "h6", "iframe"]
_SPANS = ("colspan", "rowspan")


def table_html(table: Tag, page: Page) -> str:
    """The table as HTML where a cell is joined with others or holds several lines; else empty."""
    cells = table.find_all(["td", "th"])
    joined = any(str(cell.get(name) or "1") not in ("1", "") for cell in cells for name in _SPANS)
    roomy = any(cell.find(_ROOMY) or len(cell.find_all("p")) > 1 for cell in cells)
    if table.find_parent(["td", "th"]) or not (joined or roomy):
        return ""
    rows = [
        f"<tr>{''.join(_cell(cell, page) for cell in _cells(row))}</tr>" for row in _rows(table)
    ]
    caption = first(table, "caption")
    head = f"<caption>{inline_html(caption, page)}</caption>" if caption else ""
    page.lose("table", f"a table of {len(rows)} rows")
    return "\n".join([f"<table>{head}", *rows, "</table>"])


def _rows(table: Tag) -> list[Tag]:
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


def _cell(cell: Tag, page: Page) -> str:
    spans = "".join(
        f' {name}="{escape(str(cell[name]))}"'
        for name in _SPANS
        if str(cell.get(name) or "1") not in ("1", "0")
    )
    return f"<{cell.name}{spans}>{_inner(cell, page)}</{cell.name}>"


def _inner(cell: Tag, page: Page) -> str:
    """Words with their emphasis and links; paragraphs and the entries of lists on lines."""
    for block in cell.find_all(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr"]):
        if block.find_next(["p", "li"]) in cell.find_all(["p", "li"]):
            block.append(fresh("br"))
        if block.name == "li":
            block.insert(0, "– ")
    return inline_html(cell, page).removesuffix("<br>")
