"""An export that is being brought home, and the people in it who have not said yet who they are."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coterie.communities.models import Community
from coterie.core.boxes import seal, unseal
from coterie.core.ids import new_public_id
from coterie.personas.models import Persona
from coterie.talk.models import Conversation

HELD_BOX = "import"
NAME_BOX = "imported-name"
TOKEN_BOX = "claim-token"  # noqa: S105 - the purpose of a key, not a secret
FILE_KEPT = timedelta(hours=24)
CLAIMABLE = timedelta(days=60)


def sealed_held(**held: object) -> str:
    """What an import holds, in a box that only the key file opens."""
    return seal(json.dumps(held), HELD_BOX)


def claimable_until() -> object:
    """The moment at which an unclaimed author loses name and hash."""
    return timezone.now() + CLAIMABLE


class Import(models.Model):
    """An uploaded export: looked over, then brought home. The file goes when it ends.

    It hangs on a sealed tag of a slot of its own, so that two imports of one
    person have nothing in common.
    """

    class State(models.TextChoices):
        LOOKING = "looking", _("Being looked over")
        PREVIEW = "preview", _("Looked over, nothing saved")
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Coming home")
        STOPPING = "stopping", _("Being taken back")
        DONE = "done", _("Home")
        FAILED = "failed", _("Stopped")

    public_id = models.CharField(max_length=18, unique=True, default=new_public_id)
    owner_tag = models.CharField(max_length=64, unique=True)
    held_box = models.TextField()
    """Sealed `Held`: chats of one export side by side would tell that one person hosts them."""
    state = models.CharField(max_length=10, choices=State, default=State.LOOKING)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return "an import"

    @property
    def held(self) -> dict[str, Any]:
        """`file_name`; `preview` once looked over; the host's `choice`; what is `made`; why it
        stopped, as `sentence`."""
        found: dict[str, Any] = json.loads(unseal(self.held_box, HELD_BOX))
        return found

    @property
    def file(self) -> Path:
        """Where the export lies for as long as it is needed."""
        return Path(settings.DATA) / "imports" / self.public_id

    @property
    def progress_file(self) -> Path:
        """How many messages are in: a file, so that the database has nothing to write for it."""
        return self.file.with_suffix(".progress")

    @property
    def path(self) -> str:
        return f"/imports/{self.public_id}/"


class ImportedChat(models.Model):
    """A conversation that came from an export; `origin` finds it again at the next one."""

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="imported")
    origin = models.CharField(max_length=64)
    """Keyed hash of format and container: tells nothing without the key file."""

    class Meta:
        indexes = [models.Index(fields=["origin"])]

    def __str__(self) -> str:
        return f"import of {self.conversation}"


class Arrival(models.Model):
    """A chat that is coming home to a community in which nobody is yet; gone once it is there.

    `tag` is sealed of who brings which chat: who stopped in the middle finds it again.
    """

    tag = models.CharField(max_length=64, unique=True)
    community = models.OneToOneField(Community, models.CASCADE, related_name="arrival")
    began_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return "an arrival"


class ImportedAuthor(models.Model):
    """Somebody in an export, standing under a flower until they say what becomes of their words."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Not claimed")
        TAKEN_OVER = "taken", _("Taken over")
        APART = "apart", _("Kept apart")
        ERASED = "erased", _("Erased")
        FADED = "faded", _("Faded")

    class AlreadyClaimed(Exception):
        """The link was used before."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="imported_authors")
    persona = models.OneToOneField(Persona, models.SET_NULL, null=True, related_name="imported_as")
    """The ownerless persona that the words stand under; null once they were claimed."""
    author_key = models.CharField(max_length=64, blank=True)
    """Keyed hash of who it is in the export, for this community only. Kept by those who asked
    to be erased or kept apart, so that no later export brings them back under a name."""
    name_box = models.TextField(blank=True)
    """Their name in the export, sealed, for the host's sheet of links."""
    token_hash = models.CharField(max_length=64, unique=True, null=True)
    token_box = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    until = models.DateTimeField(default=claimable_until)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "author_key"],
                condition=~models.Q(author_key=""),
                name="imported_author_once",
            )
        ]

    def __str__(self) -> str:
        return "an imported author"
