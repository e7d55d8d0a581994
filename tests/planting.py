"""The cast in every test that asks for it: planted once, then laid out again row by row."""

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import TestCase

from coterie.demo.cast import Cast, gather, plant

type Rows = list[tuple[type[models.Model], list[models.Model]]]


class _Undo(Exception):
    """Takes back what was planted, once its rows are copied."""


@pytest.fixture(scope="session")
def planted(django_db_setup: None, django_db_blocker) -> Rows:
    """All rows of a planted cast, with what its listeners did; the database is empty again."""
    rows: Rows = []
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                with TestCase.captureOnCommitCallbacks(execute=True):
                    plant()
                for model in apps.get_models(include_auto_created=True):
                    rows.append((model, list(model.objects.all())))
                raise _Undo
        except _Undo:
            pass
    return [(model, found) for model, found in rows if found]


@pytest.fixture
def cast(db: None, planted: Rows) -> Cast:
    """The people of the demo, fresh for this test."""
    for model, found in planted:
        if not model.objects.exists():
            model.objects.bulk_create(found)
    return gather()
