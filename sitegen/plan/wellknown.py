"""Files that others look for at fixed addresses: robots.txt, security.txt, and what is asked for.

A file of static/ at one of these addresses takes the place of ours: whoever wrote one by hand meant
it. A preview is for nobody's search engine, whatever static/ says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sitegen import urls
from sitegen.config import Config
from sitegen.model import Archive
from sitegen.outputs import File, Page, Text
from sitegen.plan import sitemaps

ROBOTS = "robots.txt"
SECURITY = ".well-known/security.txt"
TRUST = "trust.txt"
LLMS = "llms.txt"


def pages(archive: Archive, config: Config, static: Collection[File]) -> Iterator[Page | Text]:
    """Each of these files that the settings ask for and static/ does not hold."""
    if archive.moment.preview:
        yield _lines(ROBOTS, ["User-agent: *", "Disallow: /"])
        return
    taken = {urls.same_place(file.name) for file in static}
    for page in _pages(config):
        if urls.same_place(page.path) not in taken:
            yield page


def published(archive: Archive, static: Iterable[File]) -> Iterator[File]:
    """The files of static/ that are copied: in a preview no robots.txt, which might invite them."""
    for file in static:
        if not (archive.moment.preview and urls.same_place(file.name) == ROBOTS):
            yield file


def _pages(config: Config) -> Iterator[Page | Text]:
    yield _lines(ROBOTS, _robots(config))
    if config.security.contact:
        yield _lines(SECURITY, _security(config))
    if config.trust.lines:
        yield _lines(TRUST, config.trust.lines)
    if config.llms.publish:
        yield Page(LLMS, "llms.txt", "wellknown", config.site.language, ())
    if key := config.indexnow.key:
        # The file is the key and nothing else (indexnow.org), not even the end of a line.
        yield _text(f"{key}.txt", key)


def _robots(config: Config) -> list[str]:
    """Robots Exclusion Protocol (RFC 9309), with the lines of sitemaps.org's protocol."""
    found = (_absolute(config, url) for url in (sitemaps.INDEX, sitemaps.NEWS))
    named = [f"Sitemap: {url}" for url in found]
    return ["User-agent: *", "Disallow:", *config.robots.lines, *named]


def _security(config: Config) -> list[str]:
    """RFC 9116."""
    settings = config.security
    lines = [f"Contact: {contact}" for contact in settings.contact]
    lines.append(f"Expires: {settings.expires}")
    named = (("Encryption", settings.encryption), ("Policy", settings.policy))
    lines += [f"{name}: {_absolute(config, url)}" for name, url in named if url]
    languages = ", ".join(config.all_languages)
    return [*lines, f"Preferred-Languages: {languages}", f"Canonical: {_canonical(config)}"]


def _canonical(config: Config) -> str:
    return _absolute(config, f"/{SECURITY}")


def _absolute(config: Config, url: str) -> str:
    ours = url.startswith("/")
    return f"{config.site.base_url}{url[1:]}" if ours else url


def _lines(path: str, lines: Iterable[str]) -> Text:
    return _text(path, "".join(f"{line}\n" for line in lines))


def _text(path: str, text: str) -> Text:
    return Text(path, text, "wellknown")
