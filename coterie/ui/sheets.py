"""What every page is styled with."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

SHEET = "ui/css/all.css"
"""All of them in one; made when the server gathers its files."""
SHEETS = tuple(
    f"ui/css/{name}.css"
    for name in (
        "base",
        "shell",
        "elements",
        "controls",
        "posts",
        "cloth",
        "choosing",
        "pieces",
    )
)
"""In their order; the first says which layers there are."""


def styles() -> SafeString:
    """The links to them: to the one file where there is one."""
    names = getattr(staticfiles_storage, "sheets", SHEETS)
    addresses = ((staticfiles_storage.url(name),) for name in names)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', addresses)
