"""The words of the mails and notes around signing in: plain, and without an address or a link.

A mail that was asked for under a forged host name could otherwise carry a stranger's link.
"""

from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

type Words = str | Promise

NOT_YOU = lazy(
    "If you did not ask for this, you can ignore this mail. Nothing happens without the code."
)
LOOK = lazy(
    "If that was not you, please sign in, look under Account at your sessions and ways to sign in, "
    "and remove what you do not know."
)
CODE = lazy("Here is your code. Type it into the page that asked for it; it works for 15 minutes.")

LETTERS: dict[str, tuple[Words, Words, Words]] = {
    "account/email/login_code": (lazy("Your sign-in code"), CODE, NOT_YOU),
    "account/email/again": (lazy("Your code to go on"), CODE, LOOK),
    "account/email/email_confirmation": (lazy("Your code to confirm this address"), CODE, NOT_YOU),
    "account/email/email_confirmation_signup": (lazy("Your code to get started"), CODE, NOT_YOU),
    "account/email/password_reset_code": (lazy("Your code for a new password"), CODE, NOT_YOU),
    "account/email/account_already_exists": (
        lazy("You are already here"),
        lazy(
            "Somebody, probably you, wanted to sign up with this address. It has an account: "
            "please choose “Sign in” instead. Without a password we mail you a code."
        ),
        lazy("If it was not you, you can ignore this mail."),
    ),
    "account/email/unknown_account": (
        lazy("No account with this address"),
        lazy(
            "Somebody, probably you, wanted to sign in with this address, but no account has it. "
            "Perhaps you used another address; otherwise choose “Sign up”."
        ),
        lazy("If it was not you, you can ignore this mail."),
    ),
    "account/email/email_changed": (
        lazy("Your address was changed"),
        lazy("From now on your account uses another e-mail address than this one."),
        LOOK,
    ),
    "account/email/password_changed": (lazy("Your password was changed"), "", LOOK),
    "account/email/password_reset": (lazy("You have a new password"), "", LOOK),
    "account/email/password_set": (lazy("You have a password now"), "", LOOK),
    "mfa/email/recovery_codes_generated": (lazy("You have new recovery codes"), "", LOOK),
    "mfa/email/totp_activated": (lazy("Your authenticator app is asked for now"), "", LOOK),
    "mfa/email/totp_deactivated": (lazy("Your authenticator app is no longer asked for"), "", LOOK),
    "mfa/email/webauthn_added": (lazy("A passkey was added"), "", LOOK),
    "mfa/email/webauthn_removed": (lazy("A passkey was removed"), "", LOOK),
}

NOTES: dict[str, Words] = {
    "account/messages/email_confirmation_failed.txt": lazy("This address could not be confirmed."),
    "account/messages/logged_out.txt": lazy("You are signed out."),
    "account/messages/password_changed.txt": lazy("Your password is changed."),
    "account/messages/password_set.txt": lazy("Your password is set."),
    "mfa/messages/recovery_codes_generated.txt": lazy("Here are your new recovery codes."),
    "mfa/messages/totp_activated.txt": lazy("Your authenticator app is asked for from now on."),
    "mfa/messages/totp_deactivated.txt": lazy("Your authenticator app is no longer asked for."),
    "mfa/messages/webauthn_added.txt": lazy("Your passkey is ready."),
    "mfa/messages/webauthn_removed.txt": lazy("The passkey is removed."),
}
"""Said on the next page. It may be a community's, so none of them names an address."""


def write(kind: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of one of the mails above, the code on a line of its own."""
    subject, opening, closing = LETTERS[kind]
    lines = [_("Hello,"), str(opening), context.get("code", ""), str(closing), settings.SITE_NAME]
    return f"{settings.SITE_NAME}: {subject}", "\n\n".join(line for line in lines if line)
