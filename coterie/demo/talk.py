"""What the cast has been talking about: (starter, title, body, days ago, replies).

A reply is (speaker, words, reactions as {emoji: people}); a speaker "hosts:NAME"
uses the voice of the hosts, "member:NAME" the anonymous voice.
"""

type Reply = tuple[str, str, dict[str, list[str]]]
type Topic = tuple[str, str, str, float, list[Reply]]

MENDING: list[Topic] = [
    (
        "hosts:Ines",
        "How we mend, and how we talk",
        "Welcome. Show what went wrong as gladly as what went right.\n\n"
        "- **Kind first**, technique second.\n- Ask before you share someone's work elsewhere.\n"
        "- No selling. Swapping is fine.",
        60,
        [
            (
                "Sam",
                "And nobody has ever been thrown out for a wobbly stitch.",
                {"💛": ["Ines", "Juno", "wildfern"]},
            )
        ],
    ),
    (
        "Ines",
        "Sashiko over the elbow, finally done",
        "Three evenings, two podcasts and one pricked thumb. The thread is offcuts from Sam's dye "
        "pot, the patch an old pillowcase.",
        0.4,
        [
            (
                "Juno",
                "Linen or cotton? Mine frayed within a month, right under the arcs.",
                {"👀": ["Sam", "marrow"]},
            ),
            (
                "Ines",
                "Cotton, washed to death before. I think that is the trick: let it shrink first.",
                {"🧵": ["Juno", "wildfern", "Sam"]},
            ),
            (
                "member:wildfern",
                "This made me take my late husband's jacket out of the box. I am not ready "
                "to cut it, but I have bought the thread.",
                {"💛": ["Ines", "Juno", "Sam", "salt & thistle", "marrow"]},
            ),
            (
                "Sam",
                "Linen, twice washed. I still have walnut and weld left. Take a skein on Saturday.",
                {"🌿": ["Ines", "Juno"]},
            ),
        ],
    ),
    (
        "marrow",
        "Moth holes in cashmere: save it or let it go?",
        "Eleven of them, all along the hem. It was my first good jumper.",
        0.2,
        [
            (
                "salt & thistle",
                "Save it. A fine weave over silk organza, then felt it lightly.",
                {"🧵": ["marrow"]},
            ),
            (
                "Juno",
                "Or make the hem two fingers shorter and keep the wool for darning the elbows later.",
                {},
            ),
            (
                "marrow",
                "Oh, that is clever. Is there a way to stop a knitted edge from running?",
                {},
            ),
            (
                "Sam",
                "Zigzag it twice *before* you cut. I learned that the other way round.",
                {"😄": ["marrow", "Ines", "Juno"]},
            ),
        ],
    ),
    (
        "Juno",
        "Is it silly to mend fast fashion?",
        "It cost nine euros and I love it. The seam gave up after four washes.",
        1.2,
        [
            (
                "member:salt & thistle",
                "It cost nine euros and somebody sewed it. That is reason enough for me.",
                {"💛": ["Juno", "Ines", "wildfern"]},
            ),
            (
                "wildfern",
                "Never silly. Flat-felled seam and it will outlive the ones that cost ninety.",
                {"🧵": ["Juno"]},
            ),
        ],
    ),
    (
        "Sam",
        "Repair café on Saturday: who brings what",
        "Town library, ten o'clock. We have two machines, one iron, no tape measure that anybody can find.",
        2.1,
        [
            (
                "Ines",
                "I bring the good needles and the big scissors, and I want the scissors back this time.",
                {"😄": ["Sam", "Juno"]},
            ),
            ("Juno", "Biscuits. And a tape measure.", {"🎉": ["Sam", "Ines", "wildfern"]}),
            ("wildfern", "I come with a tent. Three metres of zip, be warned.", {}),
        ],
    ),
    (
        "wildfern",
        "Darning films for left hands",
        "Every video is the wrong way round for me. Does anybody know one that is not just mirrored?",
        4,
        [
            (
                "salt & thistle",
                "Sit opposite somebody right-handed. Sounds silly, works in five minutes.",
                {"👀": ["wildfern"]},
            ),
            (
                "wildfern",
                "It did! Thank you, Sam, for your patience and your kitchen table.",
                {"💛": ["Sam", "salt & thistle"]},
            ),
        ],
    ),
    (
        "salt & thistle",
        "The knee held",
        "Seven evenings of waves over a hole the size of a saucer. It bends, it breathes, it has been up a ladder.",
        6,
        [
            (
                "Ines",
                "I have been looking at this for a minute and I am not done.",
                {"🧵": ["salt & thistle", "Juno", "Sam"]},
            ),
            ("marrow", "How do you keep the rows even? Chalk, or just stubbornness?", {}),
            (
                "salt & thistle",
                "A bar of soap, sharpened. Washes out, and smells of grandmother.",
                {"💛": ["marrow", "wildfern"]},
            ),
        ],
    ),
    (
        "Ines",
        "Walnut, madder and one happy accident",
        "The accident is the purple. Iron pan, madder, and I forgot it over night.",
        11,
        [
            (
                "Sam",
                "Write down *which* pan. I will never get that colour again otherwise.",
                {"😄": ["Ines"]},
            )
        ],
    ),
]

HOUSEPLANTS: list[Topic] = [
    (
        "rue",
        "Which of you took the monstera cutting?",
        "Two went home from the swap table. The left one has root rot, please check yours.",
        0.3,
        [
            (
                "night heron",
                "Mine looks fine, but I will unpot it tonight. Thank you for saying.",
                {"🌿": ["rue"]},
            ),
            (
                "Otto",
                "Cut above the soft part, let it dry a day, new water. It forgives a lot.",
                {"🌿": ["rue", "night heron"]},
            ),
        ],
    ),
    (
        "Otto",
        "Light in a north kitchen",
        "What lives with me there: cast-iron plant, pothos, a very patient fern.",
        1.5,
        [
            (
                "night heron",
                "Snake plant, and it even flowered. It smelled of the dentist, to be honest.",
                {"😄": ["Otto", "rue"]},
            ),
            ("rue", "ZZ plant. I water it when I water it.", {}),
        ],
    ),
    (
        "night heron",
        "Fungus gnats: what worked for you?",
        "I have tried cinnamon (pretty, useless) and yellow cards (ugly, useful).",
        3,
        [
            (
                "Otto",
                "Nematodes, twice, two weeks apart. And water from below.",
                {"🌿": ["night heron"]},
            ),
            (
                "rue",
                "A finger of coarse sand on top. They never found the soil again.",
                {"👀": ["Otto"]},
            ),
        ],
    ),
    (
        "rue",
        "Cuttings by post: how do you pack them?",
        "Damp moss and a jar box is what I do. Is there a way without plastic?",
        8,
        [
            (
                "night heron",
                "Wet newspaper and a wax wrap. Survived four days to Graz.",
                {"🎉": ["rue"]},
            )
        ],
    ),
]

DYE: list[Topic] = [
    (
        "Sam",
        "Indigo vat, open day in December",
        "Bring white cotton that you can bear to lose. Old shirts are perfect.",
        1,
        [
            ("hazel", "Does linen need longer than cotton?", {}),
            ("Sam", "Same time, one more dip.", {"💙": ["hazel"]}),
        ],
    ),
    (
        "hazel",
        "Onion skins: red ones do something else",
        "The yellow ones give gold. The red ones gave me moss green and I did not ask for it.",
        5,
        [],
    ),
]

QUILTERS: list[Topic] = [
    (
        "night heron",
        "A block each, in whatever state",
        "Twelve inches, anything goes, nobody asks when.",
        2,
        [("linden", "Mine is from hospital gowns. It felt right.", {"💛": ["night heron"]})],
    ),
]

SWAPS: list[Topic] = [
    (
        "hosts:Bea",
        "November table: what is on it",
        "Wool, jars, a sewing machine that hums. First come, first carried.",
        2,
        [("Otto", "I can come on Tuesday for the jars.", {})],
    ),
]
