"""The beginning of a message in every dialect: a date, a time, and what stands between them."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

MARK = "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*"
AFTERNOON = r"p\.?\s?m\.?|오후|午後|下午|م|μ\.?μ\.?|du|chiều|pt|ip\.?"
MORNING = r"a\.?\s?m\.?|오전|午前|上午|ص|π\.?μ\.?|de|sáng|am\.|ap\.?"
HALF = rf"(?:{AFTERNOON}|{MORNING})"
DATE = (
    rf"{MARK}(\d{{1,4}}){MARK}(\.\s|[./-]|년\s|年){MARK}(\d{{1,2}}){MARK}(?:\.\s|[./-]|월\s|月)"
    rf"{MARK}(\d{{1,4}})(?:\.|일|日)?"
)
BETWEEN = rf"{MARK}[,،]?{MARK}\s?(?:(?:klo|kl\.|um|at|à|às|a las|в)\s)?"
TIME = rf"{MARK}({HALF})?\s?(\d{{1,2}})[:.](\d{{2}})(?:[:.](\d{{2}}))?(?:{MARK}\s?({HALF}))?"
HEAD = re.compile(
    rf"{MARK}(?:\[{DATE}{BETWEEN}{TIME}{MARK}\]{MARK}\s?|"
    rf"{DATE}{BETWEEN}{TIME}{MARK}(?:\s[-–—]\s|:\s|,\s|(?<=\d\d[:.]\d\d[:.]\d\d)\s))",
    re.IGNORECASE,
)
IS_AFTERNOON = re.compile(AFTERNOON, re.IGNORECASE)
HEAD_LENGTH = 70
SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007"), " ")


class Head(NamedTuple):
    """What stands before a message: the three numbers of its date as they come, its time in 24
    hours, how it is written, and where the message begins."""

    numbers: tuple[int, int, int]
    lengths: tuple[int, int, int]
    hour: int
    minute: int
    second: int
    style: str
    end: int


def head_of(line: str) -> Head | None:
    """The head of this line; None where a message goes on."""
    found = HEAD.match(plain_digits(line[:HEAD_LENGTH]))
    if found is None:
        return None
    framed = found[1] is not None
    one, between, two, three, before, hour, minute, second, after = (
        found.groups()[:9] if framed else found.groups()[9:]
    )
    half = before or after
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if IS_AFTERNOON.fullmatch(half) else 0)
    if hours > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    lengths = (len(one), len(two), len(three))
    style = f"{framed}{between.strip()}{bool(half)}{bool(second)}{max(lengths)}{len(one) == 4}"
    numbers = (int(one), int(two), int(three))
    return Head(numbers, lengths, hours, int(minute), int(second or 0), style, found.end())


def plain_digits(text: str) -> str:
    """As long as before, with every script's digits as ours and every space as one."""
    if text.isascii():
        return text
    text = text.translate(SPACES)
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() and not sign.isascii() else sign
        for sign in text
    )
