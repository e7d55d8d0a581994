from django.apps import AppConfig


class AudiencesConfig(AppConfig):
    name = "coterie.audiences"
    label = "audiences"
