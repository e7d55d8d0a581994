"""Members' pages: the directory, one's own place, roles, sending away, leaving."""

import pytest
from django.test import Client

from coterie.communities.actions import agreeing, appearing, hosting, leaving
from coterie.communities.models import Ban, Block, Membership, Mute
from coterie.communities.tests.people import fresh, seven_seconds_pass
from coterie.core.verdict import Refused
from coterie.personas.models import Persona

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(ines, moss, wren, circle):
    return moss.joins(circle, ines, name="pebble"), wren.joins(circle, ines, name="oxeye")


def page_of(circle, seat):
    return f"{circle.path}members/{seat.public_id}/"


def words(browser, path, **more):
    return browser.get(path, more).content.decode()


def test_members_find_each_other_and_nobody_else_does(moss, wren, circle, both):
    shown = words(moss.browser, f"{circle.path}members/")
    assert "pebble" in shown
    assert "oxeye" in shown
    assert "oxeye" in words(moss.browser, f"{circle.path}members/", search="OX")
    assert "pebble" not in words(moss.browser, f"{circle.path}members/", search="OX")
    assert "oxeye" in words(moss.browser, page_of(circle, both[1]))
    for path in (f"{circle.path}members/", page_of(circle, both[1])):
        assert Client().get(path).status_code == 404


def test_the_hidden_are_found_by_hosts_only(ines, moss, wren, circle, both):
    wren.browser.post(f"{circle.path}me/", {"hidden": "on"})
    assert "oxeye" not in words(moss.browser, f"{circle.path}members/")
    assert moss.browser.get(page_of(circle, both[1])).status_code == 404
    assert "oxeye" in words(ines.browser, f"{circle.path}members/")
    assert ines.browser.get(page_of(circle, both[1])).status_code == 200
    wren.browser.post(f"{circle.path}me/", {})
    assert "oxeye" in words(moss.browser, f"{circle.path}members/")


def test_the_blocked_do_not_meet(ines, moss, wren, circle, both):
    moss.browser.post(f"{page_of(circle, both[1])}blocking/")
    browser = moss.browser
    assert Block.objects.exists()
    assert "oxeye" not in words(browser, f"{circle.path}members/")
    assert "pebble" not in words(wren.browser, f"{circle.path}members/")
    assert wren.browser.get(page_of(circle, both[0])).status_code == 404
    absent = browser.get(f"{circle.path}members/nobody/")
    assert browser.get(page_of(circle, both[1])).content == absent.content
    assert ines.browser.get(page_of(circle, both[0])).status_code == 200
    assert "oxeye" in words(browser, f"{circle.path}kept-away/")
    wren.browser.post(f"{page_of(circle, both[0])}unblocking/")
    assert Block.objects.exists()
    moss.browser.post(f"{page_of(circle, both[1])}unblocking/")
    assert "pebble" in words(wren.browser, f"{circle.path}members/")


def test_what_a_block_covers_is_not_told(ines, moss, wren, circle, both):
    """Whoever blocked oxeye must not learn that a newcomer is the same person."""
    moss.browser.post(f"{page_of(circle, both[1])}blocking/")
    leaving.leave(both[1], by=both[1].persona)
    again = wren.joins(circle, ines, name="newcomer")
    assert "newcomer" not in words(moss.browser, f"{circle.path}kept-away/")
    assert moss.browser.get(page_of(circle, again)).status_code == 404
    assert moss.browser.post(f"{page_of(circle, again)}unblocking/").status_code == 404
    moss.browser.post(f"{page_of(circle, both[1])}unblocking/")
    assert "newcomer" in words(moss.browser, f"{circle.path}members/")


def test_muting_and_reading_again(moss, circle, both):
    moss.browser.post(f"{page_of(circle, both[1])}muting/")
    assert Mute.objects.exists()
    moss.browser.post(f"{page_of(circle, both[1])}unmuting/")
    assert not Mute.objects.exists()


def test_where_members_do_not_meet_the_list_holds_the_hosts(ines, moss, wren):
    channel = ines.founds("News", preset="channel")
    moss.asks(channel, name="pebble")
    other = wren.asks(channel, name="oxeye")
    shown = words(moss.browser, f"{channel.path}members/")
    assert "ines of News" in shown
    assert "oxeye" not in shown
    assert moss.browser.get(page_of(channel, other)).status_code == 404
    assert "oxeye" in words(ines.browser, f"{channel.path}members/")


def test_the_directory_pages_without_counting(ines, circle):
    people = Persona.objects.bulk_create(Persona(name=f"p{number:03}") for number in range(70))
    Membership.objects.bulk_create(
        Membership(community=circle, persona=each, nullifier=f"n{each.pk}") for each in people
    )
    first = words(ines.browser, f"{circle.path}members/")
    after = first.split("after=")[1].split('"')[0]
    second = words(ines.browser, f"{circle.path}members/", after=after)
    seen = [each.name for each in people if each.name in first or each.name in second]
    assert len(seen) == 70
    assert not [each.name for each in people if each.name in first and each.name in second]


def test_a_page_costs_the_same_however_many_there_are(ines, circle, django_assert_max_num_queries):
    browser = ines.browser
    browser.get(f"{circle.path}members/")

    def cost():
        with django_assert_max_num_queries(60) as queries:
            browser.get(f"{circle.path}members/")
        return len(queries)

    few = cost()
    people = Persona.objects.bulk_create(Persona(name=f"p{number:03}") for number in range(40))
    Membership.objects.bulk_create(
        Membership(community=circle, persona=each, nullifier=f"n{each.pk}") for each in people
    )
    assert cost() == few


def test_a_host_gives_and_takes_roles(ines, moss, wren, circle, both):
    path = f"{page_of(circle, both[0])}role/"
    assert ines.browser.post(path, {"role": "moderator"}).status_code == 422
    ines.browser.post(path, {"role": "moderator", "duties": ["door", "talk"]})
    assert fresh(both[0]).duties == ["door", "talk"]
    assert wren.browser.post(path, {"role": "host"}).status_code == 403
    ines.browser.post(path, {"role": "member"})
    assert fresh(both[0]).role == "member"
    own = ines.seat(circle)
    refused = ines.browser.post(f"{page_of(circle, own)}role/", {"role": "member"})
    assert refused.status_code == 403
    assert "last host" in refused.content.decode()


def test_sending_away_and_lifting(ines, moss, wren, circle, both):
    assert moss.browser.post(f"{page_of(circle, both[1])}removal/").status_code == 403
    ines.browser.post(f"{page_of(circle, both[1])}removal/")
    assert fresh(both[1]).state == "removed"
    ines.browser.post(f"{page_of(circle, both[0])}ban/", {"days": "7", "sentence": "Selling."})
    ban = Ban.objects.get()
    assert ban.expires_at
    people = words(ines.browser, f"{circle.path}settings/people/")
    assert "Selling." in people
    ines.browser.post(f"{circle.path}bans/{ban.public_id}/lifting/")
    assert fresh(ban).lifted_at


def test_leaving_quietly_and_with_posts(moss, wren, circle, both, monkeypatch):
    told = []
    monkeypatch.setattr(leaving, "announce", told.append)
    moss.browser.post(f"{circle.path}leaving/", {"posts": "stay"})
    wren.browser.post(f"{circle.path}leaving/", {"posts": "go"})
    assert told == []
    seven_seconds_pass()
    assert [event.with_posts for event in told] == [False, True]
    assert {fresh(each).state for each in both} == {"left"}


def test_the_last_host_is_warned_and_may_hand_over(ines, moss, circle, both):
    assert "last host" in words(ines.browser, f"{circle.path}leaving/")
    assert moss.browser.get(f"{circle.path}handing-over/").status_code == 403
    assert "pebble" in words(ines.browser, f"{circle.path}handing-over/")
    assert ines.browser.post(f"{circle.path}handing-over/", {"member": ""}).status_code == 422
    ines.browser.post(f"{circle.path}handing-over/", {"member": both[0].public_id})
    assert (fresh(both[0]).role, ines.seat(circle).role) == ("host", "member")


def test_a_member_takes_over_what_nobody_runs(ines, moss, circle, both):
    assert "This community has a host" in words(moss.browser, f"{circle.path}stepping-up/")
    leaving.leave(ines.seat(circle), by=ines.here(circle))
    assert "I will be the host" in words(moss.browser, f"{circle.path}stepping-up/")
    moss.browser.post(f"{circle.path}stepping-up/")
    assert fresh(both[0]).is_host


def test_new_rules_are_accepted_on_their_page(ines, moss, circle, both):
    agreeing.set_rules(circle, ["Kind first."], by=ines.here(circle))
    assert "They have changed" in words(moss.browser, f"{circle.path}agreement/")
    moss.browser.post(f"{circle.path}agreement/", {"version": "0"})
    assert fresh(both[0]).agreed_version == 0
    moss.browser.post(f"{circle.path}agreement/", {"version": "1"})
    assert fresh(both[0]).agreed_version == 1


def test_a_persona_used_elsewhere_is_warned_of(ines, moss, circle, both):
    other = ines.founds("Houseplants", preset="forum")
    assert "Houseplants" not in words(moss.browser, f"{circle.path}me/")
    moss.asks(other, persona=both[0].persona)
    assert "Houseplants" in words(moss.browser, f"{circle.path}me/")


def test_nobody_hides_another(moss, circle, both):
    for verb in (appearing.hide, appearing.show):
        with pytest.raises(Refused):
            verb(both[1], by=both[0].persona)
    hosting.make_member(both[0], by=both[0].persona)
    assert fresh(both[1]).hidden is False
