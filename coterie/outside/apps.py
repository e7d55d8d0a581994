from django.apps import AppConfig


class OutsideConfig(AppConfig):
    name = "coterie.outside"
    label = "outside"
