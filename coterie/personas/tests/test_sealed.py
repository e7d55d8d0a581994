"""The bridge between persona and account: whole with the key file, nothing without it."""

import pytest
from cryptography.exceptions import InvalidTag

from coterie.accounts.models import Account
from coterie.core.boxes import seal, unseal
from coterie.core.letter import Letter
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.personas.viewer import NOBODY, viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return sealed.Owner(Account.objects.create_user("ines@example.org").pk)


def test_an_owner_finds_her_personas_in_the_order_she_made_them(owner):
    made = [sealed.new_persona(owner, name=f"flower {n}") for n in range(3)]
    assert sealed.personas_of(owner) == made


def test_another_account_finds_none_of_them(owner):
    persona = sealed.new_persona(owner, name="wildfern")
    stranger = sealed.Owner(Account.objects.create_user("wren@example.org").pk)
    assert sealed.personas_of(stranger) == []
    assert not sealed.is_owner(stranger, persona)
    assert sealed.is_owner(owner, persona)


def test_more_personas_than_one_block_are_all_found(owner):
    made = {sealed.new_persona(owner, name=f"p{n}").pk for n in range(sealed.BLOCK + 3)}
    assert {persona.pk for persona in sealed.personas_of(owner)} == made


@pytest.mark.parametrize("gone", [0, 5, sealed.BLOCK + 1])
def test_a_released_persona_is_nobodys_and_leaves_no_hole(owner, gone):
    made = [sealed.new_persona(owner, name=f"p{n}") for n in range(sealed.BLOCK + 2)]
    sealed.release(made[gone])
    kept = {persona.pk for persona in made} - {made[gone].pk}
    assert {persona.pk for persona in sealed.personas_of(owner)} == kept
    released = Persona.objects.get(pk=made[gone].pk)
    assert (released.owner_tag, released.owner_box) == (None, "")
    assert all(sealed.is_owner(owner, each) for each in sealed.personas_of(owner))


def test_two_personas_of_one_account_share_no_stored_value(owner):
    one, two = (sealed.new_persona(owner, name=name) for name in ("salt", "thistle"))
    # The day, an empty bio and the state are what two strangers share as well.
    for field in ("id", "public_id", "seed", "owner_tag", "owner_box"):
        assert getattr(one, field) != getattr(two, field)


def test_a_nullifier_is_one_per_person_and_scope(owner):
    one, two = (sealed.new_persona(owner, name=name) for name in ("salt", "thistle"))
    here, there = "community:1", "community:2"
    assert sealed.nullifier_of(one, here) == sealed.nullifier_of(two, here)
    assert sealed.nullifier_of(one, here) != sealed.nullifier_of(one, there)
    assert sealed.nullifier_of(one, here) != sealed.tag(owner, here)


def test_nobody_stands_behind_an_imported_author():
    author = Persona.objects.create(name="Ana")
    assert sealed.owner_of(author) is None
    with pytest.raises(ValueError, match="nobody"):
        sealed.nullifier_of(author, "community:1")
    assert not sealed.mail(author, Letter(subject="Hello", text="Hello"))


def test_an_owner_never_shows_the_account_in_print(owner):
    assert str(owner.account_id) not in repr(owner)
    assert str(owner.account_id) not in repr(viewer_of(owner))


def test_a_stranger_is_nobody():
    assert viewer_of(None) is NOBODY
    assert not NOBODY.signed_in
    assert not NOBODY.ids


def test_a_box_is_never_the_same_twice_and_opens_with_its_purpose_only():
    first, second = seal("moss", "one"), seal("moss", "one")
    assert first != second
    assert unseal(first, "one") == "moss"
    with pytest.raises(InvalidTag):
        unseal(first, "two")
