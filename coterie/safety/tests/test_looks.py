"""The pages of safety and the inbox in a real browser: nothing for axe, nothing too wide."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

from coterie.accounts.models import Account
from coterie.communities.actions import keeping_away
from coterie.inbox.tests.people import sign_in
from coterie.personas import sealed
from coterie.safety.actions import deciding, reporting
from coterie.safety.models import Decision
from tests.browser import axe, person, screenshot, sticking_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["light", "dark"])
def looking(request, chromium, live_server, client, circle):
    """Open pages as somebody, and hear what is wrong with them."""
    cache.clear()
    host = live_server.url.replace("127.0.0.1", "localhost")
    contexts = []

    def look(persona, *paths, phone=True):
        sign_in(client, persona)
        context = person(chromium, phone=phone, dark=request.param == "dark", base_url=host)
        contexts.append(context)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}]
        )
        page = context.new_page()
        wrong = []
        for path in paths:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            for covered in page.locator("details > summary").all():
                if covered.is_visible():
                    covered.click()
            if pictures := os.environ.get("COTERIE_PICTURES"):
                name = f"{request.param}-{'phone' if phone else 'desk'}{path.replace('/', '-')}"
                screenshot(page, Path(pictures) / f"{name[:70].strip('-')}.png")
            wrong += [f"{path}: {each}" for each in axe(page)]
            wrong += [f"{path}: sticks out: {each}" for each in sticking_out(page)]
        return wrong

    yield look
    for context in contexts:
        context.close()


@pytest.fixture
def lived(circle):
    """A circle in which all that can happen has happened."""
    posts = [circle.says(circle.thorn, f"You **fool**, number {n}.") for n in range(3)]
    hidden = circle.says(circle.thorn, "Nobody knows me.", voice="member")
    cases = [
        reporting.report(post, by=circle.rue, reason="hate", words="It hurts me.").case
        for post in [*posts, hidden]
    ]
    reporting.report(circle.community, by=circle.rue, reason="danger", words="Look at this.")
    deciding.warn(cases[0], by=circle.ines, rule=circle.rule, sentence="Please calm down.")
    deciding.remove_post(cases[1], by=circle.moss, rule=circle.rule, sentence="Not like this.")
    reporting.ask_operator(cases[3], by=circle.ines, sentence="Please ban them.")
    keeping_away.block(circle.seat(circle.thorn), by=circle.rue)
    keeping_away.mute(circle.seat(circle.moss), by=circle.rue)
    type(circle.community).objects.filter(pk=circle.community.pk).update(posted_by="approved")
    circle.says(circle.rue, "May I?")
    circle.open = cases[2]
    circle.nameless = cases[3]
    circle.hidden = hidden
    return circle


def test_what_members_see(looking, lived):
    here = lived.community.path
    post = f"/p/{lived.open.post.public_id}/"
    wrong = looking(
        lived.moss,
        f"{post}report/",
        f"{post}report/thanks/",
        f"{post}away/",
        f"/p/{lived.hidden.public_id}/away/",
        f"{here}report/",
    )
    wrong += looking(lived.rue, f"{here}kept-away/", f"{here}log/", "/alerts/")
    made = Decision.objects.filter(subject=lived.thorn).last()
    wrong += looking(lived.thorn, "/alerts/", made.path, f"{here}kept-away/")
    assert wrong == []


@pytest.mark.parametrize("phone", [True, False])
def test_what_hosts_see(looking, lived, phone):
    here = lived.community.path
    paths = [f"{here}{name}/" for name in ("reports", "held", "log")]
    paths += [lived.open.path, lived.nameless.path]
    assert looking(lived.ines, *paths, "/alerts/", phone=phone) == []


def test_what_the_operator_sees(looking, lived):
    account = sealed.owner_of(lived.ines).account_id
    Account.objects.filter(pk=account).update(is_operator=True)
    path = f"/operator/cases/{lived.nameless.public_id}/"
    assert looking(lived.ines, "/operator/cases/", path) == []
