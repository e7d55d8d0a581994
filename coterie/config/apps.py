from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "coterie.config"
    label = "config"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from coterie.config.wiring import connect

        connect()
        autodiscover_modules("keeping")
