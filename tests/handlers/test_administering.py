"""Admins are invited, come in once by each code, and lose everything at once; each step is in the audit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from handlers import administering
from handlers.administering import code_in, new_code
from handlers.errors import Conflict, NotAllowed, NotFound
from handlers.permissions import TERMINAL, Actor
from storage import admins, audit, tables_admin
from storage.database import Database, open_database
from storage.identifiers import random_id
from storage.migrating import migrate
from storage.tables import address
from storage.vault import Vault
from tests.office import NOW

VAULT = Vault.new()
TABLES = (tables_admin.admin, tables_admin.admin_key, tables_admin.audit)
UNITS = ("kel_alak", "kel_naioni")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = open_database(database_url)
    await migrate(opened)
    yield opened
    await opened.close()


async def invited(database: Database, role: str = "viewer", *units: str, **more: object) -> administering.Invitation:
    async with database.write() as transaction:
        return await administering.invite(
            transaction,
            VAULT,
            more.pop("actor", TERMINAL),  # type: ignore[arg-type]
            role=role,
            units=units,
            known_units=UNITS,
            now=NOW,
            **{"name": "", **more},  # type: ignore[arg-type]
        )


async def chat(database: Database) -> int:
    number = random_id()
    async with database.write() as transaction:
        values = {"id": number, "channel": "telegram", "lookup": number.to_bytes(16, "big"), "external": b""}
        await transaction.run(address.insert(), [values])
    return number


async def connect(database: Database, code: str, address_id: int, *, late: timedelta = timedelta(0)) -> str:
    async with database.write() as transaction:
        found = await administering.connect(
            transaction, VAULT, code, address_id=address_id, origin="telegram", now=NOW + late
        )
    return found.name if found else ""


async def acts(database: Database) -> list[tuple[str, str]]:
    async with database.read() as transaction:
        assert (await audit.verify(transaction, VAULT)).fault == ""
        return [(row.actor.partition(":")[0], row.act) for row in reversed(await audit.latest(transaction))]


def test_a_code_is_read_however_it_was_typed() -> None:
    code = new_code()
    assert len(code) == 29
    assert code_in(f"  {code.lower().replace('-', ' ')} ") == code
    assert code_in(code.replace("-", "")) == code
    assert code_in("ABIDE-LABEL-ABCDE-ABCDE-ABCDE") == "AB1DE-1ABE1-ABCDE-ABCDE-ABCDE"
    for other in ("", "ABCDE", f"{code}A", "ÄBCDE-ABCDE-ABCDE-ABCDE-ABCDE", "0BCDE-ABCDE-ABCDE-ABCDE-ABCDE"):
        assert code_in(other) == ""


async def test_a_code_lets_in_once(database: Database) -> None:
    invitation = await invited(database, "viewer", "kel_alak", name="  Bu   Rina ")
    here, there = await chat(database), await chat(database)
    assert await connect(database, invitation.code, here) == "Bu Rina"
    assert await connect(database, invitation.code, there) == ""
    async with database.read() as transaction:
        assert (await admins.of_address(transaction, VAULT, there)) is None
        found = await admins.of_address(transaction, VAULT, here)
    assert found is not None
    assert (found.name, found.role, sorted(found.units), found.accepted_at) == ("Bu Rina", "viewer", ["kel_alak"], NOW)
    assert await acts(database) == [("terminal", "admins.invite"), ("admin", "own.accept")]


async def test_of_two_at_the_same_moment_one_is_let_in(database: Database, database_url: str) -> None:
    invitation = await invited(database)
    addresses = [await chat(database) for _ in range(4)]
    others = [open_database(database_url) for _ in addresses]
    said = await asyncio.gather(
        *(connect(one, invitation.code, number) for one, number in zip(others, addresses, strict=True))
    )
    for one in others:
        await one.close()
    assert sorted(said) == ["", "", "", "viewer"]


async def test_a_code_is_over_after_three_days(database: Database) -> None:
    invitation = await invited(database)
    assert await connect(database, invitation.code, await chat(database), late=timedelta(days=3)) == ""


async def test_nothing_in_the_database_is_the_code_or_the_name(database: Database) -> None:
    invitation = await invited(database, name="Bu Rina")
    async with database.read() as transaction:
        rows = [await transaction.all(table.select()) for table in TABLES]
    stored = repr(rows)
    assert invitation.code not in stored
    assert "Rina" not in stored


async def test_names_that_were_not_told_are_made(database: Database) -> None:
    assert [(await invited(database, "owner")).name for _ in range(3)] == ["owner", "owner 2", "owner 3"]


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"role": "boss"}, NotFound),
        ({"units": ("kel_lain",)}, NotFound),
        ({"name": "x"}, Conflict),
        ({"name": "y" * 61}, Conflict),
        ({"name": "BU RINA"}, Conflict),
        ({"actor": Actor(name="admin:1", role="viewer")}, NotAllowed),
        ({"actor": Actor(name="admin:1", role="admin"), "role": "admin"}, NotAllowed),
        ({"actor": Actor(name="admin:1", role="admin", units=frozenset({"kel_alak"}))}, NotAllowed),
        (
            {"actor": Actor(name="admin:1", role="admin", units=frozenset({"kel_alak"})), "units": ("kel_naioni",)},
            NotAllowed,
        ),
    ],
)
async def test_what_cannot_be_invited(database: Database, more: dict[str, object], error: type[Exception]) -> None:
    await invited(database, name="Bu Rina")
    rest = {name: value for name, value in more.items() if name not in {"role", "units"}}
    with pytest.raises(error):
        await invited(database, str(more.get("role", "viewer")), *more.get("units", ()), **rest)  # type: ignore[misc]
    assert await acts(database) == [("terminal", "admins.invite")]


async def revoke(database: Database, number: int, actor: Actor = TERMINAL) -> None:
    async with database.write() as transaction:
        await administering.revoke(transaction, VAULT, actor, number, now=NOW)


async def test_who_is_revoked_has_nothing_left(database: Database) -> None:
    invitation = await invited(database)
    here = await chat(database)
    await connect(database, invitation.code, here)
    async with database.write() as transaction:
        code = await administering.link(transaction, invitation.admin_id, now=NOW)
        await admins.open_browser(transaction, "geheim", invitation.admin_id, device="", now=NOW)
    await revoke(database, invitation.admin_id)
    async with database.read() as transaction:
        assert await admins.of_address(transaction, VAULT, here) is None
        assert await admins.key_of(transaction, code, NOW) is None
        assert await admins.browser(transaction, "geheim") is None
        assert await admins.one(transaction, VAULT, invitation.admin_id) is None
    with pytest.raises(NotFound):
        await revoke(database, invitation.admin_id)
    assert [act for _who, act in await acts(database)] == ["admins.invite", "own.accept", "admins.revoke"]


async def test_an_owner_cannot_take_back_the_last_owner(database: Database) -> None:
    owner = (await invited(database, "owner")).admin_id
    actor = Actor(name=f"admin:{owner}", role="owner", admin_id=owner)
    with pytest.raises(Conflict):
        await revoke(database, owner, actor)
    await invited(database, "owner")
    await revoke(database, owner, actor)


async def test_an_admin_takes_back_what_an_admin_may_give(database: Database) -> None:
    actor = Actor(name="admin:1", role="admin", admin_id=1)
    viewer, other = await invited(database, "viewer"), await invited(database, "admin")
    await revoke(database, viewer.admin_id, actor)
    with pytest.raises(NotAllowed):
        await revoke(database, other.admin_id, actor)


async def test_who_is_bound_sees_those_bound_to_the_same(database: Database) -> None:
    await invited(database, "viewer", name="Semua")
    await invited(database, "viewer", "kel_alak", name="Alak")
    await invited(database, "viewer", "kel_alak", "kel_naioni", name="Dua")
    bound = Actor(name="admin:1", role="admin", units=frozenset({"kel_alak"}))
    async with database.read() as transaction:
        names = [one.name for one in await administering.listed(transaction, VAULT, bound)]
        everybody = await administering.listed(transaction, VAULT, TERMINAL)
    assert (names, len(everybody)) == (["Alak"], 3)


async def test_identities_ask_for_a_reason_that_is_kept_and_redacted(database: Database) -> None:
    async with database.write() as transaction:
        with pytest.raises(Conflict):
            await administering.open_identities(transaction, VAULT, TERMINAL, kind="asn", reason="  ingin  ", now=NOW)
        reason = "Diminta pemilik nomor 081234567890 lewat surat"
        assert (
            await administering.open_identities(transaction, VAULT, TERMINAL, kind="asn", reason=reason, now=NOW) == []
        )
    async with database.read() as transaction:
        [row] = await audit.latest(transaction)
    assert (row.act, row.whom) == ("identities.open", "respondents:asn:0")
    assert row.reason.startswith("Diminta pemilik nomor")
    assert "081234567890" not in row.reason
