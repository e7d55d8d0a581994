import pytest

from coterie.communities.tests.people import Person


@pytest.fixture
def ines(db):
    return Person("ines")


@pytest.fixture
def moss(db):
    return Person("moss")


@pytest.fixture
def wren(db):
    return Person("wren")


@pytest.fixture
def circle(ines):
    """A private group that ines hosts."""
    return ines.founds()
