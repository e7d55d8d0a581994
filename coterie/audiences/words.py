"""What a parser has to say, in words for a host."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LEFT_OUT = {
    "service_lines": _("Lines that only say who came, went or changed a picture"),
    "personal_chats": _("Personal chats"),
    "bot_chats": _("Chats with bots"),
    "messages_of_bots": _("Messages of bots"),
    "saved_messages": _("Saved messages"),
    "chats_of_unknown_kind": _("Chats of a kind that we do not know"),
    "personal_information": _("The exporter's own details"),
    "contacts": _("Contacts and their phone numbers"),
    "frequent_contacts": _("Lists of frequent contacts"),
    "phone_numbers": _("Phone numbers in messages"),
    "pictures": _("Profile pictures"),
    "files": _("Photos, voice notes and files"),
    "places": _("Places on a map"),
    "sessions": _("Sign-ins and internet addresses"),
    "names_behind_forwards": _("Names behind forwarded messages"),
    "card_numbers": _("Card numbers in messages"),
    "web_sessions": _("Sign-ins on other sites"),
    "stories": _("Stories"),
    "renames_of_unnamed_topics": _("New titles of topics where the export does not say which"),
    "deleted_messages": _("Messages that were deleted"),
    "whispers": _("Whispers among the staff"),
    "undated_messages": _("Messages without a date"),
    "unreadable_entries": _("Entries that could not be read"),
}


def left_out(key: str) -> str:
    """The words for one key, or the key itself made readable."""
    return str(LEFT_OUT.get(key) or key.replace("_", " ").capitalize())


def told(text: str, values: Mapping[str, object]) -> str:
    """A parser's remark in the reader's language."""
    sentence = gettext(text)
    return sentence.format(**values) if values else sentence
