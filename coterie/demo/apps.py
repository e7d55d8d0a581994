from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "coterie.demo"
    label = "demo"
