"""What was collected about one training, as plain numbers: what the evidence sheet is made of.

Rule of the file: a row is one person, and a row says nothing of who it was.
"""

from __future__ import annotations

from dataclasses import dataclass

from insights.agreement import Pair
from insights.evaluation import IndexWeights
from insights.exact import Number
from insights.knowledge import PASS_MARK, Sitting
from insights.needs import Competence
from insights.rubric import RUBRIC, TASK_PASS, DoubleMark, Rubric
from insights.scales import Reaction
from insights.service import ServiceAnswers


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """People: ``target`` the training was for, ``enrolled`` of them, ``attended`` of those, else ValueError."""

    target: int
    enrolled: int
    attended: int

    def __post_init__(self) -> None:
        if not 0 <= self.attended <= self.enrolled <= self.target:
            raise ValueError(
                f"{self.attended} attended, {self.enrolled} enrolled, {self.target} meant: each is part of the next."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassScores:
    """The scores 0–100 of the class before and after, and the pass mark of the test after it."""

    sittings: tuple[Sitting, ...]
    pass_mark: Number = PASS_MARK


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """The task after the training, ``assigned`` to so many people.

    ``levels``: a row for everybody assessed, 1–4 a criterion. ``double``: submissions that two people marked. Raises
    ValueError where more were assessed than assigned.
    """

    assigned: int
    levels: tuple[tuple[int, ...], ...]
    double: tuple[DoubleMark, ...] = ()
    rubric: Rubric = RUBRIC
    pass_mark: Number = TASK_PASS

    def __post_init__(self) -> None:
        if len(self.levels) > self.assigned:
            raise ValueError(f"{len(self.levels)} tasks were assessed, but only {self.assigned} assigned.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One round of asking after so many ``days``.

    ``answers``: a row a participant, 0–4 a skill; ``asked`` people, ``moved`` of whom had gone to other work.
    ``supervised``: participant's and supervisor's frequency 0–4 for one skill each; None: could not judge.
    """

    days: int
    asked: int
    answers: tuple[tuple[int | None, ...], ...]
    moved: int = 0
    supervised: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRounds:
    """The satisfaction survey of the unit before the training and after it."""

    before: tuple[ServiceAnswers, ...]
    after: tuple[ServiceAnswers, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceInputs:
    """All that was collected about one training; None or empty: not collected."""

    need: tuple[Competence, ...] = ()
    reach: Reach | None = None
    l1: tuple[Reaction, ...] | None = None
    l2: ClassScores | None = None
    task: Tasks | None = None
    l3: tuple[FollowUp, ...] = ()
    l4: ServiceRounds | None = None
    weights: IndexWeights | None = None
