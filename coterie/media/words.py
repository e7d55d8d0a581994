"""What is said when no picture comes of a file."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from coterie.pure.darkroom import MOST_PIXELS, Reason


def sorry(reason: Reason) -> str:
    """A sentence for whoever sent it."""
    sentences = {
        Reason.NOT_A_PHOTO: _("This is no photo that can be shown here. JPEG, PNG, WebP, GIF, "
                              "HEIC and AVIF can."),
        Reason.TOO_LARGE: _("This photo has more than %(n)d million points. Please send a "
                            "smaller one.") % {"n": MOST_PIXELS // 1_000_000},
        Reason.BROKEN: _("This photo is damaged or cut off. Please choose it again."),
        Reason.TOO_HEAVY: _("This photo could not be opened in a reasonable time. Please send "
                            "another form of it."),
        Reason.BUSY: _("Many photos are coming in just now. Please try again in a moment."),
    }  # fmt: skip
    return sentences[reason]


def too_many_bytes() -> str:
    """The sentence for a file over the limit."""
    most = settings.LARGEST_PHOTO // 1_000_000
    return _("This photo is too large: at most %(n)d MB can be sent here.") % {"n": most}
