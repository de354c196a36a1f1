"""The links and pictures of one file: collected while it is read, resolved when it is rendered.

Whether the target is published depends on the instant, so HTML holds `sitegen-ref:N` in place of
its address; N counts the file's references. CommonMark escapes quotes in text, so no text of an
author can contain such an attribute.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from sitegen.config import Config
from sitegen.model import PICTURE, REF, Ref

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SOURCE = (".md", ".markdown")


@dataclass(slots=True)
class Linker:
    """Collects the references of the file `source`."""

    source: str
    site_host: str
    base_path: str = "/"
    sponsored: bool = False
    refs: list[Ref] = field(default_factory=list)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    """(target, as `targets` has it, and tail) → its index in `refs`.

    A picture that is linked to as well is two references: the link leads to the file as it is.
    """
    pictures: set[int] = field(default_factory=set)
    """The references that are pictures: a missing one is an error."""
    removed: Counter[str] = field(default_factory=Counter)
    """Raw HTML that was taken out of the file's texts: kind → how often."""
    frame_hosts: tuple[str, ...] = ()
    """The hosts whose frames may be shown, in lower case; `*.example.org` is any below it."""
    anchors: set[tuple[str, str]] = field(default_factory=set)
    """(target, fragment) of links to a place within a page; the target is empty for its own."""
    elsewhere: dict[str, str] = field(default_factory=dict)
    """Pictures and sounds of other hosts: address → host."""

    def targets(self) -> tuple[str, ...]:
        """Where the references lead, those of pictures with “!” before them."""
        return tuple(
            (PICTURE if index in self.pictures else "") + ref["to"]
            for index, ref in enumerate(self.refs)
        )

    def target_of(self, written: str) -> str:
        """The target, as `targets` has it, of what was written; empty: of another host."""
        if not written.startswith(REF):
            return ""
        return self.targets()[int(written.removeprefix(REF))]

    def link(self, href: str) -> str:
        """What to write in place of `href`."""
        written = self._reference(href)
        if "#" in href and (written.startswith(("#", REF))):
            to = self.refs[int(written.removeprefix(REF))]["to"] if written[0] != "#" else ""
            self.anchors.add((to, unquote(href.rpartition("#")[2])))
        return written

    def picture(self, src: str) -> str:
        """What to write in place of the address of a picture."""
        written = self.sound(src, PICTURE)
        if written.startswith(REF):
            self.pictures.add(int(written.removeprefix(REF)))
        return written

    def sound(self, src: str, kind: str = "") -> str:
        """What to write in place of the address of a sound, or of what else is of that `kind`."""
        written = self._reference(src, kind)
        if written.startswith(("http://", "https://", "//")) and (parts := _parts(written)):
            self.elsewhere[written] = parts.hostname or ""
        return written

    def frames(self, src: str) -> bool:
        """Whether the frame of another site may be shown: over https, from a host of the list."""
        parts = _parts(src)
        host = (parts.hostname or "").lower() if parts else ""
        return src.startswith(("https://", "//")) and any(
            host.endswith(name[1:]) if name.startswith("*.") else host == name
            for name in self.frame_hosts
        )

    def rel(self, href: str) -> str:
        """The `rel` that a link needs: other sites' get no window handle, paid ones say so."""
        if not href.startswith(("http://", "https://", "//")):
            return ""
        parts = _parts(href)
        if parts is not None and parts.hostname == self.site_host:
            return ""
        return "sponsored noopener" if self.sponsored else "external noopener"

    def _reference(self, address: str, kind: str = "") -> str:
        address = self._within(address)
        if address.startswith(REF):
            return self._written_before(address)
        if not address or address.startswith(("#", "?", "//")) or _SCHEME.match(address):
            return address
        path, tail = _split(address)
        decoded = unquote(path)
        if "{{" in decoded or "{%" in decoded:
            return address  # another system's shortcode: reported as such, and left as it stands
        if decoded.lower().endswith(_SOURCE):
            return self._add(f"source:{self.resolve(decoded)}", tail, kind)
        if path.startswith("/"):
            return self._add(f"url:{path}", tail, kind)
        return self._add(f"file:{self.resolve(decoded)}", tail, kind)

    def _written_before(self, address: str) -> str:
        """One of ours, when HTML is looked through again; nowhere when an author wrote it."""
        number = address.removeprefix(REF)
        known = number.isascii() and number.isdecimal() and int(number) < len(self.refs)
        return f"{REF}{int(number)}" if known else "#"

    def _within(self, address: str) -> str:
        """An absolute address of this very site as one from its root; others as they are."""
        if not address.startswith(("http://", "https://", "//")):
            return address
        parts = _parts(address)
        if parts is None or not self.site_host or parts.hostname != self.site_host:
            return address
        path = parts.path or "/"
        if not path.startswith(self.base_path):
            return address
        tail = urlunsplit(("", "", "", parts.query, parts.fragment))
        return f"/{path.removeprefix(self.base_path)}{tail}"

    def resolve(self, path: str) -> str:
        """`path`, written in this file, relative to content/; above it, it keeps its `..`."""
        if path.startswith("/"):
            return posixpath.normpath(path.lstrip("/"))
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.source), path))

    def _add(self, to: str, tail: str, kind: str) -> str:
        number = self.numbers.setdefault((kind + to, tail), len(self.refs))
        if number == len(self.refs):
            self.refs.append({"to": to, "tail": tail})
        return f"{REF}{number}"


def linker_of(source: str, config: Config, *, sponsored: bool = False) -> Linker:
    """The linker of the file `source` of a site."""
    hosts = config.embeds.hosts
    return Linker(source, config.host, config.base_path, sponsored, frame_hosts=hosts)


def _split(address: str) -> tuple[str, str]:
    cut = min((i for i in (address.find("#"), address.find("?")) if i >= 0), default=len(address))
    return address[:cut], address[cut:]


def _parts(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None
