"""What proves who an employee is, and how often somebody may try: one-time codes, and guesses counted.

Rule of the file: a try is counted before it is looked at, so that tries at the same moment are no way around; a code is
kept as a keyed hash and gone once it served.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction
from storage.tables_roster import employee_code, guess, joining_code
from storage.vault import Vault

MOST_TRIES = 5
PAUSE = timedelta(hours=1)
"""How long one waits after the last of them."""
CODE_LIVES = timedelta(days=7)
CODE = "employee-code"
"""What the hashes of codes are made for."""


def _count_try(dialect: Any) -> Any:
    statement = dialect.insert(guess)
    stale = guess.c.since <= bindparam("stale", type_=guess.c.since.type)
    return statement.on_conflict_do_update(
        index_elements=["lookup"],
        set_={
            "tries": case((stale, 1), else_=guess.c.tries + 1),
            "since": case((stale | (guess.c.tries < MOST_TRIES), statement.excluded.since), else_=guess.c.since),
        },
    )


_COUNT_TRY = {True: _count_try(sqlite), False: _count_try(postgresql)}


async def try_again_at(transaction: Transaction, lookups: Sequence[bytes], now: datetime) -> datetime | None:
    """Count a try of each of ``lookups`` (who tries, and what is tried). None where it may be looked at, else when the
    next one may."""
    until = None
    for lookup in sorted(set(lookups)):
        await transaction.run(
            _COUNT_TRY[transaction.sqlite].values(lookup=lookup, tries=1, since=now), {"stale": now - PAUSE}
        )
        row = await transaction.first(select(guess.c.tries, guess.c.since).where(guess.c.lookup == lookup))
        if row is not None and row.tries > MOST_TRIES:
            until = max(until or now, row.since + PAUSE)
    return until


@dataclass(frozen=True, slots=True)
class Tried:
    """How often it was tried in vain, and when it may be tried again; None: now."""

    times: int = 0
    again_at: datetime | None = None


async def tried(transaction: Transaction, lookup: bytes, now: datetime) -> Tried:
    """As ``try_again_at`` would say, without counting a try."""
    row = await transaction.first(select(guess.c.tries, guess.c.since).where(guess.c.lookup == lookup))
    if row is None:
        return Tried()
    waits = row.tries >= MOST_TRIES and row.since > now - PAUSE
    return Tried(row.tries, row.since + PAUSE if waits else None)


async def tries(transaction: Transaction, lookup: bytes) -> int:
    """How many were counted."""
    row = await transaction.first(select(guess.c.tries).where(guess.c.lookup == lookup))
    return 0 if row is None else int(row.tries)


async def forgive(transaction: Transaction, lookups: Sequence[bytes]) -> None:
    """These need no longer wait: it was proven, or a code was given."""
    for lookup in sorted(set(lookups)):
        await transaction.run(delete(guess).where(guess.c.lookup == lookup))


async def forget_guesses(transaction: Transaction, now: datetime) -> None:
    """Rows that decide nothing any more."""
    await transaction.run(delete(guess).where(guess.c.since <= now - PAUSE))
    for codes in (employee_code, joining_code):
        await transaction.run(delete(codes).where(codes.c.expires_at <= now))


def code_seal(employee_id: int, code: str, vault: Vault) -> bytes:
    """A code as it is kept."""
    return vault.lookup(CODE, f"{employee_id} {code}")


async def give_code(transaction: Transaction, employee_id: int, code: str, vault: Vault, now: datetime) -> None:
    """This code proves them once, until ``CODE_LIVES`` have passed; one given before is void."""
    statement = (sqlite if transaction.sqlite else postgresql).insert(employee_code)
    statement = statement.values(
        employee_id=employee_id, seal=code_seal(employee_id, code, vault), expires_at=now + CODE_LIVES
    )
    await transaction.run(
        statement.on_conflict_do_update(
            index_elements=["employee_id"],
            set_={"seal": statement.excluded.seal, "expires_at": statement.excluded.expires_at},
        )
    )


async def code_fits(transaction: Transaction, employee_id: int, code: str, vault: Vault, now: datetime) -> bool:
    """Whether that code was given to them and still serves."""
    row = await transaction.first(
        select(employee_code.c.seal).where(employee_code.c.employee_id == employee_id, employee_code.c.expires_at > now)
    )
    seals = vault.lookups(CODE, f"{employee_id} {code}")
    return row is not None and any(hmac.compare_digest(row.seal, seal) for seal in seals)
