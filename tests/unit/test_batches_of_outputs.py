"""Outputs for workers: few at a time, few facts at a time, and twins with their page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sitegen.build.rendering import FACTS, TEXTS, _batches
from sitegen.outputs import Coding, Output, Page, Twin
from sitegen.plan.outdated import Stale

CODINGS: Sequence[Coding] = ("gz", "br")


def page(number: int, cards: Iterable[str]) -> Page:
    return Page(f"{number}.html", "t.html", "listings", "en", (("articles", tuple(cards)),))


def batches(outputs: Iterable[Output], most: int = 10) -> list[Sequence[Output]]:
    stale = (Stale(output, b"", b"", "", b"", 0) for output in outputs)
    return [[item.output for item in batch] for batch, _ in _batches(stale, most)]


def test_a_page_is_never_parted_from_its_twins() -> None:
    outputs: list[Output] = []
    for number in range(30):
        each = page(number, (f"summary:{number}-{n}.md" for n in range(FACTS // 3)))
        outputs += [
            each,
            Twin(f"{number}.html.gz", each, "gz"),
            Twin(f"{number}.html.br", each, "br"),
        ]
    texts = page(99, (f"body:{n}.md" for n in range(TEXTS + 9)))
    outputs += [texts, Twin("99.html.gz", texts, "gz")]
    found = batches(outputs)
    assert [output for batch in found for output in batch] == outputs
    assert not any(isinstance(batch[0], Twin) for batch in found)
    assert max(map(len, found)) <= 12


def test_twins_without_their_pages_are_not_all_together() -> None:
    pages = [page(number, [f"body:{number}.md"]) for number in range(3 * TEXTS)]
    twins = [Twin(f"{each.path}.{coding}", each, coding) for each in pages for coding in CODINGS]
    assert [len(batch) for batch in batches(twins, 1000)] == [2 * TEXTS] * 3
    assert [len(batch) for batch in batches(twins[:8], 3)] == [4, 4]


def test_facts_and_texts_that_a_batch_has_already_are_no_more_of_them() -> None:
    cards = [f"summary:{n}.md" for n in range(FACTS - 1)]
    assert len(batches((page(n, cards) for n in range(8)), 10)) == 1
    texts = [f"body:{n}.md" for n in range(TEXTS)]
    assert len(batches((page(n, texts) for n in range(8)), 10)) == 1
    assert (
        len(batches((page(n, (f"body:{n}-{i}.md" for i in range(TEXTS))) for n in range(8)), 10))
        == 8
    )


def test_no_more_than_asked_for_are_together() -> None:
    assert [len(batch) for batch in batches((page(n, ()) for n in range(25)), 10)] == [10, 10, 5]
