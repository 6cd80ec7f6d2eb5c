"""STATUS: how an aspiration goes."""

from __future__ import annotations

import re

import pytest

from storage import tickets
from surveys.text.ticket_numbers import check_letter
from tests.handlers.counter import Counter, Person

NOT_FOUND = "Nomor itu belum kami temukan. Untuk aspirasi anonim, PIN juga diperlukan: STATUS nomor PIN."


async def handed_in(counter: Counter, how: str) -> tuple[Person, str, str]:
    """Somebody, the number of their aspiration, and its PIN ("" for none)."""
    person = await counter.person().send(
        "/start", "Warga", "1", how, "Ya", "Naioni", "1", "1", "Loket buka lebih pagi", "5"
    )
    if how != "Anonim":
        await person.send("Ya")
    await person.send("Kirim")
    found = re.search(r"(ALK-\d\d-\d{4}-[A-Z])(?: dan PIN (\d{4}))?", person.text)
    assert found is not None
    return person, found[1], found[2] or ""


async def test_an_aspiration_with_a_name_answers_to_its_number(counter: Counter) -> None:
    person, number, _pin = await handed_in(counter, "Dengan kontak")
    says = f"{number} (Aspirasi warga): DITERIMA, per Selasa, 24 November 2026."
    for typed in (f"STATUS {number}", f"status {number.lower().replace('-', ' ')}", f"/status {number}"):
        assert (await person.send(typed)).text == says
    stranger = await counter.person("8").send(f"STATUS {number}")
    assert stranger.text == says


async def test_without_a_number_ones_own_are_listed(counter: Counter) -> None:
    person, number, _pin = await handed_in(counter, "Dengan kontak")
    await person.send("STATUS")
    assert person.text == f"{number} (Aspirasi warga): DITERIMA (Selasa, 24 November 2026)"
    stranger = await counter.person("8").send("STATUS")
    assert stranger.text == (
        "Mohon ketik STATUS dan nomornya, misalnya STATUS ALK-26-0417-Q. Untuk aspirasi anonim, tambahkan PIN."
    )


async def test_its_way_is_told(counter: Counter) -> None:
    person, number, _pin = await handed_in(counter, "Dengan kontak")
    counter.wait(days=2)
    async with counter.database.write() as transaction:
        await tickets.change(transaction, number, "DITERUSKAN", "", counter.now)
    await person.send(f"STATUS {number}")
    assert person.text == f"{number} (Aspirasi warga): DITERUSKAN, per Kamis, 26 November 2026."


async def test_the_offices_note_is_for_whoever_sent_it(counter: Counter) -> None:
    person, number, _pin = await handed_in(counter, "Dengan kontak")
    async with counter.database.write() as transaction:
        await tickets.change(transaction, number, "PERLU_INFO", "Mohon sebut RT-nya.", counter.now)
    says = f"{number} (Aspirasi warga): PERLU INFORMASI TAMBAHAN, per Selasa, 24 November 2026."
    assert (await person.send(f"STATUS {number}")).text == f"{says}\nCatatan kantor: Mohon sebut RT-nya."
    assert (await counter.person("8").send(f"STATUS {number}")).text == says


async def test_an_anonymous_one_answers_to_number_and_pin_alone_for_anybody(counter: Counter) -> None:
    person, number, pin = await handed_in(counter, "Anonim")
    stranger = counter.person("8")
    for asks in (person, stranger):
        await asks.send(f"STATUS {number} {pin}")
        assert asks.text == f"{number} (Aspirasi warga): DITERIMA, per Selasa, 24 November 2026."
        assert asks.said[0].secret
    assert (await person.send(f"STATUS {number}")).text == NOT_FOUND
    wrong = f"{(int(pin) + 1) % 10_000:04d}"
    assert (await person.send(f"STATUS {number} {wrong}")).text == NOT_FOUND
    assert (await person.send("STATUS")).text.startswith("Mohon ketik STATUS dan nomornya")


async def test_guessing_ends_for_the_day_whatever_else_is_said_in_between(counter: Counter) -> None:
    person, number, pin = await handed_in(counter, "Anonim")
    stranger = await counter.person("8").send("/start", "Warga")
    for guess in range(5):
        wrong = f"{(int(pin) + 1 + guess) % 10_000:04d}"
        assert (await stranger.send(f"STATUS {number} {wrong}")).said[0].text == NOT_FOUND
        await stranger.send("/menu", "1", "Batal", "/start")
    await stranger.send(f"STATUS {number} {pin}")
    assert stranger.said[0].text == "Percobaan hari ini sudah terlalu banyak. Mohon coba lagi besok."
    await counter.restart()
    await stranger.send(f"STATUS {number} {pin}")
    assert stranger.said[0].text == "Percobaan hari ini sudah terlalu banyak. Mohon coba lagi besok."
    assert (await person.send(f"STATUS {number} {pin}")).text.startswith(f"{number} (Aspirasi warga): DITERIMA")
    counter.wait(days=1)
    await stranger.send(f"STATUS {number} {pin}")
    assert stranger.said[0].text.startswith(f"{number} (Aspirasi warga): DITERIMA")


TOO_MANY = "Percobaan hari ini sudah terlalu banyak. Mohon coba lagi besok."


def wrongs(pin: str) -> list[str]:
    """Five PINs that are not it."""
    return [f"{(int(pin) + 1 + guess) % 10_000:04d}" for guess in range(5)]


async def test_deleting_everything_gives_no_further_guesses(counter: Counter) -> None:
    _person, number, pin = await handed_in(counter, "Anonim")
    stranger = counter.person("8")
    for wrong in wrongs(pin):
        assert (await stranger.send(f"STATUS {number} {wrong}")).said[0].text == NOT_FOUND
        await stranger.send("HAPUS", "Ya, hapus semua")
    await stranger.send(f"STATUS {number} {pin}")
    assert stranger.said[0].text == TOO_MANY
    counter.wait(days=1)
    await stranger.send(f"STATUS {number} {pin}")
    assert stranger.said[0].text.startswith(f"{number} (Aspirasi warga): DITERIMA")


async def test_guesses_at_a_ticket_are_counted_whoever_makes_them(counter: Counter) -> None:
    owner, number, pin = await handed_in(counter, "Anonim")
    _other, another, its_pin = await handed_in(counter, "Anonim")
    for account, wrong in zip("34567", wrongs(pin), strict=True):
        assert (await counter.person(account).send(f"STATUS {number} {wrong}")).said[0].text == NOT_FOUND
    assert (await counter.person("8").send(f"STATUS {number} {pin}")).said[0].text == TOO_MANY
    assert (await counter.person("8").send(f"STATUS {another} {its_pin}")).said[0].text.startswith(another)
    assert (await owner.send(f"STATUS {number}")).said[0].text == NOT_FOUND


async def test_guesses_at_many_tickets_are_counted_for_the_address(counter: Counter) -> None:
    stranger = counter.person("8")
    for serial in range(1000, 1005):
        asked = f"STATUS ALK-26-{serial}-{check_letter(26, serial)} 1234"
        assert (await stranger.send(asked)).said[0].text == NOT_FOUND
        await stranger.send("HAPUS", "Ya, hapus semua")
    assert (await stranger.send(f"STATUS ALK-26-1005-{check_letter(26, 1005)} 1234")).said[0].text == TOO_MANY


async def test_no_row_leads_from_a_guess_to_whoever_made_it(counter: Counter) -> None:
    _person, number, pin = await handed_in(counter, "Anonim")
    await counter.person("8").send(f"STATUS {number} {wrongs(pin)[0]}")
    assert await counter.rows("SELECT count(*) FROM guess") == [(0,)]


@pytest.mark.parametrize("typed", ["/status ALK-26-0417", "/status abc", "/status 4831"])
async def test_an_incomplete_number_is_told_what_one_looks_like(counter: Counter, typed: str) -> None:
    person = await counter.person().send(typed)
    assert person.text == "Nomor itu belum lengkap. Contoh nomor: ALK-26-0417-Q. Mohon periksa kembali."


async def test_asking_inside_a_survey_returns_to_its_question(counter: Counter) -> None:
    person, number, _pin = await handed_in(counter, "Dengan kontak")
    await person.send("/start skm_alak", f"STATUS {number}")
    first, second = person.said
    assert first.text.startswith(f"{number} (Aspirasi warga): DITERIMA")
    assert "Jenis kelamin" in second.text
    assert await person.stands() == "jenis_kelamin"
