"""What counts as one emoji: a reaction is nothing else, so that it cannot carry words."""

import re

PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe"
    "\u2600-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f004\U0001f0cf\U0001f170-\U0001f19a\U0001f201-\U0001f251\U0001f300-\U0001faff]"
)
SKIN, VARIATION, JOINER = "[\U0001f3fb-\U0001f3ff]", "\ufe0f", "\u200d"
TAGS = "[\U000e0020-\U000e007e]{1,6}\U000e007f"
ONE = f"{PICTURE}(?:{VARIATION})?(?:{SKIN})?(?:{TAGS})?"
FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
KEYCAP = f"[0-9#*]{VARIATION}?\u20e3"

EMOJI = re.compile(f"(?:{ONE}(?:{JOINER}{ONE})*|{FLAG}|{KEYCAP})")
LONGEST = 24

OFFERED = ("💛", "👏", "😄", "👀", "🌿", "🧵", "🎉", "🤔")


def is_emoji(text: str) -> bool:
    """Whether this is exactly one emoji, with its skin, its joins and its variation."""
    return len(text) <= LONGEST and EMOJI.fullmatch(text) is not None
