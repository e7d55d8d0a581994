"""Two spellings of one word meet; two words do not."""

import pytest

from coterie.search.questions import Term, term
from coterie.search.words import LONGEST, folded, words

ALIKE = [
    ("Straße", "STRASSE"), ("İstanbul", "istanbul"), ("ılık", "ilik"), ("ISPARTA", "ısparta"),
    ("Ångström", "angstrom"), ("e\u0301te\u0301", "été"), ("Łódź", "lodz"), ("Ærø", "aero"),
    ("ＦＵＬＬ　ｗｉｄｔｈ", "full width"), ("ﬁber", "fiber"), ("ｶﾞﾗｽ", "ガラス"),
    ("か\u3099", "が"),
    ("Ψυχή", "ψυχη"), ("ΛΌΓΟΣ", "λογος"), ("Ёлка", "елка"), ("مُحَمَّد", "محمد"), ("أحمد", "احمد"),
    ("שָׁלוֹם", "שלום"), ("soft\u00adhyphen", "softhyphen"), ("٤٢", "42"), ("2²", "22"),
    ("👩‍🌾", "👩 🌾"), ("👍🏽", "👍"), ("snake_case", "snake case"), ("Z̮̞̠͙a̗l̰g͒o̼", "zalgo"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_two_spellings_of_one_word_are_equal(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("が", "か"), ("हिंदू", "हद"), ("กิน", "กน"), ("paper", "papers")]
)
def test_two_words_are_not(one, other):
    assert folded(one) != folded(other)


def test_scripts_without_spaces_are_cut_into_pairs():
    assert words("東京都 AKB48が好き") == ["東京", "京都", "都", "akb48", "が好", "好き", "き"]
    assert words("서울에서") == ["서울", "울에", "에서", "서"]


def test_nothing_that_a_database_could_read_as_a_sign_is_left():
    text = '"it\'s" a\\b (c) * & | ! : <-> NEAR/2 \x00 _open %s \ud800'
    assert words(text) == ["it", "s", "a", "b", "c", "near", "2", "open", "s"]


def test_a_long_word_is_looked_for_by_its_beginning():
    assert words("x" * 5000) == ["x" * LONGEST]
    assert term("x" * 5000, begun=True) == Term(("x" * LONGEST,))


def test_the_last_word_may_be_begun():
    assert term("mend", begun=True) == Term(("mend",), begun=True)
    assert term("mending-circle", begun=True) == Term(("mending", "circle"), begun=True)
    assert term("m", begun=True) == Term(("m",)), "one letter begins nearly everything"


def test_part_of_a_text_without_spaces_is_found_wherever_it_stands():
    assert term("京都") == Term(("京都",), begun=True)
    assert term("都") == Term(("都",), begun=True)
    assert term("東京都") == Term(("東京", "京都"), begun=True)
    assert term("東京tokyo") == Term(("東京", "京", "tokyo"))


@pytest.mark.parametrize("nothing", ["", "   ", "...", "\"'\\", "\u200b", "_"])
def test_of_nothing_nothing_is_asked(nothing):
    assert term(nothing) is None
