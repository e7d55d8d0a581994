"""Whom a reader sees speaking: a persona, the hosts, a member, or a former one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from coterie.talk.models import Voice

FIELDS = ("voice", "persona_id", "persona__name", "persona__seed", "persona__gone")


def face(row: dict[str, Any], of: str = "", who: str = "persona") -> dict[str, Any]:
    """Name and flower of whoever speaks; `word` names one who has no name of their own.

    Nothing in it tells two anonymous voices apart, or one host from another.
    """
    word = _word(row, of, who)
    if word:
        return {"word": word, "name": _name(word), "seed": None}
    return {"word": "", "name": row[f"{of}{who}__name"], "seed": row[f"{of}{who}__seed"]}


def _word(row: dict[str, Any], of: str, who: str) -> str:
    voice = row[f"{of}voice"]
    if voice == Voice.HOSTS:
        return "hosts"
    if voice == Voice.MEMBER:
        return "member"
    nobody = row[f"{of}{who}_id"] is None or row[f"{of}{who}__gone"]
    return "former" if nobody else ""


def _name(word: str) -> str:
    """The same word in the reader's language, for what is never broadcast."""
    names = {
        "hosts": _("The hosts"),
        "member": _("A member"),
        "former": _("A former member"),
    }
    return names[word]
