"""Anybody in a community can say that something is wrong, and nobody learns who did."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.core.boxes import unseal
from coterie.core.keeping import register
from coterie.core.verdict import Refused
from coterie.inbox.models import Notification
from coterie.inbox.tests.people import letters, person, viewer
from coterie.media import shelf
from coterie.media.models import Picture
from coterie.personas.viewer import Viewer
from coterie.safety import reads, rules
from coterie.safety.actions import deciding, reporting
from coterie.safety.models import Case, EvidencePhoto, Report
from coterie.safety.models.reporting import EVIDENCE_BOX
from coterie.talk.actions import erasing, posting
from coterie.talk.models import Post

pytestmark = pytest.mark.django_db


def evidence(report):
    return json.loads(unseal(report.evidence, EVIDENCE_BOX))


def kinds(persona):
    return list(Notification.objects.filter(persona=persona).values_list("kind", flat=True))


def test_several_reports_of_one_thing_are_one_case_as_grave_as_the_gravest(circle):
    post = circle.says(circle.thorn, "You fool.")
    for persona, reason in ((circle.rue, "spam"), (circle.ines, "hate"), (circle.moss, "other")):
        reporting.report(post, by=persona, reason=reason)
    case = Case.objects.get()
    assert case.reports.count() == 3
    assert case.gravity == 2


def test_reporting_twice_is_reporting_once(circle):
    post = circle.says(circle.thorn, "You fool.")
    first = reporting.report(post, by=circle.rue, reason="hate")
    assert reporting.report(post, by=circle.rue, reason="spam") == first
    assert Report.objects.count() == 1


def test_evidence_survives_edit_retraction_and_erasure(circle):
    post = circle.says(circle.thorn, "You **fool**.")
    made = reporting.report(post, by=circle.rue, reason="hate", words="It hurts.")
    posting.edit(post, by=circle.thorn, source="You are kind.")
    post = Post.objects.get(pk=post.pk)
    posting.retract(post, by=circle.thorn)
    erasing.erase_words(circle.thorn.pk)
    made.refresh_from_db()
    assert evidence(made)["source"] == "You **fool**."
    assert evidence(made)["words"] == "It hurts."
    assert "fool" not in made.evidence


def test_evidence_is_gone_thirty_days_after_the_case_closed(circle):
    made = reporting.report(circle.says(circle.thorn, "You fool."), by=circle.rue, reason="hate")
    deciding.dismiss(made.case, by=circle.ines)
    Case.objects.update(closed_at=timezone.now() - timedelta(days=29))
    assert reporting.forget_old_evidence() == 0
    Case.objects.update(closed_at=timezone.now() - timedelta(days=31))
    assert reporting.forget_old_evidence() == 1
    made.refresh_from_db()
    assert made.evidence == ""


def test_evidence_of_an_open_case_stays_however_old(circle):
    made = reporting.report(circle.says(circle.thorn, "You fool."), by=circle.rue, reason="hate")
    Case.objects.update(opened_at=timezone.now() - timedelta(days=400))
    assert reporting.forget_old_evidence() == 0
    made.refresh_from_db()
    assert made.evidence


def test_the_anonymous_voice_stays_anonymous_in_the_evidence(circle):
    post = circle.says(circle.thorn, "You fool.", voice="member")
    made = reporting.report(post, by=circle.rue, reason="hate")
    assert "thorn" not in json.dumps(evidence(made))
    shown = reads.case(made.case)
    assert "'thorn'" not in str(shown)
    assert shown["history"] == []


def test_outsiders_and_authors_cannot_report(circle):
    post = circle.says(circle.thorn, "You fool.")
    for who in (person("wren"), circle.thorn):
        with pytest.raises(Refused):
            reporting.report(post, by=who, reason="hate")
    with pytest.raises(Refused):
        reporting.report(circle.seat(circle.thorn), by=circle.thorn, reason="hate")
    assert not Case.objects.exists()


def test_reports_of_a_community_go_to_the_operator(circle):
    made = reporting.report(circle.community, by=circle.rue, reason="danger")
    assert made.case.desk == "operator"
    assert not Case.objects.judged_by(circle.ines).exists()


def test_a_report_may_go_past_the_hosts(circle, afterwards):
    post = circle.says(circle.ines, "I am the host and may say so.")
    with afterwards():
        made = reporting.report(post, by=circle.rue, reason="harassment", desk="operator")
    for host in (circle.ines, circle.moss):
        assert not rules.may_judge(host, made.case)
        assert "reported" not in kinds(host)
    assert rules.may_judge(Viewer(is_operator=True), made.case)


def test_a_lone_host_does_not_judge_themselves(circle):
    for seat in (circle.seat(circle.moss),):
        seat.duties = []
        type(seat).objects.filter(pk=seat.pk).update(duties=[])
    made = reporting.report(circle.says(circle.ines, "Hm."), by=circle.rue, reason="hate")
    assert made.case.desk == "operator"


def test_hosts_hear_of_it_and_the_reported_host_does_not(circle, afterwards):
    with afterwards():
        reporting.report(circle.seat(circle.moss), by=circle.rue, reason="hate")
    assert kinds(circle.ines) == ["reported"]
    assert kinds(circle.moss) == []
    assert kinds(circle.thorn) == kinds(circle.rue) == []
    assert [letter["to"] for letter in letters()] == ["ines@example.org"]


def test_rule_and_query_agree_on_who_judges(circle):
    cases = [
        reporting.report(circle.says(who, "Hm."), by=circle.rue, reason="hate").case
        for who in (circle.thorn, circle.moss, circle.ines)
    ]
    cases.append(reporting.report(circle.community, by=circle.rue, reason="hate").case)
    cases.append(reporting.report(circle.seat(circle.thorn), by=circle.rue, reason="hate").case)
    judges = 0
    people = [circle.ines, circle.moss, circle.rue, circle.thorn, person("wren"), None]
    for who in [*people, *(viewer(each) for each in people if each)]:
        for case in cases:
            listed = Case.objects.judged_by(who).filter(pk=case.pk).exists()
            assert listed == bool(rules.may_judge(who, case)), (who, case)
            judges += listed
    assert judges == 2 * (3 + 3)


def test_a_person_reports_thirty_things_a_day_at_most(circle):
    post = circle.says(circle.thorn, "Hm.")
    made = reporting.report(post, by=circle.rue, reason="hate")
    Report.objects.bulk_create(
        Report(
            case=Case.objects.create(
                community=circle.community, subject="post", thing=f"post:x{n}", gravity=0
            ),
            reporter=circle.rue,
            reason="spam",
        )
        for n in range(29)
    )
    with pytest.raises(Refused):
        reporting.report(circle.says(circle.thorn, "Hm!"), by=circle.rue, reason="hate")
    reporting.report(circle.says(circle.thorn, "Hm?"), by=circle.moss, reason="hate")
    assert made.case.reports.count() == 1


def test_who_reported_is_forgotten_with_the_person_and_the_report_stays(circle):
    reporting.report(circle.says(circle.thorn, "Hm."), by=circle.rue, reason="hate")
    assert len(register[Report].export(circle.rue.pk)) == 1
    assert register[Report].erase(circle.rue.pk) == 1
    assert Report.objects.get().reporter is None
    assert Case.objects.open().count() == 1


def test_a_reported_photo_can_be_looked_at_whatever_became_of_it(circle, settings, tmp_path):
    settings.DATA = tmp_path
    sent = Picture.objects.create(
        persona=circle.thorn, community=circle.community, width=4, height=3, bytes=1
    )
    shelf.put(circle.community.public_id, sent.public_id, {960: b"a print of a fool"})
    post = circle.says(circle.thorn, "Look.", photos=[sent.public_id])
    case = reporting.report(post, by=circle.rue, reason="hate").case
    shelf.clear([(circle.community.public_id, sent.public_id)])
    erasing.erase_words(circle.thorn.pk)
    assert (Picture.objects.count(), reads.photo(case, 0)) == (0, b"a print of a fool")
    assert b"fool" not in bytes(EvidencePhoto.objects.get().content)
    deciding.dismiss(case, by=circle.ines)
    Case.objects.update(closed_at=timezone.now() - timedelta(days=31))
    reporting.forget_old_evidence()
    assert reads.photo(case, 0) is None
