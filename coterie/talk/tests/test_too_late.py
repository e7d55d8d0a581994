"""What waited is out, thrown away or refused while its author was changing it: no word is lost."""

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from coterie.communities.models import Community
from coterie.core.verdict import Refused
from coterie.media.actions import sending as pictures
from coterie.media.models import Picture
from coterie.talk.actions import drafting, pacing, planning
from coterie.talk.models import Draft, Planned, Post, PostState, Said
from coterie.talk.tests.speaking import fresh, seven_seconds_pass
from coterie.talk.tests.test_pages import hidden_key, text
from coterie.talk.tests.test_planning import a_photo, plans, sent, the_time_comes

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(ines, moss, circle):
    moss.joins(circle, ines)
    return moss


@pytest.fixture
def opened(member, circle):
    """A browser in which what waits is open, the plan, and the form as it will be sent."""
    browser, planned = member.browser(), plans(member, circle)
    page = text(browser.get(planned.path))
    form = sent(client_key=hidden_key(page), source="Other words.", note="holes")
    form["plan"] = re.search(r'name="plan" value="([^"]+)"', page)[1]
    return browser, planned, form


def test_what_went_out_meanwhile_can_be_changed_with_the_words_that_were_typed(opened):
    browser, planned, form = opened
    the_time_comes()
    post = Post.objects.get(conversation__kind="topic")
    answer = browser.post(planned.path, form | {"title": "Other moths"})
    assert answer["Location"] == f"{post.path}words/"
    page = text(browser.get(answer["Location"]))
    assert "This went out on" in page
    assert "The title that you typed: Other moths" in page
    assert "Other words.</textarea>" in page
    assert 'value="holes"' in page
    assert fresh(post).source == "Holes."


TYPED = {"title": "Other moths", "tags": "wool", "poll_options": "a\nb"}
TOLD = ("title that you typed: Other moths", "tags that you typed: wool", "typed: a, b")


@pytest.mark.parametrize("how", ["sent", "sent at once", "saved", "saved at once", "saved late"])
def test_what_the_form_of_a_post_does_not_hold_is_told_until_it_is_saved(
    opened, member, circle, how
):
    browser, planned, form = opened
    way = f"{planned.path}draft/" if "saved" in how else planned.path
    if how in ("saved", "saved at once"):
        assert browser.post(way, form | TYPED).status_code == 204
    if "at once" in how:
        planning.say_now(planned, by=member.here(circle))
    if "saved" not in how or how == "saved late":
        if "at once" not in how:
            the_time_comes()
        browser.post(way, form | TYPED)
    the_time_comes()
    post = Post.objects.get(conversation__kind="topic")
    page = text(browser.get(f"{post.path}words/"))
    assert all(each in page for each in TOLD), how
    carried = dict(re.findall(r'type="hidden" name="(title|tags|poll_\w+)" value="([^"]*)"', page))
    browser.post(f"{post.path}words/draft/", {"source": "More.", **carried})
    page = text(browser.get(f"{post.path}words/"))
    assert all(each in page for each in TOLD), "its draft keeps them"
    changed = {"source": "More.", "as_drawn": re.search(r'as_drawn" value="(\w+)"', page)[1]}
    page = text(browser.post(f"{post.path}words/", changed, follow=True))
    assert all(each in page for each in TOLD), "told once more where the change is seen"
    assert "that you typed" not in text(browser.get(f"{post.path}words/"))


def test_what_is_as_it_went_out_is_not_told(opened, member, circle):
    browser, planned, form = opened
    browser.post(f"{planned.path}draft/", form)
    the_time_comes()
    post = Post.objects.get(conversation__kind="topic")
    page = text(browser.get(f"{post.path}words/"))
    assert "Other words.</textarea>" in page
    assert "that you typed" not in page


@pytest.mark.parametrize("answers", [False, True])
def test_what_is_too_long_to_be_kept_stands_in_the_form_until_it_is_shorter(
    ines, circle, topic, answers
):
    by, browser = ines.here(circle), ines.browser()
    if answers:
        then = {"by": by, "at": timezone.now() + timedelta(days=1), "client_key": "k"}
        planned = planning.plan_answer(fresh(topic), Said("Holes."), **then)
    else:
        planned = plans(ines, circle, client_key="k")
    form = sent(plan="k", answers=topic.public_id if answers else "")
    the_time_comes()
    answer = browser.post(planned.path, form | {"source": "x" * 50_001})
    assert answer.status_code == 422
    page = text(answer)
    assert "too long to be kept" in page
    assert "x" * 50_001 in page
    assert 'name="plan" value="k"' in page
    assert ('name="title"' in page) is not answers
    assert (f'name="answers" value="{topic.public_id}"' in page) is answers
    assert browser.post(planned.path, form | {"note": "x" * 81}).status_code == 422
    post = Post.objects.get(client_key="k")
    fits = "x" * 50_000
    shorter = browser.post(planned.path, form | {"source": f"{fits}  "})
    assert shorter["Location"] == f"{post.path}words/", "blanks are not what makes it too long"
    assert f"{fits}</textarea>" in text(browser.get(f"{post.path}words/"))


def test_what_was_refused_says_why_until_it_is_written_on(ines, circle, topic):
    by = ines.here(circle)
    drafting.bring_back(topic, by=by, source="Held.", voice="own", photos=[], refusal="Locked.")
    drafting.bring_back(topic, by=by, source="Undone.", voice="own", photos=[])
    draft = Draft.objects.get()
    assert (draft.source, draft.refusal) == ("Undone.\n\nHeld.", "Locked.")


def test_what_is_just_going_out_keeps_them_at_the_post(opened, member, circle):
    browser, planned, form = opened
    planning.say_now(planned, by=member.here(circle))
    post = Post.objects.get(conversation__kind="topic")
    answer = browser.post(planned.path, form)
    assert answer["Location"] == post.in_context
    assert "goes out just now" in text(browser.get(answer["Location"]))
    seven_seconds_pass()
    assert "Other words.</textarea>" in text(browser.get(f"{post.path}words/"))


def test_what_was_thrown_away_meanwhile_is_a_draft_before_what_was_begun(opened, member, circle):
    browser, planned, form = opened
    planning.throw_away(planned, by=member.here(circle))
    drafting.keep(circle, by=member.here(circle), source="Begun since.")
    photo = a_photo(member, circle)
    answer = browser.post(planned.path, form | {"photo": photo, "poll_options": "a\nb"})
    assert answer["Location"] == f"{circle.path}topics/new/"
    page = text(browser.get(answer["Location"]))
    assert "Your words are kept" in page
    assert "Other words.\n\nBegun since.</textarea>" in page
    assert 'value="Moths"' in page
    assert photo in page
    assert Draft.objects.get().poll["poll_options"] == "a\nb"


def test_no_title_and_no_tag_of_what_was_begun_is_lost_and_a_double_press_is_one(
    opened, member, circle
):
    browser, planned, form = opened
    by = member.here(circle)
    planning.throw_away(planned, by=by)
    drafting.keep(circle, by=by, source="Begun.", title="My title", tags=["wool"])
    for _again in range(2):
        browser.post(planned.path, form | {"tags": "silk"})
    draft = Draft.objects.get()
    assert (draft.title, draft.tags) == ("Moths", ["wool", "silk"])
    assert draft.source == "Other words.\n\nMy title\n\nBegun."


def test_the_title_that_was_begun_stays_and_the_post_that_was_to_be_answered(ines, circle, topic):
    by, opening = ines.here(circle), topic.posts.get()
    drafting.keep(circle, by=by, source="Begun.", title="My title")
    drafting.keep(fresh(topic), by=by, source="Begun.", reply_to=opening)
    for place in (circle, fresh(topic)):
        words = {"title": "", "tags": [], "reply_to": None, "note": "", "poll": {}}
        drafting.rescue(place, by=by, source="Other.", voice="own", photos=[], **words)
    assert Draft.objects.get(place=circle.public_id).title == "My title"
    begun = Draft.objects.get(place=topic.public_id)
    assert (begun.reply_to, begun.source) == (opening, "Other.\n\nBegun.")


def test_photos_a_poll_or_a_note_alone_are_kept_and_a_file_that_is_none_is_told(
    opened, member, circle
):
    browser, planned, form = opened
    planning.throw_away(planned, by=member.here(circle))
    empty = form | {"title": "", "source": "", "note": ""}
    photo = a_photo(member, circle)
    for said in ({"photo": photo}, {"poll_options": "a\nb"}, {"note": "holes"}):
        Draft.objects.all().delete()
        browser.post(planned.path, empty | said)
        assert Draft.objects.exists(), said
    broken = SimpleUploadedFile("moth.jpg", b"no photo", "image/jpeg")
    with pytest.raises(Refused) as refused:
        pictures.send(broken, by=member.here(circle), community=circle)
    broken.seek(0)
    answer = browser.post(planned.path, empty | {"files": broken})
    assert refused.value.sentence in html.unescape(text(browser.get(answer["Location"])))


def test_where_nothing_is_started_any_more_they_are_a_draft_all_the_same(opened, member, circle):
    browser, planned, form = opened
    planning.throw_away(planned, by=member.here(circle))
    Community.objects.filter(pk=circle.pk).update(posted_by="hosts")
    assert browser.post(planned.path, form)["Location"] == f"{circle.path}planned/"
    assert Draft.objects.get().source == "Other words."


def test_an_answer_that_waits_no_more_is_a_draft_in_its_topic(ines, circle, topic):
    by, browser = ines.here(circle), ines.browser()
    planned = planning.plan_answer(
        fresh(topic), Said("Later."), by=by, at=timezone.now() + timedelta(days=1), client_key="k"
    )
    page = text(browser.get(planned.path))
    assert f'name="answers" value="{topic.public_id}"' in page
    planning.throw_away(planned, by=by)
    form = sent(plan="k", source="Other words.", answers=topic.public_id)
    answer = browser.post(planned.path, form)
    assert answer["Location"] == f"{topic.path}#say"
    assert "Other words.</textarea>" in text(browser.get(topic.path))


def test_who_changes_what_never_was_is_answered_the_same_and_nobody_reads_along(
    opened, ines, juno, circle
):
    _browser, planned, form = opened
    juno.joins(circle, ines)
    for path in (planned.path, f"{circle.path}planned/nothing/"):
        assert juno.browser().post(path, form)["Location"] == f"{circle.path}topics/new/"
    assert set(Draft.objects.values_list("persona", flat=True)) == {juno.here(circle).pk}
    assert Planned.objects.get().source == "Holes."


def test_what_waits_has_a_draft_until_its_change_is_sent(opened, member, circle):
    browser, planned, form = opened
    draft = f"{planned.path}draft/"
    assert browser.post(draft, form | {"tags": "wool"}).status_code == 204
    page = text(browser.get(planned.path))
    assert "Other words.</textarea>" in page
    assert f'data-draft-to="{draft}"' in page
    assert Planned.objects.get().source == "Holes."
    assert browser.post(planned.path, form).status_code == 302
    assert not Draft.objects.exists()
    assert Planned.objects.get().source == "Other words."
    browser.post(draft, form)
    browser.post(f"{planned.path}disposal/")
    assert not Draft.objects.exists()
    assert browser.post(draft, form).status_code == 404


@pytest.mark.parametrize("how", ["in time", "at once"])
def test_its_draft_goes_along_to_the_post(opened, how):
    browser, planned, form = opened
    browser.post(f"{planned.path}draft/", form)
    if how == "at once":
        browser.post(f"{planned.path}sending/")
    the_time_comes()
    post = Post.objects.get(conversation__kind="topic")
    assert (post.state, post.source) == (PostState.PUBLISHED, "Holes.")
    assert "Other words.</textarea>" in text(browser.get(f"{post.path}words/"))


def test_no_photo_of_what_waits_goes_before_the_change_is_sent(member, circle):
    name = a_photo(member, circle)
    planned, browser = plans(member, circle, photos=[name]), member.browser()
    for form in (None, sent(client_key="k", photo=name, later_day="2020-01-01")):
        answer = browser.post(planned.path, form) if form else browser.get(planned.path)
        page = text(answer)
        assert f'value="{name}"' in page
        assert "data-photo=" not in page, "a press would throw it away at once"
    assert Picture.objects.exists()


@pytest.mark.parametrize("what", ["hosts alone", "locked", "slow"])
def test_what_cannot_go_out_now_waits_on_and_says_why(ines, moss, member, circle, topic, what):
    member.becomes(circle, "moderator", "talk")
    later = {"by": member.here(circle), "at": timezone.now() + timedelta(days=1)}
    planned = planning.plan_answer(fresh(topic), Said("Later."), client_key="k", **later)
    member.becomes(circle, "member")
    if what == "hosts alone":
        Community.objects.filter(pk=circle.pk).update(posted_by="hosts")
    elif what == "locked":
        pacing.archive(fresh(topic), by=ines.here(circle))
    else:
        member.replies(topic)
        pacing.slow_down(fresh(topic), by=ines.here(circle), seconds=300)
    browser = member.browser()
    answer = browser.post(f"{planned.path}sending/")
    assert answer["Location"] == planned.path
    page = text(browser.get(planned.path))
    assert "Later.</textarea>" in page
    assert "said__line--warning" in page
    assert Planned.objects.with_due().get().due is not None


def test_sent_or_thrown_away_twice_it_is_answered_kindly(opened, circle):
    browser, planned, _form = opened
    for way in ("disposal/", "disposal/", "sending/"):
        answer = browser.post(f"{planned.path}{way}")
        assert answer["Location"] == f"{circle.path}planned/"
    assert "waits no more" in text(browser.get(f"{circle.path}planned/"))
