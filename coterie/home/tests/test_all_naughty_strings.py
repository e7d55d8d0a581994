"""The whole list of naughty strings, sent through the composer, and every page that shows it."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.test import Client

from coterie.core.ids import new_token
from coterie.core.keeping import register
from coterie.talk.models import Conversation, Post
from coterie.talk.tests.speaking import Speaker, seven_seconds_pass
from tests import naughty

pytestmark = pytest.mark.django_db

STRINGS = [each for each in naughty.strings() if each.strip()]
AT_ONCE = 65


class Elements(HTMLParser):
    """What a page is made of, as far as it could do anything, and what it says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.faults: list[str] = []
        self.said: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.faults += [f"<{tag} {name}>" for name in given if name.startswith("on")]
        if tag in {"iframe", "object", "embed", "base", "marquee", "blink", "plaintext"}:
            self.faults.append(f"<{tag}>")
        if tag == "script" and "nonce" not in given and not given.get("src", "").startswith("/"):
            self.faults.append("<script>")
        for name in ("href", "src", "action"):
            if given.get(name, "").strip().lower().startswith(("javascript:", "data:text", "vbs")):
                self.faults.append(f"<{tag} {name}={given[name][:40]}>")

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@pytest.fixture
def forum(db: None, monkeypatch: pytest.MonkeyPatch):
    """A public forum whose host may say as much as she likes."""
    monkeypatch.setattr("coterie.safety.gates.MOST", 10**9)
    ines = Speaker("ines")
    made = ines.founds("Naughty forum", preset="forum")
    type(made).objects.filter(pk=made.pk).update(chat=True)
    return ines, made


def sources() -> list[str]:
    """All strings, in a few posts; a line before each says which it is."""
    parts = [STRINGS[start : start + AT_ONCE] for start in range(0, len(STRINGS), AT_ONCE)]
    return [
        "\n\n".join(f"q{at}x{n}q\n\n{text}" for n, text in enumerate(part))
        for at, part in enumerate(parts)
    ]


def sends(browser: Client, path: str, **words: str) -> None:
    answer = browser.post(path, {"client_key": new_token(), **words})
    assert answer.status_code == 302, answer.content[:400]


@pytest.fixture
def spoken(forum):
    """Whoever said it all, where, and the topic and the room that hold it."""
    ines, place = forum
    browser, said = ines.browser(), sources()
    sends(browser, f"{place.path}topics/new/", title=STRINGS[20], source=said[0])
    seven_seconds_pass()
    topic = Conversation.objects.get(community=place, kind="topic")
    room = Conversation.objects.create(
        community=place, kind="room", title=STRINGS[30], see=topic.see
    )
    for words in said[1:]:
        sends(browser, f"{topic.path}posts/", source=words)
    for words in said:
        sends(browser, f"{room.path}posts/", source=words)
    seven_seconds_pass()
    return ines, place, topic, room


def text_of(browser: Client, path: str) -> str:
    """What the page says, on which nothing is that could do harm."""
    answer = browser.get(path, follow=True)
    page = Elements(answer.content.decode())
    assert (answer.status_code, page.faults) == (200, []), path
    return "".join(page.said)


def test_all_of_them_are_kept_as_they_were_sent_and_go_with_their_author(spoken):
    ines, place, topic, room = spoken
    said = [words.replace("\r\n", "\n").strip() for words in sources()]
    for conversation in (topic, room):
        posts = Post.objects.filter(conversation=conversation, seq__isnull=False)
        assert list(posts.order_by("seq").values_list("source", flat=True)) == said
    archive = register[Post].export(ines.here(place).pk)
    texts = {value for row in archive for value in row.values() if isinstance(value, str)}
    assert set(said) <= texts


def test_every_page_and_feed_that_shows_them_stays_whole(spoken):
    ines, place, topic, room = spoken
    browser, parts = ines.browser(), range(len(sources()))
    for conversation in (topic, room):
        shown = text_of(browser, conversation.path)
        assert [at for at in parts if f"q{at}x0q" not in shown] == []
    for path in (place.path, "/"):
        text_of(browser, path)
    assert "q0x1q" in text_of(browser, "/search/?q=q0x1q")
    feed = ElementTree.fromstring(Client().get(f"{place.path}topics.atom").content)
    assert "q0x0q" in "".join(feed.itertext())


def test_what_does_harm_would_be_seen():
    page = Elements('<p onclick=x><iframe></iframe><script>x</script><a href=" JavaScript:x">')
    assert page.faults == ["<p onclick>", "<iframe>", "<script>", "<a href= JavaScript:x>"]
