"""Counts where members do not meet: at least so many, so that nobody can be counted out."""

BANDS = (1_000, 300, 100, 30, 10, 5)


def band(count: int) -> str:
    """At least so many, in signs that need no language; nothing below the lowest band."""
    return next((f"{low:,}+" for low in BANDS if count >= low), "")
