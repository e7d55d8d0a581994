"""Discord's and Slack's exports: counted, read the same twice, without what must not be kept."""

from __future__ import annotations

import json
import shutil
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from coterie.pure import parsers
from coterie.pure.exports.records import Message, Reaction, Unreadable
from coterie.pure.parsers import discord, slack

DATA = Path(__file__).parents[3] / "tests" / "data"
GENERAL = DATA / "discord" / "general.json"


def everything(path: Path) -> list[Message]:
    parser = parsers.parser_of(path)
    seen = parser.preview(path)
    return [message for chat in seen.chats for message in parser.read(path, chat)]


@pytest.mark.parametrize("folder", ["discord", "discourse", "slack", "telegram", "whatsapp"])
def test_each_sample_is_known_by_one_parser_only(folder: str) -> None:
    paths = [DATA / "slack"] if folder == "slack" else sorted((DATA / folder).glob("*.*"))
    paths = [one for one in paths if one.suffix != ".md" and "expected" not in one.name]
    assert paths
    for path in paths:
        with parsers.opened(path) as source:
            known = [parser.FORMAT for parser in parsers.PARSERS if parser.recognises(source)]
        assert known == [folder], path


def test_discord_is_counted_as_it_is_read() -> None:
    raw = json.loads(GENERAL.read_text())
    people = [one for one in raw["messages"] if one["type"] in ("Default", "Reply")]
    people = [one for one in people if not one["author"]["isBot"]]
    seen, said = discord.preview(GENERAL), everything(GENERAL)
    assert seen.messages == len(said) == len(people)
    assert seen.people == len({one["author"]["id"] for one in people})
    assert said == everything(GENERAL)
    assert seen.chats[0].name == raw["guild"]["name"]
    assert [one.name for one in seen.chats[0].containers] == ["#general"]


def test_discord_links_who_answers_calls_and_reacts() -> None:
    first, second = everything(GENERAL)[:2]
    assert second.reply_to == first.origin
    assert second.mentions == (first.person,)
    assert second.reactions == (Reaction("🌱", 1, (first.person or "",)),)
    assert first.body == "Hello **all**"


def changed(folder: Path, **fields: Any) -> Path:
    raw = json.loads(GENERAL.read_text())
    raw["channel"] |= fields.pop("channel", {})
    raw["messages"] = [raw["messages"][0] | fields]
    path = folder / "c.json"
    path.write_text(json.dumps(raw))
    return path


def test_discord_leaves_out_bots_private_messages_files_and_addresses(tmp_path: Path) -> None:
    bot = changed(tmp_path, author={"id": "1", "name": "beep", "isBot": True})
    assert discord.preview(bot).dropped == {"messages_of_bots": 1}
    private = changed(tmp_path, channel={"type": "DirectTextChat"})
    assert discord.preview(private).dropped == {"personal_chats": 1}
    assert not discord.preview(private).chats
    signed = "see https://cdn.discordapp.com/attachments/1/2/a.png?ex=66&hm=77 <:fern:123> <@42>"
    (said,) = everything(changed(tmp_path, content=signed, attachments=[{"url": "https://x"}]))
    assert said.body == "*(file)*\n\nsee  :fern: @…"
    assert discord.preview(changed(tmp_path, type="GuildMemberJoin")).dropped == {
        "service_lines": 1
    }


def test_a_bad_entry_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    raw = json.loads(GENERAL.read_text())
    raw["messages"] = [raw["messages"][0], 7, {"id": "9"}, raw["messages"][1]]
    path = tmp_path / "c.json"
    path.write_text(json.dumps(raw))
    seen = discord.preview(path)
    assert (seen.messages, seen.troubled) == (2, 2)
    assert [one.place for one in seen.trouble] == ["messages, 2", "messages, 3"]


def test_several_channels_of_a_server_are_one_chat(tmp_path: Path) -> None:
    raw = json.loads(GENERAL.read_text())
    path = tmp_path / "server.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.json", GENERAL.read_text())
        raw["channel"] |= {"id": "77", "name": "swaps"}
        archive.writestr("b.json", json.dumps(raw))
    (chat,) = discord.preview(path).chats
    assert sorted(one.name for one in chat.containers) == ["#general", "#swaps"]
    assert chat.messages == 2 * len(everything(GENERAL))


def test_slack_threads_are_answers_and_a_broadcast_stands_once() -> None:
    seen, said = slack.preview(DATA / "slack"), everything(DATA / "slack")
    assert [one.person_name for one in said] == ["Jane", "Jon", "Jon"]
    assert [one.reply_to for one in said[1:]] == [said[0].origin] * 2
    assert (seen.messages, seen.people) == (3, 2)
    assert seen.dropped["contacts"] == 1
    assert "jon@example.com" not in repr((seen, said))


def workspace(folder: Path, *messages: dict[str, Any]) -> Path:
    shutil.copytree(DATA / "slack", folder / "w")
    (folder / "w" / "random" / "2015-06-12.json").write_text(json.dumps(messages))
    return folder / "w"


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": "U061A5N1G", "text": text, "ts": "1434139102.000002"} | more


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("*bold* _it_ ~no~ `x`", "**bold** *it* ~~no~~ `x`"),
        ("hi <@U061A1R2R> &amp; <!here>", "hi @Jon & @here"),
        ("<https://x.example/a|this>", "[this](<https://x.example/a>)"),
        ("<https://files.slack.com/f?token=xoxe-1|pic>", "*(file)*"),
        ("5 * 4 * 3", "5 \\* 4 \\* 3"),
    ],
)
def test_slack_is_written_as_markdown(tmp_path: Path, text: str, body: str) -> None:
    (one,) = everything(workspace(tmp_path, said(text)))
    assert one.body == body
    assert "xoxe" not in repr(one)


def test_slack_leaves_out_bots_and_direct_messages(tmp_path: Path) -> None:
    place = workspace(
        tmp_path,
        said("beep", subtype="bot_message", ts="1434139103.000001"),
        said("joined", subtype="channel_join", ts="1434139104.000001"),
        said("hello", ts="1434139105.000001", reactions=[{"name": "+1", "users": ["U061A1R2R"]}]),
    )
    (place / "D0123").mkdir()
    (place / "D0123" / "2015-06-12.json").write_text(json.dumps([said("secret")]))
    seen = slack.preview(place)
    assert seen.messages == 1
    counts = {"messages_of_bots": 1, "service_lines": 1, "personal_chats": 1, "contacts": 1}
    assert seen.dropped == counts
    assert everything(place)[0].reactions == (Reaction(":+1:", 1, ("U061A1R2R",)),)


def test_what_is_cut_or_changed_is_refused_or_read(tmp_path: Path) -> None:
    whole = GENERAL.read_bytes()
    path = tmp_path / "f.json"
    for at in range(0, len(whole), 97):
        path.write_bytes(whole[:at])
        with suppress(Unreadable):
            everything(path)
        place = tmp_path / str(at)
        place.mkdir()
        with suppress(Unreadable):
            everything(workspace(place, *[{"ts": str(at), "text": at, "user": [at]}]))
