"""What is said to machines that learn: nothing here is for them, unless hosts let them."""

import pytest
from django.test import Client

from coterie.communities.actions import shaping
from coterie.communities.models import Circle
from coterie.media.models import Picture
from coterie.safety.models import AuditEntry
from coterie.talk.actions import pacing
from coterie.talk.models import Conversation
from coterie.talk.tests.speaking import Speaker, fresh

pytestmark = pytest.mark.django_db
KEPT = ("noai, noimageai", "1")


@pytest.fixture
def ines():
    return Speaker("ines")


@pytest.fixture
def forum(ines):
    return ines.founds("Menders", preset="forum", purpose="We mend.")


@pytest.fixture
def topic(ines, forum):
    return ines.starts(forum, "Elbows", "Three evenings.")


def lets(ines, forum, **more):
    return shaping.reshape(fresh(forum), by=ines.here(forum), **({"learnable": True} | more))


def said(path, client=None):
    """What the header says, and what the page's head does."""
    answer = (client or Client()).get(path)
    assert answer.status_code in (200, 404), path
    head = answer.getvalue().decode("utf-8", "replace").partition("<body")[0]
    return (
        (answer.get("X-Robots-Tag", ""), answer.get("TDM-Reservation", "")),
        ("noai, noimageai" in head, 'name="tdm-reservation" content="1"' in head),
    )


def learners():
    """What the crawlers that learn are told in robots.txt."""
    told = Client().get("/robots.txt").content.decode()
    return next(part for part in told.split("\n\n") if "User-agent: GPTBot" in part)


def pages(forum, topic):
    post = topic.posts.get()
    return [forum.path, f"{forum.path}about/", topic.open_path, post.path]


def test_by_itself_everything_is_kept_from_them(ines, forum, topic):
    for path in ("/", "/find/", *pages(forum, topic)):
        assert said(path) == (KEPT, (True, True)), path
    assert said("/c/nothing-here/")[0] == KEPT
    assert said(f"{forum.path}card.jpg")[0] == KEPT
    feed = Client().get(f"{forum.path}topics.atom")
    assert feed["X-Robots-Tag"] == "noindex, noai, noimageai"
    for name in ("GPTBot", "ClaudeBot", "CCBot", "Google-Extended", "Applebot-Extended"):
        assert f"User-agent: {name}\n" in learners()
    assert learners().endswith("Disallow: /")


def test_search_engines_are_not_concerned(ines, forum, topic):
    page = Client().get(topic.open_path).content.decode()
    assert 'content="max-image-preview:large, noai, noimageai"' in page
    everybody = Client().get("/robots.txt").content.decode().partition("User-agent: AI2Bot")[0]
    assert "Disallow: /\n" not in everybody


def test_hosts_let_them_in_one_community_and_nowhere_else(ines, forum, topic):
    other = ines.founds("Others", preset="forum")
    there = ines.starts(other, "Knees", "Two evenings.")
    lets(ines, forum)
    for path in pages(forum, topic):
        assert said(path) == (("", ""), (False, False)), path
    for path in ("/", *pages(other, there)):
        assert said(path)[0] == KEPT, path
    assert f"Allow: {forum.path}\n" in learners()
    assert f"Allow: {topic.path}" in learners()
    assert other.path not in learners()
    assert there.path not in learners()
    assert "AI learn" in Client().get(f"{forum.path}about/").content.decode()
    assert "AI learn" not in Client().get(f"{other.path}about/").content.decode()


def test_photos_go_with_their_community(ines, forum, topic):
    made = {"width": 40, "height": 30, "bytes": 1, "community": forum}
    photo = Picture.objects.create(persona=ines.here(forum), **made)
    ines.starts(forum, "Ears", "Two.", photos=[photo.public_id])
    path = f"/m/{photo.public_id}/320.webp"
    assert said(path)[0] == KEPT
    lets(ines, forum)
    assert said(path)[0] == said(path, ines.browser())[0] == ("", "")


@pytest.mark.parametrize("apart", ["members", "circle", "waiting"])
def test_photos_that_no_stranger_sees_are_kept_from_them(ines, forum, topic, apart):
    """Members alone read it, or some of them; or it hangs nowhere yet."""
    lets(ines, forum)
    made = {"width": 40, "height": 30, "bytes": 1, "community": forum}
    photo = Picture.objects.create(persona=ines.here(forum), **made)
    if apart != "waiting":
        ears = ines.starts(forum, "Ears", "Two.", photos=[photo.public_id])
        circle = Circle.objects.create(community=forum, name="Few") if apart == "circle" else None
        if circle:
            circle.members.create(membership=ines.seat(forum))
        Conversation.objects.filter(pk=ears.pk).update(see="members", circle=circle)
    path = f"/m/{photo.public_id}/320.webp"
    assert Client().get(path).status_code == 404
    answer = ines.browser().get(path)
    assert answer.status_code == 200
    assert (answer["X-Robots-Tag"], answer["TDM-Reservation"]) == KEPT


def test_the_operator_can_let_no_host(ines, forum, topic, settings):
    lets(ines, forum)
    settings.LEARNERS_WELCOME = False
    assert said(topic.open_path) == (KEPT, (True, True))
    assert "Allow:" not in learners()
    for page in ("about/", "log/"):
        assert "AI" not in ines.browser().get(f"{forum.path}{page}").content.decode()


def test_what_the_operator_forbids_is_not_offered(ines, forum, topic, settings):
    path = f"{forum.path}settings/privacy/"
    box = 'name="learnable"'
    assert box in ines.browser().get(path).content.decode()
    settings.LEARNERS_WELCOME = False
    assert box not in ines.browser().get(path).content.decode()
    form = privately(forum) | {"learnable": "on", "chat": "on", "sure": "1"}
    asked = ines.browser().post(path, form | {"sensitive": "on"})
    assert asked.status_code == 302
    assert not fresh(forum).learnable
    assert AuditEntry.objects.filter(community=forum, fact__kind="reshaped").exists()


def privately(forum):
    """What the form of the settings would send for this community."""
    chosen = ("found_by", "seen_by", "joined_by", "posted_by", "micro_by", "gathered_by")
    return {name: getattr(forum, name) for name in chosen} | {
        "members_meet": "on", "gatherings": "on",
    }  # fmt: skip


def test_becoming_private_ends_it_for_good(ines, forum, topic):
    lets(ines, forum)
    lets(ines, forum, seen_by="members")
    assert "Allow:" not in learners()
    again = shaping.reshape(fresh(forum), by=ines.here(forum), seen_by="everyone")
    assert not again.learnable


def test_nothing_that_is_not_open_is_named(ines, forum, topic):
    lets(ines, forum)
    pacing.unlist(topic, by=ines.here(forum))
    assert topic.path not in learners()
    hidden = ines.starts(forum, "Hidden", "Words.")
    Conversation.objects.filter(pk=hidden.pk).update(see="members")
    assert hidden.path not in learners()
    shaping.reshape(fresh(forum), by=ines.here(forum), found_by="nobody")
    assert "Allow:" not in learners()


def test_it_is_asked_before_and_stands_in_the_log(ines, forum, topic):
    form = privately(forum) | {"learnable": "on"}
    path = f"{forum.path}settings/privacy/"
    asked = ines.browser().post(path, form).content.decode()
    assert "What it has learned it does not forget." in asked
    assert not fresh(forum).learnable
    ines.browser().post(path, form | {"sure": "1"})
    assert fresh(forum).learnable
    assert "AI may learn" in ines.browser().get(f"{forum.path}log/").content.decode()
    assert AuditEntry.objects.filter(community=forum, fact__kind="taught").exists()
