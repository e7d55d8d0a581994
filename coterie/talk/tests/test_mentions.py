"""Who is called by name, and by whom that is heard."""

import pytest

from coterie.communities.actions import keeping_away
from coterie.communities.models import Community, Membership
from coterie.core.verdict import Refused
from coterie.talk import reads
from coterie.talk.mentions import MOST, named
from coterie.talk.models import Post, Voice

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(ines, moss, juno, circle):
    moss.joins(circle, ines, name="Moss")
    juno.joins(circle, ines, name="salt & thistle")
    return moss, juno


def heard(post):
    said = Post.objects.select_related("conversation__community", "persona").get(pk=post.pk)
    return [persona.name for persona in reads.mentioned(said)]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("@Moss, look", ["moss"]),
        ("a run of two marks that one does not end: ``@Moss`", ["moss"]),
        ('ask @"salt & thistle".', ["salt & thistle"]),
        ("@moss and @Moss.", ["moss"]),
        ("mail moss@example.org, see https://x.org/@moss", []),
        ("`@moss` is code, and so is\n\n```\n@moss\n```", []),
        ("@Zoë, @李雷: hi", ["zoë", "李雷"]),
        ("nobody @ all", []),
    ],
)
def test_a_name_is_called_by_an_at_sign_before_it(source, names):
    assert list(named(source)) == names


def test_members_are_called_however_the_name_is_capitalised(ines, members, circle, topic):
    said = ines.replies(topic, '@moss, @"Salt & Thistle", @nobody and @moss again')
    assert sorted(heard(said)) == ["Moss", "salt & thistle"]


def test_nobody_calls_into_another_community_nor_themselves(ines, wren, members, circle, topic):
    other = wren.founds(name="Elsewhere")
    assert heard(ines.replies(topic, f'@"{wren.here(other).name}"')) == []
    moss, _juno = members
    assert heard(moss.replies(topic, "@moss")) == []


def test_who_may_not_be_met_is_not_called(ines, members, circle, topic):
    moss, juno = members
    Membership.objects.filter(persona=juno.here(circle)).update(hidden=True)
    assert heard(moss.replies(topic, '@"salt & thistle"')) == []
    Membership.objects.filter(persona=juno.here(circle)).update(hidden=False)
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    assert heard(moss.replies(topic, '@"salt & thistle"')) == []


def test_a_block_does_not_tell_who_spoke_without_a_name(members, circle, topic):
    moss, juno = members
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    said = moss.replies(topic, '@"salt & thistle"', voice=Voice.MEMBER)
    assert heard(said) == ["salt & thistle"]


def test_where_members_do_not_meet_they_call_the_hosts_alone(ines, members, circle, topic):
    Community.objects.filter(pk=circle.pk).update(members_meet=False)
    moss, _juno = members
    called = f'@"salt & thistle" @"{ines.here(circle).name}"'
    assert heard(moss.replies(topic, called)) == [ines.here(circle).name]


def test_five_hundred_names_are_refused_kindly_and_the_words_stay(ines, members, circle, topic):
    many = " ".join(f"@name{number}" for number in range(500))
    with pytest.raises(Refused, match=f"At most {MOST} people"):
        ines.replies(topic, many)
    page = ines.browser().post(f"{topic.path}posts/", {"source": many, "client_key": "k"})
    assert page.status_code == 422
    assert "@name499" in page.content.decode()
    ines.replies(topic, "@moss " * 500)


def test_a_megabyte_and_ten_thousand_quotes_are_answered_in_bounded_time(ines, circle, topic):
    browser = ines.browser()
    for source in ("a" * 1_000_000, "> " * 500_000):
        page = browser.post(f"{topic.path}posts/", {"source": source, "client_key": "k"})
        assert page.status_code == 422
        assert "field__wrong" in page.content.decode()
    said = ines.replies(topic, "> " * 10_000 + "deep")
    assert said.html.count("<blockquote") <= 21
