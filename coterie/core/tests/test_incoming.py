"""What was sent does not stay where it lay while it was looked at."""

import os
import time
from io import BytesIO

import pytest
from django.test import RequestFactory

from coterie.core import incoming


@pytest.fixture
def folder(tmp_path, settings):
    settings.DATA = tmp_path
    return tmp_path / "incoming"


def test_what_a_form_brings_has_no_name_that_could_outlive_it(folder):
    request = RequestFactory().post("/", {"photo": BytesIO(b"GPS 52.5")})
    with request.FILES["photo"] as photo:
        assert (photo.name, photo.size, photo.read()) == ("photo", 8, b"GPS 52.5")
        here = os.readlink(f"/proc/self/fd/{photo.file.fileno()}")
        assert here.startswith(str(folder))
        assert not list(folder.iterdir())
    assert folder.stat().st_mode & 0o777 == 0o700


def test_what_was_left_is_swept_and_what_is_coming_in_is_not(folder):
    left, coming = incoming.folder() / "left.upload.jpg", incoming.folder() / "coming.upload.jpg"
    for file in (left, coming):
        file.write_bytes(b"GPS 52.5")
    before = time.time() - incoming.QUIET - 1
    os.utime(left, (before, before))
    assert incoming.sweep() == 1
    assert list(folder.iterdir()) == [coming]
