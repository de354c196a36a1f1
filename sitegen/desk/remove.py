"""An article is taken back: what that touches is worked out from the site before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sitegen import urls
from sitegen.config import Config
from sitegen.desk import answers
from sitegen.desk.changes import Put
from sitegen.desk.edit import edited, matter_in, written
from sitegen.desk.source import CONTENT, Source, find_source, replace_file
from sitegen.desk.visible import Visible, readable, visible
from sitegen.desk.whole import (
    OUTPUT,
    Inquiry,
    Whole,
    forget,
    holders_of,
    outputs_of,
    states_of,
)
from sitegen.errors import Misuse, Problem
from sitegen.model import Article, Document, State
from sitegen.outputs import File
from sitegen.plan.copies import file_of
from sitegen.read.names import name_for
from sitegen.read.place import Place
from sitegen.serving import for_hosts
from sitegen.site import Site


@dataclass(frozen=True, slots=True)
class Effects:
    """What taking an article back touches."""

    urls: tuple[str, ...]
    """Every whole address whose answer changes, the article's own first."""
    files: tuple[File, ...]
    """Of content/, that nothing else uses."""
    static: tuple[str, ...]
    """Files of static/ that nothing else shows; they stay published."""
    translations: tuple[str, ...]
    """Sources of the same article in other languages."""
    problems: tuple[Problem, ...]
    """What the next build will stop at."""
    readable: bool
    """Whether the article has no mistakes; else `urls` are not all."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What is to be done, before anything is."""

    site: Path
    state: Path
    source: Source
    effects: Effects
    holders: tuple[Path, ...]
    """Other output folders, such as the preview's, that hold a page of it until they are built."""
    data: bytes | None = None
    """The file's new bytes when the article is withdrawn; None when the file is to go."""
    since: str = ""
    """From when it is withdrawn, when that is not at once."""

    def carry_out(self, *, with_files: bool = False) -> None:
        """Do it, and leave nothing of the text in the state."""
        if self.data is not None:
            replace_file(self.source.path, self.data)
        else:
            self._delete(with_files)
        forget(self.site, states_of(self.state), self.source.place.source)
        answers.forget(self.state)

    def _delete(self, with_files: bool) -> None:
        self.source.path.unlink()
        for file in self.effects.files if with_files else ():
            Path(file.path).unlink(missing_ok=True)
        if self.source.path.stem == "index":
            with suppress(OSError):  # something else is in it
                self.source.path.parent.rmdir()


def removal(inquiry: Inquiry, name: str) -> Removal:
    """What deleting the file `name` touches. Nothing is changed. Raises Misuse without a file."""
    source = find_source(inquiry.folder, inquiry.config, name)

    def question(whole: Whole) -> Effects:
        return _effects(whole, source.place, whole.without(source.place.source))

    return _removal(inquiry, source, question)


def withdrawal(inquiry: Inquiry, name: str, reason: str, date: datetime) -> Removal:
    """What putting a notice in the place of the article `name` touches. Nothing is changed.

    Raises Misuse for what readers cannot see, SitegenError for an article with mistakes.
    """
    config = inquiry.config
    source = find_source(inquiry.folder, config, name)
    if not reason.strip():
        hint = 'readers are told it: --withdraw "The figures were wrong."'
        raise Misuse(Problem("text-missing", "the withdrawal has no reason", hint=hint))
    before = source.path.read_bytes()
    _refuse_unseen(source, visible(readable(source, before, config), config, inquiry.now))
    matter = matter_in(before, source.place.source, config)
    group = {"date": written(date, matter, config), "reason": reason.strip()}
    field = name_for("withdrawn", matter.values, config.front_matter, config.taxonomies)
    data = edited(before, source.place.source, config, [Put((field,), group)])
    readable(source, data, config)

    def question(whole: Whole) -> Effects:
        return _effects(whole, source.place, whole.with_other(source.place, data))

    then = replace(inquiry, now=max(inquiry.now, date))
    since = group["date"] if date > inquiry.now else ""
    return replace(_removal(then, source, question), data=data, since=since)


def _refuse_unseen(source: Source, seen: Visible) -> None:
    hint = "without --withdraw, sitegen remove deletes the file"
    message = ""
    if source.place.kind != "article":
        message = "only an article can be withdrawn"
    elif seen.state not in (State.LIVE, State.EXPIRED):
        message = f"it cannot be withdrawn: {seen.sentence()}"
    if message:
        raise Misuse(Problem("not-to-withdraw", message, source.name, hint=hint))


def _removal(inquiry: Inquiry, source: Source, question: Callable[[Whole], Effects]) -> Removal:
    effects = inquiry.ask(question)
    holders = holders_of(states_of(inquiry.state), source.place.source)
    others = tuple(folder for folder in holders if folder != inquiry.folder / OUTPUT)
    return Removal(inquiry.folder, inquiry.state, source, effects, others)


def _effects(whole: Whole, place: Place, changed: AbstractContextManager[Site]) -> Effects:
    articles, documents = whole.articles.articles(), whole.articles.documents()
    own = next((article for article in articles if article.source == place.source), None)
    site = whole.site()
    before = outputs_of(site, whole.theme)
    with changed as other:
        after = outputs_of(other, whole.theme)
        problems = [problem for problem in other.errors if problem not in site.errors]
    touched = [path for path, inputs in before.items() if after.get(path) != inputs]
    users = _users(articles, documents)
    folder = place.source.removesuffix("index.md") if place.source.endswith("/index.md") else ""

    def only_here(name: str) -> bool:
        users_of = users.get(name, set())
        beside = bool(folder) and name.startswith(folder)
        return users_of == {place.source} or (beside and not users_of)

    return Effects(
        tuple(_addresses(touched, own, whole.config)),
        tuple(file for name, file in whole.content.files.items() if only_here(name)),
        tuple(file.name for file in whole.content.static if only_here(file.name)),
        tuple(_translations(own, articles)),
        tuple(problems),
        own is not None or any(document.source == place.source for document in documents),
    )


def _addresses(touched: Iterable[str], own: Article | None, config: Config) -> Iterator[str]:
    """Whole addresses: the article's own and its old ones, then the others in their order."""
    shown = (path for path in touched if not for_hosts(path))
    found = dict.fromkeys(sorted(map(urls.url_of, shown)))
    first = [own.url, *own.aliases] if own and own.url in found else []
    base = config.site.base_url.removesuffix("/")
    yield from (base + url for url in dict.fromkeys([*first, *found]))


def _users(articles: Iterable[Article], documents: Iterable[Document]) -> dict[str, set[str]]:
    """File → the sources that use it, drafts too."""
    found: dict[str, set[str]] = {}
    uses = [(article.source, article.refs) for article in articles]
    uses += [(document.source, document.facts.get("refs", ())) for document in documents]
    for source, refs in uses:
        for ref in refs:
            found.setdefault(file_of(ref), set()).add(source)
    return found


def _translations(own: Article | None, articles: Iterable[Article]) -> Iterator[str]:
    if own is None:
        return
    for other in articles:
        pairs = other.pair == own.pair != ""
        same = pairs or f"source:{own.source}" == other.translation_of
        if same and other.source != own.source:
            yield f"{CONTENT}/{other.source}"
