import pytest
from django.core.cache import cache

from coterie.core import gates
from coterie.pure.tests import strangers
from coterie.talk import gates as talk_gates
from coterie.talk.tests.speaking import Speaker


class Told:
    """Within it listeners hear of what is announced."""

    def __init__(self, capture):
        self.capture = capture

    def __enter__(self):
        self.hearing = self.capture(execute=True)
        self.hearing.__enter__()

    def __exit__(self, *trouble):
        return self.hearing.__exit__(*trouble)


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


@pytest.fixture
def member(ines, moss, circle):
    """Moss, who has joined."""
    moss.joins(circle, ines)
    return moss


@pytest.fixture
def other(ines, juno, circle):
    """Juno, who has joined too."""
    juno.joins(circle, ines)
    return juno


@pytest.fixture
def elbows(ines, circle):
    """Another topic, on nearly the same."""
    return ines.starts(circle, "Elbows again", "And again.")


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """`with told:` what is announced is heard."""
    return Told(django_capture_on_commit_callbacks)


@pytest.fixture(scope="module")
def server():
    with strangers.stranger() as found:
        yield found


@pytest.fixture
def them(server):
    """Somebody else's server, with a page of ferns, that nobody has asked for anything."""
    cache.clear()
    server.pages.clear()
    server.asked.clear()
    server.page("/ferns")
    yield server
    cache.clear()
