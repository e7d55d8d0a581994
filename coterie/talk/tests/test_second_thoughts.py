"""Seven seconds in which nobody else knows: undone it never was, else the server does it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.communities.actions import hosting
from coterie.communities.models import Community, Membership
from coterie.config import wiring
from coterie.core import gates
from coterie.core.verdict import Refused
from coterie.inbox.models import Notification
from coterie.personas.actions import intending
from coterie.personas.models import Intention
from coterie.talk import reads
from coterie.talk.actions import drafting, keeping_order, retracting, sending
from coterie.talk.models import (
    SENDING,
    Conversation,
    Draft,
    Post,
    PostState,
    Said,
    Voice,
)
from coterie.talk.tests.speaking import fresh, seqs, seven_seconds_pass
from coterie.talk.tests.test_pages import hidden_key, text

pytestmark = pytest.mark.django_db
A_MOMENT = timedelta(seconds=1)


def test_what_is_sent_is_its_author_s_alone_until_it_goes_out(
    ines, member, other, wren, circle, topic, told
):
    with told:
        post = member.starts_to_say(topic, "Linen, I would say.", reply_to=topic.posts.get())
    assert [one.reads(post) for one in (member, ines, other, wren)] == [True, False, False, False]
    assert "Linen" in text(member.browser().get(topic.path))
    for host_or_member in (ines, other):
        browser = host_or_member.browser()
        for path in (topic.path, circle.path, "/talk/", f"{circle.path}held/"):
            assert "Linen" not in text(browser.get(path))
        assert browser.get(post.path).status_code == 404
        assert browser.post(f"{post.path}undo/").status_code == 404
    assert fresh(topic).last_seq == 1
    assert reads.unread_by_community(other.viewer) == {}
    assert not Notification.objects.filter(persona=ines.here(circle)).exists()
    with told:
        assert seven_seconds_pass() == 1
    assert (fresh(post).seq, fresh(post).state) == (2, PostState.PUBLISHED)
    assert Notification.objects.filter(persona=ines.here(circle), kind="replied").exists()
    assert all(one.reads(post) for one in (member, ines, other))


def test_a_moment_before_nothing_goes_out(member, topic):
    member.starts_to_say(topic)
    assert intending.carry_out_due(wiring.INTENTIONS) == 0
    soon = timezone.now() + timedelta(seconds=1)
    Intention.objects.update(due_at=soon)
    assert intending.carry_out_due(wiring.INTENTIONS) == 0
    assert seqs(topic) == [1]


def test_undone_it_never_was_and_its_words_are_in_the_box_again(member, circle, topic):
    browser, answered = member.browser(), topic.posts.get()
    page = text(browser.get(f"{topic.path}?reply={answered.public_id}"))
    sent = {"source": "Linen.", "client_key": hidden_key(page), "reply_to": answered.public_id}
    landed = browser.post(f"{topic.path}posts/", sent)["Location"]
    post = Post.objects.get(persona=member.here(circle))
    assert f'action="{post.path}undo/"' in text(browser.get(landed))
    back = browser.post(f"{post.path}undo/")
    assert back["Location"] == f"{topic.path}#say"
    page = text(browser.get(topic.path))
    assert "Linen.</textarea>" in page
    assert f'name="reply_to" value="{answered.public_id}"' in page
    assert "post--gone" not in page
    assert not Post.objects.filter(pk=post.pk).exists()
    assert seven_seconds_pass() == 0
    assert fresh(topic).last_seq == 1


def test_undoing_keeps_what_was_begun_since(member, circle, topic):
    by = member.here(circle)
    post = member.starts_to_say(topic, "First.", voice=Voice.OWN)
    drafting.keep(topic, by=by, source="Second.")
    sending.undo(post, by=by)
    assert Draft.objects.get().source == "First.\n\nSecond."


def test_a_new_topic_is_undone_with_its_title(ines, member, circle):
    browser, new = member.browser(), f"{circle.path}topics/new/"
    sent = {"title": "Moths", "source": "Holes", "client_key": hidden_key(text(browser.get(new)))}
    path = browser.post(new, sent)["Location"]
    topic = Conversation.objects.get(kind="topic")
    assert "Moths" in text(browser.get(circle.path))
    assert "Not out yet" in text(browser.get(circle.path))
    assert "Waiting for a host" not in text(browser.get(path)) + text(browser.get(circle.path))
    assert ines.browser().get(path).status_code == 404
    assert "Moths" not in text(ines.browser().get(circle.path))
    member.starts_to_say(topic, "And in the lining.")
    assert browser.post(f"{topic.posts.first().path}undo/")["Location"] == new
    page = text(browser.get(new))
    assert 'value="Moths"' in page
    assert "Holes\n\nAnd in the lining." in page
    assert not Conversation.objects.filter(kind="topic").exists()
    assert not Intention.objects.exists()


def test_a_topic_goes_out_and_then_counts(ines, member, circle):
    topic = sending.start_topic(
        fresh(circle), Said("Holes"), by=member.here(circle), title="Moths", client_key="k"
    )
    again = sending.start_topic(
        fresh(circle), Said("Holes"), by=member.here(circle), title="Moths", client_key="k"
    )
    assert again == topic
    later = member.starts_to_say(topic, "And in the lining.")
    Intention.objects.filter(subject=topic.posts.get(seq=None, client_key="k").pk).update(
        due_at=timezone.now()
    )
    assert intending.carry_out_due(wiring.INTENTIONS) == 1
    assert seqs(topic) == [1]
    assert ines.sees(topic)
    assert not ines.reads(later)
    assert fresh(later).after_seq == 1


def test_too_late_is_said_and_nothing_is_undone(member, topic):
    browser = member.browser()
    post = member.starts_to_say(topic)
    seven_seconds_pass()
    page = browser.post(f"{post.path}undo/", follow=True)
    assert "too late" in text(page)
    assert fresh(post).seq == 2


def test_a_refusal_is_heard_while_the_words_are_still_in_the_box(monkeypatch, member, topic):
    sentence = "That was a lot at once."
    refusing = {"talk.post": (lambda _post, _who: gates.Refuse(sentence),)}
    monkeypatch.setattr(gates, "_gates", refusing)
    answer = member.browser().post(
        f"{topic.path}posts/", {"source": "Once more", "client_key": "k"}
    )
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Once more" in text(answer)
    assert Post.objects.count() == 1


def test_what_a_host_looks_at_first_waits_for_them_once_it_is_sent(ines, member, circle, topic):
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    post = member.starts_to_say(topic)
    assert not ines.reads(post)
    seven_seconds_pass()
    assert fresh(post).state == PostState.HELD
    assert ines.reads(post)
    assert seqs(topic) == [1]


def test_what_may_not_be_said_any_more_comes_back_with_the_reason(
    ines, member, circle, topic, told
):
    post = member.starts_to_say(topic, "Let me add")
    keeping_order.lock(fresh(topic), by=ines.here(circle))
    with told:
        seven_seconds_pass()
    draft = Draft.objects.get()
    assert (draft.source, "locked" in draft.refusal) == ("Let me add", True)
    assert not Post.objects.filter(pk=post.pk).exists()
    alert = Notification.objects.get(kind="sent-back")
    assert (alert.persona, alert.path) == (member.here(circle), f"{topic.path}#say")
    keeping_order.unlock(fresh(topic), by=ines.here(circle))
    assert "This topic is locked" in text(member.browser().get(topic.path))


def test_who_is_banned_meanwhile_is_not_heard(ines, member, circle, topic, told):
    post = member.starts_to_say(topic)
    hosting.ban(member.seat(circle), by=ines.here(circle))
    with told:
        seven_seconds_pass()
    assert not Notification.objects.filter(kind="sent-back").exists()
    assert not Post.objects.filter(pk=post.pk).exists()
    assert seqs(topic) == [1]


def test_words_are_taken_back_after_seven_seconds_and_stay_if_undone(ines, member, topic):
    browser, post = member.browser(), member.replies(topic, "Hasty.")
    landed = browser.post(f"{post.path}retraction/")["Location"]
    assert "You are taking it back" in text(browser.get(landed))
    other = text(ines.browser().get(topic.path))
    assert "Hasty." in other
    assert "taking it back" not in other
    browser.post(f"{post.path}undo/")
    assert seven_seconds_pass() == 0
    assert fresh(post).source == "Hasty."
    browser.post(f"{post.path}retraction/")
    assert seven_seconds_pass() == 1
    assert (fresh(post).state, fresh(post).source) == (PostState.RETRACTED, "")
    assert "too late" in text(browser.post(f"{post.path}undo/", follow=True))


def test_nobody_takes_back_or_undoes_for_somebody_else(ines, member, circle, topic):
    post = member.replies(topic)
    with pytest.raises(Refused):
        retracting.retract_soon(post, by=ines.here(circle))
    retracting.retract_soon(post, by=member.here(circle))
    with pytest.raises(Refused):
        retracting.undo(post, by=ines.here(circle))
    unsent = member.starts_to_say(topic)
    with pytest.raises(Refused):
        sending.undo(unsent, by=ines.here(circle))
    assert Intention.objects.count() == 2


def test_a_member_leaves_after_seven_seconds_unless_they_stay(member, circle):
    browser, leaving = member.browser(), f"{circle.path}leaving/"
    home = browser.post(leaving, {"posts": "stay"}, follow=True)
    assert f'action="{leaving}undo/"' in text(home)
    assert member.seat(circle)
    assert browser.post(f"{leaving}undo/")["Location"] == circle.path
    assert seven_seconds_pass() == 0
    browser.post(leaving, {"posts": "stay"})
    assert seven_seconds_pass() == 1
    assert not Membership.objects.living().of(member.viewer).exists()


def test_who_takes_their_words_along_takes_what_was_not_out_too(member, circle, topic):
    said, unsent = member.replies(topic, "MARKER"), member.starts_to_say(topic, "MARKER too")
    member.browser().post(f"{circle.path}leaving/", {"posts": "go"})
    Intention.objects.filter(kind=SENDING).update(due_at=timezone.now() + timedelta(seconds=60))
    seven_seconds_pass()
    Intention.objects.update(due_at=timezone.now())
    seven_seconds_pass()
    assert not Post.objects.filter(pk__in=(said.pk, unsent.pk)).exclude(source="").exists()
    assert not Draft.objects.exists()
