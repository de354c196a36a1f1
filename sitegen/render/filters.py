"""What templates can do beside Jinja's own: texts, dates, numbers, groups. All of it is pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateRuntimeError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from sitegen import i18n, instants
from sitegen.instants import zone
from sitegen.model import Json
from sitegen.render.addresses import absolute, address, href, length
from sitegen.render.labels import unlabelled
from sitegen.render.links import linked
from sitegen.render.shown import measures, picture, pictured, square
from sitegen.render.social import social_image
from sitegen.render.structured import (
    breadcrumbs,
    faq_page,
    json_ld,
    news_article,
    profile_page,
    web_site,
)
from sitegen.render.syndication import as_json, cdata, hexadecimal, media_type, rfc3339, syndicated

if TYPE_CHECKING:  # a theme is read with pydantic, which workers need not load
    from sitegen.render.chain import Strings


_ARABIC_THE = "ال"
"""The article that Arabic writes as one word with its noun; indexes pass over it."""


@pass_context
def text(context: Context, key: str, **values: object) -> str:
    """The theme's text called `key`, in the page's language, with its {names} filled in.

    A text that has plural classes is chosen by `count`; numbers are written as the language does.
    """
    strings: Strings = context["_strings"]
    found = strings.get(key)
    if found is None:
        lang = context["page"]["lang"]
        raise TemplateRuntimeError(f"the theme has no text called “{key}” for {lang}")
    if not isinstance(found, str):
        count = values.get("count")
        if not isinstance(count, int):
            raise TemplateRuntimeError(f"the text “{key}” needs a number: |t(count=…)")
        by_class: Mapping[str, str] = found
        chosen = i18n.plural_class(count, context["page"]["lang"])
        found = by_class.get(chosen, by_class["other"])
    for name, value in values.items():
        shown = number(context, value) if isinstance(value, int) else str(value)
        found = found.replace(f"{{{name}}}", shown)
    return found


@pass_context
def type_label(context: Context, name: str) -> str:
    """What readers are told of a type of article: the settings' word for it, else the theme's."""
    labels: Mapping[str, str] = context["site"]["types"]
    return labels[name] if name in labels else text(context, f"type_{name}")


@pass_context
def kind_label(context: Context, name: str) -> str:
    """The name of the index of all tags, authors or terms of a taxonomy."""
    labels: Mapping[str, str] = context["site"]["taxonomies"]
    return labels[name] if name in labels else text(context, f"all_{name}")


@pass_context
def read_in(context: Context, lang: str) -> str:
    """“Read in English” in English, by the theme's texts; else the name of the language."""
    strings: Strings = context["_strings"]
    keys = (f"read_in_{lang}", f"read_in_{lang.partition('-')[0]}")
    found = next((key for key in keys if key in strings), None)
    return text(context, found) if found else i18n.language_name(lang)


@pass_context
def number(context: Context, value: int) -> str:
    """A number as the page's language groups it, in the site's digits."""
    return _in_digits(context, i18n.number(value, context["page"]["lang"]))


@pass_context
def money(context: Context, amount: int, currency: str) -> str:
    """A whole amount in a currency (ISO 4217), as the page's language writes it."""
    return _in_digits(context, i18n.money(amount, currency, context["page"]["lang"]))


@pass_context
def minutes(context: Context, words: int) -> int:
    """Minutes that reading so many words takes, at least one."""
    return i18n.minutes(words, context["page"]["lang"], context["site"]["words_per_minute"])


def _in_digits(context: Context, text: str) -> str:
    return i18n.in_digits(text, context["site"]["digits"])


@pass_context
def date(context: Context, instant: str) -> str:
    """An instant's or day's date in words."""
    return _in_digits(context, i18n.long_date(instant[:10], context["page"]["lang"]))


@pass_context
def time(context: Context, instant: str) -> str:
    """An instant's time of day in the site's zone, with the zone's name."""
    timezone: str = context["site"]["timezone"]
    return _in_digits(context, i18n.clock_time(instant, timezone, context["page"]["lang"]))


@pass_context
def period(context: Context, name: str) -> str:
    """`2026-11` as “November 2026”; `2026` in the site's digits."""
    lang = context["page"]["lang"]
    return _in_digits(context, i18n.month_name(name, lang) if "-" in name else name)


@pass_context
def day_of_month(context: Context, day: str) -> str:
    """`2026-11-05` as “5”."""
    return _in_digits(context, str(int(day[8:10])))


@pass_context
def calendar(context: Context, name: str) -> i18n.Month:
    """The sheet of `2026-11`: `weekdays` and `weeks`, as the page's language begins its week."""
    return i18n.month_sheet(name, context["page"]["lang"])


@pass_context
def day_and_month(context: Context, instant: str) -> str:
    """`2026-11-05` as “5 November”."""
    return _in_digits(context, i18n.day_and_month(instant[5:10], context["page"]["lang"]))


@pass_context
def month(context: Context, name: str) -> str:
    """`2026-11` as “November”."""
    return i18n.month_alone(name, context["page"]["lang"])


def rows(periods: Iterable[Sequence[Json]]) -> list[tuple[str, list[Json]]]:
    """Months (name, address, count) in rows of a year, years in rows of ten, None for a gap.

    What a chart of an archive's whole life is drawn from; the rows come newest first.
    """
    found: dict[str, list[Json]] = {}
    for entry in periods:
        name: str = entry[0]
        if "-" in name:
            found.setdefault(name[:4], [None] * 12)[int(name[5:]) - 1] = entry
        else:
            decade = f"{name[:3]}0–{name[:3]}9"  # no year's name: its row leads to none
            found.setdefault(decade, [None] * 10)[int(name[3])] = entry
    return sorted(found.items(), reverse=True)


@pass_context
def initials(context: Context, row: Sequence[Json]) -> tuple[str, ...]:
    """What stands below the bars of a row of `rows`: the months' shortest names, or 0 to 9."""
    if len(row) == 12:
        return i18n.month_initials(context["page"]["lang"])
    return tuple(_in_digits(context, str(year)) for year in range(10))


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


def by_month(cards: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Cards in their order, grouped by the month of their dates."""
    groups = groupby(cards, key=lambda card: card["date"][:7])
    return [(month, list(group)) for month, group in groups]


def of_kind(terms: Iterable[Mapping[str, Any]], kind: str) -> list[Mapping[str, Any]]:
    """The terms of one kind: tags, authors, the section, a taxonomy's."""
    return [term for term in terms if term["kind"] == kind]


def by_letter(terms: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Terms by name, under the letter that each begins with; accents and “al-” do not count."""
    plain = ((_plain(term["name"]), term) for term in terms)
    ordered = sorted((_initial(name), name, term["slug"], term) for name, term in plain)
    groups = groupby(ordered, key=lambda entry: entry[0])
    return [(letter, [entry[3] for entry in group]) for letter, group in groups]


def _plain(name: str) -> str:
    name = name.strip().casefold()
    if name.startswith(_ARABIC_THE) and len(name) > len(_ARABIC_THE) + 1:
        name = name.removeprefix(_ARABIC_THE)
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()


def _initial(plain: str) -> str:
    first = next((c for c in plain if c.isalnum()), "#")
    return "#" if first.isdecimal() else first.upper()


def size(count: int, most: int) -> int:
    """How large a term is shown, 1 to 5: by the number of its articles, each step twice as many."""
    return max(1, 5 - (most.bit_length() - count.bit_length()))


@pass_context
def joined(context: Context, parts: Iterable[str]) -> Markup:
    """“A, B and C”, as the page's language does it; the parts may be HTML."""
    return Markup(i18n.joined([str(escape(part)) for part in parts], context["page"]["lang"]))


@pass_context
def foreign(context: Context, lang: str) -> Markup:
    """The attributes `lang` and `dir` of what is not in the page's language (WCAG 2.2, 3.1.2)."""
    if lang == context["page"]["lang"]:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(lang, i18n.direction(lang))


@pass_context
def versions(
    context: Context, others: Iterable[Mapping[str, Any]], item: Mapping[str, Any] | None = None
) -> list[tuple[str, str]]:
    """(hreflang, address) of a page in all its languages, the page itself and `x-default` too.

    Of `item`, or of this page; `others` are its translations. Every version gives the same list,
    as search engines ask; where there is but one that they may show, it is empty. `x-default` is
    the first in the order of the settings: the site's own language, if the page is in it.
    """
    own = context["page"] if item is None else item
    found = {own["lang"]: own["url"]}
    for other in others:
        if other["indexed"]:
            found.setdefault(other["lang"], other["url"])
    if len(found) < 2:
        return []
    languages = [language["lang"] for language in context["site"]["languages"]]
    ordered = [(lang, found[lang]) for lang in languages if lang in found]
    return [*ordered, ("x-default", ordered[0][1])]


def utc(instant: str) -> str:
    """An instant as RFC 3339 in UTC. Offsets of long ago hold seconds, which XML's dates do not."""
    return instants.utc(datetime.fromisoformat(instant))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "t": text,
    "href": href,
    "absolute": absolute,
    "linked": linked,
    "address": address,
    "measures": measures,
    "picture": picture,
    "pictured": pictured,
    "square": square,
    "bytes": length,
    "media_type": media_type,
    "syndicated": syndicated,
    "hexadecimal": hexadecimal,
    "cdata": cdata,
    "as_json": as_json,
    "rfc3339": rfc3339,
    "date": date,
    "time": time,
    "period": period,
    "day_of_month": day_of_month,
    "calendar": calendar,
    "rows": rows,
    "initials": initials,
    "type_label": type_label,
    "kind_label": kind_label,
    "read_in": read_in,
    "number": number,
    "money": money,
    "minutes": minutes,
    "local": local,
    "rfc822": rfc822,
    "utc": utc,
    "versions": versions,
    "month": month,
    "day_and_month": day_and_month,
    "direction": i18n.direction,
    "locale": i18n.territory_locale,
    "foreign": foreign,
    "by_day": by_day,
    "by_month": by_month,
    "by_letter": by_letter,
    "size": size,
    "of_kind": of_kind,
    "unlabelled": unlabelled,
    "joined": joined,
    "social_image": social_image,
    "news_article": news_article,
    "faq_page": faq_page,
    "breadcrumbs": breadcrumbs,
    "web_site": web_site,
    "profile_page": profile_page,
    "json_ld": json_ld,
}
