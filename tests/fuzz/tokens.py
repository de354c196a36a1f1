"""Pieces of text that have broken programs like this one: what both makers of inputs draw from."""

MARKDOWN = (
    *("[", "]", "](", "![", "![](", "*", "**", "_", "~~", "`", "```\n", "~~~\n", "<", ">", "&"),
    *("> ", "- ", "1. ", "# ", "    ", "\t", "|", "|a", "\n|-|-|\n", "\n===\n", "---\n", "\\"),
    *("- [ ] a\n", "- [x]\ta\n", "[^a]", "[^a]: b\n", "^[", "term\n: text\n", "\n: ", "[a]: b\n"),
    *('"', "'", "{{", "{{<x", "{%x", "{{ a | b }}", "[caption]", "a ", "\n\n", "http://a.b "),
    *("[a](x.md)", "[a](../../../x.md#b)", "![a](x.png)", "[a](sitegen-ref:0)", "sitegen-ref:99"),
    *("[a](/%2e%2e/x)", "[a](//h/x)", "[a](http://[)", "<http://a.b>", "[a](javascript:alert(1))"),
)
HTML = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>"),
    *('<a href="javascript:alert(1)">', '<a href="java&#10;script:alert(1)">', "<label>\n"),
    *('<input class="task-list-item-checkbox" onfocus=alert(1)>', "<math><style>", "<!--", "-->"),
    *('<iframe src="https://video.example/a">', '<a href="sitegen-ref:99">', "</article></main>"),
    *("<![CDATA[", "]]>", "<?", "<plaintext>", "<base href=//x>", "<template>", "<b>", "<table>"),
    *('<img src="sitegen-ref:7">', "<source srcset=x>", "<noscript><p title='</noscript>"),
    *("&#0;", "&#x1;", "&#xD800;", "&#xFFFE;", "&#x85;", "&NewLine;", "&lt;script&gt;", "&amp;amp"),
)
MATTER = (
    *(
        "&a ",
        "*a",
        "<<: *a\n",
        "!!int ",
        "!!binary ",
        "!!set ",
        "!!timestamp ",
        "!!python/name:os ",
    ),
    *("!x ", "? ", "? [a]\n", ": ", "- ", "|\n", ">-\n", "%YAML 1.1\n", "...\n", "---\n", "+++\n"),
    *("[", "]", "{", "}", ",", "#", "null", "~", "true", "no", ".inf", ".nan", "1e999", "0x1F"),
    *("9" * 30, "-0", "1_000:60", '"\\x01"', '"\\uFFFE"', '"\\ud800"', "a.b.c = 1\n", "'''", '"""'),
    *("0001-01-01", "1000-01-01 00:00+23:59", "9998-12-31T23:59-23:59", "9999-12-31", "2026-02-30"),
    *(
        "2026-03-29 01:30",
        "26 Oct 2025 1:30 am",
        "03/04/2026",
        "2026-11-01T24:00",
        "draft: maybe\n",
    ),
    *(
        "slug: ../../x\n",
        "url: /../x/\n",
        "url: /a/../../b.html\n",
        "aliases: [/x, /X]\n",
        "tags: ",
    ),
    *(
        "image: sitegen-ref:9\n",
        "image: javascript:alert(1)\n",
        "template: home.html\n",
        "lang: ar\n",
    ),
    *("audio: {src: a, transcript: 'javascript:alert(1)'}\n", "related: [x.md, /x/, ../x.md]\n"),
    *("expires: 2020-01-01\n", "withdrawn: {date: 2020-01-01}\n", "embargo: 2030-01-01\n"),
)
ODD = (
    *("\u202e", "\u200f", "\u2028", "\u2029", "\u200b", "\u200d", "\ufeff", "\u0301", "\x85"),
    *(
        "\u0130",
        "\ufb01",
        "\u1e9e",
        "\uff0e\uff0e\uff0f",
        "\U0001f469\u200d\U0001f680",
        "\U000e0041",
    ),
    *("\x00", "\x01", "\x0b", "\x0c", "\x1b", "\x7f", "\r", "\r\n", "\ue000", "\ufdd0", "\uffff"),
    *(
        "\u4e16\u754c",
        "\u0627\u0644",
        "e\u0301" * 9,
        "x" * 300,
        "\u00e9" * 200,
        "con",
        ".",
        "..",
        "%2f",
    ),
)
BYTES = (
    *(b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80"),
    *(b"\xe2\x80", b"\xf0\x9f", b"\x80", b"\x00" * 8, b"<<<<<<< a\n", b"=======\n", b">>>>>>> b\n"),
)
TEXTS = (*MARKDOWN, *HTML, *MATTER, *ODD)
LENGTHS = (*(1,) * 12, *(2,) * 4, 3, 3, 5, 9, 40, 101, 700)
"""How often a piece is repeated; now and then far more often than anybody writes."""
