"""The same homecoming through the pages."""

import pytest
from django.test import Client

from coterie.audiences import reads, tasks
from coterie.audiences.actions import bringing_home, forgetting, uploading
from coterie.audiences.models import Import
from coterie.audiences.tests.conftest import upload
from coterie.communities.models import Community, Membership
from coterie.personas.models import Persona
from coterie.talk.models import Post

pytestmark = pytest.mark.django_db


def bring_home(client, file, **typed):
    page = upload(client, file)
    import_ = Import.objects.get()
    key = import_.held["preview"]["chats"][0]["key"]
    client.post(
        import_.path + "homecoming/", {"chat": key, "name": "Ana", "authors": "flowers"} | typed
    )
    tasks.go_home.func(import_.public_id)
    return page


def test_a_host_looks_it_over_chooses_and_is_home(signed_in, chat):
    ana = signed_in("ana")
    page = bring_home(ana, chat)
    assert b"Here is what we found" in page.content
    assert b"Fern friends" in page.content
    import_ = Import.objects.get()
    assert import_.state == Import.State.DONE
    assert not import_.file.exists()
    place = Community.objects.get()
    done = ana.get(import_.path)
    assert place.path.encode() in done.content
    sheet = ana.get(place.path + "imports/")
    assert b"Ben Roth" in sheet.content
    assert b"Ben Roth" in ana.get(place.path + "imports/links.csv").content


def test_nothing_is_saved_before_the_host_says_so(signed_in, chat):
    upload(signed_in("ana"), chat)
    assert not Community.objects.exists()
    assert not Membership.objects.exists()


def test_another_person_does_not_see_that_there_is_an_import(signed_in, chat):
    upload(signed_in("ana"), chat)
    path, wren = Import.objects.get().path, signed_in("wren")
    absent = wren.get("/imports/bcdfghjkmnpqrstvwx/")
    assert wren.get(path).status_code == absent.status_code == 404
    assert wren.post(path + "homecoming/").status_code == 404
    assert wren.post(path + "cancellation/").status_code == 404
    assert Client().get(path).status_code == 302


def test_what_was_typed_is_there_when_something_is_missing(signed_in, chat):
    ana = signed_in("ana")
    upload(ana, chat)
    import_ = Import.objects.get()
    page = ana.post(import_.path + "homecoming/", {"name": "  ", "authors": "names"})
    assert page.status_code == 200
    assert b"Choose a name" in page.content
    assert b'value="names"' in page.content
    assert import_.file.exists()


def test_a_broken_file_is_explained_and_gone(signed_in, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text('{"name": "x", "type": "private_group", "id": 1, "messages": [{"id"')
    page = upload(signed_in("ana"), broken)
    import_ = Import.objects.get()
    assert import_.state == Import.State.FAILED
    assert reads.why_stopped(import_) in page.content.decode().replace("&quot;", '"').replace(
        "&#x27;", "'"
    )
    assert not import_.file.exists()


def test_cancelling_deletes_the_file(signed_in, chat):
    ana = signed_in("ana")
    upload(ana, chat)
    import_ = Import.objects.get()
    ana.post(import_.path + "cancellation/")
    assert not import_.file.exists()
    assert not Import.objects.exists()


def on_its_way(client, file):
    upload(client, file)
    import_ = Import.objects.get()
    key = import_.held["preview"]["chats"][0]["key"]
    client.post(import_.path + "homecoming/", {"chat": key, "name": "Ana", "authors": "flowers"})
    return import_


def test_what_waits_for_the_worker_can_be_called_off(signed_in, chat):
    ana = signed_in("ana")
    import_ = on_its_way(ana, chat)
    assert b"cancellation" in ana.get(import_.path).content
    ana.post(import_.path + "cancellation/")
    tasks.go_home.func(import_.public_id)
    assert not import_.file.exists()
    assert not [m for m in (Import, Persona, Community) if m.objects.exists()]


def test_what_is_coming_home_can_be_called_off_and_leaves_no_trace(signed_in, chat, monkeypatch):
    ana, wren = signed_in("ana"), signed_in("wren")
    import_ = on_its_way(ana, chat)
    monkeypatch.setattr(bringing_home, "AT_ONCE", 1)
    real, pages = uploading._go_on, []

    def watched(row, count):
        if count == 2:
            pages.append(ana.get(import_.path).content)
            assert wren.post(import_.path + "cancellation/").status_code == 404
            ana.post(import_.path + "cancellation/")
            pages.append(ana.get(import_.path).content)
        real(row, count)

    monkeypatch.setattr(uploading, "_go_on", watched)
    tasks.go_home.func(import_.public_id)
    assert b"<progress" in pages[0]
    assert b"Being taken back" in pages[1]
    assert not import_.file.exists()
    assert not [m for m in (Import, Persona, Community, Post) if m.objects.exists()]


def test_a_worker_that_died_in_the_middle_starts_again(signed_in, chat):
    import_ = on_its_way(signed_in("ana"), chat)
    Import.objects.update(state=Import.State.RUNNING)
    tasks.go_home.func(import_.public_id)
    tasks.go_home.func(import_.public_id)
    assert Community.objects.count() == 1
    assert Post.objects.count() == 4


def test_an_upload_is_forgotten_after_a_day(signed_in, chat):
    from datetime import timedelta

    import time_machine
    from django.utils import timezone

    upload(signed_in("ana"), chat)
    file = Import.objects.get().file
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        forgetting.drop_files()
    assert not file.exists()
    assert not Import.objects.exists()


def test_a_person_takes_over_in_the_browser(signed_in, chat):
    bring_home(signed_in("ana"), chat)
    place = Community.objects.get()
    link = next(each for each in reads.sheet(place)["links"] if each["name"] == "Ben Roth")["path"]
    stranger = Client().get(link)
    assert f"/sign-up/?next={link}".encode() in stranger.content
    ben = signed_in("ben")
    assert ben.get(link).status_code == 200
    taken = ben.post(link + "taking-over/", {"name": "bramble", "version": place.rules_version})
    assert taken.headers["Location"] == place.path
    assert Membership.objects.filter(community=place, persona__name="bramble").exists()


def test_a_person_without_an_account_erases_their_words(signed_in, chat):
    bring_home(signed_in("ana"), chat)
    link = reads.sheet(Community.objects.get())["links"][0]["path"]
    assert b"gone for good" in Client().post(link + "erasure/").content
    assert Post.objects.filter(state="erased").exists()
