"""People who speak: a few words to say something in a test."""

from dataclasses import fields

from django.test import Client

from coterie.accounts.models import Account
from coterie.communities.models import Membership
from coterie.communities.tests.people import Person, fresh, seven_seconds_pass
from coterie.core.ids import new_token
from coterie.talk.actions import posting, sending
from coterie.talk.models import Conversation, Post, Said

__all__ = ["Speaker", "fresh", "said", "seqs", "seven_seconds_pass"]


def said(source, more):
    """These words, with what else of `more` belongs to them, which is taken out of it."""
    names = {field.name for field in fields(Said)} & more.keys()
    return Said(source, **{name: more.pop(name) for name in names})


class Speaker(Person):
    """Somebody who says something."""

    def starts(self, community, title="A topic", source="Words.", **more):
        more.setdefault("client_key", new_token())
        return posting.start_topic(
            fresh(community), said(source, more), by=self.here(community), title=title, **more
        )

    def replies(self, conversation, source="More words.", **more):
        more.setdefault("client_key", new_token())
        conversation = fresh(conversation)
        by = more.pop("by", None) or self.here(conversation.community)
        return posting.reply(conversation, said(source, more), by=by, **more)

    def starts_to_say(self, conversation, source="More words.", **more):
        more.setdefault("client_key", new_token())
        conversation = fresh(conversation)
        by = self.here(conversation.community)
        return sending.reply(conversation, said(source, more), by=by, **more)

    def sees(self, conversation):
        return Conversation.objects.visible_to(self.viewer).filter(pk=conversation.pk).exists()

    def reads(self, post):
        return Post.objects.visible_to(self.viewer).filter(pk=post.pk).exists()

    def becomes(self, community, role, *duties):
        seat = self.seat(community)
        Membership.objects.filter(pk=seat.pk).update(role=role, duties=list(duties))
        return self

    def browser(self):
        """A signed-in client of this person."""
        client = Client()
        client.force_login(Account.objects.get(pk=self.owner.account_id))
        return client


def seqs(conversation):
    """All numbers of a conversation, in order."""
    rows = Post.objects.filter(conversation=conversation, seq__isnull=False)
    return list(rows.order_by("seq").values_list("seq", flat=True))
