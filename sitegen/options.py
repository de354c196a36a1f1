"""What `sitegen build` was asked to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.folders import folders_of, root_of
from sitegen.model import Json


@dataclass(frozen=True, slots=True)
class Options:
    """A build's options; the command line has their names and defaults."""

    site: Path
    now: int
    """Seconds since 1970."""
    output: Path = Path("public")
    state: Path = Path(".sitegen")
    base_url: str | None = None
    jobs: int | None = None
    scheduler: str = ""
    """The address of a Dask scheduler, whose workers then do the work; see `cluster`."""
    clean: bool = False
    verify: bool = False
    dry_run: bool = False
    strict: bool = False
    keep_going: bool = False
    prune: bool = False
    max_removed: int | None = None
    preview: bool = False
    embargoed: bool = False
    only: str = ""
    """With preview: the file of the one article to show, as it was written; see `content_file`."""
    manifest: bool = False
    profile: bool = False
    start_method: str | None = None

    def resolved(self) -> Options:
        """The same with whole folders, as the build takes them."""
        folders = folders_of(self.site, self.output, self.state, preview=self.preview)
        return replace(self, **folders._asdict())

    @property
    def root(self) -> str:
        """What the state calls the output; see `folders.root_of`."""
        return root_of(self.output, self.state)

    def asked(self) -> Sequence[Json]:
        """What decides about the output's bytes beside the files and the instant."""
        return (self.base_url, self.keep_going, self.preview, self.embargoed, self.only)
