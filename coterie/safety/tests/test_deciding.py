"""What hosts decide has a rule and words; who is concerned reads them, and never more."""

import pytest

from coterie.communities.actions import hosting, joining
from coterie.communities.models import Ban, Membership
from coterie.core.events import announce
from coterie.core.verdict import Refused
from coterie.inbox.models import Notification
from coterie.inbox.tests.people import letters, person, viewer
from coterie.personas import sealed
from coterie.personas.viewer import Viewer
from coterie.safety import audit
from coterie.safety.actions import deciding, operating, reporting
from coterie.safety.events import Decided
from coterie.safety.models import AuditFact, Case, Decision
from coterie.talk.actions import keeping_order, posting
from coterie.talk.models import Post

pytestmark = pytest.mark.django_db
OPERATOR = Viewer(is_operator=True)


@pytest.fixture
def case(circle):
    post = circle.says(circle.thorn, "You fool.")
    return reporting.report(post, by=circle.rue, reason="hate", words="It hurts.").case


@pytest.fixture
def nameless(circle):
    post = circle.says(circle.thorn, "You fool.", voice="member")
    return reporting.report(post, by=circle.rue, reason="hate").case


def told(persona):
    rows = Notification.objects.filter(persona=persona).order_by("pk")
    rows = rows.exclude(kind__in=("replied", "answered"))
    return [(row.kind, row.facts.get("sentence"), row.facts.get("rule")) for row in rows]


def everything_about(persona):
    rows = Notification.objects.filter(persona=persona).values()
    return str(list(rows)) + str([letter for letter in letters() if persona.name in letter["to"]])


def test_a_removed_post_is_gone_and_its_author_reads_rule_and_words(circle, case, afterwards):
    with afterwards():
        deciding.remove_post(case, by=circle.moss, rule=circle.rule, sentence="Not like this.")
    post = Post.objects.get(pk=case.post_id)
    assert (post.state, post.source) == ("removed", "")
    assert told(circle.thorn) == [("post-removed", "Not like this.", "Kind first.")]
    case.refresh_from_db()
    assert case.closed_at
    assert told(circle.rue) == [("report-closed", None, None)]


def test_the_reported_learns_neither_who_reported_nor_which_host_decided(circle, case, afterwards):
    with afterwards():
        deciding.remove_post(case, by=circle.moss, rule=circle.rule, sentence="Not like this.")
    seen = everything_about(circle.thorn)
    for name in ("'rue'", "'moss'", "It hurts", str(circle.rue.pk), str(circle.moss.pk)):
        assert name not in seen
    assert Notification.objects.get(persona=circle.thorn).actor is None


def test_two_hosts_decide_once(circle, case):
    deciding.dismiss(Case.objects.get(pk=case.pk), by=circle.ines)
    with pytest.raises(Refused):
        deciding.remove_post(case, by=circle.moss)
    assert Post.objects.get(pk=case.post_id).state == "published"
    assert Decision.objects.count() == 1


def test_members_and_the_reported_decide_nothing(circle, case):
    about_moss = reporting.report(
        circle.says(circle.moss, "Hm."), by=circle.rue, reason="hate"
    ).case
    for who, which in ((circle.rue, case), (circle.moss, about_moss), (person("wren"), case)):
        for act in (deciding.dismiss, deciding.remove_post, deciding.ban_member):
            with pytest.raises(Refused):
                act(which, by=who)
    assert Case.objects.open().count() == 2


def test_a_dismissed_report_never_reaches_the_reported(circle, case, afterwards):
    with afterwards():
        deciding.dismiss(case, by=circle.ines)
    assert told(circle.thorn) == []
    assert told(circle.rue) == [("report-closed", None, None)]


def test_a_note_is_read_and_nothing_else_happens(circle, case, afterwards):
    with afterwards():
        deciding.warn(case, by=circle.ines, rule=circle.rule, sentence="Please calm down.")
    assert told(circle.thorn) == [("note", "Please calm down.", "Kind first.")]
    assert Post.objects.get(pk=case.post_id).state == "published"


def test_a_note_needs_words(circle, case):
    with pytest.raises(Refused):
        deciding.warn(case, by=circle.ines, sentence=" ")
    assert Case.objects.open().exists()


def test_a_removed_member_reads_why_once(circle, case, afterwards):
    with afterwards():
        deciding.remove_member(case, by=circle.ines, rule=circle.rule, sentence="Come back calmer.")
    assert told(circle.thorn) == [("removed", "Come back calmer.", "Kind first.")]
    assert circle.seat(circle.thorn).state == "removed"
    assert Decision.objects.count() == 1


def test_a_ban_by_a_case_survives_a_new_persona(circle, case, afterwards):
    with afterwards():
        deciding.ban_member(case, by=circle.ines, rule=circle.rule, sentence="That is enough.")
    assert told(circle.thorn) == [("banned", "That is enough.", "Kind first.")]
    sealed.new_persona(sealed.owner_of(circle.thorn), name="somebody new")
    type(circle.community).objects.filter(pk=circle.community.pk).update(joined_by="open")
    circle.community.refresh_from_db()
    for persona in viewer(circle.thorn).personas:
        with pytest.raises(Refused):
            joining.ask_to_join(circle.community, by=viewer(circle.thorn), persona=persona)
    assert Ban.objects.in_force().count() == 1


def test_a_ban_without_a_case_has_a_statement_too(circle, afterwards):
    with afterwards():
        hosting.ban(circle.seat(circle.thorn), by=circle.ines, sentence="That is enough.")
    assert told(circle.thorn) == [("banned", "That is enough.", None)]
    assert Decision.objects.about(circle.thorn).count() == 1
    fact = AuditFact.objects.get(kind="member-banned")
    assert (fact.subject, fact.sentence) == (circle.thorn, "That is enough.")


def test_removing_a_post_at_its_place_settles_what_was_reported(circle, case, afterwards):
    with afterwards():
        keeping_order.remove_post(case.post, by=circle.ines, rule=circle.rule, sentence="No.")
    assert not Case.objects.open().exists()
    assert told(circle.thorn) == [("post-removed", "No.", "Kind first.")]
    assert told(circle.rue) == [("report-closed", None, None)]


def test_each_act_has_one_entry_with_its_rule_in_the_log(circle, case):
    deciding.remove_post(case, by=circle.moss, rule=circle.rule, sentence="Not like this.")
    fact = AuditFact.objects.get(kind="post-removed")
    assert (fact.actor, fact.subject, fact.rule, fact.sentence) == (
        circle.moss,
        circle.thorn,
        "Kind first.",
        "Not like this.",
    )
    assert not AuditFact.objects.filter(subject=circle.rue).exists()
    assert audit.verify(circle.community) is None


def test_a_locked_conversation_is_a_decision(circle, case):
    deciding.lock_conversation(case, by=circle.ines, rule=circle.rule, sentence="Enough for today.")
    topic = case.post.conversation
    topic.refresh_from_db()
    assert topic.locked_at
    assert AuditFact.objects.get(kind="locked").rule == "Kind first."
    again = reporting.report(case.post, by=circle.moss, reason="hate").case
    with pytest.raises(Refused):
        deciding.lock_conversation(again, by=circle.ines)


def test_hosts_cannot_remove_or_ban_whoever_spoke_anonymously(circle, nameless):
    for act in (deciding.remove_member, deciding.ban_member):
        with pytest.raises(Refused):
            act(nameless, by=circle.ines)
    assert circle.seat(circle.thorn).state == "living"


def test_hosts_remove_an_anonymous_post_and_no_row_for_hosts_names_its_author(
    circle, nameless, afterwards
):
    with afterwards():
        deciding.remove_post(nameless, by=circle.ines, rule=circle.rule, sentence="No.")
    assert told(circle.thorn) == [("post-removed", "No.", "Kind first.")]
    assert Decision.objects.get().subject is None
    assert AuditFact.objects.get(kind="post-removed").subject is None
    for host in (circle.ines, circle.moss):
        assert str(circle.thorn.pk) not in everything_about(host)
        assert "thorn" not in everything_about(host)


def test_hosts_write_a_note_to_the_anonymous_voice(circle, nameless, afterwards):
    with afterwards():
        deciding.warn(nameless, by=circle.ines, sentence="Please calm down.")
    assert told(circle.thorn) == [("note", "Please calm down.", None)]
    assert AuditFact.objects.get(kind="warned").subject is None


def test_the_operator_bans_whom_hosts_may_not_know(circle, nameless, afterwards):
    with pytest.raises(Refused):
        operating.ban_member(nameless, by=OPERATOR)
    with afterwards():
        reporting.ask_operator(nameless, by=circle.ines, sentence="Please ban them.")
    asked = Case.objects.get(pk=nameless.pk)
    with pytest.raises(Refused):
        operating.ban_member(asked, by=Viewer((circle.ines,), circle.ines))
    with afterwards():
        operating.ban_member(asked, by=OPERATOR, sentence="The hosts asked for it.")
    assert circle.seat(circle.thorn).state == "banned"
    assert told(circle.thorn) == [("banned", "The hosts asked for it.", None)]
    fact = AuditFact.objects.get(kind="member-banned")
    assert (fact.actor, fact.subject, fact.sentence) == (None, None, "")
    assert Ban.objects.get().sentence == ""
    assert audit.verify(circle.community) is None


def test_hosts_ask_the_operator_once(circle, nameless):
    reporting.ask_operator(nameless, by=circle.ines, sentence="Please ban them.")
    with pytest.raises(Refused):
        reporting.ask_operator(nameless, by=circle.moss, sentence="Please.")
    with pytest.raises(Refused):
        reporting.ask_operator(nameless, by=circle.rue, sentence="Please.")


def test_telling_twice_changes_nothing(circle, case, afterwards):
    with afterwards():
        made = deciding.remove_post(case, by=circle.moss, sentence="No.")
    before = (told(circle.thorn), told(circle.rue), len(letters()))
    with afterwards():
        announce(Decided(made.pk))
    assert (told(circle.thorn), told(circle.rue), len(letters())) == before


def test_a_foreign_rule_is_not_quoted(circle, case):
    from coterie.communities.models import Rule
    from coterie.inbox.tests.people import place

    foreign = Rule.objects.create(community=place("Elsewhere"), place=1, text="Secret rule.")
    assert deciding.dismiss(case, by=circle.ines).rule is None
    assert foreign.text not in str(list(Decision.objects.values()))


def test_what_waited_is_let_out_or_held_back_and_its_author_knows(circle, afterwards):
    type(circle.community).objects.filter(pk=circle.community.pk).update(posted_by="approved")
    circle.topic.refresh_from_db()
    circle.topic.community.refresh_from_db()
    with afterwards():
        good, bad = circle.says(circle.thorn, "Hello."), circle.says(circle.thorn, "You fool.")
    assert good.state == bad.state == "held"
    assert [row[0] for row in told(circle.ines)] == ["held"]
    assert told(circle.rue) == []
    with afterwards():
        posting.publish(good, by=circle.moss)
        keeping_order.remove_post(bad, by=circle.moss, rule=circle.rule, sentence="Not here.")
    assert told(circle.thorn) == [
        ("published", None, None),
        ("held-back", "Not here.", "Kind first."),
    ]
    assert told(circle.ines) == []
    with pytest.raises(Refused):
        posting.publish(circle.says(circle.thorn, "Again."), by=circle.rue)


def test_a_former_member_keeps_the_reasons_and_no_other_alert(circle, case, afterwards):
    with afterwards():
        circle.says(circle.ines, "@thorn", reply_to=case.post)
    assert Notification.objects.filter(persona=circle.thorn, kind="replied").exists()
    with afterwards():
        deciding.remove_member(case, by=circle.ines, sentence="Bye.")
    kept = Notification.objects.filter(persona=circle.thorn).values_list("kind", flat=True)
    assert list(kept) == ["removed"]
    assert Membership.objects.living().filter(persona=circle.thorn).count() == 0


def test_many_words_fit_on_every_decision(circle, case):
    deciding.ban_member(case, by=circle.ines, sentence="Enough. " * 60)
    assert len(Decision.objects.get().sentence) > 450
