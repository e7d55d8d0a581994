"""Words that pages say again and again are put together once in each language."""

from collections.abc import Callable
from functools import lru_cache, wraps

from django.utils.translation import get_language

REMEMBERED = 4_096


def per_language[*Given, Said](say: Callable[[*Given], Said]) -> Callable[[*Given], Said]:
    """What it said to the same few plain values in the same language, it says again at once.

    Not for what depends on anything else: on who asks, on a clock, on the database.
    """

    # Typed, for as keys of a dict words that must be escaped and safe ones are equal.
    @lru_cache(maxsize=REMEMBERED, typed=True)
    def remembered(language: str | None, *given: *Given) -> Said:
        return say(*given)

    @wraps(say)
    def said(*given: *Given) -> Said:
        return remembered(get_language(), *given)

    return said
