"""Apache: `.htaccess`, which needs no more than `AllowOverride FileInfo`.

Format: httpd.apache.org/docs/2.4/mod/core.html, mod_alias, mod_headers.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from sitegen import serving
from sitegen.outputs import Text
from sitegen.plan.hosts.told import Told, regex


def files(told: Told) -> Iterator[Text]:
    """The one file."""
    lines = [
        "AddDefaultCharset utf-8",
        *_types(),
        *_errors(told),
        *_redirects(told),
        *_headers(told),
    ]
    yield Text(".htaccess", "\n".join([*lines, ""]))


def _types() -> Iterator[str]:
    for kind, suffixes in serving.types().items():
        yield f"AddType {kind} {' '.join(f'.{suffix}' for suffix in suffixes)}"


def _errors(told: Told) -> Iterator[str]:
    """The notice of a withdrawn article is the page of its 410."""
    for number, (prefix, page) in enumerate(told.not_found()):
        lines = [f"ErrorDocument {status} {page}" for status in (404, 410)]
        if number:
            yield from _where(rf"^{regex(unquote(prefix))}", lines)
        else:
            yield from lines
    for url in told.withdrawn:
        path = f"{told.base}{url}"
        page = f"{path}index.html" if path.endswith("/") else path
        yield from _where(rf"^{regex(told.path(url))}$", [f'ErrorDocument 410 "{page}"'])
        yield f'RedirectMatch 410 "^{regex(told.path(url))}$"'


def _where(pattern: str, lines: list[str]) -> Iterator[str]:
    yield f'<If "%{{REQUEST_URI}} =~ m#{pattern}#">'
    yield from (f"  {line}" for line in lines)
    yield "</If>"


def _redirects(told: Told) -> Iterator[str]:
    """`Redirect` would take all that is below an address along, so it is not used."""
    yield r'RedirectMatch 404 "/\.htaccess$"'
    for redirect in told.gone():
        end = "" if redirect.below else "$"
        yield f'RedirectMatch 410 "^{_form(told.path(redirect.old), redirect.below)}{end}"'
    for redirect in told.single():
        old = _form(told.path(redirect.old), below=False)
        yield f'RedirectMatch 301 "^{old}$" "{_target(told.location(redirect.new))}"'
    for redirect in told.below():
        rest = "$1" if redirect.new.endswith("*") else ""
        old = _form(told.path(redirect.old), below=True)
        yield f'RedirectMatch 301 "^{old}(.*)$" "{_target(told.location(redirect.new))}{rest}"'


def _form(old: str, below: bool) -> str:
    """A folder's address without its slash too: it is not there, so nothing adds it."""
    pattern = regex(old)
    return f"{pattern}?" if old.endswith("/") and old != "/" and not below else pattern


def _target(address: str) -> str:
    """An address with its path decoded: Apache encodes it again, and finds “$1” in it."""
    parts = urlsplit(address)
    return parts._replace(path=unquote(parts.path).replace("$", r"\$")).geturl()


def _headers(told: Told) -> Iterator[str]:
    yield "<IfModule mod_headers.c>"
    for name, value in told.headers.items():
        yield f'Header always set {name} "{value}"'
    yield f'Header set Cache-Control "{serving.PAGE}"'
    for pattern, rule in told.patterns().items():
        where = f'"expr=%{{REQUEST_URI}} =~ m#{pattern}#"'
        yield f'Header set Cache-Control "{rule.cache}" {where}'
        if rule.type:
            yield f'Header set Content-Type "{rule.type}" {where}'
        if rule.shared:
            yield f'Header set Access-Control-Allow-Origin "*" {where}'
    yield "</IfModule>"
