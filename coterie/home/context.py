"""What every page's frame may show. Nothing is looked up by pages that do not show it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from coterie.core.ids import hashed
from coterie.home.reads import home
from coterie.inbox.reads import unread_count
from coterie.personas.viewer import NOBODY, Viewer
from coterie.safety.reads import waiting_for_operator


def rail(request: HttpRequest) -> dict[str, Any]:
    """My communities, my unread alerts, who waits at my doors or for the operator;
    and who runs this place."""
    viewer = getattr(request, "viewer", NOBODY)
    return {
        "rail": SimpleLazyObject(lambda: home.rail(viewer)),
        "alerts": SimpleLazyObject(lambda: unread_count(viewer) + waiting_for_operator(viewer)),
        # A number that is counted in words, which a lazy object is not.
        "operator_cases": lambda: waiting_for_operator(viewer),
        "waiting": SimpleLazyObject(lambda: home.waiting(viewer)),
        "live_as": SimpleLazyObject(lambda: _live_as(request, viewer)),
        "run_by": settings.RUN_BY,
        "source": settings.SOURCE_URL,
    }


def _live_as(request: HttpRequest, viewer: Viewer) -> str:
    """A name by which the tabs of this sign-in know each other; nothing for nobody."""
    key = request.session.session_key if viewer.signed_in else ""
    return hashed(f"tabs:{key}")[:12] if key else ""
