"""What somebody says, before it is a post: on the way through every form and action one value."""

from __future__ import annotations

from dataclasses import dataclass

from coterie.pure.markup import tidy_note
from coterie.talk.models.conversation import Voice
from coterie.talk.models.poll import Asked


@dataclass(frozen=True)
class Said:
    """Words, and all that goes out with them."""

    source: str
    note: str = ""
    voice: str = Voice.OWN
    photos: tuple[str, ...] = ()
    """Public ids of pictures, in their order."""
    tags: tuple[str, ...] = ()
    """Of the topic that it opens."""
    asked: Asked | None = None

    @property
    def kept_note(self) -> str:
        """The note as a post has it."""
        return tidy_note(self.note)
