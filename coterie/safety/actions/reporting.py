"""Saying that something is wrong, so that somebody looks at it."""

from __future__ import annotations

import json
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities.models import Community, Membership
from coterie.core.boxes import seal, seal_bytes
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.inbox.reads import on_duty
from coterie.media import reads as media
from coterie.personas.models import Persona
from coterie.safety import rules
from coterie.safety.events import OperatorAsked, Reported
from coterie.safety.models import Case, Desk, EvidencePhoto, Report, Subject
from coterie.safety.models.reporting import EVIDENCE_BOX, GRAVITY
from coterie.safety.rules import Thing
from coterie.talk.models import Post, Voice
from coterie.talk.rules import PHOTOS

A_DAY = 30
"""Reports that one person may write in one community in a day."""
WORDS = 2000
EVIDENCE_SIDE = 960
"""The print that reviewers see."""


@transaction.atomic
def report(
    thing: Thing, *, by: Persona, reason: str, words: str = "", desk: str = Desk.HOSTS
) -> Report:
    """Somebody will look at it, as it is now, whatever becomes of it.

    Reports of one thing join in one open case. What only its own author could judge
    goes to the operator.
    """
    require(rules.may_report(by, thing))
    community = rules.community_of(thing)
    _require_few(community, by)
    case = _case_of(thing, community, _desk_for(thing, community, desk), GRAVITY[reason])
    evidence = seal(json.dumps(snapshot(thing) | {"words": words.strip()[:WORDS]}), EVIDENCE_BOX)
    made, is_new = Report.objects.get_or_create(
        case=case, reporter=by, defaults={"reason": reason, "evidence": evidence}
    )
    if is_new:
        _keep_photos(case, thing)
        announce(Reported(case.pk))
    return made


@transaction.atomic
def ask_operator(case: Case, *, by: Persona, sentence: str) -> None:
    """The operator sees the case too, with what the hosts ask for."""
    require(rules.may_judge(by, case))
    if not sentence.strip():
        raise Refused(_("Write what the operator should do, and why."))
    open_case = Case.objects.open().filter(pk=case.pk, asked_operator_at=None)
    asked = sentence.strip()[:500]
    if not open_case.update(asked_operator_at=timezone.now(), asked_operator=asked):
        raise Refused(_("Somebody else was first. Look at it again."))
    announce(OperatorAsked(case.pk, by.pk))


@transaction.atomic
def forget_old_evidence() -> int:
    """What was sealed for a case is gone 30 days after the case closed; from how many reports."""
    last = timezone.now() - timedelta(days=30)
    EvidencePhoto.objects.filter(case__closed_at__lt=last).delete()
    return Report.objects.filter(case__closed_at__lt=last).exclude(evidence="").update(evidence="")


def snapshot(thing: Thing) -> dict[str, str]:
    """What reviewers need to see, as it stands at this moment."""
    if isinstance(thing, Post):
        named = thing.voice != Voice.MEMBER and thing.persona
        return {
            "title": thing.conversation.title,
            "source": thing.source,
            "html": thing.html,
            "author": thing.persona.name if named and thing.persona else "",
        }
    if isinstance(thing, Membership):
        return {"author": thing.persona.name, "source": thing.persona.bio}
    return {"title": thing.name, "source": f"{thing.purpose}\n\n{thing.welcome}".strip()}


def _keep_photos(case: Case, thing: Thing) -> None:
    """What was on the post's photos when the case began, sealed."""
    if not isinstance(thing, Post) or not thing.photos or case.photos.exists():
        return
    seen = media.prints(PHOTOS, thing.pk, EVIDENCE_SIDE)
    EvidencePhoto.objects.bulk_create(
        EvidencePhoto(case=case, place=place, content=seal_bytes(content, EVIDENCE_BOX))
        for place, (_alt, content) in enumerate(seen)
    )


def _require_few(community: Community, by: Persona) -> None:
    today = timezone.now() - timedelta(days=1)
    made = Report.objects.filter(case__community=community, reporter=by, made_at__gt=today)
    if made.count() >= A_DAY:
        raise Refused(_("You have told us a lot today. Please go on tomorrow."))


def _desk_for(thing: Thing, community: Community, desk: str) -> str:
    author = rules.author_of(thing)
    if author is None or desk == Desk.OPERATOR:
        return Desk.OPERATOR
    others = [one for one in on_duty(community, Membership.Duty.TALK) if one.pk != author.pk]
    return Desk.HOSTS if others else Desk.OPERATOR


def _case_of(thing: Thing, community: Community, desk: str, gravity: int) -> Case:
    """The open case about this thing, held until the transaction ends so that none closes it."""
    name = f"{_subject_of(thing)}:{thing.pk}"
    while True:
        open_case = Case.objects.open().filter(thing=name, desk=desk)
        if open_case.update(gravity=Least(F("gravity"), Value(gravity))):
            return open_case.get()
        try:
            with transaction.atomic():
                return Case.objects.create(
                    community=community,
                    subject=_subject_of(thing),
                    thing=name,
                    desk=desk,
                    gravity=gravity,
                    post=thing if isinstance(thing, Post) else None,
                    membership=thing if isinstance(thing, Membership) else None,
                )
        except IntegrityError:
            continue  # another report of the same thing opened it meanwhile


def _subject_of(thing: Thing) -> str:
    if isinstance(thing, Post):
        return Subject.POST
    return Subject.MEMBER if isinstance(thing, Membership) else Subject.COMMUNITY
