"""The benchmark of pictures: articles with a photo each, built by sitegen and by its peers in turn.

`python benchmarks/pictures.py --photos 200` prints the medians as a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from random import Random
from statistics import fmean

from builds import build, files
from changes import SETTLED, Step, edit
from corpus import Archive, articles, head_of, make_archive, settings
from likeness import Form, Variant, variants
from measure import adopt_orphans
from opened import Opened
from peers import HERE, PEERS, Tool, ToolFailed, tools_for
from photos import make_photos, path_of
from places import NoRoom, workplace
from report import Pictures, Result, compared, machine, say, table
from run import run_all

STEPS = ("cold", "nothing changed", "one edit", "one photo replaced", "output deleted")
WIDTHS = (480, 800, 1200)
"""Pixels of the pictures for browsers: sitegen's own, by itself."""
QUALITIES = {"avif": 60, "jpeg": 80, "webp": 79}
"""Likewise."""
NEEDED = 8_000_000
"""Bytes for a photo and all that is made of it, with one peer."""
SAMPLES = 12
"""Photos whose pictures are looked at: how large they are, and how like the photo."""


@dataclass(frozen=True, slots=True)
class Gallery:
    """A site whose articles have a photo each, beside them."""

    archive: Archive
    content: Path
    photos: Path
    """Where they are kept; those from the number of articles on are put in place of others."""

    def write(self, formats: Sequence[str]) -> None:
        """Write the site, with pictures in these formats beside JPEG."""
        self.content.mkdir(parents=True)
        images = f"\n[images]\n{_told(formats)}"
        file = self.content.parent / "sitegen.toml"
        file.write_text(settings() + images, encoding="utf-8")
        make_photos(self.photos, range(self.archive.articles), self.archive.seed)
        for number, (path, text) in enumerate(articles(self.archive)):
            folder = self.content / path.removesuffix(".md")
            folder.mkdir(parents=True)
            (folder / "index.md").write_text(_illustrated(text, number), encoding="utf-8")
            self.put(number, number)

    def put(self, number: int, photo: int) -> None:
        """Give an article a photo. No tool is told by a link that it was seen before."""
        make_photos(self.photos, [photo], self.archive.seed)
        shutil.copyfile(path_of(self.photos, photo, self.archive.seed), self.photo(number))

    def photo(self, number: int) -> Path:
        """The photo of an article."""
        return self.content / self.article(number).replace("index.md", _name(number))

    def article(self, number: int) -> str:
        """The source of an article, below `content/`."""
        head = head_of(self.archive, number, Random())
        return f"{head.path.removesuffix('.md')}/index.md"


def _told(formats: Sequence[str]) -> str:
    """Lines of TOML that say which pictures are wanted, for both tools."""
    quality = ", ".join(f"{name} = {value}" for name, value in QUALITIES.items())
    lines = [f"widths = {json.dumps(WIDTHS)}", f"formats = {json.dumps(formats)}"]
    return "\n".join([*lines, f"quality = {{ {quality} }}", ""])


def _name(number: int) -> str:
    return f"photo{number}.jpg"


def _illustrated(text: str, number: int) -> str:
    """An article with its photo; one folder deeper, links to others must say so."""
    image = f'image: {{src: {_name(number)}, alt: "Houses before hills, and leaves"}}\n'
    text = re.sub(r"\]\(\.\./\.\./(\S+)\.md\)", r"](../../../\1/index.md)", text)
    return text.replace("---\n", f"---\n{image}", 1)


def steps(gallery: Gallery, runs: int) -> Iterator[Step]:
    """The steps of all runs; texts and photos are changed when it is time for it."""
    count = gallery.archive.articles
    for run in range(1, runs + 1):
        # Old ones, others each time.
        number = (count // 10 + run) % count
        for name in STEPS:
            step = Step(run, name, gallery.article(number))
            if name == "one edit":
                edit(gallery.content, step)
            elif name == "one photo replaced":
                gallery.put((number + count // 2) % count, count + run)
            if name != "nothing changed":
                time.sleep(SETTLED)  # outside what is timed: younger files are opened once more
            yield step


def build_watched(gallery: Gallery, tool: Tool, step: Step) -> Result:
    """One build, and what it did with photos and pictures. Raises ToolFailed."""
    count = gallery.archive.articles
    before = _pictures(tool) if step.name != "cold" else set()
    opened = Opened(gallery.photo(number) for number in range(count))
    try:
        result = build(tool, step)
    finally:
        touched = opened.count()
    made = len(_pictures(tool) - before)
    if step.name == "cold" and made < count:
        raise ToolFailed(f"{tool.name} made only {made} pictures of {count} photos")
    return replace(result, pictures=Pictures(count, touched, made))


def _pictures(tool: Tool) -> set[str]:
    """The files of pictures that a tool keeps for the next build."""
    return {file.path for file in files(tool.pictures)} if tool.pictures.exists() else set()


def tools_with(formats: Sequence[str], work: Path, peers: Sequence[str]) -> list[Tool]:
    """The tools, told of the formats that are wanted."""
    told = work / "formats.toml"
    told.write_text(f"[params]\n{_told(formats)}", encoding="utf-8")
    configuration = f"{HERE / 'hugo/hugo.toml'},{told}"
    return [
        replace(tool, command=(*tool.command, "--config", configuration))
        if tool.name == "hugo"
        else tool
        for tool in tools_for(work / "site", peers)
    ]


def warm_up(gallery: Gallery, tools: Sequence[Tool], formats: Sequence[str]) -> None:
    """Build a tiny site with every tool. Raises ToolFailed, before the long work begins."""
    tiny = replace(gallery, archive=make_archive(2, gallery.archive.seed, 2006))
    tiny.write(formats)
    for tool in tools:
        build_watched(tiny, tool, Step(0, "cold", ""))
    shutil.rmtree(gallery.content.parent)


def likenesses(gallery: Gallery, tool: Tool) -> dict[Form, list[Variant]]:
    """Pictures of some photos, by their form. The photos are spread over the archive."""
    count = gallery.archive.articles
    found: dict[Form, list[Variant]] = {}
    for number in range(0, count, max(1, count // SAMPLES)):
        for variant in variants(tool.output, gallery.photo(number)):
            found.setdefault(variant.form, []).append(variant)
    return found


def _forms(gallery: Gallery, tools: Sequence[Tool]) -> str:
    """A table: per form its mean size and likeness, by every tool."""
    found = {tool.name: likenesses(gallery, tool) for tool in tools}
    forms = sorted({form for by_form in found.values() for form in by_form})
    rows: dict[str, list[float | None]] = {}
    for form in forms:
        some = [by_form.get(form, []) for by_form in found.values()]
        rows[f"{form}: kB"] = [_mean(each.size / 1000 for each in group) for group in some]
        alike = [_mean(v.likeness * 100 for v in group if v.likeness) for group in some]
        if any(value is not None for value in alike):
            rows[f"{form}: SSIM, %"] = alike
    return compared("one picture, on average", [tool.name for tool in tools], rows)


def _mean(values: Iterable[float]) -> float | None:
    known = list(values)
    return fmean(known) if known else None


def benchmark(options: argparse.Namespace, work: Path) -> None:
    """Make the photos, measure, print the tables and write the raw numbers."""
    site = work / "site"
    tools = tools_with(options.formats, work, options.peers)
    archive = make_archive(options.photos, options.seed, 2006)
    gallery = Gallery(archive, site / "content", options.keep or work / "photos")
    warm_up(gallery, tools, options.formats)
    say(f"making {options.photos:,} photos")
    gallery.write(options.formats)
    if not options.keep:
        shutil.rmtree(gallery.photos)
    turns = ((step, tools) for step in steps(gallery, options.runs))
    results = run_all(turns, partial(build_watched, gallery))
    facts = machine(work, {tool.name: tool.version for tool in tools})
    facts["formats"] = ", ".join([*options.formats, "jpeg"])
    print(table(results, f"{options.photos:,} articles with photos", facts))
    print(f"\n{_forms(gallery, tools)}")
    if options.json:
        raw = {
            "photos": options.photos,
            "seed": options.seed,
            "machine": facts,
            "results": [asdict(result) for result in results],
        }
        options.json.write_text(json.dumps(raw, indent=2) + "\n", encoding="utf-8")


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure pictures beside sitegen's peers.")
    parser.add_argument("--photos", type=int, default=200, metavar="N")
    parser.add_argument("--runs", type=int, default=1, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--formats", nargs="+", choices=("avif", "webp"), default=["webp"], metavar="FORMAT",
        help="beside JPEG: webp (by itself), avif",
    )  # fmt: skip
    parser.add_argument(
        "--peers", nargs="*", choices=sorted(PEERS), default=["hugo"], metavar="NAME",
        help=f"of {', '.join(PEERS)}; no name at all measures sitegen alone",
    )  # fmt: skip
    parser.add_argument("--keep", type=Path, metavar="DIR", help="the photos, for the next time")
    parser.add_argument("--dir", type=Path, help="work here, and leave everything for a look")
    parser.add_argument("--json", type=Path, metavar="FILE", help="save all numbers")
    options = parser.parse_args(arguments)
    if options.photos < 1 or options.runs < 1:
        parser.error("--photos and --runs must be at least 1")
    if options.dir and options.dir.exists() and any(options.dir.iterdir()):
        parser.error(f"{options.dir} is not empty")
    return options


def main() -> int:
    """Run the benchmark; 1 when sitegen fails, or there is no room for it."""
    options = parse()
    adopt_orphans()
    try:
        with workplace(options.dir, options.photos * NEEDED) as work:
            benchmark(options, work)
    except (ToolFailed, NoRoom) as failure:
        say(str(failure))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
