"""Telegram's exports: forum topics, overlapping and odd ones."""

import json
from pathlib import Path
from typing import Any

import pytest

from coterie.pure.exports.records import Reaction
from coterie.pure.markup import plain, render
from coterie.pure.parsers import telegram
from coterie.pure.tests.telegrams import account, chat, said, service, written
from coterie.pure.tests.test_telegram import all_read, only


def test_forum_topics_are_places_of_their_own(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        chat(
            said(1, "general"),
            service(2, "topic_created", title="Moss"),
            service(3, "topic_created", title="Empty"),
            said(4, "in it", reply_to_message_id=2),
            said(5, "an answer", reply_to_message_id=4),
            said(6, "general again", reply_to_message_id=1),
            said(7, "from before the export", reply_to_message_id=-50),
        ),
    )
    shown = telegram.preview(path)
    assert shown.conversations == 2
    assert [(c.name, c.kind, c.parent, c.messages) for c in shown.chats[0].containers] == [
        ("Ferns", "group", None, 3),
        ("Moss", "topic", "telegram:7", 2),
    ]
    messages = all_read(path)
    assert [m.container for m in messages] == [
        "telegram:7",
        *["telegram:7/2"] * 2,
        *["telegram:7"] * 2,
    ]
    assert messages[1].reply_to is None
    assert messages[2].reply_to == messages[1].origin


def test_a_renamed_topic_has_its_last_title_where_the_export_says_which(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        chat(
            service(2, "topic_created", title="Moss"),
            said(4, reply_to_message_id=2),
            service(5, "topic_edit", new_title="Mosses", reply_to_message_id=4),
            service(6, "topic_edit", new_icon_emoji_id=3, reply_to_message_id=2),
            service(7, "topic_edit", new_title="Lichens"),
        ),
    )
    (seen,) = telegram.preview(path).chats
    assert [place.name for place in seen.containers] == ["Mosses"]
    assert seen.dropped == {"service_lines": 3, "renames_of_unnamed_topics": 1}


def test_overlapping_exports_have_the_same_origins(tmp_path: Path) -> None:
    first = all_read(written(tmp_path, chat(said(1), said(2), said(3, "x"))))
    second = all_read(written(tmp_path, account(chat(said(2), said(3, "edited"), said(4)))))
    assert [m.origin for m in first[1:]] == [m.origin for m in second[:2]]
    other = all_read(written(tmp_path, chat(said(1), id=8)))
    assert other[0].origin != first[0].origin


def test_messages_without_ids_are_told_apart_and_found_again(tmp_path: Path) -> None:
    twice = said(1)
    del twice["id"]
    once = only(tmp_path, twice, twice, twice | {"text": "other"})
    assert len({message.origin for message in once}) == 3
    assert once == only(tmp_path, twice, twice, twice | {"text": "other"})


def old_and_new(name: str = "Ferns") -> tuple[dict[str, Any], dict[str, Any]]:
    old = chat(
        said(1, "then"),
        said(2, "so", reply_to_message_id=1),
        service(3, "migrate_to_supergroup"),
        kind="private_group",
        id=3,
    )
    new = chat(service(1, "migrate_from_group", title="Ferns"), said(4, "now"), name=name, id=70)
    return old, new


def test_a_group_and_the_supergroup_it_became_are_one_chat(tmp_path: Path) -> None:
    old, new = old_and_new("Ferns and mosses")
    for export in (account(old, new), account(new, old)):
        path = written(tmp_path, export)
        (found,) = telegram.preview(path).chats
        assert (found.key, found.name, found.messages) == ("telegram:70", "Ferns and mosses", 3)
        messages = all_read(path)
        assert [plain(render(m.body)) for m in messages] == ["then", "so", "now"]
        assert {m.container for m in messages} == {"telegram:70"}
        assert messages[1].reply_to == messages[0].origin


def test_groups_that_only_share_a_moment_or_a_name_stay_apart(tmp_path: Path) -> None:
    old, new = old_and_new()
    assert len(telegram.preview(written(tmp_path, account(old | {"name": "Owls"}, new))).chats) == 2
    late = new | {"messages": [service(9000, "migrate_from_group", title="Ferns")]}
    assert len(telegram.preview(written(tmp_path, account(old, late))).chats) == 2


def test_the_old_part_has_the_same_origins_in_both_exports(tmp_path: Path) -> None:
    old, new = old_and_new()
    shifted = [
        said(1, "then") | {"id": 1 - 1_000_000_000},
        said(2, "so") | {"id": 2 - 1_000_000_000, "reply_to_message_id": 1 - 1_000_000_000},
    ]
    before = written(tmp_path, old, "old.json")
    after = written(tmp_path, new | {"messages": [*shifted, *new["messages"]]}, "new.json")
    assert [m.origin for m in all_read(after)[:2]] == [m.origin for m in all_read(before)]
    assert (
        telegram.preview(after).chats[0].old_origins
        == telegram.preview(before).chats[0].old_origins
    )
    assert len(telegram.preview(after).chats[0].old_origins) == 2
    assert all_read(after)[1].reply_to == all_read(after)[0].origin


def test_a_chat_that_stands_twice_is_one(tmp_path: Path) -> None:
    export = account(chat(said(1))) | {"left_chats": {"list": [chat(said(2))]}}
    (found,) = telegram.preview(written(tmp_path, export)).chats
    assert found.messages == 2


def test_control_characters_as_telegram_writes_them_are_read(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(chat(said(1, "aQb\\xQ"))).replace("Q", "\\x0B", 1), "utf-8")
    (message,) = all_read(path)
    assert plain(render(message.body)) == "ab\\xQ"


def test_nothing_unspeakable_reaches_a_body(tmp_path: Path) -> None:
    (message,) = only(tmp_path, said(1, "a\x00b\x1bc"))
    assert message.body == "abc"
    path = tmp_path / "result.json"
    path.write_text(json.dumps(chat(said(1, "a\ud800b"))), "utf-8")
    assert all_read(path)[0].body.encode() == b"ab"
    odd = "a\x00\nb\ud800c"
    spoken = said(1, from_id=odd, reactions=[{"emoji": odd, "count": 1}], **{"from": odd})
    path.write_text(json.dumps(chat(service(9, "topic_created", title=odd), spoken, name=odd)))
    (found,) = telegram.preview(path).chats
    assert found.people[0][:2] == ("a bc", "a bc")
    assert found.name == "a bc"
    assert all_read(path)[0].reactions == (Reaction("a bc", 1),)


@pytest.mark.parametrize("odd", [None, 5, "text", [], [[]], {"a": 1}, True, 1e400, {"id": {}}])
def test_odd_values_never_fail(tmp_path: Path, odd: Any) -> None:
    fields = ["id", "type", "date", "date_unixtime", "from", "from_id", "text", "text_entities"]
    fields += ["reply_to_message_id", "reactions", "poll", "todo_list", "edited", "media_type"]
    fields += ["forwarded_from", "action", "title", "sticker_emoji", "photo", "actor_id"]
    raws = [odd, *(said(number) | {name: odd} for number, name in enumerate(fields))]
    path = written(tmp_path, chat(*raws))
    assert telegram.preview(path).messages == len(all_read(path))
    for name in ("name", "type", "id"):
        telegram.preview(written(tmp_path, account(chat(said(1)) | {name: odd}, odd)))
