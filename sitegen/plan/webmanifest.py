"""The manifests by which a site can be put on a telephone's home screen, one a language."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.config import Config
from sitegen.model import Archive
from sitegen.outputs import Page


def pages(archive: Archive, config: Config) -> Iterator[Page]:
    """`site.webmanifest` in every language (W3C Web Application Manifest)."""
    for lang in config.all_languages:
        path = config.manifest_url(lang).lstrip("/")
        yield Page(path, "site.webmanifest", "webmanifest", lang, ())
