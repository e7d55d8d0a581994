"""A community in which all that can happen has happened, in words that are long and rich."""

from __future__ import annotations

from typing import Any

from coterie.accounts import mailing
from coterie.communities.models import Community, Rule
from coterie.safety.actions import deciding, reporting
from coterie.talk.actions import keeping_order, posting, reacting
from coterie.talk.models import Conversation, Post, Said, Voice
from tests.world import World

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenschirmfadenreparatur" * 3
RICH = f"""# A heading

> Somebody said so.

- one
- two

| what | how |
|------|-----|
| hem  | by hand and very slowly, with a running stitch that nobody sees |

`code` and a link https://example.org/{"x" * 120}

{LONG}
"""
MIXED = """שלום לכולם, I use linen, 2 mm, ואתם?

An English paragraph with a word of עברית in it.

- قطن أو كتان؟
- `darn --by-hand` (כן!)
"""


def liven(world: World) -> None:
    """More of everything in this world, then one of each thing that talk and trouble know."""
    world.grow()
    Community.objects.filter(pk=world.community.pk).update(anonymous_voice=True)
    rule = Rule.objects.create(community=world.community, place=1, text="No selling.")
    world.community.refresh_from_db()
    _talk(world, rule)
    _trouble(world, rule)
    world.held = world.wait_for_approval("member")
    mailing.send("a@example.org", subject="News", text=f"Fern said {LONG}.", shown_on_console=False)


def _talk(world: World, rule: Rule) -> None:
    member, host = world.people["member"].persona, world.people["host"].persona
    keeping_order.pin(_starts(world, "host", "How we talk", "Kindly.", Voice.HOSTS), by=host)
    _starts(world, "neighbour", LONG[:120], "Words.")
    _starts(world, "neighbour", "תיקון קרעים: Sashiko לכולם (שלב 1)", MIXED)
    topic = _starts(world, "neighbour", "Sashiko over the elbow, finally done", RICH)
    world.topic = topic
    asked = _says(topic, member, "Linen or cotton?", reply_to=topic.posts.get(seq=1))
    posting.edit(asked, by=member, source="Linen, or cotton?")
    world.post = asked
    _says(topic, member, MIXED)
    _says(topic, member, LONG, voice=Voice.MEMBER, reply_to=asked)
    _says(topic, host, "We decided.", voice=Voice.HOSTS)
    posting.retract(_says(topic, member, "Never mind."), by=member)
    keeping_order.remove_post(_says(topic, member, "Buy now."), by=host, rule=rule)
    for sign in ("💛", "👀", "🎉", "😄", "🌿"):
        reacting.react(_fresh(asked), by=host, emoji=sign)


def _trouble(world: World, rule: Rule) -> None:
    member, host = world.people["member"].persona, world.people["host"].persona
    neighbour = world.people["neighbour"].persona
    said = [_says(world.topic, neighbour, f"You **fool**, number {n}.") for n in range(2)]
    said.append(_says(world.topic, neighbour, "Nobody knows me.", voice=Voice.MEMBER))
    cases = [
        reporting.report(post, by=member, reason="hate", words="It hurts me.").case for post in said
    ]
    deciding.warn(cases[0], by=host, rule=rule, sentence="Please calm down.")
    reporting.ask_operator(cases[2], by=host, sentence="Please ban them.")
    world.case = cases[1]
    reporting.report(
        world.community,
        by=world.people["moderator"].persona,
        reason="danger",
        words="Look at this.",
    )


def _starts(world: World, name: str, title: str, source: str, voice: Any = None) -> Conversation:
    return posting.start_topic(
        Community.objects.get(pk=world.community.pk),
        Said(source, voice=voice or Voice.OWN),
        by=world.people[name].persona,
        title=title,
        client_key=f"lively-{title[:20]}",
    )


def _says(topic: Conversation, who: Any, source: str, voice: Any = Voice.OWN, **more: Any) -> Post:
    return posting.reply(
        Conversation.objects.get(pk=topic.pk),
        Said(source, voice=voice),
        by=who,
        client_key=f"lively-{source[:20]}",
        **more,
    )


def _fresh(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)
