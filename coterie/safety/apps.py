from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "coterie.safety"
    label = "safety"
