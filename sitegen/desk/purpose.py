"""What a file of the site is for: what is made from it, and where it shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from sitegen import urls
from sitegen.desk.answer import Answer, Kind
from sitegen.desk.asked import near
from sitegen.desk.look import Look
from sitegen.desk.made import Outputs
from sitegen.desk.standing import Standing
from sitegen.errors import counted
from sitegen.folders import SETTINGS
from sitegen.model import Document, Key
from sitegen.outputs import Copy, Output, Page
from sitegen.plan.copies import file_of, picture_of


class Purposes:
    """The files of one site."""

    def __init__(self, look: Look, outputs: Outputs, standing: Standing) -> None:
        self._look = look
        self._site = look.site
        self._outputs = outputs
        self._standing = standing
        self._documents = {document.source: document for document in look.site.archive.documents}

    def of(self, file: str) -> Answer:
        """What a file is for; `file` is relative to the site."""
        folder, _, name = file.partition("/")
        if file == SETTINGS:
            return self._everywhere(file, "holds the settings.", self._pages(lambda page: True))
        if folder == "content" and self._standing.knows(name):
            return self._text(name)
        if folder == "content" and (document := self._documents.get(name)):
            return self._front(file) if document.kind == "front" else self._term(document)
        if folder == "content" and name in self._look.content.sources:
            return Answer("mistakes", (f"{file} cannot be read as it is.",), file)
        if folder == "content" and name in self._look.content.files:
            return self._attached(name)
        if folder == "static" and (copies := self._outputs.of(file)):
            return self._copied(file, copies)
        if folder == "data" and "." in name:
            return self._data(file, name.rpartition(".")[0])
        if folder == "themes":
            return self._theme(file)
        known = [f"content/{source}" for source in self._look.content.sources]
        known += [f"content/{source}" for source in self._look.content.files]
        known += [f"static/{static.name}" for static in self._look.content.static]
        return Answer("nothing", (f"There is no file {file}.",), near=near(file, known))

    def _text(self, source: str) -> Answer:
        """An article or a standing page."""
        kind = "a standing page" if source in self._documents else "an article"
        made = self._outputs.of(source)
        told = [f"content/{source} is {kind}."]
        if not made:
            told.append(f"Its address will be {self._site.archive.url_of(source)}.")
        answer = Answer("page" if made else "held-back", tuple(told))
        answer = self._standing.of(source, answer)
        others = self._showing(lambda key: self._is_of(key, source), made)
        return replace(answer, pages=tuple(map(self._outputs.made, made)), shown_on=others)

    def _is_of(self, key: Key, source: str) -> bool:
        """Whether a fact is of a source, or of a link to it."""
        kind, _, rest = key.partition(":")
        if kind in ("summary", "body", "corrections", "url"):
            return rest == source
        return kind == "link" and self._leads_to(rest) == source

    def _leads_to(self, ref: str) -> str | None:
        if ref.startswith("file:"):
            return None
        return self._site.archive.source_of(ref)

    def _term(self, document: Document) -> Answer:
        """The file of an author, a tag or another term."""
        kind, slug = document.facts["kind"], document.facts["slug"]
        file = f"content/{document.source}"
        told = f"{file} says what there is to say of the {kind} “{slug}”."
        names = tuple(f"{fact}:{kind}:{slug}:" for fact in ("profile", "term", "portrait"))

        def is_profile(key: Key) -> bool:
            return key.startswith(names[0])

        fronts = self._pages(lambda page: any(map(is_profile, page.keys())))
        if not fronts:
            told += " No published article names it, so that it has no page and shows nowhere."
            return Answer("unused", (told,), file)
        others = self._showing(lambda key: key.startswith(names), fronts)
        return Answer(
            "page", (told,), file, pages=tuple(map(self._outputs.made, fronts)), shown_on=others
        )

    def _front(self, file: str) -> Answer:
        homes = self._pages(lambda page: page.family == "home")
        told = f"{file} chooses the first stories of the home page."
        return Answer("page", (told,), file, pages=tuple(map(self._outputs.made, homes)))

    def _attached(self, name: str) -> Answer:
        """A picture or another file beside articles."""
        file = f"content/{name}"
        copies = self._outputs.of(name)
        if copies:
            return self._copied(file, copies)
        users = [a.source for a in self._site.articles if name in map(file_of, a.refs)]
        told = f"{file} is not published: no page that readers can see shows it or links to it."
        if users:
            told += f" It belongs to content/{users[0]}, which is not published."
        return Answer("unused", (told,), file)

    def _copied(self, file: str, copies: list[Output]) -> Answer:
        made = tuple(map(self._outputs.made, copies))
        whole = [copy for copy in copies if not (isinstance(copy, Copy) and copy.form)]
        if whole:
            path = whole[0].path
            told = f"{file} is published as it is, at {urls.url_of(path)}."
        else:
            path = copies[0].source
            told = f"{file} is shown to readers in {counted(len(copies), 'other form')}."
        others = self._showing(lambda key: _file_in(key) == path, ())
        return Answer("page", (told,), file, pages=made, shown_on=others)

    def _data(self, file: str, name: str) -> Answer:
        pages = self._showing(lambda key: key == f"data:{name}", ())
        told = f"{file} is data that pages ask for by the name “{name}”."
        return Answer("file" if pages else "unused", (told,), file, shown_on=pages)

    def _theme(self, file: str) -> Answer:
        """A template, a text or another file of a theme."""
        theme, name = self._look.theme.name, file.partition("/")[2]
        templates = {key for key, path in self._look.theme.files.items() if path == file}
        if templates:
            uses = self._outputs.drawn_in
            pages = self._pages(lambda page: not templates.isdisjoint(uses(page.template)))
            return self._everywhere(file, "is a template.", pages)
        inner = name.partition("/")[2]
        if inner.startswith("static/"):
            copies = self._outputs.of(f"theme: {inner.removeprefix('static/')}")
            if copies:
                return self._copied(file, copies)
        if inner.startswith("i18n/"):
            pages = self._pages(lambda page: True)
            return self._everywhere(file, "holds words of the theme.", pages)
        return Answer("unused", (f"{file} is not used by the theme “{theme}”.",), file)

    def _everywhere(self, file: str, what: str, pages: Collection[Output]) -> Answer:
        told = f"{file} {what} Every page listed here depends on it."
        shown_on = tuple(urls.url_of(page.path) for page in pages)
        kind: Kind = "file" if pages else "unused"
        return Answer(kind, (told,), file, shown_on=shown_on)

    def _pages(self, wanted: Callable[[Page], bool]) -> list[Output]:
        return [o for o in self._site.outputs if isinstance(o, Page) and wanted(o)]

    def _showing(self, wanted: Callable[[Key], bool], but: Iterable[Output]) -> tuple[str, ...]:
        """The addresses of pages that need such a fact, without those of `but`."""
        own = {output.path for output in but}
        pages = self._pages(lambda page: page.path not in own and any(map(wanted, page.keys())))
        return tuple(urls.url_of(page.path) for page in pages)


def _file_in(key: Key) -> str:
    """The file that a fact leads to or shows; empty: it is of something else."""
    kind, _, rest = key.partition(":")
    return file_of(rest) if kind == "link" else picture_of(key)
