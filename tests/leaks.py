"""What two personas have in common in everything an observer saw."""

import re

TOKEN = re.compile(r"[\w.@:+/=%-]{8,}")
WORD = re.compile(r"[A-Za-z0-9]{6,}")


def tokens(text: str) -> set[str]:
    """Pieces of text that could be an identifier, long ones also in their parts."""
    return {*TOKEN.findall(text), *WORD.findall(text)}


def about(seen: dict[str, str], marks: set[str]) -> set[str]:
    """All tokens of all documents in which one of a persona's marks stands."""
    found: set[str] = set()
    for text in seen.values():
        if any(mark in text for mark in marks):
            found |= tokens(text)
    return found


def shared_only_by_one_person(
    one: set[str], other: set[str], strangers: list[tuple[set[str], set[str]]]
) -> set[str]:
    """Tokens that both personas of one account show and no pair of different accounts does."""
    common = one & other
    for left, right in strangers:
        common -= left & right
    return common
