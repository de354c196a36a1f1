"""The kinds of what an import leaves behind, each with a sentence and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Explained(NamedTuple):
    """A kind, in words for people."""

    title: str
    remedy: str


LEFT: Mapping[str, Explained] = {
    "again": Explained(
        "Records that are in the source twice", "The first one became a file. Look at the other."
    ),
    "data": Explained(
        "Data files", "They are in data/ for standing pages and themes that name them."
    ),
    "list": Explained(
        "Pages of lists",
        "Their titles are settings, where they can be. Write the texts as pages, if they matter.",
    ),
    "markup": Explained(
        "Articles in markup that sitegen does not read",
        "Convert them to Markdown with a tool made for it, such as pandoc, and import again.",
    ),
    "part": Explained(
        "Texts that only another page showed", "Write what matters of them into that article."
    ),
    "template": Explained(
        "Pages that a template made: lists, feeds, search",
        "sitegen makes its own. Write a page in their place where they held words of yours.",
    ),
    "broken": Explained(
        "Records that cannot be read",
        "Look at them in the old system, correct them there, and export again.",
    ),
    "comment": Explained(
        "Comments", "sitegen has no comments. Keep the export, if they are to be kept."
    ),
    "form": Explained(
        "Pages that were saved in a form that is not read",
        "Save them anew as “web page, complete”, or turn them into .html, and import again.",
    ),
    "internal": Explained(
        "Tags that only editors saw",
        "Articles have them in `extra.labels`, which readers do not see.",
    ),
    "listing": Explained(
        "Pages that are lists of articles, or the home page", "sitegen makes these itself."
    ),
    "media": Explained(
        "Pictures and other files, as records of their own",
        "Their captions and descriptions are with the articles that show them.",
    ),
    "moved": Explained(
        "Pages that only lead on to another", "They are redirects: see [redirects] in the settings."
    ),
    "other": Explained(
        "Files that are no articles", "Look whether something is among them that is to be kept."
    ),
    "section": Explained(
        "Categories that are sections",
        "Articles name theirs. Those in the navigation are in [sections] of sitegen.toml.",
    ),
    "system": Explained(
        "Records that only the old system needs: menus, revisions, settings of its theme",
        "The navigation of the new site comes from [sections] in sitegen.toml.",
    ),
    "trash": Explained("Records in the old system's bin", "Take them out of the bin to keep them."),
    "type": Explained(
        "Records of other kinds, made by plugins",
        "Write what matters of them as articles or pages.",
    ),
    "unused": Explained(
        "Names without anything to say of them",
        "Nothing is to be done: articles name them all the same.",
    ),
}
"""Why records become no file."""

LOSSES: Mapping[str, Explained] = {
    "address": Explained(
        "Addresses that could not be kept",
        "The file has the address that sitegen gives it. Write another `url` if need be.",
    ),
    "author": Explained(
        "Authors that were guessed from the words of the page",
        "Look whether these are names of people.",
    ),
    "block": Explained(
        "Blocks that WordPress fills anew whenever a page is asked for",
        "Nothing stands in their place. Lists of articles are on the home page and on sections.",
    ),
    "caption": Explained(
        "Links in captions and table cells that are text now",
        "A caption here is text. Put the link into a paragraph below, where it matters.",
    ),
    "card": Explained(
        "Cards of the old editor that are not known here",
        "Nothing stands in their place. Look at the old page, and write what matters of them.",
    ),
    "characters": Explained(
        "Characters that no text may hold",
        "They were taken out. Look whether something is missing.",
    ),
    "code": Explained(
        "Scripts, forms and styles within articles",
        "They were taken out: pages here run no code of articles.",
    ),
    "damaged": Explained(
        "Files and records that are damaged",
        "What could be read was read. Look whether something is missing.",
    ),
    "date": Explained(
        "Dates of changes and the like that cannot be read",
        "They were left out. Write them into the files where they matter.",
    ),
    "elsewhere": Explained(
        "Pictures that lie at other hosts",
        "Readers' browsers do not load them. Put them into content/, or allow the host in [csp].",
    ),
    "embed": Explained(
        "Things of other sites that were shown within the text",
        "A link stands in their place.",
    ),
    "empty": Explained(
        "Articles and pages without a text",
        "Look at them in the old system: a page builder may keep their texts elsewhere.",
    ),
    "field": Explained(
        "Fields of plugins and of the old theme",
        "Nothing is to be done where readers never saw them.",
    ),
    "front": Explained(
        "Stories that were held at the top", "content/front.toml is there already, and stays."
    ),
    "held": Explained(
        "Things that were hidden in a way that sitegen does not know",
        "They are drafts. Look at them one by one before you publish them.",
    ),
    "guessed": Explained(
        "Dates that were guessed", "Compare them with the old pages: the day may be another."
    ),
    "html": Explained("Markup that has no equal in Markdown", "The words are there without it."),
    "language": Explained(
        "Languages that the settings do not have, or that nobody knows",
        "Where nobody knows it, articles are in the site's own. Add the language under "
        "[languages], and import again; or write `lang` and `translation_of` into the files. "
        "With WPML: activate its plugin “Export and Import” before you export.",
    ),
    "later": Explained(
        "Links to what --limit left out",
        "They say their old address. Import without a limit, and they lead to the articles.",
    ),
    "link": Explained(
        "Links to what is not in the export",
        "They still say their old address. Correct them or take them out.",
    ),
    "made": Explained(
        "Files that sitegen makes itself, or that no host would show",
        "They were not copied. Put what matters of them into static/ or the settings.",
    ),
    "media": Explained(
        "Pictures and other files that are not here yet",
        "Fetch them from the old site into a folder, and import again with --media; or set "
        "[images] base_url.",
    ),
    "mail": Explained(
        "Posts that were sent by e-mail and never stood on the site",
        "They are drafts. Take `status` away to publish them.",
    ),
    "members": Explained(
        "Articles for some of the members",
        "There is one kind of subscriber here: they have `paywall: true`. What everybody may read "
        "is set in [paywall].",
    ),
    "name": Explained(
        "Names that no address can be made of, such as one without any letter",
        "Articles are without them. Write the names of authors, tags and sections otherwise.",
    ),
    "older": Explained(
        "Further parts of a feed that are not here",
        "Save them from the old site beside the first one, and import again.",
    ),
    "password": Explained(
        "Articles behind a password", "A website of files has no passwords: they are drafts."
    ),
    "setting": Explained(
        "Settings of the old site that a program works out",
        "They were not run. Compare old addresses with new ones; write `url` where they differ.",
    ),
    "shortcode": Explained(
        "Shortcodes and template tags that sitegen has no equal of",
        "They stand in the text as they were. Replace them by hand.",
    ),
    "taxonomy": Explained(
        "Taxonomies that the settings do not have",
        "Articles are without their terms. Write the lines that this report has for your "
        "sitegen.toml into it, and import again.",
    ),
    "term": Explained(
        "Authors and tags that have a file already",
        "It stays as it is. Compare it with what the old site says.",
    ),
    "undated": Explained(
        "Articles without a date that can be read",
        "They are drafts, and the date in the file stands in for theirs: it is that of the last "
        "change or of the export, and 1970-01-01 where nothing is known. An article that was "
        "published: write its day into `date`, and take `status` away. One that never was gets its "
        "date with `sitegen publish`.",
    ),
    "shortened": Explained(
        "Articles of which the feed has only the beginning",
        "Save the pages of the old site, and import these: sitegen import html.",
    ),
    "table": Explained(
        "Tables with joined cells or lists in them",
        "They stay as HTML, which readers see as before.",
    ),
    "zone": Explained(
        "The time zone, which an export does not name",
        "Import again with --timezone, such as Europe/London; or write it into sitegen.toml "
        "(site.timezone), if you have edited that: dates are then its own.",
    ),
    "title": Explained(
        "Articles without a headline",
        "The file has one made of its first words. Write a better one.",
    ),
}
"""What could not be carried within what was written."""

ADDRESSES: Mapping[str, Explained] = {
    "archive": Explained(
        "Archives by date, and further pages of lists",
        "Readers find the same articles under /archive/. Rules of your host can lead there.",
    ),
    "beside": Explained(
        "Files that lay beside articles, and that no text shows",
        "They are in content/, beside it: readers get them once it shows them or links to them.",
    ),
    "draft": Explained(
        "Addresses of articles that are not published", "They answer once the article is published."
    ),
    "feed": Explained(
        "Feeds that cannot be led on",
        "The new feeds are /feed.xml and those of sections and tags.",
    ),
    "left": Explained("Addresses of what became no file", "Nothing answers there any more."),
    "media": Explained("Pages that showed one picture", "The picture itself may still be there."),
    "pattern": Explained(
        "Redirects by a pattern",
        "No host of files can follow them all. Write rules of your host, or one for each address.",
    ),
    "query": Explained(
        "Addresses that differ only behind the question mark",
        "No host of files can tell them apart. On nginx or Apache write rules of your own.",
    ),
    "taken": Explained(
        "Old addresses that another page has", "Readers get that page. Take out one of the two."
    ),
    "unwritable": Explained(
        "Addresses that no host of files can have", "Rules of your host can lead on from there."
    ),
}
"""Why nothing answers at an old address."""
