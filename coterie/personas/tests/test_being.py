"""A persona is its owner's to name, describe, replant and put away, and nobody else's."""

import pytest

from coterie.accounts.models import Account
from coterie.core.verdict import Refused
from coterie.personas import sealed
from coterie.personas.actions import being
from coterie.personas.models import Persona
from coterie.personas.viewer import NOBODY, viewer_of

pytestmark = pytest.mark.django_db


def owner(address):
    return sealed.Owner(Account.objects.create_user(address).pk)


@pytest.fixture
def ines():
    return owner("ines@example.org")


@pytest.fixture
def wildfern(ines):
    return sealed.new_persona(ines, name="wildfern", seed=7)


def test_its_owner_gives_it_another_name_bio_and_flower(ines, wildfern):
    me = viewer_of(ines)
    being.rename(wildfern, name="  salt\u200b  & thistle ", by=me)
    being.describe(wildfern, bio=" Darns. ", by=me)
    being.replant(wildfern, seed=8, by=me)
    wildfern.refresh_from_db()
    assert (wildfern.name, wildfern.bio, wildfern.seed) == ("salt & thistle", "Darns.", 8)


@pytest.mark.parametrize(
    "verb",
    [
        lambda persona, by: being.rename(persona, name="stolen", by=by),
        lambda persona, by: being.describe(persona, bio="stolen", by=by),
        lambda persona, by: being.replant(persona, seed=1, by=by),
        lambda persona, by: being.fade(persona, by=by),
    ],
)
def test_nobody_else_may(verb, wildfern):
    other = owner("wren@example.org")
    sealed.new_persona(other, name="wren")
    for stranger in (viewer_of(other), NOBODY):
        with pytest.raises(Refused):
            verb(wildfern, stranger)
    wildfern.refresh_from_db()
    assert (wildfern.name, wildfern.bio, wildfern.seed, wildfern.gone) == ("wildfern", "", 7, False)


def test_a_faded_persona_is_a_former_member_and_nobodys(ines, wildfern):
    second = sealed.new_persona(ines, name="night heron")
    being.fade(wildfern, by=viewer_of(ines))
    wildfern.refresh_from_db()
    assert (wildfern.name, wildfern.gone, wildfern.owner_tag) == (being.FORMER, True, None)
    assert wildfern.seed != 7
    assert sealed.owner_of(wildfern) is None
    assert sealed.personas_of(ines) == [Persona.objects.get(pk=second.pk)]


def test_what_is_faded_stays_so(ines, wildfern):
    me = viewer_of(ines)
    being.fade(wildfern, by=me)
    being.rename(wildfern, name="back again", by=me)
    wildfern.refresh_from_db()
    assert wildfern.name == being.FORMER


@pytest.mark.parametrize("name", ["\u200b", "\u3164", "\u2800 \u3164", "\u00ad\u200d"])
def test_a_name_that_no_eye_sees_is_none(name):
    assert being.tidy(name) == ""
