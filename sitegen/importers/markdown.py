"""Pieces of Markdown as sitegen reads them: words, links, pictures with captions, frames."""

from __future__ import annotations

import re
from urllib.parse import quote

from sitegen.read.markdown import CREDIT

_SPECIAL = re.compile(
    r"[\\`*]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # within a word it means nothing (CommonMark 0.31, 6.2)
    r"|\[(?=[^\]]*\][\[(:])|\[(?=\^)|\^(?=\[|$)|\](?=[\[(:])"
    r"|~(?=~)|(?<=~)~"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)"
)
_IN_BRACKETS = re.compile(rf"[\[\]]|\A\^|{_SPECIAL.pattern}")
_AT_START = re.compile(
    r"(?P<before>\s*)(?:(?P<sign>#{1,6}(?=\s|$)|[-+](?=\s|$)|>|-{2,}\s*$|=+\s*$|[:~](?=\s)"
    r"|\[(?=[ xX]\]\s)|\|)|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$))"
)
_IN_ADDRESS = "!#$%&'*+,/:;=?@[]~"


def escaped(text: str, *, bracketed: bool = False) -> str:
    """`text` such that no sign in it means anything; `bracketed`: between square brackets."""
    pattern = _IN_BRACKETS if bracketed else _SPECIAL
    return pattern.sub(r"\\\g<0>", text)


def code(text: str) -> str:
    """`text` on one line as code, whatever signs are in it (CommonMark 0.31, 6.1)."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    fence = "`" * (longest + 1)
    return f"{fence}{room}{_line(text)}{room}{fence}"


def escaped_start(text: str) -> str:
    """Escaped `text` at the beginning of a line: it must not make a list, heading or quotation."""
    found = _AT_START.match(text)
    if found is None:
        return text
    at = found.start("dot" if found["dot"] else "sign")
    return f"{text[:at]}\\{text[at:]}"


def address(url: str) -> str:
    """An address as it can stand between round brackets."""
    return quote(url.strip(), safe=_IN_ADDRESS)


def link(words: str, url: str) -> str:
    """`words` are Markdown already."""
    return f"[{words}]({address(url)})" if url else words


def picture(src: str, alt: str, caption: str = "", credit: str = "") -> str:
    """A picture; with a caption or credit it must be a paragraph of its own. All are texts."""
    title = _title(caption, credit)
    shown = escaped(_line(alt), bracketed=True)
    return f"![{shown}]({address(src)}{title})"


def _title(caption: str, credit: str) -> str:
    caption, credit = (_line(text).replace(CREDIT, " – ") for text in (caption, credit))
    if not caption and not credit:
        return ""
    title = f"{caption}{CREDIT}{credit}" if credit else caption
    escaped_title = re.sub(r'[\\"]|&(?=#?\w+;)', r"\\\g<0>", title.strip())
    return f' "{escaped_title}"'


def _line(text: str) -> str:
    return " ".join(text.split())
