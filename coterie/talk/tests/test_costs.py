"""A page costs as many queries for many rows as for few, and a broadcast post the same bytes."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from coterie.communities.models import Community
from coterie.talk import reads
from coterie.talk.actions import keeping_order, posting, reacting
from coterie.talk.models import Conversation, Voice
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db


def queries(act):
    with CaptureQueriesContext(connection) as caught:
        act()
    return len(caught)


def told(person, conversation):
    found = Conversation.objects.visible_to(person.viewer).with_seen(person.viewer)
    return found.select_related("community__parent").get(pk=conversation.pk)


def grow(ines, moss, circle, topic, many):
    """Topics and posts of every kind, with answers and reactions."""
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    for number in range(many):
        other = ines.starts(circle, f"Topic {number}")
        first = moss.replies(other, reply_to=other.posts.get())
        reacting.react(first, by=ines.here(circle), emoji="💛")
        if number % 3 == 0:
            keeping_order.pin(other, by=ines.here(circle))
        post = moss.replies(topic, reply_to=topic.posts.get(seq=1), voice=Voice.MEMBER)
        reacting.react(post, by=ines.here(circle), emoji="👀")
        if number % 4 == 0:
            posting.retract(post, by=moss.here(circle))


@pytest.mark.parametrize("blocks", [False, True])
def test_pages_cost_the_same_for_few_rows_and_for_many(ines, moss, juno, circle, topic, blocks):
    from coterie.communities.actions import keeping_away

    moss.joins(circle, ines)
    juno.joins(circle, ines)
    if blocks:
        keeping_away.mute(ines.seat(circle), by=juno.here(circle))
    costs = []
    for many in (3, 15):
        grow(ines, moss, circle, topic, many)
        viewer = juno.viewer
        conversation = told(juno, topic)
        costs.append(
            (
                queries(lambda v=viewer: reads.topics(v, circle)),
                queries(lambda v=juno.viewer, c=conversation: reads.topic(v, c)),
                queries(lambda v=juno.viewer, c=conversation: reads.people(v, c)),
                queries(lambda v=juno.viewer: reads.unread_by_community(v)),
                queries(lambda v=juno.viewer: reads.unread_topics(v)),
            )
        )
    assert costs[0] == costs[1]
    assert max(costs[1]) <= 8


def test_a_whole_request_for_a_page_costs_the_same(ines, moss, circle, topic):
    moss.joins(circle, ines)
    browser = moss.browser()
    paths = [circle.path, f"{topic.path}?start", topic.posts.get().path, "/talk/"]
    counted = []
    for many in (3, 15):
        grow(ines, moss, circle, topic, many)
        for path in paths:
            browser.get(path)
        counted.append([queries(lambda p=path: browser.get(p)) for path in paths])
    assert counted[0] == counted[1]


def test_a_topic_page_takes_eight_queries_at_most_whoever_looks(ines, moss, juno, circle, topic):
    """A member, a host, who keeps somebody away, and who has an answer that is not out yet."""
    from coterie.communities.actions import keeping_away

    for person in (moss, juno):
        person.joins(circle, ines)
    grow(ines, moss, circle, topic, 5)
    keeping_away.mute(ines.seat(circle), by=juno.here(circle))
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    juno.starts_to_say(topic, "Not out yet.")
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    moss.replies(topic, "A host has to look.")
    for person in (ines, moss, juno):
        browser = person.browser()
        browser.get(topic.path)  # what is read now is not noted again
        assert queries(lambda b=browser: b.get(topic.path)) <= 8
    assert b"Not out yet." in browser.get(topic.path).content
    assert b"A host has to look." in ines.browser().get(topic.path).content


def test_saying_something_costs_the_same_however_many_are_here(ines, moss, juno, circle, topic):
    moss.joins(circle, ines)
    ines.replies(topic)
    few = queries(lambda: moss.replies(topic))
    for number in range(6):
        type(juno)(f"guest{number}").joins(circle, ines)
    for _ in range(5):
        ines.replies(topic)
    assert queries(lambda: moss.replies(topic)) == few


def posts_of_every_kind(ines, moss, circle, topic):
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    moss.replies(topic, "**named**", reply_to=topic.posts.get(seq=1))
    moss.replies(topic, "anonymous", voice=Voice.MEMBER)
    ines.replies(topic, "hosts", voice=Voice.HOSTS)
    posting.retract(moss.replies(topic), by=moss.here(circle))
    keeping_order.remove_post(moss.replies(topic), by=ines.here(circle))
    edited = moss.replies(topic, "once")
    posting.edit(edited, by=moss.here(circle), source="twice")
    reacting.react(edited, by=moss.here(circle), emoji="💛")
    reacting.react(edited, by=ines.here(circle), emoji="💛")


def test_a_post_has_the_same_bytes_for_every_reader_and_language(
    ines, moss, juno, wren, circle, topic
):
    moss.joins(circle, ines)
    juno.joins(circle, ines)
    posts_of_every_kind(ines, moss, circle, topic)
    Conversation.objects.filter(pk=topic.pk).update(see="everyone")
    rendered = set()
    for person in (ines, moss, juno, wren):
        for language in ("en", "de", "ar", "pt-br"):
            with override(language):
                page = reads.topic(person.viewer, told(person, topic), whole=True)
                rendered.add(
                    "".join(render_to_string("talk/_post.html", {"post": p}) for p in page.posts)
                )
    assert len(rendered) == 1
    html = rendered.pop()
    assert html.count("<article") == 7
    for control in ("<form", "<button", "csrf", "nonce", "is-mine", "aria-pressed"):
        assert control not in html


def test_every_word_that_a_post_leaves_to_the_page_is_said_in_its_stylesheet(
    client, ines, moss, circle, topic
):
    import re
    from pathlib import Path

    from coterie.talk.models import TOMBSTONES

    sheet = client.get("/talk/words-en.css").content.decode()
    partial = Path(__file__).parent.parent / "templates/talk/_post.html"
    words = set(re.findall(r'data-word="([a-z]+)"', partial.read_text()))
    words |= {
        "held",
        "scheduled",
        "hosts",
        "member",
        "former",
        "host",
        "moderator",
        *map(str, TOMBSTONES),
    }
    assert len(words) > 8
    for word in words:
        assert re.search(rf'\[data-word="{word}"\]::before{{content:"[^"]+"}}', sheet), word
    assert client.get("/talk/words-xx.css").status_code == 404


def test_no_translation_breaks_out_of_the_stylesheet(monkeypatch):
    from coterie.talk.views.words import quoted

    assert quoted('a"}b\\c\n;') == '"a\\22 \\7d b\\5c c\\a \\3b "'


def test_the_reads_know_nothing_of_an_instance(ines, circle, topic):
    rows = [
        *reads.topics(ines.viewer, circle).rows,
        *reads.topic(ines.viewer, told(ines, topic)).posts,
    ]
    for row in rows:
        assert not [value for value in row.values() if hasattr(value, "_meta")]
    assert "persona_id" not in str(rows)
    assert str(ines.here(circle).pk) not in str(rows)
    assert fresh(topic).last_seq == 1
