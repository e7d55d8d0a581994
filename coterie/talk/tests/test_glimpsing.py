"""What a link leads to: seen by the server, shown by the server, and by nobody else."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coterie.communities.actions import shaping
from coterie.communities.models import Circle, Community
from coterie.core import queue
from coterie.core.verdict import Refused
from coterie.media.models import Picture
from coterie.media.tests.conftest import shelf  # noqa: F401
from coterie.media.tests.photos import scene
from coterie.pure import outgoing
from coterie.pure.outgoing import fetch
from coterie.pure.tests import strangers
from coterie.talk import guards, reads
from coterie.talk.actions import erasing, glimpsing, keeping_order, posting
from coterie.talk.models import Conversation, Glimpse, Post, Voice

pytestmark = pytest.mark.django_db


@pytest.fixture
def them(them):
    """The same with a picture of the ferns."""
    out = BytesIO()
    scene(400, 200).save(out, "PNG")
    them.page("/fern.png", out.getvalue(), Content_Type="image/png")
    head = '<meta property="og:image" content="/fern.png">'
    them.page("/ferns", strangers.PAGE + head)
    return them


@pytest.fixture
def look(them):
    """The task, through a door that leads to this one stranger."""

    def ask(url, **more):
        return fetch(url, guard=them.guard(), **more)

    return lambda post: glimpsing.look(post.pk, ask=ask)


def carded(post):
    post.refresh_from_db()
    return json.loads(post.card) if post.card else None


def test_a_post_shows_what_its_link_leads_to(them, look, ines, topic):
    post = ines.replies(topic, f"Look: {them.url('/ferns')}#now")
    look(post)
    card = carded(post)
    assert (card["title"], card["words"], card["host"]) == (
        "Ferns & friends",
        "Moss, too.",
        "stranger.example",
    )
    assert card["url"] == f"{them.url('/ferns')}#now"
    picture = Picture.objects.get(public_id=card["picture"]["public_id"])
    assert (picture.guard, picture.subject, picture.persona) == (guards.CARD, post.pk, None)
    page = ines.browser().get(topic.path).content.decode()
    assert "Ferns &amp; friends" in page
    assert f"/m/{picture.public_id}/" in page
    assert "stranger.example" not in page.replace(f'href="{them.url("/ferns")}#now"', "").replace(
        ">stranger.example<", ""
    ).replace(f">{them.url('/ferns')}#now<", "")


def test_the_task_is_asked_for_when_the_post_goes_out_and_only_then(
    ines, moss, circle, topic, django_capture_on_commit_callbacks
):
    def asked():
        return DBTaskResult.objects.filter(queue_name="errands").count()

    with django_capture_on_commit_callbacks(execute=True):
        ines.replies(topic, "No link at all.")
        ines.replies(topic, "`https://a.example/` and <mailto:a@b.example>")
    assert asked() == 0
    with django_capture_on_commit_callbacks(execute=True):
        ines.replies(topic, "https://a.example/")
    assert asked() == 1


def test_the_picture_is_for_whoever_reads_the_post(them, look, ines, moss, wren, topic):
    post = ines.replies(topic, them.url("/ferns"))
    look(post)
    path = f"/m/{carded(post)['picture']['public_id']}/320.webp"
    assert ines.browser().get(path).status_code == 200
    assert wren.browser().get(path).status_code == 404
    assert wren.browser().get("/m/bbbbbbbbbbbbbbbbbbbbbb/320.webp").status_code == 404


def test_what_fails_is_not_heard_of(them, look, ines, topic):
    for path in ("/none", "/drip", "/private"):
        them.leads("/private", "http://u:p@stranger.example/")
        post = ines.replies(topic, them.url(path))
        look(post)
        assert carded(post) is None
        asked = len(them.asked)
        look(post)
        assert len(them.asked) == asked, "not again and again"


def test_without_its_picture_a_page_is_still_shown(them, look, ines, topic):
    for bad in (b"no picture", b"GIF89a" + b"\0" * 40, strangers.bomb(6_000_000)):
        them.page("/bad.png", bad, Content_Type="image/png")
        them.page(
            "/bad", f'<title>x</title><meta property="og:image" content="/bad.png?{len(bad)}">'
        )
        them.pages[f"/bad.png?{len(bad)}"] = them.pages["/bad.png"]
        post = ines.replies(topic, them.url(f"/bad#{len(bad)}"))
        Glimpse.objects.all().delete()
        look(post)
        assert carded(post)["picture"] is None
    assert not Picture.objects.exists()


def test_nobody_looks_where_that_is_not_wanted(them, look, ines, circle, topic, settings):
    settings.LINK_PREVIEWS = False
    look(ines.replies(topic, them.url("/ferns")))
    settings.LINK_PREVIEWS = True
    own = ines.replies(topic, f"{glimpsing.public_origin()}/c/somewhere/")
    look(own)
    late = ines.replies(topic, them.url("/ferns"))
    Post.objects.filter(pk=late.pk).update(published_at=timezone.now() - timedelta(hours=2))
    look(late)
    circle.sensitive = True
    circle.save()
    look(ines.replies(topic, them.url("/ferns")))
    assert them.asked == []


def test_a_community_that_becomes_sensitive_puts_its_previews_away(them, look, ines, circle, topic):
    post = ines.replies(topic, them.url("/ferns"))
    look(post)
    assert carded(post)
    shaping.reshape(circle, by=ines.here(circle), sensitive=True)
    assert carded(post) is None
    assert not Picture.objects.exists()
    assert post.rev > 0


def test_its_author_and_a_host_may_put_it_away_and_nobody_else(
    them, look, ines, moss, juno, circle, topic
):
    moss.joins(circle, ines)
    juno.joins(circle, ines)
    post = moss.replies(topic, them.url("/ferns"))
    look(post)
    carded(post)
    with pytest.raises(Refused):
        glimpsing.put_away(post, by=juno.here(circle))
    for who in (moss, ines):
        Glimpse.objects.all().delete()
        Post.objects.filter(pk=post.pk).update(card="")
        look(post)
        assert carded(post)
        answer = who.browser().post(f"{post.path}preview-removal/")
        assert (answer.status_code, carded(post)) == (302, None)
    assert not Picture.objects.filter(guard=guards.CARD).exists()
    look(post)
    assert carded(post) is None, "it does not come back"
    posting.edit(post, by=moss.here(circle), source=f"{them.url('/ferns')} again")
    look(post)
    assert carded(post) is None, "nor with other words around it"
    them.page("/moss", "<title>Moss</title>")
    posting.edit(post, by=moss.here(circle), source=them.url("/moss"))
    look(post)
    assert carded(post)["title"] == "Moss"


def test_an_edit_takes_the_preview_of_another_link_along(them, look, ines, circle, topic):
    post = ines.replies(topic, them.url("/ferns"))
    look(post)
    posting.edit(post, by=ines.here(circle), source="No link any more.")
    assert carded(post) is None
    assert not Picture.objects.exists()
    assert not Glimpse.objects.exists()


def test_what_is_taken_back_removed_or_erased_takes_it_along(them, look, ines, moss, circle, topic):
    moss.joins(circle, ines)
    one, two, three = (moss.replies(topic, them.url("/ferns")) for _ in range(3))
    for each in (one, two, three):
        look(each)
    posting.retract(one, by=moss.here(circle))
    assert carded(one) is None
    two.refresh_from_db()
    two.conversation = Conversation.objects.select_related("community__parent").get(pk=topic.pk)
    keeping_order.remove_post(two, by=ines.here(circle), rule=None, sentence="No.")
    assert (
        "Ferns"
        not in moss.browser().get(topic.path).content.decode().split(f"p-{two.public_id}")[1][:900]
    )
    two.refresh_from_db()
    path = f"/m/{json.loads(two.card)['picture']['public_id']}/320.webp"
    assert (ines.browser().get(path).status_code, moss.browser().get(path).status_code) == (
        200,
        404,
    )
    erasing.erase_words(moss.here(circle).pk)
    assert (carded(two), carded(three), Picture.objects.count()) == (None, None, 0)


def test_the_same_link_is_asked_once_where_its_author_reads_both(
    them, look, ines, moss, circle, topic
):
    moss.joins(circle, ines)
    first = ines.replies(topic, them.url("/ferns"))
    look(first)
    asked = len(them.asked)
    again = moss.replies(topic, f"As said: {them.url('/ferns')}#other")
    look(again)
    assert len(them.asked) == asked
    assert carded(again)["url"].endswith("#other")
    assert carded(again)["picture"]["public_id"] != carded(first)["picture"]["public_id"]
    posting.retract(first, by=ines.here(circle))
    path = f"/m/{carded(again)['picture']['public_id']}/320.webp"
    assert moss.browser().get(path).status_code == 200
    Glimpse.objects.update(looked_at=timezone.now() - timedelta(days=1))
    look(ines.replies(topic, them.url("/ferns")))
    assert len(them.asked) == asked + 2, "what is old is looked at anew"


def test_a_quick_answer_never_tells_what_was_said_elsewhere(them, look, ines, moss, circle, topic):
    """Another community, or a topic that this author does not read: asked anew, as if first."""
    moss.joins(circle, ines)
    elsewhere = ines.founds(name="Elsewhere")
    there = ines.starts(elsewhere, "There", them.url("/ferns"))
    look(there.posts.get())
    hidden = ines.starts(circle, "Before", them.url("/ferns"))
    Conversation.objects.filter(pk=hidden.pk).update(
        circle=Circle.objects.create(community=circle, name="Hosts")
    )
    look(hidden.posts.get())
    asked = len(them.asked)
    look(moss.replies(topic, them.url("/ferns")))
    assert len(them.asked) == asked + 2


@pytest.mark.parametrize("voice", [Voice.MEMBER, Voice.HOSTS])
def test_a_post_without_a_name_shows_nothing_of_what_its_author_reads(
    them, look, ines, circle, topic, voice
):
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    look(ines.replies(topic, them.url("/ferns")))
    them.page("/ferns", "<title>Ferns in autumn</title>")
    nameless = ines.replies(topic, them.url("/ferns"), voice=voice)
    look(nameless)
    assert carded(nameless)["title"] == "Ferns in autumn"


def test_what_was_changed_meanwhile_shows_nothing_of_the_old_link(them, ines, circle, topic):
    post = ines.replies(topic, them.url("/ferns"))

    def ask(url, **more):
        found = Post.objects.select_related("conversation__community").get(pk=post.pk)
        posting.edit(found, by=ines.here(circle), source="Never mind.")
        return fetch(url, guard=them.guard(), **more)

    glimpsing.look(post.pk, ask=ask)
    assert carded(post) is None
    assert not Picture.objects.exclude(guard="").exists()


def test_where_previews_were_turned_off_or_from_where_it_went_meanwhile_none_appears(
    them, ines, circle, topic
):
    there = ines.founds("There")

    def gone():
        Conversation.objects.filter(pk=topic.pk).update(community=there)

    def shut():
        Conversation.objects.filter(pk=topic.pk).update(community=circle)
        shaping.reshape(circle, by=ines.here(circle), sensitive=True)

    for meanwhile in (gone, shut):
        Conversation.objects.filter(pk=topic.pk).update(community=circle)
        post = ines.replies(topic, them.url("/ferns"))

        def ask(url, meanwhile=meanwhile, **more):
            meanwhile()
            return fetch(url, guard=them.guard(), **more)

        glimpsing.look(post.pk, ask=ask)
        assert them.asked
        assert carded(post) is None, meanwhile.__name__
        assert not Picture.objects.exclude(guard="").exists()


def test_open_pages_hear_of_it(them, look, ines, topic):
    post = ines.replies(topic, them.url("/ferns"))
    before = reads.point_of(Conversation.objects.get(pk=topic.pk))
    look(post)
    changed = reads.changes(
        Conversation.objects.select_related("community").get(pk=topic.pk), before
    )
    assert [row["body"]["id"] for row in changed.rows] == [post.public_id]
    assert "card-link" in changed.rows[0]["body"]["html"]


def test_a_page_asks_no_more_for_it(them, look, ines, topic):
    browser = ines.browser()
    post = ines.replies(topic, them.url("/ferns"))
    browser.get(topic.path)
    with CaptureQueriesContext(
        connection,
    ) as before:
        browser.get(topic.path)
    look(post)
    with CaptureQueriesContext(connection) as after:
        assert "card-link" in browser.get(topic.path).content.decode()
    assert len(after) == len(before)


def test_the_worker_carries_the_errand(
    them, ines, topic, monkeypatch, django_capture_on_commit_callbacks
):
    def ask(url, **more):
        return fetch(url, guard=them.guard(), **more)

    monkeypatch.setitem(glimpsing.look.__kwdefaults__, "ask", ask)
    with django_capture_on_commit_callbacks(execute=True):
        post = ines.replies(topic, them.url("/ferns"))
    assert queue.run_next("worker", ["errands"])
    assert carded(post)["title"] == "Ferns & friends"
    assert outgoing.Guard().allows("127.0.0.1") is False
