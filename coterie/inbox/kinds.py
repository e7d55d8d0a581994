"""What can be told, in words. Rendered when it is read, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

type Facts = Mapping[str, Any]
type Words = str | Promise


@dataclass(frozen=True)
class Kind:
    """How one kind of notification reads on the page and, when it deserves one, in its mail."""

    icon: str
    words: Callable[[Facts], str]
    action: Words = ""
    subject: Words = ""
    """Of the mail; kinds without a subject send none. It names neither community nor person."""


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
    words = ngettext("One person asks to join", "%(many)d people ask to join", many)
    return words % {"many": many}


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


def signature(facts: Facts) -> str:
    """Who speaks in a sentence: never a person."""
    return _("The operator of this server") if facts.get("signed") == "operator" else _("The hosts")


def _operator_asked(facts: Facts) -> str:
    return _(
        "The hosts asked the operator about something you wrote anonymously. Nobody has been "
        "told who you are. If you are removed or banned, that shows: others can see who is gone."
    )


KINDS: dict[str, Kind] = {
    "admitted": Kind("door-open", _admitted, gettext_lazy("Go in"), gettext_lazy("You are in")),
    "declined": Kind("mail", _declined, "", gettext_lazy("About your request to join")),
    "asked-back": Kind(
        "circle-question-mark",
        _asked_back,
        gettext_lazy("Answer"),
        gettext_lazy("About your request to join"),
    ),
    "answered-back": Kind("reply", _answered_back, gettext_lazy("Read it")),
    "asked": Kind(
        "users", _asked, gettext_lazy("Read their answers"), gettext_lazy("Somebody asks to join")
    ),
    "reported": Kind(
        "flag", _reported, gettext_lazy("Look at it"), gettext_lazy("Something was reported")
    ),
    "held": Kind("eye", _held, gettext_lazy("Look at it")),
    "replied": Kind("reply", _replied),
    "answered": Kind("messages-square", _answered),
    "orphaned": Kind("triangle-alert", _orphaned),
    "removed": Kind("info", _removed, "", gettext_lazy("From the hosts")),
    "banned": Kind("ban", _banned, "", gettext_lazy("From the hosts")),
    "post-removed": Kind("info", _post_removed, "", gettext_lazy("From the hosts")),
    "note": Kind("mail", _note, "", gettext_lazy("From the hosts")),
    "operator-asked": Kind("info", _operator_asked, "", gettext_lazy("About something you wrote")),
    "report-closed": Kind("check", _report_closed),
    "published": Kind("check", _published),
    "held-back": Kind("info", _held_back),
    "sent-back": Kind("pencil", _sent_back, gettext_lazy("Look at it")),
    "claimed": Kind(
        "sprout", _claimed, gettext_lazy("Read them"), gettext_lazy("Your old messages")
    ),
    "imported": Kind(
        "file-archive", _imported, gettext_lazy("See it"), gettext_lazy("Your import is ready")
    ),
    "role": Kind("crown", _role),
}
