"""Django's WSGI handler, run by the ASGI front in a fixed thread pool."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coterie.config.settings")
application = get_wsgi_application()
