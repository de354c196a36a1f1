"""A new site, and a new article's file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sitegen import urls
from sitegen.config import FILE, Config
from sitegen.errors import Misuse, Problem

_CONFIG = """\
# The settings of your site. Every other setting has a default.

[site]
title = "My newspaper"                  # the name in the masthead
base_url = "https://news.example.org/"  # the address that the site will have
language = "en"                         # of most articles; ar, cy, de, es, fr, … work too
timezone = "UTC"                        # of dates without a zone, such as Europe/London
"""

_FIRST = """\
---
title: Our first article
date: {date}
section: News
tags: [beginnings]
authors: The editors
summary: This file is content/our-first-article.md; change it and build again.
---
This is an article. Its text is Markdown: *emphasis*, **strong words**, [links](https://example.org/).

## A heading

Write the next one with `sitegen new "The headline"`.
"""

_ARTICLE = """\
---
title: {title}
date: {date}
section:
tags: []
authors: []
summary:
status: draft   # remove this line to publish
---

"""


def new_site(folder: Path, today: datetime) -> list[Path]:
    """Make a site that builds at once in `folder`; return its files.

    Raises Misuse when the folder is there and not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "name a folder that does not exist yet"
        raise Misuse(Problem("folder-not-empty", f"{folder} is not empty", hint=hint))
    files = {
        folder / FILE: _CONFIG,
        folder / "content" / "our-first-article.md": _FIRST.format(date=f"{today:%Y-%m-%d}"),
        folder / ".gitignore": "/public/\n/preview/\n/.sitegen/\n",
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(files)


def new_article(site: Path, config: Config, headline: str, now: datetime) -> Path:
    """Write the file of a draft called `headline`; return it.

    Raises Misuse when the headline makes no name, or the file is there already.
    """
    slug = urls.slug_of(headline, ascii_only=config.urls.slugs == "ascii")[:80].strip("-")
    if not slug:
        message = f"“{headline}” holds no letter or digit to name a file after"
        raise Misuse(Problem("headline-empty", message))
    path = site / "content" / f"{slug}.md"
    if path.exists():
        message = f"content/{path.name} is there already"
        raise Misuse(Problem("file-exists", message, hint="choose another headline"))
    path.parent.mkdir(parents=True, exist_ok=True)
    text = _ARTICLE.format(title=_quoted(headline), date=f"{now:%Y-%m-%d %H:%M}")
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _quoted(headline: str) -> str:
    escaped = headline.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
