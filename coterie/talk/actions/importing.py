"""Bringing a conversation home: many posts at once, news to nobody, announced to nobody."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import F, Max
from django.db.models.functions import Greatest

from coterie.communities.models import Community, SeenBy
from coterie.core.events import announce
from coterie.personas.models import Persona
from coterie.pure.markup import RENDERER, render
from coterie.talk.actions import indexing, numbering, reading
from coterie.talk.actions.posting import next_seq
from coterie.talk.emoji import is_emoji
from coterie.talk.events import Renumbered
from coterie.talk.models import (
    BroughtReaction,
    Conversation,
    Post,
    Reaction,
    ReadingPosition,
    Voice,
)
from coterie.talk.rules import KINDS_OF_REACTIONS

AT_ONCE = 500
MOST_TIMES = 1_000_000_000


class Answer(NamedTuple):
    """One emoji under a message: by personas that are here, and by so many that are not."""

    emoji: str
    personas: tuple[Persona, ...] = ()
    others: int = 0


@dataclass(frozen=True)
class Message:
    """One message of an export; `client_key` is its name in there, unique in the conversation."""

    persona: Persona | None
    source: str
    published_at: datetime
    client_key: str
    order: int = 0
    """Its place among messages of the same moment."""
    reply_to: str = ""
    """The client_key of the message that it answers."""
    voice: str = Voice.OWN
    answers: tuple[Answer, ...] = ()
    html: str = ""
    """Of the source, where it was rendered before the transaction began."""


@transaction.atomic
def open_conversation(
    community: Community,
    *,
    by: Persona | None,
    title: str,
    started_at: datetime,
    arriving: bool = False,
) -> Conversation:
    """An empty conversation that only members will read, whatever the community shows today.

    While it is `arriving` nobody does.
    """
    opened = Conversation.objects.create(
        community=community,
        title=title.strip()[:120],
        see=SeenBy.MEMBERS,
        arriving=arriving,
        started_by=by,
        voice=Voice.OWN,
        started_at=started_at,
        last_post_at=started_at,
    )
    indexing.title(opened)
    return opened


@transaction.atomic
def arrive(conversations: Iterable[Conversation], *, by: Persona) -> None:
    """What was arriving is there, for everybody at once."""
    arriving = Conversation.objects.filter(arriving=True, pk__in=[one.pk for one in conversations])
    arriving.update(arriving=False, started_by=by)


def take_back(conversation: Conversation) -> None:
    """A conversation that never arrived is gone with all its posts, a few at a time."""
    posts = Post.objects.filter(conversation=conversation, conversation__arriving=True)
    while some := list(posts.values_list("pk", flat=True)[:AT_ONCE]):
        indexing.drop_posts(Post.objects.filter(pk__in=some))
        Post.objects.filter(pk__in=some).delete()
    arriving = Conversation.objects.filter(pk=conversation.pk, arriving=True)
    indexing.drop_titles(arriving)
    arriving.delete()


def bring_in(conversation: Conversation, messages: Iterable[Message]) -> int:
    """Those of the messages that were not there yet are posts now; how many.

    They come after what is there: when the last chunk of an overlapping export is
    in, `renumber` puts them where they belong. Nobody's unread count rises.
    """
    chunks = batched(messages, AT_ONCE, strict=False)
    return sum(bring_chunk([(conversation, chunk)]) for chunk in chunks)


@transaction.atomic
def bring_chunk(said: Iterable[tuple[Conversation, Sequence[Message]]]) -> int:
    """The same for some messages of several conversations, in one short transaction."""
    posts: list[Post] = []
    messages: list[Message] = []
    for conversation, some in sorted(said, key=lambda each: each[0].pk):
        known = _known(conversation, some)
        fresh = list({m.client_key: m for m in some if m.client_key not in known}.values())
        posts += _numbered(conversation, fresh, known)
        messages += fresh
    Post.objects.bulk_create(posts)
    indexing.notes(posts)
    _tie_replies(messages, posts)
    _keep_answers(messages, posts)
    return len(posts)


def _numbered(
    conversation: Conversation, fresh: Sequence[Message], known: dict[str, int]
) -> list[Post]:
    if not fresh:
        return []
    last, _epoch = next_seq(conversation.pk, len(fresh), max(m.published_at for m in fresh))
    conversation.last_seq = last
    first = last - len(fresh) + 1
    # Whose history begins later must not read what was said before, here neither.
    began = min(m.published_at for m in fresh)
    if began < conversation.started_at:
        Conversation.objects.filter(pk=conversation.pk, started_at__gt=began).update(
            started_at=began
        )
        conversation.started_at = began
    if not conversation.arriving:
        _pass_by(conversation, first, last)
    return [_post(conversation, m, first + n, known.get(m.reply_to)) for n, m in enumerate(fresh)]


def _pass_by(conversation: Conversation, first: int, last: int) -> None:
    """Who had read everything before has read these too: an import is news to nobody."""
    ReadingPosition.objects.filter(conversation=conversation).annotate(
        seen=Greatest("read_seq", "from_seq")
    ).filter(seen__gte=first - 1).update(from_seq=last)


def _known(conversation: Conversation, chunk: Sequence[Message]) -> dict[str, int]:
    keys = {m.client_key for m in chunk} | {m.reply_to for m in chunk if m.reply_to}
    rows = Post.objects.filter(conversation=conversation, brought=True, client_key__in=keys)
    return dict(rows.values_list("client_key", "pk"))


def _post(conversation: Conversation, message: Message, seq: int, reply_to: int | None) -> Post:
    return Post(
        conversation=conversation,
        persona=message.persona,
        voice=message.voice,
        seq=seq,
        after_seq=seq,
        reply_to_id=reply_to,
        client_key=message.client_key,
        source=message.source,
        html=message.html or render(message.source),
        renderer=RENDERER,
        brought=True,
        source_order=message.order,
        created_at=message.published_at,
        published_at=message.published_at,
    )


def _tie_replies(messages: Sequence[Message], posts: Sequence[Post]) -> None:
    """Answers to what came in the same chunk, whose key only the insert gave."""
    ids = {(post.conversation_id, post.client_key): post.pk for post in posts}
    tied = [
        (ids[post.conversation_id, message.reply_to], post.pk)
        for message, post in zip(messages, posts, strict=True)
        if (post.conversation_id, message.reply_to) in ids
        and message.reply_to != message.client_key
    ]
    if tied:
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE talk_post SET reply_to_id = %s WHERE id = %s", tied)


def _keep_answers(messages: Sequence[Message], posts: Sequence[Post]) -> None:
    named: list[Reaction] = []
    counted: list[BroughtReaction] = []
    for message, post in zip(messages, posts, strict=True):
        kinds = {each.emoji: each for each in message.answers if is_emoji(each.emoji)}
        for emoji, each in [*kinds.items()][:KINDS_OF_REACTIONS]:
            named += [Reaction(post=post, persona=one, emoji=emoji) for one in {*each.personas}]
            if each.others > 0:
                times = min(each.others, MOST_TIMES)
                counted.append(BroughtReaction(post=post, emoji=emoji, times=times))
    Reaction.objects.bulk_create(named)
    BroughtReaction.objects.bulk_create(counted)


def is_in_order(conversation: Conversation) -> bool:
    """Whether its posts stand in the order of their time."""
    return not _placed(conversation, "placed.n <> seq", limit=1)


@transaction.atomic
def renumber(conversation: Conversation) -> bool:
    """Posts stand in the order of their time, gapless, in a new epoch; False if they did before.

    Reading positions are carried over: some posts may show as unread again, none is lost.
    """
    numbering.hold(conversation.pk)
    conversation.refresh_from_db()
    if not _placed(conversation, "placed.n <> seq", limit=1):
        return False
    news = _placed(conversation, "NOT brought")
    marks = _placed(
        conversation,
        "seq IN (SELECT after_seq FROM talk_post WHERE conversation_id = placed.home "
        "AND seq IS NULL)",
    )
    numbering.write_numbers(conversation)
    posts = Post.objects.filter(conversation=conversation, seq__isnull=False)
    Conversation.objects.filter(pk=conversation.pk).update(
        epoch=F("epoch") + 1, last_post_at=posts.aggregate(at=Max("published_at"))["at"]
    )
    conversation.refresh_from_db()
    _carry_asides(conversation, dict(marks))
    _carry_positions(conversation, news)
    reading.look_again(conversation.community_id, conversation.last_post_at)
    announce(Renumbered(conversation.pk, conversation.epoch))
    return True


def _placed(conversation: Conversation, which: str, limit: int = -1) -> list[tuple[int, int]]:
    """Old and new number of some posts, by the old one."""
    some = f" LIMIT {limit}" if limit >= 0 else ""
    query = f"SELECT seq, n FROM ({numbering.IN_ORDER}) AS placed WHERE {which} ORDER BY seq{some}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, [conversation.pk])
        return [(int(old), int(new)) for old, new in cursor.fetchall()]


def _carry_asides(conversation: Conversation, new_of: dict[int, int]) -> None:
    """Posts without seq stand after the same post as before."""
    asides = list(Post.objects.filter(conversation=conversation, seq=None).only("after_seq"))
    for post in asides:
        post.after_seq = new_of.get(post.after_seq, 0)
    Post.objects.bulk_update(asides, ["after_seq"], batch_size=AT_ONCE)


def _carry_positions(conversation: Conversation, news: list[tuple[int, int]]) -> None:
    """A reader's number is the largest below which they had read all that counts as news."""
    olds = [old for old, _new in news]
    first_new_from = [conversation.last_seq + 1]
    for _old, new in reversed(news):
        first_new_from.append(min(first_new_from[-1], new))
    first_new_from.reverse()
    before = conversation.epoch - 1
    readers = list(ReadingPosition.objects.filter(conversation=conversation, epoch=before))
    for reader in readers:
        seen = max(reader.read_seq, reader.from_seq)
        reader.read_seq = first_new_from[bisect_right(olds, seen)] - 1
        reader.from_seq = min(
            reader.read_seq, first_new_from[bisect_right(olds, reader.from_seq)] - 1
        )
        reader.epoch = conversation.epoch
    ReadingPosition.objects.bulk_update(
        readers, ["read_seq", "from_seq", "epoch"], batch_size=AT_ONCE
    )
