"""The cast is who the other tests believe it is."""

from datetime import date

from coterie.communities import rules
from coterie.communities.models import JoinRequest
from coterie.demo.cast import plant
from coterie.home.reads import search
from coterie.talk.actions import indexing


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


def test_what_was_said_long_ago_is_found_as_said_then(db):
    cast = plant()
    assert not indexing.is_wrong()
    found = search.search(cast.viewer("juno"), "from:marrow cashmere")
    assert [row["face"]["name"] for row in found.posts.rows] == ["marrow", "marrow"]
    assert search.search(cast.viewer("juno"), f"from:Ines before:{date.today()}").posts.rows
