"""Labels that the theme writes, and authors again: “Why this matters: …” is said once."""

from __future__ import annotations

import re

from markupsafe import Markup, escape


def unlabelled(html: str, *labels: str) -> Markup:
    """HTML without a label at its start that the theme itself writes: “Why this matters: …”."""
    for label in labels:
        name = re.escape(str(escape(label)))
        mark = rf"{name}\s*(?:[:–—-]\s*(?:</\2>)?|</\2>\s*[:–—-])\s*"
        if match := re.match(rf"(\s*<p>)?\s*(?:<(strong|b|em)>)?{mark}", html, re.IGNORECASE):
            rest = html[match.end() :]
            return Markup((match[1] or "") + rest[:1].upper() + rest[1:])
    return Markup(html)
