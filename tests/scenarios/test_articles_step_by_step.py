"""What happens to articles, one step after another: the exact pages that are made and deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.steps import NEWEST, Steps


@pytest.fixture
def steps(tmp_path: Path) -> Steps:
    """Four articles; fronts hold two, so that what is older has periods.

    `newest` follows `other`, which follows `middle`, which follows `old`; `other` shares no tag,
    author or section with them.
    """
    steps = Steps(tmp_path / "site")
    steps.article("old", date="2025-03-05")
    steps.article("middle", date="2026-10-10", tags=["Sea", "Tram"])
    steps.article("other", date="2026-11-05", tags=["Tram"], authors=["Bo"], section="")
    steps.article("newest", date="2026-11-20")
    return steps.begin()


OTHER_LISTINGS = "/politics/ /tags/sea/ /authors/ann/"


def test_a_new_article_makes_its_page_fronts_current_period_and_nothing_older(
    steps: Steps,
) -> None:
    steps.article("later", date="2026-11-21")
    steps.then(
        "/2026/11/later/ /2026/11/ /2026/",  # the year's page counts its months' articles
        NEWEST,
        OTHER_LISTINGS,
        "/politics/2026/10/ /politics/2026/ /politics/2025/ /politics/2025/03/",
        "/tags/sea/2026/ /tags/sea/2025/ /tags/ /authors/ann/2026/ /authors/ann/2025/ /authors/",
        because=("/2026/11/later/", "it is new"),
    )


def test_editing_a_body_rerenders_its_own_page_only(steps: Steps) -> None:
    steps.article("middle", date="2026-10-10", tags=["Sea", "Tram"], body="Other words.")
    steps.then("/2026/10/middle/", because=("/2026/10/middle/", "the text of middle.md changed"))


def test_a_summary_taken_from_the_text_changes_with_it_wherever_it_shows(steps: Steps) -> None:
    steps.article("other", date="2026-11-05", tags=[], authors=[], section="", summary="")
    steps.begin()
    words = "Words of its own. "
    steps.article(
        "other", date="2026-11-05", tags=[], authors=[], section="", summary="", body=words
    )
    steps.then(
        "/2026/11/other/ /2026/11/newest/ /2026/11/",
        NEWEST,
        unchanged="/2026/11/newest/ /2026/11/ /headlines.json",  # they show its title only
        because=("/2026/11/", "the card of other.md changed"),
    )


def test_retitling_an_article_rerenders_its_neighbours_and_listings(steps: Steps) -> None:
    steps.article("middle", title="Better", date="2026-10-10", tags=["Sea", "Tram"])
    steps.then(
        "/2026/10/middle/",
        "/2026/11/other/",  # it links the one before
        "/2026/11/newest/",  # it is related through a tag
        "/2026/10/ /tags/tram/ / /headlines.json",
        OTHER_LISTINGS,
        because=("/2026/10/", "the card of middle.md changed"),
    )


def test_redating_an_article_within_its_month_moves_no_address(steps: Steps) -> None:
    steps.article("newest", date="2026-11-21")
    steps.then("/2026/11/newest/ /2026/11/", NEWEST, OTHER_LISTINGS)


def test_redating_an_article_past_its_neighbour_renders_the_one_that_follows(
    steps: Steps,
) -> None:
    steps.article("other", date="2026-11-21", tags=["Tram"], authors=["Bo"], section="")
    steps.then(
        "/2026/11/other/ /2026/11/newest/ /2026/11/ /tags/tram/ /authors/bo/",
        NEWEST,
    )


def test_backdating_an_article_moves_it_and_touches_the_periods_that_it_left_and_entered(
    steps: Steps,
) -> None:
    steps.article("newest", date="2024-01-02")
    steps.then(
        "/2024/ /2024/01/ /2024/01/newest/ /politics/2024/ /politics/2024/01/",  # born
        "/authors/ann/2024/ /tags/sea/2024/",
        "/2025/ /2025/03/",  # the period before theirs is new
        "/2025/03/old/ /2026/10/middle/",  # the article before it is another; it was related
        "/2026/ /2026/11/",  # what it left
        NEWEST,
        OTHER_LISTINGS,
        removed="/2026/11/newest/ /politics/2025/ /politics/2025/03/ "
        "/authors/ann/2025/ /tags/sea/2025/",  # the fronts show all of these again
        because=("/2024/01/newest/", "it is new"),
    )


def test_retagging_an_article_touches_its_page_and_the_listings_of_both_tags(
    steps: Steps,
) -> None:
    steps.article("newest", date="2026-11-20", tags=["Harbour"])
    steps.then(
        "/2026/11/newest/ /tags/ /tags/harbour/ /tags/sea/",
        removed="/tags/sea/2025/",  # the front shows the two that are left
        because=("/tags/harbour/", "it is new"),
    )


def test_moving_an_article_to_another_section(steps: Steps) -> None:
    steps.article("newest", date="2026-11-20", section="Sport")
    cards = f"{NEWEST} /2026/11/ /authors/ann/ /tags/sea/"
    steps.then(
        "/2026/11/newest/ /politics/ /sport/",
        cards,
        removed="/politics/2025/ /politics/2025/03/",
        unchanged=cards,  # a card knows the section; this theme does not show it
        because=("/sport/", "it is new"),
    )


def test_a_draft_leaves_every_listing_and_comes_back_as_it_was(steps: Steps) -> None:
    whole = steps.site.bytes
    steps.article("newest", date="2026-11-20", status="draft")
    fronts = f"{NEWEST} {OTHER_LISTINGS} /2026/ /2026/11/ /authors/ /tags/"
    own = "/2026/11/newest/ /authors/ann/2025/ /politics/2025/ /politics/2025/03/ /tags/sea/2025/"
    steps.then(fronts, removed=own, because=("/2026/11/newest/", "nothing makes it any more"))
    assert steps.site.report["held_back"] == [
        {"source": "content/newest.md", "until": None, "why": "draft"}
    ]
    steps.article("newest", date="2026-11-20")
    steps.then(fronts, own, because=("/2026/11/newest/", "it is new"))
    assert steps.site.bytes == whole


def test_deleting_an_article_deletes_what_only_it_made(steps: Steps) -> None:
    steps.site.remove("other.md")
    steps.then(
        "/2026/11/newest/",  # it linked the deleted one as the one before
        "/2026/ /2026/11/ /tags/ /tags/tram/ /authors/",
        NEWEST,
        removed="/2026/11/other/ /authors/bo/",
        because=("/tags/tram/", "something that it showed is gone"),
    )


def test_renaming_a_file_moves_its_page(steps: Steps) -> None:
    steps.site.rename("other.md", "renamed.md")
    steps.then(
        "/2026/11/renamed/ /2026/11/newest/ /2026/11/ /authors/bo/ /tags/tram/",
        NEWEST,
        removed="/2026/11/other/",
        because=("/2026/11/renamed/", "it is new"),
    )


def test_renaming_a_file_with_its_address_kept_changes_no_byte(steps: Steps) -> None:
    fields = {"tags": ["Tram"], "authors": ["Bo"], "section": "", "slug": "other"}
    steps.article("other", date="2026-11-05", **fields)
    steps.then()
    steps.site.rename("other.md", "elsewhere/name.md")
    shown = f"/2026/11/other/ /2026/11/newest/ /2026/11/ /authors/bo/ /tags/tram/ {NEWEST}"
    steps.then(shown, unchanged=shown)  # what they need has another name


def test_swapping_two_slugs_swaps_two_pages(steps: Steps) -> None:
    steps.article("newest", date="2026-11-20", slug="other")
    fields = {"tags": ["Tram"], "authors": ["Bo"], "section": ""}
    steps.article("other", date="2026-11-05", slug="newest", **fields)
    steps.then(
        "/2026/11/newest/ /2026/11/other/ /2026/11/ /authors/bo/ /tags/tram/",
        NEWEST,
        OTHER_LISTINGS,
    )
    assert "<h1>Newest</h1>" in steps.site.page("2026/11/other/index.html")
    assert "<h1>Other</h1>" in steps.site.page("2026/11/newest/index.html")


def test_publication_and_expiry_change_the_site_by_themselves(steps: Steps) -> None:
    steps.article("soon", date="2026-11-23 06:00", expires="2026-11-25", tags=[], authors=[])
    steps.then()
    assert steps.site.report["next_due"] == "2026-11-23T06:00:00Z"
    steps.site.now = "2026-11-23T06:00:00Z"
    fronts = f"{NEWEST} /2026/ /2026/11/ /politics/ /politics/2025/ /politics/2025/03/"
    born = "/politics/2026/ /politics/2026/10/"
    steps.then(
        "/2026/11/soon/",
        fronts,
        born,
        because=("/2026/11/soon/", "it is new"),
    )
    assert steps.site.report["next_due"] == "2026-11-25T00:00:00Z"
    steps.site.now = "2026-11-25T00:00:00Z"
    steps.then("/2026/11/soon/", fronts, removed=born)
    assert steps.site.report["next_due"] is None
    assert "no longer available" in steps.site.page("2026/11/soon/index.html")


def test_a_withdrawn_article_keeps_its_address_and_leaves_every_listing(steps: Steps) -> None:
    steps.article(
        "newest", date="2026-11-20", withdrawn={"date": "2026-11-21", "reason": "It was wrong."}
    )
    steps.then(
        "/2026/11/newest/ /2026/ /2026/11/ /authors/ /tags/",
        NEWEST,
        OTHER_LISTINGS,
        removed="/authors/ann/2025/ /politics/2025/ /politics/2025/03/ /tags/sea/2025/",
    )
    assert "It was wrong." in steps.site.page("2026/11/newest/index.html")


def test_a_breaking_story_shows_on_home_and_in_the_ticker_and_ends_there(steps: Steps) -> None:
    steps.article("newest", date="2026-11-20", breaking="2026-11-23T00:00:00Z")
    steps.then("/ /headlines.json")
    steps.site.now = "2026-11-23T00:00:00Z"
    steps.then("/ /headlines.json")


def test_related_articles_named_by_hand_are_rendered_in_the_page_that_names_them(
    steps: Steps,
) -> None:
    steps.article("newest", date="2026-11-20", related=["other.md"])
    steps.then("/2026/11/newest/")


def test_a_bad_article_that_is_left_out_loses_its_page_and_comes_back(steps: Steps) -> None:
    steps.site.write("other.md", "---\ntitle: [\n---\n")
    fronts = f"{NEWEST} /2026/11/newest/ /2026/ /2026/11/ /tags/ /tags/tram/ /authors/"
    own = "/2026/11/other/ /authors/bo/"
    steps.then(fronts, removed=own, exit_code=4, args=["--keep-going"])
    assert steps.site.report["left_out"] == ["content/other.md"]
    steps.article("other", date="2026-11-05", tags=["Tram"], authors=["Bo"], section="")
    steps.then(fronts, own)
