"""What sitegen advises beside what it refuses: the codes of warnings and notes, how grave each is.

These can be silenced, for a site or a file; an error cannot. docs/errors.md has an entry for each.
"""

from __future__ import annotations

from enum import StrEnum

from sitegen.errors import did_you_mean


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    """A build refuses it."""
    WARNING = "warning"
    """Readers see something wrong, or may."""
    NOTE = "note"
    """It could be better."""


WARNINGS = frozenset(
    {
        "base-path",
        "feed-heavy",
        "field-doubled",
        "field-unknown",
        "host-limit",
        "html-removed",
        "link-held-back",
        "link-unknown",
        "list-everywhere",
        "many-expired",
        "media-elsewhere",
        "now-earlier",
        "passed-over",
        "paywall-open",
        "pick-skipped",
        "picture-elsewhere",
        "picture-located",
        "picture-text",
        "promise-missing",
        "redirect-file",
        "redirect-nowhere",
        "security-expires",
        "shortcode",
    }
)
"""What `build` warns of, and `check` too."""

CHECKS = {
    "anchor-missing": Severity.WARNING,
    "changed-silently": Severity.WARNING,
    "body-empty": Severity.WARNING,
    "breaking-end": Severity.WARNING,
    "correction-early": Severity.WARNING,
    "date-far": Severity.WARNING,
    "heading-jump": Severity.NOTE,
    "image-alt": Severity.WARNING,
    "key-point-long": Severity.NOTE,
    "label-repeated": Severity.NOTE,
    "link-broken": Severity.WARNING,
    "outgoing-broken": Severity.WARNING,
    "outgoing-left": Severity.NOTE,
    "outgoing-moved": Severity.NOTE,
    "outgoing-unsure": Severity.NOTE,
    "page-unreachable": Severity.WARNING,
    "picture-unmeasured": Severity.NOTE,
    "summary-long": Severity.NOTE,
    "summary-missing": Severity.NOTE,
    "summary-title": Severity.WARNING,
    "tag-near": Severity.WARNING,
    "tag-once": Severity.NOTE,
    "tag-written": Severity.NOTE,
    "texts-not-compared": Severity.NOTE,
    "title-twice": Severity.NOTE,
    "updated-early": Severity.WARNING,
    "url-vanished": Severity.WARNING,
}
"""What only `check` tells."""

SILENCEABLE = WARNINGS | CHECKS.keys()


def severity_of(code: str) -> Severity:
    """How grave a finding is, by its code."""
    return CHECKS.get(code, Severity.WARNING if code in WARNINGS else Severity.ERROR)


def silenceable(code: str) -> str:
    """`code`, when it can be silenced. Raises ValueError."""
    if code not in SILENCEABLE:
        near = did_you_mean(code, SILENCEABLE) or "docs/errors.md lists them"
        raise ValueError(f"there is no warning or note with the code “{code}”; {near}")
    return code
