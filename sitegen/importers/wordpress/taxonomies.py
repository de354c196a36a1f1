"""Taxonomies of themes and plugins that readers see: they become `[taxonomies]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from sitegen.importers.taxonomies import names_here, pattern_of, settings_for
from sitegen.importers.things import Event, Wishes
from sitegen.importers.wordpress.languages import TAXONOMIES, Languages
from sitegen.importers.wordpress.records import Item

OWN = ("category", "post_tag")
"""Those that WordPress has itself."""
_SYSTEM = frozenset(
    {"nav_menu", "link_category", "post_format", "author", "translation_priority", *TAXONOMIES}
    | {"following_users", "action-group", "post_status", "product_type", "product_visibility"}
)
_SYSTEMS = ("wp_", "_", "yst_", "ef_", "amp_", "elementor_", "rank_math", "tdb_", "jp_")
"""How names begin that say nothing to readers."""


def is_system(taxonomy: str) -> bool:
    """Whether only programs look at its terms."""
    return taxonomy in _SYSTEM or taxonomy.startswith(_SYSTEMS)


class Taxonomies:
    """Which there are; to be asked once all items are learnt."""

    def __init__(self, wishes: Wishes, languages: Languages) -> None:
        self._wishes = wishes
        self._languages = languages
        self._found: dict[str, None] = {}

    def learn(self, item: Item) -> None:
        for term in item.terms:
            if term.taxonomy not in OWN and not is_system(term.taxonomy):
                self._found[term.taxonomy] = None

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Name there → name here."""
        return names_here(sorted(self._found), self._wishes, self._languages.found)

    @property
    def patterns(self) -> Mapping[str, str]:
        """Name here → the address of its terms; WordPress has its name there at the beginning."""
        return {
            here: self._wishes.taxonomies.get(here) or pattern_of(name)
            for name, here in self.names.items()
        }

    def settings(self) -> Iterator[Event]:
        old = {name: pattern_of(name) for name in self._found}
        yield from settings_for(self.names, sorted(self._found), old)
