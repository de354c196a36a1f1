"""What an article's pages show of it: its body, and what everybody may read of a paid one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sitegen import urls
from sitegen.config import Config
from sitegen.digest import digest
from sitegen.instants import to_seconds
from sitegen.model import REF, Body, Picture
from sitegen.read.fields import Correction, FrontMatter, Source
from sitegen.read.links import Linker, linker_of
from sitegen.read.markdown import render_blocks, render_inline, render_opening
from sitegen.read.marks import without_bullets, without_letters
from sitegen.read.words import Rendered


@dataclass(frozen=True, slots=True)
class Story:
    """An article's file, once all of it is known to be right."""

    source: str
    fields: FrontMatter
    text: str
    url: str
    lang: str
    timed: bool
    """Whether the date has a time of day; likewise `updated`."""
    updated_timed: bool
    config: Config

    def linker(self) -> Linker:
        """A new one for its texts."""
        return linker_of(self.source, self.config, sponsored=self.fields.type == "sponsored")


def opening_of(story: Story, words: int, linker: Linker) -> Body:
    """What everybody may read of an article for subscribers, which has so many `words` in all."""
    free: dict[str, Any] = {"why_it_matters": "", "what_it_means": "", "faq": [], "audio": None}
    open_part = replace(story, fields=story.fields.model_copy(update=free))
    mode, teaser = story.config.markdown.html, story.config.paywall.teaser
    rendered = render_opening(story.text, story.lang, linker, mode, teaser)
    body = body_of(open_part, replace(rendered, words=words), linker)
    return {**body, "withheld": True}


def body_of(story: Story, rendered: Rendered, linker: Linker) -> Body:
    """All that the page of an article shows of it, beside what is known of others."""
    fields, lang, mode = story.fields, story.lang, story.config.markdown.html

    def inline(text: str) -> str:
        return render_inline(text, lang, linker, mode) if text else ""

    def blocks(text: str) -> str:
        return render_blocks(text, lang, linker, mode) if text else ""

    summary = fields.summary or rendered.excerpt
    changed = modified(fields)
    faq = [without_letters(q.question, q.answer, lang) for q in fields.faq]
    ascii_only = story.config.urls.slugs == "ascii"
    return {
        "url": story.url,
        "title": fields.title,
        "short_title": fields.short_title or fields.title,
        "summary": summary,
        "kicker": fields.kicker,
        "date": fields.date.isoformat(),
        "section": urls.slug_of(fields.section, ascii_only=ascii_only),
        "type": fields.type,
        "lang": lang,
        "featured": fields.featured,
        "modified": changed.isoformat() if changed else "",
        "extra": fields.extra,
        "description": fields.description or summary,
        "standfirst": fields.summary,
        "timed": story.timed,
        "html": rendered.html,
        "words": rendered.words,
        "headings": rendered.headings,
        "image": _picture(fields, linker, inline),
        "key_points": [inline(point) for point in without_bullets(fields.key_points)],
        "why_it_matters": blocks(fields.why_it_matters),
        "what_it_means": blocks(fields.what_it_means),
        "faq": [{"question": question, "answer": blocks(answer)} for question, answer in faq],
        "sources": [_cited(source, linker) for source in fields.sources],
        "corrections": [
            {
                "id": _correction_id(c),
                "date": c.date.isoformat(),
                "text": inline(c.text),
                "minor": c.minor,
            }
            for c in fields.corrections
        ],
        "updated": fields.updated.isoformat() if fields.updated else "",
        "updated_timed": story.updated_timed,
        "canonical_url": fields.canonical_url or "",
        "noindex": fields.noindex,
        "paywall": fields.paywall,
        "withheld": False,
        "ai": fields.ai.model_dump() if fields.ai else None,
        "audio": _audio(fields, linker),
        "aliases": fields.aliases,
        "links": linker.refs,
    }


def _cited(source: Source, linker: Linker) -> dict[str, str]:
    """A source; one of this site's own pages is linked like any other link to it."""
    url = linker.link(source.url) if source.url else ""
    title = source.title or ("" if url.startswith(REF) else url)
    return {"title": title, "url": url, "publisher": source.publisher}


def _correction_id(correction: Correction) -> str:
    """What names a correction in its article: readers' feeds must know it again.

    Its number would change when one is written above it; of two on one day the text tells which.
    """
    name = digest(correction.text.encode()).hex()[:8]
    return f"correction-{correction.date:%Y-%m-%d}-{name}"


def modified(fields: FrontMatter) -> datetime | None:
    """`dateModified`: the later of `updated` and the last correction that is not minor.

    A change that was no later than the publication is none; a day alone means its first minute.
    """
    changes = [c.date for c in fields.corrections if not c.minor]
    if fields.updated:
        changes.append(fields.updated)
    moments = [moment for moment in changes if to_seconds(moment) > to_seconds(fields.date)]
    # Python compares two moments of one zone by the clock, which repeats an hour in autumn.
    return max(moments, key=to_seconds, default=None)


def _picture(fields: FrontMatter, linker: Linker, inline: Callable[[str], str]) -> Picture | None:
    if fields.image is None:
        return None
    return {
        "src": linker.picture(fields.image.src),
        "alt": fields.image.alt,
        "caption": inline(fields.image.caption),
        "credit": fields.image.credit,
        "focus": fields.image.focus or "",
        "creator": fields.image.creator,
        "copyright": fields.image.copyright,
        "license": fields.image.license or "",
    }


def card_picture(body: Body) -> dict[str, Any]:
    """The hero as a card shows it, with a list of references of its own."""
    image = body["image"]
    if image is None:
        return {"image": None, "links": []}
    shown = {**image, "caption": ""}
    if not image["src"].startswith(REF):
        return {"image": shown, "links": []}
    ref = body["links"][int(image["src"].removeprefix(REF))]
    return {"image": {**shown, "src": f"{REF}0"}, "links": [ref]}


def _audio(fields: FrontMatter, linker: Linker) -> dict[str, str] | None:
    if fields.audio is None:
        return None
    audio = fields.audio
    transcript = linker.link(audio.transcript) if audio.transcript else ""
    return {**audio.model_dump(), "src": linker.sound(audio.src), "transcript": transcript}
