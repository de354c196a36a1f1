"""Which templates pages ask for: whether there are such, for such pages, and what is odd in it."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.errors import Mistake, Problem
from sitegen.outputs import Output, Page
from sitegen.render.theme import Theme

_USUAL = frozenset({"article.html", "notice.html", "standing.html", "redirect.html"})
"""Templates that pages of content/ have without asking for them."""
_OF_THE_OTHER_KIND = {"articles": {"standing.html"}, "standing": {"article.html", "notice.html"}}


class Templates:
    """The templates of a site's pages."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._archived: set[str] = set()
        self._sitegens: set[str] = set()
        """Of pages that are made from no file."""
        self._used: set[str] = set()
        """The same, and the usual ones."""
        self._asked: list[tuple[str, str, str]] = []
        """(source, template, family) of pages that are not as most are."""

    def see(self, output: Output) -> None:
        """One of the outputs; each is to be seen before anything is asked."""
        if not isinstance(output, Page):
            return
        template, family, source = output.template, output.family, output.source
        if family == "articles" or "period" in output.values:
            self._archived.add(template)
        if not source or template in _USUAL:
            self._used.add(template)
        if family == "redirects":
            return
        if not source:
            self._sitegens.add(template)
        elif template not in _USUAL or template in _OF_THE_OTHER_KIND.get(family, ()):
            self._asked.append((source, template, family))

    def mistakes(self) -> Iterator[Mistake]:
        """Articles and pages whose template is not there or shows others; the theme's own gaps."""
        theme = self._theme
        usual = sorted(self._used - theme.templates.keys())
        if usual:
            message = f"the theme “{theme.name}” has no template {', '.join(usual)}"
            hint = 'add them, or begin its theme.toml with extends = "broadsheet"'
            where = f"themes/{theme.name}"
            yield Mistake("", Problem("template-missing", message, where, hint=hint))
        for source, template, family in self._asked:
            if template not in theme.templates and template not in usual:
                message = f"the theme “{theme.name}” has no template “{template}”"
            elif template in (*self._sitegens, *_OF_THE_OTHER_KIND.get(family, ())):
                message = f"the template “{template}” is for pages of another kind"
            else:
                continue
            hint = "leave the field out to use the usual one"
            problem = Problem("template-missing", message, source, 0, "template", hint)
            yield Mistake(source, problem)

    def far_reaching(self) -> Iterator[Problem]:
        """A list in the pages of articles or periods makes old pages depend on new articles."""
        theme = self._theme
        for name, wish in sorted(theme.settings.lists.items()):
            if reached := self._archived.intersection(wish.templates):
                message = (
                    f"the theme's list “{name}” is on {min(reached)}: "
                    "every new article in it renders all of those pages again"
                )
                source, line = theme.places[name].place("lists", name)
                hint = "show it on home, or through the ticker's script"
                yield Problem("list-everywhere", message, source, line, f"lists.{name}", hint)
