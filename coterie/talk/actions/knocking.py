"""How often one worker of this house knocks at other people's doors, whoever wants it to.

Each counts for itself and in memory: nothing of who named what is written down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from coterie.core.often import let_rest, rests, too_often
from coterie.pure.outgoing import Answer, Silent, Unreachable
from coterie.talk.models import Post

HOUR = 3600
MOST_OF_A_PERSONA = 20
"""Links looked behind in an hour; so for each voice it speaks in."""
MOST_OF_A_POST = 5
"""Links looked behind in an hour, however often its words change."""
MOST_AT_A_HOST = 20
"""Knocks in a minute: a page, its picture and redirects are one each; so for each address."""
REST = HOUR
"""Seconds for which a host that failed is left alone."""
PAUSE = timedelta(minutes=1)

type Fetch = Callable[..., Answer]


class Unasked(Unreachable):
    """Nobody went there: it says nothing about what there is."""


class Enough(Unasked):
    """Nor will anybody, on behalf of this post."""


class TooOften(Unasked):
    """This worker has just asked there as often as it may; in a minute it may again."""


def carefully(ask: Fetch, post: Post) -> Fetch:
    """The same asking, on behalf of this post and within all limits."""

    def asked(url: str, **more: Any) -> Answer:
        try:
            return ask(url, knock=_knock, **more)
        except Silent as silent:
            let_rest("strangers", _door(silent.host), seconds=REST)
            raise

    return asked if _may_ask(post) else _not_at_all


def _may_ask(post: Post) -> bool:
    """Whether this post and whoever wrote it have not had enough; it is counted."""
    looked = too_often("post-looks", post.pk, most=MOST_OF_A_POST, seconds=HOUR)
    # One count for all voices would show, by what has no preview, who speaks without a name.
    # Whoever lost their name shares one with all others.
    wanted = f"{post.persona_id or 0}:{post.voice}"
    return not looked and not too_often("looks", wanted, most=MOST_OF_A_PERSONA, seconds=HOUR)


def _not_at_all(_url: str, **_more: Any) -> Answer:
    raise Enough("enough for now")


def _knock(where: str) -> None:
    """Counted, at a name as at an address; raises where it is once too often, or once too soon."""
    door = _door(where)
    if rests("strangers", door):
        raise Enough("it failed a while ago")
    if too_often("knocks", door, most=MOST_AT_A_HOST):
        raise TooOften("enough for this minute")


def _door(where: str) -> str:
    """What a name or an address is counted and let rest under."""
    return _short(_neighbourhood(where))


def _neighbourhood(where: str) -> str:
    """The name itself, or the address; of the long addresses one house has a whole street."""
    try:
        address = ip_address(where)
    except ValueError:
        return where
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else where


def _short(where: str) -> str:
    return hashlib.sha256(where.rstrip(".").lower().encode()).hexdigest()[:32]
