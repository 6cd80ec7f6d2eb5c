"""Which counts may be shown to somebody who may not see names.

Rule of the file: a count below five is not shown, zero included, and neither is what would let it be worked out from
the counts and totals around it. Whoever may see the names sees every count; that is decided before anything comes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

LEAST = 5


def enough(count: int) -> bool:
    """Whether a count may be shown as far as its own size goes."""
    return count >= LEAST


def both_sides(part: int, whole: int) -> bool:
    """Whether a share may be shown: those in it and those not in it are each five or more."""
    return enough(part) and enough(whole - part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Counts and their total as they may be shown; None: not shown."""

    cells: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with the totals of its rows and columns as it may be shown; None: not shown."""

    cells: tuple[tuple[int | None, ...], ...]
    rows: tuple[int | None, ...]
    columns: tuple[int | None, ...]
    total: int | None


def row(counts: Iterable[int]) -> Row:
    """One row whose cells are kinds of the same people, so that they add up to its total.

    What is hidden: cells below five, then the smallest others until at least two are hidden and what is left of the
    total for them neither is below five nor makes each of them a four; at last the total itself. So no hidden cell can
    be worked out from the numbers shown, not even by taking every hidden one for less than five. Raises ValueError for
    a negative count.
    """
    listed = _looked_at(counts)
    hidden = _hidden([(count, place) for place, count in enumerate(listed)])
    inside = [listed[place] for place in hidden]
    total = sum(listed)
    return Row(
        cells=tuple(None if place in hidden else count for place, count in enumerate(listed)),
        total=None if not enough(total) or (inside and _told(inside)) else total,
    )


def table(counts: Iterable[Sequence[int]]) -> Table:
    """A table of rows and columns with all their totals.

    Each row and each column is treated as in ``row``. Then every hidden number is tried: if the sums fix it, since
    counts cannot be negative, more is hidden near it until it could be another. In the end that is the totals, too.
    Raises ValueError for a negative count, and for rows of different lengths.
    """
    grid = _with_totals([_looked_at(line) for line in counts])
    height, width = len(grid), len(grid[0])
    hidden = {(r, c) for r in range(height) for c in range(width) if not enough(grid[r][c])}
    while (more := _next_to_hide(grid, hidden)) is not None:
        hidden.add(more)
    shown = [[None if (r, c) in hidden else grid[r][c] for c in range(width)] for r in range(height)]
    return Table(
        cells=tuple(tuple(line[:-1]) for line in shown[:-1]),
        rows=tuple(line[-1] for line in shown[:-1]),
        columns=tuple(shown[-1][:-1]),
        total=shown[-1][-1],
    )


def _looked_at(counts: Iterable[int]) -> list[int]:
    listed = list(counts)
    for count in listed:
        if count < 0:
            raise ValueError(f"A count of {count} does not exist.")
    return listed


def _told(hidden: list[int]) -> bool:
    """Whether what is left of a total for these cells tells of one of them, or of fewer than five people."""
    return len(hidden) < 2 or not enough(sum(hidden)) or sum(hidden) == len(hidden) * (LEAST - 1)


def _hidden(cells: list[tuple[int, int]]) -> set[int]:
    """The places to hide among cells (count, place) whose total is shown."""
    hidden = [cell for cell in cells if not enough(cell[0])]
    spare = sorted(cell for cell in cells if enough(cell[0]))
    while hidden and spare and _told([count for count, _place in hidden]):
        hidden.append(spare.pop(0))
    return {place for _count, place in hidden}


Place = tuple[int, int]


def _with_totals(lines: list[list[int]]) -> list[list[int]]:
    """The table with a column and a row of totals at its end."""
    width = len(lines[0]) if lines else 0
    if any(len(line) != width for line in lines):
        raise ValueError("The rows of a table have the same length; these differ.")
    full = [[*line, sum(line)] for line in lines]
    return [*full, [sum(line[c] for line in full) for c in range(width + 1)]]


def _next_to_hide(grid: list[list[int]], hidden: set[Place]) -> Place | None:
    """One more number to hide, a small one that helps; None when nothing can be worked out any more."""
    lines = _lines(grid)
    for line in lines:
        *cells, total = line
        inside = [place for place in cells if place in hidden]
        if inside and total not in hidden and _told([_at(grid, place) for place in inside]):
            return _cheapest(grid, cells, hidden) or total
    width = len(grid[0])
    members = [[place for place in line if place in hidden] for line in lines]
    for place in sorted(hidden):
        if not any(_movable(grid, members, place, by) for by in (1, -1)):
            near = [*lines[place[0]], *lines[len(grid) + place[1]]]
            return _cheapest(grid, near, hidden) or _cheapest(grid, product(range(len(grid)), range(width)), hidden)
    return None


def _lines(grid: list[list[int]]) -> list[list[Place]]:
    """Every row, then every column, each with its total last; those of the totals, too."""
    height, width = len(grid), len(grid[0])
    across = [[(r, c) for c in range(width)] for r in range(height)]
    return across + [[(r, c) for r in range(height)] for c in range(width)]


def _cheapest(grid: list[list[int]], places: Iterable[Place], hidden: set[Place]) -> Place | None:
    """The number to hide of these: one that stands with others already hidden, then the smallest."""
    across, down = {r for r, _c in hidden}, {c for _r, c in hidden}
    return min(
        (one for one in places if one not in hidden),
        key=lambda one: (-(one[0] in across) - (one[1] in down), _at(grid, one), one),
        default=None,
    )


def _at(grid: list[list[int]], place: Place) -> int:
    return grid[place[0]][place[1]]


def _movable(grid: list[list[int]], members: list[list[Place]], place: Place, by: int) -> bool:
    """Whether the number could be one more or one less, with every sum kept and nothing below zero.

    ``members``: the hidden places of every line. Numbers of the last row or column are totals: a change there runs the
    other way round. So in every line the changes, signed in this way, sum to zero; each one is passed on along rows and
    columns in turn until it comes back.
    """
    if _at(grid, place) + by < 0:
        return False
    seen: set[tuple[Place, bool]] = set()
    ahead: list[tuple[Place, int, bool]] = [(place, by * _sign(grid, place), True)]
    while ahead:
        here, change, along_row = ahead.pop()
        for other in members[here[0] if along_row else len(grid) + here[1]]:
            if other in (here, place) or (other, along_row) in seen:
                continue
            if _at(grid, other) - change * _sign(grid, other) < 0:
                continue
            if along_row and other[1] == place[1]:
                return True
            seen.add((other, along_row))
            ahead.append((other, -change, not along_row))
    return False


def _sign(grid: list[list[int]], place: Place) -> int:
    return -1 if (place[0] == len(grid) - 1) != (place[1] == len(grid[0]) - 1) else 1
