"""What waits, where workers fail, race or are killed: it goes out once and in order, or back."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from coterie.communities.actions import hosting, keeping_away, leaving
from coterie.communities.models import Community
from coterie.config import wiring
from coterie.inbox.models import Notification
from coterie.media.models import Picture
from coterie.personas.actions import intending
from coterie.personas.models import Intention
from coterie.talk.actions import holding, keeping_order, posting, retracting, sending
from coterie.talk.models import (
    SENDING,
    TAKING_BACK,
    Conversation,
    Draft,
    Post,
    PostState,
    Said,
    Voice,
)
from coterie.talk.tests.speaking import Speaker, fresh, seqs, seven_seconds_pass
from coterie.talk.tests.test_pages import text
from coterie.talk.tests.test_racing import at_once

pytestmark = pytest.mark.django_db
A_MOMENT = timedelta(seconds=1)


def test_one_act_that_fails_stops_none_behind_it_and_is_tried_again(member, topic, caplog):
    broken, fine = member.starts_to_say(topic, "One"), member.starts_to_say(topic, "Two")

    def stumbling(post_id, by):
        if post_id == broken.pk:
            raise RuntimeError("a bug")
        wiring.INTENTIONS[SENDING](post_id, by)

    Intention.objects.update(due_at=timezone.now())
    assert intending.carry_out_due({SENDING: stumbling}) == 1
    assert fresh(fine).seq == 2
    left = Intention.objects.get()
    assert (left.subject, left.tries, left.due_at > timezone.now()) == (broken.pk, 1, True)
    seven_seconds_pass()
    assert fresh(broken).seq == 3


def test_whoever_is_killed_in_the_middle_leaves_it_still_to_do(member, topic):
    post = member.starts_to_say(topic)

    def killed(_post_id, _by):
        raise SystemExit

    Intention.objects.update(due_at=timezone.now())
    with pytest.raises(SystemExit):
        intending.carry_out_due({SENDING: killed})
    assert fresh(post).state == PostState.SCHEDULED
    assert seven_seconds_pass() == 0, "it is still claimed"
    claims_run_out()
    assert seven_seconds_pass() == 1
    assert fresh(post).seq == 2


def claims_run_out():
    Intention.objects.update(claimed_until=F("claimed_until") - intending.CLAIM - 2 * A_MOMENT)


def test_what_a_worker_has_at_hand_holds_up_its_author_and_nobody_else(member, other, topic):
    mine = [member.starts_to_say(topic, f"No {n}") for n in range(2)]
    theirs = [other.starts_to_say(topic, f"No {n}") for n in range(2)]
    at_hand = timezone.now() + intending.CLAIM
    Intention.objects.filter(subject=mine[0].pk).update(claimed_until=at_hand)
    assert seven_seconds_pass() == 2
    assert [fresh(post).seq for post in (*theirs, *mine)] == [2, 3, None, None]
    claims_run_out()
    assert seven_seconds_pass() == 2
    assert [fresh(post).seq for post in mine] == [4, 5]


def test_who_claimed_the_later_of_two_waits_for_whoever_has_the_earlier(member, other, topic):
    first, between, second = (one.starts_to_say(topic, "Words.") for one in (member, other, member))
    rows = {post: Intention.objects.filter(subject=post.pk) for post in (first, between, second)}
    now = timezone.now()
    rows[between].update(due_at=now - A_MOMENT)
    rows[second].update(due_at=now)

    def as_the_other_worker_takes_the_first(post_id, by):
        rows[first].update(due_at=now - A_MOMENT, claimed_until=now + intending.CLAIM)
        wiring.INTENTIONS[SENDING](post_id, by)

    assert intending.carry_out_due({SENDING: as_the_other_worker_takes_the_first}) == 1
    assert (fresh(between).seq, fresh(second).seq) == (2, None)
    claims_run_out()
    assert intending.carry_out_due(wiring.INTENTIONS) == 2
    assert (fresh(first).seq, fresh(second).seq) == (3, 4)


def failing(_post_id, _by):
    raise RuntimeError("a bug")


def time_passes_and_all_fails(kind):
    Intention.objects.update(due_at=timezone.now())
    return intending.carry_out_due({kind: failing}, wiring.GIVEN_UP)


def test_what_failed_again_and_again_is_its_author_s_again_who_learns_why(member, topic, told):
    post = member.starts_to_say(topic, "Words that were not lost.")
    for _try in range(intending.TRIES):
        assert time_passes_and_all_fails(SENDING) == 0
        assert fresh(post).state == PostState.SCHEDULED
    with told:
        assert time_passes_and_all_fails(SENDING) == 1
    assert not Post.objects.filter(pk=post.pk).exists()
    page = text(member.browser().get(topic.path))
    assert "Something went wrong on our side" in page
    assert "Words that were not lost.</textarea>" in page
    assert Notification.objects.get(kind="sent-back").path == f"{topic.path}#say"


def test_what_cannot_be_given_up_is_tried_on_and_on(member, topic):
    post = member.replies(topic)
    retracting.retract_soon(post, by=post.persona)
    for _try in range(intending.TRIES + 3):
        assert time_passes_and_all_fails(TAKING_BACK) == 0
    assert Intention.objects.get().due_at < timezone.now() + timedelta(minutes=20)
    assert seven_seconds_pass() == 0
    Intention.objects.update(due_at=timezone.now())
    assert seven_seconds_pass() == 1
    assert fresh(post).state == PostState.RETRACTED


def block(answered, member, circle, ines):
    keeping_away.block(member.seat(circle), by=answered.persona)


def remove(answered, member, circle, ines):
    keeping_order.remove_post(answered, by=ines.here(circle), sentence="No.")


def retract(answered, member, circle, ines):
    posting.retract(answered, by=answered.persona)


@pytest.mark.parametrize("meanwhile", [block, remove, retract])
def test_an_answer_to_what_is_not_there_any_more_comes_back_and_tells_not_why(
    meanwhile, ines, member, other, circle, topic, told
):
    answered = other.replies(topic, "Wool.")
    answer = member.starts_to_say(topic, "Linen.", reply_to=answered)
    plain = member.starts_to_say(topic, "Anybody?")
    meanwhile(fresh(answered), member, circle, ines)
    with told:
        seven_seconds_pass()
    assert not Post.objects.filter(pk=answer.pk).exists()
    assert fresh(plain).seq == 3
    draft = Draft.objects.get()
    assert (draft.source, draft.reply_to) == ("Linen.", None)
    assert draft.refusal == (
        "What you answered is not there any more. Your words are kept for you."
    )
    assert Notification.objects.filter(persona=draft.persona, kind="sent-back").exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_and_an_undo_at_one_moment_exactly_one_wins(ines, member, circle, topic):
    by, outcomes = member.here(circle), set()
    for n in range(6):
        post = member.starts_to_say(topic, f"No {n}", client_key=f"k{n}")
        Intention.objects.update(due_at=timezone.now())

        def work():
            return intending.carry_out_due(wiring.INTENTIONS)

        def undo(pk=post.pk):
            found = Post.objects.select_related("conversation__community").filter(pk=pk).first()
            if found is None or found.state != PostState.SCHEDULED:
                return 0
            try:
                sending.undo(found, by=by)
            except holding.ChangedMeanwhile:
                return 0
            return 1

        first, second, undone = at_once(work, work, undo)
        assert first + second + undone == 1
        gone = not Post.objects.filter(pk=post.pk).exists()
        assert gone == bool(undone)
        assert gone or fresh(post).seq is not None
        outcomes.add(undone)
    assert seqs(topic) == list(range(1, fresh(topic).last_seq + 1))
    assert not Intention.objects.exists()


def test_photos_come_back_with_the_words_and_go_out_with_them(ines, member, other, circle, topic):
    by = member.here(circle)
    photo = Picture.objects.create(
        persona=by, community=circle, width=4, height=3, thumbhash="", alt="A sock", bytes=1
    )
    sent = {
        "source": "",
        "client_key": "k",
        "photo": photo.public_id,
        f"alt.{photo.public_id}": "A sock",
    }
    browser = member.browser()
    browser.post(f"{topic.path}posts/", sent)
    post = Post.objects.get(persona=by)
    assert fresh(photo).subject == post.pk
    assert photo.public_id in text(browser.get(topic.path))
    shown = [one.browser().get(f"{photo.path}320.webp").status_code for one in (member, other)]
    assert shown == [200, 404]
    browser.post(f"{post.path}undo/")
    assert fresh(photo).subject is None
    page = text(browser.get(topic.path))
    assert f'name="photo" value="{photo.public_id}"' in page
    sent = sent | {"client_key": "again"}
    browser.post(f"{topic.path}posts/", sent)
    seven_seconds_pass()
    assert photo.public_id in text(other.browser().get(topic.path))
    assert not Draft.objects.exists()


def test_what_was_to_be_taken_back_is_also_when_its_author_is_out_by_then(
    ines, member, other, circle, topic
):
    left, banned = member.replies(topic, "My street."), other.replies(topic, "My number.")
    for author, post in ((member, left), (other, banned)):
        retracting.retract_soon(fresh(post), by=author.here(circle))
    leaving.leave(member.seat(circle), by=member.here(circle))
    hosting.ban(other.seat(circle), by=ines.here(circle), sentence="No.")
    seven_seconds_pass()
    assert {fresh(left).state, fresh(banned).state} == {PostState.RETRACTED}
    assert not Post.objects.filter(source__startswith="My").exists()


@pytest.mark.parametrize("go", [leaving.leave, leaving.leave_and_take_posts])
def test_of_what_somebody_who_left_was_about_to_say_nothing_is_kept(go, member, circle, topic):
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    by = member.here(circle)
    member.starts_to_say(topic, "Words.")
    member.starts_to_say(topic, "Words.", voice=Voice.MEMBER)
    sending.start_topic(fresh(circle), Said("Words."), by=by, title="Mine", client_key="t")
    go(member.seat(circle), by=by)
    seven_seconds_pass()
    assert fresh(topic).last_seq == 1
    assert not Draft.objects.filter(persona=by).exists()
    assert not Post.objects.filter(source="Words.", persona=by).exists()
    assert not Conversation.objects.filter(title="Mine").exists()


@pytest.mark.django_db(transaction=True)
def test_three_workers_at_once_send_everything_once_and_each_author_s_in_order(ines, topic):
    people = [Speaker(f"p{n}") for n in range(5)]
    circle = topic.community
    for one in people:
        one.joins(circle, ines)
    said = [one.starts_to_say(topic, f"{one.name} {n}") for n in range(9) for one in people]
    Intention.objects.update(due_at=F("due_at") - intending.SECOND_THOUGHTS)

    def work():
        done = rests = 0
        while rests < 3:
            some = intending.carry_out_due(wiring.INTENTIONS, wiring.GIVEN_UP)
            done, rests = done + some, 0 if some else rests + 1
        return done

    assert sum(at_once(work, work, work)) == len(said)
    assert not Intention.objects.exists()
    assert seqs(topic) == list(range(1, len(said) + 2))
    for one in people:
        own = Post.objects.filter(persona=one.here(circle)).order_by("seq")
        assert [post.source for post in own] == [f"{one.name} {n}" for n in range(9)]
