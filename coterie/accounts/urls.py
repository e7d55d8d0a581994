"""Signing up, in and out; the account's own pages; the operator's desk."""

from allauth.account import views as account
from allauth.mfa.base import views as steps
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, path

from coterie.accounts.views import operator, own
from coterie.accounts.views.library import (
    AddPasskey,
    EnterCode,
    Passkeys,
    SetUpApp,
    SignUp,
    SignUpWithPasskey,
    again_by_mail,
    to_the_day,
)

coming_in: list[URLPattern] = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", EnterCode.as_view(), name="account_confirm_login_code"),
    path("sign-in/passkey/", to_the_day(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/second-step/", to_the_day(steps.authenticate), name="mfa_authenticate"),
    path("sign-in/link/<str:token>/", own.sign_in_link, name="sign_in_link"),
    path("sign-in/resting/", account.account_inactive, name="account_inactive"),
    path("sign-in/forgotten/", account.password_reset, name="account_reset_password"),
    path(
        "sign-in/forgotten/code/",
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        "sign-in/forgotten/new/",
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path("sign-up/", SignUp.as_view(), name="account_signup"),
    path(
        "sign-up/with-passkey/",
        SignUpWithPasskey.as_view(),
        name="account_signup_by_passkey",
    ),
    path("sign-up/passkey/", to_the_day(webauthn.signup_webauthn), name="mfa_signup_webauthn"),
    path("sign-up/without-passkey/", own.without_passkey, name="sign_up_without_passkey"),
    path("sign-out/", account.logout, name="account_logout"),
]

own_account: list[URLPattern] = [
    path("account/", own.overview, name="account"),
    path("account/email/", account.email, name="account_email"),
    path(
        "account/email/code/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/first/", account.password_set, name="account_set_password"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/again/mail/", again_by_mail, name="reauthenticate_by_mail"),
    path("account/again/code/", to_the_day(steps.reauthenticate), name="mfa_reauthenticate"),
    path(
        "account/again/passkey/",
        to_the_day(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/second-step/", steps.index, name="mfa_index"),
    path("account/second-step/app/", to_the_day(SetUpApp.as_view()), name="mfa_activate_totp"),
    path("account/second-step/off/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "account/recovery-codes/",
        to_the_day(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/recovery-codes/new/",
        to_the_day(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/recovery-codes/file/",
        to_the_day(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("account/passkeys/", Passkeys.as_view(), name="mfa_list_webauthn"),
    path("account/passkeys/new/", to_the_day(AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/name/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/end/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/sessions/", own.sessions, name="account_sessions"),
    path("account/sessions/others/revocation/", own.revocation_of_others),
    path("account/sessions/<int:session_id>/revocation/", own.revocation),
    path("account/keys/", own.keys, name="account_keys"),
    path("account/closing/", own.leaving, name="account_closing"),
]

languages: list[URLPattern] = [path("language/", own.language, name="language")]

operators: list[URLPattern] = [
    path("operator/", operator.desk, name="operator"),
    path("operator/outbox/", operator.outbox, name="operator_outbox"),
    path("operator/claim/<str:token>/", operator.claim, name="operator_claim"),
]

urlpatterns: list[URLPattern] = [*coming_in, *own_account, *languages, *operators]
