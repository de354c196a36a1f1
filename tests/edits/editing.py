"""Seeded random histories of edits of articles, as editors make them, and of what stands beside.

How each build was planned is counted, so that tests see which histories say something.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import pipeline
from tests.histories import SAID, forgotten, spare_pictures
from tests.picture_files import photo, secretive
from tests.site_test import SETTINGS, SiteTest

TAGS = ("harbour", "tram", "Fishing", "budget", "Harbour", "port")
SITE = f"""{SETTINGS}
[listings]
front = 3
thin = 2

[feeds]
items = 4
"""
PHOTOS = {"a": 1, "b": 2, "c": 1}
"""Pictures that any article may show, by their looks."""
ABOUT_NAMES = "s02.md"
NAMED = """
[redirects]
"/was/" = "/2026/11/s05/"
"/files/*" = "/tags/tram/"

[publisher.policies]
ethics = "/2026/11/s07/"
"""
"""Places that may be empty."""
LISTS = """
extends = "broadsheet"

[lists.trams]
tag = "tram"
section = "politics"
limit = 3

[lists.views]
type = "opinion"
limit = 2
templates = ["front.html", "standing.html", "404.html"]
"""
LISTING = """{{% extends "broadsheet/{}" %}}
{{% block main %}}{{{{ super() }}}}
{{%- for name in lists %}}{{% for card in lists[name] %}}<i>{{{{ card.title }}}}</i>
{{%- endfor %}}{{% endfor %}}{{% endblock %}}
"""
OWN_LIST = """lists:
  politics:
    section: politics
    type: news
    limit: 2
"""
CREDITED = {"alt": "A pier", "credit": "Nobody"}
PICTURES = ("image", "picture")
WHAT = ("tags", "date", "title", "authors", "section")
HOSTS = ("plain", "netlify", "nginx", "cloudflare", "apache", "github-pages")
PIER: dict[str, Any] = {"title": "Pier", "date": "2026-11-09", "tags": ["tide"]}
OPEN = "Open{}.\n\nTwo.\n\nThree{}.\n\nFour."
"""Of which subscribers alone read the third paragraph."""


@contextmanager
def counted() -> Iterator[list[str]]:
    """Whether each build within planned the `whole` site or only what was `edited`."""
    ways: list[str] = []
    decide, decide_for_edits = pipeline._decide, pipeline._decide_for_edits
    with pytest.MonkeyPatch.context() as patch:

        def whole(*args: Any) -> Any:
            ways.append("whole")
            return decide(*args)

        def edited(*args: Any) -> Any:
            found = decide_for_edits(*args)
            ways.extend(["edited"] if found else [])
            return found

        patch.setattr(pipeline, "_decide", whole)
        patch.setattr(pipeline, "_decide_for_edits", edited)
        yield ways


def with_stories(site: SiteTest) -> SiteTest:
    """A site of a few stories, built."""
    for day in range(1, 9):
        site.write(f"s{day}.md", title=f"Story {day}", date=f"2026-11-0{day}", tags=["tide"])
    return site.build().ok()


def edited_alone(site: SiteTest) -> set[str]:
    """What a build makes, which must plan the edits alone and leave what a clean build would."""
    with counted() as ways:
        site.build().ok()
    assert ways == ["edited"]
    assert site.bytes == site.clean_bytes()
    assert {name: site.report[name] for name in SAID} == {
        name: site.clean_report[name] for name in SAID
    }
    return site.rendered


def _story(pick: random.Random, others: Sequence[str], *, steady: bool) -> dict[str, Any]:
    """A new one; `steady` ones seldom bring a listing about, or a link that leads nowhere."""
    tags = TAGS[:1] if steady else TAGS
    months = ((2024, 3), (2025, 10), (2026, 10), (2026, 11), (2026, 11))
    year, month = pick.choice(months[2:] if steady else months)
    date = f"{year}-{month:02}-{pick.randint(1, 26):02}"
    fields: dict[str, Any] = {
        "title": f"Title {pick.randint(1, 9)}",
        "date": f"{date}T{pick.choice((10, 10, 12))}:00:00Z",
        "tags": pick.sample(tags, pick.randint(0, min(len(tags), 3))),
        "authors": pick.sample(("Ann Ray", "Bo Lin"), pick.randint(0, 2)),
        "section": pick.choice(("politics", "sport", "")),
        "type": pick.choice(("news", "news", "opinion", "sponsored")),
        "body": f"Words {pick.randint(1, 99)}.",
    }
    odd: dict[str, Any] = {
        "status": "draft",
        "embargo": "2026-11-25",
        "breaking": "2026-12-01T10:00:00Z",
        "featured": True,
        "noindex": True,
        "corrections": [{"date": "2026-11-20", "text": "A name."}],
        "related": [pick.choice(others)] if others else [],
        "image": {**CREDITED, "src": f"/{pick.choice('ab')}.jpg"},
        "expires": "2026-11-15" if date < "2026-10" else "2026-11-23T10:00:00Z",
    }
    for field in pick.sample(sorted(odd), pick.choice((0, 0, 0, 0, 1, 2))):
        fields[field] = odd[field]
    if others and pick.random() < (0.05 if steady else 0.5):
        address = f"/2026/11/s{pick.randrange(30):02}"
        fields["body"] += f" See [that](/{pick.choice(others)}) and [there]({address})."
    return fields


def asks_for_lists(site: SiteTest) -> SiteTest:
    """Let home, the sections' fronts and two standing pages list articles."""
    site.file("themes/own/theme.toml", LISTS)
    site.file("themes/own/templates/home.html", LISTING.format("home.html"))
    site.file("themes/own/templates/front.html", LISTING.format("front.html"))
    site.file("themes/own/templates/404.html", LISTING.format("404.html"))
    site.write("pages/port.md", f"---\ntitle: Port\n{OWN_LIST}---\n")
    text = (site.folder / "sitegen.toml").read_text("utf-8")
    return site.settings(text.replace("[site]", '[site]\ntheme = "own"'))


class Edits:
    """A random history of edits that editors make, decided by its seed alone."""

    def __init__(self, folder: Path, seed: int, *, clashes: bool = True) -> None:
        """With `clashes` an article may have the address of a listing's page."""
        self._clashes = clashes
        self.random = random.Random(seed)
        host = f'\n[host]\ntarget = "{HOSTS[seed % len(HOSTS)]}"\n'
        listings = '\n[listings.periods]\ntag = "month"\n' if seed % 3 == 0 else ""
        twins = '\n[build]\nprecompress = ["gz"]\n' if seed % 4 == 1 else ""
        formats = 'formats = ["json"]\n' if seed % 7 == 3 else ""
        languages = '\n[languages.ar]\ntitle = "T"\n' if seed % 5 > 2 else ""
        images = "\n[images]\nwidths = [20]\n" if seed % 3 else ""
        self.folders = ("", "ar/") if languages else ("",)
        named = NAMED if seed % 6 == 1 else ""
        more = formats + host + listings + twins + languages + images + named
        self.site = SiteTest(folder, SITE + more)
        self.log: list[str] = []
        self._now = datetime.fromisoformat(self.site.now)
        for name, number in PHOTOS.items():
            self.site.write(f"{name}.jpg", photo(40, 30, number))
        self.stories: dict[str, dict[str, Any]] = {}
        for number in range(14):
            for folder_of in self.folders[: self.random.choice((1, 2))]:
                self.stories[f"{folder_of}s{number:02}.md"] = self._story()
        for path, fields in self.stories.items():
            self.site.write(path, **fields)
        if seed % 2:
            self.site.write("tags/harbour.md", "---\ntitle: Harbour\nmerge: [port]\n---\n")
        self.site.write("pages/about.md", f"---\ntitle: About\n---\nSee [one](/{ABOUT_NAMES}).\n")
        if seed % 4 > 1:
            asks_for_lists(self.site)

    def _seen(self) -> list[str]:
        """The stories that may be linked to, most of which readers see."""
        held = {"status", "embargo", "expires"}
        most = [path for path, story in self.stories.items() if not held & story.keys()]
        return sorted(self.stories if self.random.random() < 0.05 else most)

    def _unnamed(self) -> list[str]:
        """The stories that no file leads to, by their names."""
        told = f"(/{ABOUT_NAMES}) {self.stories.values()}"
        forms = ("/{})", "/{}'", "'{}'")
        return sorted(p for p in self.stories if not any(f.format(p) in told for f in forms))

    def _story(self) -> dict[str, Any]:
        """A new one; in a site of several languages perhaps the translation of any other.

        Such a site is planned as a whole where a listing comes or goes.
        """
        steady = len(self.folders) > 1
        fields = _story(self.random, others := self._seen(), steady=steady)
        if self._clashes and self.random.random() < 0.03:
            fields["url"] = f"/politics/{self.random.choice((2024, 2025, 2026))}/"
        if steady and others and self.random.random() < 0.1:
            fields["translation_of"] = f"/{self.random.choice(others)}"
        return fields

    def edit(self) -> None:
        pick = self.random
        path = pick.choice(sorted(self.stories))
        fields = self.stories[path]
        fresh = self._story()
        what = pick.choice((*WHAT, "add", "publish", "any", "wait", "wait", "remove", *PICTURES))
        if what == "remove":
            path = pick.choice([path] if self._clashes and pick.random() < 0.1 else self._unnamed())
            fields = self.stories.pop(path)
            self.log.append(f"{what} {path}")
            self.site.remove(path)
            if (own := f"{path}.jpg") in str(fields) and pick.random() < 0.8:
                self.site.remove(own)
            return
        if what == "add":
            path = f"{pick.choice(self.folders)}s{pick.randrange(40):02}.md"
            fields = self.stories.setdefault(path, fresh)
        elif what == "publish":
            held = [p for p, story in self.stories.items() if "status" in story]
            path = pick.choice(held or [path])
            self.stories[path].pop("status", None)
            fields = self.stories[path]
        elif what == "wait":
            self._now += timedelta(hours=pick.choice((1, 30)))
            self.site.now = f"{self._now:%Y-%m-%dT%H:%M:%SZ}"
            self.log.append(f"it is {self.site.now}")
            return
        elif what == "any":
            fields.clear()
            fields |= fresh
        elif what == "image":
            fields.pop("image", None)
            if image := pick.choice((None, *"abc", path)):
                focus = pick.choice(("20% 50%", "70% 50%"))
                fields["image"] = {**CREDITED, "src": f"/{image}.jpg", "focus": focus}
            if image == path:
                self.site.write(f"{path}.jpg", photo(40, 30, pick.randrange(5)))
        elif what == "picture":
            fields["body"] = f"Words. ![Pier](/{pick.choice('abc')}.jpg)"
        else:
            fields[what] = fresh[what]
        self.log.append(f"{what} {path}")
        self.site.write(path, **fields)

    def run(self, builds: int) -> Iterator[list[str]]:
        """The differences from a clean build after each build that did not plan the whole site."""
        with counted() as ways:
            self.site.build("--keep-going", "--max-removed", "0")
            ways.clear()
            for _ in range(builds):
                for _ in range(self.random.choice((1, 1, 1, 2, 4))):
                    self.edit()
                self.site.build("--keep-going", "--max-removed", "0")
                assert self.site.exit_code in (0, 4), self.site.output
                self.log.append(" ".join(ways) or "nothing")
                if ways != ["whole"]:
                    yield self.differences()
                ways.clear()

    def differences(self) -> list[str]:
        """Paths whose bytes are not those of a clean build, and what reports tell otherwise."""
        ours = self.site.bytes
        clean = self.site.clean_bytes("--keep-going", "--max-removed", "0")
        paths = ours.keys() | clean.keys()
        different = sorted(path for path in paths if ours.get(path) != clean.get(path))
        said, would_say = self.site.report, self.site.clean_report
        spare = spare_pictures(self.site)
        told = [f"report: {name}" for name in SAID if said[name] != would_say[name]]
        return different + told + [f"spare: {name}" for name in spare] + forgotten(self.site)


FILES = {"doc.csv": b"a,b\n", "plan.pdf": b"%PDF-1.4\n", "own.jpg": secretive()}
"""Files that articles may lead to; the picture says where it was taken."""
PAYWALLS = ("", "\n[paywall]\nteaser = 2\n", "\n[paywall]\ntext_in_page = true\n")
TOLD: tuple[dict[str, Any], ...] = (
    {"series": ["Big Dig"]},
    {"paywall": True},
    {"audio": "/doc.csv"},
    {"silence": ["html-removed"]},
    {"silence": ["picture-elsewhere", "paywall-open", "picture-located"]},
    {"odd": "A field that nobody knows."},
)
"""Fields that builds have something to say of, or that decide what readers get."""
REMARKABLE = (
    " See [it](/doc.csv).",
    " See [where](/own.jpg).",
    " ![Pier](/missing.jpg)",
    " <blink>Words</blink>",
    " {% image %}",
    "\n\nTwo.\n\nThree: [it](/plan.pdf).\n\nFour.",
)


class OddEdits(Edits):
    """Histories in which builds have something to say, and other files than articles change."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, seed)
        text = (folder / "sitegen.toml").read_text("utf-8")
        series = '\n[taxonomies.series]\ntitle = "Series"\n'
        self.site.settings(text + series + PAYWALLS[seed % len(PAYWALLS)])
        for name, data in FILES.items():
            self.site.write(name, data)

    def _story(self) -> dict[str, Any]:
        fields, pick = super()._story(), self.random
        if pick.random() < 0.3:
            fields |= pick.choice(TOLD)
        if pick.random() < 0.3:
            fields["body"] += pick.choice(REMARKABLE)
        return fields

    def edit(self) -> None:
        often = (*(super().edit,) * 7, self._choose, self._rewrite)
        others = (self._break, self._bring, self._pass_over, self._describe)
        self.random.choice((*often, *others))()

    def _choose(self) -> None:
        """Other stories for home, or none."""
        pick = self.random
        self.log.append("front.toml")
        if pick.random() < 0.3:
            (self.site.folder / "content" / "front.toml").unlink(missing_ok=True)
            return
        until = pick.choice(("", "until = 2026-11-24T10:00:00Z\n"))
        stories = pick.sample(self._seen(), 3)
        lead, top = stories[0], stories[1:]
        self.site.write("front.toml", f"lead = {lead!r}\ntop = {top}\n{until}")

    def _break(self) -> None:
        """A file with a mistake comes, is mended, or goes."""
        name = f"bad{self.random.randrange(2)}.md"
        self.log.append(name)
        if not (self.site.folder / "content" / name).exists():
            self.site.write(name, "---\ndate: 2026-11-01\n---\n")
        elif self.random.random() < 0.5:
            self.site.write(name, title="Mended")
        else:
            self.site.remove(name)

    def _bring(self) -> None:
        """A file that may be copied comes back, or goes if nothing leads to it."""
        name = self.random.choice(sorted(FILES))
        self.log.append(name)
        if not (self.site.folder / "content" / name).exists():
            self.site.write(name, FILES[name])
        elif name not in str(self.stories):
            self.site.remove(name)

    def _pass_over(self) -> None:
        """A file that is passed over comes or goes."""
        self.log.append("_index.md")
        if (self.site.folder / "content" / "gone" / "_index.md").exists():
            self.site.remove("gone/_index.md")
        else:
            self.site.write("gone/_index.md", "---\ntitle: Gone\n---\n")

    def _rewrite(self) -> None:
        """A standing page has another text."""
        self.log.append("about")
        text = f"See [one](/{ABOUT_NAMES}). {self.random.randrange(99)}"
        self.site.write("pages/about.md", f"---\ntitle: About\n---\n{text}\n")

    def _describe(self) -> None:
        """Another thing is said of an author or a tag, or for the first time."""
        pick = self.random
        name, lang = pick.choice(("authors/ann-ray", "tags/harbour")), pick.choice(self.folders)
        path = f"{name}.{lang.rstrip('/')}.md" if lang else f"{name}.md"
        file = self.site.folder / "content" / path
        if file.exists() and pick.random() < 0.2:
            self.log.append(f"without {path}")
            file.unlink()
            return
        self.log.append(path)
        merge = "merge: [port]\n" if name == "tags/harbour" and not lang else ""
        title = pick.choice(("", "", f"title: Name {pick.randrange(3)}\n"))
        image = pick.choice(("", "", "image: {src: /a.jpg, alt: A}\n"))
        text = pick.choice(("", "![A](/a.jpg) ", f"[One](/{ABOUT_NAMES}) "))
        role = f"role: Role {pick.randrange(9)}\n"
        self.site.write(path, f"---\n{title}{role}{merge}{image}---\n{text}{pick.randrange(99)}\n")

    def differences(self) -> list[str]:
        found = super().differences()
        same = self.site.errors == self.site.clean_report["errors"]
        return found if same else [*found, "report: errors"]


CONTENT_FILES = ("a.jpg", "b.jpg", "c.jpg", "x/a.jpg", "doc.csv", "talk.mp3")
STATIC_FILES = (
    *("plan.pdf", "table.csv", "still.jpg", "sound.mp3", "LICENCE"),
    *("robots.txt", "favicon.ico", "favicon.svg", "emblem.png"),
)
"""Of the last four, each may decide what other files there are, or what pages say."""
LEADING: tuple[dict[str, Any], ...] = (
    {"body": "See [it](/doc.csv) and [there](/table.csv)."},
    {"body": "See [it](/plan.pdf), [all of it](/b.jpg). ![Pier](/a.jpg)"},
    {"body": "![Pier](/still.jpg) [Free](/LICENCE) [it](table.csv)"},
    {"body": "![Pier](/x/a.jpg) It is [there](/a.jpg), and [there](/c.jpg)."},
    {"body": OPEN.format(" [it](/doc.csv)", " ![Pier](/b.jpg)"), "paywall": True},
    {"audio": "/sound.mp3"},
    {"audio": "/talk.mp3"},
)


class FileEdits(Edits):
    """Histories in which files come and go, or are replaced, or are for subscribers alone."""

    _static = STATIC_FILES

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, seed, clashes=False)
        text = (folder / "sitegen.toml").read_text("utf-8")
        self._icon = "emblem.png" if seed % 3 == 2 else ""
        icon = f'icon = "{self._icon}"\n' if self._icon else ""
        paywall = PAYWALLS[seed % 2 + seed % 4 // 3]
        self.site.settings(text.replace("[site]\n", f"[site]\n{icon}") + paywall)
        if self._icon:
            self.site.file(f"static/{self._icon}", self._emblem())
        if seed % 4 == 0:  # on some file systems it is robots.txt
            self._static = (*STATIC_FILES[:-4], "Robots.txt", *STATIC_FILES[-3:])
        for name in CONTENT_FILES[3:]:
            self.site.write(name, self._bytes(name))

    def _story(self) -> dict[str, Any]:
        fields = super()._story()
        return fields | self.random.choice(LEADING) if self.random.random() < 0.4 else fields

    def edit(self) -> None:
        others = (self._replace, self._replace, self._change, self._sell)
        self.random.choice((*(super().edit,) * 4, *others))()

    def _bytes(self, name: str) -> bytes:
        pick = self.random
        if name.endswith((".jpg", ".png")):
            odd = pick.random()
            if odd < 0.22:
                return secretive() if odd < 0.2 else b"No picture."
            return photo(40, 30, pick.choice((1, 2, pick.randrange(99))))
        return b"a,b\n" * pick.choice((1, 2, 400, 500)) + b"%d\n" % pick.randrange(9)

    def _sell(self) -> None:
        """A story is for subscribers, or no more."""
        path = self.random.choice(sorted(self.stories))
        fields = self.stories[path]
        fields["paywall"] = not fields.get("paywall")
        self.log.append(f"{'paid' if fields['paywall'] else 'free'} {path}")
        self.site.write(path, **fields)

    def _emblem(self) -> bytes:
        return photo(520, 520, self.random.randrange(4), "PNG")

    def _replace(self) -> None:
        """A file of content/ has other bytes, and the name that it had."""
        own = {f"{path}.jpg" for path in self.stories}
        there = (name for name in own if (self.site.folder / "content" / name).exists())
        name = self.random.choice((*CONTENT_FILES, *sorted(there)))
        self.log.append(f"replaced {name}")
        self.site.write(name, self._bytes(name))

    def _change(self) -> None:
        """A file of static/ comes, goes or is replaced."""
        name = self.random.choice(self._static)
        file = self.site.folder / "static" / name
        if self._icon and name == self._icon:
            self.log.append("another icon")
            self.site.file(f"static/{name}", self._emblem())
        elif file.exists() and self.random.random() < 0.4:
            self.log.append(f"without static/{name}")
            file.unlink()
        else:
            self.log.append(f"static/{name}")
            self.site.file(f"static/{name}", self._bytes(name))


class MovingEdits(Edits):
    """Histories in which stories get other addresses, and lead on from those that they had."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, seed, clashes=False)
        text = (folder / "sitegen.toml").read_text("utf-8")
        self.site.settings(text.replace(NAMED, ""))  # what leads on from there stops a build

    def edit(self) -> None:
        others = (self._move, self._move, self._lead, self._rename)
        self.random.choice((*(super().edit,) * 4, *others))()

    def _seen(self) -> list[str]:
        """Also those that will expire."""
        lasting = [path for path, story in self.stories.items() if "expires" in story]
        return sorted({*super()._seen(), *lasting})

    def _move(self) -> None:
        """A story has another address; perhaps the old one leads on, or it is its own again."""
        pick = self.random
        path = pick.choice(sorted(self.stories))
        fields = self.stories[path]
        old = _address(path, fields)
        if pick.random() < 0.6:
            fields["aliases"] = sorted({*fields.get("aliases", ()), old})
        if "slug" in fields and pick.random() < 0.4:
            del fields["slug"]
        else:
            name = "s{:02}" if pick.random() < 0.1 else "p{}"
            fields["slug"] = name.format(pick.randrange(20))
        own = _address(path, fields)
        if pick.random() < 0.8:
            fields["aliases"] = [url for url in fields.get("aliases", ()) if url != own]
        self.log.append(f"{path} moved to {own}")
        self.site.write(path, **fields)

    def _rename(self) -> None:
        """A file lies elsewhere, and its story where it was."""
        path = self.random.choice(self._unnamed())
        folder, _, name = path.rpartition("/")
        new = f"{folder}/{self.random.choice('xyz')}/{name}".lstrip("/")
        if new not in self.stories:
            self.log.append(f"{path} is {new}")
            self.stories[new] = self.stories.pop(path)
            self.site.rename(path, new)

    def _lead(self) -> None:
        """Another address, or one less, leads to a story."""
        pick = self.random
        path = pick.choice(sorted(self.stories))
        fields = self.stories[path]
        every = [*fields.get("aliases", ()), pick.choice(OLD).format(pick.randrange(12))]
        fields["aliases"] = pick.sample(every, pick.randint(0, len(every)))
        self.log.append(f"{fields['aliases']} lead to {path}")
        self.site.write(path, **fields)


OLD = ("/old/{}/", "/Old/{}/", "/old/{}.html", "/o/{}.php", "/2026/11/s{:02}/", "/was/{}/")


def _address(path: str, fields: dict[str, Any]) -> str:
    """Where a story is, unless it says so itself."""
    folder, _, name = path.rpartition("/")
    year, month = fields["date"][:4], fields["date"][5:7]
    slug = fields.get("slug", name.removesuffix(".md"))
    return f"/{folder}/{year}/{month}/{slug}/".replace("//", "/")
