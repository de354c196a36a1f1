"""A part of a site at a moment: some of its outputs, worked out without the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from sitegen import urls
from sitegen.config import Config
from sitegen.errors import Problem
from sitegen.index.articles import Articles
from sitegen.index.asked import Asked
from sitegen.index.changes import Change
from sitegen.index.notes import summarised
from sitegen.index.store import Store
from sitegen.model import Key, Moment
from sitegen.outputs import Copy, Output, Page, Text
from sitegen.plan import Files, depends_on_others, finished, of_all_pages, output_at, standing
from sitegen.plan.articles import facts_of_file, page_at
from sitegen.plan.copies import of_content, of_the_site, used
from sitegen.plan.twins import with_twins
from sitegen.render.policy import security_policy
from sitegen.render.theme import Theme
from sitegen.site import Site, facts_of, inputs_of, theme_files
from sitegen.site.content import Content
from sitegen.site.digests import FileDigests
from sitegen.site.located import in_content
from sitegen.site.wishes import data_names, wishes_of


class Part:
    """A site for readers that is known to have no mistakes: none are looked for."""

    def __init__(
        self,
        folder: Path,
        config: Config,
        theme: Theme,
        store: Store,
        content: Content,
        moment: Moment,
    ) -> None:
        articles = self._articles = Articles(store)
        self.problems: list[Problem] = []
        themes_own = theme_files(theme, folder, FileDigests(store), self.problems)
        self.files = Files(content.static, themes_own, content.files)
        self.archive = Asked(articles, articles.documents(), config, moment)
        self.wishes = wishes_of(theme)
        self._replaced = content.replaced
        self._static = content.static_changed
        self._config = config
        self._store = store
        self._theme = theme
        known = (folder, self.archive, theme, self.files, articles, self.problems)
        self.facts = facts_of(*known)

    def knows(self, files: Iterable[str]) -> bool:
        """Whether there is an article or a document of any of some files (`content/…`)."""
        return bool(self._articles.of([file.removeprefix("content/") for file in files]))

    def data_facts(self) -> list[Key]:
        """The facts that are made of files in data/."""
        return [f"data:{n}" for n in sorted(data_names(self.archive.documents, self.wishes))]

    def facts_of_terms(self, changes: Iterable[Change]) -> list[Key]:
        """The facts that are made of what files of terms say."""
        told = [change.profile for change in changes if change.profile]
        langs = self._config.all_languages
        names = [f"{kind}:{slug}:{lang}" for kind, slug in told for lang in langs]
        return [f"{fact}:{name}" for name in names for fact in ("term", "profile", "portrait")]

    def facts_of_files(self) -> list[Key]:
        """The facts that files of content/ and static/ are behind which changed."""
        named = [(a, name) for name in self._replaced for a in self.archive.naming_file(name)]
        facts = [key for article, name in named for key in facts_of_file(article, name)]
        if self._static:  # there may be other icons
            facts += [f"site:{lang}" for lang in self._config.all_languages]
        return facts

    def notes(self) -> list[Problem]:
        """What a build tells of single files; see `Site.warnings`."""
        told = dict(self._articles.told())
        return [in_content(note) for note in summarised(told, self._config)]

    def lists(self) -> Iterator[Page]:
        """The standing pages that list articles."""
        for page in standing.pages(self.archive, self._config):
            wish = self.wishes.get(page.template)
            if page.values.get("lists") or (wish and wish.lists):
                yield page

    def site(
        self,
        paths: Iterable[str],
        touched: Mapping[str, Page | None],
        is_there: Callable[[Copy], bool],
        as_is: Iterable[str],
    ) -> Site | None:
        """The outputs at `paths`, and what is planned where edits `touched` the site.

        Those copies are added that these pages show and that are not there, and those of files that
        changed; `as_is` are such of content/ that are published as they are. None where an output
        follows from all others, two would be one, or the theme lacks a page's template.
        """
        asked = (self.archive, self._config, self.files, self.wishes)
        pages = list(finished(filter(None, touched.values()), *asked[:2], self.wishes))
        if any(page.template not in self._theme.templates for page in pages):
            return None
        made: list[Page | Copy | Text] = [*pages, *self._as_they_are(as_is)]
        outputs: dict[str, Output] = {}
        for output in with_twins(made, self._config):
            if outputs.setdefault(output.path, output) != output:
                return None
        for path in paths:
            if path in outputs:
                continue
            if depends_on_others(path, self.files):
                return None
            if found := output_at(path, *asked, security_policy(self._config)):
                outputs[path] = found
        shown = [output for output in outputs.values() if isinstance(output, Page)]
        content = self.files.content
        copies = of_content(used(shown, content), self._config, content)
        for output in with_twins((c for c in copies if not is_there(c)), self._config):
            if outputs.setdefault(output.path, output) != output:
                return None
        every = list(outputs.values())
        inputs = inputs_of(self.facts, self._theme, self._store)
        return Site(self.archive, self.facts, inputs, every, [], self.problems, [], {}, [], [])

    def _as_they_are(self, as_is: Iterable[str]) -> Iterator[Copy]:
        """What is copied of files that changed, of static/ and of content/."""
        changed = [file for file in self.files.static if file.name in self._static]
        yield from of_the_site(self._config, changed, ())
        yield from of_content(
            {f"link:file:{name}" for name in as_is}, self._config, self.files.content
        )

    def copied_of(self, files: Iterable[str]) -> set[str]:
        """The paths of what is copied of some files of content/ that only articles show."""
        naming = (article for file in files for article in self.archive.naming_file(file))
        paths = {urls.path_of(article.url) for article in naming}
        pages = filter(None, (page_at(self.archive, path) for path in sorted(paths)))
        shown = used(finished(pages, self.archive, self._config, self.wishes), self.files.content)
        return {copy.path for copy in of_content(shown, self._config, self.files.content)}

    @cached_property
    def _places(self) -> Collection[str]:
        """Of all that is there whatever pages there are."""
        every = of_all_pages(self.archive, self._config, self.files)
        return {urls.same_place(output.path) for output in every}

    def makes(self, path: str) -> bool:
        """Whether anything is to be at a path, or nearly, as far as that is easily said."""
        if urls.same_place(path) in self._places:
            return True
        asked = (self.archive, self._config, self.files, self.wishes)
        others = depends_on_others(path, self.files)
        return others or output_at(path, *asked, security_policy(self._config)) is not None
