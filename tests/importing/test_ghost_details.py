"""Imports from Ghost: what exports of real sites hold, and what programs make that write some."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sitegen.config import load_config
from tests.importing.ghost_export import HOME, export, post, tag, tagged, user, written
from tests.importing.old_site import OldSite
from tests.picture_files import saved, smooth


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    return OldSite(tmp_path, "ghost", "export.json")


def test_a_headline_that_is_made_from_a_text_has_its_words_alone(old: OldSite) -> None:
    old.write(export(post("1", "(Untitled)", "<p>An <b>idea</b> about<br>boats.</p>"))).run().ok()
    assert "title: An idea about boats.\n" in old.matter("2021/title-1.md")


def routes(old: OldSite, text: str) -> None:
    (old.source.parent / "routes.yaml").write_text(text)


def test_signs_in_titles_names_and_biographies_are_signs(old: OldSite) -> None:
    """Ghost keeps these as text, not as HTML; but for emphasis, which some themes show."""
    old.write(
        export(
            post("1", "How <div> works, and <em>why</em> &amp;", custom_excerpt="1 < 2 & 3"),
            posts_tags=tagged("1", "t1"),
            posts_authors=written("1", "u1"),
            tags=[tag("t1", "R&D", slug="rd", description="# *New* things")],
            users=[user("u1", "Maria", bio="- Writes.\nLikes <sea>.")],
        )
    )
    old.run().ok()
    assert "title: 'How <div> works, and why &amp;'\n" in old.matter("2021/title-1.md")
    assert "summary: 1 < 2 & 3\n" in old.matter("2021/title-1.md")
    assert "tags: [R&D]\n" in old.matter("2021/title-1.md")
    assert old.body("tags/r-d.md") == "\\# \\*New\\* things"
    assert old.body("authors/maria.md") == "\\- Writes.\\\nLikes \\<sea>."


def test_a_post_and_a_page_may_have_the_same_slug(old: OldSite) -> None:
    routes(old, "collections:\n  /:\n    permalink: /news/{slug}/\n")
    link = f'<a href="{HOME}/about/">page</a> <a href="{HOME}/news/about/">post</a>'
    old.write(
        export(
            post("1", slug="about"),
            post("2", slug="about", type="page"),
            post("3", html=f"<p>{link}</p>"),
            posts_authors=written("1", "u1"),
            users=[user("u1", "Maria")],
        )
    )
    old.run().ok()
    assert old.body("2021/title-3.md") == "[page](/about/) [post](/news/about/)"
    assert old.lost("link") == []
    assert "authors/maria.md" in old.files


FILTERS = {
    "tag:hash-fr": "/fr/one/",
    "tag:-hash-fr": "/en/one/",
    "tag:[city,hash-fr]": "/fr/one/",
    "primary_tag:-city": "/en/one/",
    "featured:true": "/fr/one/",
    "primary_author:maria+tag:city": "/fr/one/",
    "author:'jonas'": "/en/one/",
}


@pytest.mark.parametrize("only", FILTERS)
def test_addresses_follow_the_filters_of_collections(old: OldSite, only: str) -> None:
    routes(
        old,
        f'collections:\n  /fr/:\n    permalink: /fr/{{slug}}/\n    filter: "{only}"\n'
        "  /en/:\n    permalink: /en/{slug}/\n",
    )
    old.write(
        export(
            post("1", slug="one", featured=1),
            posts_tags=tagged("1", "t1", "t2"),
            posts_authors=written("1", "u1"),
            tags=[tag("t1", "City"), tag("t2", "#fr")],
            users=[user("u1", "Maria"), user("u2", "Jonas")],
        )
    )
    old.run().ok()
    assert f"url: {FILTERS[only]}\n" in old.matter("2021/one.md")
    assert [one["address"] for one in old.unanswered("archive")] == ["/page/2/", "/fr/", "/en/"]


def test_a_filter_that_nobody_here_understands_is_told(old: OldSite) -> None:
    routes(
        old,
        "routes:\n  /best/:\n    controller: channel\n    filter: featured:true\n"
        "  /team/: members\n"
        'collections:\n  /a/:\n    permalink: /a/{slug}/\n    filter: "created_at:>2020"\n'
        "  /:\n    permalink: /{slug}/\n",
    )
    old.write(export(post("1"))).run().ok()
    assert "url: /title-1/\n" in old.matter("2021/title-1.md")
    assert [loss["detail"] for loss in old.lost("address")] == ["/a/{slug}/ for created_at:>2020"]
    assert [one["address"] for one in old.unanswered("archive")][1:] == ["/a/", "/best/"]


def test_a_tag_that_is_a_section_leads_on_and_keeps_its_description(old: OldSite) -> None:
    routes(old, "collections:\n  /:\n    permalink: /{primary_tag}/{slug}/\n")
    old.write(
        export(
            post("1"),
            post("2"),
            posts_tags=[*tagged("1", "t1", "t2"), *tagged("2", "t3", "t1")],
            tags=[
                tag("t1", "City", description="All of the town."),
                tag("t2", "Sea"),
                tag("t3", "Trade", description="Buying and selling."),
            ],
        )
    )
    old.run().ok()
    config = load_config(old.folder)
    assert config.sections["trade"].description == "Buying and selling."
    assert config.redirects["/tag/trade/"] == "/trade/"
    assert config.redirects["/tag/trade/rss/"] == "/trade/feed.xml"
    pages = {"trade/index.html", "city/index.html", "tag/city/index.html", "tag/sea/index.html"}
    assert pages <= set(old.site.bytes)


def test_a_site_in_a_folder_keeps_its_links_and_pictures(old: OldSite) -> None:
    html = (
        f'<p><a href="{HOME}/title-2/">two</a></p><img src="{HOME}/content/images/a.jpg" alt="A">'
    )
    old.write(export(post("1", html=html), post("2")))
    old.run("--address", "https://old.example/blog").ok()
    assert old.body("2021/title-1.md") == "[two](/title-2/)\n\n![A](/content/images/a.jpg)"
    assert old.report["media_missing"] == ["https://old.example/blog/content/images/a.jpg"]
    assert load_config(old.folder).site.base_url == "https://old.example/blog/"


def test_a_site_in_a_folder_of_the_new_ones_host_stays_there(old: OldSite) -> None:
    old.site.settings('[site]\ntitle = "T"\nbase_url = "https://old.example/"\n')
    html = f'<p><a href="{HOME}/title-2/">two</a></p>'
    old.write(export(post("1", html=html), post("2")))
    old.run("--address", "https://old.example/blog/").ok()
    assert "url: /blog/title-1/\n" in old.matter("2021/title-1.md")
    assert old.body("2021/title-1.md") == "[two](/blog/title-2/)"


def test_a_pages_picture_stands_above_its_text(old: OldSite) -> None:
    row = {"post_id": "1", "feature_image_alt": "A pier", "feature_image_caption": "At <i>7</i>"}
    image = f"{HOME}/content/images/pier.jpg"
    old.write(export(post("1", type="page", feature_image=image), posts_meta=[row])).run().ok()
    picture = '![A pier](/content/images/pier.jpg "At 7")'
    assert old.body("pages/title-1.md") == f"{picture}\n\nText."


def test_what_has_no_place_is_told_wherever_it_stood(old: OldSite) -> None:
    code = "<script>x()</script>"
    setting = {"id": "s9", "key": "codeinjection_head", "value": code}
    rows = json.loads(
        export(
            post("1"),
            posts_meta=[{"post_id": "1", "og_image": f"{HOME}/content/images/og.jpg"}],
            posts_tags=tagged("1", "t1"),
            posts_authors=written("1", "u1"),
            tags=[tag("t1", "Sea", description="Salt.", codeinjection_foot=code)],
            users=[user("u1", "Maria", cover_image=f"{HOME}/c.jpg")],
            roles_users=[{"id": str(n)} for n in range(3)],
        )
    )
    menu = json.dumps([{"label": "The sea", "url": f"{HOME}/tag/sea/"}])
    settings = rows["db"][0]["data"]["settings"]
    settings += [setting, {"id": "s8", "key": "navigation", "value": menu}]
    old.write(json.dumps(rows)).run().ok()
    assert [loss["where"] for loss in old.lost("code")] == ["the settings", "tag Sea"]
    assert [loss["detail"] for loss in old.lost("field")] == [
        "navigation: The sea /tag/sea/",
        "og_image: /content/images/og.jpg",
        "cover_image: /c.jpg",
    ]
    (left,) = old.left("system")
    assert (left["where"], str(left["records"])) == ("the table roles_users", "3")


def test_the_description_of_a_tag_that_no_article_names_is_told(old: OldSite) -> None:
    old.write(export(post("1"), tags=[tag("t1", "Sea", description="Salt.")])).run().ok()
    assert [left["detail"] for left in old.left("unused")] == [
        "no published article names it; description: Salt."
    ]


ACCOUNTS = {
    ("mastodon", "@maria@social.example"): "https://social.example/@maria",
    ("mastodon", "social.example/@maria"): "https://social.example/@maria",
    ("youtube", "channel/UC7"): "https://www.youtube.com/channel/UC7",
    ("youtube", "@maria"): "https://www.youtube.com/@maria",
    ("linkedin", "company/paper"): "https://www.linkedin.com/company/paper",
    ("facebook", "maria"): "https://www.facebook.com/maria",
    ("bluesky", "https://bsky.app/profile/maria"): "https://bsky.app/profile/maria",
}


@pytest.mark.parametrize(("network", "account"), ACCOUNTS)
def test_accounts_of_authors_are_links(old: OldSite, network: str, account: str) -> None:
    people = [user("u1", "Maria", **{network: account})]
    old.write(export(post("1"), posts_authors=written("1", "u1"), users=people)).run().ok()
    assert f"url: '{ACCOUNTS[network, account]}'" in old.matter("authors/maria.md")


def without_ids(text: str, ids: dict[str, str]) -> str:
    """The export of another program: without the database's hash, with ids that are new."""
    rows = json.loads(text)
    rows["db"][0]["data"]["settings"] = [{"key": "title", "value": ids["title"]}]
    for row in rows["db"][0]["data"]["posts"]:
        row["id"] = ids[row["id"]]
    return json.dumps(rows)


def test_exports_of_other_programs_can_be_imported_again(old: OldSite) -> None:
    """Their ids are new each time, and a site may be renamed: slugs name the posts."""
    text = export(post("1", slug="one"), post("2", slug="one", type="page"))
    old.write(without_ids(text, {"title": "The Old", "1": "7", "2": "8"})).run().ok()
    old.write(without_ids(text, {"title": "The New", "1": "8", "2": "9"})).run().ok()
    assert old.became() == {"unchanged": 2}
    assert old.report["vanished"] == []


def test_posts_that_stand_in_an_export_twice_are_told(old: OldSite) -> None:
    old.write(export(post("1"), post("1"), post("", slug="x"), post("", slug="y"))).run().ok()
    assert old.files == {"2021/title-1.md", "2021/x.md", "2021/y.md"}
    assert [left["where"] for left in old.left("again")] == ["post 1 “A title”"]


def lexical(*nodes: dict[str, Any]) -> str:
    return json.dumps({"root": {"type": "root", "children": list(nodes)}})


def test_cards_that_nobody_here_knows_are_told(old: OldSite) -> None:
    hidden = {"type": "html", "html": "<p>x</p>", "visibility": {"web": {"nonMember": False}}}
    text = lexical(
        {"type": "nft", "url": "https://far.example/"},
        {"type": "email", "html": "<p>Only in the letter.</p>"},
        {"type": "paragraph", "children": [{"type": "text", "text": "Half\ud83d a smile"}]},
        {
            "type": "paragraph",
            "children": [
                {
                    "type": "autolink",
                    "url": "https://far.example/",
                    "children": [{"type": "text", "text": "far"}],
                }
            ],
        },
        hidden,
    )
    old.write(export(post("1", html=None, lexical=text))).run().ok()
    assert [loss["detail"] for loss in old.lost("card")] == ["nft"]
    assert len(old.lost("members")) == 1
    assert old.body("2021/title-1.md") == "Half a smile\n\n[far](https://far.example/)"


@pytest.mark.parametrize("name", ["lexical", "mobiledoc"])
def test_a_text_without_end_is_told(old: OldSite, name: str) -> None:
    old.write(export(post("1", html=None, **{name: '{"root":' * 20_000}))).run().ok()
    assert len(old.lost("html")) == 1


def test_a_picture_in_another_size_is_found_in_the_copy(old: OldSite) -> None:
    folder = old.folder.parent / "content" / "images"
    folder.mkdir(parents=True)
    (folder / "pier.jpg").write_bytes(saved(smooth(), "JPEG"))
    html = f'<img src="{HOME}/content/images/size/w600/format/webp/pier.jpg" alt="A pier">'
    old.write(export(post("1", html=html)))
    old.run("--media", str(folder.parent)).ok()
    assert old.body("2021/title-1.md") == "![A pier](/content/images/pier.jpg)"
    assert "content/images/pier.jpg" in old.files
