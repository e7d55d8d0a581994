"""What a member finds who begins: frames for a topic, and the first steps in a community."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.utils.translation import gettext as _

from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.personas.viewer import Viewer
from coterie.talk import rules
from coterie.talk.models import Conversation, Frame, Greeting, Kind

MOST_TO_CHOOSE = 20


@dataclass(frozen=True)
class Step:
    """One thing to do first, and where."""

    icon: str
    words: str
    path: str


def frames(community: Community) -> list[dict[str, Any]]:
    """Those of this community, by name; one query."""
    rows = Frame.objects.filter(community=community).order_by("name")
    return [dict(row) for row in rows.values("public_id", "name", "hint", "source", "tags")]


def offered_frames() -> list[dict[str, Any]]:
    """Some that work well in many places, for hosts to begin with."""
    return [
        {
            "key": "question",
            "name": _("Question"),
            "hint": _("Say it in one sentence, with a question mark"),
            "source": _(
                "**What I would like to know**\n\n\n\n"
                "**What I have tried, or read**\n\n\n\n"
                "**What would help me most**\n\n"
            ),
            "tags": [_("question")],
        },
        {
            "key": "show",
            "name": _("Show and tell"),
            "hint": _("What is it, and what is special about it?"),
            "source": _(
                "*A photo or two say the most.*\n\n"
                "**What it is**\n\n\n\n"
                "**How it came about**\n\n\n\n"
                "**What I would do differently**\n\n"
            ),
            "tags": [_("show-and-tell")],
        },
        {
            "key": "swap",
            "name": _("Swap or give away"),
            "hint": _("Three skeins of grey wool, for nothing"),
            "source": _(
                "**What there is**\n\n\n\n"
                "**In what state**\n\n\n\n"
                "**What I would like for it** (nothing is an answer, too)\n\n\n\n"
                "**Where and when it can be fetched**\n\n"
            ),
            "tags": [_("swap")],
        },
    ]


def greeting(viewer: Viewer, community: Community) -> dict[str, Any]:
    """What a member reads who came in, and their first steps; two queries."""
    rows = Greeting.objects.filter(community=community).select_related("hello__community")
    found = rows.first()
    return {
        "html": found.html if found else "",
        "plain": community.welcome,
        "steps": _steps(viewer, community, found.hello if found else None),
    }


def _steps(viewer: Viewer, community: Community, hello: Conversation | None) -> list[Step]:
    steps = [_rules(viewer, community), _hello(viewer, community, hello)]
    steps += [
        Step("bell", _("Say how much you want to hear from here"), "/attention/#places"),
        Step("flower", _("See how you appear here"), f"{community.path}me/"),
    ]
    return [step for step in steps if step]


def _rules(viewer: Viewer, community: Community) -> Step | None:
    if not community.rules_version:
        return None
    if not communities.has_agreed(viewer, community):
        return Step("check", _("Read and accept the rules"), f"{community.path}agreement/")
    return Step("check", _("Read what is agreed on here"), f"{community.path}about/#rules")


def _hello(viewer: Viewer, community: Community, topic: Conversation | None) -> Step | None:
    if topic is not None and rules.may_reply(viewer, topic):
        words = _("Say hello in “%(topic)s”") % {"topic": topic.title}
        return Step("hand", words, f"{topic.path}#say")
    if not rules.may_start(viewer, community):
        return None
    asked = urlencode({"title": _("Hello, I am new here")})
    return Step(
        "hand", _("Say hello in a topic of your own"),
        f"{community.path}topics/new/?{asked}",
    )  # fmt: skip


def written_greeting(viewer: Viewer, community: Community) -> dict[str, Any]:
    """What hosts wrote, and the topics to which they may send newcomers."""
    found = Greeting.objects.filter(community=community).select_related("hello").first()
    readable = Conversation.objects.visible_to(viewer).listed()
    topics = readable.filter(community=community, kind=Kind.TOPIC, last_seq__gt=0, aside_with=None)
    latest = topics.order_by(F("pinned_at").desc(nulls_last=True), "-last_post_at")
    rows = list(latest.values_list("public_id", "title")[:MOST_TO_CHOOSE])
    hello = found.hello if found else None
    if hello and hello.public_id not in dict(rows) and rules.may_see(viewer, hello):
        rows.insert(0, (hello.public_id, hello.title))
    return {
        "source": found.source if found else "",
        "hello": hello.public_id if hello else "",
        "topics": rows,
    }
