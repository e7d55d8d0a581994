import pytest

from coterie.chat.actions import opening
from coterie.talk.models import Conversation, Kind
from coterie.talk.tests.conftest import (  # noqa: F401
    circle,
    gates_of_talk_alone,
    ines,
    juno,
    moss,
    wren,
)
from coterie.talk.tests.speaking import fresh


@pytest.fixture
def room(circle):  # noqa: F811
    """The room that a private group begins with; ines is its host, nobody has spoken."""
    return Conversation.objects.get(community=circle, kind=Kind.ROOM)


@pytest.fixture
def hosts_room(ines, circle):  # noqa: F811
    return opening.open_hosts_room(fresh(circle), by=ines.here(circle), name="The kitchen")
