"""Who signs in. Nobody else ever sees an account."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from coterie.core.ids import random_key


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

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return "an account"
