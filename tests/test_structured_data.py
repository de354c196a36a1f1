"""What search engines are told of each page (JSON-LD, schema.org), beside what readers see."""

from __future__ import annotations

from typing import Any

import pytest

from tests.heads import Head, parts
from tests.picture_files import png, read
from tests.site_test import SETTINGS, SiteTest, tree

PAGE = "2026/11/a/index.html"
ARTICLE = "https://test.example/2026/11/a/"
STRUCTURED = SETTINGS + "[structured_data]\nfaq = true\nspeakable = true\n"


def head(site: SiteTest, path: str = PAGE) -> Head:
    return Head(site.page(path))


def news(site: SiteTest, path: str = PAGE) -> dict[str, Any]:
    return head(site, path).thing("NewsArticle")


def test_an_article_is_told_as_a_news_article(site: SiteTest) -> None:
    """SD-01, SD-03, SD-04, TR-01, TR-02."""
    site.write(
        "a.md",
        title="The vote",
        date="2026-07-01 09:30",
        updated="2026-11-20 08:00",
        slug="a",
        section="politics",
        tags=["Ferries", "Port"],
        authors=["Jane Doe", "Ann Lee"],
        summary="What was decided.",
    )
    site.build().ok()
    path = "2026/07/a/index.html"
    page, article = head(site, path), news(site, path)
    assert article["@context"] == "https://schema.org"
    assert article["headline"] == page.text(".//h1") == "The vote"
    assert article["datePublished"] == "2026-07-01T09:30:00+01:00"
    assert article["dateModified"] == "2026-11-20T08:00:00+00:00"
    assert {article["datePublished"], article["dateModified"]} == set(page.times())
    assert article["url"] == article["mainEntityOfPage"] == page.links("canonical")[0]
    base = "https://test.example/authors"
    assert article["author"] == [
        {"@type": "Person", "name": "Jane Doe", "url": f"{base}/jane-doe/"},
        {"@type": "Person", "name": "Ann Lee", "url": f"{base}/ann-lee/"},
    ]
    assert article["description"] == "What was decided."
    assert article["articleSection"] == "Politics"
    assert article["keywords"] == ["Ferries", "Port"]
    assert article["wordCount"] == 1


def test_a_change_that_is_minor_or_none_leaves_the_date_of_the_last_one(site: SiteTest) -> None:
    """SD-03: dateModified is never before datePublished, and never the time of a build."""
    minor = {"date": "2026-11-20 09:00", "text": "A comma.", "minor": True}
    site.write("a.md", updated="2026-10-01", corrections=[minor]).build().ok()
    article = news(site)
    assert article["dateModified"] == article["datePublished"] == "2026-11-01T00:00:00+00:00"
    assert article["dateModified"] in head(site).times()
    before = site.page(PAGE)
    site.build(now="2027-05-05T00:00:00Z").ok()
    assert site.page(PAGE) == before


def test_an_article_that_nobody_signed_is_the_publishers(site: SiteTest) -> None:
    """SD-04, TR-01."""
    site.settings(SETTINGS + '[publisher]\nname = "Test Trust"\n').write("a.md").build().ok()
    assert news(site)["author"] == [
        {"@type": "Organization", "name": "Test Trust", "url": "https://test.example/"}
    ]


EVIL = "</script><!-- <script>alert('x')</script> & \u2028 \u2029 \" \\ ]]>"


def test_no_text_can_end_the_element_that_it_stands_in(site: SiteTest) -> None:
    """SD-02."""
    site.settings(STRUCTURED)
    site.write(
        "a.md",
        title=f"T {EVIL}",
        authors=[f"A {EVIL}"],
        tags=[f"G {EVIL}"],
        summary="S",
        description="D & <b>",
        faq=[{"question": f"Q {EVIL}", "answer": "A < B &amp; C"}],
        sources=[{"title": f"W {EVIL}"}],
        image={"src": "/i.png", "alt": "a", "credit": f"C {EVIL}"},
    )
    site.file("static/i.png", b"x").build().ok()
    page = head(site)
    scripts = list(page.tree.iter("script"))
    assert [s.get("type") for s in scripts] == [None, *["application/ld+json"] * 3]
    for script in scripts[1:]:
        assert not {"<", ">", "&", "\u2028", "\u2029"} & {*(script.text or "")}
    article = news(site)
    assert "<script>alert('x')</script>" in article["headline"]
    assert article["headline"].startswith("T </script><!-- ")
    assert article["citation"][0]["name"].startswith("W </script><!--")
    assert page.thing("FAQPage")["mainEntity"][0]["acceptedAnswer"]["text"] == "A < B & C"


def test_letters_of_other_scripts_stay_as_they_are(site: SiteTest) -> None:
    """SD-02: escaped, Arabic would be three times as long."""
    site.settings(SETTINGS + '[languages.ar]\ntitle = "الرصيف"\n')
    site.write("a.ar.md", title="عاصفة تغلق الميناء").build().ok()
    assert '"headline":"عاصفة تغلق الميناء"' in site.page("ar/2026/11/a/index.html")


def test_the_publisher_is_whole_in_every_article(site: SiteTest) -> None:
    """SD-06, SD-12."""
    site.settings(
        SETTINGS.replace("[site]", '[site]\ntagline = "Daily"')
        + '[publisher]\nname = "Trust"\nlogo = "/logo.png"\nfounded = "1987-05-03"\n'
        + 'follow = [{label = "M", url = "https://m.example/@t"}, {label = "E", url = "/e/"}]\n'
        + '[publisher.policies]\ncorrections = "/fix/"\nmasthead = "https://m.example/us"\n'
        + 'privacy = "/privacy/"\nfeedback = "mailto:us@test.example"\n'
    )
    site.file("static/logo.png", png()).write("a.md").build().ok()
    assert news(site)["publisher"] == {
        "@type": "NewsMediaOrganization",
        "@id": "https://test.example/#publisher",
        "name": "Trust",
        "url": "https://test.example/",
        "logo": {"@type": "ImageObject", "url": "https://test.example/logo.png"},
        "slogan": "Daily",
        "foundingDate": "1987-05-03",
        "sameAs": ["https://m.example/@t"],
        "correctionsPolicy": "https://test.example/fix/",
        "masthead": "https://m.example/us",
    }
    assert head(site, "index.html").thing("WebSite")["publisher"] == news(site)["publisher"]


def test_each_thing_has_an_element_of_its_own(site: SiteTest) -> None:
    """SD-06: many readers look for no `@graph`."""
    site.write("a.md", authors=["Ann"]).build().ok()
    for path, data in site.bytes.items():
        if path.endswith(".html"):
            for thing in Head(data.decode()).things:
                assert "@graph" not in thing and thing["@context"] == "https://schema.org"
    assert head(site).kinds() == ["NewsArticle", "BreadcrumbList"]


def test_without_a_logo_of_its_own_the_publisher_has_the_icon(site: SiteTest) -> None:
    """SD-06."""
    site.settings(SETTINGS.replace("[site]", '[site]\nicon = "e.png"'))
    site.file("static/e.png", png()).write("a.md").build().ok()
    assert news(site)["publisher"]["logo"]["url"] == "https://test.example/icon-512.png"
    assert "icon-512.png" in site.bytes


LANGUAGES = SETTINGS + '[languages.ar]\ntitle = "A"\n[languages.fr]\ntitle = "F"\n'


def test_translations_know_their_original_and_it_knows_them(site: SiteTest) -> None:
    """SD-07."""
    site.settings(LANGUAGES)
    site.write("a.md").write("a.ar.md").write("a.fr.md").write("b.fr.md").build().ok()
    english, arabic = news(site), news(site, "ar/2026/11/a/index.html")
    french = news(site, "fr/2026/11/a/index.html")
    for article, lang in ((english, "en"), (arabic, "ar"), (french, "fr")):
        assert article["inLanguage"] == lang
    assert head(site, "ar/2026/11/a/index.html").tree.get("lang") == "ar"
    assert english["workTranslation"] == [{"@id": arabic["@id"]}, {"@id": french["@id"]}]
    assert arabic["translationOfWork"] == french["translationOfWork"] == {"@id": english["@id"]}
    assert "translationOfWork" not in english and "workTranslation" not in arabic
    alone = news(site, "fr/2026/11/b/index.html")
    assert not {"translationOfWork", "workTranslation"} & alone.keys()


def test_a_translation_says_itself_what_it_translates(site: SiteTest) -> None:
    """SD-07: the original may be in another language than the site's own."""
    site.settings(LANGUAGES)
    site.write("en.md", slug="a", translation_of="original.ar.md")
    site.write("original.ar.md").build().ok()
    original = news(site, "ar/2026/11/original/index.html")
    assert news(site)["translationOfWork"] == {"@id": original["@id"]}
    assert original["workTranslation"] == [{"@id": news(site)["@id"]}]
    site.remove("original.ar.md").write("en.md", slug="a").build().ok()
    assert "translationOfWork" not in news(site)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (PAGE, ["The Test", "Politics", "A title"]),
        ("politics/index.html", ["The Test", "Politics"]),
        ("tags/t/index.html", ["The Test", "All topics", "T"]),
        ("authors/ann/index.html", ["The Test", "All authors", "Ann"]),
        ("2026/11/index.html", ["The Test", "Archive", "Archive, November 2026"]),
        ("2026/index.html", ["The Test", "Archive", "Archive, 2026"]),
        ("about/index.html", ["The Test", "About"]),
    ],
)
def test_the_way_from_home_is_told(site: SiteTest, path: str, names: list[str]) -> None:
    """SD-08: each step is a page of the output."""
    site.write("a.md", section="politics", tags=["T"], authors=["Ann"])
    site.write("pages/about.md", "---\ntitle: About\n---\nUs.\n").build().ok()
    page = head(site, path)
    items = page.thing("BreadcrumbList")["itemListElement"]
    assert [item["name"] for item in items] == names
    assert [item["position"] for item in items] == [*range(1, len(names) + 1)]
    assert items[-1]["item"] == page.links("canonical")[0]
    for item in items:
        url = item["item"].removeprefix("https://test.example/")
        assert item["item"] != url and f"{url}index.html" in site.bytes


def test_questions_are_told_as_readers_read_them_when_the_settings_want_it(site: SiteTest) -> None:
    """SD-09."""
    faq = [{"question": "When?", "answer": "On *Sunday*.\n\nSee [this](b.md)."}]
    site.write("a.md", faq=faq).write("b.md", status="draft").build().ok()
    assert "FAQPage" not in head(site).kinds()
    site.settings(STRUCTURED).build().ok()
    page = head(site)
    (question,) = page.thing("FAQPage")["mainEntity"]
    assert question["name"] == page.text(".//summary") == "When?"
    whole = page.text(".//details")
    assert whole == f"When? {question['acceptedAnswer']['text']}"
    assert question["acceptedAnswer"]["text"] == "On Sunday. See this."
    site.write("a.md", faq=[]).build().ok()
    assert "FAQPage" not in head(site).kinds()


@pytest.mark.parametrize("base", ["", "repo/"])
def test_the_hero_is_told_with_its_caption_and_credit(site: SiteTest, base: str) -> None:
    """SD-05, SD-10: in each crop; the caption is the visible one without the credit."""
    site.settings(SETTINGS.replace("test.example/", f"test.example/{base}"))
    image = {"src": "hero.png", "alt": "Waves", "caption": "The *pier*, [here](b.md)"}
    site.write("hero.png", png((1280, 720))).write("a.md", image={**image, "credit": "Ann Lee"})
    site.write("b.md").build().ok()
    told = news(site)["image"]
    paths = [picture["url"].removeprefix(f"https://test.example/{base}") for picture in told]
    sizes = [(1200, 675), (960, 720), (720, 720)]
    assert told == [
        {
            "@type": "ImageObject",
            "url": f"https://test.example/{base}{path}",
            "contentUrl": f"https://test.example/{base}{path}",
            "width": f"{width} px",
            "height": f"{height} px",
            "caption": "The pier, here",
            "creditText": "Ann Lee",
        }
        for path, (width, height) in zip(paths, sizes, strict=True)
    ]
    assert len({*paths}) == 3 and {*paths} <= site.forms("hero")
    assert [read(site.bytes[path]).size for path in paths] == sizes
    assert "hero.png" not in site.bytes
    assert head(site).text(".//figcaption") == "The pier, here Ann Lee"


def test_corrections_are_told_as_the_page_tells_them(site: SiteTest) -> None:
    """SD-11, TR-03."""
    corrections = [
        {"date": "2026-11-03 10:00", "text": "The gates closed at *five*."},
        {"date": "2026-11-02", "text": "A comma.", "minor": True},
    ]
    site.write("a.md", corrections=corrections).build().ok()
    page, article = head(site), news(site)
    told = article["correction"]
    assert [c["@type"] for c in told] == ["CorrectionComment"] * 2
    assert {c["datePublished"] for c in told} <= {*page.times()}
    visible = page.text(".//section[@id='corrections']")
    assert all(c["text"] in visible for c in told)
    assert article["dateModified"] == "2026-11-03T10:00:00+00:00"
    assert told[0]["text"] == "The gates closed at five."


@pytest.mark.parametrize("in_page", [False, True])
def test_what_is_for_subscribers_says_so(site: SiteTest, in_page: bool) -> None:
    """SD-13, TR-12."""
    site.settings(STRUCTURED + ((in_page and "[paywall]\ntext_in_page = true\n") or ""))
    body = "Open.\n\nQ-secret.\n\nQ-secret more."
    faq = [{"question": "Q-secret?", "answer": "Q-secret"}]
    audio = {"src": "/q-secret.mp3", "title": "Q-secret"}
    site.file("static/q-secret.mp3", b"x")
    site.write("a.md", paywall=True, body=body, faq=faq, audio=audio).write("b.md").build().ok()
    article = news(site)
    assert article["isAccessibleForFree"] is False
    assert article["hasPart"] == {
        "@type": "WebPageElement",
        "isAccessibleForFree": False,
        "cssSelector": ".paywall",
    }
    marked = [e for e in head(site).tree.iter() if "paywall" in e.get("class", "").split()]
    assert len(marked) == 1, "the class is there, and not within itself"
    assert ("Q-secret" in str(head(site).things)) == in_page
    free = news(site, "2026/11/b/index.html")
    assert free["isAccessibleForFree"] is True and "hasPart" not in free


def test_home_is_the_site(site: SiteTest) -> None:
    """SD-14: in each language, and without a search that leads nowhere."""
    site.settings(LANGUAGES).write("a.md").build().ok()
    for path, lang, name in (("index.html", "en", "The Test"), ("ar/index.html", "ar", "A")):
        page = head(site, path)
        (thing,) = page.things
        assert (thing["@type"], thing["name"], thing["inLanguage"]) == ("WebSite", name, lang)
        assert thing["url"] == page.links("canonical")[0]
        assert thing["publisher"]["@type"] == "NewsMediaOrganization"
    assert not [path for path, data in site.bytes.items() if b"SearchAction" in data]


def test_what_can_be_read_aloud_is_there_and_in_english(site: SiteTest) -> None:
    """SD-15."""
    site.settings(STRUCTURED + '[languages.ar]\ntitle = "A"\n')
    site.write("a.md", summary="S", key_points=["P"]).write("b.md").write("a.ar.md").build().ok()
    assert news(site)["speakable"] == {
        "@type": "SpeakableSpecification",
        "cssSelector": ["h1", ".standfirst", ".key-points"],
    }
    for path in (PAGE, "2026/11/b/index.html"):
        classes = {c for e in head(site, path).tree.iter() for c in e.get("class", "").split()}
        for selector in news(site, path)["speakable"]["cssSelector"]:
            assert selector == "h1" or selector.removeprefix(".") in classes
    assert "speakable" not in news(site, "ar/2026/11/a/index.html")
    site.settings(SETTINGS).remove("a.ar.md").build().ok()
    assert "speakable" not in news(site)


@pytest.mark.parametrize(
    ("kind", "schema", "label"),
    [
        ("opinion", "OpinionNewsArticle", "Opinion"),
        ("editorial", "OpinionNewsArticle", "Editorial"),
        ("letter", "OpinionNewsArticle", "Letter"),
        ("analysis", "AnalysisNewsArticle", "Analysis"),
        ("report", "ReportageNewsArticle", "Report"),
        ("explainer", "BackgroundNewsArticle", "Explainer"),
        ("interview", "NewsArticle", "Interview"),
        ("review", "NewsArticle", "Review"),
        ("obituary", "NewsArticle", "Obituary"),
        ("sponsored", "AdvertiserContentArticle", "Sponsored"),
        ("dispatch", "Report", "Dispatch"),
        ("plain", "NewsArticle", "Plain"),
    ],
)
def test_each_kind_of_article_has_its_type_and_a_visible_label(
    site: SiteTest, kind: str, schema: str, label: str
) -> None:
    """SD-17, TR-05: what was paid for is no news."""
    own = (
        '[types.dispatch]\nlabel = "Dispatch"\nschema = "Report"\n[types.plain]\nlabel = "Plain"\n'
    )
    site.settings(SETTINGS + own).write("a.md", type=kind).build().ok()
    page = head(site)
    assert page.kinds() == [schema, "BreadcrumbList"]
    assert page.text(".//p[@class='kicker']") == label


def test_a_kind_that_schema_org_does_not_know_is_a_mistake(site: SiteTest) -> None:
    """SD-16."""
    site.settings(SETTINGS + '[types.x]\nlabel = "X"\nschema = "NewsStory"\n').build()
    assert [(e["code"], e["field"]) for e in site.errors] == [("config", "types.x.schema")]


def test_sources_are_cited_as_the_page_lists_them(site: SiteTest) -> None:
    """SD-18, TR-04."""
    sources = [
        {"title": "Tide tables", "url": "https://tides.example/", "publisher": "Port"},
        "https://w.example/",
        "A letter",
        {"title": "Ours", "url": "https://test.example/2026/11/b/"},
    ]
    site.write("a.md", sources=sources).write("b.md").build().ok()
    port = {"@type": "Organization", "name": "Port"}
    work = {"@type": "CreativeWork"}
    told = news(site)["citation"]
    assert told == [
        {**work, "name": "Tide tables", "url": "https://tides.example/", "publisher": port},
        {**work, "name": "https://w.example/", "url": "https://w.example/"},
        {**work, "name": "A letter"},
        {**work, "name": "Ours", "url": "https://test.example/2026/11/b/"},
    ]
    visible = head(site).text(".//section[@class='sources']")
    assert all(work["name"] in visible for work in told)


@pytest.mark.parametrize(
    ("ai", "source"),
    [
        ("generated", "https://schema.org/TrainedAlgorithmicMediaDigitalSource"),
        ("assisted", "https://schema.org/AlgorithmicallyEnhancedDigitalSource"),
        ("none", None),
    ],
)
def test_what_a_machine_did_is_told(site: SiteTest, ai: str, source: str | None) -> None:
    """TR-08: to readers and to machines, with whoever answers for it."""
    site.write("a.md", ai={"use": ai, "reviewed_by": "Bo Lin"}).build().ok()
    article = news(site)
    assert article.get("digitalSourceType") == source
    assert article["editor"] == {"@type": "Person", "name": "Bo Lin"}
    assert ("Bo Lin" in head(site).text(".//main")) == (ai != "none")


def test_an_authors_page_is_a_profile(site: SiteTest) -> None:
    """TR-01."""
    site.write(
        "authors/ann.md",
        "---\nname: Ann Lee\nrole: Harbour correspondent\nimage: {src: /ann.png, alt: Ann}\n"
        "bio: She *reports*.\nlinks: [{label: M, url: 'https://m.example/@ann'}, "
        "{label: Mail, url: 'mailto:ann@test.example'}]\n---\n",
    )
    site.file("static/ann.png", png()).write("a.md", authors=["ann"]).build().ok()
    page = head(site, "authors/ann/index.html").thing("ProfilePage")
    url = "https://test.example/authors/ann/"
    assert page["mainEntity"] == {
        "@type": "Person",
        "name": "Ann Lee",
        "url": url,
        "jobTitle": "Harbour correspondent",
        "description": "She reports.",
        "image": "https://test.example/ann.png",
        "sameAs": ["https://m.example/@ann"],
        "worksFor": {"@type": "Organization", "name": "The Test", "url": "https://test.example/"},
    }
    assert page["url"] == url and page["inLanguage"] == "en"
    assert news(site)["author"][0]["url"] == url


def test_a_notice_tells_nothing_of_what_was_there(site: SiteTest) -> None:
    """TR-07."""
    site.write("a.md", title="Q-title", withdrawn={"date": "2026-11-02", "reason": "R"})
    site.write("b.md", title="Q-title", expires="2026-11-02").build().ok()
    for path in (PAGE, "2026/11/b/index.html"):
        page = head(site, path)
        assert page.things == [] and page.metas("og:title") == []
        assert page.meta("robots") == "noindex" and "Q-title" not in site.page(path)


def test_a_link_to_what_is_not_published_tells_its_label_alone(site: SiteTest) -> None:
    """TR-06: captions and corrections are cleaned for machines as they are for readers."""
    image = {"src": "/i.png", "alt": "a", "caption": "See [the pier](q-secret.md)"}
    corrections = [{"date": "2026-11-02", "text": "See <https://test.example/2027/01/q-secret/>"}]
    site.file("static/i.png", b"x").write("a.md", image=image, corrections=corrections)
    site.write("q-secret.md", date="2027-01-01").build().ok()
    assert news(site)["image"][0]["caption"] == "See the pier"
    assert "q-secret" not in site.page(PAGE)


def test_a_preview_tells_machines_nothing(site: SiteTest) -> None:
    """SM-17, TR-06: whoever pastes its address into a chat tells no headline."""
    site.write("a.md", status="draft", image="/i.png").file("static/i.png", b"x")
    site.build("--preview").ok()
    site.build("--preview", "--only", "content/a.md", "-o", str(site.folder / "one")).ok()
    for folder in ("preview", "one"):
        files = tree(site.folder / folder)
        pages = {path: data.decode() for path, data in files.items() if path.endswith(".html")}
        assert pages
        for path, html in pages.items():
            page = Head(html)
            assert page.things == [] and page.metas("og:title") == [], path
            assert page.meta("robots") == "noindex", path


def test_a_theme_can_say_more(site: SiteTest) -> None:
    """docs/themes.md has this example."""
    site.settings(SETTINGS.replace("[site]", '[site]\ntheme = "own"'))
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    site.file(
        "themes/own/templates/article.html",
        '{% extends "broadsheet/article.html" %}{% block structured_data %}'
        '{{ dict(article|news_article, genre="Reportage")|json_ld }}{% endblock %}',
    )
    site.write("a.md").build().ok()
    (thing,) = head(site).things
    assert thing["genre"] == "Reportage" and thing["headline"] == "A title"


def test_a_newer_article_leaves_what_old_pages_tell(site: SiteTest) -> None:
    """Invariant 10."""
    for number in range(3):
        site.write(f"a{number}.md", date=f"2026-11-0{number + 1}", tags=["t"], section="politics")
    site.build().ok()
    before = {path: data for path, data in site.bytes.items() if path.startswith("2026/11/a")}
    site.write("new.md", date="2026-11-20", tags=["t"], section="politics").build().ok()
    assert {path: site.bytes[path] for path in before} == before


def test_every_address_of_ours_that_machines_are_told_is_in_the_output(site: SiteTest) -> None:
    """SD-05, SD-12: pictures, policies, authors, all of them."""
    policies = '[publisher]\nlogo = "/l.png"\n[publisher.policies]\nethics = "/ethics/"\n'
    site.settings(SETTINGS + policies).file("static/l.png", png())
    site.write("pages/ethics.md", "---\ntitle: E\n---\nText.\n")
    site.write("hero.png", png()).write("a.md", image="hero.png", authors=["Ann"], tags=["t"])
    site.build().ok()
    told = set()
    for path, data in site.bytes.items():
        if path.endswith(".html"):
            for part in (p for thing in Head(data.decode()).things for p in parts(thing)):
                values = [v for name, v in part.items() if name != "@id" and isinstance(v, str)]
                told |= {v for v in values if v.startswith("https://test.example/")}
    names = {url.removeprefix("https://test.example/") for url in told}
    missing = {n for n in names if n not in site.bytes and f"{n}index.html" not in site.bytes}
    assert len(names) > 8 and missing == set()


def test_a_promise_that_leads_nowhere_is_warned_of(site: SiteTest) -> None:
    """SD-12, TR-15."""
    site.settings(
        SETTINGS + '[publisher]\nlogo = "/no.png"\n[publisher.policies]\nethics = "/ethics/#we"\n'
        'about = "https://other.example/"\ncorrections = "/corrections/"\ncontact = "/contact/"\n'
    )
    site.write("pages/contact.md", "---\ntitle: C\n---\nUs.\n").write("a.md").build().ok()
    told = [(w["code"], w["source"], w["line"], w["field"]) for w in site.warnings]
    settings = "sitegen.toml"
    assert told == [
        ("promise-missing", settings, 10, "publisher.logo"),
        ("promise-missing", settings, 12, "publisher.policies.ethics"),
    ]
    assert "there is no page or file at /ethics/" in site.warnings[1]["message"]
    site.file("static/no.png", png()).write("pages/ethics.md", "---\ntitle: E\n---\nT.\n")
    assert site.build().ok().warnings == []
