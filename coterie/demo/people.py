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


def address(name: str) -> str:
    """The e-mail address of one of the cast."""
    return f"{name}@example.org"
