"""Satisfaction with public services (SKM): nine elements, one index (IKM), one grade.

Rule of the file: an element is known by its key, never by its number, because the regulation's text and its form number
the last two differently; and every element weighs exactly one ninth.

Source: PermenPANRB 14/2017, annex.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from insights.exact import Number, exact, rounded, within
from insights.scales import mean

Grade = Literal["A", "B", "C", "D"]

PERFORMANCE: tuple[tuple[Decimal, Grade, str], ...] = (
    (Decimal("88.31"), "A", "Sangat baik"),
    (Decimal("76.61"), "B", "Baik"),
    (Decimal("65.00"), "C", "Kurang baik"),
    (Decimal("25.00"), "D", "Tidak baik"),
)
TRAINABLE = ("kompetensi", "perilaku")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAnswers:
    """One citizen's answers, each 1–4; None where nothing was answered. Raises ValueError for another number."""

    persyaratan: int | None = None
    prosedur: int | None = None
    waktu: int | None = None
    biaya: int | None = None
    produk: int | None = None
    kompetensi: int | None = None
    perilaku: int | None = None
    sarpras: int | None = None
    pengaduan: int | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value: int | None = getattr(self, field.name)
            if value is not None:
                within([value], 1, 4, what=field.name)


ELEMENTS = tuple(field.name for field in fields(ServiceAnswers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element: ``mean`` 1–4 over the ``n`` people who answered it; None for nobody."""

    key: str
    mean: Fraction | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceQuality:
    """The index of a service. ``index`` 25.00–100.00 with two decimals, and its ``grade`` and ``performance``.

    ``n`` people who answered at least one element. All three None where an element was answered by nobody.
    """

    index: Decimal | None
    grade: Grade | None
    performance: str | None
    n: int
    elements: tuple[Element, ...]


def element(key: str, answers: Iterable[ServiceAnswers]) -> Element:
    """One element over those who answered it. Raises ValueError for a key that is no element."""
    if key not in ELEMENTS:
        raise ValueError(f"There is no service element {key!r}; the nine are {', '.join(ELEMENTS)}.")
    given = [value for one in answers if (value := getattr(one, key)) is not None]
    return Element(key=key, mean=mean(given), n=len(given))


def service_quality(answers: Iterable[ServiceAnswers]) -> ServiceQuality:
    """IKM = Σ(mean of each element · 1/9) · 25, rounded half up to two decimals, then graded."""
    listed = tuple(answers)
    elements = tuple(element(key, listed) for key in ELEMENTS)
    index = service_index([one.mean for one in elements])
    graded = grade(index) if index is not None else None
    return ServiceQuality(
        index=index,
        grade=graded[0] if graded else None,
        performance=graded[1] if graded else None,
        n=sum(any(getattr(one, key) is not None for key in ELEMENTS) for one in listed),
        elements=elements,
    )


def service_index(means: Iterable[Number | None]) -> Decimal | None:
    """The index 25.00–100.00 of the nine means (each 1–4); None if one is missing.

    Raises ValueError where there are not nine, or one is off the scale.
    """
    listed = tuple(means)
    if len(listed) != len(ELEMENTS):
        raise ValueError(f"The index needs {len(ELEMENTS)} elements, not {len(listed)}.")
    given = within([exact(one) for one in listed if one is not None], 1, 4, what="Mean of an element")
    return rounded(sum(given) * 25 / len(ELEMENTS)) if len(given) == len(ELEMENTS) else None


def grade(index: Number) -> tuple[Grade, str]:
    """The letter and its word for an index 25–100, which is rounded half up to two decimals first.

    Raises ValueError for an index outside 25–100.
    """
    within([exact(index)], 25, 100, what="Index")
    shown = rounded(index)
    return next((letter, word) for least, letter, word in PERFORMANCE if shown >= least)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementChange:
    """One element before and after; ``change`` is after minus before, −3 to 3, None where a side has no answer."""

    before: Element
    after: Element
    change: Fraction | None


def service_change(
    before: Iterable[ServiceAnswers], after: Iterable[ServiceAnswers], *, keys: Iterable[str] = TRAINABLE
) -> tuple[ElementChange, ...]:
    """How the elements a training can move (``kompetensi`` and ``perilaku``) stand before and after it.

    Two different sets of citizens: a difference is a sign, not a proof. Raises ValueError for a key that is no element.
    """
    earlier, later = tuple(before), tuple(after)
    return tuple(_change(element(key, earlier), element(key, later)) for key in keys)


def _change(before: Element, after: Element) -> ElementChange:
    change = None if before.mean is None or after.mean is None else after.mean - before.mean
    return ElementChange(before=before, after=after, change=change)


def minimum_sample(population: int) -> int:
    """How many people to ask of so many: Krejcie and Morgan, 95 % confidence, 5 % margin, rounded half up.

    s = χ²·N·P(1−P) / (d²(N−1) + χ²·P(1−P)) with χ² = 3.841, P = 0.5, d = 0.05. Raises ValueError below zero.
    Source: Krejcie and Morgan, "Determining Sample Size for Research Activities", Educational and Psychological
    Measurement 30 (1970), 607–610.
    """
    if population < 0:
        raise ValueError(f"A population of {population} does not exist.")
    if population == 0:
        return 0
    spread = Fraction(3841, 1000) * Fraction(1, 4)
    return int(rounded(spread * population / (Fraction(1, 400) * (population - 1) + spread), 0))
