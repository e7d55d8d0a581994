"""The ASGI application that uvicorn runs: our front before Django's WSGI handler."""

from django.conf import settings
from django.urls import get_resolver

from coterie.config.front import Front
from coterie.config.front.files import Files
from coterie.config.front.limits import Limits
from coterie.config.front.statics import Statics
from coterie.config.live import Live
from coterie.config.wsgi import application as django
from coterie.core import incoming


def front(live: Live) -> Front:
    """A front with this installation's settings; `statics.gather` has run before."""
    # Every view is imported before the first visitor comes: after a restart all come at once.
    _ = get_resolver().url_patterns
    incoming.sweep()
    return Front(
        application=django,
        folder=incoming.folder(),
        statics=Statics(settings.STATIC_ROOT, settings.STATIC_URL),
        files=Files(settings.DATA / "media"),
        limits=Limits(
            plain=settings.LARGEST_FORM,
            archive=settings.LARGEST_ARCHIVE,
            photos=settings.LARGEST_PHOTO * settings.PHOTOS_AT_ONCE,
            cookie=settings.SESSION_COOKIE_NAME.encode(),
        ),
        threads=settings.PAGE_THREADS,
        https=settings.HTTPS,
        companions=[live],
    )
