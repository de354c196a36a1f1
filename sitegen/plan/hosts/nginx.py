"""nginx: maps of old addresses for `http`, and the rest of a site for `server`.

Format: nginx.org/en/docs/http/ngx_http_map_module.html and its neighbours. A map's names are
compared without case, by a hash: 40,000 cost no more than one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from sitegen import serving, urls
from sitegen.outputs import Text
from sitegen.plan.hosts.told import Told, regex
from sitegen.serving import HOST_FOLDER

_BUCKET, _SIZE = 64, 2048
"""Bytes of a bucket of a map's hash, and of the hash: nginx's own where that is enough."""
_Pairs = Iterable[tuple[str, str]]


def files(told: Told) -> Iterator[Text]:
    """What is to be included: two files in `http { }`, the third in the site's `server { }`.

    The sizes are apart, because they may be set once for all the sites of a server.
    """
    maps = {"moved": list(_moved(told)), "gone": list(_gone(told))}
    sizes = _sizes([old for pairs in maps.values() for old, _ in pairs])
    yield Text(f"{HOST_FOLDER}/nginx-sizes.conf", sizes)
    yield Text(f"{HOST_FOLDER}/nginx-http.conf", _http(told, maps))
    yield Text(f"{HOST_FOLDER}/nginx.conf", _server(told))


def _sizes(names: list[str]) -> str:
    longest = max((len(name.encode()) for name in names), default=0)
    bucket = max(_BUCKET, 1 << (longest + 32).bit_length())
    size = max(_SIZE, 1 << len(names).bit_length())
    return f"map_hash_bucket_size {bucket};\nmap_hash_max_size {size};\n"


def _variable(told: Told, name: str) -> str:
    """Of this site alone: a server may have several."""
    site = told.config.site.base_url.partition("://")[2].strip("/")
    return f"sitegen_{name}_{re.sub(r'[^a-z0-9]+', '_', site.lower())}"


def _http(told: Told, maps: dict[str, list[tuple[str, str]]]) -> str:
    caches = _by_place(told, lambda rule: rule.cache)
    shared = _by_place(told, lambda rule: "*" if rule.shared else "")
    lines = [
        *_map("uri", _variable(told, "moved"), maps["moved"]),
        *_map("request_uri", _variable(told, "below"), _below(told)),
        *_map("uri", _variable(told, "gone"), maps["gone"]),
        *_map("uri", _variable(told, "cache"), caches, serving.PAGE),
        *_map("uri", _variable(told, "shared"), shared),
    ]
    return "\n".join([*lines, ""])


def _map(of: str, name: str, pairs: _Pairs, default: str = "") -> Iterator[str]:
    yield f"map ${of} ${name} {{"
    yield f'  default "{default}";'
    yield from (f'  "{old}" "{new}";' for old, new in pairs)
    yield "}"


def _moved(told: Told) -> Iterator[tuple[str, str]]:
    for redirect in told.single():
        new = _value(told.location(redirect.new))
        yield from ((old, new) for old in _forms(told.path(redirect.old)))


def _forms(old: str) -> Iterator[str]:
    """A folder's address without its slash too: it is not there, so nothing adds it."""
    yield old
    if old.endswith("/") and old != "/":
        yield old[:-1]


def _value(address: str) -> str:
    """An address in which nginx finds no variable."""
    return address.replace("$", "%24")


def _below(told: Told) -> Iterator[tuple[str, str]]:
    """Of the request as it came: decoded, it could hold line ends, and a header must not."""
    for redirect in told.below():
        rest = "$sitegen_rest" if redirect.new.endswith("*") else ""
        old = regex(urls.encode(told.path(redirect.old)))
        group = rf"(?<{rest[1:]}>[^?#]*)" if rest else ""
        yield f"~*^{old}{group}", _value(told.location(redirect.new)) + rest


def _gone(told: Told) -> Iterator[tuple[str, str]]:
    for url in told.withdrawn:
        yield told.path(url), "1"
    for redirect in told.gone():
        if redirect.below:
            yield f"~^{regex(told.path(redirect.old))}", "1"
        else:
            yield from ((old, "1") for old in _forms(told.path(redirect.old)))


def _by_place(told: Told, value: Callable[[serving.Rule], str]) -> Iterator[tuple[str, str]]:
    for pattern, rule in told.patterns().items():
        if found := value(rule):
            yield f"~{pattern}", found


def _server(told: Told) -> str:
    moved, below, gone = (_variable(told, name) for name in ("moved", "below", "gone"))
    lines = [
        "index index.html;",
        "absolute_redirect off;",
        "charset utf-8;",
        "charset_types text/css text/csv text/javascript text/plain;",
        f"default_type {serving.UNKNOWN};",
        "types {",
        *(f"  {kind} {' '.join(suffixes)};" for kind, suffixes in serving.types().items()),
        "}",
        f"if (${moved}) {{ return 301 ${moved}; }}",
        f"if (${below}) {{ return 301 ${below}; }}",
        f"if (${gone}) {{ return 410; }}",
        f"location ^~ {told.base}/{HOST_FOLDER}/ {{ return 404; }}",
        *_headers(told),
        *_twins(told),
        *_errors(told, gone),
        *_types(told),
    ]
    return "\n".join([*lines, ""])


def _headers(told: Told) -> Iterator[str]:
    for name, value in told.headers.items():
        yield f'add_header {name} "{value}" always;'
    yield f"add_header Cache-Control ${_variable(told, 'cache')} always;"
    yield f"add_header Access-Control-Allow-Origin ${_variable(told, 'shared')};"


def _twins(told: Told) -> Iterator[str]:
    """The module for Brotli is not always there; without it, the line would stop the server."""
    codings = told.config.build.precompress
    if "gz" in codings:
        yield "gzip_static on;"
    if "br" in codings:
        yield "# brotli_static on;  # with the module ngx_brotli"


def _errors(told: Told, gone: str) -> Iterator[str]:
    """The notice of a withdrawn article is the page of its 410."""
    for number, (prefix, page) in enumerate(told.not_found()):
        lines = [
            f'error_page 404 "{page}";',
            f'error_page 403 =404 "{page}";',
            f"error_page 410 @{gone};",
        ]
        if number:
            yield f'location "{unquote(prefix)}" {{ {" ".join(lines)} }}'
        else:
            yield from lines
            files = f'$uri "${{uri}}index.html" "{unquote(page)}"'
            yield f"location @{gone} {{ try_files {files} =410; }}"


def _types(told: Told) -> Iterator[str]:
    for pattern, rule in told.patterns().items():
        if rule.type:
            yield f'location ~ "{pattern}" {{ types {{ }} default_type {rule.type}; }}'
