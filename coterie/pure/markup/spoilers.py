"""What is hidden until somebody opens it: `||in a line||`, and lines that begin with `>!`.

Both become <details>, which opens without any script, by keyboard, and is announced as closed.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

INLINE, BLOCK = "spoiler", "spoiler spoiler--block"
SUMMARY = '<summary data-word="spoiler">…</summary>'
"""The word itself is the stylesheet's, in the reader's language."""

BARS, REDDIT = ord("|"), ord(">")
MARKED_LINE = re.compile(r"(\s*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?:>[ ]?)*>)!(?!<)[ ]?")
FENCE = re.compile(r"\s*(`{3,}|~{3,})")


def hide(parser: MarkdownIt) -> None:
    """The parser knows spoilers."""
    parser.inline.add_terminator_char("|")
    parser.inline.ruler.before("strikethrough", "spoiler", mark)
    parser.inline.ruler2.after("balance_pairs", "spoiler", pair)
    parser.core.ruler.before("block", "spoiler_marks", unmark_lines)
    parser.core.ruler.after("block", "spoiler_quotes", hide_quotes)
    parser.core.ruler.after("inline", "spoiler_lines", loosen_lines)
    parser.add_render_rule("spoiler_open", open_inline)
    parser.add_render_rule("spoiler_block_open", open_block)


def mark(state: StateInline, silent: bool) -> bool:
    """Exactly two bars begin or end what is hidden (a longer row is drawn with bars), or >! !<."""
    first = state.src[state.pos]
    if silent or first not in "|>!" or state.linkLevel > 0:
        return False
    if first == "|":
        return mark_bars(state)
    if not state.src.startswith((">!", "!<"), state.pos):
        return False
    put(state, 2, REDDIT, opens=first == ">", closes=first == "!")
    return True


def mark_bars(state: StateInline) -> bool:
    end = state.pos
    while end < state.posMax and state.src[end] == "|":
        end += 1
    both = end - state.pos == 2
    put(state, end - state.pos, BARS, opens=both, closes=both)
    return True


def put(state: StateInline, length: int, marker: int, *, opens: bool, closes: bool) -> None:
    sign = state.push("text", "", 0)
    sign.content = state.src[state.pos : state.pos + length]
    if opens or closes:
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(marker, 0, place, -1, open=opens, close=closes))
    state.pos += length


def pair(state: StateInline) -> None:
    """Two marks that belong together open and close."""
    for delimiters in every_level(state):
        for first in delimiters:
            if first.marker in (BARS, REDDIT) and first.end != -1:
                become(state.tokens[first.token], "spoiler_open", 1)
                become(state.tokens[delimiters[first.end].token], "spoiler_close", -1)


def every_level(state: StateInline) -> Iterator[list[Delimiter]]:
    yield state.delimiters
    yield from (meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta)


def become(token: Token, kind: str, nesting: int) -> None:
    token.type, token.tag, token.content = kind, "details", ""
    token.nesting = -1 if nesting < 0 else 1


def unmark_lines(state: StateCore) -> None:
    """What stands behind `>!` is read like any quote; `env` remembers on which lines it stood."""
    marks: dict[int, list[int]] = defaultdict(list)
    state.env["spoilers"] = marks
    if ">!" not in state.src:
        return
    lines, fence = state.src.split("\n"), ""
    for at, line in enumerate(lines):
        fenced = FENCE.match(line)
        if fenced and (not fence or fenced[1].startswith(fence)):
            fence = "" if fence else fenced[1]
        found = None if fence else MARKED_LINE.match(line)
        if found and "!<" in line:
            lines[at] = line.replace(">!", "||", 1).replace("!<", "||", 1)
        elif found:
            marks[found[1].count(">")].append(at)
            lines[at] = f"{found[1]} {line[found.end() :]}"
    state.src = "\n".join(lines)


def hide_quotes(state: StateCore) -> None:
    """A quote with a line that was marked is hidden as a whole."""
    hidden: list[bool] = []
    for token in state.tokens if state.env["spoilers"] else ():
        if token.type == "blockquote_open":
            hidden.append(is_marked(token, state.env["spoilers"].get(len(hidden) + 1, ())))
        if token.type.startswith("blockquote") and hidden[-1]:
            token.type, token.tag = token.type.replace("blockquote", "spoiler_block"), "details"
        if token.type in ("blockquote_close", "spoiler_block_close"):
            hidden.pop()


def is_marked(quote: Token, marked: Sequence[int]) -> bool:
    start, end = quote.map or (0, 0)
    at = bisect_left(marked, start)
    return at < len(marked) and marked[at] < end


def loosen_lines(state: StateCore) -> None:
    """A paragraph cannot hold what opens; a division can."""
    for at, token in enumerate(state.tokens):
        if token.type == "inline" and any(c.type == "spoiler_open" for c in token.children or ()):
            for edge in (state.tokens[at - 1], state.tokens[at + 1]):
                edge.tag = "div" if edge.tag == "p" else edge.tag


def outside(tokens: Sequence[Token]) -> list[Token]:
    """Those that are not hidden."""
    kept, depth = [], 0
    for token in tokens:
        depth += {"spoiler_open": 1, "spoiler_close": -1}.get(token.type, 0)
        kept += [token] if depth == 0 and token.type != "spoiler_close" else []
    return kept


def open_inline(*_: Any) -> str:
    return f'<details class="{INLINE}">{SUMMARY}'


def open_block(_: RendererHTML, tokens: Sequence[Token], at: int, *__: Any) -> str:
    direction = RendererHTML.renderAttrs(tokens[at])
    return f'<details class="{BLOCK}"{direction}>{SUMMARY}\n'
