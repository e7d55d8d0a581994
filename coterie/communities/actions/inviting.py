"""Invitations: links that carry a policy, and run out when their maker says so."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities import rules
from coterie.communities.models import Community, Invitation
from coterie.communities.models.joining import TOKEN_BOX
from coterie.core.boxes import seal
from coterie.core.ids import hashed, new_token
from coterie.core.origin import public_origin
from coterie.core.verdict import Refused, require
from coterie.personas import sealed
from coterie.personas.models import Persona

MAILS_A_DAY = 50


@transaction.atomic
def invite(
    community: Community,
    *,
    by: Persona,
    name: str = "",
    policy: str = Invitation.Policy.QUESTIONS,
    expires_at: datetime | None = None,
    use_limit: int | None = None,
) -> Invitation:
    """There is a new link into the community; its token can be shown again to hosts only."""
    require(rules.may_invite(by, community))
    token = new_token()
    return Invitation.objects.create(
        community=community,
        made_by=by,
        name=name.strip(),
        policy=policy,
        expires_at=expires_at,
        use_limit=use_limit,
        token_hash=hashed(token),
        token_box=seal(token, TOKEN_BOX),
    )


@transaction.atomic
def invite_by_mail(
    community: Community,
    *,
    by: Persona,
    address: str,
    policy: str = Invitation.Policy.QUESTIONS,
    name: str = "",
) -> Invitation:
    """A letter with a link for one person is on its way; the address is kept nowhere."""
    require(rules.may_invite(by, community))
    _require_few_letters(community, by)
    invitation = invite(
        community,
        by=by,
        name=name,
        policy=policy,
        use_limit=1,
        expires_at=timezone.now() + timedelta(days=30),
    )
    Invitation.objects.filter(pk=invitation.pk).update(mailed=True)
    subject = _("An invitation to %(name)s") % {"name": community.name}
    text = _letter(community, by, public_origin() + invitation.path)
    sealed.mail_address(address, subject=subject, text=text)
    return invitation


def _require_few_letters(community: Community, by: Persona) -> None:
    today = timezone.now() - timedelta(days=1)
    sent = Invitation.objects.filter(community=community, mailed=True, made_at__gt=today).count()
    # Also of one person under all their personas, or founding communities would be a way round.
    if sent >= MAILS_A_DAY or not sealed.spend(by, "letter", a_day=MAILS_A_DAY):
        raise Refused(_("That is enough letters for one day. Share a link instead."))


def _letter(community: Community, by: Persona, link: str) -> str:
    words = {"host": by.name, "name": community.name, "link": link, "purpose": community.purpose}
    return (
        _(
            "%(host)s invites you to %(name)s.\n\n%(purpose)s\n\n"
            "Look around before you decide:\n%(link)s\n\n"
            "The link is for you alone and works for 30 days. "
            "Nobody keeps your address: if this is not for you, do nothing."
        )
        % words
    )


@transaction.atomic
def revoke(invitation: Invitation, *, by: Persona) -> None:
    """The link opens nothing any more; who came by it stays."""
    require(rules.may_invite(by, invitation.community))
    Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=timezone.now())


def use(invitation: Invitation) -> None:
    """One use of the link is spent; called inside the transaction of whoever comes by it."""
    if not Invitation.objects.usable().filter(pk=invitation.pk).update(uses=F("uses") + 1):
        raise Refused(_("This invitation has run out. Ask whoever sent it for a new one."))
