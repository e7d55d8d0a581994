"""Who speaks in a line and what they say, or that it is the app that speaks."""

from __future__ import annotations

import re
from typing import NamedTuple

MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
QUOTES = frozenset("\"“”„«»'‘’「『")
LONGEST_NAME = 100
PHONE = re.compile(r"\+?\(?\d[\d\s().\-\u00a0\u2011]{5,}\d")
ENDING = r"\w{2,5}"
MEDIA = re.compile(
    rf"\u200e?(?:<\s?[^<>:]{{3,30}}:\s?[^<>]+\.{ENDING}\s?>|"  # iOS: <attached: F>
    rf"\S[^\n]*\.{ENDING}\s(?:\([^()]+\)|<[^<>]+>)|"  # Android: F (file attached)
    r"<[^<>\n]{4,40}>|"  # <Media omitted>
    r"null|"
    r"\u200e[^\n:]{3,40}\s(?:omitted|omitida?|omis|absente?|omess[ao]|weggelassen|weggelaten|"
    r"ausgeschlossen|utelämna[dt]|utelatt|udeladt|pominięt[oay]|опущено|生략됨|생략됨))"
)
EDITED = re.compile(r"\s*\u200e<[^<>\n]{5,80}>$")
GONE = re.compile(
    r"\u200e?(?:(?:This message was|You) deleted(?: this message)?\.?|"
    r"(?:Diese Nachricht wurde gelöscht|Du hast diese Nachricht gelöscht)\.?|"
    r"(?:Se eliminó este mensaje|Eliminaste este mensaje|Este mensaje fue eliminado)\.?|"
    r"(?:Ce message a été supprimé|Vous avez supprimé ce message)\.?|"
    r"(?:Mensagem apagada|Essa mensagem foi apagada|Você apagou esta mensagem)\.?|"
    r"(?:Questo messaggio è stato eliminato|Hai eliminato questo messaggio)\.?|"
    r"(?:Dit bericht is verwijderd|U hebt dit bericht verwijderd)\.?)"
)
POLL = re.compile(r"\u200e?[^\W\d_]{4,14}:\s*\n(?P<asked>[^\n]+)(?P<answers>(?:\n\u200e?[^\W\d_]{4,14}: [^\n]+\([^()\n]*\d[^()\n]*\))+)\s*")  # fmt: skip # noqa: E501
ANSWER = re.compile(r"\u200e?[^\W\d_]{4,14}: ([^\n]+)")
PLACE = re.compile(r"\u200e?[^\W\d_]{4,14}: https://(?:maps\.google\.com|foursquare\.com)/\S+")
CALL = re.compile(r"\u200e[^\n]{0,60}(?:call|anruf|llamada|appel|chamada|chiamata|oproep)[^\n]{0,60}", re.IGNORECASE)  # fmt: skip # noqa: E501
NAMED = re.compile(
    r"(?:created group|hat die Gruppe|creó el grupo|a créé le groupe|criou o grupo|"
    r"ha creato il gruppo|"
    r"(?:changed|hat|cambió|a changé|mudou|alterou|ha cambiato)[^“\"„«]{0,60})"
    r"[^“\"„«]*[“\"„«](?:[^”\"“»]*[”\"“»] (?:to|zu|in|a|por|para|en|à) [“\"„«])?([^”\"“»]+)[”\"“»]"
)
JOINED = re.compile(
    r"(.{1,100}?) (?:joined using|ist .{0,30}beigetreten|se unió|a rejoint|entrou (?:usando|com)|"
    r"si è unit|is toegetreden)|.{1,100}? (?:added|hat) (?P<one>.{1,100}?)(?: hinzugefügt)?\.?$"
)
ENCRYPTED = re.compile(
    r"end-to-end|ende-zu-ende|extremo a extremo|bout en bout|ponta a ponta|ponta-a-ponta|"
    r"crittografi|eind-tot-eind",
    re.IGNORECASE,
)


class Said(NamedTuple):
    """A line after its head: by whom, and what; `who` is empty where the app speaks."""

    who: str
    text: str


def said(rest: str) -> Said:
    """A name ends at the first colon with a space, unless what stands before it quotes a name."""
    name, colon, text = rest.partition(": ")
    if not colon and rest.endswith(":"):
        name, colon, text = rest[:-1], ":", ""
    if not colon or len(name) > LONGEST_NAME or not QUOTES.isdisjoint(MARKS.sub("", name)):
        return Said("", rest)
    return Said(name, text)


def name_of(who: str) -> str:
    """A name as people say it: without marks, and without the sign of an unsaved contact."""
    return " ".join(MARKS.sub("", who).removeprefix("~").split())


def is_phone(name: str) -> bool:
    return PHONE.fullmatch(name) is not None
