"""The addresses of public topics, and what their pages tell machines."""

import json
import re

import pytest
from django.test import Client
from django.urls import resolve

from coterie.communities.models import Community
from coterie.talk.actions import keeping_order, pacing, posting
from coterie.talk.models import Conversation, slug_of
from coterie.talk.models.conversation import NOT_A_SLUG
from coterie.talk.tests.speaking import fresh
from tests.routes import routes


@pytest.fixture
def forum(ines, circle):
    """The circle, for all the world to read."""
    Community.objects.filter(pk=circle.pk).update(
        seen_by="everyone", found_by="everyone", slug="menders", purpose="We mend."
    )
    return fresh(circle)


@pytest.fixture
def topic(ines, forum):
    return ines.starts(forum, "Größe & Naht: <b>elbow</b>", "Three *evenings*.")


def told(path, **headers):
    return Client().get(path, headers=headers).content.decode()


def linked(page):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return json.loads(found[1]) if found else None


def test_a_public_topic_has_its_title_in_its_address(topic):
    assert topic.open_path == f"/t/{topic.public_id}/gr%C3%B6%C3%9Fe-naht-belbowb/"
    assert Client().get(topic.open_path).status_code == 200
    canonical = f'<link rel="canonical" href="http://testserver{topic.open_path}">'
    for path in (topic.path, topic.open_path, f"{topic.path}?at={topic.posts.get().public_id}"):
        assert canonical in told(path)


def test_another_title_leads_to_the_right_one(topic):
    answer = Client().get(f"{topic.path}other/?after=x")
    assert (answer.status_code, answer["Location"]) == (301, f"{topic.open_path}?after=x")
    assert "no-store" in answer["Cache-Control"]


def test_a_title_that_was_taken_along_is_in_no_address(ines, topic):
    old = topic.open_path
    Conversation.objects.update(title="")
    assert fresh(topic).open_path == topic.path
    answer = Client().get(old)
    assert (answer.status_code, answer["Location"]) == (301, topic.path)
    assert "elbow" not in told(topic.path)


def test_a_private_topic_has_no_words_in_its_address(ines, moss, topic):
    Conversation.objects.update(see="members")
    assert fresh(topic).open_path == topic.path
    assert Client().get(topic.open_path).status_code == 404
    assert ines.browser().get(topic.open_path)["Location"] == topic.path


def test_no_title_hides_a_page_of_ours():
    below = {
        found[1]
        for route in routes()
        if (found := re.fullmatch(r"/t/<slug:public_id>/([\w-]+)/", route.pattern))
    }
    assert below == NOT_A_SLUG
    assert [slug_of(word) for word in sorted(below)] == [""] * len(below)
    for word in below:
        assert resolve(f"/t/bcdfghjkmnpqrstvwx/{word}/").route.endswith(f"/{word}/")


@pytest.mark.parametrize("title", ["", "!!!", "  ", "-", "_"])
def test_a_title_without_letters_is_in_no_address(title):
    assert slug_of(title) == ""


def test_a_topic_says_what_it_is(ines, topic):
    ines.replies(topic, "</script><script>alert(1)</script> & done")
    page = told(topic.open_path)
    assert page.count("</script>") == page.count("<script")
    assert "alert(1)</script>" not in page
    it = linked(page)
    assert it["@type"] == "DiscussionForumPosting"
    assert it["headline"] == topic.title
    assert it["text"] == "Three evenings."
    assert it["author"] == {"@type": "Person", "name": ines.here(topic.community).name}
    assert it["url"] == it["mainEntityOfPage"] == f"http://testserver{topic.open_path}"
    assert it["comment"][0]["text"] == "</script><script>alert(1)</script> & done"
    assert it["interactionStatistic"]["userInteractionCount"] == 1
    assert '<meta property="og:title" content="Größe &amp; Naht: &lt;b&gt;elbow' in page
    assert '<meta name="description" content="Three evenings.">' in page
    assert "noindex" not in page


def test_what_was_taken_back_is_told_to_no_machine(ines, moss, topic, forum):
    moss.joins(forum, ines)
    gone = moss.replies(topic, "Regretted.")
    assert "Regretted." in told(topic.open_path)
    posting.retract(gone, by=moss.here(forum))
    page = told(topic.open_path)
    assert "Regretted." not in page
    assert linked(page)["comment"] == []


def test_an_anonymous_voice_has_no_name(ines, moss, topic, forum):
    Community.objects.update(anonymous_voice=True)
    moss.joins(forum, ines)
    moss.replies(topic, "Secretly.", voice="member")
    page = told(topic.open_path)
    assert linked(page)["comment"][0]["author"] == {"@type": "Person", "name": "A member"}
    assert moss.here(forum).name not in page


@pytest.mark.parametrize(
    "change",
    [
        lambda ines, topic: pacing.unlist(topic, by=ines.here(topic.community)),
        lambda ines, topic: Community.objects.update(found_by="nobody"),
        lambda ines, topic: Community.objects.update(closed_at="2026-01-01T00:00Z"),
    ],
)
def test_what_is_on_no_list_is_in_no_index(ines, topic, change):
    change(ines, fresh(topic))
    page = told(topic.open_path)
    assert '<meta name="robots" content="noindex' in page
    assert linked(page) is None
    assert "og:title" in page, "whoever was given the link may read it"


def test_members_pages_tell_machines_nothing(ines, circle):
    topic = ines.starts(circle, "Within", "Words.")
    for path in (circle.path, topic.path, topic.posts.get().path, f"{circle.path}about/"):
        page = ines.browser().get(path).content.decode()
        assert '<meta name="robots" content="noindex' in page
        assert not re.search("og:|canonical|ld.json", page)
    outside = told(f"{circle.path}about/")
    assert '<meta name="robots" content="noindex' in outside
    assert not re.search("og:|canonical|ld.json", outside)


def test_a_stranger_begins_at_the_beginning(ines, topic):
    for number in range(30):
        ines.replies(topic, f"number {number}.")
    page = told(topic.open_path)
    assert "Three <em>evenings" in page
    assert "number 29." not in page
    after = re.search(r"\?after=(\w+)", page)[0]
    later = told(topic.open_path + after)
    assert f'<link rel="canonical" href="http://testserver{topic.open_path}{after}">' in later
    assert linked(later) is None


def test_a_renamed_topic_keeps_its_links(ines, topic):
    old = topic.open_path
    keeping_order.rename(topic, by=ines.here(topic.community), title="Another", tags=())
    assert Client().get(old)["Location"] == f"{topic.path}another/"
