"""Pages that only lead on: the address in them, for storage that can redirect by itself."""

from __future__ import annotations

from html.parser import HTMLParser


class _Refresh(HTMLParser):
    """Finds `<meta http-equiv="refresh" content="0; url=…">` (HTML Standard, 4.2.5.3)."""

    def __init__(self) -> None:
        super().__init__()
        self.address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta" and found.get("http-equiv", "").lower() == "refresh":
            _, _, address = found.get("content", "").partition("url=")
            self.address = self.address or address.strip()


def address_in(page: str) -> str:
    """Where a page leads on to: a path or a whole address; empty when it leads nowhere."""
    reader = _Refresh()
    reader.feed(page)
    reader.close()
    leads = reader.address.startswith(("/", "http://", "https://"))
    return reader.address if leads and reader.address.isascii() else ""
