"""What the cast says in its rooms: (minutes ago, speaker, words, reactions, place it answers).

Days count from the evening before, so that a room always shows yesterday and today.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from coterie.chat.actions import opening
from coterie.communities.models import Community
from coterie.demo.speaking import redate
from coterie.personas.models import Persona
from coterie.talk.actions import posting, reacting
from coterie.talk.models import Conversation, Kind, Post, Said

type Line = tuple[int, str, str, dict[str, list[str]], int | None]

SATURDAY: list[Line] = [
    (1530, "Ines", "Kettle is on at the library from ten. Second floor, the long table.", {}, None),
    (1529, "Ines", "Bring anything with a hole in it.", {"🎉": ["Sam", "Juno"]}, None),
    (1521, "wildfern", "A jumper that is mostly hole, then.", {"😄": ["Ines", "Sam"]}, 1),
    (1500, "salt & thistle", "Knee patch, seven evenings. It bends now.", {"💛": ["Ines", "Juno", "Sam"], "🌿": ["wildfern"]}, None),
    (1496, "Juno", "Waves over denim? Show me how you start a row. Mine wander off after the third.", {}, 3),
    (1494, "salt & thistle", "A bar of soap, sharpened.", {}, None),
    (1493, "salt & thistle", "And a ruler. I pretend I don't, but I do.", {"😄": ["Juno", "wildfern", "Ines"]}, None),
    (1310, "Sam", "Who has the big scissors?", {}, None),
    (1309, "Sam", "Asking for Ines, who is looking at me.", {"😄": ["Juno", "wildfern"]}, None),
    (1302, "Ines", "I have been looking at you for three weeks.", {"👀": ["Sam"]}, 7),
    (95, "marrow", "First time here. I have cashmere and no courage.", {}, None),
    (93, "Ines", "Both are welcome. Sit by the window, the light is kinder there.", {"💛": ["marrow"]}, 10),
    (88, "Juno", "Biscuits on the sill: oat and ginger. The tape measure is *mine*, it goes home with me.", {"🎉": ["Ines", "marrow", "Sam"]}, None),
    (41, "wildfern", "Three metres of zip, done. My tent closes.", {"👏": ["Sam", "Ines", "Juno", "marrow"]}, None),
    (40, "wildfern", "I may sleep in it tonight just because I can.", {}, None),
    (12, "Sam", "Walnut and weld are left in the pot. Take a skein each before I pour it on the roses.", {"🧵": ["Juno", "salt & thistle"]}, None),
    (4, "Juno", "Two skeins if nobody shouts in the next minute.", {}, 15),
]  # fmt: skip
KITCHEN: list[Line] = [
    (300, "Ines", "Two requests at the door. I will answer thistledown tonight.", {}, None),
    (280, "Sam", "Good. I liked the bit about her father's cuff.", {"💛": ["Ines"]}, 0),
]


def furnish(community: Community, people: dict[str, Persona]) -> None:
    """Two rooms have been talked in: one by all, one by those who keep order."""
    community = Community.objects.get(pk=community.pk)
    host = people["Ines"]
    first = Conversation.objects.get(community=community, kind=Kind.ROOM)
    posting.reply(first, Said("This is where we wave hello."), by=host, client_key="hello")
    table = opening.open_room(community, by=host, name="Saturday table")
    kitchen = opening.open_hosts_room(community, by=host, name="The kitchen")
    _age(first, [2_000])
    for room, words in ((table, SATURDAY), (kitchen, KITCHEN)):
        _talk(room, words, people)
        _age(room, [ago for ago, *_rest in words])


def _talk(room: Conversation, words: list[Line], people: dict[str, Persona]) -> None:
    said: list[Post] = []
    for number, (_ago, name, source, reactions, answered) in enumerate(words):
        to = None if answered is None else said[answered]
        post = posting.reply(
            room, Said(source), by=people[name], reply_to=to, client_key=f"room-{number}"
        )
        for emoji, names in reactions.items():
            for each in names:
                reacting.react(post, emoji=emoji, by=people[each])
        said.append(post)


def _age(room: Conversation, minutes: list[int]) -> None:
    now = timezone.now()
    posts = room.posts.select_related("conversation__community").order_by("pk")
    moments = [now - timedelta(minutes=ago) for ago in minutes]
    for post, moment in zip(posts, moments, strict=True):
        redate(post, moment)
    Conversation.objects.filter(pk=room.pk).update(
        started_at=moments[0] - timedelta(hours=1), last_post_at=moments[-1]
    )
