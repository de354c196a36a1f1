"""What pages weigh, whom they ask, and that nothing in them complains."""

from __future__ import annotations

import gzip
import re

import pytest

from tests.browser.demo import ALL, Demo
from tests.browser.reader import Reader

WORDS = re.compile(r"\w+")


def test_an_article_of_500_words_is_light(demo: Demo, reader: Reader) -> None:
    """PF-01: compressed sizes, and all that is asked for."""
    path, html = next(
        (path, html)
        for path, html in demo.pages.items()
        if 'class="byline"' in html
        and 'class="hero"' not in html
        and "<audio" not in html
        and 400 <= len(WORDS.findall(re.sub(r"<[^>]*>", " ", html.partition("<main")[2]))) <= 900
    )
    assert len(gzip.compress(html.encode(), mtime=0)) <= 15 * 1024
    page = reader.open("/" + path.removesuffix("index.html"))
    kinds = [request.resource_type for request in reader.requests]
    assert kinds.count("stylesheet") == kinds.count("script") == kinds.count("document") == 1
    assert len(reader.requests) <= 5, [request.url for request in reader.requests]
    weight = sum(
        len(gzip.compress(response.body(), mtime=0))
        for request in reader.requests
        if (response := request.response())
    )
    assert weight <= 50 * 1024
    assert page.title()


@pytest.mark.parametrize("kind", ALL)
def test_pages_ask_nobody_else_store_nothing_and_break_no_rule_of_their_own(
    kind: str, demo: Demo, visitor: Reader
) -> None:
    """SO-08, TR-13, PF-08: the reader fails for errors, refusals of the policy, other hosts."""
    for address in demo.addresses(kind):
        page = visitor.open(address)
        stored = "[localStorage.length, sessionStorage.length, document.cookie.length]"
        assert page.evaluate(stored) == [0, 0, 0]
    assert visitor.context.cookies() == []
    assert {request.url.startswith(visitor.origin) for request in visitor.requests} == {True}


def test_the_policy_refuses_what_is_inline_or_from_elsewhere(reader: Reader) -> None:
    """PF-08: it does work."""
    reader.expected += ["Content Security Policy", "https://other.example/"]
    page = reader.open("/about/")
    done = page.evaluate(
        """async () => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.head.append(script);
            document.body.setAttribute("style", "opacity: .5");
            const image = new Image();
            const loaded = new Promise(done => {
                image.onload = () => done(true);
                image.onerror = () => done(false);
            });
            image.src = "https://other.example/x.png";
            return [!!window.ran, getComputedStyle(document.body).opacity, await loaded];
        }"""
    )
    assert done == [False, "1", False]


def test_every_picture_has_its_measures_and_only_the_first_is_urgent(
    demo: Demo, reader: Reader
) -> None:
    """PF-03."""
    seen = 0
    for path, html in demo.pages.items():
        pictures = re.findall(r"<img\b[^>]*>", html)
        seen += len(pictures)
        for picture in pictures:
            for name in ("width", "height", "alt"):
                assert f" {name}=" in picture, f"{path}: {picture}"
        urgent = [picture for picture in pictures if 'fetchpriority="high"' in picture]
        assert len(urgent) <= 1, path
        assert not any('loading="lazy"' in picture for picture in urgent), path
        for story in re.findall(r'<div class="story">.*?</article>', html, re.DOTALL):
            assert all('loading="lazy"' in p for p in re.findall(r"<img\b[^>]*>", story)), path
        if 'class="hero"' in html:
            assert len(urgent) == 1, path
    assert seen > 20
