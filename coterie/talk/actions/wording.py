"""What a post shows of the words that it says, and of the note that stands before them.

Words are read before a transaction begins: while one reads, nobody else could write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from coterie.communities.models import Community
from coterie.core.ids import new_public_id
from coterie.core.verdict import Refused, require
from coterie.pure.markup import RENDERER, Note, Text, count_spoilers, fold, unfold
from coterie.talk import poll_rules, reads, rules
from coterie.talk.models import Post, Said

MOST_SPOILERS = 200
"""More that can be opened no page bears."""


@dataclass(frozen=True)
class Worded:
    """What is said and how it is shown, for a post that bears this public id."""

    said: Said
    public_id: str
    html: str

    @property
    def columns(self) -> dict[str, Any]:
        """What the post holds of it."""
        return {
            "public_id": self.public_id,
            "voice": self.said.voice,
            "source": self.said.source,
            "note": self.said.kept_note,
            "html": self.html,
            "renderer": RENDERER,
            "photos": len(self.said.photos),
            "polled": self.said.asked is not None,
        }


def worded(said: Said, community: Community) -> Worded:
    """This, for a new post of the community; refused where it cannot be said by anybody."""
    public_id = new_public_id()
    html = sayable(said, community, at=Post(public_id=public_id).path)
    return Worded(said, public_id, fold(html, Note(said.kept_note)))


def sayable(said: Said, community: Community, *, at: str) -> str:
    """Its HTML without a note; refused where it cannot be said by anybody."""
    require(rules.can_be_said(said.source, len(said.photos)))
    require(poll_rules.can_be_asked(said.asked))
    return unfolded(said.source, community, at=at)


def reworded(post: Post, source: str, *, note: str, photos: int) -> dict[str, Any]:
    """What the post holds once it says this; a note that the hosts put before it stays.

    What an earlier renderer drew is left as such: its versions are still to be drawn anew.
    """
    require(rules.can_be_said(source, photos))
    html = unfolded(source, post.conversation.community, at=post.path)
    return {
        "source": source,
        "note": note,
        "html": fold(html, post.noted if post.hosts_note else Note(note)),
        "photos": photos,
    }


def unfolded(source: str, community: Community, *, at: str) -> str:
    """The HTML of these words without a note; refused where no page bears it.

    Whoever is called in it by name is linked as far as the community has exactly one of them.
    """
    text = Text(source)
    require(rules.can_be_called(text.names))
    return drawn(text, reads.meant(text.names, community), at=at)


def drawn(text: Text, people: Mapping[str, str], *, at: str) -> str:
    """The same, where it is known whom the names mean."""
    html = text.html(at=at, people=people)
    if count_spoilers(html) > MOST_SPOILERS:
        said = _("At most %(n)d passages can be hidden in one post.")
        raise Refused(said % {"n": MOST_SPOILERS})
    return html


def refold(post: Post) -> None:
    """The same HTML stands behind the note that the post has now, or behind none."""
    post.html = fold(unfold(post.html)[1], post.noted)
