"""What check and why look at: the site as it stands, with all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sitegen.config import Config
from sitegen.desk.whole import Whole
from sitegen.index.articles import Articles
from sitegen.index.store import Store
from sitegen.render.theme import Theme
from sitegen.site import Site
from sitegen.site.content import Content


@dataclass(frozen=True, slots=True)
class Look:
    """All that is known of a site without rendering it."""

    folder: Path
    config: Config
    theme: Theme
    store: Store
    content: Content
    site: Site

    @classmethod
    def at(cls, whole: Whole) -> Look:
        """The whole site, good or bad."""
        return cls(
            whole.folder, whole.config, whole.theme, whole.store, whole.content, whole.seen()
        )

    def bodies(self, sources: Iterable[str]) -> dict[str, bytes]:
        """The stored texts of articles and pages, by source."""
        values = Articles(self.store).values(f"body:{source}" for source in sources)
        return {key.partition(":")[2]: value for key, value in values.items()}
