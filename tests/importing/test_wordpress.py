"""WordPress: what becomes of each kind of record, and of each thing that an item may say."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.importing.old_site import OldSite
from tests.importing.wxr import BASE, author, category, export, item, named, picture, tag, term


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    return OldSite(tmp_path, "wordpress", "export.xml")


def fields(old: OldSite, path: str) -> dict[str, object]:
    found = yaml.load(old.matter(path), Loader=yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_version_is_read(old: OldSite, version: str, scheme: str) -> None:
    text = export(item(1, "Storm", more=named("category", "Politics")), version=version)
    old.write(text.replace("http://wordpress.org", f"{scheme}://wordpress.org")).run()
    assert fields(old, "2019/title-1.md") == {
        "title": "Storm",
        "date": "2019-03-04 10:00",
        "section": "Politics",
        "authors": ["maria"],
        "url": "/2019/03/title-1/",
    }


def test_an_article_keeps_all_that_it_has(old: OldSite) -> None:
    meta = {
        "_thumbnail_id": "9",
        "_yoast_wpseo_metadesc": "For search engines",
        "_yoast_wpseo_meta-robots-noindex": "1",
        "_yoast_wpseo_canonical": "https://first.example/storm/",
        "_wp_old_slug": "stormy",
    }
    photo = picture(9, "pier.jpg", alt="The pier", caption="At <i>dawn</i>", credit="A. Moe")
    names = named("category", "Politics") + named("category", "World") + named("post_tag", "Sea")
    old.write(
        export(
            author("maria", "Maria López"),
            item(
                1,
                "Storm &amp; <em>calm</em>",
                "The <strong>text</strong>.",
                excerpt="What <b>happened</b>",
                meta=meta,
                more=names + "<wp:post_modified>2019-04-01 09:00:00</wp:post_modified>",
            ),
            photo,
        )
    )
    old.run().ok()
    assert fields(old, "2019/title-1.md") == {
        "title": "Storm & calm",
        "date": "2019-03-04 10:00",
        "section": "Politics",
        "tags": ["Sea", "World"],
        "authors": ["Maria López"],
        "summary": "What happened",
        "description": "For search engines",
        "updated": "2019-04-01 09:00",
        "image": {
            "src": "/wp-content/uploads/2019/03/pier.jpg",
            "alt": "The pier",
            "caption": "At dawn",
            "credit": "A. Moe",
        },
        "url": "/2019/03/title-1/",
        "aliases": ["/2019/03/stormy/"],
        "noindex": "true",
        "canonical_url": "https://first.example/storm/",
    }
    assert old.body("2019/title-1.md") == "The **text**."
    assert "2019/03/title-1/index.html" in old.site.bytes
    assert "2019/03/stormy/index.html" in old.site.bytes


@pytest.mark.parametrize(
    ("status", "written"), [("draft", "draft"), ("pending", "pending"), ("private", "private")]
)
def test_what_was_not_published_is_held_back_as_it_was(
    old: OldSite, status: str, written: str
) -> None:
    zeros = "0000-00-00 00:00:00"
    plain = f"{BASE}/?p=1"
    old.write(export(item(1, "Idea", status=status, name="", link=plain, gmt=zeros), item(2)))
    old.run().ok()
    assert fields(old, "2019/idea.md")["status"] == written
    assert [held["why"] for held in old.site.report["held_back"]] == ["draft"]


@pytest.mark.parametrize("status", ["pitch", "in-progress", "archived", ""])
def test_a_status_of_a_plugins_publishes_nothing(old: OldSite, status: str) -> None:
    old.write(export(item(1, status=status), item(2))).run().ok()
    assert fields(old, "2019/title-1.md")["status"] == "draft"
    assert [loss["detail"] for loss in old.lost("held")] == [f"its status was “{status}”"]


def test_a_scheduled_article_waits_for_its_date(old: OldSite) -> None:
    later = "2027-05-01 06:00:00"
    old.write(export(item(1, status="future", date=later), item(2))).run().ok()
    assert "status" not in fields(old, "2027/title-1.md")
    assert [held["why"] for held in old.site.report["held_back"]] == ["scheduled"]


def test_what_has_a_password_is_a_draft_and_the_password_is_not_kept(old: OldSite) -> None:
    secret = item(1).replace("<wp:post_password><![CDATA[", "<wp:post_password><![CDATA[s3cret")
    old.write(export(secret)).run().ok()
    assert fields(old, "2019/title-1.md")["status"] == "draft"
    assert len(old.lost("password")) == 1
    assert not [p for p in old.folder.rglob("*") if p.is_file() and b"s3cret" in p.read_bytes()]


def test_dates_are_the_moments_that_they_were_in_the_sites_zone(old: OldSite) -> None:
    old.site.settings(f'[site]\ntitle = "T"\nbase_url = "{BASE}"\ntimezone = "America/New_York"\n')
    local, gmt = "2019-03-04 23:30:00", "2019-03-05 04:30:00"
    old.write(export(item(1, date=local, gmt=gmt))).run().ok()
    assert fields(old, "2019/title-1.md")["date"] == "2019-03-04 23:30"


def test_a_new_site_is_told_that_its_clock_is_another(old: OldSite) -> None:
    winter = item(1, date="2019-01-04 10:00:00", gmt="2019-01-04 09:00:00")
    summer = item(2, date="2019-07-04 10:00:00", gmt="2019-07-04 08:00:00")
    old.write(export(winter, summer)).run()
    assert [loss["detail"] for loss in old.lost("zone")] == [
        "the old site's clock was UTC +01:00 and +02:00"
    ]
    assert fields(old, "2019/title-2.md")["date"] == "2019-07-04 08:00"
    old.site.settings(old.settings.replace('"UTC"', '"Europe/Berlin"'))
    old.run().ok()
    assert old.lost("zone") == []
    assert fields(old, "2019/title-2.md")["date"] == "2019-07-04 10:00"
    assert fields(old, "2019/title-1.md")["date"] == "2019-01-04 10:00"


def test_a_date_of_zeros_is_looked_for_elsewhere_and_else_the_article_is_a_draft(
    old: OldSite,
) -> None:
    zeros = "0000-00-00 00:00:00"
    none = item(2, date=zeros, link=f"{BASE}/?p=2").replace(
        "Mon, 04 Mar 2019 10:00:00 +0000", "Wed, 30 Nov -0001 00:00:00 +0000"
    )
    old.write(export(item(1, date=zeros, link=f"{BASE}/2019/03/x/"), none)).run().ok()
    assert fields(old, "2019/title-1.md")["date"] == "2019-03-04 10:00"
    (loss,) = old.lost("undated")
    assert fields(old, loss["file"].removeprefix("content/"))["status"] == "draft"


def test_slugs_of_other_scripts_are_written_out_and_answer_where_they_did(old: OldSite) -> None:
    slug = "%d8%b9%d8%a7%d8%b5%d9%81%d8%a9"
    old.write(export(item(1, name=slug, link=f"{BASE}/2019/03/{slug}/"))).run().ok()
    assert fields(old, "2019/عاصفة.md")["url"] == "/2019/03/عاصفة/"
    assert "2019/03/عاصفة/index.html" in old.site.bytes


def test_a_headline_that_is_missing_is_made_of_the_text(old: OldSite) -> None:
    old.write(export(item(1, "", "The <b>harbour</b> is closed."), item(2, "", ""))).run().ok()
    assert fields(old, "2019/title-1.md")["title"] == "The harbour is closed."
    assert fields(old, "2019/title-2.md")["title"] == "Untitled 2"
    assert len(old.lost("title")) == 2


def test_paragraphs_of_an_excerpt_do_not_run_together(old: OldSite) -> None:
    excerpt = "<p>The quay is <b>un</b>der water.</p><p>Ferries stay.<br>Schools close.</p>"
    old.write(export(item(1, excerpt=excerpt))).run().ok()
    summary = fields(old, "2019/title-1.md")["summary"]
    assert summary == "The quay is under water. Ferries stay. Schools close."


def test_the_home_page_of_a_site_in_a_folder_is_home_with_and_without_its_slash(
    old: OldSite,
) -> None:
    base = f"{BASE}/blog"
    content = f'<a href="{base}">One</a>, <a href="{base}/">two</a>, <a href="{BASE}/x/">three</a>.'
    old.write(export(item(1, content=content, link=f"{base}/2019/03/storm/"), base=base))
    old.run().ok()
    assert old.body("2019/title-1.md") == f"[One](/), [two](/), [three]({BASE}/x/)."
    assert old.lost("link") == []


def test_a_headline_is_not_made_of_shortcodes(old: OldSite) -> None:
    content = '[caption id="x"]<img src="a.jpg"> The pier[/caption]\n\n<!-- wp:x -->First words.'
    old.write(export(item(1, "", content))).run()
    assert fields(old, "2019/title-1.md")["title"] == "The pier First words."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Growth of 5% and 6% seen", True),
        ("%%title%% %%sep%% News", False),
        ("%excerpt%", False),
        ("#post_excerpt", False),
    ],
)
def test_a_description_that_a_plugin_would_fill_is_told(
    old: OldSite, text: str, kept: bool
) -> None:
    old.write(export(item(1, meta={"_yoast_wpseo_metadesc": text}))).run()
    assert ("description" in fields(old, "2019/title-1.md")) is kept
    assert len(old.lost("field")) == (not kept)


@pytest.mark.parametrize(
    ("link", "slug", "day", "aliases"),
    [
        ("/2019/03/storm/", "gale", "", ["/2019/03/gale/"]),
        ("/2019/03/storm.html", "gale", "", ["/2019/03/gale.html"]),
        ("/storm/1/", "gale", "", ["/gale/1/"]),
        ("/archives/1/", "gale", "2018-12-31", None),
        ("/2019/03/storm/", "", "2018-12-31", ["/2018/12/storm/"]),
        ("/2019/03/04/storm/", "", "2019-02-28", ["/2019/02/28/storm/"]),
    ],
)
def test_earlier_slugs_and_days_lead_on(
    old: OldSite, link: str, slug: str, day: str, aliases: list[str] | None
) -> None:
    meta = {"_wp_old_slug": slug, "_wp_old_date": day}
    meta = {key: value for key, value in meta.items() if value}
    old.write(export(item(1, name="storm", link=BASE + link, meta=meta))).run().ok()
    assert fields(old, "2019/storm.md").get("aliases") == aliases


def test_the_page_that_was_home_is_told(old: OldSite) -> None:
    old.write(export(item(1, "Welcome", type="page", name="home", link=f"{BASE}/"))).run().ok()
    assert "home/index.html" in old.site.bytes
    assert "home page" in old.lost("address")[0]["detail"]


def test_a_page_that_was_home_and_has_no_text_is_none_and_links_lead_home(old: OldSite) -> None:
    home = item(1, "Welcome", "", type="page", name="home", link=f"{BASE}/")
    old.write(export(home, item(2, content=f'<a href="{BASE}/">Home</a>'))).run().ok()
    assert old.files == {"2019/title-2.md"}
    assert [left["where"].partition(" “")[0] for left in old.left("listing")] == ["page 1"]
    assert old.body("2019/title-2.md") == "[Home](/)"
    assert old.lost() == []


def test_addresses_that_only_editors_had_are_not_told(old: OldSite) -> None:
    old.write(export(item(1), item(2, status="draft", link=f"{BASE}/?p=2"))).run().ok()
    assert [one["address"] for one in old.unanswered("query")] == ["/?p=1"]


def test_pages_are_standing_pages_at_their_addresses(old: OldSite) -> None:
    team = item(2, "Team", type="page", name="team", link=f"{BASE}/about/team/")
    old.write(export(item(1, "About", type="page", name="about", link=f"{BASE}/about/"), team))
    old.run().ok()
    assert fields(old, "pages/team.md") == {"title": "Team", "url": "/about/team/"}
    assert {"about/index.html", "about/team/index.html"} <= old.site.bytes.keys()


def test_the_featured_picture_of_a_page_is_told(old: OldSite) -> None:
    page = item(1, "About", type="page", meta={"_thumbnail_id": "9"})
    old.write(export(page, picture(9, "pier.jpg"))).run().ok()
    assert "pier.jpg" in old.lost("field")[0]["detail"]


def test_fields_of_the_sites_own_are_kept_or_told(old: OldSite) -> None:
    own = {
        "rating": "4 of 5",
        "_rating": "field_5",
        "facts": 'a:1:{i:0;s:1:"x";}',
        "_facts": "field_6",
    }
    meta = own | {"views": "7", "_edit_lock": "1:1", "subtitle": "Below the headline"}
    old.write(export(item(1, meta=meta), item(2, meta={"views": "9"}))).run().ok()
    found = fields(old, "2019/title-1.md")
    assert found["extra"] == {"rating": "4 of 5"}
    assert found["summary"] == "Below the headline"
    assert [(loss["where"].split(",")[0], loss["detail"]) for loss in old.lost("field")] == [
        ("2 articles and pages", "the custom field “views”"),
        ("post 1 “A title”", 'facts: a:1:{i:0;s:1:"x";}'),
    ]


def test_the_recording_of_a_podcast_is_heard(old: OldSite) -> None:
    address = f"{BASE}/wp-content/uploads/talk.mp3"
    meta = {"enclosure": f"{address}\n1234\naudio/mpeg"}
    old.write(export(item(1, meta=meta), item(2, content=address, meta=meta))).run().ok()
    assert fields(old, "2019/title-1.md")["audio"] == "/wp-content/uploads/talk.mp3"
    assert "audio" not in fields(old, "2019/title-2.md")


def test_names_without_a_letter_are_told(old: OldSite) -> None:
    names = named("post_tag", "???", "x") + named("category", "!!!", "y")
    old.write(export(item(1, author="***", more=names))).run().ok()
    assert [loss["detail"] for loss in old.lost("name")] == [
        "tag ???",
        "category !!!",
        "author ***",
    ]


def test_an_article_without_a_text_is_told(old: OldSite) -> None:
    old.write(export(item(1, content="", meta={"_elementor_data": "[{}]"}))).run().ok()
    assert [loss["file"] for loss in old.lost("empty")] == ["content/2019/title-1.md"]


def test_an_address_that_sitegen_needs_gets_a_number_and_is_told(old: OldSite) -> None:
    page = item(1, "Archive", type="page", name="archive", link=f"{BASE}/archive/")
    year = item(2, "2019", type="page", name="2019", link=f"{BASE}/2019/")
    old.write(export(page, year, item(3))).run().ok()
    assert fields(old, "pages/archive.md")["url"] == "/archive-2/"
    assert fields(old, "pages/2019.md")["url"] == "/2019-2/"
    assert {one["address"] for one in old.unanswered("taken")} == {"/archive/", "/2019/"}


def test_two_articles_with_one_address_and_name_are_both_kept(old: OldSite) -> None:
    old.write(export(item(1, name="storm"), item(2, name="storm"))).run().ok()
    assert fields(old, "2019/storm.md")["url"] == "/2019/03/storm/"
    assert fields(old, "2019/storm-2.md")["url"] == "/2019/03/storm-2/"


def test_authors_have_files_where_they_wrote_something(old: OldSite) -> None:
    some = (author("maria", "Maria López"), author("never", "Nobody"), author("b", "Maria López"))
    old.write(export(*some, item(1), item(2, author="b"))).run().ok()
    assert {p for p in old.files if p.startswith("authors/")} == {"authors/maria-lópez.md"}
    assert [left["where"] for left in old.left("unused")] == ["author never", "author b"]
    assert 'author/maria/" = "/author/maria-lópez/"' in old.settings
    assert 'author/maria/feed/" = "/author/maria-lópez/feed.xml"' in old.settings
    assert "author/maria-lópez/index.html" in old.site.bytes


def test_no_address_of_a_person_gets_into_the_site(old: OldSite) -> None:
    old.write(export(author("maria", "Maria López"), item(1))).run()
    assert not [p for p in old.folder.rglob("*") if p.is_file() and b"@mail" in p.read_bytes()]


def test_co_authors_of_the_plugin_are_authors(old: OldSite) -> None:
    meta = {
        "cap-user_login": "zoe",
        "cap-description": "Writes on <b>boats</b>.",
        "cap-website": "https://zoe.example/",
        "_thumbnail_id": "9",
    }
    guest = item(7, "Zoë Guest", type="guest-author", meta=meta) + picture(9, "zoe.jpg", alt="Zoë")
    both = named("author", "maria", "cap-maria") + named("author", "zoe", "cap-zoe")
    old.write(export(author("maria", "Maria López"), guest, item(1, more=both))).run().ok()
    assert fields(old, "2019/title-1.md")["authors"] == ["Maria López", "Zoë Guest"]
    assert fields(old, "authors/zoë-guest.md") == {
        "name": "Zoë Guest",
        "image": {"src": "/wp-content/uploads/2019/03/zoe.jpg", "alt": "Zoë"},
        "links": [{"label": "zoe.example", "url": "https://zoe.example/"}],
    }
    assert old.body("authors/zoë-guest.md") == "Writes on boats."


LOCALE = 'a:2:{s:6:"locale";s:5:"fr_FR";s:3:"rtl";i:0;}'
FRENCH = term("language", "fr", "Français", LOCALE)


def spoken(slug: str, group: str) -> str:
    """How Polylang tells the language of an item, and what belongs together."""
    return named("language", slug, slug) + named("post_translations", group, group)


def test_languages_of_polylang_are_those_of_the_site(old: OldSite) -> None:
    old.write(
        export(
            FRENCH,
            category("actu", "Actualités"),
            item(1, "Storm", more=spoken("en", "a")),
            item(
                2,
                "Tempête",
                link=f"{BASE}/fr/2019/03/tempete/",
                more=spoken("fr", "a") + named("category", "Actualités", "actu"),
            ),
            item(3, "About", type="page", name="about", more=spoken("en", "b")),
            item(4, "À propos", type="page", link=f"{BASE}/fr/a-propos/", more=spoken("fr", "b")),
        )
    )
    old.run().ok()
    assert old.files == {
        "2019/title-1.md",
        "fr/2019/title-2.md",
        "pages/about.md",
        "fr/pages/about.md",
    }
    found = fields(old, "fr/2019/title-2.md")
    assert (found["lang"], found["translation_of"]) == ("fr", "/2019/03/title-1/")
    assert "translation_of" not in fields(old, "2019/title-1.md")
    assert 'hreflang="fr"' in old.site.page("2019/03/title-1/index.html")
    assert '<html lang="fr"' in old.site.page("fr/2019/03/tempete/index.html")
    assert '"/fr/category/actu/" = "/fr/category/actualités/"' in old.settings
    assert "fr/category/actualités/index.html" in old.site.bytes
    assert not old.lost("field") and not old.lost("language") and not old.site.warnings


def test_a_language_that_the_settings_lack_is_told(old: OldSite) -> None:
    old.site.settings(f'[site]\ntitle = "T"\nbase_url = "{BASE}"\n')
    both = (item(1, more=spoken("en", "a")), item(2, more=spoken("fr", "a")))
    old.write(export(FRENCH, *both)).run().ok()
    assert [loss["detail"] for loss in old.lost("language")] == ["fr"]
    assert "[languages.fr]" in old.report["settings"]
    old.site.settings(old.settings + "[languages.fr]\n")
    old.run().ok()
    assert fields(old, "2019/title-2.md")["translation_of"] == "/2019/03/title-1/"
    assert not old.lost("language")


def test_languages_that_wpmls_own_export_tells_are_those_of_the_site(old: OldSite) -> None:
    def meta(code: str) -> dict[str, str]:
        return {"_wpml_import_language_code": code, "_wpml_import_translation_group": "7"}

    old.write(export(item(1, meta=meta("en")), item(2, meta=meta("fr")))).run().ok()
    assert fields(old, "fr/2019/title-2.md")["translation_of"] == "/2019/03/title-1/"


def test_what_wpml_says_is_no_translation_is_what_the_others_are_of(old: OldSite) -> None:
    def meta(code: str, source: str) -> dict[str, str]:
        of = {"_wpml_import_source_language_code": source}
        return of | {"_wpml_import_language_code": code, "_wpml_import_translation_group": "7"}

    old.site.settings(f'[site]\ntitle = "T"\nbase_url = "{BASE}"\n[languages.fr]\n[languages.de]\n')
    old.write(export(item(1, meta=meta("de", "fr")), item(2, meta=meta("fr", "")))).run().ok()
    assert fields(old, "de/2019/title-1.md")["translation_of"] == "/2019/03/title-2/"
    assert "translation_of" not in fields(old, "fr/2019/title-2.md")


def test_where_wpml_says_nothing_its_addresses_and_copies_do(old: OldSite) -> None:
    seen = {"_wpml_media_has_media": "1"}
    french = item(2, link=f"{BASE}/fr/2019/03/storm/", meta=seen | {"_icl_lang_duplicate_of": "1"})
    german = item(3, link=f"{BASE}/2019/03/sturm/?lang=de", meta=seen)
    other = item(4, link=f"{BASE}/it/2019/03/computers/")  # a category, where WPML never was
    old.write(export(item(1, meta=seen), french, german, other)).run().ok()
    found = fields(old, "fr/2019/title-2.md")
    assert (found["lang"], found["url"]) == ("fr", "/fr/2019/03/storm/")
    assert found["translation_of"] == "/2019/03/title-1/"
    assert fields(old, "de/2019/title-3.md")["lang"] == "de"
    assert "/2019/03/sturm/?lang=de" in [one["address"] for one in old.unanswered("query")]
    assert "lang" not in fields(old, "2019/title-4.md")
    (loss,) = old.lost("language")
    assert loss["detail"].endswith("nobody knows which articles are translations")


def test_languages_of_wpml_that_no_export_tells_are_listed(old: OldSite) -> None:
    old.write(export(item(1, meta={"_wpml_word_count": "5"}))).run().ok()
    assert len(old.lost("language")) == 1


def test_stories_at_the_top_are_those_of_each_language(old: OldSite) -> None:
    text = export(FRENCH, item(1), item(2, more=spoken("fr", "a")))
    old.write(text.replace("<wp:is_sticky>0", "<wp:is_sticky>1")).run().ok()
    assert old.text("front.toml") == (
        'lead = "/2019/03/title-1/"\n\n[fr]\nlead = "/2019/03/title-2/"\n'
    )
    assert not old.site.warnings


def test_sections_keep_their_addresses_and_words(old: OldSite) -> None:
    terms = (
        category("news", "News"),
        category("politics", "Politics", parent="news", description="All <b>of</b> it"),
        category("idle", "Idle"),
    )
    old.write(export(*terms, item(1, more=named("category", "Politics")))).run().ok()
    assert 'section = "/category/{slug}/"' in old.settings
    assert '[sections.politics]\ntitle = "Politics"\ndescription = "All of it"' in old.settings
    assert "category/politics/index.html" in old.site.bytes
    assert '"/category/news/politics/" = "/category/politics/"' in old.settings
    assert "category/news/politics/index.html" in old.site.bytes
    assert {one["address"] for one in old.unanswered("left")} == {
        "/category/news/",
        "/category/idle/",
    }


def test_the_section_is_the_category_that_yoast_calls_the_first(old: OldSite) -> None:
    names = named("category", "Harbour") + named("category", "World")
    meta = {"_yoast_wpseo_primary_category": "33"}
    terms = (category("harbour", "Harbour"), category("world", "World", id=33))
    old.write(export(*terms, item(1, more=names, meta=meta))).run()
    assert fields(old, "2019/title-1.md")["section"] == "World"
    assert fields(old, "2019/title-1.md")["tags"] == ["Harbour"]


def test_what_is_uncategorized_has_no_section(old: OldSite) -> None:
    names = named("category", "Uncategorized") + named("category", "World")
    old.write(export(item(1, more=named("category", "Uncategorized")), item(2, more=names))).run()
    assert "section" not in fields(old, "2019/title-1.md")
    assert fields(old, "2019/title-2.md")["section"] == "World"
    assert "tags" not in fields(old, "2019/title-2.md")


@pytest.mark.parametrize("name", ["Archive", "Tags", "2019", "!!!"])
def test_a_category_that_can_be_no_section_does_not_stop_a_build(old: OldSite, name: str) -> None:
    names = named("category", name, "c") + named("post_tag", "!!!", "x")
    old.write(export(item(1, more=names))).run().ok()


def test_tags_have_files_where_there_is_something_to_say(old: OldSite) -> None:
    terms = (tag("sea", "Sea & shore", "All about <b>it</b>."), tag("plain", "Plain"))
    names = named("post_tag", "Sea & shore", "sea") + named("post_tag", "Plain")
    old.write(export(*terms, item(1, more=names))).run().ok()
    assert {p for p in old.files if p.startswith("tags/")} == {"tags/sea-shore.md"}
    assert old.body("tags/sea-shore.md") == "All about it."
    assert "tag/plain/index.html" in old.site.bytes
    assert 'tag/sea/" = "/tag/sea-shore/"' in old.settings


def test_stories_that_were_held_at_the_top_still_are(old: OldSite) -> None:
    def sticky(id: int, day: int) -> str:
        text = item(id, f"Story {id}", date=f"2019-03-{day:02} 10:00:00")
        return text.replace("<wp:is_sticky>0", "<wp:is_sticky>1")

    old.write(export(sticky(1, 1), sticky(2, 9), sticky(3, 5), item(4))).run().ok()
    assert old.text("front.toml") == (
        'lead = "/2019/03/title-2/"\ntop = ["/2019/03/title-3/", "/2019/03/title-1/"]\n'
    )
    assert not old.site.warnings


def test_a_front_of_ones_own_stays(old: OldSite) -> None:
    old.folder.joinpath("content").mkdir(parents=True)
    old.folder.joinpath("content/front.toml").write_text("# mine\n")
    old.write(export(item(1).replace("<wp:is_sticky>0", "<wp:is_sticky>1"))).run().ok()
    assert old.text("front.toml") == "# mine\n"
    assert len(old.lost("front")) == 1


def test_what_becomes_no_file_is_listed_by_its_kind(old: OldSite) -> None:
    comment = "<wp:comment><wp:comment_id>5</wp:comment_id></wp:comment>"
    old.write(
        export(
            item(1, more=comment * 3),
            item(2, type="nav_menu_item"),
            item(3, type="product"),
            item(4, status="trash"),
            item(1),
            picture(6, "a.jpg"),
        )
    )
    old.run().ok()
    left = {(one["kind"], one["records"]) for one in old.report["left_out"]}
    assert left == {
        ("comment", 3),
        ("system", 1),
        ("type", 1),
        ("trash", 1),
        ("again", 1),
        ("media", 1),
    }
    assert old.report["records"] == {"found": 9, "carried": 1, "left_out": 8}


def test_records_of_a_plugin_become_articles_where_they_are_named(old: OldSite) -> None:
    old.write(export(item(1, type="review"))).run("--type", "review").ok()
    assert old.files == {"2019/title-1.md"}


def test_every_form_of_old_address_leads_on_or_is_listed(old: OldSite) -> None:
    long = item(1, content="One.<!--nextpage-->Two.", more=named("category", "World"))
    old.write(export(category("world", "World"), long)).run().ok()
    for path in ("2019", "2019/03", "2019/03/title-1/2", "feed", "category/world/feed"):
        assert f"{path}/index.html" in old.site.bytes, path
    assert old.unanswered("query")[0] | {"where": ""} == {
        "kind": "query",
        "address": "/?p=1",
        "where": "",
        "to": "/2019/03/title-1/",
    }
    kinds = {one["kind"] for one in old.report["unanswered"]}
    assert kinds == {"query", "feed", "archive"}


def test_pages_of_what_is_left_out_are_listed(old: OldSite) -> None:
    secret = item(4).replace("<wp:post_password><![CDATA[", "<wp:post_password><![CDATA[s3cret")
    event = item(3, type="event", link=f"{BASE}/event/fair/")
    old.write(export(item(1), picture(2, "pier.jpg"), event, secret)).run()
    assert [one["address"] for one in old.unanswered("media")] == ["/2019/03/title-1/pier/"]
    assert [one["address"] for one in old.unanswered("left")] == ["/event/fair/"]
    assert [one["address"] for one in old.unanswered("draft")] == ["/2019/03/title-4/"]


def test_pages_below_an_address_that_is_a_file_are_listed(old: OldSite) -> None:
    link = f"{BASE}/2019/03/storm.html"
    old.write(export(item(1, link=link, content="One.<!--nextpage-->Two."))).run().ok()
    assert "2019/03/storm.html" in old.site.bytes
    assert [one["address"] for one in old.unanswered("unwritable")] == ["/2019/03/storm.html/2/"]


def test_plain_permalinks_leave_the_address_to_sitegen(old: OldSite) -> None:
    old.write(export(item(1, link=f"{BASE}/?p=1"))).run().ok()
    assert "url" not in fields(old, "2019/title-1.md")
    assert "2019/03/title-1/index.html" in old.site.bytes


def test_a_blog_in_a_folder_keeps_its_addresses_below_it(old: OldSite) -> None:
    base = f"{BASE}/blog"
    there = f'<a href="{base}/2019/03/b/">there</a>'
    old.write(
        export(
            item(1, link=f"{base}/2019/03/a/", content=there),
            item(2, link=f"{base}/2019/03/b/"),
            base=base,
        )
    )
    old.run().ok()
    assert fields(old, "2019/title-1.md")["url"] == "/2019/03/a/"
    assert f'base_url = "{base}/"' in old.settings
    assert 'href="/blog/2019/03/b/"' in old.site.page("2019/03/a/index.html")


def test_an_existing_site_is_told_what_its_settings_lack(old: OldSite) -> None:
    old.site.settings(f'[site]\ntitle = "T"\nbase_url = "{BASE}"\n[sections.world]\n')
    names = named("category", "World") + named("post_tag", "Sea")
    old.write(export(category("world", "World"), tag("sea", "Sea"), item(1, more=names))).run().ok()
    assert '"/tag/sea/" = "/tags/sea/"' in old.report["settings"]
    assert '[sections.world]\ntitle = "World"' in old.report["settings"]
    pasted = old.settings.replace("[sections.world]\n", "") + old.report["settings"]
    old.site.settings(pasted)
    assert old.run().ok().report["settings"] == ""
    assert "tag/sea/index.html" in old.site.bytes


def test_a_check_after_an_import_finds_no_errors(old: OldSite) -> None:
    """With the kinds of things that an old archive is full of."""
    content = (
        f'<a href="{BASE}/gone/">gone</a> <a href="/?p=99">gone</a> <a href="#nowhere">x</a> '
        f'<img src="{BASE}/wp-content/uploads/a.jpg"> <h4>Low</h4> <a href="relative.html">r</a>'
    )
    names = named("category", "World") + named("post_tag", "Sea") + named("post_tag", "sea", "s2")
    items = (item(n, content=content, more=names, name="same") for n in range(1, 6))
    old.write(export(category("world", "World"), *items, picture(9, "a.jpg"))).run().ok()
    old.site.run("check", "-s", str(old.folder), "--format", "json")
    assert old.site.report["errors"] == []


def test_several_files_of_one_export_are_one_import(tmp_path: Path) -> None:
    old = OldSite(tmp_path, "wordpress", "parts")
    old.source.mkdir()
    link = f'<a href="{BASE}/2019/03/title-2/">two</a>'
    (old.source / "a.xml").write_text(export(item(1, content=link)), encoding="utf-8")
    (old.source / "b.xml").write_text(export(item(2), item(1)), encoding="utf-8")
    old.run().ok()
    assert old.body("2019/title-1.md") == "[two](/2019/03/title-2/)"
    assert old.files == {"2019/title-1.md", "2019/title-2.md"}


@pytest.mark.parametrize("text", ["", "no XML at all", "<html><body>Hello</body></html>"])
def test_what_is_no_export_is_refused(old: OldSite, text: str) -> None:
    old.write(text)
    old.site.run("import", "wordpress", str(old.source), "-s", str(old.folder))
    assert old.site.exit_code == 1
    assert "export.xml" in old.site.output and "Tools, Export" in old.site.output
    assert old.files == set()
