"""The product's settings, in a data folder of their own, with cheap password hashing."""

import os
import tempfile
from datetime import UTC, datetime

own_folder = os.environ.get("COTERIE_TEST_DATA") or tempfile.mkdtemp(prefix="coterie-test-")
os.environ["COTERIE_DATA"] = own_folder
# The browser's event loop runs in the tests' thread, where Django would refuse them the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["COTERIE_DATABASE"] = os.environ.get("COTERIE_TEST_DATABASE", "")
# It is noon wherever tests run: nobody's quiet hours hold up what they wait for.
hour = datetime.now(UTC).hour
os.environ["COTERIE_ZONE"] = f"Etc/GMT{hour - 12:+d}"

from coterie.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, so that the threads of a test meet SQLite's real lock: an in-memory
    # database answers "table is locked" at once instead of letting them wait.
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}  # noqa: F405
