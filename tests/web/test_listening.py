"""Who looks on is called."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from storage.errors import Busy
from web.listening import Listeners


async def test_only_the_visitors_own_ears_are_called() -> None:
    listeners = Listeners()
    with listeners.hear("ani") as ani, listeners.hear("ani") as second, listeners.hear("budi") as budi:
        assert listeners.count("ani") == 2
        listeners.call("ani")
        assert [await ani.wait(0), await second.wait(0), await budi.wait(0)] == [True, True, False]
        assert await ani.wait(0) is False
    assert listeners.count("ani") == 0


async def test_a_call_before_the_wait_counts() -> None:
    listeners = Listeners()
    with listeners.hear("ani") as ani:
        listeners.call("ani")
        listeners.call("ani")
        assert await ani.wait(60) is True
        assert await ani.wait(0) is False


async def test_everybody_is_let_go_at_the_end() -> None:
    listeners = Listeners()
    with listeners.hear("ani") as ani:
        listeners.close()
        assert await ani.wait(60) is True
        assert listeners.closed
        listeners.open()
        assert not listeners.closed


async def test_what_another_process_said_is_noticed() -> None:
    listeners = Listeners()
    answers: list[Mapping[str, int] | Exception] = [{"ani": 1, "budi": 4}, Busy(), {"ani": 2, "budi": 4}]
    asked: list[list[str]] = []
    enough = asyncio.Event()

    async def revisions(visitors: Sequence[str]) -> Mapping[str, int]:
        asked.append(sorted(visitors))
        answer = answers.pop(0)
        if not answers:
            enough.set()
        if isinstance(answer, Exception):
            raise answer
        return answer

    with listeners.hear("ani") as ani, listeners.hear("budi") as budi:
        watching = asyncio.create_task(listeners.watch(revisions, every=0))
        assert await ani.wait(60) is True
        await enough.wait()
        watching.cancel()
        assert await budi.wait(0) is False
    assert asked == [["ani", "budi"]] * 3
