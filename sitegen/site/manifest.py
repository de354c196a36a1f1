"""A deploy's manifest: every file of the output, and every text with a digest of what readers read.

`sitegen check --against` compares texts with it, `sitegen diff` files. It is kept with the deploy
and not in the state, which may be lost, or come from another branch.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from sitegen.digest import canonical, digest, engine_digest
from sitegen.errors import Problem, SitegenError
from sitegen.index.facts import FactTable
from sitegen.instants import from_seconds, utc
from sitegen.model import Json
from sitegen.site import Site
from sitegen.spool import batches

_READ = (
    "title",
    "standfirst",
    "html",
    "key_points",
    "why_it_matters",
    "what_it_means",
    "faq",
)
"""The facts of a text that readers read; its corrections and tags may change in silence."""
_AT_ONCE = 256
"""Texts that are in memory at a time."""


class Published(BaseModel):
    """One address of a manifest."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    source: str
    """The file, relative to content/."""
    text: str = ""
    """Digest of what readers read, in hexadecimal; empty where a notice stands."""
    modified: str = ""
    """The last substantial change or correction, in UTC."""
    corrections: int = 0


class PublishedFile(BaseModel):
    """One file of the output, as it is to be served."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    sha256: str
    """In hexadecimal (FIPS 180-4)."""
    size: int
    """Bytes."""
    type: str
    """Media type (RFC 9110), its charset with it."""
    cache: str
    """Cache-Control (RFC 9111)."""


class Manifest(BaseModel):
    """What was published with one deploy."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    version: Literal[1, 2] = 2
    """1 has no files and no address of the site."""
    base_url: str = ""
    engine: str
    """Another engine may write the same text in other HTML."""
    pages: Mapping[str, Published]
    """By address, relative to the site."""
    files: Mapping[str, PublishedFile] = {}
    """By path, relative to the output."""


def manifest_of(site: Site, files: Mapping[str, PublishedFile] | None = None) -> Manifest:
    """The manifest of a site as it stands; texts are read in small numbers."""
    archive = site.archive
    pages = {article.url: Published(source=article.source) for article, _ in archive.notices()}
    live = [article for lang in archive.config.all_languages for article in archive.live(lang)]
    found = {article.source: article for article in live}
    standing = {
        document.source: document.facts["url"]
        for document in archive.documents
        if document.kind == "page" and not document.facts["draft"]
    }
    for source, body in _bodies(site.facts, [*found, *standing]):
        if article := found.get(source):
            modified = utc(from_seconds(article.modified))
            corrections = len(body["corrections"])
            entry = Published(
                source=source, text=text_of(body), modified=modified, corrections=corrections
            )
            pages[article.url] = entry
        else:
            pages[standing[source]] = Published(source=source, text=text_of(body))
    return Manifest(
        base_url=archive.config.site.base_url,
        engine=engine_digest().hex(),
        pages=dict(sorted(pages.items())),
        files=files or {},
    )


def _bodies(facts: FactTable, sources: list[str]) -> Iterator[tuple[str, Mapping[str, Json]]]:
    for some in batches(sources, most=_AT_ONCE):
        for key, value in facts.values(f"body:{source}" for source in some).items():
            yield key.partition(":")[2], json.loads(value)


def text_of(body: Mapping[str, Json]) -> str:
    """The digest of what readers read of an article or page."""
    return digest(canonical([body.get(name) for name in _READ])).hex()


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file. Raises SitegenError when there is none or it is none."""
    hint = "name the file that sitegen build --manifest wrote for the last deploy"
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except OSError as error:
        message = f"the manifest cannot be read: {error.strerror}"
        raise SitegenError(Problem("manifest", message, str(path), hint=hint)) from None
    except ValidationError:
        message = "this is no manifest of this version of sitegen"
        raise SitegenError(Problem("manifest", message, str(path), hint=hint)) from None
