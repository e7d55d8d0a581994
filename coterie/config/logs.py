"""What the log may say: routes instead of addresses, and never who asked.

A path holds tokens and public ids, and two lines a second apart would join an
account's page with a persona's; a route joins nothing.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

log = logging.getLogger("coterie.access")


def route_of(request: HttpRequest) -> str:
    """`/c/<handle>/members/`: the pattern that matched, not the page that was asked for."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "(no such page)"


class RoutesOnly(logging.Filter):
    """Puts the route where Django's own lines would put the path."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            paths = (request.path, request.path_info, request.get_full_path())
            record.args = tuple(route_of(request) if arg in paths else arg for arg in record.args)
        return True


class AccessLog:
    """One line for each page, without address, cookie or id (COTERIE_ACCESS_LOG=1)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        took = (time.perf_counter() - began) * 1000
        log.info("%s %s %s %.0f ms", request.method, route_of(request), response.status_code, took)
        return response


def logging_config(level: str) -> dict[str, Any]:
    """Everything to the console: our own lines from INFO on, other people's from `level` on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"routes": {"()": "coterie.config.logs.RoutesOnly"}},
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["routes"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "coterie": {"level": "INFO"},
            "django": {"handlers": [], "level": level, "propagate": True},
            # 4xx answers are the visitors' affair.
            "django.request": {"level": "ERROR"},
        },
    }
