"""What can be told, in words. Rendered when it is read, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coterie.pure.attention import Urgency

type Facts = Mapping[str, Any]
type Words = str | Promise


@dataclass(frozen=True)
class Kind:
    """How one kind of notification reads, how urgent it is, and what stands over its letter."""

    icon: str
    words: Callable[[Facts], str]
    action: Words = ""
    subject: Words = ""
    """Of its letter. It names neither community nor person: others see a locked screen too."""
    urgency: Urgency = Urgency.QUIET
    needs_them: bool = False
    """Somebody waits until this person does something."""


def _admitted(facts: Facts) -> str:
    return _("You are in. Welcome!")


def _declined(facts: Facts) -> str:
    return _("Your request to join was not accepted this time.")


def _asked_back(facts: Facts) -> str:
    return _("Before they decide, the hosts ask you something.")


def _answered_back(facts: Facts) -> str:
    name = facts.get("actor") or _("Somebody at the door")
    return _("%(name)s answered what you asked") % {"name": name}


def _asked(facts: Facts) -> str:
    many = int(facts.get("count", 1))
    # Worded as home does: a catalogue holds one plural for each singular.
    words = ngettext("One person asks to join", "%(n)s people ask to join", many)
    return words % {"n": many}


def _reported(facts: Facts) -> str:
    many = int(facts.get("count", 1))
    words = ngettext("One report waits for you", "%(many)d reports wait for you", many)
    return words % {"many": many}


def _held(facts: Facts) -> str:
    many = int(facts.get("count", 1))
    words = ngettext("One post waits for a host", "%(many)d posts wait for a host", many)
    return words % {"many": many}


def _replied(facts: Facts) -> str:
    nameless = _("The hosts") if facts.get("voice") == "hosts" else _("A member")
    names = {"actor": facts.get("actor") or nameless, "topic": facts.get("conversation", "")}
    return _("%(actor)s answered you in “%(topic)s”") % names


def _answered(facts: Facts) -> str:
    return _("There are new answers in “%s”") % str(facts.get("conversation", ""))


def _mentioned(facts: Facts) -> str:
    nameless = _("The hosts") if facts.get("voice") == "hosts" else _("A member")
    names = {"actor": facts.get("actor") or nameless, "topic": facts.get("conversation", "")}
    if not names["topic"]:
        return _("%(actor)s mentioned you") % names
    return _("%(actor)s mentioned you in “%(topic)s”") % names


def _announced(facts: Facts) -> str:
    return _("The hosts ask you to read “%s”") % str(facts.get("conversation", ""))


def _followed(facts: Facts) -> str:
    return _("There is something new in “%s”") % str(facts.get("conversation", ""))


def _begun(facts: Facts) -> str:
    return _("A new topic: “%s”") % str(facts.get("conversation", ""))


def _orphaned(facts: Facts) -> str:
    return _("The last host has gone. A member can take over.")


def _removed(facts: Facts) -> str:
    return _("You are no longer a member here.")


def _banned(facts: Facts) -> str:
    return _("You can no longer come in here.")


def _post_removed(facts: Facts) -> str:
    return _("The hosts removed something you wrote.")


def _note(facts: Facts) -> str:
    return _("The hosts wrote you a note.")


def _report_closed(facts: Facts) -> str:
    return _("Somebody looked at what you reported. Thank you for telling.")


def _published(facts: Facts) -> str:
    return _("Your post was looked at and everybody can read it now.")


def _held_back(facts: Facts) -> str:
    return _("The hosts did not publish your post.")


def _sent_back(facts: Facts) -> str:
    return _("Something you wrote did not go out. Your words are waiting for you.")


def _claimed(facts: Facts) -> str:
    many = int(facts.get("count", 0))
    return ngettext(
        "%(many)d old message is yours now", "%(many)d old messages are yours now", many
    ) % {"many": many}


def _imported(facts: Facts) -> str:
    return _("Your import is ready.")


def _role(facts: Facts) -> str:
    return _("What you may do here has changed.")


def _reminder(facts: Facts) -> str:
    return _("“%(what)s” begins %(when)s.") % _of_gathering(facts)


def _rearranged(facts: Facts) -> str:
    return _("“%(what)s” has changed. It is %(when)s now.") % _of_gathering(facts)


def _called_off(facts: Facts) -> str:
    return _("“%(what)s” is called off. It was to be %(when)s.") % _of_gathering(facts)


def _moved_up(facts: Facts) -> str:
    return _("A place is free, and it is yours: “%(what)s”, %(when)s.") % _of_gathering(facts)


def _arranges_too(facts: Facts) -> str:
    return _("You can arrange “%(what)s” too.") % _of_gathering(facts)


def _of_gathering(facts: Facts) -> dict[str, str]:
    what = str(facts.get("conversation") or _("A gathering"))
    if not facts.get("clock"):
        return {"what": what, "when": ""}
    clock = datetime.fromisoformat(str(facts["clock"]))
    names = {"day": date_format(clock, _("l j F")), "time": date_format(clock, "H:i")}
    when = _("on %(day)s at %(time)s, %(city)s time") % (names | {"city": facts.get("city", "")})
    return {"what": what, "when": when}


def signature(facts: Facts) -> str:
    """Who speaks in a sentence: never a person."""
    return _("The operator of this server") if facts.get("signed") == "operator" else _("The hosts")


def _operator_asked(facts: Facts) -> str:
    return _(
        "The hosts asked the operator about something you wrote anonymously. Nobody has been "
        "told who you are. If you are removed or banned, that shows: others can see who is gone."
    )


NORMAL, URGENT = Urgency.NORMAL, Urgency.URGENT

KINDS: dict[str, Kind] = {
    "mentioned": Kind("at-sign", _mentioned, "", gettext_lazy("Somebody mentioned you"), NORMAL),
    "announced": Kind("megaphone", _announced, "", gettext_lazy("A word from the hosts"), NORMAL),
    "followed": Kind("bell", _followed, "", gettext_lazy("News in a topic that you follow")),
    "begun": Kind("bell", _begun, "", gettext_lazy("A new topic in a place that you follow")),
    "admitted": Kind(
        "door-open", _admitted, gettext_lazy("Go in"), gettext_lazy("You are in"), URGENT
    ),
    "declined": Kind("mail", _declined, "", gettext_lazy("About your request to join"), URGENT),
    "asked-back": Kind(
        "circle-question-mark",
        _asked_back,
        gettext_lazy("Answer"),
        gettext_lazy("About your request to join"),
        URGENT,
        needs_them=True,
    ),
    "answered-back": Kind(
        "reply",
        _answered_back,
        gettext_lazy("Read it"),
        gettext_lazy("Somebody at the door answered"),
        needs_them=True,
    ),
    "asked": Kind(
        "users",
        _asked,
        gettext_lazy("Read their answers"),
        gettext_lazy("Somebody asks to join"),
        NORMAL,
        needs_them=True,
    ),
    "reported": Kind(
        "flag",
        _reported,
        gettext_lazy("Look at it"),
        gettext_lazy("Something was reported"),
        URGENT,
        needs_them=True,
    ),
    "held": Kind("eye", _held, gettext_lazy("Look at it"), needs_them=True),
    "replied": Kind("reply", _replied, "", gettext_lazy("Somebody answered you"), NORMAL),
    "answered": Kind(
        "messages-square", _answered, "", gettext_lazy("New answers in your topic"), NORMAL
    ),
    "orphaned": Kind("triangle-alert", _orphaned),
    "removed": Kind("info", _removed, "", gettext_lazy("From the hosts"), URGENT),
    "banned": Kind("ban", _banned, "", gettext_lazy("From the hosts"), URGENT),
    "post-removed": Kind("info", _post_removed, "", gettext_lazy("From the hosts"), URGENT),
    "note": Kind("mail", _note, "", gettext_lazy("From the hosts"), URGENT),
    "operator-asked": Kind(
        "info", _operator_asked, "", gettext_lazy("About something you wrote"), URGENT
    ),
    "report-closed": Kind("check", _report_closed),
    "published": Kind("check", _published),
    "held-back": Kind("info", _held_back, "", gettext_lazy("About something you wrote"), NORMAL),
    "sent-back": Kind(
        "pencil",
        _sent_back,
        gettext_lazy("Look at it"),
        gettext_lazy("About something you wrote"),
        NORMAL,
        needs_them=True,
    ),
    "claimed": Kind(
        "sprout", _claimed, gettext_lazy("Read them"), gettext_lazy("Your old messages"), URGENT
    ),
    "imported": Kind(
        "file-archive",
        _imported,
        gettext_lazy("See it"),
        gettext_lazy("Your import is ready"),
        URGENT,
    ),
    "role": Kind("crown", _role),
    "gathering-soon": Kind("calendar", _reminder, "", gettext_lazy("A reminder"), URGENT),
    "gathering-changed": Kind(
        "calendar", _rearranged, "", gettext_lazy("A date has changed"), URGENT
    ),
    "gathering-off": Kind(
        "calendar", _called_off, "", gettext_lazy("A date is called off"), URGENT
    ),
    "gathering-place": Kind(
        "calendar", _moved_up, "", gettext_lazy("A place is free for you"), NORMAL
    ),
    "gathering-convener": Kind("calendar", _arranges_too),
}
