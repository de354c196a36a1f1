"""Hugo: its folders, as sites that no longer are one (all invented)."""

from __future__ import annotations

from cProfile import Profile
from pathlib import Path

import pytest

from tests.importing.old_site import OldSite
from tests.picture_files import saved, smooth

PICTURE = saved(smooth(), "JPEG")
SETTINGS = """\
baseURL = "https://old.example/"
title = "The Old Harbour"
languageCode = "en-gb"
timeZone = "Europe/London"
[params]
description = "News from an invented town"
[permalinks]
news = "/:year/:month/:slug/"
[menu]
main = [
  { name = "Harbour news", url = "/news/", weight = 1 },
  { name = "About", url = "/about/", weight = 2 },
]
"""


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    return OldSite(tmp_path, "hugo", "old").put("hugo.toml", SETTINGS)


def story(matter: str = "", body: str = "Text.", title: str = "A storm") -> str:
    return f"---\ntitle: {title}\ndate: 2019-03-04T10:00:00Z\n{matter}---\n{body}\n"


def test_an_article_keeps_address_date_and_fields(old: OldSite) -> None:
    matter = (
        "slug: big-storm\ntags: [weather, Ferries]\ncategories: [Harbour, ships]\n"
        "authors: [Maria Lopez]\nsummary: No ship.\nlastmod: 2019-03-05T08:00:00Z\n"
        "weight: 3\nmood: grim\naliases: [/old/storm.html, beside]\n"
    )
    old.put("content/news/storm.md", story(matter)).run().ok()
    assert old.matter("news/storm.md") == (
        "title: A storm\ndate: 2019-03-04 10:00\nurl: /2019/03/big-storm/\nsection: Harbour\n"
        "tags: [weather, Ferries, ships]\nauthors: [Maria Lopez]\nsummary: No ship.\n"
        "updated: 2019-03-05 08:00\naliases: [/old/storm.html, /2019/03/beside/]\n"
        "extra:\n  mood: grim\n"
    )
    assert old.site.page("2019/03/big-storm/index.html")
    settings = (old.folder / "sitegen.toml").read_text()
    for line in ('title = "The Old Harbour"', 'language = "en-GB"', 'timezone = "Europe/London"'):
        assert line in settings
    assert 'permalink = "/{year}/{month}/{slug}/"' in settings


@pytest.mark.parametrize(
    ("settings", "path", "matter", "address"),
    [
        ("", "posts/Big Storm.md", "", "/posts/big-storm/"),
        ("", "posts/2019/storm.md", "", "/posts/2019/storm/"),
        ("", "posts/storm.md", "slug: gale", "/posts/gale/"),
        ("", "posts/storm.md", "url: /kept/here.html", "/kept/here.html"),
        ("", "posts/storm.md", "url: kept/here", "/kept/here/"),
        ("", "posts/storm/index.md", "", "/posts/storm/"),
        ("uglyURLs = true", "posts/storm.md", "", "/posts/storm.html"),
        ("disablePathToLower = true", "posts/Storm.md", "", "/posts/Storm/"),
        ("[permalinks]\nposts = '/:section/:title/'", "posts/a.md", "", "/posts/a-storm/"),
        ("[permalinks]\nposts = '/:slug'", "posts/a.md", "slug: Gale!", "/gale/"),
        ("[permalinks]\nposts = '/:filename/'", "posts/A b.md", "slug: x", "/a-b/"),
        ("[permalinks.page]\nposts = '/:year/:monthname/:day/:slugorfilename/'", "posts/s.md", "",
         "/2019/march/04/s/"),
        ("[permalinks]\nposts = '/:sections[1:]/:slug/'", "posts/x/y/a.md", "slug: s", "/x/y/s/"),
    ],
)  # fmt: skip
def test_the_address_is_the_one_that_hugo_gave(
    old: OldSite, settings: str, path: str, matter: str, address: str
) -> None:
    old.put("hugo.toml", f'baseURL = "https://old.example/"\n{settings}\n')
    old.put(f"content/{path}", story(f"{matter}\n" if matter else "")).run().ok()
    (file,) = (name for name in old.files if name.endswith(".md"))
    assert f"\nurl: {address}\n" in old.matter(file)


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "A storm"\ndate = 2019-03-04T10:00:00-05:00\ntags = ["ferries"]\n+++\n'
        "Text.\n",
        '{\n\t"title": "A storm",\n\t"date": "2019-03-04T10:00:00-05:00",\n\t"tags": ["ferries"]\n}'
        "\nText.\n",
        "---\ntitle: A storm\ndate: 2019-03-04T10:00:00-05:00\ntags:\n- ferries\n---\nText.\n",
    ],
)
def test_front_matter_in_all_three_forms_keeps_the_instant(old: OldSite, text: str) -> None:
    old.put("content/news/storm.md", text).run().ok()
    assert "date: 2019-03-04 15:00\n" in old.matter("news/storm.md")
    assert "tags: [ferries]" in old.matter("news/storm.md")
    assert old.body("news/storm.md") == "Text."


def test_what_hugo_held_back_is_held_back(old: OldSite) -> None:
    old.put("content/news/draft.md", story("draft: true\n"))
    old.put("content/news/idea.md", "---\ntitle: Idea\ndraft: true\n---\nText.\n")
    old.put("content/news/later.md", story("publishDate: 2030-01-01\nslug: later\n"))
    old.put("content/news/ended.md", story("expiryDate: 2020-01-01\nslug: ended\n"))
    old.put("content/news/unclear.md", story("draft: perhaps\nslug: unclear\n"))
    old.put("content/news/future.md", story("slug: future\n").replace("2019", "2031"))
    old.put("content/quiet/_index.md", "---\ntitle: Q\ncascade:\n  draft: true\n---\n")
    old.put("content/quiet/one.md", story())
    old.put("content/news/headless.md", story("headless: true\n"))
    old.run().ok()
    assert "status: draft" in old.matter("news/draft.md")
    assert "embargo: 2030-01-01" in old.matter("news/later.md")
    assert "expires: 2020-01-01" in old.matter("news/ended.md")
    assert "status: draft" in old.matter("news/unclear.md")
    assert "status: draft" in old.matter("quiet/one.md")
    assert [left["where"] for left in old.report["left_out"] if left["kind"] == "system"] == [
        "content/news/headless.md"
    ]
    assert len(old.site.report["held_back"]) == 6
    assert "status: draft\n" in old.matter("news/idea.md")


def test_shortcodes_with_an_equal_are_converted_and_others_stay_and_are_told(old: OldSite) -> None:
    body = """\
{{< figure src="/img/pier.jpg" alt="Waves" caption="The *pier*" attr="Ann Lee" >}}

At {{< ref "gates.md" >}}. See {{< youtube dQw4w9WgXcQ >}} and {{< gist ann 123 >}}.

{{< highlight python >}}
a = 1
{{< /highlight >}}

[the gates]({{< ref "gates.md#how" >}}) and [again]({{% relref "/news/gates" %}})

{{<chart data="x" >}}inner [gates](/news/gates/){{</chart>}}

{{</* youtube abc */>}}
"""
    old.put("hugo.toml", 'baseURL = "https://old.example/"\n')
    old.put("static/img/pier.jpg", PICTURE)
    old.put("content/news/storm.md", story(body=body))
    old.put("content/news/gates.md", story(title="Gates")).run().ok()
    assert (
        old.body("news/storm.md")
        == """\
![Waves](/img/pier.jpg "The pier | Ann Lee")

At /news/gates/. See

<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"></iframe>

and [Code: ann/123](https://gist.github.com/ann/123).

```python
a = 1
```

[the gates](/news/gates/#how) and [again](/news/gates/)

{{< chart data="x" >}}inner [gates](/news/gates/){{< /chart >}}

{{< youtube abc >}}"""
    )
    assert [loss["detail"] for loss in old.lost("shortcode")] == ["{{< chart >}}"]
    assert [loss["detail"] for loss in old.lost("embed")] == ["https://gist.github.com/ann/123"]
    assert old.report["media"]["copied"] == 1
    assert "www.youtube-nocookie.com" in (old.folder / "sitegen.toml").read_text()


def test_a_bundle_keeps_its_pictures_and_links_lead_to_the_articles(old: OldSite) -> None:
    body = (
        '![Pier](pier.jpg "At seven") [map](files/map.pdf) [g](../gates/) [h](/news/gates.md)\n'
        "[whole](https://old.example/2019/03/gates/#x) [code](/img/a.jpg)\n\n    [g](../gates/)\n\n"
        "`[g](../gates/)` <a href='/2019/03/gates/'>raw</a> [r][1] <script>x()</script>\n\n"
        "[1]: /2019/03/gates/\n"
    )
    old.put("content/news/storm/index.md", story("image: pier.jpg\n", body))
    old.put("content/news/storm/pier.jpg", PICTURE).put("content/news/storm/files/map.pdf", b"%PDF")
    old.put("content/news/gates.md", story("aliases: [/gates/]\nslug: gates\n", title="Gates"))
    old.put("static/img/a.jpg", PICTURE).put("static/doc/b.pdf", b"%PDF").put(
        "static/robots.txt", "x"
    )
    old.run().ok()
    text = old.body("news/storm/index.md")
    assert '![Pier](pier.jpg "At seven") [map](files/map.pdf)' in text
    assert "[g](/2019/03/gates/)" in text
    assert "[whole](/2019/03/gates/#x)" in text
    assert "`[g](../gates/)`" in text
    assert "<a href='/2019/03/gates/'>raw</a>" in text
    assert "[1]: /2019/03/gates/" in text
    assert "script" not in text
    assert {"news/storm/pier.jpg", "news/storm/files/map.pdf"} <= old.files
    assert (old.folder / "static/doc/b.pdf").is_file()
    assert not (old.folder / "static/robots.txt").exists()
    assert "image: pier.jpg" in old.matter("news/storm/index.md")


def test_pages_sections_authors_terms_and_data_find_their_place(old: OldSite) -> None:
    old.put("content/about.md", "---\ntitle: About us\ndate: 2018-01-01\n---\nWho we are.\n")
    old.put("content/_index.md", "---\ntitle: Home\n---\nWelcome all.\n")
    old.put("content/news/_index.md", "---\ntitle: N\ndescription: All of it\n---\n")
    old.put("content/news/storm.md", story("authors: [maria]\ntags: [ferries]\nslug: s\n"))
    old.put("content/tags/ferries/_index.md", "---\ntitle: Ferries!\n---\nShips.\n")
    old.put(
        "data/authors/maria.yaml",
        "name: Maria López\nbio: At sea.\ntwitter: maria\nphoto: /m.jpg\nbeat: Sea\n",
    )
    old.put("static/m.jpg", PICTURE)
    old.put("data/prices.yaml", "fish: 3\n").put("data/boats.toml", "a = 1\n")
    old.put("content/news/notes.org", "#+title: x\n").run().ok()
    assert old.matter("pages/about.md") == "title: About us\nurl: /about/\nupdated: 2018-01-01\n"
    author = "name: Maria López\nimage: /m.jpg\nlinks:\n  - label: X\n"
    assert old.matter("authors/maria.md").startswith(author)
    assert old.matter("authors/maria.md").endswith("extra:\n  beat: Sea\n")
    assert "m.jpg" in old.files
    assert old.body("authors/maria.md") == "At sea."
    assert old.matter("tags/ferries.md") == "title: Ferries!\n"
    assert (old.folder / "data/prices.json").read_text() == '{\n  "fish": 3\n}\n'
    assert (old.folder / "data/boats.toml").is_file()
    kinds = sorted(left["kind"] for left in old.report["left_out"])
    assert kinds == ["data", "data", "list", "list", "markup"]
    settings = (old.folder / "sitegen.toml").read_text()
    assert '[sections.news]\ntitle = "Harbour news"\ndescription = "All of it"' in settings


def test_files_of_a_bundle_that_no_text_shows_stay_beside_it_and_are_told(old: OldSite) -> None:
    old.put("content/news/storm/index.md", story(body="![a](a.jpg)")).put("content/a/b.csv", "x")
    for name in ("a.jpg", "more/b.jpg", "c.pdf"):
        old.put(f"content/news/storm/{name}", PICTURE)
    old.run().ok()
    assert {f"news/storm/{name}" for name in ("a.jpg", "more/b.jpg", "c.pdf")} <= old.files
    told = {one["address"] for one in old.unanswered("beside")}
    assert told == {"/2019/03/a-storm/more/b.jpg", "/2019/03/a-storm/c.pdf", "/a/b.csv"}
    assert "a/b.csv" in old.files


def test_files_of_static_are_all_there_or_told(old: OldSite) -> None:
    for path in (".well-known/security.txt", "vendor/a.js", ".htaccess"):
        old.put(f"static/{path}", "Contact: x")
    old.put("content/news/storm.md", story()).run().ok()
    assert (old.folder / "static/.well-known/security.txt").is_file()
    assert (old.folder / "static/vendor/a.js").is_file()
    assert [loss["where"] for loss in old.lost("made")] == [".htaccess"]


def test_old_addresses_of_lists_lead_on_or_are_told(old: OldSite) -> None:
    old.put("content/news/_index.md", "---\ntitle: N\naliases: [/press/]\n---\n")
    old.put("content/news/2019/_index.md", "---\ntitle: Old\naliases: [/olden/]\n---\n")
    old.put("content/news/2019/storm.md", story()).run().ok()
    assert '"/press/" = "/news/"' in old.settings
    left = {one["address"] for one in old.unanswered("left")}
    assert left == {"/news/2019/", "/olden/"}


def test_names_that_make_no_list_are_told(old: OldSite) -> None:
    old.put("content/news/storm.md", story("tags: [ferries, con, '???']\n")).run().ok()
    assert "tags: [ferries]" in old.matter("news/storm.md")
    assert [loss["detail"] for loss in old.lost("field")] == ["tags: con", "tags: ???"]


def test_old_lists_and_feeds_lead_to_the_new_ones(old: OldSite) -> None:
    old.put("hugo.toml", SETTINGS.partition("[menu]")[0])
    old.put("content/news/storm.md", story("categories: [Harbour]\ntags: [x]\n")).run().ok()
    settings = (old.folder / "sitegen.toml").read_text()
    for line in (
        '"/index.xml" = "/feed.xml"',
        '"/categories/harbour/" = "/harbour/"',
        '"/news/" = "/archive/"',
        '"/tags/x/index.xml" = "/tags/x/feed.xml"',
    ):
        assert line in settings
    assert {one["address"] for one in old.report["unanswered"]} == {"/page/2/"}


@pytest.mark.parametrize(
    ("settings", "path", "expected", "address"),
    [
        ('contentDir = "content/fr"', "fr/news/storm.md", "fr/news/storm.md", "/fr/news/storm/"),
        ("", "news/storm.fr.md", "fr/news/storm.md", "/fr/news/storm/"),
        ("", "news/storm/index.fr.md", "fr/news/storm/index.md", "/fr/news/storm/"),
    ],
)
def test_other_languages_are_translations(
    old: OldSite, settings: str, path: str, expected: str, address: str
) -> None:
    content = 'contentDir = "content/en"\n' if settings else ""
    old.put(
        "hugo.toml",
        'baseURL = "https://old.example/"\ndefaultContentLanguage = "en"\n'
        f'[languages.en]\n{content}title = "E"\n[languages.fr]\ntitle = "Le F"\n{settings}\n',
    )
    bundle = path.endswith("index.fr.md")
    english = f"{'en/' if settings else ''}news/storm{'/index' if bundle else ''}.md"
    old.put(f"content/{english}", story())
    old.put(f"content/{path}", story(title="Une tempête")).run().ok()
    assert f"url: {address}" in old.matter(expected)
    assert '[languages.fr]\ntitle = "Le F"' in (old.folder / "sitegen.toml").read_text()
    assert 'hreflang="fr"' in old.site.page("news/storm/index.html")


def test_a_broken_file_is_left_out_by_name_and_a_doubled_field_is_not_one(old: OldSite) -> None:
    old.put("content/news/broken.md", "---\ntitle: [\n---\n")
    old.put("content/news/none.md", "Only words.\n")
    old.put("content/news/twice.md", story("slug: one\nslug: two\n")).run().ok()
    assert {left["where"].partition(",")[0] for left in old.report["left_out"]} == {
        "content/news/broken.md",
        "content/news/none.md",
    }
    assert "url: /2019/03/two/" in old.matter("news/twice.md")


def test_a_folder_without_articles_is_refused(old: OldSite) -> None:
    old.run()
    assert old.site.exit_code == 1
    assert "there are no articles" in old.site.output


def test_a_second_run_changes_nothing(old: OldSite) -> None:
    old.put("content/news/storm.md", story()).put("content/about.md", "---\ntitle: A\n---\n").run()
    assert old.run().became() == {"unchanged": 2}


def test_rules_of_the_old_host_become_redirects_where_they_can(old: OldSite) -> None:
    rules = (
        "# rules\n/was/here /2019/03/a-storm/ 301\n/below/* /news/:splat\n"
        "/x/:year/* /y/:year/ 301\n"
        "/api/* https://api.example/:splat 200\n"
    )
    old.put("static/_redirects", rules).put("static/robots.txt", "User-agent: *\n")
    old.put("content/news/storm.md", story()).run().ok()
    settings = (old.folder / "sitegen.toml").read_text()
    assert '"/was/here" = "/2019/03/a-storm/"' in settings
    lost = {one["address"] for one in old.report["unanswered"] if one["kind"] == "unwritable"}
    assert lost == {"/below/*", "/x/:year/*", "/api/*"}
    assert [loss["where"] for loss in old.lost("made")] == ["robots.txt"]


def test_names_in_links_are_those_of_the_own_language_and_of_the_own_folder(old: OldSite) -> None:
    old.put(
        "hugo.toml",
        'baseURL = "https://old.example/"\n[languages.en]\ntitle = "E"\n'
        '[languages.fr]\ntitle = "F"\n',
    )
    body = '[a]({{< ref "storm.md" >}}) [b]({{< relref "/news/storm" >}})'
    old.put("content/ships/storm.md", story(title="Another storm"))
    old.put("content/news/storm.md", story()).put("content/news/storm.fr.md", story())
    old.put("content/news/gates.md", story(body=body))
    old.put("content/news/gates.fr.md", story(body=body)).run().ok()
    assert old.body("news/gates.md") == "[a](/news/storm/) [b](/news/storm/)"
    assert old.body("fr/news/gates.md") == "[a](/fr/news/storm/) [b](/fr/news/storm/)"


def test_a_date_in_a_file_s_name_is_no_part_of_its_address_where_the_settings_say_so(
    old: OldSite,
) -> None:
    old.put("content/posts/2019-03-04-storm.md", "---\ntitle: A storm\n---\nText.\n").run().ok()
    assert "url: /posts/2019-03-04-storm/" in old.matter("posts/2019-03-04-storm.md")
    old.put("config/_default/hugo.toml", 'baseURL = "https://b.example/"\n')
    old.put("config/_default/frontmatter.toml", "date = [':filename', ':default']\n")
    (old.source / "hugo.toml").unlink()
    old.run()
    assert "url: /posts/storm/" in old.matter("posts/2019-03-04-storm-2.md")
    assert "date: 2019-03-04" in old.matter("posts/2019-03-04-storm-2.md")


def test_names_of_fields_may_be_written_with_capitals(old: OldSite) -> None:
    text = '+++\nTitle = "A storm"\nDate = "2019-03-04"\nSlug = "gale"\nDraft = true\n+++\nText.\n'
    old.put("content/news/storm.md", text).run().ok()
    assert old.matter("news/storm.md") == (
        "title: A storm\ndate: 2019-03-04\nurl: /2019/03/gale/\nsection: news\nstatus: draft\n"
    )


@pytest.mark.parametrize(
    ("cascade", "held"),
    [
        ("  draft: true", {"one", "two"}),
        ("- draft: true\n  target: {path: '/quiet/o*'}", {"one"}),
        ("- _target: {path: '{/quiet/two,/x/**}', kind: page}\n  draft: true", {"two"}),
        ("- target: {kind: section}\n  draft: true", set()),
        ("  params: {mood: grim}", set()),
    ],
)
def test_what_a_list_hands_down_concerns_the_pages_that_it_names(
    old: OldSite, cascade: str, held: set[str]
) -> None:
    old.put("content/quiet/_index.md", f"---\ntitle: Q\ncascade:\n{cascade}\n---\n")
    old.put("content/quiet/one.md", story()).put("content/quiet/two.md", story())
    old.put("content/news/three.md", story()).run().ok()
    drafts = {name for name in ("one", "two") if "status: draft" in old.matter(f"quiet/{name}.md")}
    assert drafts == held
    assert "status" not in old.matter("news/three.md")
    assert ("mood: grim" in old.matter("quiet/one.md")) == ("mood" in cascade)


def test_settings_of_the_whole_site_hand_down_too(old: OldSite) -> None:
    old.put("hugo.toml", "[[cascade]]\ndraft = true\n[cascade.target]\npath = '/quiet/**'\n")
    old.put("content/quiet/one.md", story()).put("content/news/two.md", story()).run().ok()
    assert "status: draft" in old.matter("quiet/one.md")
    assert "status" not in old.matter("news/two.md")


def test_a_folder_is_not_listed_anew_for_each_file_in_it(old: OldSite) -> None:
    for number in range(100):
        old.put(f"content/news/{number}.md", story())
    with Profile() as profile:
        old.run("--dry-run")
    assert old.became() == {"created": 100}
    listed = [e.callcount for e in profile.getstats() if "scandir" in str(e.code)]
    assert sum(listed) < 20
