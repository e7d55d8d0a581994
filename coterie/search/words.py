"""Text as the words that are looked for: folded, and cut the same way for all languages.

Case, accents, widths and the forms of one letter are folded away. Scripts that put no spaces
between words become overlapping pairs of signs, so that any part of them is found. There are
no stop words, and nothing is cut off the end of a word: no language has to be guessed.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

LONGEST = 60
"""Characters of a word that count."""

ALIKE = {
    "ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "æ": "ae", "œ": "oe", "þ": "th", "ĸ": "k", "ə": "e", "ɛ": "e", "ɔ": "o",
    "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "",
}  # fmt: skip
"""Letters that are one letter to whoever looks for a word, and that Unicode keeps apart."""

UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u30ff"
    r"\u3100-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
HAS_UNSPACED = re.compile(f"[{UNSPACED}]")
RUNS = re.compile(f"([{UNSPACED}]+)|[^{UNSPACED}]+")


class Folding(dict[int, str]):
    """What each character becomes: letters and numbers folded, everything else a space.

    A sign beyond ASCII, an emoji say, is a word of its own. Filled as characters turn up.
    """

    def __missing__(self, code: int) -> str:
        became = self[code] = _fold(chr(code))
        return became


def _fold(char: str) -> str:
    loose = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    alike = "".join(ALIKE.get(one, one) for one in loose)
    return unicodedata.normalize("NFC", "".join(map(_kept, alike)))


def _kept(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind[0] in "LN":
        return char
    if kind[0] == "M":
        return "" if _is_accent(char) else char
    if kind == "Cf" or "🏻" <= char <= "🏿":
        return ""  # a soft hyphen, what joins emoji, the tone of a skin
    return f" {char} " if kind[0] == "S" and char > "\x7f" else " "


def _is_accent(char: str) -> bool:
    """A mark that one may leave out: not the vowel of an Indian or Thai word, nor a Japanese one.

    Told by where it sits: above and below a letter, or as Hebrew and Arabic points.
    """
    place = unicodedata.combining(char)
    return place == 1 or 10 <= place <= 36 or place >= 200 or "\ufe00" <= char <= "\ufe0f"


FOLDING = Folding()


def folded(text: str) -> str:
    """Text in which two spellings of one word are equal, with single spaces between words."""
    return " ".join(_spaced(text).split())


def _spaced(text: str) -> str:
    whole = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return whole.translate(FOLDING)


def words(text: str) -> list[str]:
    """The words of a text in their order, as an index keeps them."""
    found: list[str] = []
    for word in _spaced(text).split():
        found += pieces(word)
    return found


def pieces(word: str) -> list[str]:
    """A folded word itself; of a script without spaces all pairs of signs, and the last sign."""
    if word.isascii() or not HAS_UNSPACED.search(word):
        return [word[:LONGEST]]
    found: list[str] = []
    for run in RUNS.finditer(word):
        if run[1]:
            found += [one + two for one, two in pairwise(run[1])] + [run[1][-1]]
        else:
            found.append(run[0][:LONGEST])
    return found
