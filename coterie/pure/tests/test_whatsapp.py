"""WhatsApp's exports: each dialect at its own time, a question where a date can be two days."""

from __future__ import annotations

import json
import random
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coterie.pure import parsers
from coterie.pure.exports.records import Choices, Message, Preview, Unreadable
from coterie.pure.parsers import whatsapp

DATA = Path(__file__).parents[3] / "tests" / "data" / "whatsapp"
NB, NNB, LRM, RLM = "\u00a0", "\u202f", "\u200e", "\u200f"

EVENING, AFTERNOON = "2024-06-13 21:25", "2024-06-13 13:55"
DIALECTS = {
    "us": (f"6/13/24, 9:25{NNB}PM - Ana: x", EVENING),
    "us old": ("6/13/24, 9:25 PM - Ana: x", EVENING),
    "us small": ("6/13/24, 9:25 pm - Ana: x", EVENING),
    "us dots": ("6/13/24, 9:25 p.m. - Ana: x", EVENING),
    "us long year": ("6/13/2024, 9:25 PM - Ana: x", EVENING),
    "us morning": ("6/13/24, 9:25 AM - Ana: x", "2024-06-13 09:25"),
    "us midnight": ("6/13/24, 12:25 AM - Ana: x", "2024-06-13 00:25"),
    "us noon": ("6/13/24, 12:25 PM - Ana: x", "2024-06-13 12:25"),
    "gb": ("13/06/2024, 21:25 - Ana: x", EVENING),
    "gb no comma": ("13/06/2024 21:25 - Ana: x", EVENING),
    "de": ("13.06.24, 21:25 - Ana: x", EVENING),
    "de long dash": ("13.06.24, 21:25 – Ana: x", EVENING),
    "at": ("13.6.2024, 21:25 - Ana: x", EVENING),
    "fr": ("13/06/2024 à 21:25 - Ana: x", EVENING),
    "es": (f"13/6/24, 1:55 p.{NB}m. - Ana: x", AFTERNOON),
    "es wide": ("13/6/2024 1:55 p. m. - Ana: x", AFTERNOON),
    "es morning": (f"13/6/24, 1:55 a.{NB}m. - Ana: x", "2024-06-13 01:55"),
    "it": ("13/06/24, 21:25 - Ana: x", EVENING),
    "nl": ("13-06-2024 21:25 - Ana: x", EVENING),
    "nl old": ("13-06-2024 21.25 - Ana: x", EVENING),
    "fi": ("13.6.2024 klo 21.25 - Ana: x", EVENING),
    "da": ("13.06.2024 21.25 - Ana: x", EVENING),
    "sv": ("2024-06-13 21:25 - Ana: x", EVENING),
    "hu": ("2024. 06. 13. 21:25 - Ana: x", EVENING),
    "ja": ("2024/06/13 21:25 - Ana: x", EVENING),
    "zh": ("2024/6/13 下午9:25 - Ana: x", EVENING),
    "ko": ("2024. 6. 13. 오후 9:25, Ana: x", EVENING),
    "ko words": ("2024년 6월 13일 오후 9:25, Ana: x", EVENING),
    "ko morning": ("2024. 6. 13. 오전 9:25, Ana: x", "2024-06-13 09:25"),
    "th": ("13/6/2567 21:25 - Ana: x", EVENING),
    "ar": (f"١٣{RLM}/٦{RLM}/٢٠٢٤، ٩:٢٥ م - Ana: x", EVENING),
    "ar morning": (f"{RLM}١٣{RLM}/٦{RLM}/٢٠٢٤، ٩:٢٥ ص - Ana: x", "2024-06-13 09:25"),
    "fa": ("۲۰۲۴/۰۶/۱۳, ۲۱:۲۵ - Ana: x", EVENING),
    "hi": ("१३/०६/२४, ९:२५ pm - Ana: x", EVENING),
    "br": ("13/06/2024 21:25 - Ana: x", EVENING),
    "ios gb": ("[13/06/2024, 21:25:15] Ana: x", EVENING + ":15"),
    "ios us": (f"[6/13/24, 9:25:15{NNB}PM] Ana: x", EVENING + ":15"),
    "ios us marked": (f"{LRM}[6/13/24, 9:25:15 PM] Ana: x", EVENING + ":15"),
    "ios de": ("[13.06.24, 21:25:15] Ana: x", EVENING + ":15"),
    "ios es": ("[13/6/24 1:55:00 p. m.] Ana: x", AFTERNOON),
    "ios iso": ("[2024-06-13, 21:25:15] Ana: x", EVENING + ":15"),
    "no dash": ("13.06.24 21.25.15: Ana: x", EVENING + ":15"),
    "only a space": ("13. 6. 2024. 21:25:15 Ana: x", EVENING + ":15"),
}


def written(folder: Path, text: str, letters: str = "utf-8") -> Path:
    path = folder / "WhatsApp Chat with Ferns.txt"
    path.write_bytes(text.encode(letters))
    return path


def everything(path: Path, choices: Choices = Choices()) -> list[Message]:  # noqa: B008
    seen = whatsapp.preview(path, None, choices)
    return list(whatsapp.read(path, seen.chats[0]))


def seen(folder: Path, text: str) -> Preview:
    return whatsapp.preview(written(folder, text))


def test_there_are_enough_dialects() -> None:
    assert len(DIALECTS) >= 41


@pytest.mark.parametrize("name", DIALECTS)
def test_each_dialect_is_read_at_its_own_time(tmp_path: Path, name: str) -> None:
    line, at = DIALECTS[name]
    expected = datetime.fromisoformat(at).replace(tzinfo=UTC)
    for text in (line, f"{line}\r\nand more\r\n", f"\ufeff{line}\n\n"):
        (said,) = everything(written(tmp_path, text))
        assert (said.at, said.person_name, said.body[0]) == (expected, "Ana", "x")
    (said,) = everything(written(tmp_path, f"\ufeff{line}", "utf-16"))
    assert said.at == expected
    assert parsers.parser_of(written(tmp_path, line)) is whatsapp


@pytest.mark.parametrize("line", ["3/6/18, 1:55 PM - a: m", "[03.06.18, 13:55:00] a: m"])
def test_a_date_that_can_be_two_days_is_asked_for_and_never_guessed(
    tmp_path: Path, line: str
) -> None:
    path = written(tmp_path, line)
    (question,) = whatsapp.preview(path).questions
    assert [(way.choice, str(way.at)[:10]) for way in question.readings] == [
        ("dmy", "2018-06-03"),
        ("mdy", "2018-03-06"),
    ]
    assert question.sample == line
    with pytest.raises(Unreadable, match="day first"):
        everything(path)
    for order, month in (("dmy", 6), ("mdy", 3)):
        (said,) = everything(path, Choices(date_order=order))  # type: ignore[arg-type]
        assert (said.at.month, said.at.hour) == (month, 13)
        assert not whatsapp.preview(path, None, Choices(date_order=order)).questions  # type: ignore[arg-type]


def test_the_order_is_settled_by_what_stands_anywhere_in_the_file(tmp_path: Path) -> None:
    lines = ["03/04/24, 10:00 - a: one", "05/04/24, 10:00 - a: two", "25/04/24, 10:00 - a: three"]
    assert [said.at.month for said in everything(written(tmp_path, "\n".join(lines)))] == [4, 4, 4]


def test_the_order_is_settled_by_time_that_does_not_go_back(tmp_path: Path) -> None:
    lines = ["11/03/24, 10:00 - a: one", "01/04/24, 10:00 - a: two"]
    assert [said.at.month for said in everything(written(tmp_path, "\n".join(lines)))] == [3, 4]


def test_the_order_is_settled_by_the_number_that_changes(tmp_path: Path) -> None:
    lines = [f"{day:02}/06/24, 10:00 - a: x" for day in range(1, 9)]
    assert {said.at.month for said in everything(written(tmp_path, "\n".join(lines)))} == {6}


def test_a_file_of_two_phones_is_read_in_both_ways(tmp_path: Path) -> None:
    text = "6/30/23, 16:13 - a: one\n30/6/2023, 16:14 - a: two\n"
    assert [str(said.at)[:10] for said in everything(written(tmp_path, text))] == ["2023-06-30"] * 2


def test_times_are_utc_with_a_warning_unless_a_zone_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, "13.06.24, 21:25 - Ana: x")
    assert "UTC" in whatsapp.preview(path).warnings[0]
    berlin = Choices(zone=ZoneInfo("Europe/Berlin"))
    assert not [w for w in whatsapp.preview(path, None, berlin).warnings if "UTC" in w]
    (said,) = everything(path, berlin)
    assert (said.at.hour, said.at.minute) == (19, 25)


def test_an_hour_that_comes_twice_goes_on(tmp_path: Path) -> None:
    lines = ["27.10.24, 02:50 - a: first", "27.10.24, 02:10 - a: second"]
    berlin = Choices(zone=ZoneInfo("Europe/Berlin"))
    one, two = everything(written(tmp_path, "\n".join(lines)), berlin)
    assert (two.at - one.at).total_seconds() == 20 * 60


def test_what_the_app_says_is_no_message(tmp_path: Path) -> None:
    text = (
        "13/06/2024, 21:20 - Messages and calls are end-to-end encrypted. Tap to learn more.\n"
        '13/06/2024, 21:21 - Ana created group "Ferns: indoors"\n'
        '13/06/2024, 21:22 - Ana changed the subject from "Plants: A" to "Plants: B"\n'
        "13/06/2024, 21:23 - Wren joined using this group's invite link\n"
        "13/06/2024, 21:24 - Ana: hello: you\n"
    )
    shown = seen(tmp_path, text)
    assert (shown.messages, shown.people, shown.chats[0].name) == (1, 1, "Plants: B")
    assert shown.dropped["service_lines"] == 4
    assert [each.name for each in whatsapp.contacts(written(tmp_path, text))] == ["Wren"]


def test_an_iphone_says_it_under_a_name(tmp_path: Path) -> None:
    text = (
        f"[13/06/2024, 21:20:00] Ferns: {LRM}Messages and calls are end-to-end encrypted.\n"
        f"[13/06/2024, 21:21:00] Ana: {LRM}Ana added you\n"
        f"{LRM}[13/06/2024, 21:22:00] Ana: {LRM}image omitted\n"
        f"[13/06/2024, 21:23:00] ~{NNB}Wren: look {LRM}<This message was edited>\n"
        f"[13/06/2024, 21:24:00] Ana: {LRM}This message was deleted.\n"
        f"[13/06/2024, 21:25:00] Ana: {LRM}Missed voice call\n"
    )
    shown = seen(tmp_path, text)
    assert shown.chats[0].name == "Ferns"
    said = everything(written(tmp_path, text))
    assert [(one.person_name, one.body) for one in said] == [("Ana", "*(file)*"), ("Wren", "look")]
    assert shown.dropped["deleted_messages"] == 1
    assert shown.dropped["files"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "<Media omitted>",
        "<Medien ausgeschlossen>",
        "<attached: 0042-PHOTO-2020.jpg>",
        "IMG-1.jpg (file attached)",
        "IMG-1.jpg (Datei angehängt)",
        "null",
        f"{LRM}video omitted",
        f"{LRM}Bild weggelassen",
    ],
)
def test_media_leave_their_caption_only(tmp_path: Path, text: str) -> None:
    (said,) = everything(written(tmp_path, f"[13/06/2024, 21:25:15] Ana: {text}\nso green\n"))
    assert said.body == "*(file)*\n\nso green"


def test_a_poll_is_a_question_with_its_answers(tmp_path: Path) -> None:
    text = (
        f"[13/06/2024, 21:25:15] Ana: {LRM}ENCUESTA:\n¿Cuándo?\n"
        f"{LRM}OPCIÓN: hoy (2 votos)\n{LRM}OPCIÓN: nunca (0 votos)\n"
    )
    (said,) = everything(written(tmp_path, text))
    assert said.body == "**¿Cuándo?**\n\n- hoy (2 votos)\n- nunca (0 votos)"


def test_a_phone_number_is_no_name(tmp_path: Path) -> None:
    text = "13/06/2024, 21:25 - \u202a+49 170 1234567\u202c: hi\n13/06/2024, 21:26 - Ana: ho\n"
    shown = seen(tmp_path, text)
    assert sorted(one.name for one in shown.chats[0].people) == ["", "Ana"]
    assert shown.dropped["phone_numbers"] == 1


def test_overlapping_exports_name_the_same_messages_alike(tmp_path: Path) -> None:
    lines = [f"{13 + n // 9}/06/2024, 21:2{n % 9} - Ana: word {n % 4}" for n in range(30)]
    lines += ["14/06/2024, 22:00 - Ana: again"] * 2
    early = {m.origin for m in everything(written(tmp_path, "\n".join(lines[:20])))}
    late = {m.origin for m in everything(written(tmp_path, "\n".join(lines)))}
    assert len(late) == 32
    assert early < late


@pytest.mark.parametrize(
    "name", ["br_mmddyy_24hrs", "ddmmyy_24hrs", "mmddyyyy_12hrs", "yyyymmdd_24hrs"]
)
def test_published_samples_give_what_their_authors_expect(name: str) -> None:
    expected = json.loads((DATA / "chatminer_expected.json").read_text())
    told = [
        (f"{m.at:%Y-%m-%dT%H:%M:%S}", m.person_name)
        for m in everything(DATA / f"chatminer_{name}.txt")
    ]
    assert sorted(told) == sorted((one["timestamp"], one["author"]) for one in expected)


def test_every_line_of_the_variants_is_an_export_of_its_own(tmp_path: Path) -> None:
    for line in (DATA / "date_variants.txt").read_text().splitlines():
        (said,) = everything(written(tmp_path, line), Choices(date_order="dmy"))
        assert f"{said.at:%Y-%m-%d %H}" in ("2018-06-03 13", "2018-06-13 21")


def test_an_archive_reads_as_the_text_in_it(tmp_path: Path) -> None:
    path = tmp_path / "chat.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", "[13/06/2024, 21:25:15] Ana: x\n")
        archive.writestr("00000042-PHOTO.jpg", b"\xff\xd8")
    assert parsers.parser_of(path) is whatsapp
    assert len(everything(path)) == 1


def test_a_day_that_is_none_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = "31/01/2024, 10:00 - a: x\n31/02/2024, 10:00 - a: y\n01/03/2024, 10:00 - a: z\n"
    shown = seen(tmp_path, text)
    assert [each.place for each in shown.trouble] == ["line 2"]
    assert [said.body for said in everything(written(tmp_path, text))] == ["x", "z"]


def test_truncated_and_random_files_are_read_or_refused(tmp_path: Path) -> None:
    whole = (DATA / "android_us_24h_2023.txt").read_bytes()
    dice = random.Random(2)
    some = [whole[:at] for at in range(0, len(whole), 97)]
    some += [dice.randbytes(2_000) for _ in range(20)] + [
        b"13/06/2024, 21:25 - a: " + b"x" * 99_999
    ]
    for each in some:
        path = tmp_path / "f.txt"
        path.write_bytes(each)
        with suppress(Unreadable):
            everything(path, Choices(date_order="mdy"))


@given(
    st.lists(st.datetimes(datetime(2013, 1, 1), datetime(2027, 1, 1)), min_size=1, max_size=20),
    st.sampled_from(["%d/%m/%Y, %H:%M", "%m/%d/%y, %I:%M %p", "%Y-%m-%d %H:%M", "%d.%m.%y, %H:%M"]),
)
@settings(max_examples=80, deadline=None)
def test_any_moment_is_read_as_it_was_or_asked_for(
    tmp_path_factory: pytest.TempPathFactory, moments: list[datetime], form: str
) -> None:
    moments = sorted(at.replace(second=0, microsecond=0) for at in moments)
    path = written(
        tmp_path_factory.mktemp("wa"), "\n".join(f"{at.strftime(form)} - Ana: x" for at in moments)
    )
    shown = whatsapp.preview(path)
    if not shown.questions:
        assert [said.at.replace(tzinfo=None) for said in everything(path)] == moments
