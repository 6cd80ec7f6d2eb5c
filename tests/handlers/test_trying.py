"""COBA: those who look after the program try a survey, and nothing of it counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers import administering
from handlers.permissions import TERMINAL, Role
from storage import admins
from storage.database import Transaction
from storage.vault import Vault
from surveys.messages import Address
from tests.handlers.counter import Counter, Person
from tests.office import NOTHING_SEALED

FORM = """
| survey |
| | type | name | label | required |
| | text | usul | Apa usul Bapak/Ibu? | yes |
| settings |
| | form_title | form_id | default_language | chat_audience | chat_once |
| | Usul | usul | Bahasa Indonesia (id) | asn | yes |
"""
ADMIN = Address("telegram", "1")
TEST = "Ini percobaan: jawaban berikut tidak masuk ekspor dan tidak dihitung."


@pytest.fixture
async def admin(counter: Counter) -> Person:
    """Somebody who looks after the program; the desk never saw them."""
    await counter.publish(FORM)
    house = replace(counter.reception.house, testers=frozenset({ADMIN}))
    counter.reception = counter.inbox._reception = replace(counter.reception, house=house)
    return counter.person(ADMIN.external_id)


@pytest.mark.parametrize("words", ["COBA usul", "/coba usul", "coba  USUL ", "/try@SuaraAlakBot usul", "Try usul"])
async def test_a_survey_for_others_can_be_tried(counter: Counter, admin: Person, words: str) -> None:
    await admin.send(words)
    assert [outgoing.text.splitlines()[0] for outgoing in admin.said[:1]] == [TEST]
    await admin.send("Lebih banyak latihan", "Kirim")
    assert await counter.rows("SELECT state, test FROM response") == [("complete", 1)]
    assert await counter.rows("SELECT count(*) FROM participation") == [(0,)]


async def test_as_often_as_one_likes_and_once_for_real(counter: Counter, admin: Person) -> None:
    for _time in range(2):
        await admin.send("COBA usul", "Lebih banyak latihan", "Kirim")
    await admin.send("/start", "ASN", "Setuju", "/start usul", "Sungguhan", "Kirim")
    assert await counter.rows("SELECT test, value FROM answer JOIN response ON id = response_id ORDER BY id") == [
        (1, "Lebih banyak latihan"),
        (1, "Lebih banyak latihan"),
        (0, "Sungguhan"),
    ]
    assert await counter.rows("SELECT survey_name FROM participation") == [("usul",)]


async def test_a_closed_survey_can_be_tried(counter: Counter, admin: Person) -> None:
    await counter.close_survey("usul")
    await admin.send("COBA usul")
    assert admin.said[0].text == TEST


async def test_an_anonymous_test_stays_a_test(counter: Counter, admin: Person) -> None:
    from storage import shuffling

    await counter.publish(FORM.replace("chat_once |", "chat_once | chat_anonymous |").replace(
        "| asn | yes |", "| asn | no | always |"
    ))  # fmt: skip
    await admin.send("COBA usul", "Lebih banyak latihan", "Kirim")
    async with counter.database.write() as transaction:
        await shuffling.shuffle(transaction, counter.vault, sealed=NOTHING_SEALED, all_of_them=True)
    assert await counter.rows("SELECT state, test, respondent_id FROM response") == [("complete", 1, None)]


async def test_an_unknown_name_gets_the_list(counter: Counter, admin: Person) -> None:
    expected = (
        "Ketik COBA dan salah satu dari: aspirasi, l1_reaksi, l2_pelayanan_prima, l3_atasan, l3_peserta, skm_alak, "
        "tna_asn, usul"
    )
    for words in ("COBA", "COBA tidak_ada", "/coba"):
        await admin.send(words)
        assert admin.text == expected
    assert await counter.rows("SELECT count(*) FROM session") == [(0,)]


async def test_what_they_answer_themselves_is_not_mixed_with_a_test(counter: Counter, admin: Person) -> None:
    await admin.send("/start", "ASN", "Setuju", "/start usul", "COBA usul")
    assert admin.said[0].text == (
        "Bapak/Ibu sedang mengisi survei ini sendiri. Kirim atau akhiri dahulu, lalu survei dapat dicoba."
    )
    assert "Apa usul Bapak/Ibu?" in admin.text
    await admin.send("Sungguhan", "Kirim")
    assert await counter.rows("SELECT test FROM response") == [(0,)]


async def test_a_test_that_stands_goes_on(counter: Counter, admin: Person) -> None:
    await admin.send("COBA usul", "COBA usul")
    assert await counter.rows("SELECT count(*) FROM session") == [(1,)]
    assert "Apa usul Bapak/Ibu?" in admin.text


async def test_for_everybody_else_it_is_text(counter: Counter, admin: Person) -> None:
    other = await counter.person("2").send("/start", "ASN", "Setuju", "/start usul", "COBA usul")
    [(value,)] = await counter.rows("SELECT value FROM answer")
    assert value == "COBA usul"
    assert TEST not in other.text


async def invited(counter: Counter, role: Role, *units: str) -> Person:
    """The chat of an admin who stands in no settings."""
    async with counter.database.write() as transaction:
        given = await administering.invite(
            transaction, counter.vault, TERMINAL, name="Pak Adi", role=role, units=units, now=counter.now
        )
    return await counter.person("9").send(f"/admin {given.code}")


@pytest.mark.parametrize(
    ("role", "units"), [("owner", ()), ("admin", ()), ("evaluator", ()), ("evaluator", ("kel_alak",))]
)
async def test_the_chat_of_an_admin_whose_role_may_tries(counter: Counter, role: Role, units: tuple[str, ...]) -> None:
    await counter.publish(FORM)
    person = await invited(counter, role, *units)
    await person.send("COBA usul")
    assert person.said[0].text.splitlines()[0] == TEST
    await person.send("Lebih banyak latihan", "Kirim")
    assert await counter.rows("SELECT state, test FROM response") == [("complete", 1)]


@pytest.mark.parametrize("role", ["moderator", "viewer"])
async def test_other_roles_do_not_try(counter: Counter, role: Role) -> None:
    await counter.publish(FORM)
    person = await invited(counter, role)
    await person.send("COBA usul")
    assert all(TEST not in outgoing.text for outgoing in person.said)


async def test_only_the_words_cost_a_look_at_who_writes(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    plain = admins.of_address

    async def counted(transaction: Transaction, vault: Vault, address_id: int) -> admins.Admin | None:
        looked.append(address_id)
        return await plain(transaction, vault, address_id)

    monkeypatch.setattr(admins, "of_address", counted)
    await counter.publish(FORM)
    person = await counter.person("2").send("/start", "ASN", "Setuju", "/start usul", "Saya mau coba usul", "Kirim")
    assert looked == []
    await person.send("COBA usul", "/tingkat usul")
    assert len(looked) == 2
