"""What the log says, for members and, with names, for hosts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

type Words = str | Promise

FOR_MEMBERS: dict[str, Words] = {
    "founded": gettext_lazy("The community began."),
    "closed": gettext_lazy("The hosts closed the community."),
    "moved": gettext_lazy("The hosts moved the community to another place in the tree."),
    "reshaped": gettext_lazy("The hosts changed the settings."),
    "narrowed": gettext_lazy("The hosts changed the settings: fewer people see inside now."),
    "taught": gettext_lazy("The hosts changed the settings: AI may learn from what is said here."),
    "rules-changed": gettext_lazy("The hosts changed the rules."),
    "orphaned": gettext_lazy("The last host went."),
    "admitted": gettext_lazy("The hosts let somebody in."),
    "came-in": gettext_lazy("Somebody came in by an open door or a link."),
    "turned-away": gettext_lazy("The hosts declined a request to join."),
    "member-removed": gettext_lazy("A member was removed."),
    "member-banned": gettext_lazy("A member was banned."),
    "ban-lifted": gettext_lazy("The hosts lifted a ban."),
    "made-host": gettext_lazy("Somebody became a host."),
    "made-moderator": gettext_lazy("Somebody became a moderator."),
    "made-member": gettext_lazy("Somebody laid down their role, or lost it."),
    "handed-over": gettext_lazy("The hosts handed the community over."),
    "post-removed": gettext_lazy("A post was removed."),
    "post-restored": gettext_lazy("The hosts put a post back."),
    "noted": gettext_lazy("The hosts put a content note before a post."),
    "note-taken-away": gettext_lazy("The hosts took their content note from a post."),
    "locked": gettext_lazy("The hosts locked a conversation."),
    "unlocked": gettext_lazy("The hosts opened a conversation again."),
    "slowed": gettext_lazy("The hosts slowed a conversation down."),
    "slow-ended": gettext_lazy("The hosts let a conversation go at its own pace again."),
    "unlisted": gettext_lazy("The hosts took a conversation out of the list."),
    "relisted": gettext_lazy("The hosts put a conversation back on the list."),
    "pinned": gettext_lazy("The hosts pinned a topic above the others."),
    "unpinned": gettext_lazy("The hosts unpinned a topic."),
    "archived": gettext_lazy("The hosts archived a conversation."),
    "unarchived": gettext_lazy("The hosts took a conversation out of the archive."),
    "merged": gettext_lazy("The hosts made one topic of two."),
    "split": gettext_lazy("The hosts made two topics of one."),
    "moved-out": gettext_lazy("The hosts moved a topic to another community."),
    "moved-in": gettext_lazy("The hosts moved a topic here from another community."),
    "rearranged": gettext_lazy("The hosts changed when or where a gathering is."),
    "called-off": gettext_lazy("The hosts called a gathering off."),
    "convener-dropped": gettext_lazy("Somebody does not arrange a gathering any more."),
    "warned": gettext_lazy("A member got a note."),
    "dismissed": gettext_lazy("A report was looked at; no rule was broken."),
    "operator-asked": gettext_lazy("The hosts asked the operator for help."),
    "brought-home": gettext_lazy("The hosts brought messages from elsewhere."),
}


def of_entry(kind: str | None) -> str:
    """One line of the log, without any name."""
    if kind is None:
        return _("What this was about has been erased.")
    if kind == "taught" and not settings.LEARNERS_WELCOME:
        # Whatever the hosts let: the operator lets nobody.
        kind = "reshaped"
    return str(FOR_MEMBERS.get(kind, kind))


def with_names(row: dict[str, Any]) -> str:
    """Who did it and to whom, for hosts."""
    actor, subject = row.get("actor"), row.get("subject")
    if actor and subject and actor != subject:
        return _("%(actor)s, about %(subject)s") % {"actor": actor, "subject": subject}
    return str(actor or subject or "")
