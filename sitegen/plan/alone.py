"""One page by itself, to be handed to somebody as a folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sitegen import urls
from sitegen.config import Config
from sitegen.outputs import Copy, File, Output, Page
from sitegen.plan.copies import asset_urls, file_of
from sitegen.plan.icons import NAMES


def alone(
    outputs: Sequence[Output], source: str, config: Config, theme: Iterable[File]
) -> list[Output]:
    """Of all `outputs` the page made from `source`, and the files without which it looks wrong.

    The page is the folder's index, so that whoever opens the folder finds it. Empty when nothing is
    made from `source`.
    """
    page = next((o for o in outputs if isinstance(o, Page) and o.source == source), None)
    if page is None:
        return []
    assets = asset_urls(config, theme).items()
    wanted = {urls.path_of(url) for name, url in assets if name not in NAMES}
    keys = set(page.keys())
    wanted |= {file_of(key.removeprefix("link:")) for key in keys if key.startswith("link:")}
    values = {**page.values, "url": urls.url_of(page.path)}
    copied = (output for output in outputs if isinstance(output, Copy) and output.path in wanted)
    return [page._replace(path=urls.path_of("/"), values=values), *copied]
