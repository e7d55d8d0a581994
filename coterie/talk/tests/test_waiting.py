"""What waits for a host, what stays between a member and the hosts, and who reads it."""

import re

import pytest

from coterie.communities.models import Community
from coterie.core import gates
from coterie.core.verdict import Refused
from coterie.personas.viewer import Viewer
from coterie.talk import rules
from coterie.talk.actions import holding, keeping_order, polling, posting
from coterie.talk.models import Asked, Poll, Post, PostState
from coterie.talk.tests.speaking import fresh, seqs

pytestmark = pytest.mark.django_db


@pytest.fixture
def looked_at(ines, moss, juno, circle):
    """A community in which a host looks at posts first."""
    moss.joins(circle, ines)
    juno.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    return fresh(circle)


@pytest.fixture
def brand_club(ines, moss, juno, circle):
    """A community whose members meet the hosts only."""
    moss.joins(circle, ines)
    juno.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(members_meet=False)
    return fresh(circle)


def test_a_members_post_waits_and_a_hosts_does_not(ines, moss, juno, looked_at, topic):
    post = moss.replies(topic)
    assert (post.state, post.seq) == (PostState.HELD, None)
    assert post.held_because
    assert ines.replies(topic).seq == 2
    assert [person.reads(post) for person in (ines, moss, juno)] == [True, True, False]


def test_a_moderator_of_talk_reads_what_waits_and_another_does_not(moss, juno, looked_at, topic):
    post = moss.replies(topic)
    assert not juno.becomes(looked_at, "moderator", "door").reads(post)
    assert juno.becomes(looked_at, "moderator", "door", "talk").reads(post)


def test_what_waited_gets_the_newest_number(ines, moss, juno, looked_at, topic):
    post = moss.replies(topic)
    ines.replies(topic)
    posting.publish(post, by=ines.here(looked_at))
    assert (fresh(post).seq, fresh(post).state) == (3, PostState.PUBLISHED)
    assert juno.reads(post)
    with pytest.raises(Refused):
        posting.publish(fresh(post), by=ines.here(looked_at))
    assert seqs(topic) == [1, 2, 3]


def as_read_on(page):
    return re.search(r'name="as_read" value="(\w+)"', page.content.decode())[1]


def test_a_host_lets_out_what_they_read_and_nothing_that_was_put_in_its_place(
    ines, moss, looked_at, topic
):
    host, post = ines.browser(), moss.replies(topic, "Kind words.")
    read = {"as_read": as_read_on(host.get(post.path))}
    posting.edit(fresh(post), by=moss.here(looked_at), source="Buy pills.")
    answer = host.post(f"{post.path}publication/", read, follow=True)
    assert fresh(post).state == PostState.HELD
    assert "Look at it again." in answer.content.decode()
    assert "Buy pills." in answer.content.decode()
    read = {"as_read": as_read_on(host.get(post.path))}
    host.post(f"{post.path}publication/", read)
    assert fresh(post).state == PostState.PUBLISHED


def test_the_title_that_a_host_read_is_the_title_that_comes_out_and_stays(ines, moss, looked_at):
    waits = moss.starts(looked_at, "Kind title")
    post, host = waits.posts.get(), ines.browser()
    read = {"as_read": as_read_on(host.get(post.path))}
    keeping_order.retitle(fresh(waits), by=moss.here(looked_at), title="Pills")
    host.post(f"{post.path}publication/", read)
    assert fresh(post).state == PostState.HELD
    posting.publish(fresh(post), by=ines.here(looked_at))
    with pytest.raises(Refused, match="The hosts read this before"):
        keeping_order.retitle(fresh(waits), by=moss.here(looked_at), title="More pills")
    keeping_order.retitle(fresh(waits), by=ines.here(looked_at), title="A better title")


def test_no_option_that_no_host_read_comes_into_a_poll(ines, moss, juno, looked_at, topic):
    asked = Asked(("Nettle", "Mint"), grows=True)
    post = moss.replies(topic, "Which tea?", asked=asked)
    posting.publish(fresh(post), by=ines.here(looked_at))
    poll = Poll.objects.select_related("post__conversation__community").get(post=post)
    for each in (moss, juno):
        assert "Add an option" not in each.browser().get(f"{post.path}poll/").content.decode()
        with pytest.raises(Refused, match="are fixed"):
            polling.add_option(fresh(poll), by=each.here(looked_at), option="Pills")
    polling.add_option(fresh(poll), by=ines.here(looked_at), option="Lime blossom")


def test_a_member_does_not_let_out_what_waits(moss, looked_at, topic):
    with pytest.raises(Refused):
        posting.publish(moss.replies(topic), by=moss.here(looked_at))


def test_two_hosts_let_it_out_once(ines, moss, looked_at, topic):
    post = moss.replies(topic)
    stale = fresh(post)
    posting.publish(post, by=ines.here(looked_at))
    with pytest.raises(holding.ChangedMeanwhile):
        posting.publish(stale, by=ines.here(looked_at))
    assert seqs(topic) == [1, 2]


def test_a_held_topic_exists_for_its_author_and_the_hosts(ines, moss, juno, wren, looked_at):
    held = moss.starts(looked_at, "May I?")
    assert held.last_seq == 0
    assert [ines.sees(held), moss.sees(held), juno.sees(held)] == [True, True, False]
    assert not rules.may_see(wren.viewer, fresh(held))
    posting.publish(held.posts.get(), by=ines.here(looked_at))
    assert juno.sees(held)


def test_a_held_topic_that_is_taken_back_is_gone_for_all(ines, moss, looked_at):
    held = moss.starts(looked_at)
    posting.retract(held.posts.get(), by=moss.here(looked_at))
    assert not ines.sees(held)
    assert not moss.sees(held)


def test_what_a_host_has_read_does_not_change_behind_their_back(ines, moss, looked_at, topic):
    post = moss.replies(topic, "Fine words")
    posting.edit(post, by=moss.here(looked_at), source="Finer words")
    posting.publish(fresh(post), by=ines.here(looked_at))
    with pytest.raises(Refused, match="cannot be changed"):
        posting.edit(fresh(post), by=moss.here(looked_at), source="Buy this")


def test_a_gate_holds_or_refuses_whatever_is_about_to_go_out(ines, topic, monkeypatch):
    answers = {"talk.post": (lambda _post, _who: gates.Hold("Somebody looks first."),)}
    monkeypatch.setattr(gates, "_gates", answers)
    assert ines.replies(topic).state == PostState.HELD
    answers["talk.post"] += (lambda _post, _who: gates.Refuse("Not like this."),)
    with pytest.raises(Refused, match="Not like this"):
        ines.replies(topic)
    answers["talk.edit"] = (lambda _post, _who: gates.Hold("Links wait."),)
    with pytest.raises(Refused, match="Links wait"):
        posting.edit(topic.posts.get(seq=1), by=ines.here(topic.community), source="http://x.test")
    assert Post.objects.filter(conversation=topic).count() == 2
    assert topic.posts.get(seq=1).source == "Three evenings."


def test_where_members_do_not_meet_an_answer_reaches_the_hosts_alone(
    ines, moss, juno, wren, brand_club, topic
):
    post = moss.replies(topic, "Between us")
    assert (post.seq, post.state) == (None, PostState.PUBLISHED)
    assert post.aside_with_id == moss.here(brand_club).pk
    assert [ines.reads(post), moss.reads(post), juno.reads(post)] == [True, True, False]
    assert not rules.may_read(wren.viewer, post)
    answer = ines.replies(topic, "For you alone", reply_to=post)
    assert answer.aside_with_id == post.aside_with_id
    assert [ines.reads(answer), moss.reads(answer), juno.reads(answer)] == [True, True, False]
    open_word = ines.replies(topic, "For all")
    assert juno.reads(open_word)
    assert seqs(topic) == [1, 2]


def test_what_began_aside_stays_aside_when_members_meet_again(ines, moss, juno, brand_club, topic):
    aside = moss.replies(topic)
    own_topic = moss.starts(brand_club, "A question to the hosts")
    Community.objects.filter(pk=brand_club.pk).update(members_meet=True)
    assert ines.replies(topic, reply_to=aside).seq is None
    assert ines.replies(own_topic, "An answer").seq is None
    assert not juno.sees(own_topic)
    assert moss.sees(own_topic)


def test_a_channel_hears_its_members_though_only_hosts_post(ines, moss, juno, brand_club, topic):
    Community.objects.filter(pk=brand_club.pk).update(posted_by="hosts")
    post = moss.replies(topic)
    assert post.aside_with_id == moss.here(brand_club).pk
    with pytest.raises(Refused, match="only the hosts"):
        moss.starts(brand_club)


def test_what_only_the_hosts_read_need_not_wait_for_them(moss, brand_club, topic):
    Community.objects.filter(pk=brand_club.pk).update(posted_by="approved")
    assert moss.replies(topic).state == PostState.PUBLISHED


def test_a_member_does_not_answer_what_they_do_not_read(moss, juno, brand_club, topic):
    aside = moss.replies(topic)
    with pytest.raises(Refused):
        juno.replies(topic, reply_to=aside)


def test_who_left_reads_nothing_of_their_own_asides(ines, moss, brand_club, topic):
    from coterie.communities.actions import leaving

    Community.objects.filter(pk=brand_club.pk).update(seen_by="everyone")
    topic.__class__.objects.filter(pk=topic.pk).update(see="everyone")
    post = moss.replies(topic)
    answer = ines.replies(topic, reply_to=post)
    seat = moss.seat(brand_club)
    leaving.leave(seat, by=seat.persona)
    assert moss.sees(topic)
    assert not moss.reads(post)
    assert not moss.reads(answer)


def test_a_removed_post_keeps_its_place_and_names_the_rule(ines, moss, circle, topic):
    moss.joins(circle, ines)
    rule = circle.rules.create(place=1, text="No selling.")
    post = moss.replies(topic, "Cheap thread!")
    keeping_order.remove_post(post, by=ines.here(circle), rule=rule, sentence="Please don't.")
    post = fresh(post)
    assert (post.state, post.source, post.html, post.seq) == (PostState.REMOVED, "", "", 2)
    assert post.removal.rule == rule
    with pytest.raises(Refused):
        posting.edit(post, by=moss.here(circle), source="Cheaper thread!")
    keeping_order.restore_post(post, by=ines.here(circle))
    assert fresh(post).source == "Cheap thread!"
    assert not Post.objects.filter(removal__isnull=False).exists()


def test_members_keep_no_order(ines, moss, circle, topic):
    moss.joins(circle, ines)
    post = ines.replies(topic)
    by = moss.here(circle)
    for act in (
        keeping_order.lock,
        keeping_order.unlock,
        keeping_order.pin,
        keeping_order.unpin,
        keeping_order.share_history,
        keeping_order.close_history,
    ):
        with pytest.raises(Refused):
            act(topic, by=by)
    with pytest.raises(Refused):
        keeping_order.remove_post(post, by=by)
    with pytest.raises(Refused):
        keeping_order.retitle(topic, by=by, title="Mine")


def test_what_a_host_never_read_does_not_come_out_as_an_earlier_version(
    ines, moss, juno, looked_at, topic
):
    post = moss.replies(topic, "Buy this at http://x.test")
    posting.edit(post, by=moss.here(looked_at), source="Fine words")
    posting.publish(fresh(post), by=ines.here(looked_at))
    assert not post.versions.exists()
    assert fresh(post).edited_at is None
    page = juno.browser().get(f"{post.path}versions/").content.decode()
    assert "Buy this" not in page


def test_hosts_do_not_put_back_what_the_operator_removed(ines, moss, circle, topic):
    moss.joins(circle, ines)
    post = moss.replies(topic)
    keeping_order.remove_post_for_all(post, by=Viewer(is_operator=True))
    with pytest.raises(Refused):
        keeping_order.restore_post(fresh(post), by=ines.here(circle))
    assert fresh(post).state == PostState.REMOVED
