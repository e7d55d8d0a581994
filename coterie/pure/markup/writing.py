"""Other people's words as Markdown that says exactly them.

Style yields to words: where Markdown could not carry a style between these neighbours, or would
read the words as something else, the words stay and the style goes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import groupby
from typing import NamedTuple

from coterie.pure.markup.rendering import is_safe_address


class Style(Enum):
    PLAIN = auto()
    BOLD = auto()
    ITALIC = auto()
    STRUCK = auto()
    CODE = auto()
    HIDDEN = auto()
    LINK = auto()
    BLOCK = auto()
    QUOTE = auto()


class Piece(NamedTuple):
    """Some words in one style; `detail` is the address of a link or the language of a block."""

    text: str
    style: Style = Style.PLAIN
    detail: str = ""


MARKERS = {Style.BOLD: "**", Style.ITALIC: "*", Style.STRUCK: "~~"}

LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
ADDRESS = re.compile(r"https?://[^\W_](?:[^\s<>\\]*[^\s<>\\.,:;!?'\")\]}])?", re.IGNORECASE)
MEANT_AS_MARKUP = re.compile(
    r"[\\`*\[\]<~|]"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|&(?=[#\w])"
    r"|:(?=//)"
)
NEEDS_CARE = re.compile("[\\\\`*\\[\\]<~|_&:\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
MEANT_AT_LINE_START = re.compile(
    r"^([^\S\n]*)([->:]|\+(?=\s|$)|#(?=#{0,5}(?:\s|$))|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE
)
BLANK_LINES = re.compile(r"\n\s*\n")
UNFIT_IN_ADDRESS = re.compile(r"[\s<>\\]")


def compose(pieces: Iterable[Piece]) -> str:
    """Markdown that renders to these words, with as much of their style as it can carry."""
    pieces = list(pieces)
    if all(piece.style is Style.PLAIN for piece in pieces):
        return escape("".join(piece.text for piece in pieces))
    speakable = [piece._replace(text=cleaned(piece.text)) for piece in pieces]
    return "\n\n".join(block for block in blocks(united(speakable)) if block.strip())


def escape(text: str) -> str:
    """Markdown that renders to these words and nothing else."""
    if NEEDS_CARE.search(text):
        return paragraphs([Piece(cleaned(text))])
    return MEANT_AT_LINE_START.sub(escaped_line_start, text)


def cleaned(text: str) -> str:
    """Without characters that no page or database can hold."""
    return UNSPEAKABLE.sub("", LINE_ENDS.sub("\n", text))


def united(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one style as one piece, so that their markers never touch."""
    spoken = (with_visible_label(piece) for piece in pieces if piece.text)
    runs = groupby(spoken, key=lambda piece: (piece.style, detail_of(piece)))
    return [Piece("".join(p.text for p in run), style, detail) for (style, detail), run in runs]


def detail_of(piece: Piece) -> str:
    return piece.detail if piece.style in (Style.LINK, Style.BLOCK) else ""


def with_visible_label(piece: Piece) -> Piece:
    return piece if piece.text.strip() else Piece(piece.text)


def blocks(pieces: Sequence[Piece]) -> Iterator[str]:
    for kind, run in groupby(pieces, key=block_kind):
        if kind is Style.BLOCK:
            yield from (fenced(piece) for piece in run)
        elif kind is Style.QUOTE:
            yield from (quoted(escape(piece.text)) for piece in run)
        else:
            yield paragraphs(list(run))


def block_kind(piece: Piece) -> Style:
    if piece.style in (Style.BLOCK, Style.QUOTE):
        return piece.style
    return Style.BLOCK if piece.style is Style.CODE and "\n" in piece.text else Style.PLAIN


def fenced(piece: Piece) -> str:
    fence = "`" * max(3, longest_ticks(piece.text) + 1)
    language = piece.detail if re.fullmatch(r"[\w+#-]{1,20}", piece.detail) else ""
    return f"{fence}{language}\n{piece.text.strip('\n')}\n{fence}"


def quoted(markdown: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in markdown.split("\n"))


def paragraphs(pieces: Sequence[Piece]) -> str:
    written = ""
    for piece, after in zip(pieces, [*map(start_of, pieces[1:]), ""], strict=True):
        if piece.style is Style.LINK and written.endswith("!"):
            written = f"{written[:-1]}\\!"  # or it would be an image
        written += inline(piece, written[-1:], after)
    return MEANT_AT_LINE_START.sub(escaped_line_start, written)


def start_of(piece: Piece) -> str:
    """The first character that will be written for it, or one that Markdown reads alike."""
    return (link(piece) if piece.style is Style.LINK else escaped(piece.text))[:1]


def inline(piece: Piece, before: str, after: str) -> str:
    if piece.style is Style.CODE:
        return (
            code_span(piece.text) if piece.text.strip() and before != "`" else escaped(piece.text)
        )
    if piece.style is Style.LINK:
        return link(piece)
    if piece.style is Style.HIDDEN:
        return hidden(piece.text)
    if piece.style in MARKERS:
        return marked(piece.text, MARKERS[piece.style], before, after)
    return escaped(piece.text)


def hidden(text: str) -> str:
    """Each line between its own bars; a bar that is said stands behind a backslash."""
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(f"||{escaped(line)}||" if line else "" for line in lines)


def escaped_line_start(match: re.Match[str]) -> str:
    space, mark = match.groups()
    return f"{space}{mark}\\" if mark.isdecimal() else f"{space}\\{mark}"


def escaped(text: str) -> str:
    """Inline text; bare addresses stand in angle brackets, so that nothing in them is escaped."""
    written, end = [], 0
    for match in ADDRESS.finditer(text):
        written += [without_markup(text[end : match.start()]), f"<{match[0]}>"]
        end = match.end()
    return "".join([*written, without_markup(text[end:])])


def without_markup(text: str) -> str:
    return MEANT_AS_MARKUP.sub(r"\\\g<0>", text)


def code_span(text: str) -> str:
    ticks = "`" * (longest_ticks(text) + 1)
    edge = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{ticks}{edge}{text}{edge}{ticks}"


def longest_ticks(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def link(piece: Piece) -> str:
    address = piece.detail.strip()
    if not is_safe_address(address):
        return escaped(piece.text)
    if piece.text == address and ADDRESS.fullmatch(address):
        return f"<{address}>"
    label = " ".join(without_markup(piece.text).split())
    return f"[{label}](<{fit_address(address)}>)"


def fit_address(address: str) -> str:
    percent = UNFIT_IN_ADDRESS.sub(lambda match: f"%{ord(match[0]) % 256:02X}", address)
    return percent.replace("&", "&amp;")


def marked(text: str, marker: str, before: str, after: str) -> str:
    """Each line in its own markers: emphasis never crosses a line."""
    lines = text.split("\n")
    last = len(lines) - 1
    return "\n".join(
        marked_line(line, marker, "" if at else before, after if at == last else "")
        for at, line in enumerate(lines)
    )


def marked_line(line: str, marker: str, before: str, after: str) -> str:
    core = line.strip()
    start = line[: len(line) - len(line.lstrip())]
    end = line[len(line.rstrip()) :] if core else ""
    inner = escaped(core)
    if not core or not stands(inner, start[-1:] or before, end[:1] or after, marker[0]):
        return escaped(line)
    return f"{start}{marker}{inner}{marker}{end}"


def stands(inner: str, before: str, after: str, mark: str) -> bool:
    """Would Markdown read a mark here as opening, and there as closing, emphasis?"""
    if mark in (before, after):
        return False
    opens = is_apart(before) or not is_sign(inner[0])
    closes = is_apart(after) or not is_sign(inner[-1])
    return opens and closes


def is_apart(neighbour: str) -> bool:
    return not neighbour or neighbour.isspace() or is_sign(neighbour)


def is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
