"""Telegram exports: what is counted, what is kept, what is left behind."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coterie.pure import parsers
from coterie.pure.exports.records import Message, Reaction, UnknownChat, Unreadable
from coterie.pure.markup import cleaned, plain, render
from coterie.pure.parsers import telegram
from coterie.pure.parsers.telegram import hearing, survey, words
from coterie.pure.tests.opening import SPOILERS
from coterie.pure.tests.telegrams import START, account, chat, said, written

SAMPLES = sorted((Path(__file__).parents[3] / "tests" / "data" / "telegram").glob("*.json"))
GROUPS = {None, "private_group", "private_supergroup", "public_supergroup"}
GROUPS |= {"private_channel", "public_channel"}


def counted_by_hand(path: Path) -> dict[str, Any]:
    """The same counts from the whole file in memory, by nothing of ours."""
    export = json.loads(path.read_text("utf-8"))
    chats = export["chats"]["list"] if "chats" in export else [export]
    chats = [one for one in chats if one.get("type") in GROUPS]
    messages = [raw for one in chats for raw in one["messages"] if raw["type"] == "message"]
    times = sorted(
        datetime.fromtimestamp(int(raw["date_unixtime"]), UTC)
        if "date_unixtime" in raw
        else datetime.fromisoformat(raw["date"]).replace(tzinfo=UTC)
        for raw in messages
    )
    return {
        "format": "telegram",
        "people": len({raw.get("from_id") or raw["from"] for raw in messages}),
        "messages": len(messages),
        "conversations": len(chats),
        "first": times[0].isoformat(),
        "last": times[-1].isoformat(),
    }


def all_read(path: Path, name: str | None = None) -> list[Message]:
    keys = [one.key for one in telegram.preview(path).chats if name in (None, one.name)]
    return [message for key in keys for message in telegram.read(path, key)]


def only(folder: Path, *messages: Any) -> list[Message]:
    return all_read(written(folder, chat(*messages)))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_counts_as_an_independent_reading(path: Path) -> None:
    assert len(SAMPLES) == 7
    shown = parsers.parser_of(path).preview(path).as_json()
    expected = counted_by_hand(path)
    assert {key: shown[key] for key in expected} == expected
    assert len(all_read(path)) == expected["messages"]
    assert list(shown)[-2:] == ["warnings", "dropped"]
    json.dumps(shown)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_reads_the_same_twice(path: Path) -> None:
    once, twice = all_read(path), all_read(path)
    assert once == twice
    assert len({message.origin for message in once}) == len(once)
    assert all(message.body and plain(render(message.body)) for message in once)


def test_an_archive_reads_as_the_file_in_it(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(SAMPLES[3], "ChatExport_2021-06-01/result.json")
        archive.writestr("ChatExport_2021-06-01/photos/photo_1.jpg", b"\xff\xd8")
        archive.writestr("__MACOSX/ChatExport_2021-06-01/._result.json", b"\0")
    assert parsers.parser_of(path) is telegram
    assert all_read(path) == all_read(SAMPLES[3])


def test_a_folder_reads_as_the_file_in_it(tmp_path: Path) -> None:
    written(tmp_path, chat(said(1)))
    assert telegram.preview(tmp_path).messages == 1


def test_dates_without_utc_are_read_as_utc_with_a_warning(tmp_path: Path) -> None:
    raw = said(1, date="2019-01-02T03:04:05")
    del raw["date_unixtime"]
    path = written(tmp_path, chat(raw))
    assert telegram.preview(path).as_json()["first"] == "2019-01-02T03:04:05+00:00"
    assert "UTC" in telegram.preview(path).warnings[0]
    assert not telegram.preview(written(tmp_path, chat(said(1)))).warnings


def test_a_message_without_a_date_stands_at_the_time_before(tmp_path: Path) -> None:
    undated = {"id": 6, "type": "message", "from": "Wren", "text": "When?", "date": "soon"}
    path = written(tmp_path, chat(undated | {"id": 1}, said(5), undated))
    assert [message.at.timestamp() for message in all_read(path)] == [START + 5, START + 5]
    shown = telegram.preview(path)
    assert shown.messages == 2
    assert shown.dropped["undated_messages"] == 1
    assert "without a readable date: 1" in shown.warnings[0]


def test_personal_chats_bots_and_saved_messages_are_never_kept(tmp_path: Path) -> None:
    export = account(
        chat(said(1, "for you"), name="Wren", kind="personal_chat", id=1),
        chat(said(1, "beep"), name="Bot", kind="bot_chat", id=99),
        chat(said(1, "me"), said(2, "me"), name=None, kind="saved_messages", id=2),
        chat(said(1, "?"), name="Later", kind="hologram_chat", id=3),
        chat(said(1), said(2, "beep", from_id="user99", **{"from": "Bot"}), id=4),
        contacts={"about": "", "list": [{"phone_number": "+1 555 0100"}]},
        sessions={"list": [{"last_ip": "192.0.2.7"}, {}]},
        personal_information={"phone_number": "+1 555 0101"},
    )
    export["left_chats"] = {"list": [chat(said(1), name="Gone", kind="personal_chat", id=5)]}
    path = written(tmp_path, export)
    shown = telegram.preview(path)
    assert [one.name for one in shown.chats] == ["Ferns"]
    assert (shown.messages, shown.people) == (1, 1)
    assert shown.dropped == {
        "personal_chats": 2,
        "bot_chats": 1,
        "saved_messages": 2,
        "chats_of_unknown_kind": 1,
        "messages_of_bots": 1,
        "contacts": 1,
        "sessions": 2,
        "personal_information": 1,
    }
    assert "hologram_chat" in shown.warnings[0]
    kept = str(all_read(path))
    assert "beep" not in kept
    assert "555" not in kept


def test_left_chats_are_kept_like_others(tmp_path: Path) -> None:
    export = {"about": "", "left_chats": {"list": [chat(said(1), name="Old")]}}
    assert telegram.preview(written(tmp_path, export)).messages == 1


def test_only_personal_chats_is_an_empty_preview_with_a_warning(tmp_path: Path) -> None:
    shown = telegram.preview(written(tmp_path, chat(said(1), kind="personal_chat"))).as_json()
    assert (shown["messages"], shown["first"], shown["last"]) == (0, None, None)
    assert "no group chat" in shown["warnings"][0]


def test_a_chat_is_chosen_by_name_or_key_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    export = account(chat(said(1), id=1), chat(said(1), said(2), name="Owls", id=2))
    path = written(tmp_path, export)
    assert telegram.preview(path).messages == 3
    assert telegram.preview(path, "owls").messages == 2
    assert telegram.preview(path, "telegram:1").messages == 1
    with pytest.raises(UnknownChat, match=r"“Ferns” .*“Owls”"):
        telegram.preview(path, "Larks")
    twins = written(tmp_path, account(chat(said(1), id=1), chat(said(1), id=2)))
    with pytest.raises(UnknownChat, match="several"):
        list(telegram.read(twins, "Ferns"))


def test_chats_without_ids_stay_apart(tmp_path: Path) -> None:
    nameless = {"messages": [said(1)]}
    found = telegram.preview(written(tmp_path, account(nameless, nameless, nameless))).chats
    assert len({one.key for one in found}) == 3


def test_two_groups_of_one_name_are_not_taken_for_one(tmp_path: Path) -> None:
    first = written(tmp_path, {"name": "Family", "messages": [said(1, "of the Ferns")]}, "1.json")
    second = written(tmp_path, {"name": "Family", "messages": [said(1, "of the Owls")]}, "2.json")
    assert telegram.preview(first).chats[0].key != telegram.preview(second).chats[0].key
    assert telegram.preview(first).chats[0].key == telegram.preview(first).chats[0].key
    assert all_read(first)[0].origin != all_read(second)[0].origin


def test_more_people_or_chats_than_can_be_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "MOST_AUTHORS", 2)
    with pytest.raises(Unreadable, match="more people"):
        only(tmp_path, said(1), said(2, who="Wren"), said(3, who="Owl"))
    monkeypatch.setattr(survey, "MOST_CHATS", 1)
    with pytest.raises(Unreadable, match="more chats"):
        telegram.preview(written(tmp_path, account(chat(said(1)), chat(said(1), id=8))))


def test_header_after_the_messages_counts_too(tmp_path: Path) -> None:
    one = {"messages": [said(1)], "type": "personal_chat", "id": 3}
    assert telegram.preview(written(tmp_path, account(one))).messages == 0


@pytest.mark.parametrize(
    ("entities", "html"),
    [
        ([{"type": "bold", "text": "b"}, "\nx"], "<strong>b</strong><br>\nx"),
        ([{"type": "italic", "text": "i"}], "<em>i</em>"),
        ([{"type": "strikethrough", "text": "s"}], "<s>s</s>"),
        ([{"type": "code", "text": "a*b"}], "<code>a*b</code>"),
        ([{"type": "pre", "text": "x = 1", "language": "py"}], "<code>x = 1\n</code></pre>"),
        ([{"type": "blockquote", "text": "# q"}], "<p># q</p>\n</blockquote>"),
        ([{"type": "link", "text": "https://a.example/_b_"}], 'href="https://a.example/_b_"'),
        ([{"type": "link", "text": "a.example/_b_"}], 'href="http://a.example/_b_"'),
        ([{"type": "text_link", "text": "t", "href": "https://a.example"}], ">t</a>"),
        (
            [{"type": "text_link", "text": "t", "href": "javascript:alert(1)"}],
            '<p dir="auto">t</p>',
        ),
        ([{"type": "spoiler", "text": "hid|den"}], "</summary>hid|den</details>"),
        ([{"type": "custom_emoji", "text": "😁", "document_id": "x"}], ">😁<"),
        ([{"type": "mention_name", "text": "Wren", "user_id": 5}], ">Wren<"),
        ([{"type": "hologram", "text": "new"}], ">new<"),
        ([{"type": "bold"}, None, 5, {"text": "left"}], ">left<"),
        (["1. *no* # list <b>"], ">1. *no* # list &lt;b&gt;<"),
    ],
)
def test_styled_text_arrives(tmp_path: Path, entities: list[Any], html: str) -> None:
    for shape in ({"text": entities}, {"text": "ignored", "text_entities": entities}):
        (message,) = only(tmp_path, said(1, **shape))
        assert html in render(message.body)


KINDS = ["plain", "bold", "italic", "code", "pre", "strikethrough", "blockquote", "spoiler"]
KINDS += ["underline", "mention", "hashtag", "custom_emoji", "text_link", "hologram"]
ENTITIES = st.lists(
    st.text(alphabet="aé中🙂 \n*_`~#->[]()<>!&:/.1|\\", max_size=15)
    | st.fixed_dictionaries(
        {"type": st.sampled_from(KINDS), "text": st.text(max_size=15)},
        optional={"href": st.sampled_from(["https://a.example/?b=1", "tg://user?id=1"])},
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=150)
@given(ENTITIES)
def test_every_word_of_any_styled_text_arrives(entities: list[Any]) -> None:
    spoken = "".join(one if isinstance(one, str) else one["text"] for one in entities)
    shown = plain(SPOILERS.sub("", render(words.words({"text": entities}))))
    assert "".join(shown.split()) == "".join(cleaned(spoken).split())


def test_numbers_of_phones_and_cards_are_not_kept(tmp_path: Path) -> None:
    text = [
        "Call ",
        {"type": "phone", "text": "+1 555 0100"},
        {"type": "bank_card", "text": "4111"},
    ]
    path = written(tmp_path, chat(said(1, text)))
    (message,) = all_read(path)
    assert "555" not in message.body
    assert "4111" not in message.body
    assert telegram.preview(path).dropped == {"phone_numbers": 1, "card_numbers": 1}


@pytest.mark.parametrize(
    ("media", "words", "dropped"),
    [
        ({"photo": "(File not included.)", "text": "Look"}, "(photo)\nLook", "files"),
        ({"file": "x.mp4", "media_type": "voice_message"}, "(voice message)", "files"),
        ({"file": "x", "media_type": "sticker", "sticker_emoji": "😱"}, "(sticker 😱)", "files"),
        ({"contact_information": {"phone_number": "+1 555 0100"}}, "(contact)", "contacts"),
        ({"location_information": {"latitude": 1.5}}, "(place)", "places"),
        ({"place_name": "Home", "address": "Fern Lane 5"}, "(place)", "places"),
        ({"giveaway_information": {}}, "(giveaway)", None),
        ({"star_gift": {"some": "thing"}}, "(message without words)", None),
        ({"forwarded_from": "Somebody", "text": "so"}, "(forwarded)\nso", "names_behind_forwards"),
        ({"forwarded_from": None, "text": "so"}, "(forwarded)\nso", None),
    ],
)
def test_what_is_not_text_leaves_a_note(
    tmp_path: Path, media: dict[str, Any], words: str, dropped: str | None
) -> None:
    path = written(tmp_path, chat(said(1, **({"text": ""} | media))))
    (message,) = all_read(path)
    assert plain(render(message.body)) == words
    assert message.forwarded == ("forwarded_from" in media)
    assert telegram.preview(path).dropped == ({dropped: 1} if dropped else {})
    for private in ("555", "Home", "Fern Lane", "1.5", "Somebody", "x.mp4"):
        assert private not in str(message)


def test_polls_and_lists_can_be_read(tmp_path: Path) -> None:
    poll = {
        "question": "When *then*?",
        "answers": [{"text": "1. May", "voters": 3}, {"text": "No"}],
    }
    to_do = {
        "title": "Garden",
        "answers": [{"text": [{"type": "plain", "text": "water"}], "id": 1}],
    }
    first, second = only(tmp_path, said(1, "", poll=poll), said(2, "", todo_list=to_do))
    assert plain(render(first.body)) == "Poll: When *then*?\n1. May: 3\nNo"
    assert plain(render(second.body)) == "To do: Garden\nwater"
    assert len(only(tmp_path, said(1, "", poll={"question": None, "answers": "?"}))) == 1


def test_a_post_longer_than_a_post_may_be_is_cut(tmp_path: Path) -> None:
    path = written(tmp_path, chat(said(1, ["*" * 30_000, {"type": "code", "text": "\n" * 30_000}])))
    (message,) = all_read(path)
    assert len(message.body) <= 50_000
    assert "They are cut" in telegram.preview(path).warnings[0]


def test_a_deleted_account_is_somebody_without_a_name(tmp_path: Path) -> None:
    known, unknown = said(1, **{"from": None}), said(2, **{"from": None, "from_id": None})
    path = written(tmp_path, chat(known, unknown))
    shown = telegram.preview(path)
    assert (shown.messages, shown.people) == (2, 1)
    assert shown.chats[0].people[0].name == ""
    assert [message.person for message in all_read(path)] == [known["from_id"], None]


def test_ids_of_before_2021_name_the_same_people_and_chats(tmp_path: Path) -> None:
    old = chat(said(1, from_id=22), said(2, from_id=(2 << 32) + 5), id=(2 << 32) + 7)
    new = chat(said(1, from_id="user22"), said(2, from_id="channel5"), id=7)
    before, after = all_read(written(tmp_path, old)), all_read(written(tmp_path, new))
    assert [message.person for message in before] == ["user22", "channel5"]
    assert before == after


def test_the_chat_itself_speaks_as_its_hosts(tmp_path: Path) -> None:
    by_chat, by_other = said(1, from_id="channel7"), said(2, from_id="channel8")
    assert [message.by_hosts for message in only(tmp_path, by_chat, by_other)] == [True, False]
    found = telegram.preview(written(tmp_path, chat(by_chat, kind="public_channel"))).chats
    assert found[0].kind == "channel"


def test_replies_reactions_and_edits_arrive(tmp_path: Path) -> None:
    recent = [{"from": "Wren", "from_id": "user5", "date": "2020"}, {"from": None}]
    given = [
        {"type": "emoji", "count": 2, "emoji": "🌿", "recent": recent},
        {"type": "custom_emoji", "count": 1, "document_id": "x"},
        "odd",
    ]
    first, second, third = only(
        tmp_path,
        said(1, reactions=given, edited="1970-01-01T05:00:00", edited_unixtime="0"),
        said(2, reply_to_message_id=1, edited_unixtime=str(START + 9)),
        said(3, reply_to_message_id=1, reply_to_peer_id="channel9"),
    )
    assert first.reactions == (Reaction("🌿", 2, ("user5",)),)
    assert first.edited_at is None
    assert second.reply_to == first.origin
    assert second.edited_at == datetime.fromtimestamp(START + 9, UTC)
    assert third.reply_to is None
