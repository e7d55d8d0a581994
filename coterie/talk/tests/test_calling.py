"""Where `#words` and `@names` in a post lead, and whom they tell nothing."""

import pytest
from django.test import Client

from coterie.communities.actions import keeping_away
from coterie.communities.models import Community, Membership
from coterie.core.verdict import Refused
from coterie.search.marks import LINK
from coterie.talk.actions import indexing, posting, tagging
from coterie.talk.actions.wording import MOST_SPOILERS
from coterie.talk.models import Conversation, Post, Voice
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(ines, moss, juno, circle):
    moss.joins(circle, ines, name="Moss")
    juno.joins(circle, ines, name="salt & thistle")
    return moss, juno


def link_to(post, person):
    return f"{post.path}members/{person.seat(post.conversation.community).public_id}/"


def test_a_name_leads_to_the_member_who_bears_it(ines, members, circle, topic):
    moss, juno = members
    said = ines.replies(topic, '@moss and @"Salt & Thistle", not @nobody')
    assert said.html.count('class="mention"') == 2
    assert link_to(said, moss) in said.html
    page = ines.browser().get(link_to(said, juno))
    assert page.status_code == 302
    assert page["Location"] == f"{circle.path}members/{juno.seat(circle).public_id}/"


def test_it_leads_only_those_who_meet_that_member(ines, wren, members, circle, topic):
    moss, juno = members
    said = ines.replies(topic, "@moss")
    Conversation.objects.filter(pk=topic.pk).update(see="everyone")
    assert juno.browser().get(link_to(said, moss)).status_code == 302
    assert wren.browser().get(link_to(said, moss)).status_code == 404
    assert Client().get(link_to(said, moss)).status_code == 404
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    assert juno.browser().get(link_to(said, moss)).status_code == 404


def test_the_link_of_a_former_member_is_dead_and_the_words_stay(ines, members, circle, topic):
    moss, _juno = members
    said = ines.replies(topic, "@moss")
    Membership.objects.filter(pk=moss.seat(circle).pk).update(state="left")
    link = said.html.split('href="')[1].split('"')[0]
    assert ines.browser().get(link).status_code == 404
    assert ">@moss</a>" in fresh(said).html


def test_another_name_later_changes_neither_words_nor_whom_they_mean(ines, members, circle, topic):
    moss, juno = members
    said = ines.replies(topic, "@moss")
    moss_here, juno_here = moss.here(circle), juno.here(circle)
    type(moss_here).objects.filter(pk=moss_here.pk).update(name="Lichen")
    type(juno_here).objects.filter(pk=juno_here.pk).update(name="Moss")
    assert link_to(said, moss) in fresh(said).html
    again = ines.replies(topic, "@moss")
    assert link_to(again, juno) in again.html


def test_where_two_are_called_alike_the_name_leads_nowhere(ines, members, circle, topic):
    _moss, juno = members
    juno_here = juno.here(circle)
    type(juno_here).objects.filter(pk=juno_here.pk).update(name="Moss")
    assert 'class="mention"' not in ines.replies(topic, "@moss").html


def test_a_link_shows_nobody_who_is_not_met_by_all(ines, members, circle, topic):
    moss, juno = members
    Membership.objects.filter(pk=moss.seat(circle).pk).update(hidden=True)
    assert 'class="mention"' not in ines.replies(topic, "@moss").html, "though the host meets them"
    Community.objects.filter(pk=circle.pk).update(members_meet=False)
    said = ines.replies(topic, '@"salt & thistle"')
    assert 'class="mention"' not in said.html
    host = ines.here(circle).name
    assert 'class="mention"' in juno.replies(topic, f'@"{host}"').html


def test_no_link_shows_who_keeps_away_from_whom(members, circle, topic):
    moss, juno = members
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    for voice in (Voice.MEMBER, Voice.OWN):
        said = moss.replies(topic, '@"salt & thistle"', voice=voice)
        assert link_to(said, juno) in said.html, voice
        assert moss.browser().get(link_to(said, juno)).status_code == 404


@pytest.mark.parametrize("called", ["Moss", "salt & thistle"])
@pytest.mark.parametrize("namesake", [False, True])
def test_no_link_shows_who_spoke_without_a_name(
    ines, wren, members, circle, topic, called, namesake
):
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    if namesake:
        wren.joins(circle, ines, name="Moss")

    def leads_to(person, voice):
        said = person.replies(topic, f'@"{called}"', voice=voice)
        return said.html.replace(said.path, "")

    assert len({leads_to(person, Voice.MEMBER) for person in members}) == 1
    assert leads_to(ines, Voice.HOSTS) == leads_to(members[0], Voice.OWN)


def test_nobody_links_into_another_community(ines, wren, circle, topic):
    other = wren.founds(name="Elsewhere")
    said = ines.replies(topic, f'@"{wren.here(other).name}" #fern')
    assert 'class="mention"' not in said.html
    assert other.path not in said.html
    assert circle.path not in said.html, "what a post leads to is found when somebody goes there"


def test_after_a_change_those_are_linked_who_are_called_then(ines, members, topic):
    moss, juno = members
    said = ines.replies(topic, "@moss")
    posting.edit(fresh(said), by=ines.here(topic.community), source='@"salt & thistle" #fern')
    changed = fresh(said)
    assert link_to(changed, juno) in changed.html
    assert link_to(changed, moss) not in changed.html
    assert f'href="{changed.path}tags/fern/"' in changed.html


def test_a_word_leads_to_its_tag_or_to_where_it_is_said(ines, moss, wren, circle, topic):
    tagging.offer(circle, by=ines.here(circle), words=["Pale green"], tagged_by="hosts")
    said = ines.replies(topic, "#Pale-Green and #修理")
    browser = ines.browser()
    assert browser.get(f"{said.path}tags/pale-green/")["Location"] == (
        f"{circle.path}tags/pale-green/"
    )
    search = browser.get(f"{said.path}tags/%E4%BF%AE%E7%90%86/")["Location"]
    assert search.startswith("/search/?q=%E4%BF%AE%E7%90%86&in=")
    assert browser.get(search).status_code == 200
    assert wren.browser().get(f"{said.path}tags/pale-green/").status_code == 404


def test_a_link_within_the_house_is_not_looked_for_as_a_link(ines, members, topic):
    def held(source):
        said = Post.objects.select_related("conversation__community").get(
            pk=ines.replies(topic, source).pk
        )
        return LINK in indexing.entry(said)[1]

    assert not held("#fern @moss")
    assert held("https://a.example")


def test_too_many_hidden_passages_are_refused_kindly_and_the_words_stay(ines, topic):
    many = "||a|| " * (MOST_SPOILERS + 1)
    with pytest.raises(Refused, match=f"At most {MOST_SPOILERS} passages"):
        ines.replies(topic, many)
    page = ines.browser().post(f"{topic.path}posts/", {"source": many, "client_key": "k"})
    assert page.status_code == 422
    assert "||a|| ||a||" in page.content.decode()
    ines.replies(topic, "||a|| " * MOST_SPOILERS)


def test_what_is_hidden_is_in_no_quote_and_no_list(ines, moss, circle, topic):
    moss.joins(circle, ines, name="Moss")
    said = ines.replies(topic, "It was ||the butler||.")
    moss.replies(topic, "Really?", reply_to=said)
    browser = moss.browser()
    page = browser.get(f"{topic.path}?at={said.public_id}").content.decode()
    assert page.count("the butler") == 1
    assert "It was […]." in page
    assert "the butler" not in browser.get(circle.path).content.decode()
    found = browser.get("/search/?q=butler").content.decode()
    assert said.public_id in found
    assert "the <mark>butler" not in found
