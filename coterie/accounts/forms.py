"""Shapes of what people type to come in: one address, and a password only if they like."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as steps
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coterie.accounts.actions import opening


class PlainLabels:
    """Labels instead of placeholders, which vanish while one types."""

    labels = {"login": _("E-mail"), "email": _("E-mail")}
    helps: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, field.help_text)


class SignInForm(PlainLabels, account.LoginForm):
    """An address, and a password or the wish for a code."""

    helps = {"password": _("Leave it empty and we e-mail you a code.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].required = False


class SignUpForm(PlainLabels, account.SignupForm):
    """An address; the password may stay empty."""

    labels = PlainLabels.labels | {"password1": _("Password (optional)")}
    helps = {
        "email": _("Only you and the operator of this place ever see it. We send a code there."),
        "password1": _("At least 10 characters. Without one you sign in with a code or a passkey."),
    }

    hashed = ""

    def clean(self) -> dict[str, Any]:
        """Hashes at once: taken or not, it takes as long, and no transaction waits for it."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("password1"):
            self.hashed = make_password(cleaned["password1"])
            cleaned["password1"] = ""
        return cleaned

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            opening.rehearse()
        return super().try_save(request)


class ForgottenForm(PlainLabels, account.ResetPasswordForm):
    """The address of an account whose password is lost."""


class NewPassword(PlainLabels):
    """A password typed twice."""

    labels = {
        "oldpassword": _("Your password now"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }
    helps = {"password1": _("At least 10 characters."), "oldpassword": ""}


class ReplacePasswordForm(NewPassword, account.ResetPasswordKeyForm):
    """A password instead of a lost one."""


class ChangePasswordForm(NewPassword, account.ChangePasswordForm):
    """A password instead of a known one."""


class FirstPasswordForm(NewPassword, account.SetPasswordForm):
    """A password where there was none."""


class AgainForm(PlainLabels, account.ReauthenticateForm):
    """The password once more, before something that matters."""

    helps = {"password": ""}


class ChangeAddressForm(PlainLabels, account.AddEmailForm):
    """The address that shall be used from now on."""

    labels = {"email": _("New e-mail address")}
    helps = {"email": _("We send a code there. The old address is used until you enter it.")}


class Code(PlainLabels):
    """A code that came by mail."""

    labels = {"code": _("Code")}


class CodeForm(Code, account.BaseConfirmCodeForm):
    """The code of a sign-in or of a new password."""


class AddressCodeForm(Code, account.ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""


class Step(PlainLabels):
    """A number from the app, or a recovery code."""

    labels = {"code": _("Code from your app, or a recovery code")}


class SecondStepForm(Step, steps.AuthenticateForm):
    """The second step of a sign-in."""


class SecondStepAgainForm(Step, steps.ReauthenticateForm):
    """The second step once more, before something that matters."""


class AppForm(PlainLabels, ActivateTOTPForm):
    """The first number that the app shows."""

    labels = {"code": _("Code that the app shows now")}


class PasskeyNameForm(PlainLabels, EditWebAuthnForm):
    """What the owner calls a passkey."""

    labels = {"name": _("Name")}


class ClosingForm(forms.Form):
    """A word typed by hand, so that nobody closes an account by a slip."""

    WORD = "close"
    sure = forms.CharField(
        label=_("Type “close” to confirm"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean_sure(self) -> str:
        if self.cleaned_data["sure"].strip().lower() != self.WORD:
            raise forms.ValidationError(_("Please type “close”, or go back."))
        return self.WORD


class LanguageForm(forms.Form):
    """One of the languages that the house speaks."""

    language = forms.ChoiceField(choices=lambda: settings.LANGUAGES)


class KeysForm(forms.Form):
    """Whether single keys do something."""

    single = forms.ChoiceField(choices=[("on", _("On")), ("off", _("Off"))])
