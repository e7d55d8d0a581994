"""The photos that the cast brings along: drawn for the demo, and free like the code."""

from __future__ import annotations

from pathlib import Path

from django.core.files import File

from coterie.communities.models import Community
from coterie.media.actions import sending
from coterie.personas.models import Persona

FOLDER = Path(__file__).parent / "pictures"

TAKEN = {
    "Three evenings, two podcasts and one pricked thumb.": (
        "elbow.webp",
        "A dark blue patch on denim, all rows of white stitched waves, the needle still in it.",
    ),
    "Linen, twice washed.": (
        "skeins.webp",
        "Six skeins on a line: mustard, brick, walnut, weld green, plum and moss.",
    ),
    "Two went home from the swap table.": (
        "monstera.webp",
        "Two monstera leaves in a glass of water on a window sill; thin roots grow into it.",
    ),
}
"""By the beginning of the words that they are shown with: the file, and what is on it."""


def brought(words: str, *, by: Persona, community: Community) -> tuple[str, ...]:
    """The photo that is shown with these words, sent; most are said without one."""
    for beginning, (name, alt) in TAKEN.items():
        if words.startswith(beginning):
            with (FOLDER / name).open("rb") as photo:
                return (sending.send(File(photo), by=by, community=community, alt=alt).public_id,)
    return ()
