"""Who floods is left out and told once; who is quick but waits for the reply, or was cut off for hours, is not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from handlers.flooding import Floods, in_turns
from handlers.inbox import Inbox
from surveys.messages import Address
from tests.handlers.test_inbox import running, until
from tests.office import NOW, Office, open_office, text_of

NOTICE = "You are sending very fast. What we have not read is left out; please wait a moment, then go on."
ONE, TWO = Address("telegram", "1"), Address("telegram", "2")


def test_who_waits_for_the_reply_never_floods() -> None:
    floods = Floods(3)
    assert [floods.excess(ONE, 0.0, pressing=False) for _ in range(1000)] == [False] * 1000


def test_as_many_as_the_bucket_holds_then_no_more() -> None:
    floods = Floods(3)
    assert [floods.excess(ONE, 0.0, pressing=True) for _ in range(5)] == [False, False, False, True, True]
    assert [floods.excess(TWO, 0.0, pressing=True) for _ in range(2)] == [False, False]


def test_what_was_written_over_hours_and_comes_at_once_is_no_flood() -> None:
    floods = Floods(3)
    assert not any(floods.excess(ONE, minute * 60.0, pressing=True) for minute in range(100))


def test_in_a_flood_the_next_one_counts_only_after_a_moment() -> None:
    floods = Floods(2)
    for _ in range(4):
        floods.excess(ONE, 10.0, pressing=True)
    assert floods.excess(ONE, 10.2, pressing=False)
    assert not floods.excess(ONE, 13.0, pressing=False)


def test_they_are_told_once_a_minute() -> None:
    floods = Floods(2)
    assert [floods.tells(ONE, at) for at in (0.0, 1.0, 59.9, 60.0, 61.0)] == [True, False, False, True, False]


def test_those_who_pressed_longest_ago_are_forgotten() -> None:
    floods = Floods(1, keep=10)
    people = [Address("telegram", str(number)) for number in range(25)]
    for person in people:
        floods.excess(person, 0.0, pressing=True)
    assert len(floods._flows) == 10


@dataclass(frozen=True)
class One:
    person: Address
    number: int


@pytest.mark.parametrize(
    ("most", "numbers"), [(10, [1, 2, 3, 4, 5]), (5, [1, 2, 3, 4, 5]), (2, [1, 4]), (3, [1, 2, 4]), (4, [1, 2, 4, 5])]
)
def test_everybody_s_first_comes_before_anybody_s_second(most: int, numbers: list[int]) -> None:
    waiting = [One(ONE, 1), One(ONE, 2), One(ONE, 3), One(TWO, 4), One(TWO, 5)]
    assert [one.number for one in in_turns(waiting, most)] == numbers


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with open_office(database_url, batch=10) as opened:
        yield opened


def said(office: Office, person: str) -> list[str]:
    return [one.outgoing.text for one in office.sender.leased if one.address.external_id == person]


async def test_a_flood_delays_nobody_else_and_is_told_once(office: Office) -> None:
    """A hundred messages in a second before those of nine others: the others are in the first batch."""
    inbox = office.inbox
    for number in range(100):
        inbox.submit(text_of(1, 1000 + number, "/start"))
    others = [inbox.submit(text_of(person, 2000 + person, "/start")) for person in range(2, 11)]
    batches: list[int] = []
    for one in others:
        one.add_done_callback(lambda _done: batches.append(inbox.counts.batches))
    async with running(inbox):
        await until(lambda: inbox.waiting == 0)
    assert batches == [1] * 9  # with the first batch
    assert said(office, "1").count(NOTICE) == 1
    assert inbox.counts.excess == 79  # the first, and twenty that pressed, were read
    assert await office.count("SELECT count(*) FROM inbound") == 109


async def test_a_flood_that_is_polled_is_the_same(office: Office) -> None:
    inbox: Inbox = office.inbox
    async with running(inbox):
        await inbox.submit_all([text_of(1, 1000 + number, "/start") for number in range(100)])
        later = replace(text_of(1, 1200, "/start"), sent_at=NOW + timedelta(seconds=5))
        await inbox.submit_all([later])
    heard = [person for person, _words, _unseen in office.desk.heard]
    assert (len(heard), inbox.counts.excess) == (22, 79)


async def test_a_repeated_message_of_a_flood_is_taken_once(office: Office) -> None:
    inbox = office.inbox
    async with running(inbox):
        for _ in range(2):
            await inbox.submit_all([text_of(1, 1000 + number, "/start") for number in range(30)])
    assert await office.count("SELECT count(*) FROM inbound") == 30
    assert said(office, "1").count(NOTICE) == 1
    assert len(office.desk.heard) == 21
