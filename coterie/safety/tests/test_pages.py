"""The pages: who may open them, what they tell, what they cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coterie.accounts.models import Account
from coterie.communities.actions import hosting, keeping_away
from coterie.communities.models import Ban, Block, Membership, Mute
from coterie.inbox.tests.people import person, sign_in, viewer
from coterie.safety import audit
from coterie.safety.actions import deciding, reporting
from coterie.safety.models import AuditEntry, Case, Decision, Report
from coterie.talk import reads as talk
from coterie.talk.actions import posting
from coterie.talk.models import Asked, HiddenPost, Post
from coterie.talk.reads.topic import topic as topic_page
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(circle):
    return circle.says(circle.thorn, "You **fool**.")


@pytest.fixture
def case(circle, post):
    return reporting.report(post, by=circle.rue, reason="hate", words="It hurts me.").case


def page(client, path, persona=None, status=200):
    if persona is not None:
        sign_in(client, persona)
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def cost(client, path):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_a_member_reports_in_two_taps_and_is_thanked(client, circle, post):
    path = f"/p/{post.public_id}/report/"
    assert "Report a post" in page(client, path, circle.rue)
    answer = client.post(path, {"reason": "hate", "words": "It hurts me."})
    assert answer.url == f"{path}thanks/"
    assert "Thank you for telling" in page(client, answer.url)
    assert Report.objects.get().reporter == circle.rue


def test_what_is_wrong_must_be_said_and_nothing_typed_is_lost(client, circle, post):
    sign_in(client, circle.rue)
    answer = client.post(f"/p/{post.public_id}/report/", {"words": "Long and careful words."})
    assert answer.status_code == 200
    assert "Long and careful words." in answer.content.decode()
    assert not Case.objects.exists()


def test_a_member_and_the_community_can_be_reported(client, circle):
    sign_in(client, circle.rue)
    member = f"{circle.community.path}members/{circle.seat(circle.thorn).public_id}/report/"
    here = f"{circle.community.path}report/"
    for path in (member, here):
        page(client, path)
        page(client, client.post(path, {"reason": "spam"}).url)
    assert set(Case.objects.values_list("subject", "desk")) == {
        ("member", "hosts"),
        ("community", "operator"),
    }


def test_a_report_can_go_past_the_hosts(client, circle, post):
    sign_in(client, circle.rue)
    client.post(f"/p/{post.public_id}/report/", {"reason": "hate", "past_hosts": "on"})
    assert Case.objects.get().desk == "operator"
    listed = page(client, f"{circle.community.path}reports/", circle.ines)
    assert "Nothing to decide" in listed


def test_outsiders_find_none_of_it(client, circle, post, case):
    paths = [
        f"/p/{post.public_id}/report/",
        f"/p/{post.public_id}/away/",
        f"{circle.community.path}reports/",
        f"{circle.community.path}log/",
        f"{circle.community.path}kept-away/",
        f"{circle.community.path}held/",
        f"{circle.community.path}reports/{case.public_id}/",
        f"{circle.community.path}report/",
        "/operator/cases/",
        f"/operator/cases/{case.public_id}/",
    ]
    for path in paths:
        assert client.get(path).status_code in (302, 404), path
    stranger = person("wren")
    for path in paths:
        page(client, path, stranger, status=404)


def test_members_do_not_open_the_desk(client, circle, case):
    for path in ("reports/", "held/", f"reports/{case.public_id}/"):
        page(client, circle.community.path + path, circle.rue, status=403)
    page(client, "/operator/cases/", circle.ines, status=404)


def test_the_desk_shows_what_was_said_then_and_never_who_told(client, circle, case, post):
    from coterie.talk.actions import posting

    posting.edit(post, by=circle.thorn, source="You are kind.")
    listed = page(client, f"{circle.community.path}reports/", circle.ines)
    assert "Hate or threats" in listed
    assert "fool" not in listed
    shown = page(client, case.path)
    assert "You <strong>fool</strong>." in shown
    assert "It hurts me." in shown
    assert "rue" not in shown.replace("true", "")


def test_a_host_decides_on_the_page(client, circle, case, post):
    sign_in(client, circle.moss)
    answer = client.post(
        case.path,
        {
            "outcome": "post-removed",
            "rule": circle.rule.pk,
            "prepared": "kind",
            "words": "Thank you.",
        },
    )
    assert answer.url == f"{circle.community.path}reports/"
    made = Decision.objects.get()
    assert made.sentence.startswith("This did not sound kind.")
    assert made.sentence.endswith("Thank you.")
    assert Post.objects.get(pk=post.pk).state == "removed"
    shown = page(client, made.path, circle.thorn)
    for words in ("Kind first.", "This did not sound kind.", "The hosts", "no machine did"):
        assert words in shown
    assert "moss" not in shown
    page(client, made.path, circle.rue, status=404)


def test_a_ban_asks_for_a_second_look_and_keeps_what_was_typed(client, circle, case):
    sign_in(client, circle.ines)
    typed = {"outcome": "member-banned", "words": "Enough of this.", "days": "7"}
    answer = client.post(case.path, typed)
    assert answer.status_code == 200
    assert "A second look" in answer.content.decode()
    assert "Enough of this." in answer.content.decode()
    assert circle.seat(circle.thorn).state == "living"
    assert client.post(case.path, typed | {"sure": "on"}).status_code == 302
    assert circle.seat(circle.thorn).state == "banned"
    made = Decision.objects.get()
    assert made.until == Ban.objects.get().expires_at is not None
    assert "It ends:" in page(client, made.path, circle.thorn)


def test_a_moderator_without_the_duty_is_not_offered_a_ban(client, circle, case):
    Membership.objects.filter(persona=circle.moss).update(duties=["talk"])
    shown = page(client, case.path, circle.moss)
    assert "Remove the post" in shown
    assert "Ban the member" not in shown
    client.post(case.path, {"outcome": "member-banned", "sure": "on"})
    assert circle.seat(circle.thorn).state == "living"


def test_of_the_anonymous_voice_no_page_of_hosts_or_operator_names_anybody(client, circle):
    hosting.remove(circle.seat(circle.rue), by=circle.ines)
    post = circle.says(circle.thorn, "You fool.", voice="member")
    case = reporting.report(post, by=circle.moss, reason="hate").case
    shown = page(client, f"{circle.community.path}reports/{case.public_id}/", circle.ines)
    assert "thorn" not in shown
    assert circle.seat(circle.thorn).public_id not in shown
    assert f"/flower/{circle.thorn.seed}.svg" not in shown
    assert "Ban the member" not in shown
    answer = client.post(f"{case.path}question/", {"sentence": "Please ban them."})
    assert answer.status_code == 302
    operator = person("ana")
    Account.objects.filter(email="ana@example.org").update(is_operator=True)
    theirs = page(client, f"/operator/cases/{case.public_id}/", operator)
    assert "Please ban them." in theirs
    assert "thorn" not in theirs
    typed = {"outcome": "member-banned", "words": "Asked by the hosts.", "sure": "on"}
    assert client.post(f"/operator/cases/{case.public_id}/", typed).status_code == 302
    assert circle.seat(circle.thorn).state == "banned"
    log = page(client, f"{circle.community.path}log/", circle.ines)
    assert "thorn" not in log
    bans = page(client, "/operator/bans/", operator)
    assert circle.community.name in bans
    assert "thorn" not in bans


def test_the_operator_lifts_what_hosts_cannot(client, circle):
    operator = person("ana")
    Account.objects.filter(email="ana@example.org").update(is_operator=True)
    case = reporting.report(circle.seat(circle.thorn), by=circle.rue, reason="hate").case
    reporting.ask_operator(case, by=circle.ines, sentence="Please ban them.")
    page(client, "/operator/cases/", operator)
    typed = {"outcome": "member-banned", "words": "Enough.", "sure": "on"}
    client.post(f"/operator/cases/{case.public_id}/", typed)
    ban = Ban.objects.in_force().get()
    assert "thorn" in page(client, "/operator/bans/", operator)
    sign_in(client, circle.ines)
    refused = client.post(f"{circle.community.path}bans/{ban.public_id}/lifting/")
    assert "only the operator" in refused.content.decode()
    assert client.post(f"/operator/bans/{ban.public_id}/lifting/").status_code == 404
    page(client, "/operator/bans/", operator)
    client.post(f"/operator/bans/{ban.public_id}/lifting/")
    assert not Ban.objects.in_force().exists()
    assert audit.verify(circle.community) is None


def test_whoever_spoke_anonymously_hears_beforehand_that_a_ban_shows(client, circle, afterwards):
    post = circle.says(circle.thorn, "You fool.", voice="member")
    case = reporting.report(post, by=circle.rue, reason="hate").case
    with afterwards():
        reporting.ask_operator(case, by=circle.ines, sentence="Please ban them.")
    assert "that shows: others can see who is gone" in page(client, "/alerts/", circle.thorn)


def test_posts_that_wait_are_published_or_kept_back_by_hosts_only(client, circle):
    type(circle.community).objects.filter(pk=circle.community.pk).update(posted_by="approved")
    good, bad = circle.says(circle.thorn, "Hello."), circle.says(circle.thorn, "You fool.")
    here = f"{circle.community.path}held/"
    sign_in(client, circle.rue)
    assert client.post(f"{here}{good.public_id}/publication/").status_code == 403
    shown = page(client, here, circle.moss)
    assert "You fool." in shown
    form = shown.partition(f"{good.public_id}/publication/")[2]
    read = {"as_read": re.search(r'name="as_read" value="(\w+)"', form)[1]}
    posting.edit(fresh(good), by=circle.thorn, source="Hello again.")
    client.post(f"{here}{good.public_id}/publication/", read)
    assert fresh(good).state == "held", "a host lets out what they read"
    read = {"as_read": talk.as_read([fresh(good)])[good.pk]}
    assert client.post(f"{here}{good.public_id}/publication/", read).status_code == 302
    assert client.post(f"{here}{bad.public_id}/refusal/", {"words": "No."}).status_code == 302
    states = dict(Post.objects.values_list("pk", "state"))
    assert (states[good.pk], states[bad.pk]) == ("published", "removed")
    assert Decision.objects.get(post=bad).sentence == "No."


def test_of_what_waits_a_host_reads_all_that_comes_out_with_it(client, circle):
    type(circle.community).objects.filter(pk=circle.community.pk).update(posted_by="approved")
    circle.says(circle.thorn, "Which?", asked=Asked(("Nettle", "Lime blossom")))
    shown = page(client, f"{circle.community.path}held/", circle.moss)
    assert "Nettle" in shown
    assert "Lime blossom" in shown


def test_a_member_blocks_and_mutes_from_a_post_and_takes_it_back(client, circle, post):
    assert "Block them" in page(client, f"/p/{post.public_id}/away/", circle.rue)
    client.post(f"/p/{post.public_id}/mute/")
    away = client.post(f"/p/{post.public_id}/block/").url
    shown = page(client, away)
    assert shown.count("thorn") >= 2
    seat = circle.seat(circle.thorn).public_id
    client.post(f"{away}{seat}/unblocking/")
    client.post(f"{away}{seat}/unmuting/")
    assert not Block.objects.exists()
    assert not Mute.objects.exists()
    assert "Nobody is kept away" in page(client, away)


def test_a_members_page_has_the_way_to_report_and_block(client, circle):
    path = f"{circle.community.path}members/{circle.seat(circle.thorn).public_id}/"
    shown = page(client, path, circle.rue)
    assert f"{path}report/" in shown
    client.post(f"{path}blocking/")
    assert "thorn" in page(client, f"{circle.community.path}kept-away/")
    theirs = page(client, f"{circle.community.path}kept-away/", circle.thorn)
    assert "Nobody is kept away" in theirs


def test_nobody_undoes_anothers_block(client, circle, post):
    sign_in(client, circle.rue)
    client.post(f"/p/{post.public_id}/block/")
    seat = circle.seat(circle.thorn).public_id
    sign_in(client, circle.moss)
    answer = client.post(f"{circle.community.path}kept-away/{seat}/unblocking/")
    assert answer.status_code == 404
    assert Block.objects.count() == 1


def test_from_the_anonymous_voice_only_that_post_can_be_hidden(client, circle):
    post = circle.says(circle.thorn, "You fool.", voice="member")
    other = circle.says(circle.thorn, "Me again.", voice="member")
    shown = page(client, f"/p/{post.public_id}/away/", circle.rue)
    assert "Block them" not in shown
    assert client.post(f"/p/{post.public_id}/block/").status_code == 404
    assert client.post(f"/p/{post.public_id}/mute/").status_code == 404
    assert client.post(f"/p/{post.public_id}/hiding/").status_code == 302
    assert HiddenPost.objects.get().persona == circle.rue
    seen = type(circle.topic).objects.with_seen(circle.rue).get(pk=circle.topic.pk)
    ids = [row["public_id"] for row in topic_page(viewer(circle.rue), seen, whole=True).posts]
    assert other.public_id in ids
    assert post.public_id not in ids
    ids = [row["public_id"] for row in topic_page(viewer(circle.moss), seen, whole=True).posts]
    assert post.public_id in ids


def test_members_read_what_hosts_did_without_names_and_hosts_with(client, circle, case):
    deciding.remove_post(case, by=circle.moss, rule=circle.rule, sentence="Not like this.")
    log = f"{circle.community.path}log/"
    for_members = page(client, log, circle.rue)
    assert "A post was removed." in for_members
    assert "Kind first." in for_members
    assert "The chain is whole" in for_members
    for words in ("moss", "thorn", "Not like this."):
        assert words not in for_members
    for_hosts = page(client, log, circle.ines)
    for words in ("moss", "thorn", "Not like this."):
        assert words in for_hosts


def test_who_asked_in_vain_is_named_to_nobody_but_the_door(client, circle):
    from coterie.communities.actions import joining
    from coterie.communities.models import JoinRequest

    wren = person("wren")
    asked = JoinRequest.objects.create(community=circle.community, persona=wren)
    joining.turn_away(asked, by=circle.ines, sentence="We are full.")
    log = f"{circle.community.path}log/"
    Membership.objects.filter(persona=circle.moss).update(duties=["talk"])
    assert "wren" in page(client, log, circle.ines)
    for persona in (circle.moss, circle.rue):
        shown = page(client, log, persona)
        assert "declined a request" in shown
        assert "wren" not in shown
        assert "We are full." not in shown


def test_a_touched_log_says_so(client, circle):
    hosting.make_host(circle.seat(circle.rue), by=circle.ines)
    AuditEntry.objects.filter(n=1).update(day="2020-01-01")
    assert "The chain is broken at entry 1" in page(
        client, f"{circle.community.path}log/", circle.rue
    )


def test_the_log_is_paged_without_gap(client, circle):
    from coterie.safety import audit, reads

    for n in range(95):
        audit.append(audit.Fact(circle.community.pk, "reshaped", sentence=str(n)))
    seen, before = [], ""
    while True:
        found = reads.log(circle.seat(circle.ines), before)
        seen += [row["n"] for row in found.rows]
        before = found.after
        if not before:
            break
    assert seen == list(range(95, 0, -1))


def test_the_queue_is_paged_gravest_and_oldest_first(circle):
    from coterie.safety import reads

    reasons = ["other", "hate", "spam"] * 9
    made = []
    for n, reason in enumerate(reasons):
        made.append(
            Case.objects.create(
                community=circle.community,
                subject="post",
                thing=f"post:x{n}",
                gravity={"hate": 2, "spam": 6, "other": 8}[reason],
            )
        )
    expected = [c.public_id for c in sorted(made, key=lambda c: (c.gravity, c.pk))]
    seen, after = [], ""
    while True:
        found = reads.queue(Case.objects.judged_by(circle.ines), after)
        seen += [row["public_id"] for row in found.rows]
        after = found.after
        if not after:
            break
    assert seen == expected


def test_pages_cost_the_same_for_many_rows_as_for_few(client, circle):
    sign_in(client, circle.ines)
    type(circle.community).objects.filter(pk=circle.community.pk).update(posted_by="approved")
    names = ("reports/", "log/", "held/", "kept-away/")
    before = {}
    for turn in range(2):
        for n in range(2 + 6 * turn):
            whom = circle.join(f"m{turn}-{n}")
            hosting.make_moderator(circle.seat(whom), by=circle.ines, duties=["talk"])
            hosting.make_member(circle.seat(whom), by=circle.ines)
            reporting.report(circle.seat(whom), by=circle.rue, reason="spam")
            circle.topic.community.refresh_from_db()
            circle.says(whom, "Hello.")
            from coterie.communities.actions import keeping_away

            keeping_away.block(circle.seat(whom), by=circle.ines)
            keeping_away.mute(circle.seat(whom), by=circle.ines)
        costs = {name: cost(client, circle.community.path + name) for name in names}
        assert costs == (before or costs)
        before = costs


def test_whom_one_blocked_one_can_still_report_and_not_the_other_way(client, circle):
    theirs, mine = circle.seat(circle.thorn), circle.seat(circle.rue)
    keeping_away.block(theirs, by=circle.rue)
    base = f"{circle.community.path}members/"
    report = f"{base}{theirs.public_id}/report/"
    assert report in page(client, f"{circle.community.path}kept-away/", circle.rue)
    page(client, f"{base}{theirs.public_id}/", status=404)
    assert "thorn" in page(client, report)
    answer = client.post(report, {"reason": "harassment", "words": ""})
    assert "kept-away/" in page(client, answer.url)
    assert Case.objects.get().membership == theirs
    page(client, f"{base}{mine.public_id}/report/", circle.thorn, status=404)
