"""Twins: texts of the output once more in codings that save readers' bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.config import Config
from sitegen.outputs import Copy, Output, Page, Text, Twin
from sitegen.serving import media_type

LEAST = 1024
"""Bytes of a file that are worth a twin, where they are known before it is made."""
_TEXTS = ("text/", "application/", "image/svg+xml")
_NO_TEXTS = frozenset({"application/gzip", "application/octet-stream", "application/pdf"}) | {
    "application/x-brotli",
    "application/zip",
}


def with_twins(outputs: Iterable[Page | Copy | Text], config: Config) -> Iterator[Output]:
    """Every output, and behind it its twins: made together, it is rendered once."""
    for output in outputs:
        yield output
        if config.build.precompress and _is_worth_it(output):
            for coding in config.build.precompress:
                yield Twin(f"{output.path}.{coding}", output, coding)


def _is_worth_it(output: Page | Copy | Text) -> bool:
    """Pages that only lead on are small, and no browser asks for what a host is told."""
    if isinstance(output, Text) or output.family == "redirects":
        return False
    kind = media_type(output.path).partition(";")[0]
    small = isinstance(output, Copy) and output.length < LEAST
    return kind.startswith(_TEXTS) and kind not in _NO_TEXTS and not small
