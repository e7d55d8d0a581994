"""A rested server: no rate limit remembers the test before."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def rested():
    cache.clear()
