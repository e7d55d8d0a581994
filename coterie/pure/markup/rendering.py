"""Markdown in, sanitised HTML out. Two walls: a parser that knows no HTML, then an allow-list."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.linkify import linkify as link_bare_address
from markdown_it.token import Token

from coterie.pure.markup import calling, spoilers

RENDERER = 3
"""Raise this when the same source would give other HTML: what is stored is then drawn anew."""

MAX_SOURCE = 50_000
MAX_NESTING = 20
SHORT = 4_000

BLOCKS = {"p", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "table", "div", "details"}
TAGS = BLOCKS | {"a", "br", "code", "em", "hr", "li", "s", "strong", "summary"}
TAGS |= {"tbody", "td", "th", "thead", "tr"}
WIDE = {"pre", "table"}
"""They scroll inside themselves, so a keyboard must get there."""
DEMOTED = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}

PLAIN_LINE = r"[^\W\d_][^\W_]*+(?:(?:[.,;?!…]*+ |['’-])[^\W_]++)*+[.?!…]*+"
PLAIN = re.compile(rf"{PLAIN_LINE}(?:\n{PLAIN_LINE})*+")
"""Lines of words and their usual signs, in which nothing is markup, address or entity."""
SAFE_ADDRESS = re.compile(r"(?:https?://[^/?#]|mailto:.)", re.IGNORECASE)
OUTWARD = re.compile(r'<a href="(?:https?:|mailto:)', re.IGNORECASE)
NOBODY: Mapping[str, str] = MappingProxyType({})


class TooLong(ValueError):
    """The text is longer than a post may be."""


class Text:
    """What somebody wrote, read once: whom it calls by name, and the HTML that it becomes."""

    def __init__(self, source: str) -> None:
        if len(source) > MAX_SOURCE:
            raise TooLong(f"This is {len(source):,} characters long; at most {MAX_SOURCE:,} fit.")
        self._source = source
        self._plain = source if len(source) <= SHORT and PLAIN.fullmatch(source) else ""
        if not self._plain:
            self._parser, self._env = parser_for(source), dict[str, Any]()
            self._tokens = self._parser.parse(sayable(source), self._env)

    @property
    def names(self) -> tuple[str, ...]:
        """Those that are called, casefolded, once each; none in code or in a link."""
        if self._plain or "@" not in self._source:
            return ()
        if len(_called_lately) >= LATELY:
            _called_lately.clear()
        return _called_lately.setdefault(self._source, calling.names_in(self._tokens))

    def html(self, *, at: str = "", people: Mapping[str, str] = NOBODY) -> str:
        """Nothing in it runs, loads from elsewhere or speaks to our scripts.

        Below the address `at` lie `tags/<word>/` and `members/<whom>/`: `people` says, by
        casefolded name, whom a name means. Without an address tags and names stay words.
        """
        if self._plain:
            return f'<p dir="auto">{self._plain.replace("\n", "<br>\n")}</p>'
        env = self._env | calling.new_env(at, people)
        made = self._parser.renderer.render(self._tokens, self._parser.options, env)
        return calling.linked(CLEANER.clean(made).strip(), env["links"])


def render(source: str, *, at: str = "", people: Mapping[str, str] = NOBODY) -> str:
    """The HTML of a post, as `Text.html` makes it."""
    return Text(source).html(at=at, people=people)


def has_links(rendered: str) -> bool:
    """Whether it leads out of this house."""
    return OUTWARD.search(rendered) is not None


LATELY = 64
_called_lately: dict[str, tuple[str, ...]] = {}
"""What was read to be said: who is told of it once it is out need not read it again."""


def called(source: str) -> tuple[str, ...]:
    """The names that are called in a text, as `Text` has them; one just read is not read again."""
    if "@" not in source:
        return ()
    lately = _called_lately.get(source)
    return Text(source).names if lately is None else lately


def sayable(source: str) -> str:
    return calling.NEVER_SAID.sub("\N{REPLACEMENT CHARACTER}", source)


def is_safe_address(url: str) -> bool:
    return SAFE_ADDRESS.match(url) is not None


def link_images(state: StateCore) -> None:
    """An image becomes a link to it: showing it would give the reader's address to a stranger."""
    for block in state.tokens:
        if block.children:
            block.children = without_images(block.children)


def without_images(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    inside_link = 0
    for token in tokens:
        inside_link += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        kept += [token] if token.type != "image" else named_instead(token, inside_link > 0)
    return kept


def named_instead(image: Token, inside_link: bool) -> list[Token]:
    address = str(image.attrGet("src") or "")
    words = Token("text", "", 0)
    words.content = words_of(spoilers.outside(image.children or [])).strip() or address
    if inside_link or not address:
        return [words]
    start = Token("link_open", "a", 1, attrs={"href": address})
    return [start, words, Token("link_close", "a", -1)]


def words_of(tokens: Sequence[Token]) -> str:
    return "".join(words_of(token.children or []) or token.content for token in tokens)


def quieten(state: StateCore) -> None:
    """Headings bow to the page's own, blocks find their direction, nothing brings a style."""
    for token in state.tokens:
        token.type = "code_block" if token.type == "fence" else token.type
        token.tag = "pre" if token.type == "code_block" else DEMOTED.get(token.tag, token.tag)
        token.attrs = {name: value for name, value in token.attrs.items() if name == "start"}
        if token.level == 0 and token.nesting >= 0 and token.tag in BLOCKS:
            token.attrSet("dir", "auto")
        if token.nesting >= 0 and token.tag in WIDE:
            token.attrSet("tabindex", "0")


MOST_BARE = 200
"""With more, addresses stay words: what each may hold the library looks for up to the end."""
BARE = re.compile(r"://|//\w|\w[.@]\w|mailto:", re.I)
SCHEME = re.compile(r"(?:^|[^a-z0-9.+-])https?$", re.I)


def link_bare_http(state: StateInline, silent: bool) -> bool:
    """Only after http(s): the library searches all pending text at every "://" (quadratic)."""
    return bool(SCHEME.search(state.pending[-7:])) and link_bare_address(state, silent)


def as_written(link: str) -> str:
    return link


def new_parser(*, linkify: bool = True) -> MarkdownIt:
    parser = MarkdownIt(
        "js-default",
        {"html": False, "linkify": linkify, "breaks": True, "maxNesting": MAX_NESTING},
    )
    parser.validateLink = is_safe_address  # type: ignore[method-assign]
    # An address is shown as it was written: decoded, "xn--…" could pass for another's name.
    parser.normalizeLinkText = as_written  # type: ignore[method-assign]
    parser.inline.ruler.at("linkify", link_bare_http)
    spoilers.hide(parser)
    calling.call(parser)
    parser.core.ruler.push("link_images", link_images)
    parser.core.ruler.push("quieten", quieten)
    # An indented line is seldom meant as code, nor an underlined one as a title.
    parser.disable(["code", "lheading"])
    return parser


def parser_for(source: str) -> MarkdownIt:
    """The one that reads this in bounded time."""
    return MARKDOWN if len(BARE.findall(source)) <= MOST_BARE else UNLINKED


MARKDOWN = new_parser()
UNLINKED = new_parser(linkify=False)
CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    tag_attribute_values={tag: {"dir": {"auto"}} for tag in BLOCKS}
    | {tag: {"dir": {"auto"}, "tabindex": {"0"}} for tag in WIDE}
    | {
        "details": {"class": {spoilers.INLINE, spoilers.BLOCK}, "dir": {"auto"}},
        "summary": {"data-word": {"spoiler"}},
    },
    link_rel="nofollow noopener ugc noreferrer",
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
)
