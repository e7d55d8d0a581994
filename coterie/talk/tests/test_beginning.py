"""What hosts lay ready for those who begin: templates for topics, and a welcome."""

import re

import pytest

from coterie.communities.actions import agreeing, describing, founding, inviting, joining
from coterie.communities.models import Community
from coterie.core.verdict import Refused
from coterie.talk import reads
from coterie.talk.actions import drafting, keeping_order, moving, rearranging, welcoming
from coterie.talk.models import MOST_FRAMES, Conversation, Frame, Greeting
from coterie.talk.tests.speaking import fresh
from coterie.talk.tests.test_pages import hidden_key, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(ines, moss, circle):
    moss.joins(circle, ines)
    return moss


@pytest.fixture
def templates(circle):
    return f"{circle.path}settings/templates/"


def test_a_host_takes_a_good_one_and_a_member_begins_with_it(ines, member, circle, templates):
    browser = ines.browser()
    assert "Show and tell" in text(browser.get(templates))
    page = text(browser.get(f"{templates}new/?from=question"))
    assert 'value="Question"' in page
    assert "What I have tried" in page
    form = {
        "name": "Question",
        "hint": "One sentence, please",
        "source": "**I wonder**",
        "tags": "",
    }
    assert browser.post(f"{templates}new/", form)["Location"] == templates
    frame = Frame.objects.get()
    own, new = member.browser(), f"{circle.path}topics/new/"
    assert f"?template={frame.public_id}" in text(own.get(new))
    assert "I wonder" not in text(own.get(new))
    begun = text(own.get(f"{new}?template={frame.public_id}"))
    assert "**I wonder**</textarea>" in begun
    assert "One sentence, please" in begun
    sent = {"title": "Wool?", "source": "**I wonder** why", "client_key": hidden_key(begun)}
    own.post(f"{new}?template={frame.public_id}", sent)
    assert Conversation.objects.get(kind="topic").posts.get().source == "**I wonder** why"


def test_a_template_never_covers_what_was_begun(ines, member, circle):
    frame = welcoming.add_frame(
        fresh(circle), by=ines.here(circle), name="Question", source="Skeleton"
    )
    drafting.keep(circle, by=member.here(circle), source="My own words")
    page = text(member.browser().get(f"{circle.path}topics/new/?template={frame.public_id}"))
    assert "My own words</textarea>" in page
    assert "Skeleton" not in page


def test_a_template_is_changed_and_thrown_away(ines, circle, templates):
    by = ines.here(circle)
    frame = welcoming.add_frame(fresh(circle), by=by, name="Question", tags=["a b", "c"])
    browser, page = ines.browser(), f"{templates}{frame.public_id}/"
    assert 'value="a-b, c"' in text(browser.get(page))
    browser.post(page, {"name": "Riddle", "source": "", "hint": "", "tags": "d"})
    assert (Frame.objects.get().name, Frame.objects.get().tags) == ("Riddle", ["d"])
    welcoming.add_frame(fresh(circle), by=by, name="Another")
    assert "of this name" in text(browser.post(page, {"name": "another"}))
    browser.post(page, {"gone": "1"})
    assert [each.name for each in Frame.objects.all()] == ["Another"]


def test_members_and_other_communities_change_no_template(ines, member, circle, templates):
    by = ines.here(circle)
    frame = welcoming.add_frame(fresh(circle), by=by, name="Question")
    with pytest.raises(Refused):
        welcoming.add_frame(fresh(circle), by=member.here(circle), name="Mine")
    with pytest.raises(Refused):
        welcoming.drop_frame(frame, by=member.here(circle))
    elsewhere = founding.found("Elsewhere", by=by, preset="forum").community
    page = f"{elsewhere.path}settings/templates/{frame.public_id}/"
    assert ines.browser().get(page).status_code == 404
    assert member.browser().get(templates).status_code == 403


def test_there_are_never_too_many(ines, circle, templates):
    by = ines.here(circle)
    for n in range(MOST_FRAMES):
        welcoming.add_frame(fresh(circle), by=by, name=f"Nr {n}")
    with pytest.raises(Refused, match="are enough"):
        welcoming.add_frame(fresh(circle), by=by, name="One more")
    assert "templates are enough" in text(ines.browser().get(templates))


def test_who_comes_in_meets_a_welcome_and_finds_it_again(ines, moss, circle):
    Community.objects.filter(pk=circle.pk).update(joined_by="open", found_by="everyone")
    browser = moss.browser()
    sent = {"who": "new", "name": "moss", "flower": "", "agreed": "on"}
    page = text(browser.get(f"{circle.path}join/"))
    flower = re.search(r'name="flower" value="([^"]+)"', page)
    landed = browser.post(f"{circle.path}join/", sent | {"flower": flower[1] if flower else ""})
    assert landed["Location"] == f"{circle.path}welcome/"
    page = text(browser.get(landed["Location"]))
    assert "nobody sees what you read" in page
    assert "/attention/#places" in page
    assert "welcome/" in text(browser.get(circle.path))


def test_a_host_writes_the_welcome(ines, member, circle, topic):
    agreeing.set_rules(fresh(circle), ["Be kind."], by=ines.here(circle))
    browser, page = ines.browser(), f"{circle.path}settings/welcome/"
    form = {"source": "Come in, *sit down*.", "hello": topic.public_id}
    assert browser.post(page, form)["Location"] == page
    assert f'value="{topic.public_id}" selected' in text(browser.get(page))
    shown = text(member.browser().get(f"{circle.path}welcome/"))
    assert "<em>sit down</em>" in shown
    assert f"{circle.path}agreement/" in shown
    assert member.browser().post(page, form).status_code == 403


def test_steps_lead_only_where_one_may_go(ines, member, circle, topic):
    by = ines.here(circle)
    welcoming.greet(fresh(circle), by=by, source="", hello=topic)
    steps = {step.path for step in reads.greeting(member.viewer, fresh(circle))["steps"]}
    assert f"{topic.path}#say" in steps
    keeping_order.lock(fresh(topic), by=by)
    steps = {step.path for step in reads.greeting(member.viewer, fresh(circle))["steps"]}
    assert not any("#say" in path for path in steps)
    assert any("topics/new/" in path for path in steps)
    Community.objects.filter(pk=circle.pk).update(posted_by="hosts")
    steps = {step.path for step in reads.greeting(member.viewer, fresh(circle))["steps"]}
    assert not any("topics/new/" in path for path in steps)


def test_without_words_of_its_own_the_welcome_says_what_the_community_says(ines, member, circle):
    page = f"{circle.path}welcome/"
    describing.describe(fresh(circle), by=ines.here(circle), welcome="We mend <things>.")
    assert "We mend &lt;things&gt;." in text(member.browser().get(page))
    welcoming.greet(fresh(circle), by=ines.here(circle), source="<script>x</script>Hello")
    assert "<script>x" not in text(member.browser().get(page))
    assert Greeting.objects.get().source.startswith("<script>")


def test_a_welcome_leads_where_the_topic_of_newcomers_went(ines, member, circle, topic):
    by = ines.here(circle)
    welcoming.greet(fresh(circle), by=by, source="", hello=topic)
    other = ines.starts(circle, "Say hello")
    rearranging.merge(topic, into=other, by=by)
    assert Greeting.objects.get().hello == other
    elsewhere = founding.found("There", by=by, preset="private_group").community
    link = inviting.invite(elsewhere, by=by, policy="trusted")
    moss = member.here(circle)
    joining.ask_to_join(fresh(elsewhere), by=member.viewer, persona=moss, invitation=link)
    moving.move(fresh(other), to=fresh(elsewhere), by=by)
    assert Greeting.objects.get().hello is None


def test_a_welcome_sends_nobody_into_another_community(ines, circle, topic):
    elsewhere = founding.found("Elsewhere", by=ines.here(circle), preset="forum").community
    with pytest.raises(Refused):
        welcoming.greet(elsewhere, by=ines.here(circle), source="", hello=topic)
