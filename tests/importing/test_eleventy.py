"""Eleventy: its folders, as sites that no longer are one (all invented)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.old_site import OldSite
from tests.picture_files import saved, smooth

PICTURE = saved(smooth(), "JPEG")
CONFIG = """\
module.exports = function (config) {
  // config.addPassthroughCopy("never");
  config.addPassthroughCopy("src/img");
  config.addPassthroughCopy({ "public/files": "files" });
  return { dir: { input: "src", output: "out" } };
};
"""


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    site = OldSite(tmp_path, "eleventy", "old").put("eleventy.config.js", CONFIG)
    site.put("src/_data/metadata.js", 'export default {\n  title: "The Old Harbour",\n'
             '  url: "https://old.example/",\n  language: "en",\n};\n')  # fmt: skip
    return site.put("src/posts/posts.json", '{"tags": ["posts"], "layout": "post.njk"}')


def story(more: str = "", body: str = "Text.", title: str = "A storm") -> str:
    return f"---\ntitle: {title}\ndate: 2019-03-04\n{more}---\n{body}\n"


def test_an_article_keeps_address_date_and_fields(old: OldSite) -> None:
    more = (
        "tags:\n  - ferries\ncategory: Harbour\nauthor: Ann Lee\nexcerpt: No ship.\nmood: grim\n"
        "cover: /img/pier.jpg\n"
    )
    old.put("src/posts/storm.md", story(more)).put("src/img/pier.jpg", PICTURE).run().ok()
    assert old.matter("posts/storm.md") == (
        "title: A storm\ndate: 2019-03-04\nurl: /posts/storm/\nsection: Harbour\ntags: [ferries]\n"
        "authors: [Ann Lee]\nsummary: No ship.\nimage: /img/pier.jpg\nextra:\n  mood: grim\n"
    )
    assert 'title = "The Old Harbour"' in (old.folder / "sitegen.toml").read_text()


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("tags: ['news', \"ferries\"], layout: 'x'", "/news/storm/"),
        ("tags: ['news', 'ferries'], permalink: '/n/{{ page.fileSlug }}/'", "/n/storm/"),
        ("tags: ['news', 'ferries'], permalink: (data) => slug(data.title)", ""),
    ],
)
def test_of_data_that_a_program_makes_plain_words_count(
    old: OldSite, said: str, address: str
) -> None:
    old.put("src/news/news.11tydata.js", f"export default {{ {said} }};\n")
    old.put("src/news/storm.md", "---\ntitle: A storm\n---\nText.\n").run().ok()
    matter = old.matter("news/storm.md")
    assert "tags: [ferries]" in matter
    assert (f"url: {address}\n" in matter) if address else ("url" not in matter)
    assert [loss["where"] for loss in old.lost("setting")] == ["src/news/news.11tydata.js"]


@pytest.mark.parametrize(
    ("path", "more", "address"),
    [
        ("posts/2019-03-04-storm.md", "", "/posts/2019-03-04-storm/"),
        ("posts/posts.md", "", "/posts/"),
        ("posts/storm/index.md", "", "/posts/storm/"),
        ("posts/2019-03-04-s.md", "permalink: '/p/{{ page.fileSlug }}/'", "/p/s/"),
        ("posts/s.md",
         "permalink: '{{ page.date | date: \"%Y/%m\" }}/{{ title | slug }}/index.html'",
         "/2019/03/a-storm/"),
        ("posts/2019-03-04-s.md", "permalink: '{{ page.filePathStem }}.html'", "/posts/s.html"),
        ("posts/s.md", "permalink: '/{{ title | shout }}/'", ""),
    ],
)  # fmt: skip
def test_the_address_is_the_one_that_eleventy_gave(
    old: OldSite, path: str, more: str, address: str
) -> None:
    old.put(f"src/{path}", story(f"{more}\n" if more else "")).run().ok()
    (file,) = old.files
    written = f"\nurl: {address}\n" in old.matter(file)
    assert written if address else "url" not in old.matter(file)


def test_tags_with_an_equal_are_converted_and_others_stay_and_are_told(old: OldSite) -> None:
    body = """\
[a]({{ "/posts/gates/" | url }}) [b](./gates.md) [c](../gates/) {{ title }} {{ metadata.url }}

{% image "/img/pier.jpg", "Waves" %}

{% youtube "dQw4w9WgXcQ" %}

{% raw %}{{ kept }}{% endraw %} {% chart "x" %}
"""
    old.put("src/posts/gates.md", story(title="Gates")).put("src/img/pier.jpg", PICTURE)
    old.put("src/posts/storm.md", story(body=body)).run().ok()
    assert (
        old.body("posts/storm.md")
        == """\
[a](/posts/gates/) [b](/posts/gates/) [c](/posts/gates/) A storm https://old.example/

![Waves](/img/pier.jpg)

<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"></iframe>

{{ kept }} {% chart "x" %}"""
    )
    assert [loss["detail"] for loss in old.lost("shortcode")] == ["{% chart %}"]


def test_pages_data_files_and_what_is_held_back_find_their_place(old: OldSite) -> None:
    old.put("src/about.md", "---\ntitle: About\neleventyExcludeFromCollections: true\n---\nWe.\n")
    old.put("src/index.njk", "---\ntitle: Home\n---\n{% for p in x %}{% endfor %}")
    old.put("src/tags.md", "---\ntitle: Tags\npagination:\n  data: x\n---\nx\n")
    old.put("src/posts/a.md", story("permalink: false\n"))
    old.put("src/posts/b.md", story("eleventyExcludeFromCollections: true\n"))
    old.put("src/posts/c.md", "---\ntitle: No date\n---\nx\n")
    old.put("src/posts/d.md", '---json\n{"title": "D", "date": "2019-03-04"}\n---\nJSON.\n')
    old.put("src/posts/e.md", story()).put("src/posts/e.11tydata.json", '{"tags": ["ferries"]}')
    old.put("src/_data/authors.json", '{"ann": {"name": "Ann Lee", "bio": "At sea."}}')
    old.put("src/_data/boats.json", "[1]").put("public/files/a.pdf", b"%PDF").put("never", "x")
    old.run().ok()
    assert old.matter("pages/about.md") == "title: About\nurl: /about/\n"
    assert len(old.site.report["held_back"]) == 3
    assert old.body("posts/d.md") == "JSON."
    assert "tags: [ferries]" in old.matter("posts/e.md")
    assert old.body("authors/ann.md") == "At sea."
    assert (old.folder / "data/boats.json").is_file()
    assert (old.folder / "static/files/a.pdf").is_file()
    kinds = sorted(left["kind"] for left in old.report["left_out"])
    assert kinds == ["data", "template", "template"]
