"""What templates can do beside Jinja's own: texts, dates, addresses, links. All of it is pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import groupby
from typing import Any

from jinja2 import TemplateRuntimeError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from sitegen import i18n
from sitegen.instants import zone
from sitegen.model import Json

_ANCHOR = re.compile(r'<a( [^>]*?)? href="sitegen-ref:(\d+)"([^>]*)>(.*?)</a>', re.DOTALL)
_PICTURE = re.compile(r'<img( [^>]*?)? src="sitegen-ref:(\d+)"([^>]*)>')


@pass_context
def text(context: Context, key: str, **values: object) -> str:
    """The theme's text called `key`, in the page's language, with its {names} filled in."""
    strings: Mapping[str, str] = context["_strings"]
    if key not in strings:
        lang = context["page"]["lang"]
        raise TemplateRuntimeError(f"the theme has no text called “{key}” for {lang}")
    found = strings[key]
    for name, value in values.items():
        found = found.replace(f"{{{name}}}", str(value))
    return found


@pass_context
def href(context: Context, url: str) -> str:
    """An address of this site as a link on it writes it: with the base path, if there is one."""
    base: str = context["site"]["base_path"]
    return base + url.removeprefix("/") if url.startswith("/") else url


@pass_context
def absolute(context: Context, url: str) -> str:
    """The whole address, for machines and other sites."""
    base: str = context["site"]["base_url"]
    return base + url.removeprefix("/") if url.startswith("/") else url


@pass_context
def linked(context: Context, html: str, item: Mapping[str, Json]) -> Markup:
    """HTML of an article, page or profile (`item`) with its references resolved.

    A link to what readers cannot see yet is its label alone.
    """
    if "sitegen-ref:" not in html:
        return Markup(html)
    targets = [_target(context, ref) for ref in item["links"]]

    def anchor(match: re.Match[str]) -> str:
        target = targets[int(match[2])]
        if target is None:
            return match[4]
        return f'<a{match[1] or ""} href="{escape(target)}"{match[3]}>{match[4]}</a>'

    def picture(match: re.Match[str]) -> str:
        target = targets[int(match[2])]
        return f'<img{match[1] or ""} src="{escape(target)}"{match[3]}>' if target else ""

    return Markup(_PICTURE.sub(picture, _ANCHOR.sub(anchor, html)))


@pass_context
def address(context: Context, written: str, item: Mapping[str, Json]) -> str:
    """The address of a picture or sound of `item`'s front matter; empty: there is none to show."""
    if not written.startswith("sitegen-ref:"):
        return href(context, written)
    return _target(context, item["links"][int(written.partition(":")[2])]) or ""


def _target(context: Context, ref: Mapping[str, str]) -> str | None:
    address: str | None = context["_fetch"](f"link:{ref['to']}")
    return None if address is None else href(context, address) + ref["tail"]


@pass_context
def date(context: Context, instant: str) -> str:
    """An instant's or day's date in words."""
    return i18n.long_date(instant[:10], context["page"]["lang"])


@pass_context
def time(context: Context, instant: str) -> str:
    """An instant's time of day in the site's zone, with the zone's name."""
    timezone: str = context["site"]["timezone"]
    return i18n.clock_time(instant, timezone, context["page"]["lang"])


@pass_context
def period(context: Context, name: str) -> str:
    """`2026-11` as “November 2026”; a year as it is."""
    return i18n.month_name(name, context["page"]["lang"]) if "-" in name else name


@pass_context
def local(context: Context, instant: str) -> str:
    """An instant as ISO 8601 with the offset of the site's zone."""
    return datetime.fromisoformat(instant).astimezone(zone(context["site"]["timezone"])).isoformat()


def rfc822(instant: str) -> str:
    """An instant as RSS writes it (RFC 822 with a four-digit year), in GMT."""
    return format_datetime(datetime.fromisoformat(instant).astimezone(UTC), usegmt=True)


def by_day(cards: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Cards in their order, grouped by the day of their dates."""
    return [(day, list(group)) for day, group in groupby(cards, key=lambda card: card["date"][:10])]


def of_kind(terms: Iterable[Mapping[str, Any]], kind: str) -> list[Mapping[str, Any]]:
    """The terms of one kind: tags, authors, the section, a taxonomy's."""
    return [term for term in terms if term["kind"] == kind]


def unlabelled(html: str, *labels: str) -> Markup:
    """HTML without a label at its start that the theme itself writes: “Why this matters: …”."""
    for label in labels:
        name = re.escape(str(escape(label)))
        mark = rf"{name}\s*(?:[:–—-]\s*(?:</\2>)?|</\2>\s*[:–—-])\s*"
        if match := re.match(rf"(\s*<p>)?\s*(?:<(strong|b|em)>)?{mark}", html, re.IGNORECASE):
            rest = html[match.end() :]
            return Markup((match[1] or "") + rest[:1].upper() + rest[1:])
    return Markup(html)


@pass_context
def joined(context: Context, parts: Iterable[str]) -> Markup:
    """“A, B and C”, as the page's language does it; the parts may be HTML."""
    return Markup(i18n.joined([str(escape(part)) for part in parts], context["page"]["lang"]))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "t": text,
    "href": href,
    "absolute": absolute,
    "linked": linked,
    "address": address,
    "date": date,
    "time": time,
    "period": period,
    "local": local,
    "rfc822": rfc822,
    "by_day": by_day,
    "of_kind": of_kind,
    "unlabelled": unlabelled,
    "joined": joined,
}
