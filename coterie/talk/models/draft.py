"""What somebody has begun to say and not sent."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from coterie.personas.models import Persona, today
from coterie.talk.models.conversation import Conversation, Voice
from coterie.talk.models.planned import Planned
from coterie.talk.models.post import Post
from coterie.talk.models.unsaid import Unsaid


class DraftQuerySet(models.QuerySet["Draft"]):
    def begun(self, place: str, by: Persona) -> DraftQuerySet:
        """What `by` has begun in this place.

        A save that was overtaken by its sending comes too late in any order: what it kept is
        nothing, although it is there.
        """
        mine = self.filter(persona=by, place=place)
        sent = (Exists(each) for each in sent_from(OuterRef("opening"), place, by))
        return mine.filter(Q(opening="") | ~reduce(or_, sent))


def sent_from(opening: Any, place: str, by: Persona) -> tuple[models.QuerySet[Any], ...]:
    """What `by` has sent from this opening of a form in this place: it is out, or waits, or
    other words stand there now."""
    mine = Planned.objects.filter(persona=by)
    return (
        Post.objects.filter(conversation__public_id=place, persona=by, client_key=opening),
        Post.objects.filter(public_id=place, persona=by, changed_from=opening),
        Conversation.objects.filter(community__public_id=place, started_by=by, client_key=opening),
        mine.filter(Q(client_key=opening) | Q(changed_from=opening)),
    )


class Draft(Unsaid):
    """What a persona has begun to say and not sent; of a poll, what a form holds."""

    place = models.CharField(max_length=18)
    """The public id of what is written in: a community (a new topic), a conversation, or the
    post or what waits for its time whose words are to change."""
    voice = models.CharField(max_length=8, choices=Voice, default=Voice.OWN, blank=True)
    """Nothing where the one that was meant is lost and no other has been chosen."""
    reply_to = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    later: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    """The day, the time and the zone that were typed, as the form holds them."""
    opening = models.CharField(max_length=40, blank=True)
    """The key that the form had from when it was opened; nothing where words came back."""
    kept_on = models.DateField(default=today)
    """A day: two personas whose drafts grow in turns would be one person to a finer clock."""

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["persona", "place"], name="draft_once")]

    def __str__(self) -> str:
        return f"draft for {self.place}"
