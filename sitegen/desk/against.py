"""What changed since the last deploy without a word to readers; its manifest says how it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitegen import urls
from sitegen.desk.look import Look
from sitegen.errors import Problem
from sitegen.plan.redirects import OldAddresses, redirects_of
from sitegen.site.manifest import Manifest, manifest_of, read_manifest


def changes_since(look: Look, path: Path) -> Iterator[Problem]:
    """Addresses that vanished, and texts that changed in silence; places relative to content/.

    Raises SitegenError when there is no manifest at `path`.
    """
    before, after = read_manifest(path), manifest_of(look.site)
    yield from _vanished(look, before, after)
    if before.engine != after.engine:
        message = "sitegen itself changed since the last deploy, so that texts cannot be compared"
        hint = "publish once with this version, and compare with that deploy's manifest"
        yield Problem("texts-not-compared", message, hint=hint)
        return
    for url, page in after.pages.items():
        old = before.pages.get(url)
        if old is None or not old.text or not page.text or old.text == page.text:
            continue
        if (old.modified, old.corrections) == (page.modified, page.corrections) and page.modified:
            message = f"the text of {url} changed since it was published, and readers are not told"
            hint = (
                "write updated: with the time of the change, or say what was wrong: "
                f'sitegen correct content/{page.source} "…"'
            )
            yield Problem("changed-silently", message, page.source, 1, "updated", hint)


def _vanished(look: Look, before: Manifest, after: Manifest) -> Iterator[Problem]:
    paths = {output.path for output in look.site.outputs}
    moved = OldAddresses(redirects_of(look.site.archive, look.site.archive.config))
    now = {page.source: url for url, page in after.pages.items()}
    for url, page in before.pages.items():
        if urls.path_of(url) in paths or url in moved:
            continue
        message = f"{url} was published, and nothing answers there any more"
        if new := now.get(page.source):
            hint = f'links to it break: add the line aliases: ["{url}"], so that it leads to {new}'
            yield Problem("url-vanished", message, page.source, 1, "aliases", hint)
        else:
            hint = "if it is meant, say so with sitegen remove FILE --withdraw; else bring it back"
            yield Problem("url-vanished", message, page.source, 0, "", hint)
