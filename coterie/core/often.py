"""How often somebody may ask for what costs this server something, each process for itself."""

from __future__ import annotations

import time

from django.core.cache import cache


def too_often(what: str, who: int, *, most: int, seconds: int = 60) -> bool:
    """Whether this was one more than `most` in this stretch of time; it is counted."""
    key = f"often:{what}:{who}:{int(time.time() // seconds)}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # the stretch ended in between
        return False
