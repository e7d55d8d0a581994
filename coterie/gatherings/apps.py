from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "coterie.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        from coterie.gatherings import keeping  # noqa: F401
