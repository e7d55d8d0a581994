"""Signing in and mail: the settings of django-allauth and of Django's mailers."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

HTTPS = os.environ.get("COTERIE_HTTPS") == "1"
NEAR = {"localhost", "127.0.0.1", "::1"}


def mailer(address: str) -> dict[str, Any]:
    """The mail server of an smtp:// or smtps:// address; without one, the operator's outbox.

    smtp:// asks for STARTTLS, except from a relay on this machine; smtps:// is TLS from the start.
    """
    url = urlsplit(address)
    if url.scheme not in {"smtp", "smtps"} or not url.hostname:
        return {"BACKEND": "coterie.accounts.mailing.OutboxBackend"}
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": url.hostname,
            "port": url.port,
            "username": unquote(url.username or ""),
            "password": unquote(url.password or ""),
            "use_ssl": url.scheme == "smtps",
            "use_tls": url.scheme == "smtp" and url.hostname not in NEAR,
            "timeout": 20,
        },
    }


def sender(address: str, public_url: str) -> str:
    """Who mails come from when COTERIE_MAIL_FROM does not say: the mail account, or this site."""
    name = unquote(urlsplit(address).username or "")
    return name if "@" in name else f"coterie@{urlsplit(public_url).hostname or 'localhost'}"


MAIL = os.environ.get("COTERIE_MAIL", "")
MAILERS = {"default": mailer(MAIL)}
MAIL_SERVER = "OPTIONS" in MAILERS["default"]
DEFAULT_FROM_EMAIL = os.environ.get("COTERIE_MAIL_FROM") or sender(
    MAIL, os.environ.get("COTERIE_URL", "")
)

SESSION_ENGINE = "coterie.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 86_400
# Only a site that is https throughout may use the prefix; it pins a cookie to this host.
SESSION_COOKIE_NAME = "__Host-coterie" if HTTPS else "coterie"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "coterie.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "coterie.accounts.forms.SignInForm",
    "signup": "coterie.accounts.forms.SignUpForm",
    "reset_password": "coterie.accounts.forms.ForgottenForm",
    "reset_password_from_key": "coterie.accounts.forms.ReplacePasswordForm",
    "change_password": "coterie.accounts.forms.ChangePasswordForm",
    "set_password": "coterie.accounts.forms.FirstPasswordForm",
    "reauthenticate": "coterie.accounts.forms.AgainForm",
    "add_email": "coterie.accounts.forms.ChangeAddressForm",
    "confirm_login_code": "coterie.accounts.forms.CodeForm",
    "confirm_password_reset_code": "coterie.accounts.forms.CodeForm",
    "confirm_email_verification_code": "coterie.accounts.forms.AddressCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_TIMEOUT = 30 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True

MFA_ADAPTER = "coterie.accounts.adapters.KeyAdapter"
MFA_FORMS = {
    "authenticate": "coterie.accounts.forms.SecondStepForm",
    "reauthenticate": "coterie.accounts.forms.SecondStepAgainForm",
    "activate_totp": "coterie.accounts.forms.AppForm",
    "edit_webauthn": "coterie.accounts.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_TOLERANCE = 1
