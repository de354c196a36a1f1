"""One page by itself, to be handed to somebody as a folder."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen import urls
from sitegen.config import Config
from sitegen.outputs import Output, Page
from sitegen.plan import Files
from sitegen.plan.copies import asset_urls, copies, file_of, used
from sitegen.plan.icons import NAMES

_SHOWN = ("link:", "picture:")
"""Facts of files, which lie beside a page that stands alone."""


def alone(outputs: Iterable[Output], source: str, config: Config, files: Files) -> list[Output]:
    """Of all `outputs` the page made from `source`, and the files without which it looks wrong.

    The page is the folder's index, so that whoever opens the folder finds it. Empty when nothing is
    made from `source`.
    """
    page = next((o for o in outputs if isinstance(o, Page) and o.source == source), None)
    if page is None:
        return []
    assets = asset_urls(config, files.theme).items()
    wanted = {urls.path_of(url) for name, url in assets if name not in NAMES}
    keys = set(page.keys())
    wanted |= {file_of(key.partition(":")[2]) for key in keys if key.startswith(_SHOWN)}
    values = {**page.values, "url": urls.url_of(page.path)}
    shown = used([page], files.content)
    copied = (
        copy
        for copy in copies(shown, config, files.static, files.theme, files.content)
        if copy.path in wanted or copy.family == "pictures"
    )
    return [page._replace(path=urls.path_of("/"), values=values), *copied]
