"""The types of front matter: what each field may hold. pydantic checks all of them at once."""

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
)

from sitegen import urls
from sitegen.advice import silenceable
from sitegen.instants import parse_instant, to_seconds
from sitegen.lists import DeclaredList
from sitegen.model import TYPES
from sitegen.read.matter import Plain
from sitegen.read.sanitise import words_of
from sitegen.validation import Written

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\u200b\u2060\ufeff]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Reading:
    """What validation needs to know beside the value: pydantic's context."""

    zone: ZoneInfo
    ascii_slugs: bool
    types: tuple[str, ...]
    languages: tuple[str, ...]


def plain_text(value: object) -> object:
    """A text on one line, entities made characters, control and zero-width characters removed."""
    if not isinstance(value, str):
        return value
    if "&" in value:
        value = html.unescape(value)
    return unicodedata.normalize("NFC", " ".join(_CONTROL.sub("", value).split()))


def _without_tags(value: object) -> object:
    """A standfirst is text: other systems' tags in it go, their words stay."""
    if isinstance(value, str) and _TAG.search(value):
        value = words_of(value)
    return plain_text(value)


def _marked(value: object) -> object:
    return _CONTROL.sub("", value).strip() if isinstance(value, str) else value


def _listed(value: object) -> object:
    return value if isinstance(value, list) or value is None else [value]


def _name(value: object) -> object:
    """`authors` may hold maps, as other systems write them: the name is what counts."""
    return value.get("name", value) if isinstance(value, dict) else value


def _reading(info: ValidationInfo) -> Reading:
    context = info.context
    assert isinstance(context, Reading), "front matter is validated with a Reading as context"
    return context


def _instant(value: object, info: ValidationInfo) -> datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    if isinstance(value, date):  # an explicit !!timestamp of YAML
        value = str(value)
    if not isinstance(value, str):
        raise ValueError("this must be a date such as 2026-11-22 06:30")
    return parse_instant(value, _reading(info).zone)


def _slug(value: str, info: ValidationInfo) -> str:
    value = unicodedata.normalize("NFC", value)
    if "/" in value:
        raise ValueError("a slug is one part of an address; it cannot hold “/”")
    urls.check_segment(value)
    return urls.slug_of(value, ascii_only=True) if _reading(info).ascii_slugs else value


class Several(tuple[object, ...]):
    """Values that several fields of an article give to one of ours: the latest instant counts."""


def _latest(value: object, info: ValidationInfo) -> object:
    if isinstance(value, Several):
        return max((_instant(each, info) for each in value), key=to_seconds)
    return value


def _web_address(value: str) -> str:
    if not re.match(r"https?://[^/\s]", value):
        raise ValueError("this must be a whole address that begins with https://")
    return value


def _file(value: str) -> str:
    if re.match(r"(?!https?://)[A-Za-z][A-Za-z0-9+.-]*:", value):
        raise ValueError("this must be the path of a file, or an address that begins with https://")
    return value


def _type(value: str, info: ValidationInfo) -> str:
    known = (*TYPES, *_reading(info).types)
    if value not in known:
        raise ValueError(f"there is no article type “{value}”; there are {', '.join(known)}")
    return value


def _lang(value: str, info: ValidationInfo) -> str:
    known = _reading(info).languages
    if value not in known:
        raise ValueError(f"the site has no language “{value}”; it has {', '.join(known)}")
    return value


def _template(value: str) -> str:
    if not re.fullmatch(r"[\w-]+(/[\w-]+)*\.html", value):
        raise ValueError("this must be the name of a template, which ends in .html")
    return value


def _alias(value: str) -> str:
    if "?" in value:
        raise ValueError(
            "no host of files tells apart what follows “?” in an address; write this one into the "
            "configuration of your own nginx or Apache, or leave it out"
        )
    return urls.clean_url(value)


def _focus(value: str) -> str:
    if not re.fullmatch(r"(100|[0-9]{1,2})% (100|[0-9]{1,2})%", value):
        raise ValueError("this must be two percentages such as “60% 30%”")
    return value


def typed(value: Any) -> Any:
    """`value` with its plain scalars as numbers and truth values, by YAML 1.2's core schema."""
    if isinstance(value, dict):
        return {str(key): typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    if not isinstance(value, Plain):
        return value if isinstance(value, str | int | float | bool | None) else str(value)
    if value in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return value.lower() == "true"
    if _INTEGER.fullmatch(value) and len(value) < 16:
        return int(value)
    if _FLOAT.fullmatch(value) and len(value) < 24:
        return float(value)
    return str(value)


ONE = Written(one=True)
Text = Annotated[str, BeforeValidator(plain_text), Written("line")]
Prose = Annotated[str, BeforeValidator(_without_tags), Written("text")]
Marked = Annotated[str, BeforeValidator(_marked), Written("markdown")]
Blocks = Annotated[Marked, Written("blocks")]
Instant = Annotated[datetime, BeforeValidator(_instant), Written("moment")]
Slug = Annotated[str, AfterValidator(_slug), Written("slug")]
Url = Annotated[str, AfterValidator(urls.clean_url), Written("address")]
Alias = Annotated[str, AfterValidator(_alias), Written("address")]
WebAddress = Annotated[Text, AfterValidator(_web_address), Written("web")]
Lang = Annotated[Text, AfterValidator(_lang), Written("language")]
Template = Annotated[Text, AfterValidator(_template), Written("template")]
Name = Annotated[Text, BeforeValidator(_name), Written("name")]
File = Annotated[Text, AfterValidator(_file)]
Texts = Annotated[list[Text], BeforeValidator(_listed), ONE]
Code = Annotated[Text, AfterValidator(silenceable), Written("code")]
Codes = Annotated[list[Code], BeforeValidator(_listed), ONE]
Names = Annotated[list[Name], BeforeValidator(_listed), ONE]
Aliases = Annotated[list[Alias], BeforeValidator(_listed), ONE]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _from_word(field: str) -> BeforeValidator:
    """A group that may be written as its one most important value."""

    def widen(value: object) -> object:
        return {field: value} if isinstance(value, str) else value

    return BeforeValidator(widen)


def _breaking(value: object, info: ValidationInfo) -> bool | datetime:
    """`true`, `false`, or the instant at which it ends."""
    word = str(value).lower() if isinstance(value, str | bool) else ""
    if word in ("true", "yes", "on", "false", "no", "off"):
        return word in ("true", "yes", "on")
    try:
        return _instant(value, info)
    except ValueError:
        if word[:1].isdigit():
            raise  # what is wrong with a date is told as of any other
        raise ValueError(
            "this must be true, or the instant at which it ends; write it like 2026-11-22 18:00"
        ) from None


class Image(_Part):
    src: Annotated[File, Written("picture")]
    alt: Text = ""
    caption: Marked = ""
    credit: Text = ""
    focus: Annotated[Text, AfterValidator(_focus), Written("focus")] | None = None
    creator: Text = ""
    copyright: Text = ""
    license: WebAddress | None = None
    decorative: bool = False
    """It shows nothing that the text does not say: then it has no alt text, and needs none."""


class Question(_Part):
    question: Text
    answer: Blocks


class Source(_Part):
    title: Text = ""
    url: WebAddress | None = None
    publisher: Text = ""


class Correction(_Part):
    date: Instant
    text: Marked
    minor: bool = False


class Withdrawal(_Part):
    date: Instant
    reason: Text = ""


class Ai(_Part):
    use: Literal["generated", "assisted", "none"]
    reviewed_by: Text = ""


class Audio(_Part):
    src: Annotated[File, Written("audio")]
    title: Text = ""
    transcript: File = ""
    duration: Text = ""


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _source(value: object) -> object:
    if not isinstance(value, str):
        return value
    return {"url": value} if value.startswith(("http://", "https://")) else {"title": value}


class FrontMatter(_Part):
    """An article's fields; DESIGN's table of front matter, as types."""

    title: Annotated[Text, Field(min_length=1)]
    date: Instant
    slug: Slug | None = None
    url: Url | None = None
    section: Text = ""
    tags: Names = Field(default_factory=list)
    authors: Names = Field(default_factory=list)
    summary: Prose = ""
    kicker: Text = ""
    short_title: Text = ""
    description: Prose = ""
    updated: Instant | None = None
    image: Annotated[
        Image | None,
        _from_word("src"),
        BeforeValidator(_first),
        Written(word="src", first=True),
    ] = None
    key_points: Annotated[list[Marked], BeforeValidator(_listed), ONE] = Field(default_factory=list)
    why_it_matters: Blocks = ""
    what_it_means: Blocks = ""
    faq: list[Question] = Field(default_factory=list)
    breaking: Annotated[bool | datetime, PlainValidator(_breaking), Written("breaking")] = False
    type: Annotated[Text, AfterValidator(_type), Written("kind")] = "news"
    sources: Annotated[
        list[Annotated[Source, BeforeValidator(_source), Written(word="title")]],
        BeforeValidator(_listed),
        ONE,
    ] = Field(default_factory=list)
    corrections: list[Correction] = Field(default_factory=list)
    status: Literal["draft", "published"] = "published"
    embargo: Annotated[Instant, BeforeValidator(_latest)] | None = None
    expires: Instant | None = None
    withdrawn: Withdrawal | None = None
    aliases: Aliases = Field(default_factory=list)
    related: Texts = Field(default_factory=list)
    translation_of: Text = ""
    featured: bool = False
    lang: Lang | None = None
    canonical_url: WebAddress | None = None
    noindex: bool = False
    paywall: bool = False
    ai: Annotated[Ai | None, _from_word("use"), Written(word="use")] = None
    audio: Annotated[Audio | None, _from_word("src"), Written(word="src")] = None
    template: Template | None = None
    silence: Codes = Field(default_factory=list)
    extra: Annotated[Mapping[str, Any], BeforeValidator(typed)] = Field(default_factory=dict)


class StandingFields(_Part):
    """A standing page's fields."""

    title: Annotated[Text, Field(min_length=1)]
    slug: Slug | None = None
    url: Url | None = None
    summary: Text = ""
    description: Text = ""
    updated: Instant | None = None
    status: Literal["draft", "published"] = "published"
    lang: Lang | None = None
    noindex: bool = False
    aliases: Aliases = Field(default_factory=list)
    template: Template | None = None
    lists: Mapping[str, DeclaredList] = Field(default_factory=dict)
    data: Texts = Field(default_factory=list)
    silence: Codes = Field(default_factory=list)
    extra: Annotated[Mapping[str, Any], BeforeValidator(typed)] = Field(default_factory=dict)


def _link(value: str) -> str:
    if not re.match(r"(https?://[^/\s]|mailto:|tel:|/(?!/))", value):
        raise ValueError("this must be an address that begins with https://, mailto: or /")
    return value


class ProfileLink(_Part):
    label: Text
    url: Annotated[Text, AfterValidator(_link), Written("link")]


class TermFields(_Part):
    """The fields of an author's, tag's or other term's file."""

    name: Text | Mapping[str, Text] = ""
    title: Text | Mapping[str, Text] = ""
    role: Text | Mapping[str, Text] = ""
    bio: Blocks | Mapping[str, Blocks] = ""
    description: Blocks | Mapping[str, Blocks] = ""
    image: Annotated[Image | None, _from_word("src"), Written(word="src")] = None
    links: list[ProfileLink] = Field(default_factory=list)
    merge: Texts = Field(default_factory=list)
    silence: Codes = Field(default_factory=list)
    extra: Annotated[Mapping[str, Any], BeforeValidator(typed)] = Field(default_factory=dict)
