"""Who is in the cast: accounts, and the personas that each of them is somewhere.

A name stands once. Marta is three people, and nobody but Marta knows.
"""

PASSWORD = "pressed-flowers"  # noqa: S105 - the demo's door is open on purpose

ACCOUNTS: dict[str, list[tuple[str, str]]] = {
    "ana": [],
    "bea": [("Bea", "Keeps the place warm. Runs the swap table.")],
    "ines": [("Ines", "Learned it by unpicking."), ("rue", "")],
    "sam": [("Sam", "Dyes thread, likes questions.")],
    "marta": [("wildfern", "Left-handed, on purpose."), ("night heron", ""), ("Marta Okafor", "")],
    "juno": [("Juno", "Jeans, mostly.")],
    "thea": [("salt & thistle", "")],
    "max": [("marrow", "Nothing yet. I mostly watch.")],
    "otto": [("Otto", "North kitchen.")],
    "hazel": [("hazel", "")],
    "lin": [("linden", "")],
    "rosa": [("Rosa", "")],
    "pia": [("pebble", "")],
    "tom": [("thistledown", "")],
    "olga": [("oxeye", "")],
    "deals": [("best_deals_24", "Premium repair kits")],
    "wren": [],
}
"""Ana is the operator and a member of nothing; wren has an account and nobody to be."""


SEEDS = {
    "Bea": 1_775_651_415,
    "Ines": 1_464_589_642,
    "rue": 1_674_671_376,
    "Sam": 644_780_074,
    "wildfern": 2_104_909_468,
    "night heron": 905_590_324,
    "Marta Okafor": 1_694_566_831,
    "Juno": 2_028_687_211,
    "salt & thistle": 579_690_176,
    "marrow": 664_876_773,
    "Otto": 2_020_027_418,
    "hazel": 964_622_593,
    "linden": 597_904_678,
    "Rosa": 1_784_759_831,
    "pebble": 8_790_956,
    "thistledown": 1_452_128_621,
    "oxeye": 2_044_160_091,
    "best_deals_24": 319_009_742,
}
"""The flowers of the personas, thrown once: whoever meets here is told apart at a glance."""


def address(name: str) -> str:
    """The e-mail address of one of the cast."""
    return f"{name}@example.org"
