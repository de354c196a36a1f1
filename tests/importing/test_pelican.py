"""Pelican: its folders, as sites that no longer are one (all invented)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.old_site import OldSite
from tests.picture_files import saved, smooth

PICTURE = saved(smooth(), "JPEG")
SETTINGS = """\
import os
AUTHOR = 'Ann Lee'
SITENAME = 'The Old Harbour'
SITESUBTITLE = 'News from an invented town'
PATH = 'content'
TIMEZONE = 'Europe/London'
DEFAULT_LANG = 'en'
STATIC_PATHS = ['images', 'extra']
EXTRA_PATH_METADATA = {'extra/ads.txt': {'path': 'ads.txt'}}
"""


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    site = OldSite(tmp_path, "pelican", "old").put("pelicanconf.py", SETTINGS)
    return site.put(
        "publishconf.py", "from pelicanconf import *\nSITEURL = 'https://old.example'\n"
    )


def story(more: str = "", body: str = "Text.", title: str = "A storm") -> str:
    return f"Title: {title}\nDate: 2019-07-04 10:00\n{more}\n{body}\n"


RST = """\
A storm
#######

:date: 2019-07-04 10:00
:tags: weather, ferries
:category: Harbour
:authors: Maria López; Ann Lee
:summary: No ship.
:slug: storm

No **ship** left `the gates`_ today, see `it <{filename}gates.md#how>`_ [#a]_.

.. _the gates: {filename}/news/gates.md

Background
==========

.. figure:: {static}/images/pier.jpg
   :alt: Waves

   The pier

.. code-block:: python

   a = 1

.. youtube:: dQw4w9WgXcQ

.. chart:: prices
   :wide: yes

- one
- two :abbr:`x`

.. [#a] A note.
"""


def test_a_markdown_article_keeps_address_date_and_fields(old: OldSite) -> None:
    more = (
        "Modified: 2019-07-05\nCategory: Harbour\nTags: weather, ferries\nSummary: No ship.\n"
        "    Today.\nMood: grim\n"
    )
    old.put("content/news/storm.md", story(more, title="It's a Störm!")).run().ok()
    assert old.matter("news/storm.md") == (
        "title: It's a Störm!\ndate: 2019-07-04 10:00\nurl: /its-a-storm.html\nsection: Harbour\n"
        "tags: [weather, ferries]\nauthors: [Ann Lee]\nsummary: No ship. Today.\n"
        "updated: 2019-07-05\nextra:\n  mood: grim\n"
    )
    assert 'timezone = "Europe/London"' in (old.folder / "sitegen.toml").read_text()


def test_restructured_text_becomes_markdown(old: OldSite) -> None:
    old.put("content/news/storm.rst", RST).put("content/images/pier.jpg", PICTURE)
    old.put("content/news/gates.md", story("Slug: gates\n", title="Gates")).run().ok()
    assert old.matter("news/storm.md") == (
        "title: A storm\ndate: 2019-07-04 10:00\nurl: /storm.html\nsection: Harbour\n"
        "tags: [weather, ferries]\nauthors: [Maria López, Ann Lee]\nsummary: No ship.\n"
    )
    assert (
        old.body("news/storm.md")
        == """\
No **ship** left [the gates](/gates.html) today, see [it](/gates.html#how) [^1].

## Background

![Waves](/images/pier.jpg "The pier")

```python
a = 1
```

<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"></iframe>

```
.. chart:: prices
   :wide: yes
```

- one
- two `:abbr:x`

[^1]: A note."""
    )
    assert {loss["detail"] for loss in old.lost("shortcode")} == {".. chart::", ":abbr:"}


@pytest.mark.parametrize(
    ("settings", "path", "more", "address"),
    [
        ("", "news/a.md", "", "/a-storm.html"),
        ("ARTICLE_URL = '{date:%Y}/{date:%b}/{slug}/'", "news/a.md", "", "/2019/Jul/a-storm/"),
        ("ARTICLE_URL = '{category}/{slug}/index.html'", "Old b/a.md", "", "/old-b/a-storm/"),
        ("SLUGIFY_SOURCE = 'basename'", "news/My file.md", "", "/my-file.html"),
        ("FILENAME_METADATA = r'(?P<date>\\d{4}-\\d{2}-\\d{2})_(?P<slug>.*)'",
         "news/2019-07-04_x.md", "", "/x.html"),
        ("", "news/a.md", "Url: kept/here/\nSave_as: kept/here/index.html", "/kept/here/"),
        ("", "a.md", "Slug: s", "/s.html"),
    ],
)  # fmt: skip
def test_the_address_is_the_one_that_pelican_gave(
    old: OldSite, settings: str, path: str, more: str, address: str
) -> None:
    old.put("pelicanconf.py", f"{SETTINGS}{settings}\n")
    old.put(f"content/{path}", story(f"{more}\n" if more else "")).run().ok()
    (file,) = (name for name in old.files if name.endswith(".md"))
    assert f"\nurl: {address}\n" in old.matter(file)


def test_settings_are_read_and_never_run(old: OldSite) -> None:
    trap = old.source / "trap"
    old.put("pelicanconf.py", f"{SETTINGS}ARTICLE_URL = open({str(trap)!r}, 'w').name + '/x'\n")
    old.put("content/a.md", story()).run().ok()
    assert not trap.exists()
    assert "url" not in old.matter("a.md")
    assert old.lost("setting") == [
        {"kind": "setting", "where": "pelicanconf.py, line 10", "file": "", "detail": "ARTICLE_URL"}
    ]


def test_what_pelican_held_back_is_held_back(old: OldSite) -> None:
    old.put("content/a.md", story("Status: draft\nSlug: a\n"))
    old.put("content/b.md", story("Status: hidden\nSlug: b\n"))
    old.put("content/c.md", story("Slug: c\n").replace("2019", "2031"))
    old.put("content/d.md", "Title: No date\n\nText.\n").put(
        "content/e.md", "Date: 2019-01-01\n\nx\n"
    )
    old.run().ok()
    assert len(old.site.report["held_back"]) == 4
    assert [left["where"] for left in old.report["left_out"]] == ["content/e.md"]


def test_pages_links_files_and_translations_find_their_place(old: OldSite) -> None:
    body = (
        "[a]({filename}/pages/about.md) ![p]({static}/images/pier.jpg) [m]({attach}map.pdf)\n"
        "[t]({tag}Ferries) [i]({index}) [gone]({filename}gone.md)\n\n[TOC]\n"
    )
    old.put("content/news/storm.md", story("Slug: storm\nTags: Ferries\n", body))
    old.put("content/news/map.pdf", b"%PDF").put("content/images/pier.jpg", PICTURE)
    old.put("content/images/other.png", saved(smooth(), "PNG")).put("content/extra/ads.txt", "x")
    old.put("content/pages/about.md", "Title: About\n\nWho we are.\n")
    old.put(
        "content/news/storm-fr.md", story("Slug: storm\nLang: fr\n", title="Tempête")
    ).run().ok()
    assert old.body("news/storm.md") == (
        "[a](/pages/about.html) ![p](/images/pier.jpg) [m](/news/map.pdf)\n"
        "[t](/tag/ferries.html) [i](/) [gone](/news/gone/)"
    )
    assert (old.folder / "static/news/map.pdf").is_file()
    assert (old.folder / "static/ads.txt").is_file()
    assert (old.folder / "static/images/other.png").is_file()
    assert "images/pier.jpg" in old.files
    assert old.matter("pages/about.md") == "title: About\nurl: /pages/about.html\n"
    french = old.matter("fr/news/storm-fr.md")
    assert "url: /storm-fr.html" in french
    assert "translation_of: /storm.html" in french
    assert '"/tag/ferries.html" = "/tags/ferries/"' in (old.folder / "sitegen.toml").read_text()
    assert "/news/gone.md" in {loss["detail"] for loss in old.lost("link")}


def test_html_with_meta_elements_is_an_article(old: OldSite) -> None:
    html = (
        "<html><head><title>A storm</title><meta name='date' content='2019-07-04 10:00' />\n"
        '<meta name="tags" content="weather, x" /></head>'
        "<body><p>No <b>ship</b>.</p></body></html>"
    )
    old.put("content/storm.html", html).run().ok()
    assert "tags: [weather, x]" in old.matter("storm.md")
    assert old.body("storm.md") == "No **ship**."
