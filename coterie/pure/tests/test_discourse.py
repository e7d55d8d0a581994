"""Discourse's topics: what was said, by whom, in answer to what; and no whisper."""

from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from coterie.pure import parsers
from coterie.pure.exports.records import Message, Unreadable
from coterie.pure.parsers import discourse

TOPIC = Path(__file__).parents[3] / "tests" / "data" / "discourse" / "topic_12.json"


def everything(path: Path) -> list[Message]:
    seen = discourse.preview(path)
    return [message for chat in seen.chats for message in discourse.read(path, chat)]


def topic(folder: Path, *posts: Any, **more: Any) -> Path:
    path = folder / "topic.json"
    path.write_text(json.dumps({"id": 7, "title": "Ferns", "post_stream": {"posts": posts}} | more))
    return path


def post(number: int, **more: Any) -> dict[str, Any]:
    said = {"username": "Ana", "created_at": "2024-06-13T21:25:15.000Z", "raw": f"*word* {number}"}
    return {"id": number, "post_number": number, "post_type": 1} | said | more


def test_the_sample_is_counted_as_it_is_read() -> None:
    raw = json.loads(TOPIC.read_text())
    said = [one for one in raw["post_stream"]["posts"] if one["post_type"] in (1, 2)]
    seen = discourse.preview(TOPIC)
    assert parsers.parser_of(TOPIC) is discourse
    assert seen.messages == len(everything(TOPIC)) == len(said)
    assert seen.people == len({one["username"] for one in said})
    assert [one.name for one in seen.chats[0].containers] == [raw["title"]]
    assert everything(TOPIC) == everything(TOPIC)


def test_answers_are_linked_over_holes(tmp_path: Path) -> None:
    first, answer = everything(topic(tmp_path, post(1), post(5, reply_to_post_number=1)))
    assert answer.reply_to == first.origin
    assert answer.body == "*word* 5"


def test_no_whisper_no_service_line_and_no_private_message_is_kept(tmp_path: Path) -> None:
    path = topic(tmp_path, post(1), post(2, post_type=4), post(3, post_type=3), {"id": 9})
    seen = discourse.preview(path)
    assert (seen.messages, seen.troubled) == (1, 1)
    assert seen.dropped == {"whispers": 1, "service_lines": 1}
    private = topic(tmp_path, post(1), archetype="private_message")
    assert not discourse.preview(private).chats


def test_without_its_source_a_post_is_its_words(tmp_path: Path) -> None:
    cooked = "<p>Two <b>of</b> them</p><p>&lt;b&gt; *here*</p>"
    (said,) = everything(topic(tmp_path, post(1, raw="", cooked=cooked)))
    assert said.body.startswith("Two of them\n")
    assert "<b>" not in said.body.replace("\\<b", "")


def test_many_topics_are_one_forum(tmp_path: Path) -> None:
    path = tmp_path / "forum.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("12.json", TOPIC.read_text())
        archive.writestr("7.json", topic(tmp_path, post(1)).read_text())
        archive.writestr("8.json", '{"post_stream": {"posts": [')
    seen = discourse.preview(path)
    assert len(seen.chats[0].containers) == 2
    assert seen.troubled == 1


def test_what_is_cut_or_changed_is_refused_or_read(tmp_path: Path) -> None:
    whole, path = TOPIC.read_bytes(), tmp_path / "t.json"
    for end in range(0, len(whole), 41):
        path.write_bytes(whole[:end])
        with suppress(Unreadable):
            everything(path)
    with suppress(Unreadable):
        everything(topic(tmp_path, 7, None, post(1, username=3), post("x"), post(2, name=[1])))  # type: ignore[arg-type]


def test_topics_of_two_forums_are_never_taken_for_one(tmp_path: Path) -> None:
    one = everything(topic(tmp_path, post(1), created_at="2024-01-01T10:00:00.000Z"))
    other = everything(topic(tmp_path, post(1), created_at="2020-01-01T10:00:00.000Z"))
    assert one[0].container != other[0].container
    assert one[0].origin != other[0].origin
