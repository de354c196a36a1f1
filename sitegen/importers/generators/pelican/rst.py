"""reStructuredText as Markdown, by way of HTML. Owns docutils."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from docutils import nodes
from docutils.core import publish_doctree, publish_from_doctree
from docutils.parsers.rst.languages import en

from sitegen.importers.generators.entries import Sight
from sitegen.importers.html import to_markdown
from sitegen.importers.players import frame_of

_SETTINGS: Mapping[str, Any] = {
    "file_insertion_enabled": False,
    "raw_enabled": True,
    "report_level": 5,
    "halt_level": 5,
    "doctitle_xform": True,
    "sectsubtitle_xform": False,
    "docinfo_xform": True,
    "initial_header_level": 2,
    "syntax_highlight": "none",
    "smart_quotes": False,
    "input_encoding": "unicode",
    "output_encoding": "unicode",
    "embed_stylesheet": False,
    "stylesheet_path": "",
    "math_output": "LaTeX",
    "cloak_email_addresses": False,
    "_disable_config": True,
}
_DIRECTIVE = re.compile(
    r"^(?P<indent>[ ]*)\.\. (?P<name>[\w:-]+?)::[ ]?(?P<args>[^\n]*)\n"
    r"(?P<inner>(?:(?:[ \t]*\n)*(?P=indent)[ ]{2,}[^\n]*\n)*)",
    re.MULTILINE,
)
_ROLE = re.compile(r":(?P<name>[a-z][\w-]*):`(?P<text>[^`]+)`")
_CAPTION = re.compile(r"<figcaption>.*?</figcaption>", re.DOTALL)
_PARAGRAPH = re.compile(r"</?(?:p|div)\b[^>]*>")
_CALL = re.compile(r'<a [^>]*href="(#[^"]+)"[^>]*role="doc-noteref"[^>]*>.*?</a>', re.DOTALL)
_NOTE = re.compile(
    r'<aside [^>]*id="([^"]+)"[^>]*role="doc-footnote"[^>]*>(.*?)</aside>', re.DOTALL
)
_LABEL = re.compile(r'<span class="label">.*?\]</span></span>', re.DOTALL)
_OF_FILES = ("include",)


def read_rst(text: str) -> dict[str, str]:
    """The title and the fields at the head of a document, as texts."""
    tree = publish_doctree(_known(text, None), settings_overrides=dict(_SETTINGS))
    values: dict[str, str] = {}
    title = tree.next_node(nodes.title)
    if title is not None and title.parent is tree:
        values["title"] = title.astext()
    for info in tree.findall(nodes.docinfo):
        for element in info.children:
            values |= _field(element)
    return values


def _field(element: nodes.Node) -> dict[str, str]:
    """docutils knows some fields by name (`date`, `authors`, …), the others are `field`s."""
    if isinstance(element, nodes.field):
        name, body = element.children
        return {name.astext().strip().lower(): body.astext().strip()}
    if isinstance(element, nodes.authors):
        return {"authors": "; ".join(child.astext() for child in element.children)}
    return {element.tagname: element.astext().strip()} if isinstance(element, nodes.Element) else {}


def rst_to_markdown(text: str, sight: Sight) -> str:
    """The text below the head. Directives and roles that docutils has not stay, and are told."""
    tree = publish_doctree(_known(text, sight), settings_overrides=dict(_SETTINGS))
    for element in [*tree.findall(nodes.docinfo), *tree.findall(nodes.system_message)]:
        element.parent.remove(element)
    html = publish_from_doctree(tree, writer="html5", settings_overrides=dict(_SETTINGS))
    main = re.search(r"<main[^>]*>(.*)</main>", html, re.DOTALL)
    body = main[1] if main else html.partition("<body>")[2].partition("</body>")[0]
    body = re.sub(r'<h1 class="title">.*?</h1>', "", body, count=1, flags=re.DOTALL)
    return to_markdown(_as_others_write(body), sight)


def _as_others_write(html: str) -> str:
    """docutils' code, captions and footnotes, as they are read elsewhere."""
    html = re.sub(r'<pre class="code (\w+)[^"]*">', r'<pre class="language-\1">', html)
    html = re.sub(r'<span class="docutils literal">(.*?)</span>', r"<code>\1</code>", html)
    html = _CAPTION.sub(lambda found: _PARAGRAPH.sub(" ", found.group()), html)
    html = _CALL.sub(r'<sup><a href="\1">1</a></sup>', html)
    return _NOTE.sub(r'<ol><li id="\1">\2</li></ol>', _LABEL.sub("", html))


def _known(text: str, sight: Sight | None) -> str:
    """`text` with what docutils cannot do shown as it is written."""

    def directive(found: re.Match[str]) -> str:
        name = found["name"].lower()
        if name in en.directives and name not in _OF_FILES:
            return found.group()
        if video := _video(name, found["args"].strip()):
            return f"{found['indent']}.. raw:: html\n\n{found['indent']}   {video}\n\n"
        if sight is not None:
            sight.lose("shortcode", f".. {found['name']}::")
        shown = "".join(f"    {line}\n" for line in found.group().rstrip().split("\n"))
        return f"{found['indent']}::\n\n{shown}\n"

    def role(found: re.Match[str]) -> str:
        if found["name"] in en.roles or found["name"] in ("raw",):
            return found.group()
        if sight is not None:
            sight.lose("shortcode", f":{found['name']}:")
        return f"``{found.group().replace('`', '')}``"

    return _ROLE.sub(role, _DIRECTIVE.sub(directive, text + "\n"))


def _video(name: str, argument: str) -> str:
    """The frame of a plugin's directive for videos."""
    pages = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
    first = argument.split()[0] if argument else ""
    src = frame_of(f"{pages[name]}{first}") if name in pages and first else ""
    return f'<iframe src="{src}"></iframe>' if src else ""
