"""How far apart two spellings are: letters to change, add, leave out, or swap with their neighbour.

Source: the optimal string alignment distance (F. J. Damerau 1964, with neighbours swapped at most once).
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=8192)
def apart(first: str, second: str, most: int) -> int:
    """The distance of ``first`` and ``second``, or ``most + 1`` if it is more than ``most``."""
    if first == second:
        return 0
    if abs(len(first) - len(second)) > most or _strange_letters(first, second) > most:
        return most + 1
    far = most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        older, before, row = before, row, [i] + [far] * len(second)
        for j in range(max(1, i - most), min(len(second), i + most) + 1):  # no other cell can matter
            other = second[j - 1]
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if older and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                best = min(best, older[j - 2] + 1)
            row[j] = best
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _strange_letters(first: str, second: str) -> int:
    """A lower bound that costs little: the different letters that one has and the other lacks."""
    one, other = set(first), set(second)
    return max(len(one - other), len(other - one))


def tolerated(length: int) -> int:
    """How many slips a word of ``length`` letters may have and still be recognised."""
    if length < 4:
        return 0
    if length < 7:
        return 1
    return 2 if length < 13 else 3
