"""The ways to the web pages: a link once, a password with an app, five tries; and how a session ends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from handlers import administering, signing_in, totp
from handlers.errors import Conflict, NotAllowed
from handlers.permissions import TERMINAL, Actor
from handlers.signing_in import Entered, Knock
from storage import admins, audit
from storage.database import Database, open_database
from storage.migrating import migrate
from storage.tables_admin import admin
from storage.vault import Vault
from tests.office import NOW

VAULT = Vault.new()
KNOCK = Knock(device="Firefox, Linux", origin="web 10.0.0.0/24")
SECRET = b"12345678901234567890"
PASSWORD = "tiga kata sandi"
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = open_database(database_url)
    await migrate(opened)
    yield opened
    await opened.close()


@pytest.fixture
async def rina(database: Database) -> int:
    async with database.write() as transaction:
        invited = await administering.invite(transaction, VAULT, TERMINAL, name="Bu Rina", role="owner", now=NOW)
    return invited.admin_id


def actor(number: int) -> Actor:
    return Actor(name=f"admin:{number}", role="owner", admin_id=number)


async def link(database: Database, number: int) -> str:
    async with database.write() as transaction:
        return await administering.link(transaction, number, now=NOW)


async def enter(database: Database, code: str, now: datetime = NOW) -> Entered | None:
    async with database.write() as transaction:
        return await signing_in.enter(transaction, VAULT, code, knock=KNOCK, now=now)


async def secured(database: Database, number: int, *, password: str = PASSWORD, digits: str = "") -> None:
    shown = digits or totp.code(SECRET, totp.step_of(NOW))
    async with database.write() as transaction:
        await admins.open_browser(transaction, "ini", number, device="Chrome", now=NOW)
    await signing_in.secure(
        database,
        VAULT,
        actor(number),
        password=password,
        secret=SECRET,
        digits=shown,
        browser=admins.hashed("ini"),
        now=NOW,
    )


async def sign_in(
    database: Database, *, name: str = "Bu Rina", password: str = PASSWORD, late: timedelta = MINUTE, digits: str = ""
) -> bool:
    now = NOW + late
    entered = await signing_in.sign_in(
        database,
        VAULT,
        name=name,
        password=password,
        digits=digits or totp.code(SECRET, totp.step_of(now)),
        knock=KNOCK,
        now=now,
    )
    return entered is not None


async def acts(database: Database) -> list[str]:
    async with database.read() as transaction:
        return [row.act for row in reversed(await audit.latest(transaction))][1:]


async def test_a_link_is_looked_at_as_often_as_one_likes_and_lets_in_once(database: Database, rina: int) -> None:
    code = await link(database, rina)
    async with database.read() as transaction:
        for _ in range(2):
            offered = await signing_in.offered(transaction, VAULT, code, NOW)
            assert offered is not None
            assert (offered[0].id, offered[1]) == (rina, "enter")
    entered = await enter(database, code)
    assert entered is not None
    found = await signing_in.present(database, VAULT, entered.secret, NOW)
    assert found is not None
    assert (found[0].id, found[1].device) == (rina, "Firefox, Linux")
    assert await enter(database, code) is None
    assert await acts(database) == ["own.enter"]


async def test_a_link_is_over_after_ten_minutes(database: Database, rina: int) -> None:
    code = await link(database, rina)
    assert await enter(database, code, NOW + 10 * MINUTE) is None


async def test_a_new_link_replaces_the_one_before(database: Database, rina: int) -> None:
    first, second = await link(database, rina), await link(database, rina)
    assert await enter(database, first) is None
    assert await enter(database, second) is not None


async def test_a_code_for_a_chat_lets_nobody_into_the_web(database: Database, rina: int) -> None:
    async with database.write() as transaction:
        code = await administering.link(transaction, rina, now=NOW, kind="connect")
    assert await enter(database, code) is None


@pytest.mark.parametrize(("rests", "there"), [(29, True), (30, False)])
async def test_a_session_ends_when_it_rests(database: Database, rina: int, rests: int, there: bool) -> None:
    entered = await enter(database, await link(database, rina))
    assert entered is not None
    found = await signing_in.present(database, VAULT, entered.secret, NOW + rests * MINUTE)
    assert (found is not None) == there
    async with database.read() as transaction:
        assert (await admins.browser(transaction, entered.secret) is not None) == there


async def test_a_session_that_is_used_lasts_half_a_day(database: Database, rina: int) -> None:
    entered = await enter(database, await link(database, rina))
    assert entered is not None
    there = [
        await signing_in.present(database, VAULT, entered.secret, NOW + step * 20 * MINUTE) is not None
        for step in range(1, 37)
    ]
    assert there == [True] * 35 + [False]


async def test_password_and_app_let_in_and_each_digits_once(database: Database, rina: int) -> None:
    await secured(database, rina)
    assert await sign_in(database, name=" bu  rina ")
    assert not await sign_in(database)  # the same half minute
    assert await sign_in(database, late=2 * MINUTE)
    assert await acts(database) == ["own.secure", "own.enter", "own.enter"]


@pytest.mark.parametrize(
    "wrong", [{"name": "Bu Rini"}, {"password": "tiga kata sandu"}, {"digits": "000000"}, {"name": "", "password": ""}]
)
async def test_what_does_not_belong_together_lets_nobody_in(
    database: Database, rina: int, wrong: dict[str, str]
) -> None:
    await secured(database, rina)
    assert not await sign_in(database, **wrong)  # type: ignore[arg-type]
    assert await sign_in(database)


async def test_after_five_tries_the_password_rests_and_owners_are_told(database: Database, rina: int) -> None:
    await secured(database, rina)
    for _ in range(5):
        assert not await sign_in(database, password="tebakan saja")
    assert not await sign_in(database)
    assert not await sign_in(database, late=15 * MINUTE)
    assert await sign_in(database, late=17 * MINUTE)
    assert await acts(database) == ["own.secure", "own.locked", "own.enter"]
    code = await link(database, rina)
    assert await enter(database, code) is not None  # a link works all the while


async def test_without_a_password_none_lets_in(database: Database, rina: int) -> None:
    assert not await sign_in(database, password="")


async def test_who_was_revoked_is_out_at_once(database: Database, rina: int) -> None:
    await secured(database, rina)
    entered = await enter(database, await link(database, rina))
    assert entered is not None
    async with database.write() as transaction:
        await administering.revoke(transaction, VAULT, TERMINAL, rina, now=NOW)
    assert await signing_in.present(database, VAULT, entered.secret, NOW) is None
    assert not await sign_in(database)


@pytest.mark.parametrize("wrong", [{"password": "pendek"}, {"digits": "123456"}, {"password": "x" * 201}])
async def test_a_password_is_kept_with_an_app_that_works_alone(
    database: Database, rina: int, wrong: dict[str, str]
) -> None:
    with pytest.raises(Conflict):
        await secured(database, rina, **wrong)
    async with database.read() as transaction:
        found = await admins.one(transaction, VAULT, rina)
    assert found is not None
    assert (found.password, found.totp) == ("", b"")


async def test_the_stored_password_is_argon2id_and_the_secret_sealed(database: Database, rina: int) -> None:
    await secured(database, rina)
    async with database.read() as transaction:
        row = await transaction.first(admin.select())
    assert row is not None
    assert row.password.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert SECRET not in row.totp


async def test_one_ends_one_s_own_sessions_alone(database: Database, rina: int) -> None:
    entered = await enter(database, await link(database, rina))
    assert entered is not None
    hash_ = admins.hashed(entered.secret)
    async with database.write() as transaction:
        assert await signing_in.end(transaction, VAULT, actor(1), [hash_], now=NOW) == 0
        assert await signing_in.end(transaction, VAULT, actor(rina), [hash_], now=NOW) == 1
    assert await signing_in.present(database, VAULT, entered.secret, NOW) is None


async def test_an_unlisted_role_may_nothing(database: Database, rina: int) -> None:
    stranger = Actor(name="admin:1", role="boss", admin_id=rina)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        await signing_in.secure(
            database, VAULT, stranger, password=PASSWORD, secret=SECRET, digits="", browser=b"", now=NOW
        )
