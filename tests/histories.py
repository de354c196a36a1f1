"""Seeded random histories of a site: edits, settings, themes, lost and foreign outputs, kills."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sitegen.config import load_config
from sitegen.digest import digest
from sitegen.errors import SitegenError
from sitegen.index.store import Damaged, Store, damage_raises
from sitegen.pool import pool
from sitegen.site.content import update
from tests.picture_files import broken, photo
from tests.site_test import SiteTest, article

TAGS = ("harbour", "tram", "Fishing", "budget")
AUTHORS = ("Ann Ray", "Bo Lin", "Cy Dahl")
SECTIONS = ("politics", "sport", "")
NAMES = tuple(f"{folder}story-{n}" for folder in ("", "north/", "ar/") for n in range(5))
PICTURES = tuple(f"{folder}{name}.jpg" for folder in ("media/", "north/") for name in "ab")
STEPS = 9
SAID = ("articles", "pages", "bytes", "held_back", "next_due", "left_out", "warnings")
"""What a report says of the site, whatever a build had to do. Not errors: that a picture is broken
may be known from a time when it was shown."""


def spare_pictures(site: SiteTest) -> list[str]:
    """Pictures and icons that the state keeps, by the digests in their names, for no reader.

    One that is damaged stays until it is wanted.
    """
    shown = {digest(data).hex() for data in site.bytes.values()}
    kept = sorted(file.name for file in site.folder.glob(".sitegen/pictures/*/*"))
    return [name for name in kept if name.partition("-")[2] not in shown]


def forgotten(site: SiteTest) -> list[str]:
    """Outputs of which the state remembers something else than that of the last clean build.

    The next edit of what they need would not find them.
    """
    ours = _remembered(site.folder / ".sitegen")
    theirs = _remembered(site.clean_folder / "state")
    paths = sorted(ours.keys() | theirs.keys())
    return [f"state: {path}" for path in paths if ours.get(path) != theirs.get(path)]


def _remembered(state: Path) -> dict[str, tuple[Any, ...]]:
    """What the state knows of outputs; of one picture in two files any of these may be its source,
    because no edit of such files is planned alone.
    """
    with closing(sqlite3.connect(state / "state.db")) as db:
        rows = db.execute("SELECT path, family, inputs, source, needs FROM traces").fetchall()
    return {path: rest[:2] if rest[0] == "pictures" else rest for path, *rest in rows}


class History:
    """One random history of a site, decided by its seed alone."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.site = SiteTest(folder / "site")
        self.log: list[str] = []
        self._old_state = folder / "old-state"
        self._nobodys: set[str] = set()
        self._before: dict[str, bytes] = {}
        self._settings = {"front": 3, "permalink": "/{year}/{month}/{slug}/", "title": "The Test"}
        self._languages = True
        self._write_settings()
        for name in PICTURES:
            self._picture(name)
        for name in self.random.sample(NAMES, 7):
            self._write(name)

    def run(self) -> None:
        """Edit and build a few times, often killed; then build once more, in peace."""
        self._build()
        for _ in range(STEPS):
            self._keep_content()
            for _ in range(self.random.randint(1, 3)):
                edit = self.random.choice(self._edits)
                self.log.append(edit.__name__)
                edit()
            if self.random.random() < 0.4:
                steps = self.random.choice((0, 1, 2, 4, 6, 8, 10, 14, 20, 30, 50))
                self.log.append(f"build killed at step {steps}")
                killed = self.site.crash_after(steps, *self._args())
                if killed and self.random.random() < 0.5:
                    self._revert()
            else:
                self._build()
        self._build()

    def differences(self) -> list[str]:
        """Paths whose bytes are not those of a clean build, and what reports tell otherwise.

        A file that was there when the state was lost is nobody's: it must be reported, and stay.
        """
        ours, clean = self.site.bytes, self.site.clean_bytes(*self._args())
        nobodys = self._nobodys & set(self.site.report["not_owned"])
        paths = (ours.keys() | clean.keys()) - (nobodys - clean.keys())
        different = sorted(path for path in paths if ours.get(path) != clean.get(path))
        said, would_say = dict(self.site.report), self.site.clean_report
        said["warnings"] = [w for w in said["warnings"] if w["code"] != "now-earlier"]
        return different + [f"report: {name}" for name in SAID if said[name] != would_say[name]]

    def _build(self) -> None:
        self.log.append("build")
        self.site.build(*self._args())
        assert self.site.exit_code in (0, 4), (self.log, self.site.output)

    def _args(self) -> list[str]:
        return ["--keep-going", "--max-removed", "0"]

    @property
    def _edits(self) -> list[Callable[[], None]]:
        edits = [self.write, self.write, self.write, self.edit_body, self.edit_body, self.delete]
        edits += [self.rename, self.swap_slugs, self.backdate, self.undo, self.undo, self.break_one]
        edits += [self.settings, self.language, self.template, self.strings, self.stylesheet]
        edits += [self.static, self.author, self.tag, self.page, self.front, self.clock]
        edits += [self.empty_output, self.lose_output, self.edit_output, self.old_state]
        edits += [self.lose_state, self.damage_state, self.read_only]
        edits += [self.picture, self.picture, self.remove_picture, self.swap_pictures]
        edits += [self.break_picture, self.damage_gallery, self.lose_gallery]
        edits += [self.forms, self.forms]
        return edits

    @property
    def _kept_content(self) -> Path:
        return self._old_state.with_name("old-content")

    def _keep_content(self) -> None:
        shutil.rmtree(self._kept_content, ignore_errors=True)
        shutil.copytree(self.site.folder / "content", self._kept_content)

    def _revert(self) -> None:
        """Take back what was edited since the last build: pages of it may be in place already."""
        self.log.append("reverted")
        shutil.rmtree(self.site.folder / "content")
        shutil.copytree(self._kept_content, self.site.folder / "content")

    # Articles.

    def _files(self) -> list[Path]:
        content = self.site.folder / "content"
        return sorted(p for p in content.rglob("*story-*.md") if p.is_file())

    def _some(self) -> Path | None:
        files = self._files()
        return self.random.choice(files) if files else None

    def _write(self, name: str) -> None:
        pick = self.random
        month, day = pick.randint(1, 12), pick.randint(1, 28)
        fields: dict[str, Any] = {
            "title": f"Title {pick.randint(1, 9)}",
            "date": f"{pick.randint(2023, 2026)}-{month:02}-{day:02}",
            "tags": pick.sample(TAGS, pick.randint(0, 3)),
            "authors": pick.sample(AUTHORS, pick.randint(0, 2)),
            "section": pick.choice(SECTIONS),
            "body": self._body(),
        }
        odd = {
            "status": "draft",
            "embargo": "2026-11-25",
            "expires": "2026-11-15",
            "withdrawn": {"date": "2026-11-10", "reason": "Wrong."},
            "breaking": True,
            "featured": True,
            "related": [f"{pick.choice(NAMES)}.md"],
            "translation_of": f"{pick.choice(NAMES)}.md",
            "slug": f"slug-{pick.randint(1, 4)}",
            "aliases": [f"/old-{pick.randint(1, 4)}/"],
            "image": {"src": f"/{pick.choice(PICTURES)}", "focus": f"{pick.choice((20, 50))}% 50%"},
        }
        for field in pick.sample(sorted(odd), pick.choice((0, 0, 1, 1, 2))):
            fields[field] = odd[field]
        self.site.write(f"{name}.md", article(**fields))

    def _body(self) -> str:
        pick = self.random
        link = f"[link](/{pick.choice(NAMES)}.md)" if pick.random() < 0.3 else ""
        mark = pick.choice(("!", "!", ""))
        picture = f"{mark}[map](/{pick.choice(PICTURES)})" if pick.random() < 0.4 else ""
        return f"Words {pick.randint(1, 99)}. {link} {picture}"

    def write(self) -> None:
        self._write(self.random.choice(NAMES))

    def edit_body(self) -> None:
        if path := self._some():
            text = path.read_text()
            path.write_text(f"{text}More {self.random.randint(1, 9)}.\n")

    def delete(self) -> None:
        if path := self._some():
            path.unlink()

    def rename(self) -> None:
        if path := self._some():
            path.rename(path.with_name(f"renamed-{path.name}"[-40:]))

    def swap_slugs(self) -> None:
        files = self._files()
        if len(files) >= 2:
            first, second = self.random.sample(files, 2)
            one, two = first.read_bytes(), second.read_bytes()
            first.write_bytes(two)
            second.write_bytes(one)

    def backdate(self) -> None:
        if path := self._some():
            lines = path.read_text().splitlines()
            year = self.random.randint(2019, 2026)
            changed = [f'date: "{year}-03-04"' if x.startswith("date:") else x for x in lines]
            path.write_text("\n".join(changed) + "\n")

    def undo(self) -> None:
        """Put a file back as it was before: what a revert does."""
        if path := self._some():
            now = path.read_bytes()
            before = self._before.get(path.name)
            self._before[path.name] = now
            if before is not None:
                path.write_bytes(before)

    def break_one(self) -> None:
        if path := self._some():
            path.write_text("---\ntitle: [\n---\n")

    # Pictures.

    def _picture(self, name: str) -> None:
        """So small that a history has hundreds, and some just large enough to be cut."""
        large = self.random.random() < 0.2
        self.site.write(
            name, photo(*((300, 180) if large else (40, 30)), self.random.randint(1, 3))
        )

    def picture(self) -> None:
        self._picture(self.random.choice(PICTURES))

    def remove_picture(self) -> None:
        """Its articles are left out until somebody puts one there again."""
        (self.site.folder / "content" / self.random.choice(PICTURES)).unlink(missing_ok=True)

    def swap_pictures(self) -> None:
        files = [self.site.folder / "content" / name for name in self.random.sample(PICTURES, 2)]
        if all(file.exists() for file in files):
            first, second = (file.read_bytes() for file in files)
            files[0].write_bytes(second)
            files[1].write_bytes(first)

    def break_picture(self) -> None:
        self.site.write(self.random.choice(PICTURES), broken())

    def damage_gallery(self) -> None:
        """In place, so that a file of the output that is the same one is damaged, too."""
        kept = sorted(self.site.folder.glob(".sitegen/pictures/*/*"))
        for file in self.random.sample(kept, min(2, len(kept))):
            file.write_bytes(file.read_bytes()[::-1])

    def lose_gallery(self) -> None:
        shutil.rmtree(self.site.folder / ".sitegen/pictures", ignore_errors=True)

    # The site.

    def _write_settings(self) -> None:
        languages = '[languages.ar]\ntitle = "الاختبار"\n' if self._languages else ""
        self.site.settings(
            f'[site]\ntitle = "{self._settings["title"]}"\nbase_url = "https://test.example/"\n'
            f'timezone = "Europe/London"\ntheme = "own"\n[sections.politics]\ntitle = "Politics"\n'
            f'[urls]\npermalink = "{self._settings["permalink"]}"\n'
            f"[listings]\nfront = {self._settings['front']}\n{languages}"
            f"[assets]\nfingerprint = {str(self._settings.get('print', False)).lower()}\n"
            f"[build]\nprecompress = {self._settings.get('twins', '[]')}\n"
            f'[host]\ntarget = "{self._settings.get("target", "plain")}"\n'
            f"[images]\nwidths = {self._settings.get('widths', '[20]')}\n"
            f"formats = {self._settings.get('formats', '[]')}\n"
        )
        theme = self.site.folder / "themes" / "own" / "theme.toml"
        if not theme.exists():
            self.site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')

    def settings(self) -> None:
        changes = {
            "front": (1, 2, 3, 5),
            "permalink": ("/{year}/{month}/{slug}/", "/{year}/{slug}/", "/a/{slug}/"),
            "title": ("The Test", "Another name"),
            "print": (True, False),
            "twins": ("[]", '["gz"]', '["gz", "br"]'),
            "target": ("plain", "nginx", "netlify"),
        }
        self._change(changes)

    def forms(self) -> None:
        """Some forms of pictures stay as they were, others are made beside them or go."""
        self._change({"widths": ("[20]", "[20, 40]", "[]"), "formats": ("[]", '["webp"]')})

    def _change(self, changes: Mapping[str, Sequence[Any]]) -> None:
        name = self.random.choice(sorted(changes))
        self._settings[name] = self.random.choice(changes[name])
        self._write_settings()

    def language(self) -> None:
        self._languages = not self._languages
        self._write_settings()

    def template(self) -> None:
        name = self.random.choice(("card.html", "head-end.html", "notice.html", "404.html"))
        path = self.site.folder / "themes" / "own" / "templates" / name
        if path.exists():
            path.unlink()
        else:
            text = f"<!-- {self.random.randint(1, 3)} -->"
            if name == "card.html":
                text = f"{{% macro card(item, level) %}}{text}{{{{ item.title }}}}{{% endmacro %}}"
            self.site.file(f"themes/own/templates/{name}", text)

    def strings(self) -> None:
        self.site.file("themes/own/i18n/en.toml", f'by = "By {self.random.randint(1, 3)}"\n')

    def stylesheet(self) -> None:
        self.site.file("themes/own/static/site.css", f"/* {self.random.randint(1, 3)} */\n")

    def static(self) -> None:
        self.site.file(f"static/file-{self.random.randint(1, 2)}.txt", str(self.random.random()))

    def author(self) -> None:
        name = self.random.choice(("Ann Ray", "Dr Ann Ray"))
        self.site.write("authors/ann-ray.md", f"---\nname: {name}\nbio: Writes.\n---\n")

    def tag(self) -> None:
        merge = self.random.choice(("[]", "[tram]"))
        self.site.write("tags/harbour.md", f"---\ntitle: Harbour\nmerge: {merge}\n---\n")

    def page(self) -> None:
        number = self.random.randint(1, 3)
        lists = "lists: {newest: {limit: 2}}" if self.random.random() < 0.5 else ""
        self.site.write("pages/about.md", f"---\ntitle: About {number}\n{lists}\n---\nUs.\n")

    def front(self) -> None:
        path = f"{self.random.choice(NAMES)}.md"
        self.site.write("front.toml", f'lead = "{path}"\nuntil = 2026-11-24T00:00:00Z\n')

    def clock(self) -> None:
        days = (1, 10, 14, 16, 20, 22, 24, 26)
        self.site.now = f"2026-11-{self.random.choice(days):02}T12:00:00Z"

    # What happens to outputs and states between builds.

    def _outputs(self) -> list[Path]:
        return sorted(p for p in self.site.public.rglob("*") if p.is_file())

    def _disown(self) -> None:
        """What lies in the output may now be unknown to the state."""
        self._nobodys |= {p.relative_to(self.site.public).as_posix() for p in self._outputs()}

    def empty_output(self) -> None:
        shutil.rmtree(self.site.public, ignore_errors=True)

    def lose_output(self) -> None:
        files = self._outputs()
        for path in self.random.sample(files, min(3, len(files))):
            path.unlink()

    def edit_output(self) -> None:
        files = self._outputs()
        for path in self.random.sample(files, min(2, len(files))):
            path.write_bytes(path.read_bytes()[::-1])

    def old_state(self) -> None:
        """Restore an earlier build's state over a newer output, as a CI cache does."""
        state = self.site.folder / ".sitegen"
        if self._old_state.exists() and self.random.random() < 0.7:
            shutil.rmtree(state, ignore_errors=True)
            shutil.copytree(self._old_state, state)
            if self.random.random() < 0.5:
                shutil.rmtree(self.site.public, ignore_errors=True)
                if self._old_output.exists():
                    shutil.copytree(self._old_output, self.site.public)
            self._disown()
        elif state.exists():
            shutil.rmtree(self._old_state, ignore_errors=True)
            shutil.rmtree(self._old_output, ignore_errors=True)
            shutil.copytree(state, self._old_state)
            if self.site.public.exists():
                shutil.copytree(self.site.public, self._old_output)

    @property
    def _old_output(self) -> Path:
        return self._old_state.with_name("old-output")

    def lose_state(self) -> None:
        shutil.rmtree(self.site.folder / ".sitegen", ignore_errors=True)
        self._disown()

    def damage_state(self) -> None:
        state = self.site.folder / ".sitegen" / "state.db"
        if state.exists():
            state.write_bytes(state.read_bytes()[: self.random.choice((10, 5000, 30000))])
            self._disown()

    def read_only(self) -> None:
        """What a preview does between builds: read the content, write facts, render nothing."""
        folder = self.site.folder
        try:
            config = load_config(folder)
            state = folder / ".sitegen"
            with damage_raises(state), Store(state) as store, pool(1) as workers:
                update(folder, config, (), store, workers, lambda step: None)
        except (Damaged, SitegenError):
            self.log.append("the preview could not read")
