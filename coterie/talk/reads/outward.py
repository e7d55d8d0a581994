"""How pages of talk face the world: what a stranger reads there, said once more for machines.

Only ever made from what the page shows to somebody without a seat, so that nothing can stand
here that does not stand there.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from coterie.communities.models import Community, SeenBy
from coterie.pure.markup import excerpt, plain
from coterie.talk.models import Conversation, Post, PostState
from coterie.talk.reads.topic import TopicPage
from coterie.ui.facing import Facing

DESCRIBED = 200
QUOTED = 2_000
"""Characters of a post that a machine is told; the page has the rest."""
COMMENTS = 20


def of_list(
    origin: str, community: Community, *, tag: dict[str, Any] | None = None, asked: bool = False
) -> Facing | None:
    """The topics of a public community, or those with a tag; `asked`: not its first page."""
    if not community.is_public:
        return None
    path = str(tag["path"]) if tag else community.path
    return Facing(
        origin,
        path,
        f"#{tag['word']} · {community.name}" if tag else community.name,
        community.purpose,
        card=community.card_path,
        # A word that the hosts offer stands on a page of its own even before it is used.
        listed=community.in_the_open and not asked,
        feed=f"{path}topics.atom",
        teaches=community.teaches,
    )


def of_topic(
    origin: str, conversation: Conversation, page: TopicPage, *, asked: str = "", later: str = ""
) -> Facing | None:
    """A topic that everybody may read.

    `later`: the page behind this post, at an address of its own; `asked`: the page around one.
    """
    community = conversation.community
    if conversation.see != SeenBy.EVERYONE or not conversation.last_seq:
        return None
    first = _first(page)
    path, title = conversation.open_path, conversation.title or _("A topic")
    listed = community.in_the_open and conversation.unlisted_at is None
    return Facing(
        origin,
        f"{path}?after={later}" if later else path,
        title,
        excerpt(first["html"], DESCRIBED) if first else community.purpose,
        card=f"{conversation.path}card.jpg",
        listed=listed and not asked,
        kind="article",
        feed=f"{community.path}topics.atom",
        teaches=community.teaches,
        told=(_posting(origin, conversation, title, page),) if first and listed else (),
    )


def of_post(origin: str, post: Post, row: dict[str, Any]) -> Facing | None:
    """One post has a card where it is shared; what is indexed is its topic."""
    conversation = post.conversation
    if conversation.see != SeenBy.EVERYONE or not _is_out(row):
        return None
    title = conversation.title or _("A topic")
    text = excerpt(row["html"], DESCRIBED)
    card = f"{conversation.path}card.jpg"
    return Facing(
        origin,
        post.path,
        title,
        text,
        card,
        listed=False,
        kind="article",
        teaches=conversation.community.teaches,
    )


def _first(page: TopicPage) -> dict[str, Any] | None:
    """What the topic began with, if this page shows it."""
    first = page.posts[0] if page.posts else None
    return first if first and first["seq"] == 1 and _is_out(first) else None


def _is_out(row: dict[str, Any]) -> bool:
    """Said to the whole audience, and not taken back."""
    return row["seq"] is not None and row["state"] == PostState.PUBLISHED


def _posting(
    origin: str, conversation: Conversation, title: str, page: TopicPage
) -> dict[str, Any]:
    """A DiscussionForumPosting, as search engines document it."""
    first, *others = [row for row in page.posts if _is_out(row)]
    community = conversation.community
    address = origin + conversation.open_path
    return {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "mainEntityOfPage": address,
        "headline": title,
        "isPartOf": {
            "@type": "WebPage",
            "name": community.name,
            "url": origin + community.path,
        },
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/CommentAction",
            "userInteractionCount": max(conversation.last_seq - 1, 0),
        },
        **_said(origin, first, community),
        "url": address,
        "comment": [
            {"@type": "Comment", **_said(origin, row, community)} for row in others[:COMMENTS]
        ],
    }


def _said(origin: str, row: dict[str, Any], community: Community) -> dict[str, Any]:
    """Words, moment and author, as the page shows them; pictures unless they are folded there."""
    hosts = row["face"]["word"] == "hosts"
    author = (
        {"@type": "Organization", "name": community.name, "url": origin + community.path}
        if hosts
        else {"@type": "Person", "name": row["face"]["name"]}
    )
    said: dict[str, Any] = {
        "author": author,
        "datePublished": row["iso"],
        "url": origin + row["path"],
        "text": plain(row["html"], QUOTED),
    }
    # What stands folded behind a note is shown by no search engine in its own frame.
    if row["photos"] and not row["note"]:
        said["image"] = [origin + photo["large"] for photo in row["photos"]]
    return {name: value for name, value in said.items() if value}
