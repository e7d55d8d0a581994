"""The first afternoon of a house, as people live it: real browsers, phones, a server of its own.

What no walk over the pages reaches is looked at closely on the way.
"""

import re
from collections.abc import Iterator

import pytest

from tests.browser import complaints
from tests.house import House
from tests.somebody import Somebody

pytestmark = [pytest.mark.browser, pytest.mark.house, pytest.mark.xdist_group("journey")]


@pytest.fixture(scope="module")
def own_house(tmp_path_factory) -> Iterator[House]:
    """A house of these tests alone, in which nobody has been."""
    with House.serving(tmp_path_factory.mktemp("journey")) as running:
        yield running


@pytest.fixture(scope="module")
def somebody(chromium, own_house):
    """A new person with a browser of her own."""
    return lambda name: Somebody(chromium, own_house, f"{name}@example.org")


@pytest.fixture(scope="module")
def ana(somebody, own_house) -> Somebody:
    """She opens the link that the house printed, signs up, and is its operator."""
    ana = somebody("ana")
    assert "freshly dug" in ana.opens("/")
    ana.opens(own_house.operator_link)
    ana.signs_up_by_mail()
    assert "This place is yours" in ana.says()
    assert not complaints(ana.page)
    ana.presses("Begin")
    assert "A place for your people" in ana.opens("/")
    return ana


@pytest.fixture(scope="module")
def circle(ana) -> dict[str, str]:
    """Ana's community, with a question at its door, and the link to it."""
    ana.opens("/")
    ana.follows("Start a community")
    link = founds(ana, "Mending circle", "private_group", "saltmarsh")
    ana.follows("Go to Mending circle")
    home = ana.path()
    ana.opens(f"{home}settings/questions/")
    ana.page.locator('input[name$="-text"]').first.fill("What did you last mend?")
    ana.presses("Save the questions")
    return {"link": link, "home": home}


@pytest.fixture(scope="module")
def corner(ana, circle) -> dict[str, str]:
    """A secret micro community inside it, where Ana is somebody else."""
    ana.opens("/new/")
    ana.page.get_by_text("Start it inside one of your communities").click()
    ana.follows("Mending circle")
    link = founds(ana, "Quiet corner", "close_circle", "night heron")
    ana.follows("Go to Quiet corner")
    return {"link": link, "home": ana.path()}


@pytest.fixture(scope="module")
def moss(somebody, circle) -> Somebody:
    """He opens the link, reads what this is, signs up, picks a persona, answers, and waits."""
    moss = somebody("moss")
    said = moss.opens(circle["link"])
    assert "Mending circle" in said
    assert "Who can see what" in said
    moss.follows("Ask to join")
    if moss.path().startswith("/sign-"):
        moss.follows("Sign up")
    moss.signs_up_by_mail()
    assert "Who are you here?" in moss.says()
    moss.page.get_by_label("Name").fill("thistledown")
    moss.page.get_by_label("What did you last mend?").fill("A cuff, badly.")
    assert "Your request is with the hosts" in moss.presses("Ask to join")
    assert "as thistledown, a host will answer" in moss.opens("/")
    return moss


@pytest.fixture(scope="module")
def admitted(ana, moss, circle) -> Somebody:
    """Ana finds him at home, reads his answer and lets him in."""
    assert "One person asks to join" in ana.opens("/")
    ana.follows(re.compile("One person asks to join"))
    said = ana.follows("thistledown")
    assert "A cuff, badly." in said
    assert "moss" not in said
    ana.presses("Let them in")
    return moss


def founds(host: Somebody, name: str, shape: str, persona: str) -> str:
    """From the first step of the first run to the link."""
    host.page.fill('[name="name"]', name)
    host.page.fill('[name="purpose"]', f"All about {name.lower()}.")
    host.presses("Continue")
    host.chooses("shape", shape)
    host.presses("Continue")
    host.page.fill('[name="persona_name"]', persona)
    assert f"{name} stands" in host.presses(f"Start {name}")
    return host.page.input_value("#link")


def test_both_write_and_read_each_other(ana, admitted, circle):
    moss = admitted
    assert "Mending circle" in moss.opens("/")
    moss.opens("/alerts/")
    moss.opens(circle["home"])
    moss.follows(re.compile("Start a topic"))
    moss.page.get_by_label("Title").fill("Which thread for wool?")
    moss.page.locator('textarea[name="source"]').fill("Mine *breaks* at the elbow.")
    said = moss.presses("Start it")
    assert "Mine breaks at the elbow." in said
    topic = moss.path()
    moss.waits_until_it_is_out()
    assert "Which thread for wool?" in ana.opens("/")
    ana.follows("Which thread for wool?")
    ana.page.locator('textarea[name="source"]').fill("Two strands, waxed.")
    assert "Two strands, waxed." in ana.presses("Post")
    ana.waits_until_it_is_out()
    said = moss.opens(topic)
    assert "Two strands, waxed." in said
    assert "saltmarsh" in said
    assert "night heron" not in moss.page.content()


def test_a_third_person_is_told_that_nothing_exists(somebody, corner, admitted):
    wren = somebody("wren")
    wren.opens("/")
    wren.follows("Sign in")
    wren.follows(re.compile("Sign up"))
    wren.signs_up_by_passkey()
    assert "A place for your people" in wren.opens("/")
    hidden = wren.opens(corner["home"], status=404)
    absent = wren.opens("/c/bcdfghjkmnpqrstvwx/", status=404)
    assert hidden == absent
    assert "Quiet corner" not in wren.opens("/find/")
    assert "Quiet corner" not in wren.opens("/find/?q=quiet")
    # Nor to a member of the community around it.
    assert admitted.opens(corner["home"], status=404) == absent


def test_whoever_came_by_passkey_comes_back_by_passkey(somebody):
    rue = somebody("rue")
    rue.opens("/sign-up/")
    rue.signs_up_by_passkey()
    assert "A place for your people" in rue.opens("/")
    rue.opens("/me/")
    rue.presses("Sign out")
    rue.opens("/sign-in/")
    rue.shows_passkey("Sign in with a passkey")
    assert "A place for your people" in rue.opens("/")


def test_all_of_the_hall_can_be_used_by_everybody(ana, somebody, circle, corner):
    for address in ("/", "/find/", "/me/", "/talk/", "/alerts/", "/new/", "/about/privacy/"):
        ana.opens(address)
    ana.opens("/me/")
    ana.follows("night heron")
    guest = somebody("guest")
    for address in ("/", "/?q=mending", "/?q=nothing", "/find/", "/about/", "/about/privacy/"):
        guest.opens(address)
    assert "Mending circle" in guest.opens("/?q=MENDING")
    assert "Quiet corner" not in guest.opens("/?q=quiet")
