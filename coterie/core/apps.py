from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "coterie.core"
    label = "core"
