"""JSON of any size, one value at a time: the memory needed is that of the largest single value.

The standard library's own scanner does the work on a moving window of text. It is faster than event
parsers here, and it lets us repair the invalid escapes that exporters write. The elements of a long
list are read many at a time by msgspec, which is faster still and stricter: where it stumbles, the
scanner goes on, one by one.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from json.scanner import make_scanner
from typing import Any, NoReturn

import msgspec

from coterie.pure.exports.archive import Stream
from coterie.pure.exports.records import Unreadable, worded

CHUNK = 1 << 20
MAX_VALUE = 16 << 20
NEAR_END = 64
WORDS = ("true", "false", "null")
SKIP_DEPTH = 4
GUESSES = 4
AT_ONCE = 1 << 15
"""Characters that are decoded at once: what is made of them still fits a processor's cache."""

SEPARATOR = re.compile(r"[ \t\n\r]*,[ \t\n\r]*\{")
SPACE = re.compile(r"[ \t\n\r]*")
ESCAPES = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)
BREAKS_OFF = worded("The file breaks off in the middle. It was probably not copied completely.")
NOT_JSON = worded(
    "Here the file is no longer JSON. It may have been changed since it was exported."
)
WRONG_LETTERS = worded(
    "The file is not written in UTF-8. It may have been saved again by another program."
)
TOO_DEEP = worded("The file is nested deeper than any export is.")
TOO_LARGE = worded("One single entry of this file is larger than any export's.")

decode_many = msgspec.json.Decoder(list[Any]).decode
scan: Callable[[str, int], tuple[Any, int]] = make_scanner(
    json.JSONDecoder(strict=False)  # type: ignore[arg-type]
)


class Walk:
    """A place in a JSON text that only moves forward."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self._text, self._at = "", 0
        self._line, self._bytes = 1, 0
        self._ended = False
        self._in_doubt = False
        self._more()
        self._at = int(self._text.startswith("\ufeff"))

    def next(self) -> str:
        """The first character of what comes next; empty at the end."""
        while True:
            match = SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def value(self) -> Any:
        """The whole value that comes next."""
        self.next()
        while True:
            try:
                value, end = scan(self._text, self._at)
            except json.JSONDecodeError as reason:
                if not (reason.msg.startswith("Invalid \\escape") and self._mend()):
                    self._wait(reason.pos, open_ended=reason.msg.startswith("Unterminated"))
            except StopIteration as reason:
                self._wait(reason.value)
            except RecursionError:
                self._refuse(TOO_DEEP)
            except ValueError:
                self._refuse(NOT_JSON)
            else:
                if self._is_settled(value, end) or not self._more():
                    self._at = end
                    return value

    def items(self) -> Iterator[None]:
        """Stands before each element of the array that comes next; whoever asks must take it."""
        self._take("[")
        if self.next() == "]":
            self._at += 1
            return
        while True:
            yield
            if self._take(",]") == "]":
                return

    def values(self) -> Iterator[Any]:
        """Each element of the array that comes next."""
        between = ""
        for _ in self.items():
            yield from self._many(between)
            yield self.value()
            between = between or self._what_stands_between()

    def entries(self) -> Iterator[str]:
        """Each key of the object that comes next; whoever asks must take its value."""
        self._take("{")
        if self.next() == "}":
            self._at += 1
            return
        while True:
            if self.next() not in ('"', ""):
                self._refuse(NOT_JSON)
            key = str(self.value())
            self._take(":")
            yield key
            if self._take(",}") == "}":
                return

    def skip(self, depth: int = 0) -> int:
        """Passes over what comes next; says how many entries its lists held."""
        ahead = self.next()
        if ahead == "[":
            return sum(1 for _ in self.values())
        if ahead == "{" and depth < SKIP_DEPTH:
            return sum(self.skip(depth + 1) for _ in self.entries())
        self.value()
        return 0

    def end(self) -> None:
        """Nothing may follow."""
        if self.next():
            self._refuse(NOT_JSON)

    def _what_stands_between(self) -> str:
        """Between two objects of one list: the same comma and space each time."""
        comma = SEPARATOR.match(self._text, self._at)
        return f"}}{comma[0]}" if comma and self._text[self._at - 1] == "}" else ""

    def _many(self, between: str) -> list[Any]:
        """The objects that stand whole in the window before the last of these; none in doubt.

        It does not matter that the place of the cut is a guess: what a strict reader takes for a
        list of whole values is one.
        """
        end = self._at + AT_ONCE
        for _ in range(GUESSES if between and not self._in_doubt else 0):
            end = self._text.rfind(between, self._at, end)
            if end < 0:
                return []
            try:
                found = decode_many(f"[{self._text[self._at : end + 1]}]")
            except (ValueError, RecursionError):
                self._in_doubt = True
                continue
            self._at, self._in_doubt = end + len(between) - 1, False
            return found
        return []

    def _take(self, allowed: str) -> str:
        found = self.next()
        if not found:
            self._refuse(BREAKS_OFF)
        if found not in allowed:
            self._refuse(NOT_JSON)
        self._at += 1
        return found

    def _is_settled(self, value: object, end: int) -> bool:
        """A number at the edge of the window may go on beyond it."""
        ahead = len(self._text) - end
        is_number = type(value) in (int, float)
        return ahead > NEAR_END or (ahead > 0 and not (is_number and self._text[end] in ".eE"))

    def _wait(self, at: int, open_ended: bool = False) -> None:
        """What broke at the edge of the window may be whole once the window has moved."""
        if not open_ended and at < len(self._text) - NEAR_END:
            self._refuse(NOT_JSON, at)
        if not self._more():
            if open_ended or is_cut(self._text[at : at + NEAR_END].strip()):
                self._refuse(BREAKS_OFF, len(self._text))
            self._refuse(NOT_JSON, at)

    def _mend(self) -> bool:
        r"""Some exporters write control characters as \x1F, which JSON does not know."""
        self._forget_what_was_read()
        mended = ESCAPES.sub(as_json_escape, self._text)
        changed = mended != self._text
        self._text = mended
        return changed

    def _more(self) -> bool:
        """Moves the window on; false at the end of the file."""
        if self._ended:
            return False
        self._forget_what_was_read()
        if len(self._text) > MAX_VALUE:
            self._refuse(TOO_LARGE)
        chunk = self._stream.read(max(CHUNK, len(self._text)))
        self._ended = not chunk
        self._in_doubt = False
        self._text += self._decoded(chunk)
        self._bytes += len(chunk)
        return not self._ended

    def _decoded(self, chunk: bytes) -> str:
        try:
            return self._decode(chunk, not chunk)
        except UnicodeDecodeError as reason:
            sentence = WRONG_LETTERS if chunk else BREAKS_OFF
            raise Unreadable(sentence, f"byte {self._bytes + reason.start:,}") from None

    def _forget_what_was_read(self) -> None:
        self._line += self._text.count("\n", 0, self._at)
        self._text, self._at = self._text[self._at :], 0

    def _refuse(self, sentence: str, at: int | None = None) -> NoReturn:
        at = self._at if at is None else at
        line = self._line + self._text.count("\n", 0, at)
        byte = self._bytes - len(self._text[at:].encode("utf-8", "surrogatepass"))
        raise Unreadable(sentence, f"line {line:,}, byte {max(byte, 0):,}") from None


def is_cut(rest: str) -> bool:
    return not rest or rest == "-" or any(word.startswith(rest) for word in WORDS)


def as_json_escape(match: re.Match[str]) -> str:
    return f"\\u00{match[1]}" if match[1] else match[0]
