"""Facts by key: the stored ones of articles, and those that follow from the archive at a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol
from urllib.parse import unquote

from sitegen import urls
from sitegen.config import Config
from sitegen.digest import canonical, digest
from sitegen.index.answers import Answers
from sitegen.index.articles import STORED
from sitegen.index.store import Damaged
from sitegen.model import REF, Json, Key, ListingId
from sitegen.outputs import File, Image, Size, focus_in
from sitegen.renditions import Rendition, crops, portraits, renditions
from sitegen.serving import media_type

_LINKED = "link:source:"
_MOST = 10_000
"""Facts that stay in memory with their digests, and others with their values."""


class Texts(Protocol):
    """Where the facts are that were read from articles: the state, or what is newer than that."""

    def digests_of(self, keys: Iterable[Key]) -> dict[Key, bytes]: ...

    def values(self, keys: Iterable[Key], *, packed: bool = False) -> dict[Key, bytes]: ...


class FactTable:
    """Every fact that a page may declare. A key that names nothing is a mistake of the plan."""

    def __init__(
        self,
        texts: Texts,
        archive: Answers,
        config: Config,
        files: Mapping[str, File],
        static: Iterable[File],
        shared: Mapping[Key, Json],
        elsewhere: Mapping[str, Size],
    ) -> None:
        """`files` of content/ and `static` ones may be copied; `shared` are facts of the site.

        `elsewhere` are the sizes of pictures that lie with neither, by their names.
        """
        self._texts = texts
        self._archive = archive
        self._config = config
        self._files = files
        self._alone = archive.moment.only
        self._names = {file.name for file in static} | files.keys() if self._alone else set()
        every = (*static, *files.values())
        self._sizes = {**elsewhere, **{file.name: file.size for file in every if file.size}}
        self._lengths = {file.name: file.length for file in every}
        self._shared = {key: canonical(value) for key, value in shared.items()}
        self._values: dict[Key, bytes] = {}

    @cached_property
    def digest(self) -> Callable[[Key], bytes]:
        """The digest of a fact's bytes. Raises Damaged when there is no such fact."""
        return self._digests.__getitem__

    @cached_property
    def _digests(self) -> _Digests:
        return _Digests(self._digest_of)

    def expect(self, keys: Iterable[Key]) -> None:
        """The digests of these facts will be asked for next: those of stored ones are found now.

        What was expected before may be forgotten, and takes longer then.
        """
        if len(self._digests) > _MOST:
            self._digests.clear()
        unknown = [key for key in keys if key not in self._digests]
        new = {key for key in unknown if key.partition(":")[0] in STORED}
        self._digests.update(self._texts.digests_of(sorted(new)))
        self._expect_linked(unknown)

    def _digest_of(self, key: Key) -> bytes:
        if key.partition(":")[0] in STORED:
            if key not in (found := self._texts.digests_of([key])):
                raise Damaged(f"the fact {key} is not there")
            return found[key]
        return digest(self._value(key))

    def values(self, keys: Iterable[Key], *, packed: bool = False) -> dict[Key, bytes]:
        """The bytes of the facts called `keys`; `packed`: those of the state may still be."""
        wanted = dict.fromkeys(keys)
        stored = (key for key in wanted if key.partition(":")[0] in STORED)
        found = self._texts.values(stored, packed=packed)
        self._expect_linked(wanted)
        return found | {key: self._value(key) for key in wanted if key not in found}

    def _expect_linked(self, keys: Iterable[Key]) -> None:
        """The articles that links lead to will be asked for next."""
        links = (key for key in keys if key.startswith(_LINKED) and key not in self._values)
        self._archive.expect({key.removeprefix(_LINKED) for key in links})

    def _value(self, key: Key) -> bytes:
        if (known := self._shared.get(key) or self._values.get(key)) is not None:
            return known
        kind, _, rest = key.partition(":")
        derive = _DERIVED.get(kind)
        if derive is None:
            raise Damaged(f"the fact {key} is not there")
        if len(self._values) > _MOST:
            self._values.clear()
        value = self._values[key] = canonical(derive(self, rest))
        return value

    def _link(self, ref: str) -> str | None:
        """Where a reference in a text leads; None: nowhere yet, so that only its label is shown."""
        kind, _, target = ref.partition(":")
        if kind == "file":
            return self._file(target) if target in self._files else None
        source = self._archive.source_of(ref)
        if source is None:
            name = unquote(target).lstrip("/")
            if kind == "url" and name in self._names:
                return self._file(name)
            return target if kind == "url" else None
        state = self._archive.state(source)
        if state is None or state.held_back:
            return None
        if source == self._alone:
            return urls.path_of("/")
        return self._archive.url_of(source)

    def _file(self, name: str) -> str:
        """The address of a file; beside a page that stands alone it lies wherever that is."""
        return urls.encode(name) if self._alone else f"/{urls.encode(name)}"

    def _picture(self, ref: str) -> Json:
        """A picture as pages show it; `src` is None where there is nothing to show."""
        name = _file_of(ref)
        file = self._files.get(name)
        found = renditions(file, self._config.images) if file else None
        if found is None:
            width, height = self._sizes.get(name) or (0, 0)
            return {"src": self._as_it_is(ref), "width": width, "height": height, "sources": []}
        shown = found.shown
        sources = [_source(some, self._shown) for some in found.better]
        if len(found.usual) > 1:
            sources.append(_source(found.usual, self._shown))
        size = {"width": shown.form.width, "height": shown.form.height}
        return {"src": self._shown(shown), **size, "sources": sources}

    def _as_it_is(self, ref: str) -> str | None:
        """Where a picture is of which nothing is made: in the site, or where its pictures lie."""
        kind, _, target = ref.partition(":")
        base = self._config.images.base_url
        if base and kind == "url" and _file_of(ref) not in self._lengths:
            return base + target.lstrip("/")
        return self._link(ref)

    def _shown(self, rendition: Rendition) -> str:
        return self._file(rendition.path)

    def _hero(self, rest: str) -> Json:
        """What machines are told of an article's own picture beside where it is."""
        focus, _, ref = rest.partition(":")
        file = self._files.get(_file_of(ref))
        image = file.image if file and file.image else Image()
        found = crops(file, self._config.images, focus_in(focus)) if file else ()
        return {
            "crops": [_cut(rendition, self._shown) for rendition in found],
            "creator": image.creator,
            "credit": image.credit,
            "copyright": image.copyright,
            "license": image.license,
            "source_type": image.source_type,
        }

    def _square(self, rest: str) -> Json:
        """A portrait: squares of a picture, the smallest first, or the picture as it is."""
        focus, _, ref = rest.partition(":")
        file = self._files.get(_file_of(ref))
        found = portraits(file, self._config.images, focus_in(focus)) if file else ()
        if not found:
            return {"src": self._as_it_is(ref), "width": 0, "height": 0, "set": []}
        return {**_cut(found[0], self._shown), "set": [_cut(each, self._shown) for each in found]}

    def _length(self, ref: str) -> int | None:
        """Bytes of the sound that a reference names; None: nobody knows."""
        return self._lengths.get(_file_of(ref))

    def _url(self, source: str) -> Json:
        """Address and language of an article or page: what a translation's link needs."""
        return {
            "url": self._archive.url_of(source),
            "lang": self._archive.lang_of(source),
            "indexed": self._archive.is_indexed(source),
        }

    def _term(self, rest: str) -> Json:
        """What an article shows of a tag, author, section or other term."""
        id = _listing(rest)
        profile = self._archive.profile_of(id)
        names = profile["name"] if profile else {}
        name = names.get(id.lang) or self._title_of(id)
        name = name or names.get(self._config.site.language) or self._archive.name_of(id)
        return {"kind": id.kind, "slug": id.slug, "name": name, "url": self._config.front_url(id)}

    def _title_of(self, id: ListingId) -> str:
        if id.kind != "section":
            return ""
        languages = (id.lang, self._config.site.language)
        titles = (self._config.section_texts(id.slug, lang).title for lang in languages)
        return next(filter(None, titles), "")

    def _profile(self, rest: str) -> Json:
        """What a term's own front shows beside its name."""
        id = _listing(rest)
        facts = self._archive.profile_of(id)
        if facts is None:
            return self._described(id)
        role, role_lang = self._written(facts["role"], id.lang)
        html, lang = self._written(facts["html"], id.lang)
        return {
            "role": role,
            "role_lang": role_lang,
            "html": html,
            "text": "",
            "lang": lang,
            "image": facts["image"],
            "profiles": facts["links"],
            "links": facts["references"],
            "extra": facts["extra"],
        }

    def _described(self, id: ListingId) -> Json:
        """A section has what the settings say of it; other terms without a file have nothing."""
        texts: dict[str, str] = {}
        if id.kind == "section":
            for lang in (id.lang, self._config.site.language):
                texts[lang] = self._config.section_texts(id.slug, lang).description
        text, lang = self._written(texts, id.lang)
        nothing = {"role": "", "role_lang": id.lang, "html": "", "image": None}
        return {**nothing, "text": text, "lang": lang, "profiles": [], "links": [], "extra": {}}

    def _written(self, texts: Mapping[str, str], lang: str) -> tuple[str, str]:
        """A text and the language that it is in: the page's, else the site's own."""
        for code in (lang, self._config.site.language):
            if text := texts.get(code):
                return text, code
        return "", lang

    def _portrait(self, rest: str) -> Json:
        """What the index of authors shows beside a name: no more, so that a bio is not in it."""
        profile = self._profile(rest)
        image, links = profile["image"], []
        if image and image["src"].startswith(REF):
            links = [profile["links"][int(image["src"].removeprefix(REF))]]
            image = {**image, "src": f"{REF}0"}
        role = {name: profile[name] for name in ("role", "role_lang")}
        return {**role, "image": image, "links": links}


# Not in the table itself: it would refer to itself then, and a preview's old ones would stay.
_DERIVED: Mapping[str, Callable[[FactTable, str], Json]] = {
    "link": FactTable._link,
    "picture": FactTable._picture,
    "hero": FactTable._hero,
    "square": FactTable._square,
    "length": FactTable._length,
    "url": FactTable._url,
    "term": FactTable._term,
    "profile": FactTable._profile,
    "portrait": FactTable._portrait,
}


class _Digests(dict[Key, bytes]):
    """Digests by key; those that were not expected are worked out when they are asked for.

    A dictionary, because an archive's pages ask a quarter of a million times per 10,000 articles.
    """

    def __init__(self, digest_of: Callable[[Key], bytes]) -> None:
        super().__init__()
        self._digest_of = digest_of

    def __missing__(self, key: Key) -> bytes:
        found = self[key] = self._digest_of(key)
        return found


def _source(some: Sequence[Rendition], address: Callable[[Rendition], str]) -> Json:
    """What a browser chooses from: a format, and the widths that there are of it, in pixels."""
    wide = [[address(rendition), rendition.form.width] for rendition in some]
    return {"type": media_type(some[0].path), "set": wide}


def _cut(rendition: Rendition, address: Callable[[Rendition], str]) -> Json:
    size = {"width": rendition.form.width, "height": rendition.form.height}
    return {"src": address(rendition), **size}


def _file_of(ref: str) -> str:
    """The file of content/ or static/ that a reference names."""
    kind, _, target = ref.partition(":")
    return target if kind == "file" else unquote(target).lstrip("/")


def _listing(rest: str) -> ListingId:
    kind, slug, lang = rest.split(":")
    return ListingId(lang, kind, slug)
