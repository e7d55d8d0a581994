"""The known shapes as cards: what each one settles, in words."""

from typing import Any

from coterie.communities.models import FoundBy, JoinedBy, PostedBy, SeenBy
from coterie.communities.models.community import privacy_of
from coterie.communities.presets import PRESETS

PICTURES = {
    "private_group": (2901, 77, 141, 913),
    "close_circle": (409, 5050),
    "channel": (87,),
}
"""Flowers on the cards of shapes in which people are seen; the others draw what is said."""
HUES = {"private_group": 2, "close_circle": 9, "group_chat": 4, "forum": 7, "channel": 0}


def under(settings: dict[str, Any]) -> dict[str, Any]:
    """The same shape inside a parent: where everyone was meant, its members are."""
    inside: dict[str, dict[Any, Any]] = {
        "found_by": {FoundBy.EVERYONE: FoundBy.PARENT},
        "seen_by": {SeenBy.EVERYONE: SeenBy.PARENT},
        "joined_by": {JoinedBy.OPEN: JoinedBy.PARENT},
    }
    return {name: inside.get(name, {}).get(value, value) for name, value in settings.items()}


def cards(chosen: str, *, inside: bool) -> list[dict[str, Any]]:
    """Every shape with its four settings spelled out; `inside` a parent or not."""
    settings = {each.key: under(each.settings) if inside else each.settings for each in PRESETS}
    return [_card(each, settings[each.key], chosen) for each in PRESETS]


def _card(preset: Any, settings: dict[str, Any], chosen: str) -> dict[str, Any]:
    return {
        "key": preset.key,
        "name": preset.name,
        "line": preset.line,
        "checked": preset.key == chosen,
        "privacy": privacy_of(settings["found_by"], settings["seen_by"]),
        "picture": PICTURES.get(preset.key, ()),
        "hue": HUES.get(preset.key, 1),
        "found_by": FoundBy(settings["found_by"]).label,
        "seen_by": SeenBy(settings["seen_by"]).label,
        "joined_by": JoinedBy(settings["joined_by"]).label,
        "posted_by": PostedBy(settings["posted_by"]).label,
    }
