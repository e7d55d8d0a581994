"""How django-allauth behaves in this house."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as lazy

from coterie.accounts import devices, letters, mailing
from coterie.accounts.models import Account
from coterie.accounts.sessions import DEVICE
from coterie.accounts.stages import SecondStep
from coterie.core.boxes import seal, unseal

SECRET = "second-step"  # noqa: S105
OVERVIEW = "/account/"

BY_MAIL = "mail"
AGAIN = {
    "reauthenticate": lazy("With my password"),
    "mfa_reauthenticate": lazy("With my app or a recovery code"),
    "mfa_reauthenticate:webauthn": lazy("With my passkey"),
    BY_MAIL: lazy("With a code by e-mail"),
}
"""Ways to show once more that it is you. Where an app is set up, a mail alone never does."""


def _path(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


class AccountAdapter(DefaultAccountAdapter):
    """Mails and notes in our words, safe local targets only, a label for the session list."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        subject, text = letters.write(template_prefix, context)
        mailing.send(email, subject=subject, text=text)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or letters.NOTES.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user = super().save_user(request, user, form, commit=False)
        user.password = getattr(form, "hashed", "") or user.password
        # Letters come when no browser is there to ask.
        user.language = get_language() or ""
        if commit:
            user.save()
        return user

    def is_safe_url(self, url: str) -> bool:
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        request.session[DEVICE] = devices.label(request.headers.get("User-Agent", ""))

    def get_login_stages(self) -> list[str]:
        stages = super().get_login_stages()
        return [
            _path(SecondStep) if stage == _path(AuthenticateStage) else stage for stage in stages
        ]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        for method in methods:
            method["description"] = AGAIN[method["id"]]
        if methods and not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            methods.append(
                {"id": BY_MAIL, "description": AGAIN[BY_MAIL], "url": "/account/again/mail/"}
            )
        return methods

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return OVERVIEW

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return OVERVIEW

    def get_client_ip(self, request: HttpRequest) -> str:
        # Behind a socket there is no address: everybody shares one bucket then.
        return get_client_ip(request) or "unknown"


class KeyAdapter(DefaultMFAAdapter):
    """Secrets of second steps are sealed; passkeys carry the site's name and the address."""

    def encrypt(self, text: str) -> str:
        return seal(text, SECRET)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, SECRET)

    def get_totp_issuer(self) -> str:
        return settings.SITE_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = allauth_context.request.get_host().partition(":")[0]
        return {"id": host, "name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        return super().get_public_key_credential_user_entity(user) | {"display_name": user.email}

    def generate_authenticator_name(self, user: Account, type: Any) -> str:
        return devices.label(allauth_context.request.headers.get("User-Agent", ""))
