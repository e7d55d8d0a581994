"""The pages of talk, as a browser without scripts gets them."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from coterie.accounts.models import Account
from coterie.accounts.tests.people import code_for
from coterie.communities.models import Community
from coterie.talk import reads
from coterie.talk.actions import keeping_order, posting, reacting, reading
from coterie.talk.models import Conversation, Post, PostState, Voice
from coterie.talk.tests.speaking import fresh, seven_seconds_pass

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(ines, moss, circle):
    moss.joins(circle, ines)
    return moss


def changes(browser, post, **words):
    """The form of this post's words is opened and sent with these."""
    page = text(browser.get(f"{post.path}words/"))
    drawn = re.search(r'name="as_drawn" value="([^"]+)"', page)[1]
    return browser.post(f"{post.path}words/", {"as_drawn": drawn} | words)


def hidden_key(html):
    return re.search(r'name="client_key" value="([^"]+)"', html)[1]


def text(response):
    return response.content.decode()


def said(response):
    """Without what stands beside it: the community's home shows there who is a member."""
    return text(response).split("<aside")[0]


def test_a_topic_is_started_read_answered_and_found_again(ines, member, circle):
    browser = ines.browser()
    form = browser.get(f"{circle.path}topics/new/")
    assert "You speak as this persona" in text(form)
    sent = {"title": "Moths", "source": "Holes *everywhere*", "client_key": hidden_key(text(form))}
    assert browser.post(f"{circle.path}topics/new/", sent).status_code == 302
    landed = browser.post(f"{circle.path}topics/new/", sent)
    topic = Conversation.objects.get(kind="topic")
    assert landed["Location"] == topic.path
    other = member.browser()
    assert "Moths" not in text(other.get(circle.path))
    seven_seconds_pass()
    listed = other.get(circle.path)
    assert "Moths" in text(listed)
    assert "1 new" in text(listed)
    page = other.get(topic.path)
    assert "<em>everywhere</em>" in text(page)
    key = hidden_key(text(page))
    answer = other.post(f"{topic.path}posts/", {"source": "Cedar.", "client_key": key})
    again = other.post(f"{topic.path}posts/", {"source": "Cedar.", "client_key": key})
    post = Post.objects.get(conversation=topic, persona=member.here(circle))
    assert (
        answer["Location"]
        == again["Location"]
        == f"{topic.path}?at={post.public_id}#p-{post.public_id}"
    )
    seven_seconds_pass()
    assert "Cedar." in text(browser.get(answer["Location"]))


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(ines, circle, topic):
    browser = ines.browser()
    keeping_order.lock(topic, by=ines.here(circle))
    answered = browser.post(f"{topic.path}posts/", {"source": "  ", "client_key": "k"})
    assert answered.status_code == 422
    assert "Write something first." in text(answered)
    new = browser.post(f"{circle.path}topics/new/", {"source": "Kept words", "client_key": "k"})
    assert new.status_code == 422
    assert "Give it a title." in text(new)
    assert "Kept words" in text(new)
    assert hidden_key(text(new)) == "k"


def test_a_rule_that_refuses_keeps_the_words(ines, member, circle, topic):
    keeping_order.lock(topic, by=ines.here(circle))
    answered = member.browser().post(
        f"{topic.path}posts/", {"source": "My long answer", "client_key": "k"}
    )
    assert answered.status_code == 422
    assert "locked" in text(answered)
    assert "My long answer" in text(answered)


def test_opening_a_topic_reads_it_and_fetching_it_ahead_does_not(ines, member, circle, topic):
    browser = member.browser()
    browser.get(topic.path)
    ines.replies(topic, "News")
    browser.get(topic.path, headers={"Sec-Purpose": "prefetch"})
    assert "1 new" in text(browser.get(circle.path))
    assert "1 new" in text(browser.get("/talk/"))
    page = text(browser.get(topic.path))
    # One stands in a template, for posts that arrive while nobody looks.
    assert page.count("New since you were here") == 2
    assert "1 new" not in text(browser.get(circle.path))
    assert "You have read everything" in text(browser.get("/talk/"))
    assert text(browser.get(topic.path)).count("New since you were here") == 1


def test_everything_can_be_marked_as_read(ines, member, circle, topic):
    ines.replies(topic)
    browser = member.browser()
    assert browser.post(f"{circle.path}read/").status_code == 302
    assert "1 new" not in text(browser.get(circle.path))


def test_a_long_topic_is_paged_both_ways_and_every_post_has_its_place(ines, circle, topic):
    for number in range(2, 61):
        ines.replies(topic, f"number {number}.")
    browser = ines.browser()

    def shown(path):
        return [int(n) for n in re.findall(r"<p[^>]*>number (\d+)\.", text(browser.get(path)))]

    first = shown(f"{topic.path}?start")
    assert first == list(range(2, 21))
    assert shown(topic.path) == list(range(41, 61))
    twentieth = Post.objects.get(conversation=topic, seq=20)
    assert shown(f"{topic.path}?after={twentieth.public_id}") == list(range(21, 41))
    assert shown(f"{topic.path}?before={twentieth.public_id}") == list(range(2, 20))
    thirtieth = Post.objects.get(conversation=topic, seq=30)
    assert shown(f"{topic.path}?at={thirtieth.public_id}") == list(range(10, 50))
    assert shown(f"{topic.path}?at=nothing") == list(range(41, 61))


def test_a_page_begins_where_the_reader_left_off(ines, member, circle, topic):
    for number in range(2, 41):
        ines.replies(topic, f"number {number}.")
    from coterie.talk.actions import reading

    reading.read_up_to(topic, by=member.here(circle), seq=30)
    page = text(member.browser().get(topic.path))
    assert "number 27." in page
    assert "number 26." not in page
    seam = page.index("New since you were here")
    assert page.index("number 30.") < seam < page.index("number 31.")


def test_posts_without_seq_are_paged_too(ines, member, circle, topic):
    Community.objects.filter(pk=circle.pk).update(members_meet=False)
    asides = [member.replies(topic, f"aside {number}.") for number in range(30)]
    ines.replies(topic, "For all.")
    browser = ines.browser()
    seen, path = [], f"{topic.path}?start"
    while path:
        page = text(browser.get(path))
        seen += re.findall(r"<p[^>]*>(aside \d+|For all|Three evenings)\.", page)
        more = re.search(r"\?after=\w+", page)
        path = more and f"{topic.path}{more[0]}"
    assert seen == ["Three evenings", *(f"aside {n}" for n in range(30)), "For all"]
    at = text(browser.get(f"{topic.path}?at={asides[25].public_id}"))
    assert "aside 25." in at


def test_a_public_topic_is_read_without_signing_in(ines, circle, topic):
    Community.objects.filter(pk=circle.pk).update(seen_by="everyone", found_by="everyone")
    Conversation.objects.update(see="everyone")
    stranger = Client()
    for path in (circle.path, topic.path, topic.posts.get().path):
        page = stranger.get(path)
        assert page.status_code == 200
        forms = re.findall(r'<form[^>]*action="([^"]*)"', text(page))
        assert forms == ["/language/"]
        assert text(page).count("<form") == 1
    assert "Join to take part" in text(stranger.get(topic.path))
    assert (
        stranger.post(f"{topic.path}posts/", {"source": "x", "client_key": "k"}).status_code == 403
    )


def test_what_one_may_not_see_is_not_there(ines, member, wren, circle, topic):
    post = topic.posts.get()
    Community.objects.filter(pk=circle.pk).update(found_by="nobody")
    nothing = {"c": "c/nothing-here/", "t": "t/bbbbbbbbbbbbbbbbbb/", "p": "p/bbbbbbbbbbbbbbbbbb/"}
    for browser in (Client(), wren.browser()):
        for thing, kind in ((circle, "c"), (topic, "t"), (post, "p")):
            hidden, absent = browser.get(thing.path), browser.get(f"/{nothing[kind]}")
            assert hidden.status_code == absent.status_code == 404
            assert text(hidden) == text(absent).replace(nothing[kind], thing.path[1:])


@pytest.mark.parametrize(("who", "status"), [("moss", 200), ("wren", 404)])
def test_a_link_followed_while_signed_out_is_opened_after_signing_in(
    request, member, topic, who, status
):
    """And shows no more than before to whom it must not."""
    client, person = Client(), request.getfixturevalue(who)
    way = re.search(r'href="(/sign-in/[?]next=[^"]+)"', text(client.get(topic.path)))[1]
    follow = re.search(r'name="next" value="([^"]+)"', text(client.get(way)))[1]
    account = Account.objects.get(pk=person.owner.account_id)
    address = account.email
    EmailAddress.objects.create(user=account, email=address, verified=True, primary=True)
    client.post("/sign-in/", {"login": address, "password": "", "next": follow})
    answer = client.post("/sign-in/code/", {"code": code_for(address), "next": follow})
    assert answer["Location"] == topic.path
    shown = client.get(topic.path)
    assert shown.status_code == status
    assert "next=" not in text(shown)


def test_who_may_find_but_not_see_is_shown_what_it_is_about(ines, wren, circle):
    Community.objects.filter(pk=circle.pk).update(found_by="everyone")
    answer = wren.browser().get(circle.path)
    assert answer["Location"] == f"{circle.path}about/"


def test_held_posts_are_shown_to_their_author_and_the_hosts(ines, member, juno, circle, topic):
    juno.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    held = member.replies(topic, "Held words")
    for person, shown in ((ines, True), (member, True), (juno, False)):
        browser = person.browser()
        assert ("Held words" in text(browser.get(topic.path))) == shown
        assert browser.get(held.path).status_code == (200 if shown else 404)
    assert "Publish it" not in text(member.browser().get(held.path))
    assert "Publish it" in text(ines.browser().get(held.path))
    form = {"as_read": reads.as_read([fresh(held)])[held.pk]}
    assert ines.browser().post(f"{held.path}publication/", form).status_code == 302
    assert "Held words" in text(juno.browser().get(topic.path))


def test_the_posts_own_page_carries_every_control(ines, member, circle, topic):
    post = member.replies(topic, "First words")
    browser, host = member.browser(), ines.browser()
    own, hosts = text(browser.get(post.path)), text(host.get(post.path))
    assert "Change it" in own
    assert "Take it back" in own
    assert "Report it" not in own
    assert "Remove it as a host" not in own
    assert "Report it" in hosts
    assert "Remove it as a host" in hosts
    assert "Change it" not in hosts
    changes(browser, post, source="Second words")
    assert "First words" in text(browser.get(f"{post.path}versions/"))
    assert "Second words" in text(host.get(topic.path))
    host.post(f"{post.path}reactions/", {"emoji": "💛"})
    assert 'data-emoji="💛"' in text(browser.get(topic.path))
    assert 'name="taken" value="💛"' in text(host.get(post.path))
    wrong = host.post(f"{post.path}reactions/", {"emoji": "nice"})
    assert wrong.status_code == 422
    assert "Choose one emoji." in text(wrong)
    host.post(f"{post.path}reactions/", {"taken": "💛"})
    assert 'data-emoji="💛"' not in text(browser.get(topic.path))
    browser.post(f"{post.path}retraction/")
    seven_seconds_pass()
    assert fresh(post).state == PostState.RETRACTED
    assert "Second words" not in text(host.get(topic.path))
    assert 'data-word="retracted"' in text(host.get(topic.path))


def test_a_host_removes_a_post_by_a_rule(ines, member, circle, topic):
    rule = circle.rules.create(place=1, text="No selling.")
    post = member.replies(topic, "Cheap thread!")
    assert member.browser().get(f"{post.path}removal/").status_code == 403
    host = ines.browser()
    assert "No selling." in text(host.get(f"{post.path}removal/"))
    host.post(f"{post.path}removal/", {"rule": rule.pk, "sentence": "Please don't."})
    page = text(member.browser().get(topic.path))
    assert "Cheap thread!" not in page
    assert "No selling." in page
    assert host.post(f"{post.path}restoration/").status_code == 302
    assert "Cheap thread!" in text(member.browser().get(topic.path))


def test_a_host_keeps_a_topic_in_order(ines, member, circle, topic):
    host, browser = ines.browser(), member.browser()
    for act, field in (("lock", "locked_at"), ("pin", "pinned_at")):
        host.post(f"{topic.path}order/", {"as": act})
        assert getattr(fresh(topic), field)
        assert browser.post(f"{topic.path}order/", {"as": f"un{act}"}).status_code == 403
        host.post(f"{topic.path}order/", {"as": f"un{act}"})
        assert not getattr(fresh(topic), field)
    host.post(f"{topic.path}title/", {"title": "A better title"})
    assert fresh(topic).title == "A better title"
    assert browser.get(f"{topic.path}title/").status_code == 404


def test_nothing_on_a_page_ties_two_anonymous_posts_together(ines, member, juno, circle, topic):
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    juno.joins(circle, ines)
    posts = [member.replies(topic, f"Words {n}", voice=Voice.MEMBER) for n in range(2)]
    other = juno.replies(topic, "Words of another", voice=Voice.MEMBER)
    persona = member.here(circle)

    def article(post, html):
        whole = re.search(rf'<article[^>]*id="p-{post.public_id}".*?</article>', html, re.S)[0]
        for own in (post.public_id, *re.findall(r"Words[^<]*", whole)):
            whole = whole.replace(own, "")
        return re.sub(r'data-seq="\d+"|datetime="[^"]*"|\d{4}-\d\d-\d\d \d\d:\d\d', "", whole)

    for reader in (ines, juno, member):
        for path in (f"{topic.path}?start", circle.path, posts[0].path):
            html = said(reader.browser().get(path))
            if reader is not member:
                assert persona.name not in html.replace(f"{reader.name} of", "")
                assert persona.public_id not in html
                assert f"/flower/{persona.seed}.svg" not in html
        page = text(reader.browser().get(f"{topic.path}?start"))
        assert article(posts[0], page) == article(posts[1], page) == article(other, page)


def test_blocking_hides_what_was_said_under_a_name_and_no_anonymous_word(
    ines, member, juno, circle, topic
):
    from coterie.communities.actions import keeping_away

    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    juno.joins(circle, ines)
    named = member.replies(topic, "Under my name")
    member.replies(topic, "Under no name", voice=Voice.MEMBER)
    ines.replies(topic, "In between", reply_to=named)
    ines_topic = member.starts(circle, "Started by the blocked", "words")
    before = text(juno.browser().get(f"{topic.path}?start"))
    assert "Under my name" in before
    keeping_away.block(member.seat(circle), by=juno.here(circle))
    page = text(juno.browser().get(f"{topic.path}?start"))
    assert "Under my name" not in page
    assert "Under no name" in page
    assert "In between" in page
    listed = text(juno.browser().get(circle.path))
    assert "Started by the blocked" not in listed
    assert "Started by the blocked" in text(ines.browser().get(circle.path))
    assert "Started by the blocked" not in text(juno.browser().get("/talk/"))
    assert ines_topic.title
    ines.browser().get(f"{topic.path}?start")
    assert reads.unread_by_community(juno.viewer) == {}
    ines.replies(topic, "Somebody they meet")
    assert reads.unread_by_community(juno.viewer) == {circle.pk: 1}


def test_the_hosts_voice_never_says_which_host(ines, member, circle, topic):
    post = ines.replies(topic, "We decided", voice=Voice.HOSTS)
    persona = ines.here(circle)
    Conversation.objects.filter(pk=topic.pk).update(started_by=None)
    Post.objects.filter(seq=1).update(persona=None)
    browser = member.browser()
    for path in (topic.path, post.path, circle.path):
        page = said(browser.get(path))
        assert persona.name not in page
        assert f"/flower/{persona.seed}.svg" not in page


def test_where_members_do_not_meet_counts_are_bands(ines, member, juno, circle, topic):
    juno.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(members_meet=False)
    post = topic.posts.get()
    for person in (ines, member, juno):
        reacting.react(fresh(post), by=person.here(circle), emoji="💛")
    page = text(juno.browser().get(topic.path))
    assert 'data-emoji="💛">💛</span>' in page
    aside = member.replies(topic, "Only for the hosts")
    assert "Only for the hosts" not in text(juno.browser().get(topic.path))
    assert juno.browser().get(aside.path).status_code == 404
    assert "moss" not in text(juno.browser().get(topic.path)).replace("moss of", "")


PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](http://evil.test/pixel.png)",
    "<a href='data:text/html,x'>x</a>",
    "{{ 7|add:7 }}",
    '"><svg onload=alert(1)>',
    "<style>*{display:none}</style>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_write_runs_nowhere(ines, circle, payload):
    topic = ines.starts(circle, payload[:110], payload)
    post = ines.replies(topic, payload)
    posting.edit(post, by=post.persona, source=f"{payload} again")
    browser = ines.browser()
    paths = (circle.path, topic.path, post.path, f"{post.path}versions/", f"{post.path}words/")
    for path in paths:
        page = text(browser.get(path))
        body = page[page.index("<main") : page.index("</main>")]
        for bad in (
            "<script>alert",
            "onerror=alert(1)>",
            'href="javascript',
            "<svg onload",
            "<style>*",
        ):
            assert bad not in body
        assert 'evil.test/pixel.png"' not in body.replace('href="http://evil.test/pixel.png"', "")
        assert "14" not in body or payload != "{{ 7|add:7 }}" or "{{ 7|add:7 }}" in body


def test_a_page_that_does_not_reach_what_is_new_leads_there(ines, moss, circle, topic):
    moss.joins(circle, ines)
    first = topic.posts.get()
    for number in range(70):
        ines.replies(topic, f"number {number}.")
    reading.read_up_to(fresh(topic), by=moss.here(circle), seq=60)
    page = text(moss.browser().get(f"{topic.path}?at={first.public_id}"))
    assert "To 11 new posts" in page
    assert f'href="{topic.path}#new"' in page
    there = text(moss.browser().get(topic.path))
    assert 'id="new"' in there
    assert "To 11 new posts" not in there
