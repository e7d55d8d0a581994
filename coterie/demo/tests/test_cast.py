"""The cast is who the other tests believe it is."""

from coterie.communities import rules
from coterie.communities.models import JoinRequest


def test_everybody_is_where_the_story_says(cast):
    mending = cast.communities["mending"]
    assert rules.seat(cast.personas["Ines"], mending).is_host
    assert rules.seat(cast.personas["Sam"], mending).may("talk")
    assert rules.seat(cast.personas["wildfern"], mending)
    for outsider in ("pebble", "best_deals_24", "oxeye", "Otto", "Marta Okafor"):
        assert rules.seat(cast.personas[outsider], mending) is None
    waiting = JoinRequest.objects.pending().filter(community=mending)
    assert {each.persona.name for each in waiting} == {"pebble", "thistledown"}


def test_marta_is_three_people_and_only_she_knows(cast):
    names = {persona.name for persona in cast.viewer("marta").personas}
    assert names == {"wildfern", "night heron", "Marta Okafor"}
    assert not cast.viewer("wren").personas


def test_there_is_something_to_read_everywhere_that_people_talk(cast):
    for place in ("mending", "plants", "dye", "quilters", "swaps"):
        assert cast.communities[place].conversations.filter(last_seq__gt=0).exists()
