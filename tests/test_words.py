"""Every sentence is said in every language: nothing is missing, guessed, or said past gettext."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import translation

from bin import words
from coterie.config.catalogues import compiled
from coterie.inbox.kinds import KINDS
from tests.access_matrix import MATRIX
from tests.asking import Asking
from tests.house import ROOT
from tests.routes import routes
from tests.world import ROLES, World

pytestmark = pytest.mark.house

OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>|https?://\S+")


def forms(of: Any) -> tuple[str, ...]:
    return tuple(of) if isinstance(of, list | tuple) else (of or "",)


def wrong(message: Message) -> str:
    """What is amiss with a translation; empty when nothing is."""
    asked, given = forms(message.id), forms(message.string)
    if not words.is_whole(message):
        return "missing or unsure"
    for nth, form in enumerate(given):
        allowed = [sorted(PLACE.findall(each)) for each in (asked[min(nth, 1) :] or asked[-1:])]
        if sorted(PLACE.findall(form)) not in allowed:
            return "other placeholders"
        edges = [re.findall(r"^\s*|\s*$", each) for each in (asked[0], form)]
        if edges[0] != edges[1]:
            return "other space around it"
    return ""


@pytest.fixture(scope="module")
def said() -> Catalog:
    return words.said()


def test_other_languages_are_spoken_and_each_has_its_catalogue():
    assert OTHERS
    assert sorted(OTHERS) == words.languages()


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated(said, language):
    """`make words` gathers what is new, and says how much is open."""
    catalogue = words.catalogue(language)
    known = {(forms(each.id), each.context) for each in catalogue if each.id}
    asked = {(forms(each.id), each.context) for each in said if each.id}
    assert len(asked) > 1_500
    assert not asked - known, "run `make words`, then translate"
    assert not known - asked, "run `make words`: the code does not say these any more"
    assert not {each.id: why for each in catalogue if each.id and (why := wrong(each))}


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_lies_in_an_order_in_which_it_merges(language):
    text = (words.LOCALE / language / "LC_MESSAGES" / "django.po").read_text()
    assert not re.search(r"^#[:~]|POT-Creation-Date|PO-Revision-Date|\r", text, re.M)
    ids = [forms(each.id)[0] for each in words.catalogue(language) if each.id]
    assert ids == sorted(ids)


@pytest.mark.parametrize(
    ("asked", "given", "why"),
    [
        ("Hello", "", "missing or unsure"),
        ("Hello, %(name)s", "Hallo, %(nmae)s", "other placeholders"),
        ("Hello, {name}", "Hallo", "other placeholders"),
        ("<b>Hello</b>", "<b>Hallo", "other placeholders"),
        (("One post", "%(n)d posts"), ("Ein Beitrag", "Beiträge"), "other placeholders"),
        (("One post", "%(n)d posts"), ("Ein Beitrag", ""), "missing or unsure"),
        ("\n\nHello", "Hallo", "other space around it"),
        (("One post", "%(n)d posts"), ("Ein Beitrag", "%(n)d Beiträge"), ""),
        (("One post", "%(n)d posts"), ("%(n)d Beitrag", "%(n)d Beiträge"), ""),
        ("Hello, %(name)s", "Hallo, %(name)s", ""),
    ],
)
def test_a_planted_mistake_is_seen(asked, given, why):
    assert wrong(Message(asked, given)) == why


def test_a_guess_is_not_a_translation():
    assert wrong(Message("Hello", "Hallo", flags=["fuzzy"])) == "missing or unsure"


def at_odds(sentences: Iterable[tuple[Any, str | None]]) -> dict[Any, set[str]]:
    """Sentences with two plurals, or with and without one, of which a catalogue can hold one."""
    plurals: dict[Any, set[str]] = {}
    for sentence, context in sentences:
        singular, *plural = forms(sentence)
        plurals.setdefault((singular, context), set()).update(plural or [""])
    return {each: several for each, several in plurals.items() if len(several) > 1}


def test_no_sentence_has_two_plurals():
    assert not at_odds((sentence, context) for _file, sentence, context in words.sentences())


@pytest.mark.parametrize("other", [("One", "%(many)d"), "One"])
def test_a_planted_second_plural_is_seen(other):
    assert at_odds([(("One", "%(n)d"), None), (other, None)])
    assert not at_odds([(("One", "%(n)d"), None), (other, "elsewhere")])


def test_gettext_has_no_name_that_the_gatherer_does_not_know():
    imported = re.compile(r"\b(\w*gettext\w*) as (\w+)")
    for file in words.sources():
        if file.suffix == ".py":
            for function, name in imported.findall(file.read_text()):
                assert name in words.KEYWORDS, f"{file}: {function} as {name}"


def test_what_is_compiled_says_what_the_words_say():
    for language in OTHERS:
        with translation.override(language):
            for message in words.catalogue(language):
                if message.id and not message.pluralizable and not message.context:
                    assert translation.gettext(message.id) == message.string


@pytest.mark.parametrize("many", [1, 3])
def test_every_alert_can_be_said_in_every_language(many):
    facts = {"count": many, "actor": "Moss", "conversation": "Dyes", "clock": "2026-11-23T12:00"}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for name, kind in KINDS.items():
                said = str(kind.words(facts))
                assert said, name
                assert "%(" not in said, name


def test_other_words_are_compiled_anew_and_the_same_words_once(tmp_path):
    source = tmp_path / "locale/de/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid "Tea"\nmsgstr "Tee"\n')
    first = compiled(tmp_path / "locale", tmp_path / "made")
    machine = first / "de/LC_MESSAGES/django.mo"
    before = machine.stat()
    assert compiled(tmp_path / "locale", tmp_path / "made") == first
    assert machine.stat() == before
    source.write_text('msgid "Tea"\nmsgstr "Kräutertee"\n')
    second = compiled(tmp_path / "locale", tmp_path / "made")
    assert second != first
    assert "Kräutertee".encode() in (second / "de/LC_MESSAGES/django.mo").read_bytes()
    assert [each.name for each in second.rglob("*") if each.is_file()] == ["django.mo"]


# What is said past gettext

SPEECHLESS = re.compile(
    r"\{% block here %\}.*?\{% endblock %\}"  # a key, see `places`
    r"|\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}"
    r"|\{% blocktrans(?:late)?\b.*?\{% endblocktrans(?:late)? %\}"
    r"|<(style|script)\b.*?</\1>|<code>.*?</code>|\{%.*?%\}|\{\{.*?\}\}|&\w+;",
    re.S,
)
SPOKEN_ATTRIBUTE = re.compile(r'\b(?:aria-label|placeholder|title|alt|data-words)="([^"]*)"')
A_WORD = re.compile(r"[A-Za-z]{3,}")
NO_LANGUAGE = {
    "coterie/home/templates/home/_found.html": {
        "from:",
        "in:",
        "has:photo  has:link",
        "before:2026-05  after:2025",
    },
    "coterie/ui/templates/ui/patterns.html": None,
}
"""What is the same in all languages; None for a page of developers."""


def said_past_gettext(template: str) -> list[str]:
    """Words of a template that no catalogue holds."""
    markup = SPEECHLESS.sub(" ", template)
    texts = re.sub(r"<[^>]*>", "\n", markup, flags=re.S).split("\n")
    texts += SPOKEN_ATTRIBUTE.findall(markup)
    return [each.strip() for each in texts if A_WORD.search(each)]


def test_no_template_says_a_word_past_gettext():
    found = {}
    for file in ROOT.glob("coterie/*/templates/**/*.html"):
        name = str(file.relative_to(ROOT))
        allowed = NO_LANGUAGE.get(name, set())
        if allowed is not None:
            found[name] = set(said_past_gettext(file.read_text())) - allowed
    assert not {name: texts for name, texts in found.items() if texts}


@pytest.mark.parametrize(
    "planted", ["<p>Come in</p>", '<a aria-label="Close">x</a>', "{% if x %}Done{% endif %}"]
)
def test_a_planted_word_is_seen(planted):
    assert said_past_gettext(planted)


STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
SENTENCE = re.compile(r"^[A-Z][a-z]+[ .…]|[a-z]{2,} [a-z]{2,} [a-z]{2,}")
SHOWN = re.compile(
    r"(?:textContent|innerText|ariaLabel|placeholder|title|alt)\s*=\s*[\"'`]\w"
    r"|\b(?:alert|confirm|prompt)\("
    r"|setAttribute\(\s*[\"'](?:aria-label|title|placeholder)[\"'],\s*[\"'`]\w"
)
FOR_DEVELOPERS = re.compile(r"throw new |new Error\(|console\.")


def sentences(script: str) -> list[str]:
    """Lines of a script that hold words for people, which belong in `data-` attributes."""
    return [
        line.strip()
        for line in re.sub(r"/\*.*?\*/", "", script, flags=re.S).split("\n")
        if not line.strip().startswith("//")
        and not FOR_DEVELOPERS.search(line)
        and (SHOWN.search(line) or any(SENTENCE.search(a or b) for a, b in STRING.findall(line)))
    ]


def scripts() -> Iterator[Path]:
    return (file for file in ROOT.glob("coterie/*/static/**/*.js") if "vendor" not in file.parts)


def test_no_script_says_a_word_of_its_own():
    assert len(list(scripts())) > 20
    found = {str(file.relative_to(ROOT)): sentences(file.read_text()) for file in scripts()}
    assert not {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize(
    "planted",
    ['x.textContent = "Gone";', 'say("Something went wrong.");', 'if (confirm("Sure")) go();'],
)
def test_a_planted_sentence_is_seen(planted):
    assert sentences(planted)


# Pages in another language


class Shown(HTMLParser):
    """What a page says: its texts, and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style", "textarea")
        for name, value in attrs:
            if name in ("aria-label", "placeholder", "title", "alt") and value:
                self.texts.append(value.strip())

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style", "textarea")

    def handle_data(self, data):
        if not self.silent:
            self.texts.append(" ".join(data.split()))


def test_no_page_says_in_english_what_there_is_in_german(db):
    world = World("private")
    world.grow()
    german = {
        each.id: each.string
        for each in words.catalogue("de")
        if isinstance(each.id, str) and each.id and each.id != each.string
    }
    peoples_own = {"General", "Notices"}
    left, seen = {}, 0
    known = {route.pattern: route for route in routes()}
    for pattern, role in pages():
        if pattern not in known:
            continue
        asking = Asking(world, known[pattern])
        with transaction.atomic():
            cache.clear()
            client = Client()
            client.cookies.load(world.cookies(role))
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
            answer = client.get(known[pattern].filled(asking.values()))
            transaction.set_rollback(True)
        assert answer.status_code < 500, pattern
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        seen += 1
        page = answer.content.decode()
        assert "<html" not in page or '<html lang="de" dir="ltr"' in page, pattern
        shown = Shown()
        shown.feed(page)
        if english := {each for each in shown.texts if each in german} - peoples_own:
            left[f"{pattern} {role}"] = english
    assert seen > 100
    assert not left


def pages() -> Iterator[tuple[str, str]]:
    for pattern, shapes in MATRIX.items():
        letters = shapes.get("any", shapes.get("private", {})).get("GET", "")
        for role, letter in zip(ROLES, letters, strict=True):
            if letter == "y" and role in ("anonymous", "member", "host", "operator"):
                yield pattern, role


def test_who_asks_for_german_without_a_cookie_gets_it(db):
    assert 'lang="de"' in Client(HTTP_ACCEPT_LANGUAGE="de-AT,de;q=0.8,en").get("/").content.decode()
    assert 'lang="en"' in Client(HTTP_ACCEPT_LANGUAGE="fi").get("/").content.decode()
