"""What a persona leaves behind: nothing of its own, and a ban without its name."""

import pytest
from django.apps import apps

from coterie.communities import rules
from coterie.communities.actions import agreeing, hosting, inviting, keeping_away
from coterie.communities.models import Ban, Block, Invitation, JoinRequest, Membership
from coterie.communities.tests.people import fresh
from coterie.core.keeping import register

pytestmark = pytest.mark.django_db


def erase(persona):
    for kept in register.values():
        if kept.erase and kept.model._meta.app_label == "communities":
            kept.erase(persona.pk)


def exported(persona):
    return {
        kept.model.__name__: kept.export(persona.pk)
        for kept in register.values()
        if kept.export and kept.model._meta.app_label == "communities"
    }


def test_every_model_has_a_place_in_the_register():
    models = set(apps.get_app_config("communities").get_models())
    assert models <= set(register)


def test_an_erased_persona_is_in_nothing_of_ours(ines, moss, wren, circle):
    agreeing.ask_at_the_door(circle, [agreeing.Asked("Why?")], by=ines.here(circle))
    seat = moss.joins(circle, ines, answers={1: "Because."})
    other = wren.joins(circle, ines, answers={1: "Well."})
    keeping_away.block(other, by=seat.persona)
    said = exported(seat.persona)
    assert said["Answer"][0]["text"] == "Because."
    assert said["Membership"][0]["community__name"] == circle.name
    assert said["Block"][0]["blocked__persona__name"] == "wren"
    assert exported(other.persona)["Block"] == []
    erase(seat.persona)
    assert not any(exported(seat.persona).values())
    assert not Membership.objects.filter(persona=seat.persona).exists()
    assert not JoinRequest.objects.filter(persona=seat.persona).exists()
    assert not Block.objects.exists()
    assert fresh(circle).size == 2


def test_an_erased_host_orphans_and_unsigns(ines, moss, circle):
    moss.joins(circle, ines)
    inviting.invite(circle, by=ines.here(circle))
    erase(ines.here(circle))
    assert fresh(circle).orphaned_at
    assert Invitation.objects.get().made_by is None


def test_a_ban_outlives_the_persona(ines, moss, circle):
    seat = moss.joins(circle, ines)
    hosting.ban(seat, by=ines.here(circle))
    erase(seat.persona)
    assert Ban.objects.get().persona is None
    assert rules.is_banned(moss.viewer, circle)
