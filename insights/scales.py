"""Rating scales: their mean, whether people would recommend a training, and whether the items measure one thing.

Rule of the file: an answer that was left out is left out of the sum and of the count; it is never a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Literal

from insights.exact import Number, average, within

NPS_LEAST = 10
ALPHA_LEAST = 20

Consistency = Literal["rendah", "cukup", "baik"]


def mean(values: Iterable[Number | None]) -> Fraction | None:
    """The mean of the answers that were given, in their own unit; None where nobody answered."""
    return average(value for value in values if value is not None)


def nps(answers: Iterable[int | None]) -> Fraction | None:
    """Net promoter score, −100 to 100: percent who answered 9–10 minus percent who answered 0–6.

    ``answers``: whole numbers 0–10. None below ten answers. Raises ValueError for a number outside 0–10.
    Source: Reichheld, "The One Number You Need to Grow", Harvard Business Review, December 2003.
    """
    given = within((answer for answer in answers if answer is not None), 0, 10, what="Recommendation")
    if len(given) < NPS_LEAST:
        return None
    return Fraction(100 * (sum(answer >= 9 for answer in given) - sum(answer <= 6 for answer in given)), len(given))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """Cronbach's alpha. ``value`` at most 1, None where it is undefined; ``n`` people who answered every item.

    ``label`` None below twenty people or where alpha is undefined.
    """

    value: Fraction | None
    n: int
    items: int
    label: Consistency | None


def cronbach_alpha(rows: Iterable[Sequence[int | None]]) -> Alpha:
    """How well the items of a scale go together: k/(k−1)·(1 − Σs²_item / s²_total), sample variances.

    ``rows``: one row a person, one answer an item, all on one scale; rows with a gap are left out. Undefined for fewer
    than two items or two people, and where every total is the same. Below 0.6 rendah, below 0.7 cukup, else baik.
    Raises ValueError for rows of different lengths.
    Source: Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16 (1951), 297–334.
    """
    listed = [tuple(row) for row in rows]
    items = len(listed[0]) if listed else 0
    if any(len(row) != items for row in listed):
        raise ValueError("Every row of a scale has one place for each item; these rows differ in length.")
    complete = [[answer for answer in row if answer is not None] for row in listed if None not in row]
    value = _alpha(complete, items)
    label = _consistency(value) if value is not None and len(complete) >= ALPHA_LEAST else None
    return Alpha(value=value, n=len(complete), items=items, label=label)


def _alpha(rows: list[list[int]], items: int) -> Fraction | None:
    if items < 2 or len(rows) < 2:
        return None
    total = _variance([sum(row) for row in rows])
    if not total:
        return None
    each = sum(_variance([row[item] for row in rows]) for item in range(items))
    return Fraction(items, items - 1) * (1 - each / total)


def _variance(values: list[int]) -> Fraction:
    n = len(values)
    return Fraction(n * sum(value * value for value in values) - sum(values) ** 2, n * (n - 1))


def _consistency(value: Fraction) -> Consistency:
    if value < Fraction(6, 10):
        return "rendah"
    return "cukup" if value < Fraction(7, 10) else "baik"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """One participant's feedback at the end of a training: eleven statements 1–5, and ``nps`` 0–10.

    The fields are called as the questions of the survey ``l1_reaksi`` are. None: not answered. Raises ValueError for an
    answer off its scale.
    """

    materi_kebutuhan: int | None = None
    tujuan_jelas: int | None = None
    materi_dipahami: int | None = None
    contoh_dekat: int | None = None
    pengajar_menguasai: int | None = None
    pengajar_bertanya: int | None = None
    metode_aktif: int | None = None
    waktu_cukup: int | None = None
    sarana_memadai: int | None = None
    jaringan_mendukung: int | None = None
    yakin_menerapkan: int | None = None
    nps: int | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value: int | None = getattr(self, field.name)
            if value is not None:
                within([value], *((0, 10) if field.name == "nps" else (1, 5)), what=field.name)

    def answers(self, items: Iterable[str]) -> tuple[int | None, ...]:
        """The answers to the named questions, in their order."""
        return tuple(getattr(self, item) for item in items)


SUB_SCALES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("materi", ("materi_kebutuhan", "tujuan_jelas", "materi_dipahami", "contoh_dekat")),
    ("pengajar", ("pengajar_menguasai", "pengajar_bertanya")),
    ("metode", ("metode_aktif", "waktu_cukup")),
    ("sarana", ("sarana_memadai", "jaringan_mendukung")),
    ("keyakinan", ("yakin_menerapkan",)),
)
STATEMENTS = tuple(item for _key, items in SUB_SCALES for item in items)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubScale:
    """One sub-scale: ``mean`` 1–5 (None for nobody), ``n`` people who count in it."""

    key: str
    mean: Fraction | None
    n: int


def sub_scale(key: str, items: Sequence[str], reactions: Iterable[Reaction]) -> SubScale:
    """The mean of the people's own means over these statements, 1–5.

    A person counts who answered at least half of the statements.
    """
    own = [person for reaction in reactions if (person := _person(reaction.answers(items))) is not None]
    return SubScale(key=key, mean=average(own), n=len(own))


def sub_scales(reactions: Iterable[Reaction]) -> tuple[SubScale, ...]:
    """The five sub-scales of the feedback: materi, pengajar, metode, sarana, keyakinan."""
    listed = tuple(reactions)
    return tuple(sub_scale(key, items, listed) for key, items in SUB_SCALES)


def reaction(reactions: Iterable[Reaction]) -> SubScale:
    """All eleven statements as one scale, 1–5, under the key ``l1``."""
    return sub_scale("l1", STATEMENTS, reactions)


def _person(answers: Sequence[int | None]) -> Fraction | None:
    given = [answer for answer in answers if answer is not None]
    return average(given) if given and 2 * len(given) >= len(answers) else None
