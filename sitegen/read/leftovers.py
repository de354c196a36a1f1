"""What other systems left in a text: their shortcodes, and HTML that was removed; by kind."""

from __future__ import annotations

import re
from collections import Counter

from sitegen.model import Note
from sitegen.read.file import ReadFile
from sitegen.read.links import Linker
from sitegen.read.matter import Matter

_CODE = re.compile(r"(^|\n)(```|~~~).*?\n\2|`[^`\n]+`", re.DOTALL)
_SHORTCODES = (
    ("{{", re.compile(r"\{\{[<%]\s*/?\s*([\w.-]+)"), "{{{{< {} >}}}}"),
    ("{%", re.compile(r"\{%-?\s*(?!end)([\w.-]+)"), "{{% {} %}}"),
    ("{{", re.compile(r"\{\{(?![<%])[^{}\n]*\|\s*([\w.-]+)"), "{{{{ … | {} }}}}"),
    ("{{", re.compile(r"\{\{(?![<%])\s*([\w.]+)\s*\}\}"), "{{{{ {} }}}}"),
    ("[", re.compile(r"\[(caption|gallery|embed|youtube|audio|video|playlist)[\s\]]"), "[{}]"),
)
"""(beginning, pattern, how it is told). The beginning is looked for first: most texts have none."""


def leftovers(matter: Matter, linker: Linker, read: ReadFile) -> None:
    """Note what is left in the body of a file, once all of its texts were rendered."""
    for kind, count in linker.removed.items():
        words = kind.removesuffix(">").removesuffix('""').removesuffix(" address")
        read.notes.append(Note("html-removed", kind, count, *matter.in_body(words)))
    for host, count in Counter(linker.elsewhere.values()).items():
        read.notes.append(Note("media-elsewhere", host, count, *matter.in_body(host)))
    body = matter.body
    if not any(start in body and pattern.search(body) for start, pattern, _ in _SHORTCODES):
        return
    text = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code.group()), body)
    for _, pattern, name in _SHORTCODES:
        found = list(pattern.finditer(text))
        tally = Counter(name.format(match.group(1)) for match in found)
        for kind, count in tally.items():
            first = next(m for m in found if name.format(m.group(1)) == kind)
            at = matter.in_body(at=first.start(1))
            read.notes.append(Note("shortcode", kind, count, *at))
