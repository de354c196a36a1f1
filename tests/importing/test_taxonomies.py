"""Taxonomies of other systems: settings, terms of articles, files of terms, old addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.old_site import OldSite
from tests.importing.wxr import BASE, export, item, named, tag, term

REGION = named("region", "North Bay", "north")


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    return OldSite(tmp_path, "wordpress", "export.xml")


def test_terms_of_a_plugins_taxonomy_are_listed_where_they_were(old: OldSite) -> None:
    terms = term("region", "north", "North Bay", "All of the <b>north</b>.")
    terms += term("region", "south", "South")
    old.write(export(terms, item(1, more=REGION + named("region", "South")))).run().ok()
    assert '[taxonomies.region]\ntitle = "Region"\n' in old.settings
    assert "region: [North Bay, South]\n" in old.matter("2019/title-1.md")
    assert old.text("region/north-bay.md") == "---\ntitle: North Bay\n---\n\nAll of the north.\n"
    assert '"/region/north/" = "/region/north-bay/"' in old.settings
    assert {"region/north-bay/index.html", "region/south/index.html"} <= set(old.site.bytes)
    assert "All of the north." in old.site.page("region/north-bay/index.html")
    assert [loss for loss in old.lost() if loss["kind"] in ("field", "taxonomy")] == []


def test_its_name_is_made_one_that_an_address_can_have_and_addresses_stay(old: OldSite) -> None:
    old.write(export(item(1, more=named("story_region", "North")))).run().ok()
    assert (
        '[taxonomies.story-region]\ntitle = "Story region"\nurl = "/story_region/{slug}/"\n'
        in old.settings
    )
    assert "story-region: [North]\n" in old.matter("2019/title-1.md")
    assert "story_region/north/index.html" in old.site.bytes


def test_a_term_below_another_is_led_to_from_both_of_its_addresses(old: OldSite) -> None:
    below = term("region", "pier", "The pier").replace(
        "<wp:term_name>", "<wp:term_parent>north</wp:term_parent><wp:term_name>"
    )
    pier = named("region", "The pier", "pier")
    old.write(export(term("region", "north", "North"), below, item(1, more=pier))).run().ok()
    assert '"/region/pier/" = "/region/the-pier/"' in old.settings
    assert '"/region/north/pier/" = "/region/the-pier/"' in old.settings
    assert [one["address"] for one in old.unanswered("left")] == ["/region/north/"]


def test_taxonomies_that_only_programs_look_at_and_those_of_pages_are_none(old: OldSite) -> None:
    system = named("translation_priority", "Optional") + named("yst_prominent_words", "ferry")
    old.write(export(item(1, more=system), item(2, type="page", more=REGION))).run().ok()
    assert "taxonomies" not in old.settings
    assert [loss["detail"] for loss in old.lost("field")] == ["region: North Bay"]


@pytest.mark.parametrize("name", ["type", "archive", "visibility", "authors", "deck"])
def test_a_name_that_means_something_else_here_is_told(old: OldSite, name: str) -> None:
    old.write(export(item(1, more=named(name, "Opinion")))).run().ok()
    assert "taxonomies" not in old.settings
    (loss,) = old.lost("taxonomy")
    assert loss["detail"] == f"“{name}” means something else here"
    assert [loss["detail"] for loss in old.lost("field")] == [f"{name}: Opinion"]


def test_settings_of_a_person_get_lines_to_be_pasted_and_then_articles_their_terms(
    old: OldSite,
) -> None:
    described = term("region", "north", "North Bay", "All of the north.")
    old.write(export(described, item(1, more=REGION)))
    mine = '[site]\ntitle = "Mine"\nbase_url = "https://old.example/"\n'
    old.site.settings(mine)
    old.run().ok()
    assert "region" not in old.matter("2019/title-1.md")
    assert old.files == {"2019/title-1.md"}
    assert [loss["detail"] for loss in old.lost("taxonomy")] == ["[taxonomies.region]"]
    assert [one["address"] for one in old.unanswered("left")] == ["/region/north/"]
    old.site.settings(mine + old.report["settings"].replace("Region", "Where"))
    old.run().ok()
    assert "region: [North Bay]\n" in old.matter("2019/title-1.md")
    assert "region/north-bay.md" in old.files
    assert old.lost("taxonomy") == old.unanswered("left") == []
    assert old.report["settings"].count("taxonomies") == 0


def test_a_page_where_the_list_of_all_terms_is_moves_and_is_told(old: OldSite) -> None:
    page = item(2, type="page", name="region", link=f"{BASE}/region/")
    old.write(export(item(1, more=REGION), page)).run().ok()
    assert "url: /region-2/\n" in old.matter("pages/region.md")
    (loss,) = old.lost("address")
    assert "/region/ is also that of a list of sitegen's" in loss["detail"]


def test_a_tag_and_a_term_of_one_name_have_a_file_each(old: OldSite) -> None:
    both = tag("north", "North", "A tag.") + term("region", "north", "North", "A region.")
    names = named("post_tag", "North") + named("region", "North")
    old.write(export(both, item(1, more=names))).run().ok()
    assert old.body("tags/north.md") == "A tag."
    assert old.body("region/north.md") == "A region."


HUGO = """\
baseURL = "https://old.example/"
[taxonomies]
tag = "tags"
region = "regions"
kind = "types"
draft = "drafts_of"
"""


@pytest.fixture
def hugo(tmp_path: Path) -> OldSite:
    old = OldSite(tmp_path, "hugo", "old").put("hugo.toml", HUGO)
    matter = "title: A storm\ndate: 2019-03-04T10:00:00Z\nregions: [North Bay, South]\n"
    old.put("content/news/storm.md", f"---\n{matter}---\nText.\n")
    words = "---\ntitle: The north\n---\nAll of it.\n"
    return old.put("content/regions/north-bay/_index.md", words)


def test_taxonomies_of_hugo_keep_their_lists_feeds_and_words(hugo: OldSite) -> None:
    hugo.run().ok()
    assert '[taxonomies.regions]\ntitle = "Regions"\n' in hugo.settings
    assert "regions: [North Bay, South]\n" in hugo.matter("news/storm.md")
    assert hugo.text("regions/north-bay.md") == "---\ntitle: The north\n---\n\nAll of it.\n"
    assert "All of it." in hugo.site.page("regions/north-bay/index.html")
    assert '"/regions/south/index.xml" = "/regions/south/feed.xml"' in hugo.settings


def test_a_site_without_hugos_taxonomies_gets_no_files_that_it_cannot_read(hugo: OldSite) -> None:
    hugo.site.settings('[site]\ntitle = "Mine"\nbase_url = "https://old.example/"\n')
    hugo.run().ok()
    assert not any(path.startswith("regions/") for path in hugo.files)
    assert {"[taxonomies.regions]", "[taxonomies.types]"} <= {
        loss["detail"] for loss in hugo.lost("taxonomy")
    }
    assert "[taxonomies.regions]" in hugo.report["settings"]
