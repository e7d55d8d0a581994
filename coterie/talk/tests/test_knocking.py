"""How often this house goes and looks behind links, and that nobody can make it go on and on."""

import json
import time
from functools import partial
from io import BytesIO

import pytest
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult

from coterie.communities.models import Community
from coterie.core import queue
from coterie.media.tests.conftest import shelf  # noqa: F401
from coterie.media.tests.photos import scene
from coterie.pure.outgoing import Silent, fetch
from coterie.pure.tests import strangers
from coterie.talk.actions import glimpsing, knocking, posting
from coterie.talk.models import Voice

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(them):
    def ask(url, **more):
        return fetch(url, guard=them.guard(seconds=0.5), **more)

    return lambda post: glimpsing.look(post.pk, ask=ask)


@pytest.fixture
def streets(monkeypatch):
    """As if each name stood at an address of its own."""
    counted = knocking.too_often

    def by_name(what, who, **more):
        return counted(what, who, **more) and who != knocking._short(strangers.HERE)

    monkeypatch.setattr(knocking, "too_often", by_name)


def titles(*posts):
    for post in posts:
        post.refresh_from_db()
    return [json.loads(post.card)["title"] if post.card else "" for post in posts]


def test_what_was_not_looked_at_keeps_nobody_from_looking(
    them, look, ines, moss, circle, topic, monkeypatch
):
    moss.joins(circle, ines)
    monkeypatch.setattr(knocking, "MOST_OF_A_PERSONA", 0)
    look(moss.replies(topic, them.url("/ferns")))
    monkeypatch.setattr(knocking, "MOST_OF_A_PERSONA", 1)
    other = ines.replies(topic, them.url("/ferns"))
    look(other)
    assert titles(other) == ["Ferns & friends"]


def test_one_member_has_so_many_looks_an_hour_and_takes_nobody_elses(
    them, look, streets, ines, moss, circle, topic, monkeypatch
):
    monkeypatch.setattr(knocking, "MOST_OF_A_PERSONA", 3)
    moss.joins(circle, ines)
    url = them.url
    posts = [moss.replies(topic, url("/ferns", f"s{n}.example")) for n in range(5)]
    for each in posts:
        look(each)
    assert titles(*posts) == ["Ferns & friends"] * 3 + ["", ""]
    assert len(them.asked) == 3
    other = ines.replies(topic, url("/ferns", "other.example"))
    look(other)
    assert titles(other) == ["Ferns & friends"]


def test_no_missing_preview_tells_who_speaks_without_a_name(
    them, look, streets, ines, moss, circle, topic, monkeypatch
):
    monkeypatch.setattr(knocking, "MOST_OF_A_PERSONA", 1)
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    moss.joins(circle, ines)
    url = them.url
    own = [moss.replies(topic, url("/ferns", f"s{n}.example")) for n in range(2)]
    nameless = moss.replies(topic, url("/ferns", "other.example"), voice=Voice.MEMBER)
    more = moss.replies(topic, url("/ferns", "more.example"), voice=Voice.MEMBER)
    for each in (*own, nameless, more):
        look(each)
    assert titles(*own) == ["Ferns & friends", ""]
    assert titles(nameless, more) == ["Ferns & friends", ""]


def test_a_host_is_asked_so_often_a_minute_by_the_whole_house(
    them, look, ines, moss, circle, topic, monkeypatch
):
    monkeypatch.setattr(knocking, "MOST_AT_A_HOST", 2)
    moss.joins(circle, ines)
    for n, who in enumerate((ines, moss)):
        look(who.replies(topic, them.url(f"/{n}")))
    with pytest.raises(knocking.TooOften):
        look(moss.replies(topic, them.url("/2")))
    # Many names for one machine are one machine.
    with pytest.raises(knocking.TooOften):
        look(moss.replies(topic, them.url("/ferns", "another.example")))
    assert len(them.asked) == 2


def test_a_detour_does_not_hide_where_it_leads(them, look, streets, ines, topic, monkeypatch):
    monkeypatch.setattr(knocking, "MOST_AT_A_HOST", 2)
    for n in range(2):
        them.leads(f"/away{n}", them.url("/ferns", "victim.example"))
        look(ines.replies(topic, them.url(f"/away{n}", f"detour{n}.example")))
    them.leads("/away2", them.url("/ferns", "VICTIM.example."))
    with pytest.raises(knocking.TooOften):
        look(ines.replies(topic, them.url("/away2", "detour2.example")))
    assert [path for path, _heads in them.asked].count("/ferns") == 2


def test_what_was_asked_too_often_is_looked_at_a_minute_later(
    them, ines, topic, monkeypatch, django_capture_on_commit_callbacks
):
    ask = partial(fetch, guard=them.guard())
    monkeypatch.setitem(glimpsing.look.__kwdefaults__, "ask", ask)
    monkeypatch.setattr(knocking, "MOST_AT_A_HOST", 0)
    with django_capture_on_commit_callbacks(execute=True):
        post = ines.replies(topic, them.url("/ferns"))
    assert queue.run_next("worker", ["errands"])
    assert not queue.run_next("worker", ["errands"]), "not at once"
    monkeypatch.setattr(knocking, "MOST_AT_A_HOST", 20)
    again = DBTaskResult.objects.filter(queue_name="errands").exclude(run_after=None)
    again.filter(status="READY").update(run_after=post.created_at)
    assert queue.run_next("worker", ["errands"])
    assert titles(post) == ["Ferns & friends"]


def test_a_picture_that_was_asked_for_too_often_comes_a_minute_later(
    them, look, streets, ines, topic, monkeypatch
):
    out = BytesIO()
    scene(400, 200).save(out, "PNG")
    them.page("/fern.png", out.getvalue(), Content_Type="image/png")
    drawn = them.url("/fern.png", "pictures.example")
    them.page("/drawn", f'<title>Ferns</title><meta property="og:image" content="{drawn}">')
    post = ines.replies(topic, them.url("/drawn"))
    monkeypatch.setattr(knocking, "MOST_AT_A_HOST", 1)
    knocking.too_often("knocks", knocking._short("pictures.example"), most=1)
    with pytest.raises(knocking.TooOften):
        look(post)
    assert titles(post) == [""]
    monkeypatch.setattr(knocking, "MOST_AT_A_HOST", 20)
    look(post)
    assert titles(post) == ["Ferns"]
    assert json.loads(post.card)["picture"]


def test_a_picture_whose_host_rests_is_not_waited_for(them, look, ines, topic):
    them.page("/enough", status=429)
    for n in range(2):
        picture = them.url("/enough", "pictures.example")
        them.page(f"/{n}", f'<title>Ferns</title><meta property="og:image" content="{picture}">')
        post = ines.replies(topic, them.url(f"/{n}"))
        look(post)
        assert titles(post) == ["Ferns"]
    assert [path for path, _heads in them.asked] == ["/0", "/enough", "/1"]


def test_a_host_that_is_named_by_its_long_address_rests_too(ines, topic):
    cache.clear()
    asked = []

    def ask(url, *, knock, **_more):
        knock("2a00:1450:4001:1::1")
        asked.append(url)
        raise Silent("2a00:1450:4001:1::1", "it has had enough")

    for n in range(2):
        post = ines.replies(topic, f"<http://[2a00:1450:4001:1::1]/{n}>")
        glimpsing.look(post.pk, ask=ask)
    assert asked == ["http://[2a00:1450:4001:1::1]/0"]


@pytest.mark.parametrize("told", [{"status": 429}, {"status": 503, "Retry_After": "60"}])
def test_a_host_that_has_had_enough_is_left_alone_for_an_hour(them, look, ines, topic, told):
    them.page("/bad", **told)
    look(ines.replies(topic, them.url("/bad")))
    assert len(them.asked) == 1
    well = ines.replies(topic, them.url("/ferns"))
    look(well)
    assert (titles(well), len(them.asked)) == ([""], 1)
    cache.clear()
    later = ines.replies(topic, them.url("/ferns"))
    look(later)
    assert titles(later) == ["Ferns & friends"]


@pytest.mark.parametrize("how", ["drips", "breaks", "hangs up", "is ill", "rests", "is no gzip"])
def test_a_page_that_fails_takes_no_other_page_of_its_host(them, look, ines, topic, how):
    them.drips("/drips")
    them.page("/breaks", "half", Content_Length="4000")
    them.pages["/hangs up"] = lambda _handler: None
    them.page("/is ill", status=500)
    them.page("/rests", status=503)
    them.page("/is no gzip", b"no gzip", Content_Encoding="gzip")
    them.pages["/bad"] = them.pages[f"/{how}"]
    look(ines.replies(topic, them.url("/bad")))
    well = ines.replies(topic, them.url("/ferns"))
    look(well)
    assert (titles(well), len(them.asked)) == (["Ferns & friends"], 2)


@pytest.mark.parametrize("slow", [True, False])
def test_whoever_leads_to_a_host_silences_only_themselves(them, ines, topic, slow):
    """A slow page that leads on leaves the next host no time; nor is it asked where nobody is."""
    resolve = them.guard().resolve

    def led(host, port, **more):
        if slow and host == "victim.example":
            time.sleep(0.3)
        return [] if not slow and host == "victim.example" else resolve(host, port, **more)

    guard = them.guard(seconds=0.2, resolve=led)
    them.leads("/away", them.url("/ferns", "victim.example"))
    away = ines.replies(topic, them.url("/away", "attacker.example"))
    glimpsing.look(away.pk, ask=partial(fetch, guard=guard))
    well = ines.replies(topic, them.url("/ferns", "victim.example"))
    glimpsing.look(well.pk, ask=partial(fetch, guard=them.guard()))
    assert titles(away, well) == ["", "Ferns & friends"]


def test_a_host_that_takes_no_line_is_left_alone_unless_it_had_no_time(them, look, ines, topic):
    knocked = []

    def none(host, port, **_more):
        knocked.append(host)
        return []

    def late(host, port, **more):
        time.sleep(0.2)
        return them.guard().resolve(host, port, **more)

    def looks(path, **more):
        post = ines.replies(topic, them.url(path))
        glimpsing.look(post.pk, ask=partial(fetch, guard=them.guard(**more)))
        return titles(post)

    looks("/0", resolve=late, seconds=0.1)
    assert looks("/ferns") == ["Ferns & friends"]
    looks("/1", resolve=none)
    looks("/2", resolve=none)
    assert knocked == ["stranger.example"]


def test_a_page_that_is_not_there_says_nothing_about_its_host(them, look, ines, topic):
    look(ines.replies(topic, them.url("/gone")))
    well = ines.replies(topic, them.url("/ferns"))
    look(well)
    assert titles(well) == ["Ferns & friends"]


def test_of_a_post_whose_link_changes_on_and_on_a_few_are_looked_at(
    them, look, ines, circle, topic
):
    post = ines.replies(topic, them.url("/0"))
    for n in range(9):
        posting.edit(post, by=ines.here(circle), source=f"{them.url(f'/{n}')} and more")
        look(post)
    assert len(them.asked) == knocking.MOST_OF_A_POST


def test_of_all_links_in_a_post_only_the_first_is_looked_at(them, look, ines, topic):
    look(ines.replies(topic, " ".join(them.url(f"/{n}") for n in range(50))))
    assert [path for path, _heads in them.asked] == ["/0"]


def test_a_street_of_long_addresses_is_one_house():
    one, two, far = ("2a00:1450:4001:1::1", "2a00:1450:4001:1::ffff", "2a00:1450:4001:2::1")
    assert knocking._neighbourhood(one) == knocking._neighbourhood(two)
    assert knocking._neighbourhood(one) != knocking._neighbourhood(far)
