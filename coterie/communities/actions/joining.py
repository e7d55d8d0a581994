"""Asking to come in, and being answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities import rules, seating
from coterie.communities.actions import inviting
from coterie.communities.events import Admitted, AskedToJoin, Banned, TurnedAway, Withdrawn
from coterie.communities.models import (
    Answer,
    Ban,
    Community,
    Invitation,
    JoinRequest,
    Membership,
    Question,
)
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer, viewer_of

type Answers = Mapping[int, str]
"""What was said to each question, by the question's place."""
type Answering = Callable[[JoinRequest], object]


@transaction.atomic
def ask_to_join(
    community: Community,
    *,
    by: Viewer,
    persona: Persona | None = None,
    name: str = "",
    seed: int | None = None,
    answers: Answers | None = None,
    agreed: int = 0,
    invitation: Invitation | None = None,
) -> Membership | JoinRequest:
    """A member from now on where nobody has to decide, else somebody who waits for the hosts.

    Under `persona`, or under a new one called `name`; `agreed` is the version of the
    rules that the asker has read and accepted.
    """
    community, by = _at_the_door(community, by)
    if invitation and invitation.community_id != community.pk:
        raise Refused(rules.NOTHING.sentence)
    require(rules.may_ask(by, community, invitation))
    _require_agreement(community, agreed)
    straight = rules.goes_straight_in(by, community, invitation)
    said = [] if straight else _answered(community, answers or {})
    if invitation:
        inviting.use(invitation)
    persona = seating.embody(by, persona, name, seed)
    if straight:
        return _walk_in(community, by, persona, agreed)
    return _wait(community, persona, agreed, said, invitation)


def _at_the_door(community: Community, by: Viewer) -> tuple[Community, Viewer]:
    held = Community.objects.hold(community.pk)
    rules.forget(by)
    # Anew, behind the lock: another tab may have made a persona and asked with it meanwhile.
    return held, viewer_of(by.owner)


def _require_agreement(community: Community, agreed: int) -> None:
    if agreed == community.rules_version:
        return
    if agreed:
        raise Refused(_("The rules have changed meanwhile. Please read them again."))
    raise Refused(_("Please accept the rules first."))


def _answered(community: Community, answers: Answers) -> list[tuple[Question, str]]:
    said = [(each, answers.get(each.place, "").strip()) for each in community.questions.all()]
    if any(question.required and not text for question, text in said):
        raise Refused(_("Please answer the questions."))
    return said


def _walk_in(community: Community, by: Viewer, persona: Persona, agreed: int) -> Membership:
    waiting = JoinRequest.objects.pending().filter(community=community, persona__in=by.ids)
    for each in waiting.select_related("persona"):
        _require_same(each, persona)
        _close(each, JoinRequest.State.WITHDRAWN, None)
        announce(Withdrawn(each.pk))
    membership = seating.begin(community, persona, agreed=agreed)
    announce(Admitted(membership.pk, persona.pk))
    return membership


def _require_same(waiting: JoinRequest, persona: Persona) -> None:
    # One vanishing from the queue as another comes in would tell the hosts that they are one.
    if waiting.persona_id != persona.pk:
        raise Refused(
            _("You have asked here as %(name)s. Come in as them, or take that back first.")
            % {"name": waiting.persona.name}
        )


def _wait(
    community: Community,
    persona: Persona,
    agreed: int,
    said: list[tuple[Question, str]],
    invitation: Invitation | None,
) -> JoinRequest:
    join_request = JoinRequest.objects.create(
        community=community,
        persona=persona,
        known_as=community.name,
        agreed_version=agreed,
        invitation=invitation,
        came_before=seating.came_before(persona, community),
    )
    Answer.objects.bulk_create(
        Answer(join_request=join_request, place=each.place, question=each.text, text=text)
        for each, text in said
    )
    announce(AskedToJoin(join_request.pk))
    return join_request


@transaction.atomic
def take_seat(
    community: Community,
    *,
    by: Viewer,
    persona: Persona | None = None,
    name: str = "",
    seed: int | None = None,
    agreed: int = 0,
) -> Membership:
    """A member by a right that another floor has checked: a claim of one's own old words.

    A ban, a closed door and the rules hold here too.
    """
    community, by = _at_the_door(community, by)
    if community.closed_at or community.orphaned_at or rules.is_banned(by, community):
        raise Refused(_("You cannot join here at the moment."))
    _require_agreement(community, agreed)
    return _walk_in(community, by, seating.embody(by, persona, name, seed), agreed)


@transaction.atomic
def withdraw(join_request: JoinRequest, *, by: Viewer) -> None:
    """The asker no longer asks."""
    if join_request.persona_id not in by.ids:
        raise Refused(rules.NOTHING.sentence)
    _close(join_request, JoinRequest.State.WITHDRAWN, None)
    announce(Withdrawn(join_request.pk))


@transaction.atomic
def admit(join_request: JoinRequest, *, by: Persona) -> Membership:
    """The asker becomes a member; the request is answered once and for all."""
    community = Community.objects.hold(join_request.community_id)
    require(rules.may_admit(by, community))
    if rules.is_banned(join_request.persona, community):
        raise Refused(_("This person cannot be let in."))
    _close(join_request, JoinRequest.State.ADMITTED, by)
    membership = seating.begin(community, join_request.persona, agreed=join_request.agreed_version)
    announce(Admitted(membership.pk, by.pk))
    return membership


@transaction.atomic
def turn_away(join_request: JoinRequest, *, by: Persona, sentence: str = "") -> None:
    """The asker reads the hosts' sentence and may ask again another day."""
    require(rules.may_admit(by, join_request.community))
    _close(join_request, JoinRequest.State.DECLINED, by, sentence)
    announce(TurnedAway(join_request.pk, by.pk))


@transaction.atomic
def turn_away_for_good(join_request: JoinRequest, *, by: Persona, sentence: str = "") -> Ban:
    """The asker is declined and cannot ask again, under any persona, until a host lifts it."""
    community = join_request.community
    require(rules.has_duty(by, community, Membership.Duty.PEOPLE))
    Community.objects.hold(community.pk)
    turn_away(join_request, by=by, sentence=sentence)
    ban = Ban.objects.create(
        community=community,
        persona=join_request.persona,
        banned_by=by,
        sentence=sentence[:300],
        nullifier=sealed.nullifier_of(join_request.persona, community.scope),
    )
    seating.ask_again(community.pk)
    announce(Banned(ban.pk, 0, by.pk))
    return ban


def admit_all(community: Community, public_ids: Iterable[str], *, by: Persona) -> int:
    """Those of these who still wait and may come in are members; how many."""
    return _each(community, public_ids, lambda waiting: admit(waiting, by=by), by)


def turn_away_all(
    community: Community, public_ids: Iterable[str], *, by: Persona, sentence: str = ""
) -> int:
    """Those of these who still wait have been declined with the same sentence; how many."""
    return _each(
        community, public_ids, lambda waiting: turn_away(waiting, by=by, sentence=sentence), by
    )


def _each(community: Community, public_ids: Iterable[str], answer: Answering, by: Persona) -> int:
    require(rules.may_admit(by, community))
    waiting = JoinRequest.objects.pending().filter(
        community=community, public_id__in=list(public_ids)
    )
    return sum(_answers(answer, each) for each in waiting.select_related("persona", "community"))


def _answers(answer: Answering, waiting: JoinRequest) -> bool:
    try:
        answer(waiting)
    except (JoinRequest.AlreadyAnswered, Refused):
        return False  # another host was faster, or a ban stands: the rest go on
    return True


def _close(join_request: JoinRequest, state: str, by: Persona | None, sentence: str = "") -> None:
    closed = (
        JoinRequest.objects.pending()
        .filter(pk=join_request.pk)
        .update(state=state, answered_at=timezone.now(), answered_by=by, sentence=sentence)
    )
    if not closed:
        raise JoinRequest.AlreadyAnswered
