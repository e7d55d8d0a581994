from io import BytesIO
from pathlib import Path

import pytest

from coterie.media.actions import sending
from coterie.media.tests import photos
from coterie.talk.tests.conftest import (  # noqa: F401
    circle,
    gates_of_talk_alone,
    ines,
    juno,
    moss,
    topic,
    wren,
)


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path) -> Path:
    """A data folder of this test's own; every print lies below it."""
    settings.DATA = tmp_path
    return tmp_path / "media"


@pytest.fixture
def sent():
    """Sends a small photo: `sent(moss, circle)` is its picture."""

    def send(who, community, **more):
        out = BytesIO()
        photos.scene(40, 30).save(out, "PNG")
        photo = photos.uploaded(out.getvalue())
        return sending.send(photo, by=who.here(community), community=community, **more)

    return send
