"""The shapes in which something is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coterie.communities.models import Community, Rule, TaggedBy
from coterie.core.ids import new_token
from coterie.pure.markup import LONGEST_NOTE, MAX_SOURCE
from coterie.talk import poll_rules
from coterie.talk.composing import HINT, Saying, note_field
from coterie.talk.emoji import OFFERED, is_emoji
from coterie.talk.later import Later
from coterie.talk.models import (
    LONGEST_FRAME,
    LONGEST_GREETING,
    LONGEST_TAG,
    MOST_TAGS,
    OPTION_LENGTH,
    Poll,
    PollKind,
    Said,
    Voice,
    tidy_tag,
    tidy_tags,
)
from coterie.talk.paces import PACES, spoken_pace


class Tags(forms.Form):
    """The tags of a topic: some that are offered, and the member's own where they may."""

    tags = forms.MultipleChoiceField(
        label=_("Tags"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("One of these tags is not there any more.")},
    )
    more_tags = forms.CharField(
        label=_("Other tags"),
        max_length=200,
        required=False,
        help_text=_("A word or two each, with commas between."),
    )

    def offer(self, words: Sequence[str], *, free: bool) -> None:
        """These can be ticked; others be written, where they are `free`."""
        field = self.fields["tags"]
        field.choices = [(word, f"#{word}") for word in words]  # type: ignore[attr-defined]
        if not words:
            del self.fields["tags"]
        if not free:
            del self.fields["more_tags"]

    @property
    def said_tags(self) -> list[str]:
        """What was ticked and written."""
        said = self.cleaned_data
        return tidy_tags(said.get("tags", ()), said.get("more_tags", ""))


class Topic(Saying, Tags, Later):
    """A new topic, now or later."""

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("A question works well. Up to 120 characters."),
        error_messages={"required": _("Give it a title.")},
    )
    field_order = ["title", "source", "note", "tags", "more_tags"]
    words = Saying.words | {
        Voice.MEMBER: _("A member: nobody here can see who, hosts included"),
    }
    chooser = forms.RadioSelect

    def said(self, photos: Sequence[str] = ()) -> Said:
        return replace(super().said(photos), tags=tuple(self.said_tags))


class Frame(forms.Form):
    """A topic half begun."""

    name = forms.CharField(
        label=_("Name"),
        max_length=40,
        help_text=_("Such as: Question."),
        error_messages={"required": _("Give the template a name.")},
    )
    hint = forms.CharField(
        label=_("What a good title looks like"),
        max_length=120,
        required=False,
        help_text=_("Stands below the empty title."),
    )
    source = forms.CharField(
        label=_("What the text begins with"),
        max_length=LONGEST_FRAME,
        required=False,
        widget=forms.Textarea({"rows": 10, "data-grow": ""}),
        help_text=HINT,
    )
    tags = forms.CharField(
        label=_("Tags"),
        max_length=200,
        required=False,
        help_text=_("A word or two each, with commas between."),
    )

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        said = super().get_initial_for_field(field, field_name)
        return ", ".join(said) if isinstance(said, list) else said

    def clean_tags(self) -> list[str]:
        return tidy_tags((), self.cleaned_data["tags"])


class Greeting(forms.Form):
    """What whoever comes in reads first."""

    source = forms.CharField(
        label=_("Your welcome"),
        max_length=LONGEST_GREETING,
        required=False,
        widget=forms.Textarea({"rows": 8, "data-grow": ""}),
        help_text=HINT,
    )
    hello = forms.ChoiceField(
        label=_("Where newcomers say hello"),
        required=False,
        help_text=_("If you choose none, they are invited to start a topic of their own."),
    )

    def offer(self, topics: Sequence[tuple[str, str]]) -> None:
        """These can be chosen."""
        choices = [("", _("no topic in particular")), *topics]
        self.fields["hello"].choices = choices  # type: ignore[attr-defined]


class LaterReply(Saying, Later):
    """An answer that goes out later."""


class Draft(forms.Form):
    """Words that are not finished."""

    title = forms.CharField(max_length=120, required=False)
    source = forms.CharField(required=False, strip=False)
    note = forms.CharField(max_length=LONGEST_NOTE, required=False)
    more_tags = forms.CharField(max_length=200, required=False)
    voice = forms.ChoiceField(choices=Voice, required=False)
    reply_to = forms.SlugField(max_length=18, required=False)
    client_key = forms.CharField(max_length=40, required=False)

    def clean_source(self) -> str:
        said = str(self.cleaned_data["source"])
        # Where words end with blanks one may be about to write on; no blank makes them too long.
        said = said if len(said) <= MAX_SOURCE else said.strip()
        if len(said) > MAX_SOURCE:
            raise forms.ValidationError(_("This is too long for one post."))
        return said

    def clean_voice(self) -> str:
        # A voice that is yet to be chosen is kept as none, not as one's own.
        return str(self.cleaned_data["voice"] if "voice" in self.data else Voice.OWN)


class Edit(forms.Form):
    """Other words in place of one's own."""

    client_key = forms.CharField(
        max_length=40, required=False, widget=forms.HiddenInput, initial=new_token
    )
    note = note_field()

    source = forms.CharField(
        label=_("Your words"),
        max_length=MAX_SOURCE,
        help_text=HINT,
        widget=forms.Textarea({"rows": 8, "data-grow": ""}),
        error_messages={"required": _("Write something first.")},
    )


class Title(Tags):
    """Another title, and other tags."""

    title = forms.CharField(
        label=_("Title"), max_length=120, error_messages={"required": _("Give it a title.")}
    )
    field_order = ["title"]


class Emoji(forms.Form):
    """One emoji: one that is offered, or any other."""

    emoji = forms.CharField(
        label=_("Another emoji"),
        max_length=24,
        widget=forms.TextInput({"autocomplete": "off", "size": 6, "placeholder": OFFERED[0]}),
        error_messages={"required": _("Choose one emoji.")},
    )

    def clean_emoji(self) -> str:
        emoji = self.cleaned_data["emoji"].strip()
        if not is_emoji(emoji):
            raise forms.ValidationError(_("Choose one emoji."))
        return str(emoji)


class Ballot(forms.Form):
    """What somebody chooses in a poll: ticks, or for each option its rank."""

    def __init__(self, poll: Poll, data: Any) -> None:
        super().__init__(data)
        self.poll = poll
        offered = [(place, text) for place, text in enumerate(poll.options) if text]
        if poll.kind == PollKind.RANKED:
            for place, _text in offered:
                self.fields[f"rank-{place}"] = forms.TypedChoiceField(
                    choices=[("", ""), *((n, n) for n in range(1, len(offered) + 1))],
                    coerce=int, required=False,
                )  # fmt: skip
        else:
            self.fields["choice"] = forms.TypedMultipleChoiceField(
                choices=offered, coerce=int, required=False
            )

    def ranks(self) -> dict[int, int]:
        """The rank of each option that was chosen, as it was sent; without order, as they stand."""
        said = self.cleaned_data
        if self.poll.kind != PollKind.RANKED:
            return {place: rank for rank, place in enumerate(said.get("choice") or (), 1)}
        named = {int(name.partition("-")[2]): rank for name, rank in said.items() if "-" in name}
        return {place: rank for place, rank in named.items() if rank}

    def clean(self) -> dict[str, Any]:
        """`places` is what was chosen, the best first."""
        ranks = self.ranks()
        if len(set(ranks.values())) < len(ranks):
            raise forms.ValidationError(_("Two options have the same rank. Give each its own."))
        places = sorted(ranks, key=ranks.__getitem__)
        verdict = poll_rules.can_be_chosen(self.poll, places)
        if not verdict and not self.errors:
            raise forms.ValidationError(verdict.sentence)
        return {**self.cleaned_data, "places": places}


class Option(forms.Form):
    """One more option of a poll."""

    option = forms.CharField(
        label=_("One more option"),
        max_length=OPTION_LENGTH,
        error_messages={"required": _("Write the option first.")},
    )


class Removing(forms.Form):
    """Why a post goes: the rule, and a sentence for its author."""

    rule: forms.ModelChoiceField[Rule] = forms.ModelChoiceField(
        label=_("Which rule does it break?"),
        queryset=Rule.objects.none(),
        required=False,
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("Leave it open if none fits."),
    )
    sentence = forms.CharField(
        label=_("A sentence for its author"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("They read this, and that the hosts removed it. Not which host."),
    )

    def __init__(self, community: Community, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rule = self.fields["rule"]
        if isinstance(rule, forms.ModelChoiceField):
            rule.queryset = Rule.objects.filter(community=community, retired_at=None)


class Offering(forms.Form):
    """Which tags a community offers, and who may bring others."""

    words = forms.CharField(
        label=_("The tags you offer"),
        max_length=MOST_TAGS * (LONGEST_TAG + 2),
        required=False,
        help_text=_("One a line: wool, moth-holes, show-and-tell. Members choose up to five."),
        widget=forms.Textarea({"rows": 8}),
    )
    tagged_by = forms.ChoiceField(
        label=_("Who can bring tags"), choices=TaggedBy, widget=forms.RadioSelect
    )

    def clean_words(self) -> list[str]:
        lines = self.cleaned_data["words"].replace(",", "\n").splitlines()
        odd = [line.strip() for line in lines if line.strip() and not tidy_tag(line)]
        if odd:
            raise forms.ValidationError(
                _("“%(word)s” has no letter or number in it."), params={"word": odd[0][:40]}
            )
        return [line for line in lines if line.strip()]


def paces() -> list[tuple[int, str]]:
    """What hosts choose from, in the reader's language."""
    return [(0, gettext("No waiting")), *((each, spoken_pace(each)) for each in PACES)]


class Noting(forms.Form):
    """What the hosts put before somebody's words."""

    note = note_field()


class Pace(forms.Form):
    """How long a member waits between two posts."""

    seconds = forms.TypedChoiceField(label=_("Wait between two posts"), coerce=int, choices=paces)


class Merging(forms.Form):
    """The topic that takes the other one in."""

    listed = forms.ChoiceField(
        label=_("Into which topic?"), required=False, widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=_("Or by its address"),
        max_length=300,
        required=False,
        help_text=_("Copied from the browser, like https://…/t/abc/"),
    )

    def offer(self, topics: list[tuple[str, str]]) -> None:
        """These can be chosen by a click."""
        self.fields["listed"].choices = topics  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        named = re.search(r"/t/([\w-]{1,18})/", f"{said.get('address', '')}/")
        said["into"] = named[1] if named else said.get("listed", "")
        if not said["into"]:
            raise forms.ValidationError(_("Choose a topic, or paste its address."))
        return said


class Moving(forms.Form):
    """The community that takes a topic."""

    to = forms.ChoiceField(
        label=_("Where to?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a community.")},
    )

    def offer(self, places: list[tuple[str, str]]) -> None:
        """These can be chosen."""
        self.fields["to"].choices = places  # type: ignore[attr-defined]


class Splitting(forms.Form):
    """What becomes a topic of its own, and what it is called."""

    ONWARD, ANSWERS = "onward", "answers"

    title = forms.CharField(
        label=_("Title of the new topic"),
        max_length=120,
        error_messages={"required": _("Give it a title.")},
    )
    which = forms.ChoiceField(
        label=_("What goes along?"),
        choices=[
            (ANSWERS, _("This post, the answers to it, and theirs")),
            (ONWARD, _("This post and everything after it")),
        ],
        initial=ANSWERS,
        widget=forms.RadioSelect,
    )


class Note(forms.Form):
    """Why one keeps a post."""

    note = forms.CharField(
        label=_("A note for yourself"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
