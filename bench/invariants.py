"""What must be true of the rows of any house, asked of the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection

from coterie.communities.models import Membership
from coterie.personas import sealed
from coterie.pure.markup import RENDERER, fold, render
from coterie.safety import audit
from coterie.talk.actions import redrawing
from coterie.talk.models import Post

SAMPLE = 400

QUERIES = {
    "posts are numbered from 1 to last_seq without a gap": """
        SELECT c.id FROM talk_conversation c LEFT JOIN (
            SELECT conversation_id, COUNT(*) AS n, MIN(seq) AS low, MAX(seq) AS high
            FROM talk_post WHERE seq IS NOT NULL GROUP BY conversation_id
        ) p ON p.conversation_id = c.id
        WHERE c.last_seq <> COALESCE(p.n, 0) OR c.last_seq <> COALESCE(p.high, 0)
           OR COALESCE(p.low, 1) <> 1""",
    "a conversation was last added to when its last post came": """
        SELECT c.id FROM talk_conversation c JOIN (
            SELECT conversation_id, MAX(published_at) AS at, MIN(published_at) AS began
            FROM talk_post WHERE seq IS NOT NULL GROUP BY conversation_id
        ) p ON p.conversation_id = c.id WHERE c.last_post_at <> p.at OR c.started_at > p.began""",
    "what waits has no number and was not published": """
        SELECT id FROM talk_post
        WHERE state = 'held' AND (seq IS NOT NULL OR published_at IS NOT NULL)""",
    "what has a number was published": """
        SELECT id FROM talk_post WHERE seq IS NOT NULL AND published_at IS NULL""",
    "an answer is in the conversation of what it answers, and later": """
        SELECT p.id FROM talk_post p JOIN talk_post r ON r.id = p.reply_to_id
        WHERE r.conversation_id <> p.conversation_id OR r.seq >= p.seq""",
    "a community's size counts its living members": """
        SELECT c.id FROM communities_community c LEFT JOIN (
            SELECT community_id, COUNT(*) AS n FROM communities_membership
            WHERE state = 'living' GROUP BY community_id
        ) m ON m.community_id = c.id WHERE c.size <> COALESCE(m.n, 0)""",
    "every community has a host or knows that it has none": """
        SELECT c.id FROM communities_community c WHERE c.orphaned_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM communities_membership m
            WHERE m.community_id = c.id AND m.state = 'living' AND m.role = 'host')""",
    "a person has one living seat in a community": """
        SELECT community_id FROM communities_membership WHERE state = 'living'
        GROUP BY community_id, nullifier HAVING COUNT(*) > 1""",
    "a nullifier stands in one community only": """
        SELECT nullifier FROM communities_membership
        GROUP BY nullifier HAVING COUNT(DISTINCT community_id) > 1""",
    "who speaks has or had a seat": """
        SELECT p.id FROM talk_post p JOIN talk_conversation c ON c.id = p.conversation_id
        WHERE p.persona_id IS NOT NULL AND NOT p.brought AND NOT EXISTS (
            SELECT 1 FROM communities_membership m
            WHERE m.community_id = c.community_id AND m.persona_id = p.persona_id)""",
    "nobody has read further than there is": """
        SELECT r.id FROM talk_readingposition r JOIN talk_conversation c
        ON c.id = r.conversation_id
        WHERE r.epoch > c.epoch
           OR (r.epoch = c.epoch AND (r.read_seq > c.last_seq OR r.from_seq > c.last_seq))""",
    "who has a reading position has or had a seat": """
        SELECT r.id FROM talk_readingposition r JOIN talk_conversation c
        ON c.id = r.conversation_id WHERE NOT EXISTS (
            SELECT 1 FROM communities_membership m
            WHERE m.community_id = c.community_id AND m.persona_id = r.persona_id)""",
    "who reacts has or had a seat": """
        SELECT x.id FROM talk_reaction x JOIN talk_post p ON p.id = x.post_id
        JOIN talk_conversation c ON c.id = p.conversation_id WHERE NOT EXISTS (
            SELECT 1 FROM communities_membership m
            WHERE m.community_id = c.community_id AND m.persona_id = x.persona_id)""",
}
"""Each finds what is wrong; nothing is well."""


def broken() -> dict[str, Any]:
    """What is not as it must be, with the first rows that show it."""
    found = {name: look() for name, look in ALL.items()}
    return {name: wrong for name, wrong in found.items() if wrong}


def _first_rows(query: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"{query} LIMIT 3")
        return [row[0] for row in cursor.fetchall()]


def _foreign_keys() -> list[Any]:
    if connection.vendor != "sqlite":
        return []  # PostgreSQL has checked them as they came
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        return [str(row) for row in cursor.fetchmany(3)]


def _nullifiers() -> list[Any]:
    """Those of a sample of seats are their own persons'."""
    seats = Membership.objects.living().select_related("persona", "community").order_by("public_id")
    return [
        seat.pk
        for seat in seats[:SAMPLE]
        if seat.nullifier != sealed.nullifier_of(seat.persona, seat.community.scope)
    ]


def _html() -> list[Any]:
    """The HTML of a sample of posts is what rendering their words gives."""
    posts = Post.objects.filter(renderer=RENDERER, state__in=Post.LIVING).order_by("public_id")
    return [post.pk for post in posts[:SAMPLE] if _drawn(post) != post.html]


def _drawn(post: Post) -> str:
    """What its words give behind its note, for those whom its names meant when it was drawn.

    What was brought knows neither people nor tags here.
    """
    if post.brought:
        return render(post.source)
    people = redrawing.linked(post.html)
    return fold(render(post.source, at=post.path, people=people), post.noted)


ALL: dict[str, Callable[[], list[Any]]] = {
    **{name: lambda query=query: _first_rows(query) for name, query in QUERIES.items()},
    "every reference leads somewhere": _foreign_keys,
    "a seat's nullifier is its person's": _nullifiers,
    "HTML is what its words render to": _html,
    "the audit chains are whole": lambda: audit.broken_chains()[:3],
}
