"""A community's home: who is here, where it is lively, and what an empty one asks of whom."""

import re

import pytest
from django.test import Client

from coterie.communities.actions import keeping_away
from coterie.communities.models import Community, Membership

pytestmark = pytest.mark.django_db


def home(person, community):
    browser = person.browser() if person else Client()
    return browser.get(community.path).content.decode()


def faces(html):
    (card,) = re.findall(r'<ul class="talk-faces">(.*?)</ul>', html)
    return re.findall(r"<bdi>([^<]*)</bdi>", card)


def test_members_see_whom_they_meet_and_hosts_first(ines, moss, juno, circle):
    for person in (moss, juno):
        person.joins(circle, ines)
    host, first, second = (each.here(circle).name for each in (ines, juno, moss))
    assert set(faces(home(moss, circle))) == {host, first, second}
    keeping_away.block(juno.seat(circle), by=moss.here(circle))
    assert first not in faces(home(moss, circle))
    assert second not in faces(home(juno, circle))
    Membership.objects.filter(pk=moss.seat(circle).pk).update(hidden=True)
    assert second not in faces(home(ines, circle))


def test_whoever_meets_hosts_only_and_whoever_is_outside_see_who_runs_it(ines, moss, juno, circle):
    for person in (moss, juno):
        person.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(
        seen_by="everyone", found_by="everyone", members_meet=False
    )
    for person in (moss, None):
        html = home(person, circle)
        assert "Who runs it" in html
        assert "talk-faces" not in html
        assert ines.here(circle).name in html
        assert juno.here(circle).name not in html


def test_rooms_stand_beside_the_topics_with_what_is_new(ines, moss, circle):
    from coterie.chat.actions import opening

    Community.objects.filter(pk=circle.pk).update(chat=True)
    circle.refresh_from_db()
    moss.joins(circle, ines)
    room = opening.open_room(circle, by=ines.here(circle), name="The kitchen")
    hosts_only = opening.open_hosts_room(circle, by=ines.here(circle), name="Behind the curtain")
    ines.replies(room, "Tea?")
    html = home(moss, circle)
    assert f'href="{room.path}"' in html
    assert "1 new" in html
    assert hosts_only.title not in html
    assert hosts_only.title in home(ines, circle)
    Community.objects.filter(pk=circle.pk).update(chat=False)
    assert room.title not in home(moss, circle)


def test_an_empty_place_asks_its_host_for_more_than_a_member(ines, moss, circle):
    moss.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(
        seen_by="everyone", found_by="everyone", joined_by="open"
    )
    host, member, stranger = home(ines, circle), home(moss, circle), home(None, circle)
    assert "bring the first people" in host
    assert f'href="{circle.path}invitations/"' in host
    assert "The first topic is the hardest" in member
    assert f'href="{circle.path}invitations/"' not in member
    assert "The first topic has still to be started" in stranger
    assert f'href="{circle.path}join/">Join</a>' in stranger
    for html, begins in ((host, True), (member, True), (stranger, False)):
        assert ("What are you working on this week?" in html) is begins
