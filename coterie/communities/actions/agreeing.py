"""The rules of a community, who has agreed to them, and what is asked at the door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities import rules
from coterie.communities.events import RulesChanged
from coterie.communities.models import Community, Membership, Question, Rule
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona

MOST_RULES = 10
MOST_QUESTIONS = 5


@dataclass(frozen=True)
class Asked:
    """A question as a host words it; `choices` for those that are chosen from."""

    text: str
    kind: str = Question.Kind.TEXT
    choices: tuple[str, ...] = ()
    required: bool = True


@transaction.atomic
def set_rules(community: Community, texts: Sequence[str], *, by: Persona) -> int:
    """These are the rules; members accept them before they post again. Returns the version.

    Whoever changed them has accepted them by doing so.
    """
    if not _replace(community, texts, by):
        return Community.objects.values_list("rules_version", flat=True).get(pk=community.pk)
    Community.objects.filter(pk=community.pk).update(rules_version=F("rules_version") + 1)
    version = Community.objects.values_list("rules_version", flat=True).get(pk=community.pk)
    Membership.objects.living().filter(community=community, persona=by).update(
        agreed_version=version
    )
    announce(RulesChanged(community.pk, by.pk))
    return version


@transaction.atomic
def correct_rules(community: Community, texts: Sequence[str], *, by: Persona) -> None:
    """The rules are worded better and mean the same: nobody is asked anew."""
    _replace(community, texts, by)


def _replace(community: Community, texts: Sequence[str], by: Persona) -> bool:
    held = Community.objects.hold(community.pk)
    require(rules.may_shape(by, held))
    wanted = [" ".join(text.split()) for text in texts if text.strip()]
    if len(wanted) > MOST_RULES:
        raise Refused(_("Ten rules are enough."))
    standing = list(Rule.objects.filter(community=held, retired_at=None))
    if [rule.text for rule in standing] == wanted:
        return False
    # A removal may name a rule: its row keeps its words for ever.
    kept = {rule.text: rule for rule in standing if rule.text in wanted}
    gone = [rule.pk for rule in standing if rule.text not in kept]
    Rule.objects.filter(pk__in=gone).update(retired_at=timezone.now())
    for place, text in enumerate(dict.fromkeys(wanted), start=1):
        if text in kept:
            Rule.objects.filter(pk=kept[text].pk).update(place=place)
        else:
            Rule.objects.create(community=held, place=place, text=text)
    return True


@transaction.atomic
def agree(membership: Membership, version: int, *, by: Persona) -> None:
    """The member has read and accepted the rules of this version."""
    if membership.persona_id != by.pk:
        raise Refused(rules.NOTHING.sentence)
    if version != membership.community.rules_version:
        raise Refused(_("The rules have changed meanwhile. Please read them again."))
    Membership.objects.living().filter(pk=membership.pk).update(agreed_version=version)


@transaction.atomic
def ask_at_the_door(community: Community, questions: Sequence[Asked], *, by: Persona) -> None:
    """Whoever asks to join from now on is asked these questions."""
    require(rules.may_shape(by, Community.objects.hold(community.pk)))
    if len(questions) > MOST_QUESTIONS:
        raise Refused(_("Five questions are enough."))
    if any(each.kind != Question.Kind.TEXT and len(each.choices) < 2 for each in questions):
        raise Refused(_("Give at least two answers to choose from."))
    Question.objects.filter(community=community).delete()
    Question.objects.bulk_create(
        Question(
            community=community,
            place=place,
            kind=each.kind,
            text=each.text.strip(),
            choices=list(each.choices),
            required=each.required,
        )
        for place, each in enumerate(questions, start=1)
    )
