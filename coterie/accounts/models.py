"""Who signs in. Nobody else ever sees an account."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from coterie.core.ids import hashed, random_key


def today() -> Any:
    """The day in UTC: account-side times are never finer, so that they match nothing."""
    return timezone.now().date()


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None) -> "Account":
        """An account for this address, with an unusable password when none is given."""
        account = self.model(email=self.normalize_email(email).lower())
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A sign-in identity. Its id is random and stands nowhere beside a persona."""

    # Django's field would hold the second of every sign-in.
    last_login = None

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    email = models.EmailField(unique=True)
    is_operator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(default=today)
    # A code of settings.LANGUAGES, without choices: a language more is no migration.
    language = models.CharField(max_length=12, blank=True)
    single_keys = models.BooleanField(default=True)
    """Whether a letter alone does something; who dictates would set it off by speaking."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return "an account"


class SessionQuerySet(models.QuerySet["Session"]):
    def living(self) -> "SessionQuerySet":
        """Those that have not run out."""
        return self.filter(expires_on__gte=today())

    def keyed(self, session_key: str | None) -> "SessionQuerySet":
        """The one that a browser's cookie names."""
        return self.filter(key_hash=hashed(session_key or ""))


class Session(models.Model):
    """A browser that is remembered: what it holds is sealed, its key is only known by hash.

    Neither address nor time of day is kept; `device` is as coarse as "Firefox on Android".
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    box = models.TextField()
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, related_name="sessions"
    )
    device = models.CharField(max_length=60, blank=True)
    begun_on = models.DateField(default=today)
    last_seen_on = models.DateField(default=today)
    expires_on = models.DateField(db_index=True)
    objects = SessionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.device or "a browser"


class OutgoingMail(models.Model):
    """A mail that waits on the operator's outbox page because no mail server is named.

    Address, words and moment lie in the box: in the clear they would join a persona's
    news to an address.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    made_on = models.DateField(default=today, db_index=True)
    box = models.TextField()

    def __str__(self) -> str:
        return "a mail"


class OneTimeLink(models.Model):
    """A link that opens one door once. Only its hash is kept."""

    class Purpose(models.TextChoices):
        OPERATOR = "operator"
        SIGN_IN = "sign_in"

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    purpose = models.CharField(max_length=10, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="links")
    expires_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"a link for {self.purpose}"


class Ticket(models.Model):
    """One of the few of a kind that somebody may use up in a day. Its tag tells nobody whose.

    A row for each, because a count per person could be matched with what personas did.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    tag = models.CharField(max_length=64, unique=True)
    day = models.DateField(default=today, db_index=True)

    def __str__(self) -> str:
        return "a ticket"


class Errand(models.Model):
    """Something left to do for somebody who has gone. What and when lie in the box."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    box = models.TextField()

    def __str__(self) -> str:
        return "an errand"
