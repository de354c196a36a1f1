"""`--preview --only FILE`: which file is meant, and what a build has to say of it alone."""

from __future__ import annotations

from difflib import get_close_matches

from sitegen.errors import Misuse, Problem, SitegenError
from sitegen.folders import content_file
from sitegen.index.answers import Answers
from sitegen.instants import shown
from sitegen.model import State
from sitegen.options import Options
from sitegen.site import Site


def source_meant(options: Options) -> str:
    """The file that `--only` names, relative to content/; empty without it. Raises Misuse."""
    if not options.only:
        return ""
    source = content_file(options.site, options.only)
    if source is None:
        written = options.only.replace("\\", "/").rpartition("/")[2]
        names = [path.name for path in (options.site / "content").rglob("*.m*")]
        near = get_close_matches(written, names, n=1, cutoff=0.75)
        hint = f"did you mean “{near[0]}”?" if near else "name it as it lies in content/"
        message = f"there is no file {options.only} in content/"
        raise Misuse(Problem("only-missing", message, hint=hint))
    return source


def keep_to(source: str, site: Site) -> None:
    """Leave of what is wrong with a site what concerns the one page made from `source`.

    Raises SitegenError when there is no page.
    """
    file = f"content/{source}"
    site.errors = [problem for problem in site.errors if problem.source == file]
    site.cautions = [problem for problem in site.cautions if problem.source == file]
    site.told = {name: told for name, told in site.told.items() if name == source}
    if site.errors or site.whole:
        raise SitegenError(*site.errors, *site.whole)
    if not site.outputs:
        raise Misuse(_no_page(file, source, site.archive))


def _no_page(file: str, source: str, archive: Answers) -> Problem:
    held = next((held for held in archive.held if held.article.source == source), None)
    if held is not None and held.state is State.EMBARGOED:
        until = shown(held.article.visible, archive.config.site.timezone)
        message = f"{file} is under embargo until {until}"
        return Problem("only-embargoed", message, hint="show it all the same with --embargoed")
    message = f"{file} is no article and no page, so that there is nothing to show of it alone"
    return Problem("only-missing", message, hint="name an article's file")
