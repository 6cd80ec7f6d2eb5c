"""What checks in is taken in portions, and nobody's order changes by it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from handlers.weighing import CHECK_INS, not_too_heavy
from surveys.messages import Press, Reply, Text


@dataclass(frozen=True)
class Waiting:
    reply: Reply


ANSWER = Waiting(Text("3"))


@pytest.mark.parametrize("said", ["HADIR 123 456", "hadir 123456", "/start h-123456-prima-1", "123456", " 123-456 "])
def test_only_so_many_check_in_at_once(said: str) -> None:
    one = Waiting(Text(said))
    assert not_too_heavy([one] * 200) == [one] * CHECK_INS
    assert not_too_heavy([ANSWER, *[one] * (CHECK_INS + 1), ANSWER]) == [ANSWER, *[one] * CHECK_INS]
    assert not_too_heavy([*[ANSWER] * 100, *[one] * CHECK_INS]) == [*[ANSWER] * 100, *[one] * CHECK_INS]


@pytest.mark.parametrize("reply", [Text("3"), Text("1234567"), Text("/start h"), Press("r:h7:come:x"), Text("/hapus")])
def test_whatever_else_is_taken_whole(reply: Reply) -> None:
    assert not_too_heavy([Waiting(reply)] * 200) == [Waiting(reply)] * 200
