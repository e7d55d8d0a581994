"""What an author meant to do, now that it is due."""

from __future__ import annotations

from contextlib import suppress

from coterie.core.verdict import Refused
from coterie.personas.models import Persona
from coterie.talk.actions import retracting, sending
from coterie.talk.models import Post, PostState

PLACES = ("conversation__community__parent", "persona", "reply_to")


def send(post_id: int, by: Persona) -> None:
    """The scheduled post is out; or its words are its author's again, with the reason."""
    found = Post.objects.filter(pk=post_id, state=PostState.SCHEDULED)
    post = found.select_related(*PLACES).first()
    if post is None:
        return
    try:
        sending.send(post, by=by)
    except Refused as refused:
        sending.send_back(post, by=by, because=refused.sentence)


def take_back(post_id: int, by: Persona) -> None:
    """The post is taken back, unless somebody removed it meanwhile; also for who left since."""
    post = Post.objects.select_related(*PLACES).filter(pk=post_id).first()
    if post is not None:
        with suppress(Refused):
            retracting.carry_out(post, by=by)
