import pytest

from coterie.core import gates
from coterie.talk import gates as talk_gates
from coterie.talk.tests.speaking import Speaker


@pytest.fixture(autouse=True)
def gates_of_talk_alone(monkeypatch):
    """Whatever higher floors would object to: it has tests of its own."""
    own = {talk_gates.POST: (talk_gates.approval,)}
    monkeypatch.setattr(gates, "_gates", own)


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
