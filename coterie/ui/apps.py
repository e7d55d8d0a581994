from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "coterie.ui"
    label = "ui"
