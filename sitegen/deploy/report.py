"""What a deploy did, as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sitegen.errors import Problem, counted
from sitegen.model import Json


@dataclass(slots=True)
class Deployed:
    """One deploy; filled in while it goes."""

    target: str
    dry_run: bool = False
    files: int = 0
    """That the target has now, or is to have."""
    sent: list[str] = field(default_factory=list)
    """Paths, in the order in which they were there."""
    sent_bytes: int = 0
    deleted: list[str] = field(default_factory=list)
    purge: Sequence[str] = ()
    """Whole addresses that a cache before the target must forget."""
    resumed: bool = False
    """Whether the last deploy had not come to its end."""
    remarks: list[str] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    seconds: float = 0.0

    def as_json(self) -> Json:
        """The report for scripts; docs/hosting.md has a row for each name."""
        return {
            "ok": not self.errors,
            "target": self.target,
            "dry_run": self.dry_run,
            "files": self.files,
            "sent": list(self.sent),
            "sent_bytes": self.sent_bytes,
            "deleted": list(self.deleted),
            "purge": list(self.purge),
            "resumed": self.resumed,
            "seconds": round(self.seconds, 3),
            "errors": [
                {"code": e.code, "source": e.source, "message": e.message, "hint": e.hint}
                for e in self.errors
            ],
        }

    def summary(self) -> str:
        """One line for people."""
        told = "to send" if self.dry_run else "sent"
        gone = "to delete" if self.dry_run else "deleted"
        parts = [f"{counted(len(self.sent), 'file')} {told}", f"{len(self.deleted):,} {gone}"]
        return f"{', '.join(parts)} of {self.files:,} in {self.seconds:.1f} s"
