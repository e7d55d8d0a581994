"""Bad input: whatever is typed into a text field comes back as it was typed, or is refused.

No list of forms to forget one in: classes are found where they are defined, forms on pages where
they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from functools import reduce
from html.parser import HTMLParser
from operator import or_
from typing import Any
from urllib.parse import urlsplit

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.urls import get_resolver

from coterie.accounts.mailing import _message
from coterie.core.letter import Letter
from coterie.inbox import letters
from coterie.inbox.letterboxes import Opened
from coterie.inbox.reads.letters import Place
from tests import naughty
from tests.asking import Asking
from tests.routes import routes
from tests.test_every_page import opened
from tests.world import World

pytestmark = pytest.mark.house

STRINGS = naughty.strings()
NOT_WORDS = {
    "client_key": "made by the page",
    "reply_to": "made by the page",
    "flower": "a signed choice",
    "slug": "small letters, numbers and hyphens",
    "zone": "the name of a time zone",
    "emoji": "one emoji",
    "code": "digits",
    "map_link": "an address",
    "online_link": "an address",
    "username": "a trap for machines",
    "member": "a choice",
}
"""Fields for something that is not words: they refuse all else."""
ELSEWHERE = {
    "tags": "a tag keeps letters, numbers and hyphens",
    "choices": "kept only with a question that has choices",
    "files_alt": "kept only with a photo",
    "report/ words": "sealed, for who looks into it",
}
"""Fields whose words may stand nowhere afterwards."""


def text_fields() -> list[tuple[type[forms.BaseForm], str, forms.CharField]]:
    """Every text field of every form class of the product."""
    for _each in routes(get_resolver()):
        pass  # all doors are imported now, and with them all forms
    found, waiting = [], [forms.BaseForm]
    while waiting:
        kinds = waiting.pop().__subclasses__()
        waiting += kinds
        for kind in (each for each in kinds if each.__module__.startswith("coterie.")):
            declared: dict[str, forms.Field] = getattr(kind, "base_fields", {})
            for name, each in declared.items():
                if isinstance(each, forms.CharField) and not isinstance(each, forms.EmailField):
                    found.append((kind, name, each))
    return found


def taken(each: forms.CharField, text: str) -> str | None:
    """What the field makes of it; None when it is refused."""
    try:
        return str(each.clean(text))
    except ValidationError as refused:
        return None if all(map(str.strip, refused.messages)) else "refused without a word"


def test_every_text_field_takes_a_string_as_it_is_or_refuses_it():
    """All 515 in each: never cut, never changed but at its ends, never an error."""
    found, changed, blank = text_fields(), [], []
    assert len(found) > 60
    for kind, name, each in found:
        at = f"{kind.__module__}.{kind.__name__}.{name}"
        words = name not in NOT_WORDS and ".accounts." not in at
        for text in STRINGS:
            came = taken(each, text)
            if came is None:
                assert not words or blank_or_long(each, text), at
            elif words and came != (text.strip() if each.strip else text):
                changed.append((at, text, came))
            elif each.required and each.strip and not came.strip():
                blank.append(at)
    assert not changed
    assert not blank


def blank_or_long(each: forms.CharField, text: str) -> bool:
    limits = [one.limit_value for one in each.validators if isinstance(one, MaxLengthValidator)]
    return not text.strip() or len(text) > min(limits, default=1_000_000)


def test_both_engines_give_every_string_back():
    """In text and in an attribute; characters that no page can hold are all that may differ."""
    page = '<p>{{ text }}</p><input value="{{ text }}">'
    for engine in engines.all():
        template = engine.from_string(page)
        for text in (*STRINGS, *naughty.payloads()):
            read = Read()
            read.feed(template.render({"text": text}))
            read.close()
            assert ("".join(read.texts), read.values) == (text, [text] if text else []), text
            assert read.tags == ["p", "input"]


class Read(HTMLParser):
    """What a page says once it is decoded, and the forms on it."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.values: list[str] = []
        self.tags: list[str] = []
        self.faults: list[str] = []
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.values += [value or "" for _name, value in attrs if value]
        self.faults += [f"<{tag} {name}>" for name in given if name.startswith("on")]
        if tag == MARK_TAG:
            self.faults.append(f"<{tag}>")
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif self.forms and given.get("name"):
            self.forms[-1].add(tag, given)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def says(self, text: str) -> bool:
        return any(text in one for one in self.values) or text in "".join(self.texts)


@dataclass
class Form:
    """A form as it stands on a page."""

    action: str
    method: str
    kept: dict[str, list[str]] = field(default_factory=dict)
    typed: dict[str, int] = field(default_factory=dict)
    """Text fields, and how much fits."""

    def add(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "text")
        if tag == "textarea" or (tag == "input" and kind in ("text", "search")):
            self.typed[name] = int(given.get("maxlength") or 200)
            self.kept[name] = [given.get("value", "")]
        elif tag == "input" and kind in ("radio", "checkbox"):
            if "checked" in given or (kind == "radio" and name not in self.kept):
                self.kept[name] = [given.get("value", "on")]
        elif tag == "button" or kind in ("file", "submit"):
            return
        elif tag in ("input", "select"):
            self.kept.setdefault(name, [given.get("value", "")])


MARK_TAG = "xmark"
CANARY = "<xmark title=\"q\" onload='x'>&amp;&#x27;"
"""Where anything of it is not escaped, there is an element that is not ours."""


def stored(value: str) -> bool:
    """Whether it is kept as it is, for somebody else to read or in a sealed box."""
    return any(found for found in (_kept(model, value) for model in apps.get_models()))


def _kept(model: Any, value: str) -> bool:
    kinds = (models.CharField, models.TextField)
    names = [each.name for each in model._meta.concrete_fields if isinstance(each, kinds)]
    if not names:
        return False
    asked = reduce(or_, (models.Q(**{f"{name}__contains": value}) for name in names))
    return bool(model.objects.filter(asked).exists())


def read(answer: HttpResponse) -> Read:
    found = Read()
    if answer.get("Content-Type", "").startswith("text/html"):
        found.feed(answer.content.decode())
        found.close()
    return found


@dataclass
class Walk:
    """All forms of all pages, each sent once with bad input in every text field."""

    world: World
    sent: set[tuple[str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)

    def everywhere(self) -> None:
        known = {route.pattern: route for route in routes()}
        for pattern, role in opened():
            if pattern in known:
                self._page(known[pattern].filled(Asking(self.world, known[pattern]).values()), role)

    def _page(self, path: str, role: str) -> None:
        client = Client(raise_request_exception=False)
        client.cookies.load(self.world.cookies(role))
        page = read(client.get(path))
        for form in page.forms:
            action = form.action or path
            names = {name for name in form.typed if name not in NOT_WORDS}
            new = {(re.sub(r"/[\w-]{18,}/", "/…/", action), name) for name in names} - self.sent
            if form.method == "post" and new and not urlsplit(action).netloc:
                self.sent |= new
                with transaction.atomic():
                    self._send(client, form, action, path)
                    transaction.set_rollback(True)

    def _send(self, client: Client, form: Form, action: str, path: str) -> None:
        number = len(self.sent)
        typed = {
            name: f"{CANARY}{STRINGS[(number + n) % len(STRINGS)]}"[:most].strip()
            for n, (name, most) in enumerate(form.typed.items())
            if name not in NOT_WORDS
        }
        brought = form.kept | {name: [value] for name, value in typed.items()}
        answer = client.post(action, brought)
        answers = [answer, client.get(path)]
        if answer.status_code in (301, 302, 303) and answer["Location"].startswith("/"):
            answers.append(client.get(answer["Location"]))
        pages = [read(each) for each in answers]
        for each, page in zip(answers, pages, strict=True):
            if each.status_code >= 500:
                self.faults.append(f"{action}: {each.status_code}")
            self.faults += [f"{action}: {fault}" for fault in page.faults]
        for name, value in typed.items():
            lines = value.replace("\r\n", "\n")
            at = f"{re.sub(r'/[a-z0-9-]{18,}/', '/…/', action)} {name}"
            if any(page.says(lines) for page in pages):
                self.shown.add(at)
            elif not stored(value):
                self.lost.append(f"{at}: {answer.status_code} {value!r}")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield World("private")
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_is_typed_into_any_form_of_any_page_is_words_and_nothing_else(world):
    walk = Walk(world)
    walk.everywhere()
    assert not walk.faults
    assert len(walk.sent) > 55
    assert len(walk.shown) > 40, "most of it is seen again at once"
    lost = [each for each in walk.lost if not any(name in each for name in ELSEWHERE)]
    assert not lost


def test_the_judge_of_pages_sees_what_was_not_escaped():
    page = Read()
    page.feed(f"<p>{CANARY}</p><a onclick=x>")
    assert page.faults == [f"<{MARK_TAG} onload>", f"<{MARK_TAG}>", "<a onclick>"]


ODD = ["a\u2028b", "a\x85b", "a\x0bb", "a\x1cb", "a\tb", "&amp;lt;", "=20", ".", "From me"]
ODD += ["a\n\nb"]


def sent(letter: Letter) -> Any:
    """The letter as a mail program reads it from the bytes that leave."""
    mail = {"to": "b@example.org", "text": letter.text, "html": letter.html}
    mail |= {"subject": " ".join(letter.subject.split())}
    return message_from_bytes(_message(mail).message().as_bytes(), policy=default)


def test_every_string_comes_through_a_letter():
    """In its subject, its plain words and its HTML."""
    strings = [each.strip() for each in (*STRINGS, *ODD) if each.strip()]
    things = [{"words": text, "sentence": text, "public_id": "x"} for text in strings]
    came = sent(letters.one(Opened(1, "token"), [Place("x", things=things)], "x", "mark"))
    plain, page = came.get_body(["plain"]).get_content(), Read()
    page.feed(came.get_body(["html"]).get_content())
    said = "".join(page.texts)
    assert [each for each in strings if each not in plain] == []
    assert [each for each in strings if each.replace("\n", "") not in said] == []
    for text in strings:
        assert sent(Letter(text, "x"))["Subject"].split() == text.split()
