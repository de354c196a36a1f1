"""The same page in other languages, where the settings alone say that there is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sitegen.config import Config
from sitegen.model import Json


def others(config: Config, lang: str, url_in: Callable[[str], str]) -> Mapping[str, Json]:
    """`others` for the values of a page in `lang`; nothing in a site of one language.

    `url_in` gives the page's address in a language. Translations of articles and standing pages
    are needs instead: which there are depends on what readers can see.
    """
    languages = [code for code in config.all_languages if code != lang]
    if not languages:
        return {}
    found = [{"lang": code, "url": url_in(code), "indexed": True} for code in languages]
    return {"others": found}
