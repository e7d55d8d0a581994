"""How much personas want to hear: of a topic, of its tags, of a community."""

from __future__ import annotations

from collections.abc import Iterable

from coterie.communities.models import Membership
from coterie.pure.attention import Level, effective
from coterie.talk.models import TagLevel, TopicLevel

type Told = tuple[int, int | None, int | None]
"""A persona, a community and a conversation."""
type Pair = tuple[int, int | None]


def levels_of(rows: Iterable[Told]) -> dict[Told, Level]:
    """What counts for each of these; where nobody said anything, and outside, it is normal."""
    asked = set(rows)
    personas = {persona for persona, _place, _talk in asked}
    places = Membership.objects.living().filter(
        persona__in=personas, community__in={place for _who, place, _talk in asked if place}
    )
    said = places.values_list("persona_id", "community_id", "level")
    here: dict[Pair, Level] = {(who, place): Level(level) for who, place, level in said}
    topics = TopicLevel.objects.filter(
        persona__in=personas, conversation__in={talk for _who, _place, talk in asked if talk}
    )
    nearer = topics.values_list("persona_id", "conversation_id", "level")
    there: dict[Pair, Level] = {(who, talk): Level(level) for who, talk, level in nearer}
    tagged = TagLevel.objects.filter(
        persona__in=personas, tag__taggings__conversation__in={talk for *_, talk in asked if talk}
    )
    by_tag: dict[Pair, tuple[Level, ...]] = {}
    for who, talk, level in tagged.values_list(
        "persona_id", "tag__taggings__conversation_id", "level"
    ):
        by_tag[who, talk] = (*by_tag.get((who, talk), ()), Level(level))
    return {
        (who, place, talk): effective(
            there.get((who, talk)), by_tag.get((who, talk), ()), here.get((who, place))
        )
        for who, place, talk in asked
    }
