"""`#words` and `@names` inside a text: what counts as one, and the links that they become."""

import html
import re
import unicodedata
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

LONGEST_TAG = 30
LONGEST_NAME = 40
MOST_LINKS = 100
"""To tags and people in one text; the others stay words."""
QUOTED_NAME = re.compile(rf'@"([^"\n]{{1,{LONGEST_NAME}}})"')
OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""No text holds these: whoever writes them gets a sign in their place."""
PLACE = re.compile(f"{OPEN}([0-9]{{1,6}}){CLOSE}")
NEVER_SAID = re.compile("[\ud800-\udfff\ufdd0-\ufdef]")
NOT_BEFORE_A_TAG = frozenset("/#&@=?%.:-+~\\")
NOT_BEFORE_A_NAME = frozenset("@/.")


def call(parser: MarkdownIt) -> None:
    """The parser knows tags and names."""
    parser.inline.ruler.after("text", "hashtag", hashtag)
    parser.inline.ruler.after("text", "mention", mention)
    parser.add_render_rule("hashtag", show_tag)
    parser.add_render_rule("mention", show_name)


def hashtag(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "#" or not stands_free(state, NOT_BEFORE_A_TAG):
        return False
    word = word_at(state.src, state.pos + 1, LONGEST_TAG + 1, "_-").rstrip("-_")
    if not 1 <= len(word) <= LONGEST_TAG or not any(map(str.isalpha, word)):
        return False
    return taken(state, silent, "hashtag", f"#{word}", word)


def mention(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "@" or not stands_free(state, NOT_BEFORE_A_NAME):
        return False
    quoted = QUOTED_NAME.match(state.src, state.pos, state.posMax)
    if quoted:
        return taken(state, silent, "mention", quoted[0], quoted[1].strip())
    word = word_at(state.src, state.pos + 1, LONGEST_NAME, "_.'-").rstrip(".'-")
    if not word or word[0] == "_":
        return False
    return taken(state, silent, "mention", f"@{word}", word)


def stands_free(state: StateInline, never: frozenset[str]) -> bool:
    """Not in a link's label, and not behind a letter or a sign that makes it something else."""
    before = state.src[state.pos - 1] if state.pos else " "
    return state.linkLevel == 0 and before not in never and not is_of_a_word(before)


def word_at(text: str, start: int, longest: int, signs: str) -> str:
    """The letters from here on, with the marks that some scripts set upon them."""
    end, last = start, min(start + longest, len(text))
    while end < last and (is_of_a_word(text[end]) or (end > start and text[end] in signs)):
        end += 1
    return text[start:end]


def is_of_a_word(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"


def taken(state: StateInline, silent: bool, kind: str, said: str, meant: str) -> bool:
    if not silent:
        token = state.push(kind, "", 0)
        token.content, token.meta = said, {"meant": meant}
    state.pos += len(said)
    return True


def show_tag(
    _r: RendererProtocol, tokens: Sequence[Token], at: int, _o: Any, env: MutableMapping[str, Any]
) -> str:
    token, links = tokens[at], env.get("links")
    if links is None or len(links) >= MOST_LINKS:
        return html.escape(token.content)
    word = quote(token.meta["meant"].casefold(), safe="")
    return put(links, "hashtag", f"{env['at']}tags/{word}/", token.content)


def show_name(
    _r: RendererProtocol, tokens: Sequence[Token], at: int, _o: Any, env: MutableMapping[str, Any]
) -> str:
    token, links = tokens[at], env.get("links")
    name = token.meta["meant"]
    seat = env["people"].get(name.casefold()) if links is not None else None
    if links is None or seat is None or len(links) >= MOST_LINKS:
        return html.escape(token.content)
    return put(links, "mention", f"{env['at']}members/{quote(seat, safe='')}/", f"@{name}")


def put(links: list[str], kind: str, address: str, words: str) -> str:
    """A place in the text; the link stands there once the rest was cleaned."""
    start = f'<a class="{kind}" dir="auto" rel="nofollow" href="{html.escape(address)}">'
    links.append(f"{start}{html.escape(words)}</a>")
    return f"{OPEN}{len(links) - 1}{CLOSE}"


def new_env(at: str, people: Mapping[str, str]) -> dict[str, Any]:
    """What the parser is told beside the text; no links are made where nothing is `at`."""
    return {"at": at, "people": people, "links": [] if at else None}


def linked(cleaned: str, links: Sequence[str] | None) -> str:
    """The links stand in their places."""
    return PLACE.sub(lambda place: links[int(place[1])], cleaned) if links else cleaned


def names_in(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Who is called, casefolded, once each, in the order in which they are."""
    found = (
        token.meta["meant"].casefold()
        for block in tokens
        for token in block.children or ()
        if token.type == "mention"
    )
    return tuple(dict.fromkeys(filter(None, found)))
