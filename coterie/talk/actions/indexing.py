"""What is said can be found, and what is gone cannot: in the transaction that makes it so.

An entry's marks say in which community it stands, and whether anybody outside could read it when
it was written. What is open only ever narrows, so a mark may say too much and never too little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from coterie.communities.models import SeenBy
from coterie.pure.markup import has_links
from coterie.search import index
from coterie.search.keys import MOST, key
from coterie.search.marks import LINK, OPEN, PHOTO, inside, under
from coterie.search.models import Entry, Title
from coterie.search.words import words
from coterie.talk.models import Conversation, Post

AT_ONCE = 500

type Row = tuple[int, list[str]]


def note(post: Post) -> None:
    """The post is found by the words that it holds now; one statement."""
    index.put(Entry, [entry(post)])


def notes(posts: Iterable[Post]) -> None:
    """The same for many that came at once."""
    index.put(Entry, [entry(post) for post in posts])


def title(conversation: Conversation) -> None:
    """The conversation is found by the title that it bears; one statement."""
    index.put(Title, [titled(conversation)])


def retitled(conversation: Conversation) -> None:
    """It is found by its new title, and so is the post that opened it."""
    title(conversation)
    opening = _with_homes(conversation.posts.filter(seq=1, state__in=Post.LIVING))
    notes(opening)


def rehomed(posts: QuerySet[Post]) -> None:
    """They are found where they stand now; some at a time."""
    living = _with_homes(posts.filter(state__in=Post.LIVING)).order_by("pk")
    for some in batched(living.iterator(chunk_size=AT_ONCE), AT_ONCE, strict=False):
        notes(some)


def drop(post: Post) -> None:
    """The post is not found any more."""
    Entry.objects.filter(pk=_key(post)).delete()


def drop_posts(posts: QuerySet[Post]) -> None:
    """None of these is found any more; one statement. Call it while they are there."""
    keyed: Any = posts
    Entry.objects.filter(pk__in=keyed.with_entry().values("entry")).delete()


def drop_titles(conversations: QuerySet[Conversation]) -> None:
    """None of these is found by its title any more. Call it while they are there."""
    Title.objects.filter(pk__in=conversations.values("pk")).delete()


def entry(post: Post) -> Row:
    """The number of a post's entry, and its words: of what opens a topic, the title's too."""
    home = post.conversation
    said = words(post.source)
    if post.seq == 1 and not post.brought and home.title:
        said = words(home.title) + said
    return _key(post), [*said, *_marks(home), *_holds(post)]


def titled(conversation: Conversation) -> Row:
    """The number of a title, and its words."""
    return conversation.pk, [*words(conversation.title), *_marks(conversation)]


def mend() -> Iterator[tuple[int, int]]:
    """After all steps the index says what was said, and nothing else.

    Each step tells how many posts were looked at and how many entries were put right. Whoever
    stops it and begins again reads a second time, and writes only what is still wrong.
    """
    yield 0, _drop_strays()
    for model, things, row in (
        (Title, _with_homes_of(Conversation.objects.exclude(title="")), titled),
        (Entry, _with_homes(Post.objects.filter(state__in=Post.LIVING)), entry),
    ):
        last = 0
        while some := list(things.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
            last = some[-1].pk
            yield len(some), _mend_some(model, things.filter(pk__in=[one.pk for one in some]), row)


def is_wrong(*, among: int = AT_ONCE) -> bool:
    """Whether something is missing or lies in the index, as far as the newest tell."""
    newest = _with_homes(Post.objects.filter(state__in=Post.LIVING)).order_by("-pk")[:among]
    rows = [entry(post) for post in newest]
    return len(index.same(Entry, rows)) < len(rows) or _strays().exists()


@transaction.atomic
def _mend_some(model: Any, things: Any, row: Any) -> int:
    # Read again inside the transaction, so that nothing is written that has changed since.
    rows = [row(thing) for thing in things]
    right = index.same(model, rows)
    wrong = [each for each in rows if each[0] not in right]
    index.put(model, wrong)
    return len(wrong)


def _strays() -> QuerySet[Entry]:
    """Entries of what is not there any more, or was said at another time."""
    pk = OuterRef("rowid").bitand(MOST)
    living: Any = Post.objects.filter(pk=pk, state__in=Post.LIVING)
    return Entry.objects.exclude(Exists(living.with_entry().filter(entry=OuterRef("rowid"))))


def _drop_strays() -> int:
    strays = list(_strays().values_list("pk", flat=True))
    bare: Any = Conversation.objects.filter(pk=OuterRef("rowid")).exclude(title="")
    untitled = Title.objects.exclude(Exists(bare))
    return len(index.drop(Entry, strays)) + int(untitled.delete()[0])


def _key(post: Post) -> int:
    return key(post.said_at, post.pk)


def _marks(home: Conversation) -> list[str]:
    marks = [inside(home.community_id)]
    if home.see == SeenBy.EVERYONE:
        marks.append(OPEN)
    elif home.see == SeenBy.PARENT and home.community.parent_id:
        marks.append(under(home.community.parent_id))
    return marks


def _holds(post: Post) -> list[str]:
    return [PHOTO] * (post.photos > 0) + [LINK] * has_links(post.html)


def _with_homes(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.select_related("conversation__community")


def _with_homes_of(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    return conversations.select_related("community")
