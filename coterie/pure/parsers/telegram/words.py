"""What was said in one Telegram message, as Markdown, with a note for what is not text."""

from collections.abc import Iterator
from typing import Any

from coterie.pure.exports.fields import WORDLESS, note, text_of
from coterie.pure.markup import MAX_SOURCE, Piece, Style, compose, escape
from coterie.pure.parsers.telegram.facts import Raw, is_forwarded, whole

LONGEST = 20_000
MOST_ANSWERS = 50

STYLES = {
    "bold": Style.BOLD,
    "italic": Style.ITALIC,
    "strikethrough": Style.STRUCK,
    "code": Style.CODE,
    "pre": Style.BLOCK,
    "blockquote": Style.QUOTE,
    "link": Style.LINK,
    "text_link": Style.LINK,
    "spoiler": Style.HIDDEN,
}
NUMBERS = {"phone": "phone_numbers", "bank_card": "card_numbers"}
REMOVED = Piece("(a number was here)", Style.ITALIC)

MEDIA = {
    "sticker": "sticker",
    "video_message": "video message",
    "voice_message": "voice message",
    "animation": "animation",
    "video_file": "video",
    "audio_file": "audio file",
}
OTHERS = {
    "contact_information": "contact",
    "location_information": "place",
    "place_name": "place",
    "game_title": "game",
    "invoice_information": "invoice",
    "giveaway_information": "giveaway",
    "giveaway_results": "giveaway",
    "photo": "photo",
    "file": "file",
}
BESIDE_WORDS = {
    *OTHERS, "media_type", "poll", "todo_list", "forwarded_from", "forwarded_from_id"
}  # fmt: skip
LEFT_OUT = {
    "contact_information": "contacts",
    "location_information": "places",
    "place_name": "places",
    "photo": "files",
    "file": "files",
    "forwarded_from": "names_behind_forwards",
}


def body(raw: Raw) -> str:
    """Markdown of at most MAX_SOURCE characters, never empty."""
    if is_plain(raw) and (plain := escape(raw["text"])).strip():
        return plain
    said = [part for part in (media_note(raw), words(raw), poll(raw), to_do(raw)) if part.strip()]
    said = said or [WORDLESS]
    markdown = "\n\n".join([note("forwarded"), *said] if is_forwarded(raw) else said)
    return markdown if len(markdown) <= MAX_SOURCE else escape(without_style(raw)[:LONGEST])


def is_plain(raw: Raw) -> bool:
    """Is it what most messages are: words in no style, and nothing else?"""
    text, parts = raw.get("text"), raw.get("text_entities")
    if not isinstance(text, str) or not raw.keys().isdisjoint(BESIDE_WORDS):
        return False
    is_alone = parts == [{"type": "plain", "text": text}]
    return is_alone and len(text) <= LONGEST // 2 and bool(text.strip())


def without_style(raw: Raw) -> str:
    return "".join(piece(entry).text for entry in entries(raw))


def words(raw: Raw) -> str:
    return compose(shortened(piece(entry) for entry in entries(raw)))


def entries(raw: Raw) -> list[Any]:
    """The text in parts: `text_entities` where there are any, else `text`, a string or a list."""
    entities = raw.get("text_entities")
    if isinstance(entities, list) and entities:
        return entities
    text = raw.get("text")
    return text if isinstance(text, list) else [text]


def piece(entry: object) -> Piece:
    if not isinstance(entry, dict):
        return Piece(text_of(entry))
    kind, text = text_of(entry.get("type")), text_of(entry.get("text"))
    if kind in NUMBERS:
        return REMOVED
    style = STYLES.get(kind, Style.PLAIN)
    return Piece(text, style, detail(kind, entry, text)[:2000])


def detail(kind: str, entry: Raw, text: str) -> str:
    if kind == "pre":
        return text_of(entry.get("language"))
    if kind == "text_link":
        return text_of(entry.get("href"))
    if kind == "link":
        return text if "://" in text or text.startswith("mailto:") else f"http://{text}"
    return ""


def shortened(pieces: Iterator[Piece]) -> Iterator[Piece]:
    left = LONGEST
    for one in pieces:
        yield one._replace(text=one.text[:left])
        left -= len(one.text)
        if left < 0:
            yield Piece("…")
            return


def spoken(raw: Raw) -> str:
    """The bare words, numbers included: to be counted, not kept."""
    parts = (entry.get("text") if isinstance(entry, dict) else entry for entry in entries(raw))
    return "".join(part for part in parts if isinstance(part, str))


def is_cut(raw: Raw) -> bool:
    """Is it longer than a post may be?"""
    text = raw.get("text")
    if isinstance(text, str):
        return len(text) > LONGEST
    return isinstance(text, list) and len(text) > 1 and len(spoken(raw)) > LONGEST


def media_note(raw: Raw) -> str:
    kind = MEDIA.get(text_of(raw.get("media_type")))
    if not kind and not raw.keys().isdisjoint(OTHERS):
        kind = next(name for key, name in OTHERS.items() if key in raw)
    if kind == "sticker":
        kind = f"sticker {text_of(raw.get('sticker_emoji'))[:8]}".strip()
    return note(kind) if kind else ""


def poll(raw: Raw) -> str:
    given = raw.get("poll")
    if not isinstance(given, dict):
        return ""
    return titled(f"Poll: {one_line(given.get('question'))}", given.get("answers"))


def to_do(raw: Raw) -> str:
    given = raw.get("todo_list")
    if not isinstance(given, dict):
        return ""
    return titled(f"To do: {one_line(given.get('title'))}", given.get("answers"))


def titled(title: str, answers: object) -> str:
    given = answers if isinstance(answers, list) else []
    lines = [answer_line(one) for one in given[:MOST_ANSWERS] if isinstance(one, dict)]
    return "\n".join([compose([Piece(title, Style.BOLD)]), "", *lines]).strip()


def answer_line(answer: Raw) -> str:
    voters = whole(answer.get("voters"))
    votes = "" if voters is None else f": {voters}"
    return f"- {escape(one_line(answer.get('text')) + votes)}"


def one_line(text: object) -> str:
    parts = text if isinstance(text, list) else [text]
    return " ".join("".join(piece(part).text for part in parts).split())[:400]


def left_out(raw: Raw) -> Iterator[str]:
    """What of this message is not kept, in the words of `dropped`."""
    if not raw.keys().isdisjoint(LEFT_OUT):
        yield from {LEFT_OUT[key] for key in raw.keys() & LEFT_OUT.keys() if raw[key]}
    for entry in entries(raw):
        if isinstance(entry, dict) and text_of(entry.get("type")) in NUMBERS:
            yield NUMBERS[entry["type"]]
