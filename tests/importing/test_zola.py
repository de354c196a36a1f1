"""Zola: its folders, as sites that no longer are one (all invented)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.old_site import OldSite
from tests.picture_files import saved, smooth

PICTURE = saved(smooth(), "JPEG")
SETTINGS = """\
base_url = "https://old.example"
title = "The Old Harbour"
default_language = "en"
taxonomies = [{name = "tags"}, {name = "place"}]
[languages.fr]
title = "Le vieux port"
"""


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    return OldSite(tmp_path, "zola", "old").put("config.toml", SETTINGS)


def story(more: str = "", body: str = "Text.", title: str = "A storm") -> str:
    return f'+++\ntitle = "{title}"\ndate = 2019-03-04T10:00:00Z\n{more}+++\n{body}\n'


def test_files_beside_articles_and_lists_keep_their_place_or_are_told(old: OldSite) -> None:
    old.put("content/news/storm/index.md", story()).put("content/news/storm/map.pdf", b"%PDF")
    old.put("content/news/_index.md", '+++\ntitle = "N"\naliases = ["press"]\n+++\n')
    old.put("content/news/old/_index.md", '+++\ntitle = "O"\n+++\n')
    old.put("content/hidden.md", story("render = false\n")).run().ok()
    assert "news/storm/map.pdf" in old.files
    assert [one["address"] for one in old.unanswered("beside")] == ["/news/storm/map.pdf"]
    assert '"/press" = "/news/"' in old.settings
    assert [one["address"] for one in old.unanswered("left")] == ["/news/old/"]
    assert [left["where"] for left in old.left("system")] == ["content/hidden.md"]


def test_an_article_keeps_address_date_and_fields(old: OldSite) -> None:
    more = (
        'slug = "big-storm"\nupdated = 2019-03-05\naliases = ["old/storm"]\nweight = 3\n'
        'authors = ["Ann Lee"]\n[taxonomies]\ntags = ["ferries"]\nplace = ["Lowgate"]\n'
        '[extra]\nmood = "grim"\ncover = "/pier.jpg"\n'
    )
    old.put("content/news/storm.md", story(more)).put("static/pier.jpg", PICTURE).run().ok()
    assert old.matter("news/storm.md") == (
        "title: A storm\ndate: 2019-03-04 10:00\nurl: /news/big-storm/\nsection: news\n"
        "tags: [ferries]\nplace: [Lowgate]\nauthors: [Ann Lee]\nimage: /pier.jpg\n"
        "updated: 2019-03-05\naliases: [/old/storm/]\nextra:\n  mood: grim\n"
    )
    assert old.site.page("place/lowgate/index.html")


@pytest.mark.parametrize(
    ("path", "more", "address"),
    [
        ("news/Big Störm.md", "", "/news/big-storm/"),
        ("news/2019-03-04-storm.md", "", "/news/storm/"),
        ("news/deep/storm/index.md", "", "/news/deep/storm/"),
        ("storm.md", "", "/storm/"),
        ("news/storm.md", 'path = "kept/here"\n', "/kept/here/"),
    ],
)
def test_the_address_is_the_one_that_zola_gave(
    old: OldSite, path: str, more: str, address: str
) -> None:
    old.put(f"content/{path}", story(more)).run().ok()
    (file,) = old.files
    assert f"\nurl: {address}\n" in old.matter(file)


def test_shortcodes_and_links_are_converted_and_others_stay_and_are_told(old: OldSite) -> None:
    body = """\
[a](@/news/gates.md#how) [b](../gates/) [c](@/news/gone.md)

{{ youtube(id="dQw4w9WgXcQ", autoplay=true) }}

{% quote(author="Ann Lee") %}
So it was.
{% end %}

{{ chart(data="x)") }} {{/* youtube(id="x") */}}

```rust,linenos
let a = 1;
```
"""
    old.put("content/news/gates.md", story(title="Gates"))
    old.put("content/news/storm.md", story(body=body)).run().ok()
    assert (
        old.body("news/storm.md")
        == """\
[a](/news/gates/#how) [b](/news/gates/) [c](/news/gone/)

<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"></iframe>

> So it was.
>
> — Ann Lee

{{ chart(data="x)") }} {{ youtube(id="x") }}

```rust
let a = 1;
```"""
    )
    assert [loss["detail"] for loss in old.lost("shortcode")] == ["{{ chart() }}"]


def test_pages_sections_drafts_languages_and_bundles_find_their_place(old: OldSite) -> None:
    old.put("content/about.md", "+++\ntitle = 'About'\n+++\nWho we are. ![p](pier.jpg)\n")
    old.put("content/news/_index.md", "+++\ntitle = 'All news'\ndescription = 'D'\n+++\n")
    old.put("content/news/storm/index.md", story("draft = true\n", "![p](pier.jpg)"))
    old.put("content/news/storm/pier.jpg", PICTURE).put("static/doc/a.pdf", b"%PDF")
    old.put("content/news/wind.md", story(title="Wind"))
    old.put("content/news/wind.fr.md", story(title="Le vent")).run().ok()
    assert old.matter("pages/about.md") == "title: About\nurl: /about/\n"
    assert "status: draft" in old.matter("news/storm/index.md")
    assert "news/storm/pier.jpg" in old.files
    assert (old.folder / "static/doc/a.pdf").is_file()
    assert "url: /fr/news/wind/" in old.matter("fr/news/wind.md")
    assert 'hreflang="fr"' in old.site.page("news/wind/index.html")
    settings = (old.folder / "sitegen.toml").read_text()
    assert '[sections.news]\ntitle = "All news"\ndescription = "D"' in settings
    assert '"/atom.xml" = "/feed.xml"' in settings
