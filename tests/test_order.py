"""In which order outputs are made, and which of two with one address gives way."""

from __future__ import annotations

import re

from tests.site_test import SETTINGS, SiteTest

MONTHS = ("2026-08", "2026-09", "2026-10", "2026-11")
OF_A_MONTH = re.compile(r"(\d{4})[/-](\d{2})[/.]")


def test_what_shows_the_articles_of_a_month_is_made_together_in_every_language(
    site: SiteTest,
) -> None:
    site.settings(SETTINGS + "[languages.ar]\n[listings]\nfront = 1\n[sections.news]\n")
    for month in MONTHS:
        for day in ("03", "17"):
            for suffix in ("", ".ar"):
                name = f"{month}-{day}-story{suffix}.md"
                site.write(
                    name, date=f"{month}-{day}", section="news", tags=["tag"], slug=f"s{day}"
                )
    site.build("--jobs", "1").ok()
    made = [path for path in site.report["changed"] if not path.startswith("sitemaps/")]
    months = ["-".join(found.groups()) for path in made if (found := OF_A_MONTH.search(path))]
    assert months == sorted(months)
    # Two articles, two sections' and sites' pages and a feed of each month, in both languages.
    assert len(months) > 4 * len(MONTHS) * 2 and set(months) == {*MONTHS}
    years = [place for place, path in enumerate(made) if re.search(r"tags/tag/2026/index", path)]
    last = max(place for place, path in enumerate(made) if OF_A_MONTH.search(path))
    assert years and min(years) > last


def test_a_standing_page_gives_way_to_an_article(site: SiteTest) -> None:
    site.write("news/about.md", url="/about/", title="An article")
    site.write("pages/about.md", "---\ntitle: A page\n---\n\nWords.\n").build("--keep-going")
    (error,) = site.errors
    assert (error["code"], error["source"]) == ("url-taken", "content/pages/about.md")
    assert "An article" in site.page("about/index.html")
