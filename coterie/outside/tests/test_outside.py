"""Feeds, maps and cards: what is public is there, and of all else nothing."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.test import Client
from PIL import Image

from coterie.communities.actions import inviting, keeping_away, leaving, shaping
from coterie.communities.models import Community
from coterie.media.models import Picture
from coterie.outside.views.maps import LEARNERS
from coterie.pure import cards
from coterie.talk.actions import erasing, keeping_order, noting, pacing, posting, tagging
from coterie.talk.models import Conversation, Post
from coterie.talk.tests.speaking import Speaker, fresh

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def ines(db):
    return Speaker("ines")


@pytest.fixture
def moss(db):
    return Speaker("moss")


@pytest.fixture
def forum(ines):
    return ines.founds("Menders", preset="forum", purpose="We mend & darn.")


@pytest.fixture
def topic(ines, forum):
    return ines.starts(
        forum, "Over the elbow", "Three *evenings*, see https://example.org/?a=1&b=2"
    )


def body(path, **headers):
    answer = Client().get(path, headers=headers)
    assert answer.status_code == 200, path
    return answer.getvalue().decode()


def entries(path):
    return list(ElementTree.fromstring(body(path)).iter(f"{ATOM}entry"))


def locations(path):
    return [each.text for each in ElementTree.fromstring(body(path)).iter(f"{MAP}loc")]


def everything(forum):
    """All that machines are told of a community, and of this place."""
    paths = ["/sitemap.xml", "/sitemap/communities.xml", f"{forum.path}topics.atom"]
    paths += [f"{forum.path}sitemap.xml", f"{forum.path}tags/linen/topics.atom"]
    found = [Client().get(path) for path in paths]
    return "".join(each.getvalue().decode() for each in found if each.status_code == 200)


def test_a_feed_tells_how_each_topic_began(ines, forum, topic):
    feed = ElementTree.fromstring(body(f"{forum.path}topics.atom"))
    assert feed.find(f"{ATOM}title").text == "Menders"
    assert feed.find(f"{ATOM}subtitle").text == "We mend & darn."
    entry = feed.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{topic.open_path}"
    assert entry.find(f"{ATOM}author/{ATOM}name").text == ines.here(forum).name
    said = entry.find(f"{ATOM}content")
    assert said.get("type") == "html"
    assert "<em>evenings</em>" in said.text
    assert 'href="https://example.org/?a=1&amp;b=2"' in said.text
    assert entry.find(f"{ATOM}id").text.startswith("urn:uuid:")


def test_what_is_hidden_or_folded_is_in_no_feed(ines, forum):
    ines.starts(forum, "Who", "It was ||the butler||. #whodunit")
    ines.starts(forum, "Eyes", "It has eight eyes.", note="spiders")
    told = everything(forum)
    assert "the butler" not in told
    assert "eight eyes" not in told
    feed = body(f"{forum.path}topics.atom")
    assert "It was […]." in feed
    assert "⚠ spiders" in feed
    assert "/tags/whodunit/" in feed


def test_photos_behind_a_note_are_told_to_no_machine(ines, forum):
    by, size = ines.here(forum), {"width": 40, "height": 30, "bytes": 1}
    shown, folded = (Picture.objects.create(persona=by, community=forum, **size) for _ in range(2))
    mild = ines.starts(forum, "Ears", "Two.", photos=[shown.public_id])
    noted = ines.starts(forum, "Eyes", "Eight.", note="spiders", photos=[folded.public_id])
    feed = body(f"{forum.path}topics.atom")
    assert (shown.public_id in feed, folded.public_id in feed) == (True, False)
    told, withheld = (
        body(topic.open_path).split("ld+json")[1].split("</script>")[0] for topic in (mild, noted)
    )
    assert shown.public_id in told
    assert folded.public_id not in withheld


def test_the_same_feed_is_not_sent_twice(ines, forum, topic, settings):
    settings.PUBLIC_URL = "https://home.example"
    path = f"{forum.path}topics.atom"
    first = Client().get(path)
    assert first["Cache-Control"] == "public, max-age=300"
    assert not first.cookies
    assert "Vary" not in first or "Cookie" not in first["Vary"]
    assert Client().get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    ines.starts(forum, "Another", "Words.")
    assert Client().get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_whoever_asks_by_the_day_is_told_of_words_that_were_folded_or_taken_back(
    ines, moss, forum, topic
):
    moss.joins(forum, ines)
    said = moss.starts(forum, "Eyes", "It has eight eyes.").posts.get()
    path = f"{forum.path}topics.atom"
    later = {"If-Modified-Since": "Fri, 31 Dec 2100 23:59:59 GMT"}
    assert "eight eyes" in body(path, **later)
    found = Post.objects.select_related("conversation__community__parent", "persona")
    noting.put(found.get(pk=said.pk), by=ines.here(forum), note="spiders")
    assert "eight eyes" not in body(path, **later)
    posting.retract(found.get(pk=said.pk), by=moss.here(forum))
    assert "spiders" not in body(path, **later)
    assert "Last-Modified" not in Client().get(path)


def test_without_an_address_of_our_own_no_cache_keeps_what_one_browser_called_us(
    forum, topic, settings
):
    paths = [f"{forum.path}{name}" for name in ("topics.atom", "sitemap.xml", "card.jpg", "")]
    paths += ["/", "/robots.txt", "/sitemap.xml", "/sitemap/communities.xml", topic.open_path]
    for path in paths:
        for address, kept in (("", "private, "), ("https://home.example", "public, ")):
            settings.PUBLIC_URL = address
            answer = Client(headers={"host": "elsewhere.example"}).get(path)
            assert answer["Cache-Control"].startswith(kept), path
            assert b"elsewhere.example" not in answer.getvalue() or not address, path


def test_an_id_outlives_a_title_and_a_name(ines, forum, topic):
    before = entries(f"{forum.path}topics.atom")[0].find(f"{ATOM}id").text
    keeping_order.rename(topic, by=ines.here(forum), title="Renamed", tags=())
    answer = Client(headers={"host": "localhost"}).get(f"{forum.path}topics.atom")
    entry = ElementTree.fromstring(answer.content).find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}id").text == before
    assert entry.find(f"{ATOM}link").get("href").endswith("/renamed/")


def test_an_empty_feed_stands_still(forum):
    assert body(f"{forum.path}topics.atom") == body(f"{forum.path}topics.atom")


def test_signs_that_no_xml_may_hold_spoil_no_feed(ines, forum):
    ines.starts(forum, "A\x08 bell", "One\x0b two ]]> <![CDATA[ &amp; \ufffe.")
    Conversation.objects.update(title="A\x08 bell & <b>")
    Post.objects.update(html="<p>One\x0b two ]]&gt; \ufffe</p>")
    entry = entries(f"{forum.path}topics.atom")[0]
    assert entry.find(f"{ATOM}title").text == "A bell & <b>"
    assert entry.find(f"{ATOM}content").text == "<p>One two ]]&gt; </p>"


def test_a_feed_is_bounded_and_asks_the_same_for_many(ines, forum, django_assert_max_num_queries):
    for number in range(33):
        ines.starts(forum, f"Topic {number}", "Words.")
    with django_assert_max_num_queries(4):
        found = entries(f"{forum.path}topics.atom")
    assert len(found) == 30
    assert found[0].find(f"{ATOM}title").text == "Topic 32"


def test_a_tag_has_a_feed_of_its_own(ines, forum, topic):
    tagging.offer(forum, by=ines.here(forum), words=["Linen"], tagged_by="hosts")
    with_tag = ines.starts(forum, "Flax", "Words.", tags=("Linen",))
    found = entries(f"{forum.path}tags/linen/topics.atom")
    assert [each.find(f"{ATOM}title").text for each in found] == [with_tag.title]
    assert found[0].find(f"{ATOM}category").get("term") == "Linen"
    assert Client().get(f"{forum.path}tags/silk/topics.atom").status_code == 404


def test_a_map_leads_to_all_that_is_public(ines, forum, topic):
    here = "http://testserver"
    assert f"{here}{forum.path}" in locations("/sitemap/communities.xml")
    parts = locations("/sitemap.xml")
    assert parts == [f"{here}/sitemap/communities.xml", f"{here}{forum.path}sitemap.xml"]
    for part in parts:
        for address in locations(part.removeprefix(here)):
            assert Client().get(address.removeprefix(here)).status_code == 200
    assert locations(f"{forum.path}sitemap.xml") == [f"{here}{topic.open_path}"]


def test_robots_are_told_where_the_map_is_and_nothing_of_what_is_private(ines, forum):
    told = body("/robots.txt")
    assert "Sitemap: http://testserver/sitemap.xml" in told
    assert "/j/" not in told
    everybody, learners = told.split("User-agent: ", 2)[1], told.split("User-agent: ", 2)[2]
    assert "Disallow: /\n" not in everybody
    assert "Allow:" not in learners
    assert all(f"User-agent: {name}\n" in told for name in LEARNERS)
    assert told.count("Disallow: /\n") == 1


SECRET = "Nobody-else-reads-this"
"""What must stand nowhere; each of these puts it somewhere where strangers do not read it."""


def _private(ines, moss, forum):
    ines.starts(ines.founds(SECRET, preset="private_group"), SECRET, SECRET)


def _secret(ines, moss, forum):
    ines.starts(ines.founds(SECRET, preset="close_circle"), SECRET, SECRET)


def _below(ines, moss, forum):
    below = ines.founds(SECRET, preset="private_group", parent=forum)
    ines.starts(below, SECRET, SECRET)


def _off_the_map(ines, moss, forum):
    other = ines.founds(SECRET, preset="forum")
    ines.starts(other, SECRET, SECRET)
    Community.objects.filter(pk=other.pk).update(found_by="nobody", slug=None)


def _narrowed(ines, moss, forum):
    other = ines.founds(SECRET, preset="forum")
    ines.starts(other, SECRET, SECRET)
    shaping.reshape(fresh(other), by=ines.here(other), found_by="nobody", seen_by="members")


def _unlisted(ines, moss, forum):
    pacing.unlist(ines.starts(forum, SECRET, SECRET), by=ines.here(forum))


def _held(ines, moss, forum):
    Community.objects.filter(pk=forum.pk).update(posted_by="approved")
    moss.starts(forum, SECRET, SECRET)


def _members_only(ines, moss, forum):
    Conversation.objects.filter(pk=ines.starts(forum, SECRET, SECRET).pk).update(see="members")


def _retracted(ines, moss, forum):
    topic = moss.starts(forum, "Fine", SECRET)
    posting.retract(topic.posts.get(), by=moss.here(forum))


def _removed(ines, moss, forum):
    topic = moss.starts(forum, "Fine", SECRET)
    keeping_order.remove_post(topic.posts.get(), by=ines.here(forum), sentence=SECRET)


def _left(ines, moss, forum):
    moss.starts(forum, SECRET, SECRET)
    erasing.erase_words(moss.here(forum).pk, community_id=forum.pk)


def _anonymous(ines, moss, forum):
    Community.objects.filter(pk=forum.pk).update(anonymous_voice=True)
    here = moss.here(forum)
    type(here).objects.filter(pk=here.pk).update(name=SECRET)
    moss.starts(forum, "Fine", "Fine.", voice="member")


def _hosts_voice(ines, moss, forum):
    here = ines.here(forum)
    type(here).objects.filter(pk=here.pk).update(name=SECRET)
    ines.starts(forum, "Fine", "Fine.", voice="hosts")


def _another_persona(ines, moss, forum):
    """The same person, somebody else elsewhere."""
    other = moss.founds("Elsewhere", preset="private_group")
    here = moss.here(other)
    type(here).objects.filter(pk=here.pk).update(name=SECRET, bio=SECRET)
    moss.starts(forum, "Fine", "Fine.")


@pytest.mark.parametrize(
    "put",
    [
        _private,
        _secret,
        _below,
        _off_the_map,
        _narrowed,
        _unlisted,
        _held,
        _members_only,
        _retracted,
        _removed,
        _left,
        _anonymous,
        _hosts_voice,
        _another_persona,
    ],
)
def test_what_strangers_do_not_read_no_machine_is_told(ines, moss, forum, put):
    moss.joins(forum, ines)
    ines.starts(forum, "Seen by all", "For everybody.", voice="hosts")
    put(ines, moss, forum)
    told = everything(fresh(forum))
    assert "For everybody." in told, "there is something to see"
    assert SECRET not in told
    assert SECRET.lower() not in told
    assert "og:title" in _page(forum)
    for place in Community.objects.exclude(pk=forum.pk).filter(seen_by="members"):
        assert place.public_id not in told
        assert place.handle not in told


def _page(forum):
    return Client().get(forum.path).content.decode()


def test_a_feed_is_the_same_for_who_keeps_somebody_away(ines, moss, forum):
    """It is nobody's own, so it tells neither that somebody is blocked nor who asks."""
    moss.joins(forum, ines)
    moss.starts(forum, "By moss", "Words.")
    keeping_away.block(moss.seat(forum), by=ines.here(forum))
    path = f"{forum.path}topics.atom"
    assert ines.browser().get(path).content == Client().get(path).content


def test_a_day_in_a_map_tells_of_no_hidden_word(ines, moss, forum, topic):
    moss.joins(forum, ines)
    Conversation.objects.update(last_post_at="2025-03-04T10:00Z", started_at="2025-03-04T10:00Z")
    Post.objects.update(published_at="2025-03-04T10:00Z")
    before = body("/sitemap.xml"), body(f"{forum.path}sitemap.xml")
    assert all("<lastmod>2025-03-04</lastmod>" in each for each in before)
    Community.objects.update(posted_by="approved")
    moss.replies(topic, "Held back.")
    members = ines.starts(forum, "Members", "Words.")
    Conversation.objects.filter(pk=members.pk).update(see="members")
    pacing.unlist(ines.starts(forum, "Off", "Words."), by=ines.here(forum))
    assert (body("/sitemap.xml"), body(f"{forum.path}sitemap.xml")) == before


@pytest.mark.parametrize("preset", ["private_group", "close_circle"])
def test_a_closed_door_has_no_card_no_feed_and_no_map(ines, preset):
    place = ines.founds("Behind", preset=preset)
    topic = ines.starts(place, "Within", "Words.")
    paths = [f"{place.path}{name}" for name in ("card.jpg", "topics.atom", "sitemap.xml")]
    for path in (*paths, f"{topic.path}card.jpg"):
        for browser in (Client(), ines.browser()):
            assert browser.get(path).status_code == 404


def test_a_card_is_drawn_once(forum, topic, monkeypatch):
    caches["cards"].clear()
    drawn = []
    monkeypatch.setattr(
        "coterie.outside.views.cards.draw",
        lambda card, fonts: drawn.append(card) or cards.draw(card, fonts),
    )
    for path in (f"{forum.path}card.jpg", f"{topic.path}card.jpg", "/card.jpg"):
        first = Client().get(path)
        assert Client().get(path).content == first.content
        with Image.open(BytesIO(first.content)) as picture:
            assert picture.size == (cards.WIDE, cards.HIGH)
            assert not picture.getexif()
        assert Client().get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert [card.title for card in drawn[:2]] == ["Menders", "Over the elbow"]
    assert len(drawn) == 3


@pytest.mark.parametrize("text", ["", "庭", "ᚠᚢᚦ", "🌿", "A" * 400, "Žižkov " * 40, "\x00\n\u202e"])
def test_whatever_is_written_a_card_is_drawn(text):
    assert cards.draw(cards.Card(text, text, text, 7), fonts()).startswith(b"\xff\xd8")


def fonts():
    from coterie.outside.views.cards import _fonts

    return _fonts()


def test_an_invitation_has_a_card_while_it_opens(ines):
    place = ines.founds("Behind", preset="close_circle", purpose="For few.")
    link = inviting.invite(place, by=ines.here(place))
    page = Client().get(link.path).content.decode()
    assert '<meta name="robots" content="noindex' in page
    assert f'content="http://testserver{link.path}card.jpg"' in page
    assert "canonical" not in page
    assert "og:url" not in page
    card = Client().get(f"{link.path}card.jpg")
    assert card["Cache-Control"] == "private, max-age=300"
    inviting.revoke(link, by=ines.here(place))
    assert Client().get(f"{link.path}card.jpg").status_code == 404


def test_leaving_takes_the_name_along(ines, moss, forum):
    moss.joins(forum, ines)
    name = moss.here(forum).name
    moss.starts(forum, "Mine", "Words.")
    assert name in everything(forum)
    leaving.leave_and_take_posts(moss.seat(forum), by=moss.here(forum))
    assert name not in everything(forum)
