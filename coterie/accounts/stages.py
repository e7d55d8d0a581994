"""What is asked between the first proof and being in."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled


class SecondStep(AuthenticateStage):
    """Only those who set up an authenticator app are asked a second time.

    A passkey is a way in beside the others, so having one must not shut the e-mailed code
    out: else a lost phone, or an address where passkeys do not work, would lock people out.
    """

    def handle(self) -> tuple[Any, bool]:
        if self.login.user is None or not is_mfa_enabled(
            self.login.user, [Authenticator.Type.TOTP]
        ):
            return None, True
        return super().handle()
