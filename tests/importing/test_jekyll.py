"""Jekyll: its folders, as sites that no longer are one (all invented)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.old_site import OldSite
from tests.picture_files import saved, smooth

PICTURE = saved(smooth(), "JPEG")
SETTINGS = """\
url: https://old.example
baseurl: /paper
title: The Old Harbour
description: >-
  News from an
  invented town
timezone: Europe/London
"""


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    return OldSite(tmp_path, "jekyll", "old").put("_config.yml", SETTINGS)


def post(matter: str = "", body: str = "Text.", title: str = "A storm") -> str:
    return f"---\nlayout: post\ntitle: {title}\n{matter}---\n{body}\n"


def test_a_post_keeps_address_date_and_fields(old: OldSite) -> None:
    matter = (
        "date: 2019-03-04 10:00:00 -0500\ncategories: harbour ships\ntags: [weather]\n"
        "author: maria\nexcerpt: No <b>ship</b>.\nredirect_from: old/storm.html\nmood: grim\n"
        "header:\n  image: /img/pier.jpg\n  caption: The pier\n"
    )
    old.put("img/pier.jpg", PICTURE)
    old.put("_posts/2019-03-04-big-storm.md", post(matter)).run().ok()
    assert old.matter("2019-03-04-big-storm.md") == (
        "title: A storm\ndate: 2019-03-04 15:00\nurl: /harbour/ships/2019/03/04/big-storm.html\n"
        "section: harbour\ntags: [weather, ships]\nauthors: [maria]\nsummary: No ship.\n"
        "image:\n  src: /img/pier.jpg\n  caption: The pier\naliases: [/old/storm.html]\n"
        "extra:\n  mood: grim\n"
    )
    settings = (old.folder / "sitegen.toml").read_text()
    assert 'base_url = "https://old.example/paper/"' in settings
    assert 'tagline = "News from an invented town"' in settings


@pytest.mark.parametrize(
    ("settings", "path", "matter", "address"),
    [
        ("", "_posts/2019-03-04-Big Storm.md", "", "/2019/03/04/Big-Storm.html"),
        ("permalink: pretty", "_posts/2019-3-4-s.md", "", "/2019/03/04/s/"),
        ("permalink: none", "_posts/2019-03-04-s.md", "slug: gale", "/gale.html"),
        ("permalink: ordinal", "_posts/2019-03-04-s.md", "", "/2019/063/s.html"),
        ("permalink: /:year/:i_month/:short_day/:title", "_posts/2019-03-04-s.md", "",
         "/2019/3/Mon/s/"),
        ("permalink: pretty", "ships/_posts/2019-03-04-s.md", "category: Ferries",
         "/ships/ferries/2019/03/04/s/"),
        ("", "_posts/2019-03-04-s.md", "permalink: /kept/here/", "/kept/here/"),
        ("", "_posts/2019-03-04-s.md", "date: 2019-03-05 00:30:00 +0200", "/2019/03/04/s.html"),
        ("defaults:\n- scope: {path: '', type: posts}\n  values: {permalink: '/n/:title/'}",
         "_posts/2019-03-04-s.md", "", "/n/s/"),
    ],
)  # fmt: skip
def test_the_address_is_the_one_that_jekyll_gave(
    old: OldSite, settings: str, path: str, matter: str, address: str
) -> None:
    old.put("_config.yml", f"url: https://old.example\ntimezone: Europe/London\n{settings}\n")
    old.put(path, post(f"{matter}\n" if matter else "")).run().ok()
    (file,) = (name for name in old.files if name.endswith(".md"))
    assert f"\nurl: {address}\n" in old.matter(file)


def test_one_category_may_have_blanks_and_several_are_divided_at_them(old: OldSite) -> None:
    old.put("_posts/2019-03-04-a.md", post("category: Big news\ntag: Two words\n"))
    old.put("_posts/2019-03-04-b.md", post("categories: Big news\ntags: two words\n"))
    old.run().ok()
    assert "section: Big news\ntags: [Two words]\n" in old.matter("2019-03-04-a.md")
    assert "section: Big\ntags: [two, words, news]\n" in old.matter("2019-03-04-b.md")


@pytest.mark.parametrize(
    ("permalink", "address"),
    [("date", "/about.html"), ("pretty", "/about/"), ("/x/:title", "/about/")],
)
def test_pages_end_as_the_permalinks_of_the_site_say(
    old: OldSite, permalink: str, address: str
) -> None:
    old.put("_config.yml", f"url: https://old.example\npermalink: {permalink}\n")
    old.put("about.md", post()).run().ok()
    assert f"url: {address}" in old.matter("pages/about.md")


def test_what_jekyll_held_back_is_held_back(old: OldSite) -> None:
    old.put("_drafts/idea.md", post())
    old.put("_posts/2019-03-04-no.md", post("published: false\n"))
    old.put("_posts/2031-03-04-later.md", post())
    old.put("_posts/undated.md", post()).run().ok()
    assert old.matter("idea.md") == "title: A storm\ndate: 1970-01-01\nstatus: draft\n"
    assert "status: draft" in old.matter("2019-03-04-no.md")
    assert len(old.site.report["held_back"]) == 3
    assert [left["where"] for left in old.report["left_out"]] == ["_posts/undated.md"]


def test_liquid_with_an_equal_is_converted_and_the_rest_stays_and_is_told(old: OldSite) -> None:
    body = """\
See [the gates]({% post_url 2019-03-03-gates %}),
[it]({{ site.baseurl }}{% link _posts/2019-03-03-gates.md %}).

[a]({{ "/2019/03/03/gates.html" | relative_url }}) [b]({{ site.url }}{{ site.baseurl }}/about.html)

{% include figure.html url="/img/pier.jpg" alt="Waves" caption="The pier" %}
{% include video id="dQw4w9WgXcQ" provider="youtube" %}

{{ "https://vimeo.com/12345" | embed: "The gates" }}

{% highlight ruby linenos %}
puts "{{ x }}"
{% endhighlight %}

{% raw %}{{ kept }} {% tag %}{% endraw %}{% comment %}gone{% endcomment %}

- a list
  {% include figure.html url="/img/pier.jpg" alt="Waves" caption="The pier" %}
  goes on

{% include own.html %}{% chart data %} {{ page.title | upcase }} {{ site.nothing | shown }}

* TOC
{:toc}

![Pier](/img/pier.jpg){: .wide}
{: .note}

## Named {#here}
"""
    old.put("img/pier.jpg", PICTURE).put("about.md", post(title="About"))
    old.put("_posts/2019-03-04-storm.md", post(body=body))
    old.put("_posts/2019-03-03-gates.md", post(title="Gates")).run().ok()
    assert (
        old.body("2019-03-04-storm.md")
        == """\
See [the gates](/2019/03/03/gates.html),
[it](/2019/03/03/gates.html).

[a](/2019/03/03/gates.html) [b](/about.html)

![Waves](/img/pier.jpg "The pier")

<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"></iframe>

<iframe src="https://player.vimeo.com/video/12345" title="The gates"></iframe>

```ruby
puts "{{ x }}"
```

{{ kept }} {% tag %}

- a list

  ![Waves](/img/pier.jpg "The pier")

  goes on

{% include own.html %}{% chart data %} A STORM {{ site.nothing | shown }}

![Pier](/img/pier.jpg)

## <a id="here"></a>Named"""
    )
    details = {loss["detail"] for loss in old.lost("shortcode")}
    told = {"{{ x }}", "{% chart %}", "{% include own.html %}", "{{ … | shown }}"}
    assert details == told
    report = (old.folder / "import-report.md").read_text()
    assert "`{% chart %}` 1" in report


def test_collections_pages_data_and_files_find_their_place(old: OldSite) -> None:
    old.put(
        "_config.yml",
        SETTINGS + "collections:\n  guides: {output: true}\n  notes: {}\n  authors:\n",
    )
    old.put("_guides/tides.md", post(title="Tides")).put("_notes/a.md", post())
    old.put("_authors/maria.md", "---\nname: Maria López\nposition: Editor\n---\nAt sea.\n")
    old.put("_data/authors.yml", "ann: {name: Ann Lee, github: annlee}\n")
    old.put("_data/boats.csv", "a,b\n").put("files/map.pdf", b"%PDF").put("css/a.css", "a{}")
    old.put("feed2.xml", "---\n---\n<rss></rss>").put(
        "index.html", "---\n---\n{% for p in x %}{% endfor %}"
    )
    old.put("lists.html", "---\ntitle: All\n---\n{% for p in x %}{% endfor %}")
    old.put("old.html", "---\ntitle: Old\nredirect_to: /guides/tides.html\n---\n")
    old.put(
        "_posts/2019-03-04-s.html", post("", '<p>A <b>b</b> {{ x }} <img src="img/no.jpg"></p>')
    )
    old.put("_posts/2019-03-04-t.textile", post()).put("Gemfile", "x").put(
        "README.md", "x"
    ).run().ok()
    assert "url: /guides/tides.html" in old.matter("pages/guides/tides.md")
    assert old.matter("authors/maria.md") == "name: Maria López\nrole: Editor\n"
    assert old.matter("authors/ann.md").startswith("name: Ann Lee\nlinks:\n")
    assert old.body("2019-03-04-s.md") == "A **b** {{ x }} ![](/2019/03/04/img/no.jpg)"
    assert {p.name for p in (old.folder / "static").rglob("*.*")} == {"map.pdf", "a.css"}
    assert (old.folder / "data/boats.csv").is_file()
    kinds = sorted(left["kind"] for left in old.report["left_out"])
    assert kinds == ["data", "markup", "moved", "template", "template", "template", "type"]
    settings = (old.folder / "sitegen.toml").read_text()
    assert '"/feed2.xml" = "/feed.xml"' in settings
    assert '"/old.html" = "/guides/tides.html"' in settings
    left = {one["address"] for one in old.report["unanswered"] if one["kind"] == "left"}
    assert left == {"/lists.html"}
    assert old.report["media_missing"] == ["https://old.example/paper/2019/03/04/img/no.jpg"]


def test_what_the_settings_include_is_published(old: OldSite) -> None:
    old.put("_config.yml", SETTINGS + "include: [_pages, .well-known]\n")
    old.put("_pages/about.md", post("permalink: /about/\n", title="About"))
    old.put(".well-known/a.txt", "x").put(".git/b.txt", "x").put("_posts/2019-03-04-s.md", post())
    old.run().ok()
    assert "url: /about/" in old.matter("pages/_pages/about.md")
    static = {p.name for p in (old.folder / "static").rglob("*") if p.is_file()}
    assert static == {"a.txt"}


def test_lists_of_the_archives_plugin_keep_their_addresses(old: OldSite) -> None:
    old.put("_config.yml", SETTINGS + "jekyll-archives:\n  enabled: [tags, categories]\n")
    old.put("_posts/2019-03-04-s.md", post("categories: [Harbour]\ntags: [x]\n")).run().ok()
    assert old.site.page("tag/x/index.html")
    assert old.site.page("category/harbour/index.html")


def test_a_folder_of_posts_alone_leaves_addresses_to_the_settings(old: OldSite) -> None:
    (old.source / "_config.yml").unlink()
    old.put("2019-03-04-storm.md", post(body="[g](/2019/03/03/gates/)"))
    old.put("2019-03-03-gates.md", post(title="Gates")).run().ok()
    assert "url" not in old.matter("2019-03-04-storm.md")
    assert old.body("2019-03-04-storm.md") == "[g](2019-03-03-gates.md)"


def test_posts_that_the_settings_give_one_address_get_two(old: OldSite) -> None:
    (old.source / "_config.yml").unlink()
    old.put("_posts/2019-03-04-storm.md", post()).put("_posts/2019-03-05-storm.md", post())
    old.put("_posts/2019-03-06-gates.md", post("redirect_from: /2019/03/storm/\n")).run().ok()
    assert "url" not in old.matter("2019-03-04-storm.md")
    assert "url: /2019/03/storm-2/" in old.matter("2019-03-05-storm.md")
    assert "aliases" not in old.matter("2019-03-06-gates.md")
    assert [loss["file"] for loss in old.lost("address")] == ["content/2019-03-05-storm.md"]
