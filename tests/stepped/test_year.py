"""A year of trainings, stepped through with kills and a week without the program: every message came, and came once.

The whole log of messages is compared with what ``model`` says. A message that a killed process had under way may come a
second time, since nobody can know whether the platform had it: so often, and not once more.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest

from storage.database import open_database
from storage.migrating import migrate
from storage.vault import open_vault
from tests.fake_telegram.fake import FakeTelegram
from tests.stepped.model import Model, Session
from tests.stepped.office import Office

PEOPLE = [901, 902, 903, 904, 905]
BOSS = 905
NAMES = {number: f"Pegawai {place}" for place, number in enumerate(PEOPLE, start=1)}
Act = Callable[[], Awaitable[None]]


def at(month: int, day: int, hour: int = 7, minute: int = 0) -> datetime:
    return datetime.combine(date(2027, month, day), time(hour, minute))


def sessions() -> list[Session]:
    """The year's. Good Friday, Easter and a moved one among them."""
    four = PEOPLE[:4]
    return [
        Session("prima", "Pelayanan Prima", [date(2027, 2, 2), date(2027, 2, 3)], four),
        Session("naskah", "Naskah Dinas", [date(2027, 3, 29)], four[:3]),
        Session("data", "Pengolahan Data", [date(2027, 5, 3)], four),
        Session("proyek", "Manajemen Proyek", [date(2027, 7, 13)], four[1:]),
        Session("etika", "Etika Kerja", [date(2027, 9, 14)], four),
        Session("bicara", "Komunikasi Publik", [date(2027, 10, 5), date(2027, 10, 6)], four),
        Session("loket", "Loket Ramah", [date(2027, 10, 12)], four[:2]),
    ]


DOWN = (at(10, 1, 10), at(10, 8, 10))
"""When no program ran."""


async def play(tmp_path: Path, url: str, *, programs: int, kills: int) -> None:
    """The whole year."""
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")
    rng = random.Random(seed)
    database = open_database(url)
    vault = open_vault(tmp_path / "suara.key", create=True)
    await migrate(database)
    (tmp_path / "config.toml").write_text("")  # no trial: an office that was set up
    async with FakeTelegram(seed=seed) as fake:
        environ = {
            "SUARA_DATA__FOLDER": str(tmp_path),
            "SUARA_DATABASE__URL": url,
            "SUARA_TELEGRAM__TOKEN": fake.token,
            "SUARA_TELEGRAM__BASE_URL": fake.base_url,
            "SUARA_TELEGRAM__BASE_FILE_URL": fake.base_file_url,
            "SUARA_TELEGRAM__MESSAGES_PER_SECOND": "0",
            "SUARA_WEB__ENABLED": "false",
            "SUARA_LIMITS__CAREFUL_SECONDS": "0",
        }
        office = Office(database, vault, fake, tmp_path, environ, at(1, 4))
        office.set_clock(at(1, 4))
        try:
            respondents = await office.people(PEOPLE)
            for _ in range(programs):
                await office.start()
            await _year(office, respondents, rng, programs=programs, kills=kills)
            assert await office.stop() == [0] * programs, office.log()
        finally:
            for _ in list(office.programs):
                await office.kill()
            await database.close()


async def _year(office: Office, respondents: dict[int, int], rng: random.Random, *, programs: int, kills: int) -> None:
    planned = sessions()
    titles = [one.title for one in planned]
    by_key = {one.key: one for one in planned}
    model = Model(BOSS, NAMES)
    acts: dict[datetime, list[Act]] = {}

    def do(moment: datetime, act: Act) -> None:
        acts.setdefault(moment, []).append(act)

    async def announce(one: Session) -> None:
        await office.announce(one, respondents)
        model.changed(one, office.now)

    async def change(one: Session, *days: date, cancelled: bool = False) -> None:
        one.days, one.cancelled = list(days) or one.days, cancelled
        await office.change(one)
        model.changed(one, office.now)

    async def was_there(one: Session, number: int, day: date) -> None:
        await office.was_there(one, number, day, respondents)

    for one in planned:
        do(at(1, 5), partial(announce, one))
    do(at(4, 20), partial(change, by_key["data"], date(2027, 5, 20)))
    do(at(7, 8), partial(change, by_key["proyek"], date(2027, 8, 10)))
    do(at(9, 9), partial(change, by_key["etika"], cancelled=True))
    there = [
        ("prima", 901, 2, 2), ("prima", 902, 2, 2), ("prima", 904, 2, 2), ("prima", 901, 2, 3), ("prima", 904, 2, 3),
        ("naskah", 901, 3, 29), ("naskah", 903, 3, 29), ("data", 902, 5, 20), ("proyek", 902, 8, 10),
        ("proyek", 903, 8, 10), ("loket", 901, 10, 12),
    ]  # fmt: skip
    for key, number, month, day in there:
        do(at(month, day, 8, 10), partial(was_there, by_key[key], number, date(2027, month, day)))
    do(at(10, 7, 12), partial(was_there, by_key["bicara"], 903, date(2027, 10, 5)))  # while nothing runs

    moments = _moments(rng) | set(acts)
    killing = set(rng.sample(sorted(moment for moment in moments if moment < DOWN[0]), kills))
    came = []
    up = True
    for moment in sorted(moments):
        office.set_clock(moment)
        if up and moment >= DOWN[0] and moment < DOWN[1]:
            up = False
            for _ in list(office.programs):
                await office.kill()
        if not up and moment >= DOWN[1]:
            up = True
            for _ in range(programs):
                await office.start()
        for act in acts.get(moment, ()):
            await act()
        if moment in killing:
            await office.kill(rng.randrange(len(office.programs)))
            await office.start()
        if up:
            model.step(moment)
            await office.settled()
            came += office.news(titles)
    _compare(came, model.said, await office.repeated())
    assert office.kills == kills + programs
    assert len(came) > 50


def _moments(rng: random.Random) -> set[datetime]:
    """When something may happen in weeks with a training, and now and then in others; not always at the same hours."""
    hours = [time(6, 30), time(8), time(9)]
    mornings = [
        date(2027, month, day)
        for month, several in {
            1: (26,), 2: (1, 2, 3, 4), 3: (22, 25, 29, 30), 4: (28,), 5: (4, 13, 19, 20, 21), 6: (21, 28), 7: (6,),
            8: (3, 9, 10, 11), 9: (7, 9, 13, 14), 10: (4, 11, 12, 13), 11: (5, 8, 11),
        }.items()
        for day in several
    ]  # fmt: skip
    found = {datetime.combine(day, hour) for day in mornings for hour in rng.sample(hours, rng.choice((1, 2)))}
    found |= {datetime.combine(day, time(15, 30)) for day in rng.sample(mornings, 8)}
    found |= {datetime.combine(date(2027, 1, 6) + timedelta(days=28 * n), rng.choice(hours)) for n in range(13)}
    return found | {*DOWN, DOWN[1] + timedelta(days=3), at(12, 31, 9)}


def _compare(came: list, said: list, repeated: dict[int, int]) -> None:  # type: ignore[type-arg]
    """Person, moment and content, message by message."""
    extra, missing = Counter(came) - Counter(said), Counter(said) - Counter(came)
    assert not missing, (sorted(missing, key=lambda one: one[:2]), sorted(extra, key=lambda one: one[:2]))
    for person, moment, what in extra.elements():
        assert (person, moment, what) in said, f"nobody was to hear {what} at {moment}: {person}"
        repeated[person] = repeated.get(person, 0) - 1
        assert repeated[person] >= 0, f"{person} heard {what} twice at {moment}"


@pytest.mark.timeout(300)
async def test_three_processes_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    await play(tmp_path, postgres_url, programs=3, kills=3)


@pytest.mark.timeout(300)
async def test_one_process_on_a_file(tmp_path: Path) -> None:
    await play(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'suara.sqlite3'}", programs=1, kills=3)
