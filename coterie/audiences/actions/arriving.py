"""The place to which a chat comes home, before anybody is in it; and how it goes again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from coterie.audiences import rules
from coterie.audiences.models import Arrival, ImportedAuthor
from coterie.communities.actions import founding
from coterie.communities.models import Community, Membership
from coterie.core.verdict import Refused, require
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.pure.exports.records import Chat
from coterie.talk.actions import importing
from coterie.talk.models import Conversation

PRESET = "group_chat"
AT_ONCE = 500
NAME = 60


class CalledOff(Refused):
    """Whoever brings the chat does not want it any more."""

    def __init__(self) -> None:
        super().__init__(_("This import was called off."))


def ground(chat: Chat, *, by: Viewer, parent: Community | None) -> Community:
    """Where the chat arrives: the place laid out when it stopped in the middle, or a new one."""
    require(rules.may_import(by))
    if by.owner is None:
        raise CalledOff
    tag = sealed.tag(by.owner, f"arrival:{parent.pk if parent else 0}:{chat.key}")
    for known in Arrival.objects.filter(tag=tag).select_related("community__parent"):
        return known.community
    name = chat.name.strip()[:NAME] or _("Imported chat")
    with transaction.atomic():
        community = founding.lay_ground(name, by=by, preset=PRESET, parent=parent)
        Arrival.objects.create(tag=tag, community=community)
    return community


@transaction.atomic
def settle(
    community: Community,
    *,
    by: Viewer,
    persona: Persona | None,
    persona_name: str,
    persona_seed: int | None,
) -> Membership:
    """Whoever brought the chat hosts the community, which is like any other now."""
    Arrival.objects.filter(community=community).delete()
    return founding.move_in(
        community,
        by=by,
        preset=PRESET,
        persona=persona,
        persona_name=persona_name,
        persona_seed=persona_seed,
    )


def withdraw(community: Community) -> None:
    """What had not arrived is gone, and the community too if nobody was ever in it.

    Many short transactions; one that is cut off is begun again after a day.
    """
    for conversation in Conversation.objects.filter(community=community, arriving=True):
        importing.take_back(conversation)
    while _forget_the_silent(community):
        pass
    founding.clear_ground(community)


@transaction.atomic
def _forget_the_silent(community: Community) -> int:
    """Some authors of whom nothing is left here are gone, with who stood in for them."""
    silent = ImportedAuthor.objects.filter(
        community=community,
        state=ImportedAuthor.State.WAITING,
        persona__isnull=False,
        persona__posts=None,
        persona__reactions=None,
    )
    some = dict(silent.values_list("pk", "persona")[:AT_ONCE])
    ImportedAuthor.objects.filter(pk__in=some).delete()
    Persona.objects.filter(pk__in=some.values()).delete()
    return len(some)
