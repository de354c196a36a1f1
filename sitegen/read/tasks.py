"""Task lists: a list's item that begins with [ ] or [x] has a box, as GitHub's Markdown has it.

The plugin of mdit-py-plugins gives the same HTML. But it looks for the list's beginning from every
item (37 s for 20,000 of them), and its boxes are raw HTML, which nobody can tell from an author's.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")


def tasks_plugin(parser: MarkdownIt) -> None:
    """Teach `parser` task lists."""
    parser.core.ruler.after("inline", "tasks", _tasks)
    parser.add_render_rule("task_open", _open)
    parser.add_render_rule("task_close", _close)


def _tasks(state: StateCore) -> None:
    lists: list[Token] = []
    for index, token in enumerate(state.tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "inline" and state.tokens[index - 2].type == "list_item_open":
            _task(token, state.tokens[index - 2], lists[-1])


def _task(text: Token, item: Token, list_: Token) -> None:
    """Make `text` a task when it begins like one."""
    children = text.children
    found = _TASK.match(text.content)
    if found is None or not children or children[0].type != "text":
        return
    children[0].content = children[0].content[3:]
    text.content = text.content[3:]
    box = Token("task_open", "", 1, meta={"done": found[1] != " "})
    text.children = [box, *children, Token("task_close", "", -1)]
    item.attrSet("class", "task-list-item")
    list_.attrSet("class", "contains-task-list")


def _open(renderer: RendererHTML, tokens: list[Token], index: int, *_: object) -> str:
    done = ' checked="checked"' if tokens[index].meta["done"] else ""
    box = f'<input class="task-list-item-checkbox"{done} disabled="disabled" type="checkbox">'
    return f"<label>{box}"


def _close(renderer: RendererHTML, tokens: list[Token], index: int, *_: object) -> str:
    return "</label>"
