"""What a post was before, and what its author can change about it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from coterie.media import reads as media
from coterie.media.actions.using import ADDED, DESCRIBED, ORDERED, TAKEN_OFF
from coterie.pure.markup import Note, fold, unfold
from coterie.talk import rules
from coterie.talk.models import Post

MOST = 50
"""Of the earlier versions of a post, so many are shown."""


def hung_on(post: Post) -> list[dict[str, Any]]:
    """Its pictures, for a form in which they stay until it is saved."""
    subjects = [post.pk] if post.photos else []
    found = media.pictures(rules.PHOTOS, subjects).get(post.pk, [])
    return [row | {"kept": True} for row in found]


def fingerprint(source: str, note: str, photos: Mapping[str, str]) -> str:
    """The same for the same words, and the same photos in their order with theirs."""
    said = json.dumps([source, note, list(photos.items())])
    return sha256(said.encode()).hexdigest()[:32]


def as_read(posts: Sequence[Post]) -> dict[int, str]:
    """By post, what is the same while its words, photos and title are what a host has read.

    A poll is none of it: nobody changes its options before it is out.
    """
    hung = media.pictures(rules.PHOTOS, [post.pk for post in posts if post.photos])
    return {post.pk: _as_read(post, hung.get(post.pk, ())) for post in posts}


def _as_read(post: Post, photos: Iterable[Mapping[str, Any]]) -> str:
    words = fingerprint(post.source, post.note, {row["id"]: row["alt"] for row in photos})
    said = json.dumps([words, post.conversation.title, post.conversation.tagged])
    return sha256(said.encode()).hexdigest()[:32]


def told_versions(post: Post) -> list[dict[str, Any]]:
    """What it said before, the newest first, with sentences for what became of its pictures.

    Each stands folded behind what the hosts have put before the post now, else behind the note
    that its author had given it, else behind the one that the post has now.
    """
    rows = post.versions.order_by("-until", "-pk").values("html", "until", "about_photos")
    told, own = [], Note(post.note)
    for row in rows[:MOST]:
        then, body = unfold(row["html"])
        # Where the hosts' note stood, its author's was kept as it was until that went.
        own = own if then and then.by_hosts else then or Note("")
        now = post.noted if post.hosts_note or not own.words else own
        told.append({**row, "html": fold(body, now), "changes": _changes(row["about_photos"])})
    return told


def _changes(about_photos: Collection[str]) -> list[str]:
    sentences = {
        ADDED: _("Then a photo was added."),
        TAKEN_OFF: _("Then a photo was taken off."),
        DESCRIBED: _("Then the words about a photo were changed."),
        ORDERED: _("Then the photos were put in another order."),
    }
    return [sentences[each] for each in about_photos if each in sentences]
