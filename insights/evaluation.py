"""Whether a training changed the work (Kirkpatrick level 3), and the one figure for the whole programme.

Rule of the file: the index is shown with all its four components or not at all; a missing one is named, and its
weight is given to no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from insights.agreement import Agreement, Pair, agreement
from insights.exact import Number, average, exact, share, sum_to_one, within

OFTEN = 3
PARTICIPANTS_LEAST = 5
RESPONSE_LEAST = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applying:
    """How often participants use what they learned.

    ``asked`` people still in the same work; ``n`` of them who answered; ``response`` n/asked, 0–1. ``mean`` 0–4 is the
    mean of the people's means over their skills; ``applying`` people have a mean of at least 3 ("Sering").
    """

    asked: int
    n: int
    response: Fraction | None
    mean: Fraction | None
    applying: int
    share: Fraction | None


def applying(answers: Iterable[Sequence[int | None]], *, asked: int, moved: int = 0) -> Applying:
    """How often those who are still in the same work use what they learned.

    ``answers``: a row a person, 0 (never) to 4 (always) a skill. ``asked`` people were asked; ``moved`` of them said
    they had gone to other work or left, and count on neither side. Raises ValueError for an answer off 0–4, and where
    more answered or moved than were asked.
    """
    if moved < 0 or moved > asked:
        raise ValueError(f"{moved} of {asked} people asked cannot have moved.")
    own = [
        person
        for row in answers
        if (person := average(within([one for one in row if one is not None], 0, 4, what="Frequency"))) is not None
    ]
    if len(own) > asked - moved:
        raise ValueError(f"{len(own)} people answered, but only {asked - moved} who had not moved were asked.")
    return Applying(
        asked=asked - moved,
        n=len(own),
        response=share(len(own), asked - moved),
        mean=average(own),
        applying=sum(person >= OFTEN for person in own),
        share=share(sum(person >= OFTEN for person in own), len(own)),
    )


def self_and_supervisor(pairs: Iterable[Pair], *, low: int = 0, high: int = 4) -> Agreement:
    """Participant first, supervisor second, on one scale: a positive difference means the person says more than the
    supervisor sees. "Cannot judge" is None. Raises ValueError off the scale.
    """
    listed = tuple(pairs)
    within([one for pair in listed for one in pair if one is not None], low, high, what="Judgement")
    return agreement(listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexWeights:
    """How much each component counts: not negative, and together exactly 1, else ValueError."""

    l1: Number = Fraction(15, 100)
    l2: Number = Fraction(25, 100)
    task: Number = Fraction(30, 100)
    l3: Number = Fraction(30, 100)

    def __post_init__(self) -> None:
        sum_to_one(l1=self.l1, l2=self.l2, task=self.task, l3=self.l3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """``value`` 0–100 (None: not known) of ``n`` people. Raises ValueError out of range."""

    value: Number | None
    n: int

    def __post_init__(self) -> None:
        if self.n < 0:
            raise ValueError(f"{self.n} people cannot have answered.")
        within([] if self.value is None else [exact(self.value)], 0, 100, what="Component")


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessIndex:
    """``value`` 0–100, None where a component is missing; ``missing`` names those: l1, l2, task, l3.

    The components are 0–100, None where missing.
    """

    value: Fraction | None
    l1: Fraction | None
    l2: Fraction | None
    task: Fraction | None
    l3: Fraction | None
    missing: tuple[str, ...]


def success_index(
    *,
    l1: Component,
    l2: Component,
    task: Component,
    l3: Component,
    l3_response: Number | None,
    weights: IndexWeights | None = None,
) -> SuccessIndex:
    """IKP = 0.15·L1 + 0.25·L2 + 0.30·task + 0.30·L3, with these or other weights.

    A component is missing below five people; L3 also where fewer than half of those asked answered (``l3_response``
    0–1, None: nobody was asked). With one missing there is no index and no weight is moved; the others are still given.
    """
    within([] if l3_response is None else [exact(l3_response)], 0, 1, what="Response")
    chosen = weights or IndexWeights()
    heard = l3_response is not None and exact(l3_response) >= RESPONSE_LEAST
    parts = {
        "l1": (_known(l1), exact(chosen.l1)),
        "l2": (_known(l2), exact(chosen.l2)),
        "task": (_known(task), exact(chosen.task)),
        "l3": (_known(l3) if heard else None, exact(chosen.l3)),
    }
    missing = tuple(name for name, (value, _weight) in parts.items() if value is None)
    return SuccessIndex(
        value=None if missing else sum((v * w for v, w in parts.values() if v is not None), Fraction(0)),
        l1=parts["l1"][0],
        l2=parts["l2"][0],
        task=parts["task"][0],
        l3=parts["l3"][0],
        missing=missing,
    )


def _known(component: Component) -> Fraction | None:
    if component.value is None or component.n < PARTICIPANTS_LEAST:
        return None
    return exact(component.value)


def l1_component(mean: Number) -> Fraction:
    """The mean of the feedback 1–5 as 0–100. Raises ValueError out of range."""
    within([exact(mean)], 1, 5, what="Mean of the feedback")
    return (exact(mean) - 1) * 25


def l2_component(hake: Number) -> Fraction:
    """The class's normalised gain (at most 1) as 0–100; a loss is 0. Raises ValueError above 1."""
    if exact(hake) > 1:
        raise ValueError(f"A normalised gain of {hake} is above 1.")
    return max(Fraction(0), exact(hake)) * 100


def l3_component(mean: Number) -> Fraction:
    """The mean frequency 0–4 as 0–100. Raises ValueError out of range."""
    within([exact(mean)], 0, 4, what="Mean frequency")
    return exact(mean) * 25
