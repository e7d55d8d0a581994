import pytest

from coterie.talk.tests.speaking import Speaker


@pytest.fixture
def ines(db):
    return Speaker("ines")


@pytest.fixture
def moss(db):
    return Speaker("moss")


@pytest.fixture
def juno(db):
    return Speaker("juno")


@pytest.fixture
def wren(db):
    """A stranger who is signed in."""
    return Speaker("wren")


@pytest.fixture
def circle(ines):
    """A private group that ines hosts."""
    return ines.founds()


@pytest.fixture
def topic(ines, circle):
    """A topic with one post, started by ines."""
    return ines.starts(circle, "Sashiko over the elbow", "Three evenings.")
