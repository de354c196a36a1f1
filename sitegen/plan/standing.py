"""Standing pages: about, contact, policies; and the page for an address that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen import urls
from sitegen.config import Config
from sitegen.model import Archive, Document, Json, State
from sitegen.outputs import Need, Page
from sitegen.plan.articles import link_keys
from sitegen.plan.declared import declared_needs


def pages(archive: Archive, config: Config) -> Iterator[Page]:
    """The pages of content/pages/, and 404.html."""
    documents = [d for d in archive.documents if d.kind == "page"]
    shown = [d for d in documents if archive.state(d.source) is State.LIVE]
    pairs: dict[str, list[Document]] = {}
    for document in shown:
        pairs.setdefault(document.facts["pair"], []).append(document)
    for document in shown:
        others = [d for d in pairs[document.facts["pair"]] if d.lang != document.lang]
        yield _page(archive, document, others)
    for lang in config.all_languages:
        path = f"{config.prefix(lang)}/404.html".lstrip("/")
        yield Page(path, "404.html", "standing", lang, (), {"indexed": False})


def _page(archive: Archive, document: Document, others: list[Document]) -> Page:
    facts: Mapping[str, Json] = document.facts
    needs: list[Need] = [("standing", f"body:{document.source}")]
    if others:
        needs.append(("translations", tuple(f"url:{other.source}" for other in others)))
    if facts["refs"]:
        needs.append(("_links", link_keys(tuple(facts["refs"]))))
    needs += declared_needs(archive, document.lang, facts["lists"], facts["data"])
    values: dict[str, Json] = {"lists": list(facts["lists"])}
    if facts["draft"]:
        values["held"] = "draft"
    if facts["noindex"]:
        values["indexed"] = False
    return Page(
        urls.path_of(facts["url"]),
        facts["template"],
        "standing",
        document.lang,
        tuple(needs),
        values,
        document.source,
    )
