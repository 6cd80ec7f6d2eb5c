"""Things that go wrong on demand.

Rule of the file: a fault says what it does, to which calls, how often; nothing happens that was not asked for.

=================  ============================================================================================
``flood``          429 with ``retry_after`` = seconds
``error``          500, nothing was done
``bad_gateway``    502 with a page instead of JSON, nothing was done
``reset_before``   the connection ends, nothing was done
``reset_after``    it was done, then the connection ends before the answer
``delay``          the answer comes ``seconds`` later (it was done at once)
``hang``           nothing was done and nothing is answered for ``seconds``, then the connection ends
``blocked``        403 "bot was blocked by the user"
``deactivated``    403 "user is deactivated"
``not_found``      400 "chat not found"
``duplicate``      an update is given again after it was confirmed
``lost_answer``    webhook only: its answer never arrives, so a method in it is not carried out and the update repeats
=================  ============================================================================================
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "flood", "error", "bad_gateway", "reset_before", "reset_after", "delay", "hang", "blocked", "deactivated",
    "not_found", "duplicate", "lost_answer",
]  # fmt: skip
_OF_UPDATES = frozenset({"duplicate", "lost_answer"})


@dataclass(slots=True)
class Fault:
    kind: Kind
    method: str = ""
    """ "" for every method a message is sent or edited with; "*" for all; else its name."""
    chat_id: int | None = None
    times: int = 1
    """How often it still happens; -1 without end."""
    probability: float = 1.0
    seconds: float = 1.0


_MESSAGES = frozenset({
    "sendmessage", "editmessagetext", "editmessagereplymarkup", "sendphoto", "sendaudio", "sendvideo", "sendvoice",
    "senddocument", "sendmediagroup", "answercallbackquery",
})  # fmt: skip


class Faults:
    """The faults asked for. The dice are seeded: the same run goes wrong the same way."""

    def __init__(self, seed: int = 1) -> None:
        self._rng = random.Random(seed)
        self._calls: list[Fault] = []
        self._updates: list[Fault] = []
        self.happened: dict[str, int] = {}
        """Kind of fault to how often it struck."""

    def add(
        self,
        kind: Kind,
        *,
        method: str = "",
        chat_id: int | None = None,
        times: int = 1,
        probability: float = 1.0,
        seconds: float = 1.0,
    ) -> Fault:
        fault = Fault(kind, method.lower(), chat_id, times, probability, seconds)
        (self._updates if kind in _OF_UPDATES else self._calls).append(fault)
        return fault

    def clear(self) -> None:
        self._calls.clear()
        self._updates.clear()

    def for_call(self, method: str, chat_id: int) -> Fault | None:
        """The fault that strikes this call; ``method`` in lower case."""
        if not self._calls:
            return None
        return self._struck(
            self._calls,
            lambda fault: (
                (fault.method in {"*", method} or (not fault.method and method in _MESSAGES))
                and fault.chat_id in {None, chat_id}
            ),
        )

    def for_update(self, kind: Kind, chat_id: int) -> bool:
        """Whether this update is struck by ``kind``."""
        if not self._updates:
            return False
        return (
            self._struck(self._updates, lambda fault: fault.kind == kind and fault.chat_id in {None, chat_id})
            is not None
        )

    def _struck(self, faults: list[Fault], concerns: Callable[[Fault], bool]) -> Fault | None:
        for fault in faults:
            if not concerns(fault) or (fault.probability < 1 and self._rng.random() >= fault.probability):
                continue
            if fault.times > 0:
                fault.times -= 1
                if fault.times == 0:
                    faults.remove(fault)
            self.happened[fault.kind] = self.happened.get(fault.kind, 0) + 1
            return fault
        return None
