"""What hosts lay ready for members: frames for topics, and a greeting for who came in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona
from coterie.pure.markup import render
from coterie.talk import rules
from coterie.talk.models import (
    LONGEST_FRAME,
    LONGEST_GREETING,
    MOST_FRAMES,
    MOST_ON_A_TOPIC,
    Conversation,
    Frame,
    Greeting,
    Kind,
    tidy_tags,
)


@transaction.atomic
def add_frame(community: Community, *, by: Persona, **words: Any) -> Frame:
    """Members find one more when they start a topic."""
    held = Community.objects.hold(community.pk)
    require(communities.may_shape(by, held))
    if Frame.objects.filter(community=held).count() >= MOST_FRAMES:
        raise Refused(_("%(n)d templates are enough. Change one of them.") % {"n": MOST_FRAMES})
    return Frame.objects.create(community=held, **_tidied(held, **words))


@transaction.atomic
def change_frame(frame: Frame, *, by: Persona, **words: Any) -> None:
    """It says this from now on; topics that were begun with it stay as they are."""
    held = Community.objects.hold(frame.community_id)
    require(communities.may_shape(by, held))
    said = _tidied(held, **words, but=frame)
    Frame.objects.filter(pk=frame.pk).update(**said)


@transaction.atomic
def drop_frame(frame: Frame, *, by: Persona) -> None:
    """Nobody begins with it any more."""
    require(communities.may_shape(by, frame.community))
    Frame.objects.filter(pk=frame.pk).delete()


@transaction.atomic
def greet(
    community: Community, *, by: Persona, source: str, hello: Conversation | None = None
) -> None:
    """Who comes in reads this, and is sent there to say hello; nothing written is our own words."""
    require(communities.may_shape(by, community))
    if hello is not None:
        if hello.community_id != community.pk or hello.kind != Kind.TOPIC:
            raise Refused(rules.NOTHING.sentence)
        require(rules.may_see(by, hello))
    source = source.strip()
    if len(source) > LONGEST_GREETING:
        raise Refused(_("This is too long for one post."))
    said = {"source": source, "html": render(source) if source else "", "hello": hello}
    Greeting.objects.update_or_create(community=community, defaults=said)


def _tidied(
    community: Community,
    *,
    name: str,
    hint: str = "",
    source: str = "",
    tags: Sequence[str] = (),
    but: Frame | None = None,
) -> dict[str, Any]:
    name = " ".join(name.split())[:40]
    if not name:
        raise Refused(_("Give the template a name."))
    others = Frame.objects.filter(community=community).exclude(pk=but.pk if but else 0)
    if others.filter(name__iexact=name).exists():
        raise Refused(_("There is a template of this name already."))
    words = tidy_tags(tags)
    if len(words) > MOST_ON_A_TOPIC:
        raise Refused(_("At most %(n)d tags fit on one topic.") % {"n": MOST_ON_A_TOPIC})
    return {
        "name": name,
        "hint": " ".join(hint.split())[:120],
        "source": source.strip()[:LONGEST_FRAME],
        "tags": words,
    }
