"""A WhatsApp chat comes home: with a question where its dates can be two days, and only once."""

from __future__ import annotations

from coterie.audiences import tasks
from coterie.audiences.models import Import
from coterie.audiences.tests.conftest import upload
from coterie.communities.models import Community
from coterie.talk.models import Conversation, Post

CLEAR = (
    "13/06/2024, 21:20 - Messages and calls are end-to-end encrypted.\n"
    '13/06/2024, 21:20 - Ana created group "Ferns"\n'
    "13/06/2024, 21:25 - Ana: Who has a cutting?\n"
    "13/06/2024, 21:26 - Wren: Me.\nTwo of them\n"
    "13/06/2024, 21:27 - +49 170 1234567: Take the left one\n"
)
OPEN = "3/6/24, 21:25 - Ana: Who?\n3/6/24, 21:26 - Wren: Me\n3/6/24, 21:27 - Juno: Me too\n"


def written(folder, text, name="chat.txt"):
    path = folder / name
    path.write_text(text)
    return path


def sent(client, **typed):
    import_ = Import.objects.get()
    (chat,) = import_.held["preview"]["chats"]
    typed = {"chat": chat["key"], "name": "Ana", "authors": "names"} | typed
    page = client.post(import_.path + "homecoming/", typed)
    tasks.go_home.func(import_.public_id)
    return page


def test_a_chat_is_home_and_its_phone_numbers_are_not(signed_in, tmp_path):
    ana = signed_in("ana")
    page = upload(ana, written(tmp_path, CLEAR)).content.decode()
    assert "Ferns" in page
    assert "time zone" in page
    assert "1234567" not in page
    sent(ana)
    assert Import.objects.get().state == Import.State.DONE
    posts = Post.objects.order_by("seq")
    assert [post.source for post in posts] == [
        "Who has a cutting?",
        "Me.\nTwo of them",
        "Take the left one",
    ]
    names = [post.persona.name for post in posts]
    assert names[:2] == ["Ana", "Wren"]
    assert "1234567" not in names[2]


def test_a_longer_export_adds_only_what_is_new(signed_in, tmp_path):
    ana = signed_in("ana")
    upload(ana, written(tmp_path, CLEAR))
    sent(ana)
    Import.objects.all().delete()
    upload(ana, written(tmp_path, CLEAR + "14/06/2024, 08:00 - Wren: Morning\n"))
    sent(ana)
    assert Import.objects.get().held["made"][0]["fresh"] == 1
    assert Post.objects.count() == 4


def test_dates_of_two_days_are_asked_for_where_the_chat_is_chosen(signed_in, tmp_path):
    ana = signed_in("ana")
    page = upload(ana, written(tmp_path, OPEN)).content.decode()
    assert "One thing to settle" in page
    assert "3/6/24, 21:25" in page
    assert "3 June 2024" in page
    assert "6 March 2024" in page
    refused = sent(ana)
    assert refused.status_code == 200
    assert b"how its dates are to be read" in refused.content
    assert not Post.objects.exists()
    sent(ana, date_order="dmy")
    assert {post.published_at.month for post in Post.objects.all()} == {6}


def said(day, count, word):
    """So many messages of three people, a minute apart."""
    who = ("Ana", "Wren", "Juno")
    return "".join(
        f"{day}/06/2024, 10:{n:02} - {who[n % 3]}: {word} number {n}\n" for n in range(count)
    )


def test_an_export_whose_beginning_was_cut_finds_its_chat_by_its_words(signed_in, tmp_path):
    ana = signed_in("ana")
    upload(ana, written(tmp_path, CLEAR + said(14, 30, "fern")))
    sent(ana)
    Import.objects.all().delete()
    upload(ana, written(tmp_path, said(14, 30, "fern") + said(15, 5, "moss")))
    sent(ana)
    assert Import.objects.get().held["made"][0]["fresh"] == 5
    assert Community.objects.count() == 1
    assert Conversation.objects.filter(imported__isnull=False).count() == 1


def test_two_groups_of_one_name_or_none_stay_apart(signed_in, tmp_path):
    ana = signed_in("ana")
    same = said(16, 4, "told to both")
    for nth, word in enumerate(("fern", "moss"), 1):
        upload(ana, written(tmp_path, said(14, 30, word) + same))
        sent(ana)
        Import.objects.all().delete()
        assert Community.objects.count() == nth
