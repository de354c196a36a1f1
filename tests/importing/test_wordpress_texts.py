"""WordPress: texts of both editors as Markdown, and the pictures in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.old_site import OldSite
from tests.importing.wxr import BASE, export, item, picture
from tests.picture_files import png

UPLOADS = f"{BASE}/wp-content/uploads/2019/03"
HERE = "/wp-content/uploads/2019/03"


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    return OldSite(tmp_path, "wordpress", "export.xml")


CLASSIC = {
    "an empty line divides paragraphs": ("One.\n\nTwo.", "One.\n\nTwo."),
    "a line's end stays": ("One,\ntwo.", "One,\\\ntwo."),
    "windows lines": ("One.\r\n\r\nTwo,\r\nthree.", "One.\n\nTwo,\\\nthree."),
    "lists between paragraphs": (
        "Before\n<ul>\n<li>One</li>\n<li>Two</li>\n</ul>\nAfter",
        "Before\n\n- One\n- Two\n\nAfter",
    ),
    "paragraphs in a quotation": ("<blockquote>A\n\nB</blockquote>", "> A\n>\n> B"),
    "two breaks are a paragraph": ("A<br /><br />B", "A\n\nB"),
    "one break is one": ("A<br />\nB", "A\\\nB"),
    "code keeps its lines": ("<pre>a\n\n  b</pre>", "```\na\n\n  b\n```"),
    "headings": ("<h2>Part</h2>\nText", "## Part\n\nText"),
    "the mark of more is no text": ("A<!--more-->\n\nB", "A\n\nB"),
    "emphasis at punctuation": (
        "<strong>Word:</strong>next",
        "<strong>Word:</strong>next",
    ),
    "signs are words": ("1986. A *star* and <b>_x_</b>", "1986\\. A \\*star\\* and **\\_x\\_**"),
    "looks go": ('<span style="color:red">Red</span> <font>text</font>', "Red text"),
    "a shared video": (
        "https://youtu.be/abcdefghijk?t=1m5s",
        '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk?start=65"></iframe>',
    ),
    "embed": (
        "[embed]https://vimeo.com/12345[/embed]",
        '<iframe src="https://player.vimeo.com/video/12345"></iframe>',
    ),
    "a post of another site": (
        "https://social.example/@a/1",
        "<https://social.example/@a/1>",
    ),
    "code box": ('[code lang="php"]a &lt; b[/code]', "```php\na < b\n```"),
    "audio": (
        f'[audio mp3="{UPLOADS}/talk.mp3"][/audio]',
        f"[talk.mp3]({HERE}/talk.mp3)",
    ),
    "what is no shortcode": ("He said [sic] and [[gallery]]", "He said [sic] and [gallery]"),
    "an unknown shortcode": ('[poll id="3"] Text', '[poll id="3"] Text'),
    "a page builder": ("[vc_row][vc_column_text]Words[/vc_column_text][/vc_row]", "Words"),
    "what a page builder shows itself": (
        '[vc_row css=".a{}"][vc_custom_heading text="The big pier"][vc_video link="https://youtu.be/'
        'abcdefghijk"][vc_raw_html]JTNDcCUzRVJhdyUzQyUyRnAlM0U=[/vc_raw_html]'
        '[et_pb_button button_url="https://x.example/" button_text="Go"][/et_pb_button]'
        f'[et_pb_image src="{UPLOADS}/a.jpg" alt="P"][/et_pb_image][/vc_row]',
        "The big pier\n\n"
        '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk"></iframe>\n\n'
        f"Raw\n\n[Go](https://x.example/)\n\n![P]({HERE}/a.jpg)",
    ),
    "names of shortcodes in any letters": (
        "[EMBED]https://vimeo.com/12345[/EMBED] [youtube=https://youtu.be/abcdefghijk&w=3]",
        '<iframe src="https://player.vimeo.com/video/12345"></iframe>\n\n'
        '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk"></iframe>',
    ),
    "shortcodes in code": ('[code][gallery ids="9"][/code]', '```\n[gallery ids="9"]\n```'),
    "a caption of something else": (
        '[caption caption="Words"]<iframe src="https://x.example/1"></iframe>[/caption]',
        '<iframe src="https://x.example/1"></iframe>\n\nWords',
    ),
    "footnotes of plugins": (
        "A[efn_note]One <b>b</b>[/efn_note] B[mfn]Two[/mfn]",
        "A[^1] B[^2]\n\n[^1]: One **b**\n\n[^2]: Two",
    ),
    "footnotes of hand": (
        'A<sup><a href="#fn1" id="r1">1</a></sup>\n<h3>Notes</h3>\n'
        '<ol><li id="fn1">Said. <a href="#r1">↩</a></li></ol>',
        "A[^1]\n\n[^1]: Said.",
    ),
    "scripts": ("A<script>alert(1)</script>", "A"),
    "links to files": (f'<a href="{UPLOADS}/r.pdf">PDF</a>', f"[PDF]({HERE}/r.pdf)"),
    "links elsewhere": (
        '<a href="https://x.example/?a=1&amp;b=2">x</a>',
        "[x](https://x.example/?a=1&b=2)",
    ),
    "links to articles": (
        '<a href="http://www.old.example/2019/03/title-2/#part">a</a> <a href="/?p=2">b</a>',
        "[a](/2019/03/title-2/#part) [b](/2019/03/title-2/)",
    ),
    "links within the article": (
        f'<a href="{BASE}/2019/03/title-1/#part">x</a>\n<h2 id="part">Other</h2>',
        '[x](#part)\n\n## <a id="part"></a>Other',
    ),
    "links to comments": (
        f'<a href="{BASE}/2019/03/title-2/#comments">x</a>',
        "[x](/2019/03/title-2/)",
    ),
    "links that are none": ('<a href="javascript:x()">words</a>', "words"),
    "a table": (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td><td>x</td></tr></table>",
        "| A | B |\n| --- | --- |\n| 1\\|2 | x |",
    ),
    "a table of joined cells": (
        '<table><tr><td colspan="2">A</td></tr><tr><td>1</td><td>2</td></tr></table>',
        '<table>\n<tr><td colspan="2">A</td></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>',
    ),
    "terms and what they mean": ("<dl><dt>T</dt><dd>D</dd></dl>", "T\n:   D"),
}


@pytest.mark.parametrize("name", CLASSIC)
def test_the_classic_editors_text_becomes_markdown(old: OldSite, name: str) -> None:
    content, expected = CLASSIC[name]
    old.write(export(item(1, content=content), item(2))).run()
    assert old.body("2019/title-1.md") == expected


CAPTIONED = (
    '[caption id="attachment_9" width="300"]<a href="{u}/pier.jpg"><img class="wp-image-9" '
    'src="{u}/pier-300x200.jpg" alt="Pier" /></a> The <em>pier</em>[/caption]'
)
PICTURES = {
    "a caption of the classic editor": (CAPTIONED, '![Pier]({h}/pier.jpg "The pier | A. Moe")'),
    "a caption with a link": (
        '[caption]<img src="{u}/pier.jpg" alt="" /> By <a href="https://x.example/">X</a>[/caption]',
        '<figure><img src="{h}/pier.jpg" alt="">'
        '<figcaption>By <a href="https://x.example/">X</a></figcaption></figure>',
    ),
    "a caption with a credit of a plugin's": (
        '[caption width="300"][media-credit name="B. Roe" width="300"]<img src="{u}/boat.jpg" '
        'alt="B" />[/media-credit] The boat[/caption]',
        '![B]({h}/boat.jpg "The boat | B. Roe")',
    ),
    "a picture of a page builder": (
        '[vc_row][vc_single_image image="9"][/vc_row]',
        '![Their pier]({h}/pier.jpg "At dawn | A. Moe")',
    ),
    "a gallery": (
        '[gallery ids="10,9"]',
        '![]({h}/boat.jpg)\n\n![Their pier]({h}/pier.jpg "At dawn | A. Moe")',
    ),
    "the gallery of an article's own pictures": (
        "[gallery]",
        "![]({h}/boat.jpg)",
    ),
    "a picture in the text": ('A <img src="{u}/boat.jpg" alt="Boat" />', "A ![Boat]({h}/boat.jpg)"),
    "a picture that a script loads": (
        '<img src="data:image/gif;base64,R0" data-src="{u}/boat.jpg" alt="" />',
        "![]({h}/boat.jpg)",
    ),
    "a picture from the service for pictures": (
        '<img src="https://i0.wp.com/old.example{h}/boat.jpg?w=9" alt="" />',
        "![]({h}/boat.jpg)",
    ),
    "a figure of Gutenberg": (
        '<!-- wp:image {{"id":9}} --><figure class="wp-block-image"><img alt="" '
        'src="{u}/pier-1024x683.jpg" class="wp-image-9"/><figcaption>Now</figcaption></figure>',
        '![Their pier]({h}/pier.jpg "Now | A. Moe")',
    ),
    "a gallery of Gutenberg": (
        '<!-- wp:gallery --><figure class="wp-block-gallery"><ul class="blocks-gallery-grid">'
        '<li class="blocks-gallery-item"><figure><img src="{u}/boat.jpg"/></figure></li>'
        '<li class="blocks-gallery-item"><figure><img src="{u}/pier.jpg" alt="P"/></figure></li>'
        "</ul><figcaption>Both</figcaption></figure><!-- /wp:gallery -->",
        "![]({h}/boat.jpg)\n\n![P]({h}/pier.jpg)\n\nBoth",
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_keep_captions_credits_and_descriptions(old: OldSite, name: str) -> None:
    content, expected = (text.format(u=UPLOADS, h=HERE) for text in PICTURES[name])
    pier = picture(9, "pier.jpg", alt="Their pier", caption="At dawn", credit="A. Moe")
    paper = picture(11, "report.pdf", parent=1)
    boat = picture(10, "boat.jpg", parent=1)
    old.write(export(item(1, content=content), pier, boat, paper)).run()
    assert old.body("2019/title-1.md") == expected


BLOCKS = {
    "paragraphs": (
        "<!-- wp:paragraph -->\n<p>One <strong>b</strong>.</p>\n<!-- /wp:paragraph -->\n\n"
        "<!-- wp:paragraph -->\n<p>Two.</p>\n<!-- /wp:paragraph -->",
        "One **b**.\n\nTwo.",
    ),
    "a quotation with its speaker": (
        '<!-- wp:quote --><blockquote class="wp-block-quote"><p>Said</p><cite>Ann</cite>'
        "</blockquote><!-- /wp:quote -->",
        "> Said\n>\n> — Ann",
    ),
    "a verse": (
        '<!-- wp:verse --><pre class="wp-block-verse">A\nB</pre><!-- /wp:verse -->',
        "A\\\nB",
    ),
    "code": (
        '<!-- wp:code --><pre class="wp-block-code"><code>a\nb</code></pre><!-- /wp:code -->',
        "```\na\nb\n```",
    ),
    "a video with a caption": (
        '<!-- wp:embed --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n'
        "https://www.youtube.com/watch?v=abcdefghijk\n</div><figcaption>Watch</figcaption></figure>"
        "<!-- /wp:embed -->",
        '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk"></iframe>\n\nWatch',
    ),
    "a file": (
        f'<!-- wp:file --><div class="wp-block-file"><a href="{UPLOADS}/r.pdf">Report</a>'
        f'<a href="{UPLOADS}/r.pdf" class="wp-block-file__button" download>Load</a></div>'
        "<!-- /wp:file -->",
        f"[Report]({HERE}/r.pdf)",
    ),
    "columns": (
        '<!-- wp:columns --><div class="wp-block-columns"><div><p>A</p></div><div><p>B</p></div>'
        "</div><!-- /wp:columns -->",
        "A\n\nB",
    ),
    "details": (
        "<!-- wp:details --><details><summary>More</summary><p>Text</p></details>"
        "<!-- /wp:details -->",
        "<details>\n<summary>More</summary>\n\nText\n\n</details>",
    ),
    "a shared block": ('<!-- wp:block {"ref":70} /-->', "Shared."),
    "words before a block without any": (
        '<!-- wp:paragraph {"align":"center"} -->\n<p>Centred.</p>\n<!-- /wp:paragraph -->\n\n'
        '<!-- wp:spacer {"height":"9px"} /-->\n<!-- wp:paragraph --><p>A</p><!-- /wp:paragraph -->',
        "Centred.\n\nA",
    ),
    "the classic editor's text between blocks": (
        "<!-- wp:paragraph --><p>A\nB</p><!-- /wp:paragraph -->\n\nOne.\n\nTwo,\nthree.\n\n"
        "https://youtu.be/abcdefghijk\n\n<!-- wp:freeform -->Four.\n\nFive.<!-- /wp:freeform -->",
        "A B\n\nOne.\n\nTwo,\\\nthree.\n\n"
        '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk"></iframe>\n\n'
        "Four.\n\nFive.",
    ),
    "words on a picture": (
        f'<!-- wp:cover {{"url":"{UPLOADS}/a.jpg"}} --><div class="wp-block-cover" '
        f'style="background-image:url({UPLOADS}/a.jpg)"><div><p>On it</p></div></div>'
        "<!-- /wp:cover -->",
        f"![]({HERE}/a.jpg)\n\nOn it",
    ),
    "space": (
        "<!-- wp:spacer /--><!-- wp:separator --><hr/><!-- /wp:separator --><p>A</p>",
        "---\n\nA",
    ),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_gutenbergs_blocks_become_markdown(old: OldSite, name: str) -> None:
    content, expected = BLOCKS[name]
    shared = item(70, type="wp_block", content="<!-- wp:paragraph --><p>Shared.</p>")
    old.write(export(item(1, content=content), shared)).run()
    assert old.body("2019/title-1.md") == expected
    assert not old.lost("block")


def test_gutenbergs_footnotes_are_kept(old: OldSite) -> None:
    content = (
        '<!-- wp:paragraph --><p>A<sup data-fn="x-1" class="fn"><a href="#x-1" id="x-1-link">1</a>'
        "</sup></p><!-- /wp:paragraph --><!-- wp:footnotes /-->"
    )
    meta = {"footnotes": '[{"content":"The <em>note</em>","id":"x-1"}]'}
    old.write(export(item(1, content=content, meta=meta))).run().ok()
    assert old.body("2019/title-1.md") == "A[^1]\n\n[^1]: The *note*"
    assert 'class="footnotes"' in old.site.page("2019/03/title-1/index.html")


YOAST = (
    '<!-- wp:yoast/faq-block {{"questions":[]}} --><div class="schema-faq"><div '
    'class="schema-faq-section"><strong class="schema-faq-question">When?</strong> '
    '<p class="schema-faq-answer">On <b>Sunday</b>.</p>{}</div></div><!-- /wp:yoast/faq-block -->'
)
RANK_MATH = (
    '<div class="rank-math-list-item"><h3 class="rank-math-question">When?</h3>'
    '<div class="rank-math-answer"><p>On <b>Sunday</b>.</p>{}</div></div>'
)


@pytest.mark.parametrize("form", [YOAST, RANK_MATH])
def test_questions_of_plugins_go_into_their_field(old: OldSite, form: str) -> None:
    content = f"<!-- wp:paragraph --><p>Text.</p><!-- /wp:paragraph -->{form.format('')}"
    page = item(2, content=content, type="page", name="faq", link=f"{BASE}/faq/")
    old.write(export(item(1, content=content), page)).run().ok()
    assert "faq:\n  - question: 'When?'\n    answer: On **Sunday**.\n" in old.matter(
        "2019/title-1.md"
    )
    assert old.body("2019/title-1.md") == "Text."
    assert old.body("pages/faq.md") == "Text.\n\n### When?\n\nOn **Sunday**."


LOST = {
    '[poll id="3"]': ("shortcode", "[poll]"),
    "[vc_row]x[/vc_row]": ("shortcode", "page builder"),
    "<!-- wp:latest-posts /-->": ("block", "latest-posts"),
    '<!-- wp:acf/quote {"data":{"text":"The pier <b>is</b> shut","side":"left"}} /-->': (
        "block",
        "acf/quote: The pier is shut",
    ),
    '<!-- wp:divi/text {"value":"\\u003cp\\u003eTwo words"} --><!-- /wp:divi/text -->': (
        "block",
        "divi/text: Two words",
    ),
    '<!-- wp:query {"id":1} --><div><!-- wp:post-title /--></div><!-- /wp:query -->': (
        "block",
        "query",
    ),
    '<!-- wp:block {"ref":99} /-->': ("block", "block 99, which is not in the export"),
    "https://social.example/1": ("embed", "https://social.example/1"),
    "<form action='/x'><input></form>": ("code", "<form> /x"),
    '<img src="https://elsewhere.example/a.png">': ("elsewhere", "elsewhere.example"),
    '<img src="data:image/png;base64,AA">': ("media", "written into the page"),
    '[gallery ids="77"]': ("media", "77"),
    '<table><tr><td colspan="2">A</td></tr></table>': ("table", "1 rows"),
    '<a href="http://[">x</a>': ("link", "http://["),
    f'<a href="{BASE}/2011/01/gone/">x</a>': ("link", "/2011/01/gone/"),
}


@pytest.mark.parametrize("content", LOST)
def test_what_is_lost_in_a_text_is_told_with_its_file(old: OldSite, content: str) -> None:
    kind, detail = LOST[content]
    old.write(export(item(1, content=f"Words.\n\n{content}\n\n"))).run().ok()
    (loss,) = old.lost()
    assert (loss["kind"], loss["file"]) == (kind, "content/2019/title-1.md")
    assert detail in loss["detail"] and "post 1 “A title”, line 1" in loss["where"]


def test_frames_are_shown_by_a_new_site(old: OldSite) -> None:
    old.write(export(item(1, content="https://youtu.be/abcdefghijk"))).run().ok()
    assert 'hosts = ["www.youtube-nocookie.com"]' in old.settings
    page = old.site.page("2019/03/title-1/index.html")
    assert 'class="embed" href="https://www.youtube-nocookie.com/embed/abcdefghijk"' in page
    assert not old.site.warnings


# Files.


@pytest.mark.parametrize("below", ["", "uploads", "wp-content/uploads"])
def test_media_of_a_folder_are_copied_to_where_they_were(old: OldSite, below: str) -> None:
    media = old.source.parent / "media"
    folder = media / below / "2019/03"
    folder.mkdir(parents=True)
    (folder / "pier.jpg").write_bytes(png(size=(640, 480)))
    (folder / "r.pdf").write_bytes(b"%PDF")
    content = f'<img src="{UPLOADS}/pier-300x200.jpg" alt="P"> <a href="{UPLOADS}/r.pdf">r</a>'
    old.write(export(item(1, content=content))).run("--media", str(media)).ok()
    assert old.report["media"]["copied"] == 2
    assert (old.folder / f"content{HERE}/pier.jpg").is_file()
    assert f"{HERE.lstrip('/')}/r.pdf" in old.site.bytes
    assert old.site.forms("pier")
    assert not old.site.warnings
    assert not (old.folder / "import-media.txt").exists()
    assert old.run("--media", str(media)).report["media"]["there"] == 2


def test_media_that_are_not_here_are_listed_to_be_fetched(old: OldSite) -> None:
    content = f'<img src="{UPLOADS}/pier-300x200.jpg" alt="P">'
    old.write(export(item(1, content=content), picture(9, "pier.jpg"))).run().ok()
    wanted = (old.folder / "import-media.txt").read_text()
    assert wanted == f"{UPLOADS}/pier.jpg\n"
    there = old.folder / f"content{HERE}/pier.jpg"
    there.parent.mkdir(parents=True)
    there.write_bytes(png())
    assert old.run().report["media"]["there"] == 1
    assert (old.folder / "import-media.txt").read_text() == ""


def test_pictures_of_a_blog_in_a_folder_are_fetched_from_there_in_full_size(old: OldSite) -> None:
    base = f"{BASE}/blog"
    content = f'<img src="{base}/wp-content/uploads/2019/03/pier-300x200.jpg" alt="P">'
    photo = picture(9, "pier.jpg").replace(BASE, base)
    old.write(export(item(1, link=f"{base}/a/", content=content), photo, base=base)).run().ok()
    assert old.body("2019/title-1.md") == f"![P]({HERE}/pier.jpg)"
    wanted = (old.folder / "import-media.txt").read_text()
    assert wanted == f"{base}/wp-content/uploads/2019/03/pier.jpg\n"


def test_a_picture_that_is_none_does_not_stop_a_build(old: OldSite) -> None:
    media = old.source.parent / "media/2019/03"
    media.mkdir(parents=True)
    (media / "pier.jpg").write_bytes(b"no picture")
    content = f'A <img src="{UPLOADS}/pier.jpg" alt="The pier">'
    photo = picture(9, "pier.jpg")
    old.write(export(item(1, content=content, meta={"_thumbnail_id": "9"}), photo))
    old.run("--media", str(media.parent.parent)).ok()
    assert old.body("2019/title-1.md") == "A The pier"
    assert "pier.jpg" in old.lost("media")[0]["detail"]


def test_media_may_be_shown_from_another_place(old: OldSite) -> None:
    settings = (
        f'[site]\ntitle = "T"\nbase_url = "{BASE}"\n[images]\nbase_url = "https://cdn.example/"\n'
    )
    old.site.settings(settings)
    content = f'<img src="{UPLOADS}/pier.jpg" alt="P"> <a href="{UPLOADS}/r.pdf">r</a>'
    old.write(export(item(1, content=content))).run().ok()
    page = old.site.page("2019/03/title-1/index.html")
    assert f"https://cdn.example{HERE}/pier.jpg" in page
    assert f"https://cdn.example{HERE}/r.pdf" in page
    assert old.report["media"]["missing"] == 0


def test_a_path_out_of_the_media_folder_is_not_followed(old: OldSite) -> None:
    (old.source.parent / "secret.pdf").write_bytes(b"secret")
    media = old.source.parent / "media"
    media.mkdir()
    (media / "link.pdf").symlink_to(old.source.parent / "secret.pdf")
    links = "".join(
        f'<a href="{BASE}/wp-content/uploads/{name}">x</a>'
        for name in ("../../../secret.pdf", "%2e%2e/secret.pdf", "link.pdf")
    )
    old.write(export(item(1, content=links))).run("--media", str(media)).ok()
    assert old.report["media"]["copied"] == 0
    assert not [p for p in old.folder.rglob("*") if p.is_file() and p.read_bytes() == b"secret"]
