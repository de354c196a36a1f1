"""Themes of one's own: what a child can change, and that its mistakes are told where they are."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.picture_files import png
from tests.site_test import SETTINGS, SiteTest, article

OWN = SETTINGS.replace('timezone = "Europe/London"', 'timezone = "Europe/London"\ntheme = "own"')
LIST = """\
extends = "broadsheet"

[lists.sea]
tag = "sea"
templates = ["{template}"]
"""

BARE = 'extends = "broadsheet"\n'


def own(site: SiteTest, settings: str = BARE, **templates: str) -> SiteTest:
    """A site with a child theme of broadsheet that has these templates."""
    site.settings(OWN).file("themes/own/theme.toml", settings)
    for name, source in templates.items():
        site.file(f"themes/own/templates/{name}.html", source)
    return site


def test_a_list_for_a_template_that_is_not_there_is_an_error_with_the_near_name(
    site: SiteTest,
) -> None:
    own(site, LIST.format(template="hom.html")).write("a.md").build()
    (error,) = site.errors
    assert site.exit_code == 1 and "hom.html" in error["message"]
    assert (error["source"], error["line"]) == ("themes/own/theme.toml", 5)
    assert "home.html" in error["hint"]


def test_a_list_on_pages_of_the_archive_is_warned_of(site: SiteTest) -> None:
    own(site, LIST.format(template="period.html")).write("a.md", tags=["Sea"]).build().ok()
    (warning,) = site.warnings
    assert warning["code"] == "list-everywhere" and "period.html" in warning["message"]


def test_a_declared_list_shows_the_pictures_of_its_articles(site: SiteTest) -> None:
    shown = '{% for item in lists.sea %}<img src="{{ item.image.src|address(item) }}">{% endfor %}'
    home = '{% extends "broadsheet/home.html" %}{% block main %}' + shown + "{% endblock %}"
    own(site, LIST.format(template="home.html"), home=home).write("sea.png", png((40, 30)))
    site.write("a.md", tags=["Sea"], image={"src": "sea.png", "alt": "The sea"}).build().ok()
    (src,) = re.findall('<img src="/([^"]*)">', site.page("index.html"))
    assert src in site.forms("sea")


def test_a_part_that_looks_up_an_address_is_told_why_it_cannot(site: SiteTest) -> None:
    card = "{{ item.image.src|address(item) }}"
    own(site, card=card).write("sea.png", png((40, 30)))
    site.write("a.md", image={"src": "sea.png", "alt": "The sea"}).build()
    (error,) = site.errors
    assert site.exit_code == 1 and error["source"] == "themes/own/templates/card.html"
    assert "a part cannot look up addresses" in error["message"]


def test_a_template_that_extends_itself_is_told_to_name_its_parent(site: SiteTest) -> None:
    own(site, article='{% extends "article.html" %}').write("a.md").build()
    assert site.exit_code == 1 and "name the parent" in site.errors[0]["message"]
    assert site.errors[0]["source"] == "themes/own/templates/article.html"


def test_a_text_that_is_none_is_told_with_its_line(site: SiteTest) -> None:
    texts = 'skip = 1\n[articles]\none = "One"\n[reading_time]\nmnay = ""\nother = ""'
    own(site).file("themes/own/i18n/en.toml", texts).write("a.md").build()
    assert site.exit_code == 1
    told = [(error["line"], error["field"], error["hint"]) for error in site.errors]
    assert told == [
        (1, "skip", 'write it between quotation marks: "…"'),
        (2, "articles", 'add other = "…" to [articles]'),
        (4, "reading_time", "did you mean “many”?"),
    ]


def test_plurals_and_digits_are_those_of_the_language(site: SiteTest) -> None:
    """AC-14: Arabic has six plural classes; one system of digits on a page."""
    site.settings(SETTINGS + '[languages.ar]\ntitle = "الاختبار"\ndigits = "arab"\n')
    for number in range(11):
        tags = ["One"] * (number < 1) + ["Two"] * (number < 2) + ["Few"] * (number < 3) + ["Many"]
        day = f"2026-11-{number + 1:02}"
        site.write(f"ar/a{number}.md", article(f"خبر {number}", day, tags=tags))
    page = site.build().ok().page("ar/tags/index.html")
    for text in ("مقال واحد", "مقالان", "٣ مقالات", "١١ مقالًا"):
        assert f"<span>{text}</span>" in page
    month = site.page("ar/2026/11/index.html")
    assert "١١ نوفمبر ٢٠٢٦" in month and ">٣٠<" in month
    main = month.partition("<main")[2].partition("</main")[0]
    titles = re.sub(r"خبر [0-9]+", "", main)  # what authors write stays as it is
    assert not re.search(r"[0-9]", re.sub(r"<[^>]*>", " ", titles.partition(">")[2]))


# What lies in the folder of a theme.


def test_hidden_files_and_backups_of_editors_are_passed_over(site: SiteTest) -> None:
    own(site).write("a.md").build().ok()
    before = site.bytes
    for name in (".DS_Store", "card.html~", "card.html.swp", ".card.html.swp", ".git/HEAD.html"):
        site.file(f"themes/own/templates/{name}", b"\x00\xff{% if %}")
        site.file(f"themes/own/i18n/{name}", b"\x00\xff")
    site.file("themes/own/i18n/.en.toml", "= no TOML").build().ok()
    assert site.bytes == before and site.rendered == set()


def test_a_theme_without_its_settings_is_told_once_and_how_to_begin(site: SiteTest) -> None:
    site.settings(OWN).file("themes/own/templates/card.html", "<p>").write("a.md").build()
    (error,) = site.errors
    assert (site.exit_code, error["source"]) == (1, "themes/own")
    assert "no theme.toml" in error["message"]
    assert 'themes/own/theme.toml with this line in it: extends = "broadsheet"' in error["hint"]


def test_a_theme_without_a_parent_is_told_all_the_templates_that_it_lacks_at_once(
    site: SiteTest,
) -> None:
    own(site, 'name = "Own"\n', home="<p>").write("a.md").build()
    (error,) = site.errors
    assert "article.html, authors.html" in error["message"] and "home.html" not in error["message"]
    assert error["source"] == "themes/own" and 'extends = "broadsheet"' in error["hint"]


def test_a_parent_is_a_folder_of_themes_and_nothing_else(site: SiteTest) -> None:
    for name in ("../content", ".", "own/templates"):
        own(site, f'extends = "{name}"\n').write("a.md").build()
        (error,) = site.errors
        place = (error["code"], error["source"], error["line"], error["field"])
        assert place == ("theme-missing", "themes/own/theme.toml", 1, "extends")
        assert name in error["message"] and "broadsheet" in error["hint"]


def test_texts_in_a_file_that_no_language_reads_are_told(site: SiteTest) -> None:
    own(site).file("themes/own/i18n/en_GB.toml", 'skip = "Skip"').write("a.md").build()
    (error,) = site.errors
    assert (site.exit_code, error["source"]) == (1, "themes/own/i18n/en_GB.toml")
    assert "en_GB" in error["message"] and error["hint"] == "call it en-GB.toml"


# What themes and standing pages ask for.


def test_a_far_reaching_list_is_told_where_it_is_declared(site: SiteTest) -> None:
    """In the theme that declares it, which may be a parent's."""
    site.file("themes/elder/theme.toml", LIST.format(template="article.html"))
    own(site, '# Mine\nextends = "elder"\n').write("a.md", tags=["Sea"]).build().ok()
    (warning,) = site.warnings
    assert warning["code"] == "list-everywhere"
    assert (warning["source"], warning["line"]) == ("themes/elder/theme.toml", 3)


def test_a_list_of_a_theme_that_names_what_there_is_not_is_an_error(site: SiteTest) -> None:
    lists = '[lists.a]\nsection = "politcs"\n[lists.b]\ntype = "opinon"\ntag = "none yet"\n'
    lists += '[lists.c]\nlimit = 1\n[lists.c.taxonomy]\nplaces = "x"\n'
    own(site, f'extends = "broadsheet"\n{lists}')
    site.settings(OWN + "[taxonomies.place]\n").write("a.md").build()
    assert site.exit_code == 1
    assert {error["source"] for error in site.errors} == {"themes/own/theme.toml"}
    told = [(error["line"], error["field"], error["hint"]) for error in site.errors]
    assert told == [
        (3, "lists.a.section", "did you mean “politics”?"),
        (5, "lists.b.type", "did you mean “opinion”?"),
        (9, "lists.c.taxonomy", "did you mean “place”?"),
    ]
    assert "politcs" in site.errors[0]["message"]


def test_a_list_of_a_page_that_names_what_there_is_not_is_an_error_of_that_page(
    site: SiteTest,
) -> None:
    page = "---\ntitle: About\nlists:\n  news:\n    section: cultur\n---\nText.\n"
    site.write("pages/about.md", page).write("a.md", section="Culture").build()
    (error,) = site.errors
    assert (error["source"], error["line"]) == ("content/pages/about.md", 5)
    assert (error["field"], error["hint"]) == ("lists.news.section", "did you mean “culture”?")
    site.build("--keep-going")
    assert site.exit_code == 4 and "2026/11/a/index.html" in site.bytes
    site.write("pages/about.md", page.replace("cultur", "culture")).build().ok()


def test_a_section_that_only_articles_have_a_tag_and_an_author_to_come_can_be_named(
    site: SiteTest,
) -> None:
    lists = '[lists.a]\nsection = "culture"\n[lists.b]\ntag = "x"\n[lists.c]\nauthor = "y"\n'
    own(site, f'extends = "broadsheet"\n{lists}').write("a.md", section="Culture").build().ok()


# What templates see of pictures.

SEA = {"src": "sea.png", "alt": "The sea"}
SHOWN = "{% for item in NAME %}<i>{{ item.image.src|address(item) }}</i>{% endfor %}"


def pictured(site: SiteTest, name: str, template: str) -> SiteTest:
    """A site whose theme shows the pictures of the cards called `name` in a template, built."""
    shown = SHOWN.replace("NAME", name)
    child = f'{{% extends "broadsheet/{template}.html" %}}{{% block main %}}\n{shown}\n'
    asks = LIST.format(template="home.html") if name.startswith("lists") else BARE
    own(site, asks, **{template: child + "{% endblock %}"})
    for day in ("01", "02"):
        site.write(f"sea{day}.png", png((40, 30)))
        image = {"src": f"sea{day}.png", "alt": "The sea"}
        site.write(f"a{day}.md", date=f"2026-11-{day}", tags=["Sea"], image=image)
    return site.build()


@pytest.mark.parametrize("name", ["lead", "lists.sea"])
def test_the_pictures_of_homes_lead_and_of_declared_lists_can_be_shown(
    name: str, site: SiteTest
) -> None:
    page = pictured(site, name, "home").ok().page("index.html")
    assert re.findall("<i>/([^<]*)</i>", page)[0] in site.forms("sea02")


@pytest.mark.parametrize(("name", "template"), [("top", "home"), ("articles", "front")])
def test_a_picture_that_the_page_has_not_asked_for_is_told_with_its_line(
    name: str, template: str, site: SiteTest
) -> None:
    pictured(site, name, template)
    (error,) = site.errors
    place = (site.exit_code, error["code"], error["source"], error["line"])
    assert place == (1, "template-failed", f"themes/own/templates/{template}.html", 2)
    assert "has not asked where “sea0" in error["message"]


@pytest.mark.parametrize("of", ["site", "'Sea'", "lead"])
def test_a_picture_of_something_else_is_told_kindly(of: str, site: SiteTest) -> None:
    shown = f"{{{{ lead[0].image.src|address({of}) }}}}"
    home = f'{{% extends "broadsheet/home.html" %}}{{% block main %}}\n{shown}{{% endblock %}}'
    own(site, home=home).write("sea.png", png((40, 30))).write("a.md", image=SEA).build()
    (error,) = site.errors
    assert (error["code"], error["line"]) == ("template-failed", 2)
    assert "the article, page, card or profile" in error["message"]


def test_a_picture_that_changes_renders_the_pages_that_show_it_and_no_others(
    site: SiteTest,
) -> None:
    """Home shows the lead's; fronts are headlines."""
    for day in ("01", "02"):
        site.write(f"{day}.png", png((30, 20)))
        image = {"src": f"{day}.png", "alt": "The sea"}
        site.write(f"a{day}.md", date=f"2026-11-{day}", slug=f"a{day}", image=image)
    site.build().ok()
    feeds = {"feed.xml", "feed.json", "feeds/2026-11.xml"}
    site.write("01.png", png((31, 20))).build().ok()
    feeds.add("sitemaps/2026-11.xml")  # the picture's address holds a digest of it
    assert pages_rendered(site) == {"2026/11/a01/index.html", *feeds}
    site.write("02.png", png((31, 20))).build().ok()
    assert pages_rendered(site) == {"2026/11/a02/index.html", "index.html", *feeds}


def pages_rendered(site: SiteTest) -> set[str]:
    """What was rendered but for the pictures themselves."""
    return {path for path in site.rendered if not path.startswith("_pictures/")}


# What templates write.


def test_a_text_is_no_html_in_any_template_but_those_of_json_and_plain_text(site: SiteTest) -> None:
    """Whatever a template is called: a part without an ending wrote headlines as they came."""
    name, title = "{{ item.title }}", "<b>Sea & sky</b>"
    for ending in ("", ".svg", ".htm", ".xhtml", ".jinja"):
        site.file(f"themes/own/templates/part{ending}", name)
    site.file("themes/own/templates/part.txt", name)
    parts = "{% for item in articles %}"
    for ending in ("", ".svg", ".htm", ".xhtml", ".jinja", ".txt"):
        parts += f"<p>{{{{ 'part{ending}'|part(item=item) }}}}</p>"
    front = f'{{% extends "broadsheet/front.html" %}}{{% block main %}}{parts}{{% endfor %}}'
    own(site, front=front + "{% endblock %}").write("a.md", title=title).build().ok()
    main = site.page("archive/index.html").partition("<main")[2].partition("</main")[0]
    assert main.count("<p>&lt;b&gt;Sea &amp; sky&lt;/b&gt;</p>") == 6 and "<b>" not in main
    assert json.loads(site.page("headlines.json"))["items"][0]["title"] == title


def test_a_standing_page_shows_its_own_lists_and_not_the_themes(site: SiteTest) -> None:
    page = "---\ntitle: About\nlists: {sky: {tag: sky}, mine: {tag: sky}}\n---\nText.\n"
    asks = BARE
    for name in ("sea", "mine"):
        asks += f'[lists.{name}]\ntag = "sea"\ntemplates = ["standing.html"]\n'
    own(site, asks).write("pages/about.md", page)
    site.write("pages/other.md", "---\ntitle: Other\n---\nText.\n")
    site.write("a.md", title="Waves", tags=["Sea"]).write("b.md", title="Clouds", tags=["Sky"])
    site.build().ok()
    about = site.page("about/index.html")
    assert about.count(">Clouds</a></h2>") == 2 and "Waves" not in about
    assert "Waves" not in site.page("other/index.html")
    standing = '{% extends "broadsheet/standing.html" %}{% block lists %}{{ super() }}\n'
    standing += "{{ lists.sea[0].title }}{% endblock %}"
    own(site, asks, standing=standing).build().ok()
    assert "Waves" in site.page("about/index.html")


# Labels that authors repeat.

ENGLISH, OWN_LABEL = "What this means for you", "And you?"
LANGUAGES = ("ar", "cy", "de", "en", "es", "fr")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_label_is_said_once_in_every_language_and_under_every_theme(
    lang: str, site: SiteTest
) -> None:
    """S2: whether it is the page's, another language's, or a parent's that a child has renamed."""
    own(site).file(f"themes/own/i18n/{lang}.toml", f'what_it_means = "{OWN_LABEL}"')
    site.settings(OWN.replace('"en"', f'"{lang}"', 1))
    folder = Path(__file__).parent.parent / "themes/broadsheet/i18n"
    texts = [tomllib.loads((folder / f"{name}.toml").read_text("utf-8")) for name in LANGUAGES]
    labels = [OWN_LABEL, *(text["what_it_means"] for text in texts)]
    assert ENGLISH in labels
    for number, label in enumerate(labels):
        site.write(f"a{number}.md", what_it_means=f"**{label}**\n\n{label}: X is so.")
    site.write("bare.md", what_it_means=f"**{OWN_LABEL}**").build().ok()
    for number in range(len(labels)):
        page = site.page(f"2026/11/a{number}/index.html")
        block = page.partition('<section class="means"')[2].partition("</section>")[0]
        assert block.partition("</h2>")[2] == "\n<p>X is so.</p>\n\n"
        assert f">{OWN_LABEL}</h2>" in block
    assert 'class="means"' not in site.page("2026/11/bare/index.html")
