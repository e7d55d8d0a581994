from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "coterie.safety"
    label = "safety"

    def ready(self) -> None:
        from coterie.safety import keeping  # noqa: F401
