"""text and barcode, with employee numbers, phones, names and files."""

from __future__ import annotations

import pytest

from surveys.messages import Location, Media, Other
from surveys.questions import Prompt, Read, Sent, Unreadable, Unsure
from tests.surveys.questions.asked import dump, parse, prompt, question

FREE = question("text")
NIP = question("text", chat_kind="nip")
PHONE = question("text", chat_kind="phone")
NAME = question("text", chat_kind="name")
VOICE = question("text", parameters={"chat_media": "audio image", "max-seconds": "90"})


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Tolong bantu ibu hamil di loket", "Tolong bantu ibu hamil di loket"),
        ("  halo  ", "halo"),
        ("baris satu\nbaris dua", "baris satu\nbaris dua"),
        ("baris satu\r\nbaris dua", "baris satu\nbaris dua"),
        ("satu\u2028dua", "satu\ndua"),
        ("a\x00b\ud800c", "abc"),
        ("tab\tstays", "tab\tstays"),
        ("1", "1"),
        (".", "."),
        ("👍🏽", "👍🏽"),
        ("ＡＢＣ ½", "ＡＢＣ ½"),
        ("jalan 5/7", "jalan 5/7"),
        ("/ garis", "/ garis"),
    ],
)
def test_free_text_stays_as_it_was_written(typed: str, text: str) -> None:
    assert parse(FREE, typed) == Read(text)


@pytest.mark.parametrize("typed", ["", "   ", "\n", "\x00", "\ud800"])
def test_nothing_is_no_text(typed: str) -> None:
    assert parse(FREE, typed) == Unreadable("Please type your answer as text.")


def test_an_unknown_command_is_no_text() -> None:
    assert parse(FREE, "/foo") == Unreadable("That command is not known here. Please type your answer, or HELP.")


def test_a_text_has_a_longest() -> None:
    assert parse(FREE, "a" * 4096) == Read("a" * 4096)
    assert parse(FREE, "a" * 4097) == Unreadable("Please use no more than 4096 characters.")


def test_barcode_keeps_its_digits() -> None:
    assert parse(question("barcode"), " 8991234567890 ") == Read("8991234567890")


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ("NIP. 19860926 201505 1 001", Read("198609262015051001")),
        ("198609262015051001 budi", Unsure(("198609262015051001",))),
        (
            "19860926201505100",
            Unreadable("The number we received has 17 digits, but an employee number (NIP) has 18. Please check it."),
        ),
        (
            "198609262015051000",
            Unreadable("That number does not look like an employee number (NIP). Please check it digit by digit."),
        ),
        ("lupa", Unreadable("Please type your employee number (NIP or NI PPPK), 18 digits.")),
        (
            "198609262015051001, 198609262015051002",
            Unreadable("Please type your employee number (NIP or NI PPPK), 18 digits."),
        ),
    ],
)
def test_employee_number(typed: str, parsed: object) -> None:
    assert parse(NIP, typed) == parsed


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ("0812 3456 7890", Read("+6281234567890")),
        ("81234567890", Unsure(("+6281234567890",))),
        ("08123", Unreadable("Please type one mobile number, for example 0812 3456 7890.")),
    ],
)
def test_phone(typed: str, parsed: object) -> None:
    assert parse(PHONE, typed) == parsed


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ("Maria  T. Nunbaun", Read("Maria T. Nunbaun")),
        ("M\u00e9ri Ndoen", Read("M\u00e9ri Ndoen")),
        ("5371012345678901", Unreadable("Please type your name in letters.")),
        ("Maria 081234567890", Unreadable("Please type your name in letters.")),
        ("x", Unreadable("Please type your name in letters.")),
        ("...", Unreadable("Please type your name in letters.")),
    ],
)
def test_name(typed: str, parsed: object) -> None:
    assert parse(NAME, typed) == parsed


def test_prompts() -> None:
    assert prompt(FREE) == Prompt()
    assert prompt(NIP) == Prompt(placeholder="18 digits")
    assert prompt(PHONE) == Prompt(placeholder="0812 3456 7890")


def test_a_voice_note_or_a_photo_may_answer() -> None:
    voice = Media(kind="audio", reference="v", seconds=60, size=1000, voice=True)
    photo = Media(kind="image", reference="p", size=1000)
    assert parse(VOICE, voice) == Sent(voice)
    assert parse(VOICE, photo) == Sent(photo)
    for mime in ("image/png", "audio/ogg"):  # sent as a document
        document = Media(kind="file", reference="d", mime=mime, size=1000)
        assert parse(VOICE, document) == Sent(document)
        assert parse(FREE, document) == Unreadable("Please type your answer as text.")
    assert parse(VOICE, Media(kind="file", reference="d", mime="application/pdf")) == Unreadable(
        "Please type your answer, or send a voice message or a photo."
    )
    assert parse(VOICE, "ketikan") == Read("ketikan")
    assert parse(VOICE, Media(kind="audio", reference="v", seconds=91)) == Unreadable(
        "That recording is too long. Please send one of up to 90 seconds."
    )
    assert parse(VOICE, Media(kind="video", reference="v")) == Unreadable(
        "Please type your answer, or send a voice message or a photo."
    )


@pytest.mark.parametrize(
    ("media", "expected"),
    [
        ("", "Please type your answer as text."),
        ("audio", "Please type your answer, or send a voice message."),
        ("image", "Please type your answer, or send a photo."),
        ("audio image", "Please type your answer, or send a voice message or a photo."),
    ],
)
def test_what_is_expected_names_the_files_too(media: str, expected: str) -> None:
    asked = question("text", parameters={"chat_media": media})
    assert parse(asked, Location(-10.1, 123.5)) == Unreadable(expected)
    assert parse(asked, Other("sticker")) == Unreadable(expected)


def test_dump_is_the_text_itself() -> None:
    assert dump(FREE, "baris satu\nbaris dua") == "baris satu\nbaris dua"


def test_a_photo_sent_as_a_document_answers_where_a_photo_may() -> None:
    document = Media(kind="file", reference="r", mime="image/png", size=100)
    assert parse(question("text", parameters={"chat_media": "image"}), document) == Sent(document)
    assert parse(question("text", parameters={"chat_media": "audio"}), document) == Unreadable(
        "Please type your answer, or send a voice message."
    )


@pytest.mark.parametrize("typed", ["\u200b", " \u2060\ufeff ", "\u0301", "\u00ad"])
def test_what_cannot_be_seen_is_no_answer(typed: str) -> None:
    assert parse(question("text"), typed) == Unreadable("Please type your answer as text.")


@pytest.mark.parametrize("typed", ["🙂", "👍🏽", "?", "ය"])
def test_a_single_sign_is_an_answer(typed: str) -> None:
    assert parse(question("text"), typed) == Read(typed)
