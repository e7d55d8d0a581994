"""Law 8: whatever reaches a persona or a community has a place in the register of keeping."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from coterie.communities.models import Community
from coterie.core.keeping import register
from coterie.personas.models import Persona

pytestmark = pytest.mark.house


def points_at(model: type[models.Model]) -> set[type[models.Model]]:
    """Every model that a chain of its own foreign keys leads to, itself included."""
    seen, waiting = set(), [model]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        own = [f for f in here._meta.get_fields() if f.is_relation and f.concrete]
        waiting += [f.related_model for f in own if isinstance(f.related_model, type)]
    return seen


def concerned() -> list[type[models.Model]]:
    """The models that law 8 is about, hidden link tables included."""
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if points_at(model) & {Persona, Community}]


def test_every_model_about_a_persona_or_a_community_is_registered():
    # A link table belongs to the model that made it.
    owners = {model._meta.auto_created or model for model in concerned()}
    missing = sorted(model._meta.label for model in owners if model not in register)
    assert not missing, "call core.keeping.keep for these in their app's keeping.py"


STAND_INS = {"audiences.ImportedAuthor"}
"""Name a persona that stands in for somebody who has none here: nothing of it is a persona's."""


def test_the_register_says_why_it_keeps_each():
    for keeping in register.values():
        assert len(keeping.why.split()) > 2, keeping.model


def test_what_points_at_a_persona_itself_can_be_erased():
    """A row that names a persona directly is that persona's: it has to be able to go."""
    stuck = []
    for model in concerned():
        named = [
            f for f in model._meta.concrete_fields if f.is_relation and f.related_model is Persona
        ]
        if named and model in register and register[model].erase is None:
            stuck.append(model._meta.label)
    assert set(stuck) <= STAND_INS


def test_there_is_something_to_keep():
    assert len(concerned()) > 15


@isolate_apps("tests")
def test_a_planted_model_is_seen():
    class Between(models.Model):
        persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")

        class Meta:
            app_label = "tests"

    class Planted(models.Model):
        between = models.ForeignKey(Between, models.CASCADE, related_name="+")

        class Meta:
            app_label = "tests"

    assert Persona in points_at(Planted)
    assert Planted not in register
