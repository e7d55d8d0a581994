from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "coterie.accounts"
    label = "accounts"

    def ready(self) -> None:
        from coterie.accounts import keeping  # noqa: F401
