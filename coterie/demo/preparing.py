"""What the hosts of the mending circle have laid ready: a poll, templates, a welcome, plans."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from coterie.communities.models import Community
from coterie.demo.speaking import age
from coterie.personas.models import Persona
from coterie.talk import reads
from coterie.talk.actions import planning, polling, posting, welcoming
from coterie.talk.models import Asked, Conversation, Poll, Said, Voice

GREETING = (
    "Come in, and bring whatever it is. There is no such thing as *too far gone* here, and nobody "
    "counts stitches.\n\n"
    "- Look around for as long as you like.\n"
    "- Show a hole before you show a repair: it is the better beginning.\n"
    "- Saturdays we sit at the long table in the library. There is always a spare needle."
)
EVENINGS = (
    "Darning on the machine",
    "Sashiko, once more from the start",
    "Zips",
    "Leather and glue",
)
VOTES = {"Sam": 0, "wildfern": 2, "Juno": 1, "salt & thistle": 1, "marrow": 0, "Ines": 1}
PLANS = [
    (
        3,
        "What will be on the table on Saturday?",
        "Say what you bring, so that the right thread comes along. Photos of holes are welcome.",
        Voice.HOSTS,
    ),
    (
        21,
        "A winter of small repairs",
        "One a week until the days are longer. I begin with the lining of this old coat.",
        Voice.OWN,
    ),
]
"""In how many days, the title, the words, and whose voice."""


def prepare(community: Community, people: dict[str, Persona], *, hello: Conversation) -> None:
    """Members find all of it; what waits for its time is for Ines alone."""
    community, ines = Community.objects.get(pk=community.pk), people["Ines"]
    _ask(community, people)
    for frame in reads.offered_frames():
        words = {name: frame[name] for name in ("name", "hint", "source", "tags")}
        welcoming.add_frame(community, by=ines, **words)
    welcoming.greet(community, by=ines, source=GREETING, hello=hello)
    for days, title, source, voice in PLANS:
        day = timezone.localdate() + timedelta(days=days)
        planning.plan_topic(
            community,
            Said(source, voice=voice),
            by=ines,
            at=timezone.make_aware(datetime.combine(day, time(8))),
            title=title,
            client_key=f"plan-{days}",
        )


def _ask(community: Community, people: dict[str, Persona]) -> None:
    topic = posting.start_topic(
        community,
        Said(
            "The library gives us the room in January. One evening, one thing.",
            asked=Asked(EVENINGS, grows=True),
        ),
        by=people["Ines"],
        title="Which evening shall we learn next?",
        client_key="evenings",
    )
    poll = Poll.objects.select_related("post__conversation__community").get(
        post__conversation=topic
    )
    for name, place in VOTES.items():
        polling.vote(poll, by=people[name], places=[place])
    posting.reply(
        topic, Said("Glue, but with the windows open."), by=people["marrow"], client_key="glue"
    )
    age(topic, 1.6)
