"""How often somebody may ask for what costs this server something, each process for itself."""

from __future__ import annotations

import time

from django.core.cache import cache


def too_often(what: str, who: int | str, *, most: int, seconds: int = 60) -> bool:
    """Whether this was one more than `most` in this stretch of time; it is counted."""
    key = f"often:{what}:{who}:{int(time.time() // seconds)}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # the stretch ended in between
        return False


def let_rest(what: str, who: str, *, seconds: int) -> None:
    """For so long it rests."""
    cache.set(f"rests:{what}:{who}", 1, seconds)


def rests(what: str, who: str) -> bool:
    """Whether it was let rest, and that is not over."""
    return f"rests:{what}:{who}" in cache
