from django.apps import AppConfig


class PersonasConfig(AppConfig):
    name = "coterie.personas"
    label = "personas"
