"""What holds for the folders of every generator: whatever stands in a file, the result builds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.old_site import OldSite

PLACES = {
    "hugo": ("hugo.toml", 'baseURL = "https://old.example/"\n', "content/news/{}.md"),
    "jekyll": ("_config.yml", "url: https://old.example\n", "_posts/2019-03-04-{}.md"),
    "pelican": ("pelicanconf.py", "SITEURL = 'https://old.example'\n", "content/{}.md"),
    "zola": ("config.toml", 'base_url = "https://old.example"\n', "content/news/{}.md"),
    "eleventy": (".eleventy.js", "", "posts/{}.md"),
}
ODD = """\
date: 2019-03-04
tags: [[a, b], '..', con, {name: Ann}]
authors: '???'
section: archive
image: no.jpg
audio: no.mp3
related: [nothing.md]
updated: 2999-01-01
type: post
lang: xx
expires: soon
aliases: [/a?x=1, /was/, /archive/]
why_it_matters: {a: 1}
numbers: [[1, 2], [3.5]]
"""


@pytest.fixture(params=PLACES)
def odd(request: pytest.FixtureRequest, tmp_path: Path) -> OldSite:
    """A site with a good article and one in which everything is odd."""
    settings, text, path = PLACES[request.param]
    old = OldSite(tmp_path, request.param, "old").put(settings, text)
    body = "[gone](gone.md) ![no](../no.jpg) <img src=no.jpg> <script>x()</script> ]( [["
    old.put(path.format("odd"), f"---\ntitle: '1984'\n{ODD}---\n{body}\n")
    return old.put(path.format("good"), "---\ntitle: Good\ndate: 2019-03-04\n---\nText.\n")


def test_whatever_stands_in_a_file_the_result_builds(odd: OldSite) -> None:
    odd.run().ok()
    assert odd.became() == {"created": 2}
    told = {loss["kind"] for loss in odd.lost()}
    assert {"code", "date", "field", "link", "media"} <= told
    assert {"/a?x=1"} <= {one["address"] for one in odd.report["unanswered"]}
    assert odd.site.report["articles"] == 2


def test_the_address_may_be_said_where_the_settings_do_not(tmp_path: Path) -> None:
    old = OldSite(tmp_path, "jekyll", "old").put("_config.yml", "title: A\n")
    old.put(
        "_posts/2019-03-05-a.md", "---\ntitle: A\n---\n[s](https://a.example/b.html) ![](c.jpg)"
    )
    old.put("b.md", "---\ntitle: B\n---\nText.\n").run("--address", "https://a.example").ok()
    assert old.body("2019-03-05-a.md").startswith("[s](/b.html)")
    assert old.report["media_missing"] == ["https://a.example/2019/03/05/c.jpg"]
    assert 'base_url = "https://a.example/"' in old.settings


@pytest.mark.parametrize(
    ("format", "folders"),
    [("hugo", ("static", "content/news", "data")), ("jekyll", (".", "_posts", "_data"))],
)
def test_links_to_nowhere_are_told_and_end_no_import(
    tmp_path: Path, format: str, folders: tuple[str, ...]
) -> None:
    settings, text, path = PLACES[format]
    old = OldSite(tmp_path, format, "old").put(settings, text)
    old.put(path.format("good"), "---\ntitle: Good\ndate: 2019-03-04\n---\nText.\n")
    for folder, name in zip(folders, ("a.pdf", "2019-03-04-b.md", "c.yaml"), strict=True):
        (old.source / folder).mkdir(exist_ok=True)
        (old.source / folder / name).symlink_to("nowhere")
    old.run().ok()
    assert old.became() == {"created": 1}
    assert old.report["media_missing"] == ["https://old.example/a.pdf"]
    assert len(old.left("broken")) == 2


def test_a_second_run_leaves_everything_as_it_is(odd: OldSite) -> None:
    odd.run()
    assert odd.run().became() == {"unchanged": 2}


def test_a_site_that_exists_keeps_its_settings_and_is_told_what_it_lacks(odd: OldSite) -> None:
    odd.site.settings('[site]\ntitle = "Mine"\nbase_url = "https://mine.example/"\n')
    before = (odd.folder / "sitegen.toml").read_bytes()
    odd.run().ok()
    assert (odd.folder / "sitegen.toml").read_bytes() == before
    _, heading, lacking = (odd.folder / "import-report.md").read_text().rpartition("\n## ")
    assert heading and lacking.startswith("To be added to sitegen.toml") == bool(
        odd.report["settings"]
    )


LINKS = {
    "hugo": '[s]({{< ref "storm.md#x" >}}) [t](storm.md) [u](/news/storm/)',
    "jekyll": "[s]({% post_url 2019-03-04-storm %}#x) [t](/2019/03/04/storm.html)",
    "pelican": "[s]({filename}storm.md#x) [t](/a-storm.html)",
    "zola": "[s](@/news/storm.md#x) [t](storm.md)",
    "eleventy": "[s](storm.md#x) [t](/posts/storm/)",
}


@pytest.fixture(params=PLACES)
def linked(request: pytest.FixtureRequest, tmp_path: Path) -> OldSite:
    """A site of two articles, the first of which names the other in all ways."""
    settings, text, path = PLACES[request.param]
    old = OldSite(tmp_path, request.param, "old").put(settings, text)
    storm = path.format("storm").removeprefix("content/news/").rpartition("/")[2]
    matter = f"related: [{storm}]\ntranslation_of: {storm}\n"
    first = f"---\ntitle: First\ndate: 2019-03-05\n{matter}---\n{LINKS[request.param]}\n"
    old.put(path.format("first").replace("-03-04-", "-01-01-"), first)
    return old.put(
        path.format("storm"), "---\ntitle: A storm\ndate: 2019-03-04\n---\n<script></script>\n"
    )


def test_links_to_what_a_limit_left_out_say_the_old_address(linked: OldSite) -> None:
    linked.run("--limit", "1").ok()
    assert linked.became() == {"created": 1}
    assert linked.lost("link") == linked.lost("code") == []
    assert {loss["detail"][0] for loss in linked.lost("later")} == {"/"}
    (file,) = (path for path in linked.files if path.endswith(".md"))
    assert "[s](/" in linked.body(file) and "#x)" in linked.body(file)
    linked.run().ok()
    assert linked.became() == {"created": 1, "updated": 1}
    assert "\nrelated: [/" in linked.matter(file)
