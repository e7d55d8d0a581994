"""`coterie import`, as a host meets it in a shell."""

import argparse
import json
import zipfile

import pytest

from coterie.audiences import cli
from coterie.audiences.tests.conftest import ANA, message
from coterie.communities.models import Community
from coterie.talk.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """A function that runs the command and returns its exit code, output and complaint."""

    def command(file, **given):
        asked = {
            "file": str(file),
            "host": None,
            "parent": None,
            "chat": None,
            "preview": False,
            "json": False,
            "name": None,
            "names": False,
            "zone": None,
            "date_order": None,
        }
        code = cli.run(argparse.Namespace(**asked | given))
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


@pytest.fixture
def account_of_two(tmp_path):
    """An export of a whole account: two groups, and a chat that is nobody else's business."""
    file = tmp_path / "result.json"
    chats = [
        {"name": "Ferns", "type": "private_group", "id": 1, "messages": [message(1, ANA, "one")]},
        {"name": "Knots", "type": "private_group", "id": 2, "messages": [message(1, ANA, "two")]},
        {"name": "Ben", "type": "personal_chat", "id": 3, "messages": [message(1, ANA, "secret")]},
    ]
    file.write_text(json.dumps({"about": "", "chats": {"list": chats}}))
    return file


def test_a_preview_in_json_has_the_agreed_keys_and_writes_nothing(run, chat):
    code, out, _err = run(chat, preview=True, json=True)
    told = json.loads(out)
    assert code == 0
    assert set(told) == {
        "format",
        "people",
        "messages",
        "conversations",
        "first",
        "last",
        "warnings",
        "dropped",
    }
    assert (told["format"], told["people"], told["messages"]) == ("telegram", 3, 4)
    assert told["first"] == "2024-01-01T09:07:40+00:00"
    assert not Community.objects.exists()


def test_a_chat_comes_home_and_the_second_time_says_so(run, chat, person):
    person("ana")
    code, out, _err = run(chat, host="ana@example.org")
    assert code == 0
    assert "4 messages are home" in out
    code, out, _err = run(chat, host="ana@example.org")
    assert code == 0
    assert "nothing new" in out
    assert Community.objects.count() == 1


def test_several_chats_and_no_choice_are_listed_and_nothing_is_written(run, account_of_two, person):
    person("ana")
    code, out, _err = run(account_of_two, host="ana@example.org")
    assert code == 2
    assert "Ferns" in out
    assert "Knots" in out
    assert not Community.objects.exists()


def test_a_chosen_chat_comes_home_alone(run, account_of_two, person):
    person("ana")
    code, _out, _err = run(account_of_two, host="ana@example.org", chat="Knots")
    assert code == 0
    assert [place.name for place in Community.objects.all()] == ["Knots"]
    assert [post.source for post in Post.objects.all()] == ["two"]


def test_a_personal_chat_cannot_be_chosen(run, account_of_two, person):
    person("ana")
    code, _out, err = run(account_of_two, host="ana@example.org", chat="Ben")
    assert code == 1
    assert "no chat" in err
    assert not Community.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "--host"),
        ({"host": "nobody@example.org"}, "Sign up first"),
        ({"host": "ana@example.org", "parent": "nowhere"}, "no community nowhere"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(run, chat, person, given, said):
    person("ana")
    code, _out, err = run(chat, **given)
    assert code == 1
    assert said in err
    assert not Community.objects.exists()


def test_a_file_that_is_not_there_is_named(run, tmp_path):
    code, _out, err = run(tmp_path / "nowhere.json", preview=True)
    assert code == 1
    assert "nowhere.json" in err


def hostile(folder, kind):
    file = folder / f"{kind}.bin"
    whole = json.dumps(
        {"name": "F", "type": "private_group", "id": 1, "messages": [message(1, ANA, "x")]}
    )
    if kind == "garbage":
        file.write_bytes(bytes(range(256)) * 40)
    elif kind == "truncated":
        file.write_text(whole[: len(whole) // 2])
    elif kind == "empty":
        file.write_text("")
    elif kind == "bomb":
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("result.json", b" " * 60_000_000)
    elif kind == "something else":
        file.write_text('{"hello": "world"}')
    return file


@pytest.mark.parametrize("kind", ["garbage", "truncated", "empty", "bomb", "something else"])
def test_a_broken_file_is_refused_with_a_sentence_and_leaves_no_trace(run, tmp_path, person, kind):
    person("ana")
    code, out, err = run(hostile(tmp_path, kind), host="ana@example.org")
    assert code == 1
    assert err.strip().endswith((".", ")"))
    assert "Traceback" not in err
    assert not out
    assert not Community.objects.exists()
    assert not Post.objects.exists()
