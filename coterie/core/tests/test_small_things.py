"""Ids, keys, boxes, verdicts, gates, pages: the small tools everything stands on."""

import base64
import stat
import threading

import pytest
from cryptography.exceptions import InvalidTag

from coterie.core import boxes, gates, ids, keys, pages
from coterie.core.verdict import YES, Refused, Verdict, require


def test_public_ids_do_not_repeat_and_tell_no_order():
    made = [ids.new_public_id() for _ in range(2000)]
    assert len(set(made)) == 2000
    assert all(len(each) == ids.LENGTH and set(each) <= set(ids.ALPHABET) for each in made)
    assert made != sorted(made)


def test_random_keys_fit_a_signed_column():
    assert all(0 < ids.random_key() < 2**63 for _ in range(2000))


def test_a_token_is_stored_only_as_its_hash():
    token = ids.new_token()
    assert len(base64.urlsafe_b64decode(token + "==")) == 16
    assert ids.hashed(token) == ids.hashed(token) != ids.hashed(ids.new_token())
    assert token not in ids.hashed(token)


def test_a_box_opens_with_its_own_purpose_only_and_never_looks_the_same():
    one, two = boxes.seal("fern", "a"), boxes.seal("fern", "a")
    assert one != two
    assert boxes.unseal(one, "a") == boxes.unseal(two, "a") == "fern"
    with pytest.raises(InvalidTag):
        boxes.unseal(one, "b")
    changed = base64.b64encode(base64.b64decode(one)[:-1] + b"x").decode()
    with pytest.raises(InvalidTag):
        boxes.unseal(changed, "a")


def test_the_key_file_is_made_once_for_this_user_only(tmp_path):
    folder = tmp_path / "new"
    made: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: made.append(keys.master_key.__wrapped__(folder)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert len(made[0]) == 32
    assert stat.S_IMODE((folder / keys.KEY_FILE).stat().st_mode) == 0o600


def test_keys_of_two_purposes_have_nothing_in_common():
    assert keys.key_for("a") == keys.key_for("a") != keys.key_for("b")


def test_a_verdict_is_yes_or_a_sentence():
    require(YES)
    assert YES
    assert not Verdict("The door is shut.")
    with pytest.raises(Refused) as refused:
        require(Verdict("The door is shut."))
    assert refused.value.sentence == "The door is shut."


@pytest.fixture
def hung():
    was = dict(gates._gates)
    yield gates.hang
    gates._gates.clear()
    gates._gates.update(was)


def test_all_gates_are_asked_one_refusal_stops_and_one_hold_waits(hung):
    assert gates.ask("nobody asks", 1, None) == gates.Publish()
    hung(
        {
            "g": [
                lambda *_: gates.Publish(),
                lambda *_: gates.Hold("first"),
                lambda *_: gates.Hold("second"),
            ]
        }
    )
    assert gates.ask("g", 1, None) == gates.Hold("first")
    hung(
        {
            "g": [
                lambda *_: gates.Hold("first"),
                lambda *_: gates.Refuse("No."),
            ]
        }
    )
    with pytest.raises(Refused):
        gates.ask("g", 1, None)


def test_a_page_knows_whether_more_follows():
    assert pages.cut([1, 2, 3], 2, "c") == pages.Page([1, 2], "c")
    assert pages.cut([1, 2], 2, "c") == pages.Page([1, 2], "")
