"""What pages about signing in ask the house."""

from typing import Any

from django import template
from django.conf import settings

from coterie.accounts import passkeys

register = template.Library()


@register.simple_tag(takes_context=True)
def passkey_trouble(context: Any) -> str:
    """Why this address cannot have passkeys; empty where it can."""
    return passkeys.trouble(context["request"])


@register.simple_tag
def mail_server() -> bool:
    """Whether mails leave this server."""
    return bool(settings.MAIL_SERVER)
