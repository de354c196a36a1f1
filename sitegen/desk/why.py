"""`sitegen why`: which page comes from which file and which facts, and why it is as it is."""

from __future__ import annotations

from dataclasses import replace

from sitegen import urls
from sitegen.config import load_config
from sitegen.desk.answer import Answer
from sitegen.desk.asked import asked_for, near
from sitegen.desk.look import Look
from sitegen.desk.made import Outputs
from sitegen.desk.purpose import Purposes
from sitegen.desk.standing import Standing
from sitegen.desk.whole import Inquiry, Whole
from sitegen.errors import counted
from sitegen.folders import SETTINGS, Folders
from sitegen.instants import from_seconds
from sitegen.model import Show
from sitegen.outputs import Copy, Output
from sitegen.site import Site


def why(written: str, where: Folders, now: int, base_url: str | None, show: Show) -> Answer:
    """The answer about what was `written`: an address, or the name of a file.

    Brings the index up to date and writes nothing else. Raises SitegenError for settings or a
    theme that cannot be read, and Misuse for an address of another site.
    """
    config = load_config(where.site, base_url)
    asked = asked_for(written, where.site, where.output, config)

    def question(whole: Whole) -> Answer:
        look = Look.at(whole)
        outputs, standing = Outputs(look, where), Standing(look.site)
        if asked.file:
            answer = Purposes(look, outputs, standing).of(asked.file)
        else:
            answer = _at(asked.url, look.site, outputs, standing)
        answer = replace(answer, timezone=config.site.timezone)
        return _with_mistakes(answer, look.site)

    return Inquiry(where.site, config, where.state, from_seconds(now), show).ask(question)


def _at(url: str, site: Site, outputs: Outputs, standing: Standing) -> Answer:
    """What is at an address, or would be."""
    output = outputs.at(url)
    if output and output.family != "redirects":
        return _made(output, outputs, standing)
    source = site.archive.source_of(f"url:{url}")
    if source is not None and site.archive.url_of(source) == url:
        told = f"{url} will be the address of content/{source}."
        return standing.of(source, Answer("held-back", (told,)))
    if source := standing.once_at(url):
        now_at = site.archive.url_of(source)
        told = f"{url} is an old address (alias) of content/{source}, whose address is {now_at}."
        made = (outputs.made(output),) if output else ()
        answer = Answer("alias", (told,), near=(now_at,), pages=made)
        return standing.of(source, answer)
    if new := site.archive.config.redirects.get(url):
        where = "nowhere: what was there is gone" if new == urls.GONE else f"to {new}"
        told = f"{url} leads {where}. So says [redirects] in {SETTINGS}."
        return Answer("alias", (told,), near=() if new == urls.GONE else (new,))
    if told := outputs.left_over(url):
        return Answer("left-over", (told,))
    known = [urls.url_of(output.path) for output in site.outputs]
    return Answer("nothing", (f"Nothing makes {url}.",), near=near(url, known))


def _made(output: Output, outputs: Outputs, standing: Standing) -> Answer:
    made = outputs.made(output)
    answer = Answer("page", (f"{urls.url_of(output.path)} is {made.what}.",), pages=(made,))
    if isinstance(output, Copy):
        return replace(answer, source=outputs.file_of(output))
    return standing.of(output.source, answer) if output.source else answer


def _with_mistakes(answer: Answer, site: Site) -> Answer:
    """The answer, with what keeps a build from going on."""
    errors = [*site.errors, *site.whole]
    own = tuple(error for error in errors if answer.source and error.source == answer.source)
    told = answer.told
    if own:
        told += ("It has mistakes: a build stops, or leaves it out with --keep-going.",)
    if others := len(errors) - len(own):
        mistakes = counted(others, "mistake")
        told += (f"A build stops because of {mistakes} elsewhere: sitegen check lists them.",)
    return replace(answer, told=told, problems=own)
