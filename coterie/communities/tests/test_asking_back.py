"""The hosts ask somebody at the door something, and are answered: once each, no chat."""

import pytest

from coterie.communities.actions import asking_back, joining
from coterie.communities.models import JoinRequest, Remark
from coterie.communities.tests.people import fresh
from coterie.core.keeping import register
from coterie.core.verdict import Refused
from coterie.inbox.models import Notification
from coterie.inbox.tests.people import letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(moss, circle):
    return moss.asks(circle)


def told(persona):
    rows = Notification.objects.filter(persona=persona).order_by("pk")
    return [row.kind for row in rows if row.kind.endswith("-back")]


def test_a_question_goes_out_and_its_answer_comes_back(
    ines, moss, circle, asked, django_capture_on_commit_callbacks
):
    here, host = f"{circle.path}join-requests/{asked.public_id}/", ines.here(circle)
    with django_capture_on_commit_callbacks(execute=True):
        ines.browser.post(f"{here}question/", {"words": "Which street?"})
    assert told(asked.persona) == ["asked-back"]
    assert "Which street?" in letters()[-1]["text"]
    assert host.name not in letters()[-1]["text"]
    page = moss.browser.get(asked.path).content.decode()
    assert "Which street?" in page
    assert host.name not in page.replace(circle.name, "")
    with django_capture_on_commit_callbacks(execute=True):
        moss.browser.post(f"{asked.path}answer/", {"words": "Elm Road."})
    assert told(host) == ["answered-back"]
    shown = ines.browser.get(here).content.decode()
    assert "Which street?" in shown
    assert "Elm Road." in shown
    assert joining.admit(fresh(asked), by=host)


def test_each_has_one_turn(ines, moss, circle, asked):
    host = ines.here(circle)
    with pytest.raises(Refused, match="not your turn"):
        asking_back.answer_back(asked, "Nobody asked.", by=moss.viewer)
    asking_back.ask_back(asked, "Why?", by=host)
    with pytest.raises(Refused, match="not your turn"):
        asking_back.ask_back(fresh(asked), "And why else?", by=host)
    asking_back.answer_back(fresh(asked), "Because.", by=moss.viewer)
    with pytest.raises(Refused, match="not your turn"):
        asking_back.answer_back(fresh(asked), "And because.", by=moss.viewer)
    for number in range(asking_back.MOST - 1):
        asking_back.ask_back(asked, f"Again {number}?", by=host)
        asking_back.answer_back(asked, "Because.", by=moss.viewer)
    with pytest.raises(Refused, match="enough"):
        asking_back.ask_back(asked, "Once more?", by=host)


def test_nobody_else_asks_answers_or_reads(ines, moss, wren, circle, asked):
    member = wren.joins(circle, ines)
    with pytest.raises(Refused):
        asking_back.ask_back(asked, "Who are you?", by=member.persona)
    asking_back.ask_back(asked, "A private question?", by=ines.here(circle))
    with pytest.raises(Refused):
        asking_back.answer_back(asked, "I am moss.", by=wren.viewer)
    for path in (asked.path, f"{circle.path}join-requests/{asked.public_id}/"):
        assert "private question" not in wren.browser.get(path).content.decode()
    assert wren.browser.post(f"{asked.path}answer/", {"words": "Hm."}).status_code == 404
    assert Remark.objects.count() == 1


def test_after_the_answer_of_the_hosts_nobody_adds_anything(ines, moss, circle, asked):
    asking_back.ask_back(asked, "Why?", by=ines.here(circle))
    joining.turn_away(fresh(asked), by=ines.here(circle))
    with pytest.raises(Refused):
        asking_back.answer_back(fresh(asked), "Because.", by=moss.viewer)
    assert fresh(asked).state == JoinRequest.State.DECLINED


def test_empty_words_are_asked_for_again_and_what_was_said_can_be_erased(ines, moss, circle, asked):
    here = f"{circle.path}join-requests/{asked.public_id}/"
    assert ines.browser.post(f"{here}question/", {"words": " "}).status_code == 422
    asking_back.ask_back(asked, "Why?", by=ines.here(circle))
    assert moss.browser.post(f"{asked.path}answer/", {"words": ""}).status_code == 422
    assert register[Remark].export(asked.persona_id)[0]["text"] == "Why?"
    assert register[Remark].export(ines.here(circle).pk) == []
    assert register[Remark].erase(asked.persona_id) == 1
