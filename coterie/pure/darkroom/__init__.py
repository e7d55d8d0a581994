"""Making pictures of what people send, where nothing that they send can do harm.

A photo is opened by a child process only (child.py), which may use so much memory and
time, may write no file and reaches no network. What comes back is drawn anew.
"""

from coterie.pure.darkroom.developing import (
    MOST_PIXELS,
    SIDES,
    Developed,
    Reason,
    Spoiled,
    develop,
    readable_kinds,
)

__all__ = [
    "MOST_PIXELS",
    "SIDES",
    "Developed",
    "Reason",
    "Spoiled",
    "develop",
    "readable_kinds",
]
