"""Law 2: no way leads from a persona to an account, by any relation, shown or hidden."""

from collections import deque

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from coterie.accounts.models import Account
from coterie.personas.models import Persona

pytestmark = pytest.mark.house

ACCOUNT_SIDE = {"accounts", "account", "mfa", "auth", "admin", "socialaccount", "usersessions"}


def neighbours(model: type[models.Model]) -> set[type[models.Model]]:
    """Every model one relation away, in either direction, the hidden ones included."""
    found = set()
    for field in model._meta.get_fields(include_hidden=True):
        other = field.related_model
        if other == "self":
            continue
        if isinstance(other, type) and issubclass(other, models.Model):
            found.add(other)
    return found | set(model._meta.get_parent_list())


def reached(start: type[models.Model]) -> set[type[models.Model]]:
    """All models that any chain of relations leads to."""
    seen, waiting = {start}, deque([start])
    while waiting:
        for other in neighbours(waiting.popleft()) - seen:
            seen.add(other)
            waiting.append(other)
    return seen


def test_no_relation_leads_from_a_persona_to_an_account():
    assert Account not in reached(Persona)
    assert not {
        model._meta.label for model in reached(Persona) if model._meta.app_label in ACCOUNT_SIDE
    }


def test_the_persona_side_is_large_enough_to_be_worth_the_walk():
    names = {model._meta.label for model in reached(Persona)}
    assert {"communities.Membership", "communities.Community", "talk.Post"} <= names


def test_a_generic_relation_cannot_go_round_the_walk():
    """A content type and an id can point anywhere: no model of ours holds such a pair."""
    for model in apps.get_models():
        if model.__module__.startswith("coterie."):
            kinds = {type(field).__name__ for field in model._meta.get_fields(include_hidden=True)}
            assert not kinds & {"GenericForeignKey", "GenericRelation"}, model


@isolate_apps("tests")
def test_a_planted_chain_is_found():
    class Stranger(models.Model):
        class Meta:
            app_label = "tests"

    class Between(models.Model):
        left = models.ForeignKey(Stranger, models.CASCADE, related_name="+")

        class Meta:
            app_label = "tests"

    class Me(models.Model):
        hidden = models.OneToOneField(Between, models.CASCADE, related_name="+")

        class Meta:
            app_label = "tests"

    assert Stranger in reached(Me)
    assert Me in reached(Stranger)
