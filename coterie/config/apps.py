from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "coterie.config"
    label = "config"

    def ready(self) -> None:
        from coterie.config.wiring import connect

        connect()
