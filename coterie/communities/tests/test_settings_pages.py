"""Settings: what they mean is said before it is done, and nothing typed is lost."""

import pytest

from coterie.communities.actions import hosting
from coterie.communities.models import Question, Rule
from coterie.communities.tests.people import fresh

pytestmark = pytest.mark.django_db

PRIVATE = {
    "found_by": "everyone", "seen_by": "members", "joined_by": "request", "posted_by": "all",
    "micro_by": "hosts", "gathered_by": "members", "members_meet": "on", "gatherings": "on",
}  # fmt: skip


def at(circle, page):
    return f"{fresh(circle).path}settings/{page}/"


def test_only_who_may_shape_comes_in(ines, moss, wren, circle):
    member = moss.joins(circle, ines)
    for page in ("look", "privacy", "rules", "questions", "people", "place"):
        assert ines.browser.get(at(circle, page)).status_code == 200
        assert moss.browser.get(at(circle, page)).status_code == 403
        assert wren.browser.get(at(circle, page)).status_code == 404
    hosting.make_moderator(member, by=ines.here(circle), duties=["shape"])
    assert moss.browser.get(at(circle, "look")).status_code == 200
    assert moss.browser.get(at(circle, "people")).status_code == 403


def test_look(ines, circle):
    said = {
        "name": "Mending & more", "purpose": "Second lives.", "welcome": "Hello.", "hue": "4",
        "interests": "Sashiko, darning",
    }  # fmt: skip
    ines.browser.post(at(circle, "look"), said)
    assert (fresh(circle).name, fresh(circle).hue) == ("Mending & more", 4)
    assert set(circle.interests.values_list("word", flat=True)) == {"sashiko", "darning"}
    again = ines.browser.post(at(circle, "look"), said | {"name": " ", "purpose": "Not lost"})
    assert again.status_code == 422
    assert "Not lost" in again.content.decode()


def test_no_interest_is_cut_or_left_out(ines, circle):
    """What is too long or one too many is said, and stands in the box as it was typed."""
    for interests, complaint in (
        ("wool, " + "x" * 41, "An interest has at most 40 characters."),
        (", ".join(map(str, range(13))), "Name at most 12 interests."),
    ):
        said = {"name": "Mending", "hue": "1", "interests": interests}
        answer = ines.browser.post(at(circle, "look"), said)
        page = answer.content.decode()
        assert (answer.status_code, complaint in page, interests in page) == (422, True, True)
    assert not circle.interests.exists()


def test_an_interest_that_is_written_twice_is_one(ines, circle):
    words = [*map(str, range(11)), "Wool", "wool"]
    said = {"name": "Mending", "hue": "1", "interests": ", ".join(words)}
    assert ines.browser.post(at(circle, "look"), said).status_code == 302
    assert circle.interests.count() == 12


def test_the_address_of_a_public_one(ines):
    forum = ines.founds("Plants", preset="forum")
    ines.founds("Pots", preset="forum")
    said = {"name": "Plants", "hue": "1", "interests": "", "slug": "pots"}
    taken = ines.browser.post(at(forum, "look"), said)
    assert "This address is taken" in taken.content.decode()
    answer = ines.browser.post(at(forum, "look"), said | {"slug": "green-things"})
    assert answer["Location"] == "/c/green-things/settings/look/"


def test_privacy_says_what_it_means_and_asks_first(ines, circle):
    wider = PRIVATE | {"seen_by": "everyone", "joined_by": "open"}
    page = ines.browser.post(at(circle, "privacy"), wider).content.decode()
    assert "What was started before never opens wider" in page
    assert "does not see what began before" in page
    assert fresh(circle).seen_by == "members"
    answer = ines.browser.post(at(circle, "privacy"), wider | {"sure": "1"})
    assert fresh(circle).seen_by == "everyone"
    assert answer["Location"] == at(circle, "privacy")
    page = ines.browser.post(at(circle, "privacy"), PRIVATE).content.decode()
    assert "Fewer people can read inside" in page


def test_a_shape_fills_in_the_settings_and_changes_nothing(ines, circle):
    page = ines.browser.get(at(circle, "privacy"), {"shape": "channel"}).content.decode()
    checked = [part for part in page.split("<input") if 'name="posted_by"' in part]
    assert "checked" in next(part for part in checked if 'value="hosts"' in part)
    assert fresh(circle).posted_by == "all"


def test_members_of_the_parent_are_offered_only_where_there_is_one(ines, circle):
    below = ines.founds("Below", parent=circle)
    assert 'value="parent"' not in ines.browser.get(at(circle, "privacy")).content.decode()
    page = ines.browser.get(at(below, "privacy")).content.decode()
    assert "members of Mending circle" in page
    ines.browser.post(at(below, "privacy"), PRIVATE | {"joined_by": "parent", "sure": "1"})
    assert fresh(below).joined_by == "parent"


def test_rules_anew_or_better(ines, circle):
    ines.browser.post(at(circle, "rules"), {"rule-1": "Kind frist.", "asking": "anew"})
    assert fresh(circle).rules_version == 1
    ines.browser.post(at(circle, "rules"), {"rule-1": "Kind first.", "asking": "better"})
    assert fresh(circle).rules_version == 1
    ines.browser.post(at(circle, "rules"), {"rule-1": "Only kind.", "asking": "anew"})
    assert fresh(circle).rules_version == 2
    assert list(Rule.objects.filter(retired_at=None).values_list("text", flat=True)) == [
        "Only kind."
    ]


def test_questions(ines, circle):
    data = {"q-TOTAL_FORMS": "5", "q-INITIAL_FORMS": "0"}
    data |= {"q-0-text": "Why?", "q-0-kind": "text", "q-0-required": "on"}
    data |= {"q-1-text": "How?", "q-1-kind": "one", "q-1-choices": "By hand"}
    page = ines.browser.post(at(circle, "questions"), data)
    assert page.status_code == 422
    assert "at least two answers" in page.content.decode()
    assert "Why?" in page.content.decode()
    ines.browser.post(at(circle, "questions"), data | {"q-1-choices": "By hand\nBy machine"})
    standing = Question.objects.values_list("text", "choices", "required")
    assert list(standing) == [("Why?", [], True), ("How?", ["By hand", "By machine"], False)]
    assert "By machine" in ines.browser.get(at(circle, "questions")).content.decode()


def test_moving_and_neighbours_and_closing(ines, moss, circle):
    host = ines.here(circle)
    other = ines.founds("Natural dye", parent=circle, persona=host)
    forum = ines.founds("Houseplants", preset="forum")
    ines.browser.post(at(other, "place"), {"parent": ""})
    assert fresh(other).parent is None
    ines.browser.post(at(other, "neighbours"), {"neighbour": forum.public_id})
    assert "Houseplants" in moss.browser.get(f"{other.path}about/").content.decode()
    ines.browser.post(f"{at(other, 'neighbours')}{forum.public_id}/parting/")
    assert "Houseplants" not in moss.browser.get(f"{other.path}about/").content.decode()
    ines.browser.post(f"{other.path}closing/", {})
    assert fresh(other).closed_at is None
    ines.browser.post(f"{other.path}closing/", {"sure": "on"})
    assert fresh(other).closed_at


def test_a_host_is_not_offered_what_another_self_knows(ines, circle):
    secret = ines.founds("Quilters", preset="close_circle")
    option = f'value="{secret.public_id}"'
    for page in ("place", "privacy"):
        assert option not in ines.browser.get(at(circle, page)).content.decode()
    ines.browser.post(at(circle, "neighbours"), {"neighbour": secret.public_id})
    assert not circle.related.exists()
