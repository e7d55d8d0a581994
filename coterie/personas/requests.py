"""The request as doors get it, for the type checker."""

from django.http import HttpRequest

from coterie.personas.viewer import Viewer


class Request(HttpRequest):
    """A request that knows who is looking."""

    viewer: Viewer
