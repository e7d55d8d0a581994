from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "coterie.accounts"
    label = "accounts"
