"""`sitegen init` and `sitegen new`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from sitegen.cli.options import WORDS, clock, instant_in, now_in, site_option
from sitegen.errors import Misuse, Problem
from sitegen.instants import from_seconds

_PAGE = "page"
_QUESTIONS = {
    "title": "The name of your newspaper",
    "language": "The language of your articles, such as en-GB, de or ar",
    "timezone": "Your time zone, such as Europe/London",
    "theme": "The look",
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--title", type=WORDS, metavar="TEXT", help="The name of the newspaper.  [default: DIR's]"
)
@click.option("--language", metavar="CODE", help="Of its articles.  [default: en]")
@click.option("--timezone", metavar="NAME", help="Such as Europe/London.  [default: UTC]")
@click.option("--theme", metavar="NAME", help="The look.  [default: broadsheet]")
@click.option("--base-url", metavar="ADDRESS", help="The address that the site will have.")
@click.option("--yes", is_flag=True, help="Ask nothing: take the defaults.")
def init(folder: Path, yes: bool, **given: str | None) -> None:
    """Make a new site in DIR that builds at once.

    On a terminal, what no option says is asked for.
    """
    from sitegen.desk.start import Answers, new_site, refuse_full

    refuse_full(folder)
    name = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
    answers = Answers(name[:1].upper() + name[1:] or "My newspaper")
    asked = not yes and sys.stdin.isatty()
    for question, text in given.items():
        if text is not None:
            answers = replace(answers, **{question: _checked(question, text)})
        elif asked and question in _QUESTIONS:
            answers = replace(answers, **{question: _asked(question, getattr(answers, question))})
    for path in new_site(folder, answers, from_seconds(clock())):
        click.echo(f"wrote {path}", err=True)
    click.echo(f"now run: sitegen serve -s {_shell(folder)}", err=True)


def _checked(name: str, text: str) -> str:
    from sitegen.desk.start import answer

    try:
        return answer(name, text)
    except ValueError as error:
        option = f"--{name.replace('_', '-')}"
        raise click.BadParameter(str(error), param_hint=option) from None


def _asked(name: str, default: str) -> str:
    """The answer to a question, asked again until it is one."""
    from sitegen.desk.start import answer, themes

    def value(text: str) -> str:
        try:
            return answer(name, text)
        except ValueError as error:
            raise click.UsageError(str(error)) from None

    more = f" ({', '.join(themes())})" if name == "theme" else ""
    return str(click.prompt(_QUESTIONS[name] + more, default, value_proc=value, err=True))


def _shell(path: Path) -> str:
    """A path to type after an option."""
    return f'"{path}"' if " " in str(path) else str(path)


@click.command()
@click.argument("words", type=WORDS, nargs=-1, required=True, metavar="[page] TITLE")
@site_option
@click.option("--section", type=WORDS, metavar="NAME", default="", help="Its section.")
@click.option(
    "--tag", "tags", type=WORDS, metavar="NAME", multiple=True, help="A topic; may be repeated."
)
@click.option(
    "--author", "authors", type=WORDS, metavar="NAME", multiple=True, help="Who; may be repeated."
)
@click.option("--date", metavar="INSTANT", help="When it is to appear.  [default: now]")
@click.option("--lang", metavar="CODE", default="", help="Its language.  [default: the site's]")
@click.option("--translation-of", metavar="FILE", default="", help="What it translates.")
@click.option("--full", is_flag=True, help="With every field that there is.")
@click.option("--open", "opened", is_flag=True, help="Open it in your editor.")
def new(
    words: Sequence[str],
    site: Path,
    section: str,
    tags: Sequence[str],
    authors: Sequence[str],
    date: str | None,
    lang: str,
    translation_of: str,
    full: bool,
    opened: bool,
) -> None:
    """Write the file of a new article, a draft called TITLE; or of a standing page.

    \b
      sitegen new "Storm closes the harbour" --section harbour
      sitegen new page "About us"
    """
    title, is_page = _title(words)
    if is_page and (section or tags or authors or date):
        raise click.UsageError("a page has no section, tags, authors or date")
    from sitegen.config import load_config
    from sitegen.desk.draft import Wanted, new_file
    from sitegen.instants import is_day, write_instant, zone

    config = load_config(site)
    if date and not is_day(date):
        date = write_instant(instant_in(config, date, "--date"), zone(config.site.timezone))
    elif date:
        instant_in(config, date, "--date")
    wanted = Wanted(
        title,
        "page" if is_page else "article",
        section,
        tags,
        authors,
        date or "",
        lang,
        translation_of,
        full,
    )
    written = new_file(site, config, wanted, now_in(config))
    click.echo(f"wrote {written.path}", err=True)
    if written.remark:
        click.echo(f"note: {written.remark}", err=True)
    if opened:
        _open(written.path)
    else:
        where = "" if site == Path() else f"-s {_shell(site)} "
        click.echo(
            f"It is a draft. When it is ready: sitegen publish {where}{written.name}", err=True
        )


def _title(words: Sequence[str]) -> tuple[str, bool]:
    """The title, and whether it is a page's."""
    if words[0] == _PAGE and len(words) == 2:
        return words[1], True
    if len(words) == 1 and words[0] != _PAGE:
        return words[0], False
    if words == (_PAGE,):
        message = "the title of the new page is missing"
        hint = 'sitegen new page "About us"; an article of that name: sitegen new "Page"'
    else:
        message = "put the title between quotation marks"
        first = "page " if words[0] == _PAGE else ""
        rest = words[1:] if first else words
        hint = f'sitegen new {first}"{" ".join(rest)}"'
    raise Misuse(Problem("title-unclear", message, hint=hint))


def _open(path: Path) -> None:
    """In the editor that the environment names, else in what the system opens such files with."""
    if os.environ.get("VISUAL") or os.environ.get("EDITOR"):
        click.edit(filename=str(path))
    else:
        click.launch(str(path))
