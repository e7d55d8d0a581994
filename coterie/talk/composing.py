"""The composer, wherever somebody answers: its shape, and what it needs to be shown.

A *part*: the doors of talk and of every kind of conversation above it ask here, so that nobody
speaks by another form in a room than in a topic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from coterie.communities import rules as communities
from coterie.core.ids import new_token
from coterie.media import reads as media
from coterie.personas.viewer import Viewer
from coterie.pure.markup import LONGEST_NOTE, MAX_SOURCE, plain
from coterie.talk import reads, rules
from coterie.talk.asking import Asking
from coterie.talk.models import Conversation, Kind, Post, Said, Voice
from coterie.ui.saying import per_language

HINT = _(
    "*italic*, **bold**, > quote, - list, `code`, ||hidden||, @name, #tag; links become links."
)
UNCHOSEN = ""


def note_field() -> forms.CharField:
    """What stands before the words; the page lists those that were used before."""
    return forms.CharField(
        label=_("Content note"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.TextInput({"list": "content-notes", "data-notes": "", "autocomplete": "off"}),
        help_text=_("Such as “spiders” or “diet talk”. All else stands folded behind it."),
    )


class Saying(forms.Form):
    """Words, the voice in which they are said, and a key that makes a second sending harmless.

    `poll` is the part of the form that adds a poll, made only when somebody has begun one.

    A voice that is not to be had is never swapped for another: then none is chosen.
    """

    source = forms.CharField(
        label=_("Your words"),
        max_length=MAX_SOURCE,
        widget=forms.Textarea({"rows": 6, "data-grow": ""}),
        help_text=HINT,
        error_messages={"required": _("Write something first.")},
    )
    note = note_field()
    client_key = forms.CharField(max_length=40, widget=forms.HiddenInput, initial=new_token)

    words: ClassVar[dict[Voice, Any]] = {
        Voice.HOSTS: _("The hosts"),
        Voice.MEMBER: _("A member, anonymously"),
    }
    chooser: ClassVar[type[forms.Widget]] = forms.Select

    def __init__(
        self,
        *args: Any,
        voices: Sequence[Voice] = (Voice.OWN,),
        name: str = "",
        pictured: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["source"].required = not pictured  # a photo needs no words beside it
        meant = (self.data if self.is_bound else self.initial).get("voice", Voice.OWN)
        self.lost_voice = meant not in voices
        if self.lost_voice:
            self.initial = {**self.initial, "voice": UNCHOSEN}
        self.has_voices = len(voices) > 1 or self.lost_voice
        self.fields["voice"] = self._voice(voices, name)

    def _voice(self, voices: Sequence[Voice], name: str) -> forms.ChoiceField:
        choices = [(voice.value, self.words.get(voice, name)) for voice in voices]
        widget = self.chooser if self.has_voices else forms.HiddenInput
        if self.lost_voice:
            # Of radios without a tick a browser sends nothing, as one's own voice may be sent.
            choices, widget = [(UNCHOSEN, _("Choose")), *choices], forms.Select
        return forms.ChoiceField(
            label=_("Who is speaking?"),
            choices=choices,
            required=self.lost_voice,
            initial=Voice.OWN.value,
            widget=widget({"data-drafted": ""}),
            error_messages={
                "required": _("Choose who is speaking."),
                "invalid_choice": _("This voice is not to be had here. Choose who is speaking."),
            },
        )

    def clean_voice(self) -> str:
        return self.cleaned_data["voice"] or Voice.OWN

    @cached_property
    def poll(self) -> Asking:
        """What has been begun of a poll."""
        return Asking(self.data if self.is_bound else None, initial=self.initial)

    @property
    def asks(self) -> bool:
        """Whether a poll has been begun, so that its part of the form stands open."""
        begun = self.is_bound or bool(self.initial.get("poll_options"))
        return begun and self.poll.asks

    @property
    def asks_nothing(self) -> SafeString:
        """The part that adds a poll, for who has begun none: closed, the same for everybody."""
        return _no_poll()

    def is_valid(self) -> bool:
        return self.poll.is_valid() and super().is_valid()

    def clean(self) -> dict[str, Any]:
        """`asked` is the poll, or None."""
        said = super().clean() or self.cleaned_data
        return said | {
            "asked": self.poll.cleaned_data.get("asked") if self.poll.is_valid() else None
        }

    def said(self, photos: Sequence[str] = ()) -> Said:
        """All of it, with these pictures."""
        words = {name: self.cleaned_data[name] for name in ("source", "note", "voice", "asked")}
        return Said(**words, photos=tuple(photos))

    def refuse(self, sentence: str) -> None:
        """The rule's sentence stands above the form."""
        self.add_error(None, sentence)


@per_language
def _no_poll() -> SafeString:
    return render_to_string("talk/_asking.html", {"form": Asking()})


class Reply(Saying):
    """An answer in a conversation."""

    prompt = ""
    """What stands in the empty box."""
    reply_to = forms.SlugField(max_length=18, required=False, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Begun:
    """What whoever speaks here has begun to say: the form as it opens, and what waits with it."""

    form: Reply | None
    draft: reads.Kept
    photos: list[dict[str, Any]]
    answered: Post | None


def begin(viewer: Viewer, conversation: Conversation, address: Mapping[str, str]) -> Begun:
    """The composer as the page opens; `?reply=` asks to answer a post, `?quote=` with its words.

    `conversation` comes from `reads.conversation`.
    """
    begun: bool = conversation.begun  # type: ignore[attr-defined]
    draft = kept(viewer, conversation, begun=begun)
    # What was asked for in the address wins, also when it is an answer to nobody.
    wanted = address.get("quote") or address.get("reply")
    reply_to = draft.words.get("reply_to", "") if wanted is None else wanted
    post = answered(viewer, conversation, reply_to)
    words = draft.words | {"reply_to": reply_to}
    if post is not None and "quote" in address and rules.may_answer(viewer, post):
        words["source"] = with_quote(words.get("source", ""), plain(post.html))
    form = reply(viewer, conversation, initial=words)
    return Begun(form, draft, _photos(viewer, conversation, draft), post)


def with_quote(source: str, words: str) -> str:
    """What has been written, and below it, once, other people's words."""
    quoted = "\n".join(f"> {line}".rstrip() for line in words.strip().splitlines())
    if not quoted or quoted in source:
        return source
    return "\n\n".join(filter(None, [source.rstrip(), quoted])) + "\n\n"


def reply(viewer: Viewer, conversation: Conversation, **more: Any) -> Reply | None:
    """The form, for whoever has a seat here."""
    who = reads.speaker(viewer, conversation.community)
    if who is None:
        return None
    form = Reply(voices=who["voices"], name=who["name"], **more)
    prompt = _("Message as %(name)s") if conversation.kind == Kind.ROOM else _("Reply as %(name)s")
    form.prompt = str(prompt) % {"name": who["name"]}
    return form


def kept(viewer: Viewer, conversation: Conversation, *, begun: bool = True) -> reads.Kept:
    """What whoever speaks here has begun to say."""
    place = communities.seat(viewer, conversation.community)
    if place is None:
        return reads.Kept("")
    return reads.draft(place.persona, conversation.public_id, begun=begun)


def _photos(viewer: Viewer, conversation: Conversation, draft: reads.Kept) -> list[dict[str, Any]]:
    """What waits in the tray with the draft."""
    place = communities.seat(viewer, conversation.community)
    if not draft.photos or place is None:
        return []
    return media.waiting(draft.photos, place.persona, conversation.community)


def answered(viewer: Viewer, conversation: Conversation, public_id: str) -> Post | None:
    """The post that is to be answered, if this viewer reads it."""
    if not public_id:
        return None
    readable = Post.objects.visible_to(viewer).filter(conversation=conversation)
    return readable.with_place().filter(public_id=public_id).first()
