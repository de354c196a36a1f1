"""The groups of `sitegen.toml` for files that machines look for: robots.txt, security.txt, …"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, model_validator

from sitegen import instants
from sitegen.settings import ReaderLink, Settings


def _line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("it must be one line of visible letters")
    return text


def _rule(text: str) -> str:
    if not re.match(r"#|[A-Za-z][A-Za-z-]*\s*:", _line(text)):
        raise ValueError("it must be a line such as “Disallow: /drafts/”, or a remark behind “#”")
    return text


def _statement(text: str) -> str:
    if not re.match(r"#|[A-Za-z][A-Za-z-]*=", _line(text)):
        raise ValueError("it must be a line such as “belongto=https://association.example/”")
    return text


def _contact(address: str) -> str:
    if not re.fullmatch(r"(https://|mailto:|tel:)[!-~]+", address):
        raise ValueError(
            "it must be an address such as mailto:security@example.org or https://example.org/report"
        )
    return address


def _moment(value: object) -> str:
    """A moment of TOML, or a text, as RFC 3339 in UTC."""
    text = value.isoformat() if isinstance(value, datetime | date) else str(value)
    return instants.utc(instants.parse_instant(text, instants.zone("UTC"))) if text else ""


def _key(key: str) -> str:
    if key and not re.fullmatch(r"[A-Za-z0-9-]{8,128}", key):
        raise ValueError("it must have 8 to 128 letters a to z, digits or “-”")
    return key


class Robots(Settings):
    lines: tuple[Annotated[str, AfterValidator(_rule)], ...] = ()
    """Further lines for all robots (RFC 9309), or for some behind a `User-agent:` of their own."""


class Security(Settings):
    """security.txt (RFC 9116)."""

    contact: tuple[Annotated[str, AfterValidator(_contact)], ...] = ()
    expires: Annotated[str, BeforeValidator(_moment)] = ""
    """RFC 3339, in UTC."""
    encryption: ReaderLink = ""
    policy: ReaderLink = ""

    @model_validator(mode="after")
    def _whole(self) -> Security:
        if bool(self.contact) != bool(self.expires):
            raise ValueError("“contact” and “expires” are needed together (RFC 9116)")
        if not self.contact and (self.encryption or self.policy):
            raise ValueError("without “contact” and “expires” there is no security.txt")
        return self

    @property
    def ends(self) -> int:
        """When it expires, in seconds since 1970."""
        return instants.to_seconds(datetime.fromisoformat(self.expires))


class Trust(Settings):
    """trust.txt, as JournalList specifies it."""

    lines: tuple[Annotated[str, AfterValidator(_statement)], ...] = ()


class Llms(Settings):
    publish: bool = False
    """Whether llms.txt is written."""


class IndexNow(Settings):
    key: Annotated[str, AfterValidator(_key)] = ""
    """Empty: there is no file for it."""
