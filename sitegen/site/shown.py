"""What edits do to the files that articles show: which may be copied, and which warnings count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from urllib.parse import unquote

from sitegen.index.articles import in_order
from sitegen.index.asked import Asked
from sitegen.model import PICTURE, Article, Document, Edit
from sitegen.plan import Files
from sitegen.plan.copies import file_of
from sitegen.site.content import Content


@dataclass(frozen=True)
class Shown:
    """Looks at the files of a site in which articles were edited."""

    archive: Asked
    files: Files
    content: Content
    told: Collection[str]
    """The codes of the last build's warnings."""

    def counts_as_before(self, edit: Edit) -> bool:
        """Whether warnings count, of what readers see now, all that they counted of an article.

        Some (`paywall-open`, `picture-elsewhere`, `picture-located`) say of how many articles or
        files they are, and name the first, which may silence them for all.
        """
        before, after = (article and self._counted_of(article) for article in edit)
        return before in (None, after)

    def _counted_of(self, article: Article) -> tuple[object, ...] | None:
        """What warnings may count of an article, and its place among all."""
        refs = (*article.refs, *article.open_refs)
        counted = tuple(r for r in refs if self._is_counted(r, sounds=r in article.recording))
        published = tuple(r for r in self.archive.refs_of(article) if r in counted)
        paid = article.paywall and self.archive.config.paywall.text_in_page
        place = (article.lang, in_order(article))
        return (counted, published, paid, place) if counted or paid else None

    def _is_counted(self, ref: str, *, sounds: bool) -> bool:
        name = file_of(ref)
        if name in self.content.lost:  # it was there, and may have told where it was taken
            return "picture-located" in self.told
        if name in self.content.added:  # it was missing
            return True
        if self.is_located(name):
            return True
        shown = ref.startswith(PICTURE) and not self.is_picture(ref)
        return shown or (sounds and not self.is_file(ref))

    def are_settled(self, edits: Sequence[Edit], edited: Collection[str]) -> bool:
        """Whether nothing but the `edited` articles follows from which files come and go."""
        content, dropped = self.content, self.dropped(edits)
        moved = {*dropped, *content.lost, *content.static_changed}
        if not _names(self.of_documents).isdisjoint(moved):
            return False
        new = {change.source for change in content.changes or () if change.moved}
        old = (d.facts["refs"] for d in self._documents if d.source not in new)
        if not _names(chain.from_iterable(old)).isdisjoint(content.added):
            return False
        missed = any(self._is_wanted(name, ()) for name in content.lost)
        wanted = any(self._is_wanted(name, edited) for name in content.added)
        if missed or wanted or not self._are_let_go(dropped):
            return False
        edited_now = (article for edit in edits for article in edit.both)
        naming = map(self.archive.naming_file, content.static_changed)
        return not any(map(self._shows_static, chain(edited_now, *naming)))

    def _shows_static(self, article: Article) -> bool:
        """Whether it shows or plays a file of static/ that changed, or links to one of its name
        beside itself, of which may be told whether it is there. Addresses lead there as before.
        """
        refs = (*article.refs, *article.open_refs)
        shown = [ref for ref in refs if not ref.startswith("url:")]
        names = map(file_of, (*shown, *article.recording))
        return any(name in self.content.static_changed for name in names)

    def dropped(self, edits: Iterable[Edit]) -> set[str]:
        """The files of which less may be copied than before, or something else, by name."""
        return {*self.content.replaced, *(name for edit in edits for name in self._dropped(edit))}

    def _dropped(self, edit: Edit) -> set[str]:
        """The files that an article does not show any more as it did."""
        before, after = (self._files(a) if a else set() for a in edit)
        names = {file_of(ref) for ref in before - after}
        if edit.before and edit.after and _in_sight(edit.before) != _in_sight(edit.after):
            names.add(file_of(edit.before.picture))
        there, lost = self.files.content, self.content.lost
        return {name for name in names if name in there or name in lost}

    def _files(self, article: Article) -> set[str]:
        """What its page shows or links to, as far as it may be a file."""
        return {ref for ref in self.archive.refs_of(article) if file_of(ref)}

    def _are_let_go(self, dropped: Collection[str]) -> bool:
        """Whether no other file has the bytes of those: such pictures are one in the output."""
        files = self.files.content.items() if dropped else ()
        ours = {file.digest for name, file in files if name in dropped}
        others = {file.digest for name, file in files if name not in dropped}
        were = (*self.content.lost.values(), *self.content.replaced.values())
        return others.isdisjoint({*ours, *were})

    def _is_wanted(self, name: str, edited: Collection[str]) -> bool:
        """Whether an article that was not `edited` may refer to a file that came or went."""
        return any(article.source not in edited for article in self.archive.naming_file(name))

    @cached_property
    def of_documents(self) -> Sequence[str]:
        """What pages and files of terms refer to."""
        return [ref for document in self._documents for ref in document.facts["refs"]]

    @property
    def _documents(self) -> Iterator[Document]:
        return (document for document in self.archive.documents if document.kind != "front")

    @cached_property
    def _static(self) -> Collection[str]:
        return {file.name for file in self.files.static}

    def is_there(self, ref: str) -> bool:
        """Whether a file of content/ is what it names."""
        return file_of(ref) in self.files.content

    def is_located(self, name: str) -> bool:
        """Whether a file says where it was taken: linked to, it is published as it is."""
        file = self.files.content.get(name)
        return bool(file and file.image and file.image.located)

    def is_picture(self, ref: str) -> bool:
        """Whether there is nothing to say of it, or it lies elsewhere."""
        name = file_of(ref)
        file = self.files.content.get(name)
        if file is None:
            elsewhere = name in self._static or bool(self.archive.config.images.base_url)
            return ref.startswith(f"{PICTURE}url:") and elsewhere
        refused = self.archive.config.images.svg == "refuse"
        image = file.image
        return image is None or not (
            image.trouble or image.located or (refused and image.format == "svg")
        )

    def is_file(self, ref: str) -> bool:
        name = file_of(ref)
        return name in self.files.content or (ref.startswith("url:") and name in self._static)


def _names(refs: Iterable[str]) -> set[str]:
    """The names of files that references may be of."""
    return {unquote(ref.partition(":")[2]).lstrip("/") for ref in refs}


def _in_sight(article: Article) -> tuple[str, str]:
    """Its own picture, and what of that must stay in sight."""
    return article.picture, article.focus
