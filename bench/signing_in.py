"""Sessions as a browser would have them, and what their owners may read."""

from __future__ import annotations

import secrets
import string
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.db.models import Count
from django.http import HttpRequest
from planting import address

from coterie.accounts.models import Account
from coterie.accounts.sessions import DEVICE, SessionStore
from coterie.communities.models import Community
from coterie.personas import sealed
from coterie.personas.viewer import viewer_of
from coterie.talk.models import Conversation

TOPICS = 400
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def tell(count: int) -> dict[str, Any]:
    """What a load tool needs: where to go, and as whom."""
    accounts = [Account.objects.get(email=address(n)) for n in range(count)]
    shared = _shared(accounts)
    topics = Conversation.objects.filter(community__in=shared, last_seq__gte=20)
    return {
        "communities": [community.path for community in shared],
        "topics": [
            f"/t/{public_id}/"
            for public_id in topics.order_by("public_id")[:TOPICS].values_list(
                "public_id", flat=True
            )
        ],
        "sessions": [session(account) for account in accounts],
        "rows": {
            model.__name__: model.objects.count()
            for model in (Account, Community, Conversation, *_talk_models())
        },
    }


def _talk_models() -> tuple[Any, ...]:
    from coterie.communities.models import Membership
    from coterie.talk.models import Post, Reaction, ReadingPosition

    return Membership, Post, Reaction, ReadingPosition


def _shared(accounts: list[Account]) -> list[Community]:
    """The communities in which all of them have a seat."""
    personas = [
        persona.pk
        for account in accounts
        for persona in viewer_of(sealed.Owner(account.pk)).personas
    ]
    counted = Community.objects.filter(
        memberships__persona__in=personas, memberships__state="living"
    ).annotate(here=Count("memberships"))
    return list(counted.filter(here=len(accounts)).order_by("pk"))


def session(account: Account) -> dict[str, str]:
    """Headers of a browser that has signed in, and as `$csrf` what its forms carry."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, account, backend=BACKEND)
    request.session[DEVICE] = "Firefox on Linux"
    request.session.save()
    letters = string.ascii_letters + string.digits
    csrf = "".join(secrets.choice(letters) for _ in range(32))
    cookies = {
        settings.SESSION_COOKIE_NAME: request.session.session_key,
        settings.CSRF_COOKIE_NAME: csrf,
    }
    return {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items()), "$csrf": csrf}
