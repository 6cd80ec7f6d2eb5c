"""The evidence sheet of a training: from the need that justified it to whether it changed the work and the service.

Rule of the file: every figure says of how many people it is and how it was worked out; one that may not be shown says
why and has no value. A share is shown only where both sides are five or more. The n of different figures stand side by
side as they are: how many people left a question out can be seen from them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from insights.agreement import KAPPA_LEAST
from insights.collected import ClassScores, EvidenceInputs, FollowUp, Reach, ServiceRounds, Tasks
from insights.disclosure import enough
from insights.evaluation import (
    Component,
    IndexWeights,
    SuccessIndex,
    applying,
    l1_component,
    l2_component,
    l3_component,
    self_and_supervisor,
    success_index,
)
from insights.exact import Number, average, exact
from insights.figures import Figure, Reason, Showing, Unit, absent
from insights.knowledge import learning
from insights.needs import Need, needs
from insights.rubric import marking_agreement, task_passed, task_score
from insights.scales import ALPHA_LEAST, NPS_LEAST, STATEMENTS, Reaction, cronbach_alpha, nps, reaction, sub_scales
from insights.service import TRAINABLE, service_change

_POINTS: Unit = "points 0-100"
_COMPONENTS = {
    "l1": "(mean of the feedback - 1) x 25",
    "l2": "100 x the class's normalised gain, a loss is 0",
    "task": "mean task score",
    "l3": "mean frequency x 25, of the last round",
}

_MWDS = "Borich: mean of (importance - current) x mean importance"
_FREQUENCY = "mean of the people's means over their skills"
_NO_NEED = (absent("need.mwds", "score", _MWDS),)
_NO_L3 = (absent("l3.mean", "scale 0-4", _FREQUENCY),)
"""The rows of a section for which nobody was asked anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The sheet, section by section. ``missing``: the components without which there is no index (l1, l2, task, l3)."""

    need: tuple[Figure, ...]
    reach: tuple[Figure, ...]
    l1: tuple[Figure, ...]
    l2: tuple[Figure, ...]
    task: tuple[Figure, ...]
    l3: tuple[Figure, ...]
    l4: tuple[Figure, ...]
    index: tuple[Figure, ...]
    missing: tuple[str, ...]


def evidence(inputs: EvidenceInputs, *, names: bool = False) -> Evidence:
    """The evidence sheet of one training. ``names``: for a reader who may see the names, and so every count.

    The rules of the statistics themselves (ten answers for NPS, twenty for alpha and kappa, five people and half of
    those asked for the index) hold for every reader. Raises ValueError for what cannot be, in one sentence.
    """
    showing = Showing(names)
    index, missing = _index(showing, inputs)
    return Evidence(
        need=tuple(figure for one in needs(inputs.need) for figure in _need(showing, one)) or _NO_NEED,
        reach=_reach(showing, inputs.reach),
        l1=_l1(showing, inputs.l1),
        l2=_l2(showing, inputs.l2),
        task=_task(showing, inputs.task),
        l3=tuple(figure for one in sorted(inputs.l3, key=lambda it: it.days) for figure in _l3(showing, one)) or _NO_L3,
        l4=_l4(showing, inputs.l4),
        index=index,
        missing=missing,
    )


def _need(showing: Showing, need: Need) -> Iterable[Figure]:
    key = f"need.{need.key}"
    below = int((need.below or 0) * need.n_standard)
    yield showing.share(f"{key}.below", below, need.n_standard, "people at least one level below the standard / people")
    yield showing.figure(
        f"{key}.gap", need.mean_gap, need.n_standard, "points", "mean of (required level - current level)"
    )
    yield showing.figure(f"{key}.mwds", need.mwds, need.n, "score", _MWDS)
    yield showing.figure(f"{key}.rds", need.rds, need.n, "score", "100 x (people above - people below) / people")


def _reach(showing: Showing, reach: Reach | None) -> tuple[Figure, ...]:
    formulas = {"reach.enrolled": "enrolled / meant for", "reach.attended": "attended / enrolled"}
    if reach is None:
        return tuple(absent(key, "share", formula) for key, formula in formulas.items())
    return (
        showing.share("reach.enrolled", reach.enrolled, reach.target, formulas["reach.enrolled"]),
        showing.share("reach.attended", reach.attended, reach.enrolled, formulas["reach.attended"]),
    )


def _l1(showing: Showing, given: tuple[Reaction, ...] | None) -> tuple[Figure, ...]:
    reactions = given or ()
    whole = reaction(reactions)
    scales = tuple(
        showing.figure(f"l1.{one.key}", one.mean, one.n, "scale 1-5", "mean of the people's means over its statements")
        for one in (*sub_scales(reactions), whole)
    )
    recommended = [one.nps for one in reactions if one.nps is not None]
    alpha = cronbach_alpha(one.answers(STATEMENTS) for one in reactions)
    figures = (
        *scales,
        showing.figure("l1.nps", nps(recommended), len(recommended), "score", "% 9-10 - % 0-6", least=NPS_LEAST),
        showing.figure(
            "l1.alpha",
            alpha.value if alpha.n >= ALPHA_LEAST else None,
            alpha.n,
            "ratio",
            "Cronbach: k/(k-1) x (1 - sum of item variances / variance of totals)",
            least=ALPHA_LEAST,
            note=alpha.label,
        ),
    )
    return figures if given is not None else _absent(figures)


def _l2(showing: Showing, given: ClassScores | None) -> tuple[Figure, ...]:
    tests = given or ClassScores(sittings=())
    found = learning(tests.sittings, pass_mark=tests.pass_mark)
    hake = found.hake
    n = found.n_both
    figures = (
        showing.figure("l2.pre", found.mean_pre, n, "points 0-100", "mean score before, of those who sat both"),
        showing.figure("l2.post", found.mean_post, n, "points 0-100", "mean score after, of those who sat both"),
        showing.figure("l2.gain", found.gain, n, "points", "mean after - mean before"),
        showing.figure(
            "l2.hake",
            hake.value if hake else None,
            n,
            "ratio",
            "(mean after - mean before) / (100 - mean before)",
            note=hake.note if hake else None,
        ),
        showing.share(
            "l2.passed", found.passed, found.n_post, f"score after >= {tests.pass_mark} / sat the test after"
        ),
    )
    return figures if given else _absent(figures)


def _task(showing: Showing, given: Tasks | None) -> tuple[Figure, ...]:
    tasks = given or Tasks(assigned=0, levels=())
    scores = _scores(tasks)
    passed = sum(task_passed(score, pass_mark=tasks.pass_mark) for score in scores)
    marks = marking_agreement(tasks.double)
    twice = len(tasks.double)
    figures = (
        showing.share("task.assessed", len(scores), tasks.assigned, "assessed / assigned"),
        showing.figure(
            "task.score", average(scores), len(scores), "points 0-100", "mean of sum of weight x (level - 1) / 3"
        ),
        showing.share("task.passed", passed, len(scores), f"score >= {tasks.pass_mark} / assessed"),
        showing.figure("task.exact", marks.exact, marks.n, "share", "same level / levels given twice", people=twice),
        showing.figure(
            "task.adjacent",
            marks.adjacent,
            marks.n,
            "share",
            "at most one level apart / levels given twice",
            people=twice,
        ),
        showing.figure(
            "task.kappa",
            marks.kappa,
            marks.n,
            "ratio",
            "quadratic-weighted kappa over levels given twice",
            people=twice,
            least=KAPPA_LEAST,
        ),
    )
    return figures if given else _absent(figures)


def _scores(tasks: Tasks) -> list[Fraction]:
    return [task_score(levels, rubric=tasks.rubric) for levels in tasks.levels]


def _l3(showing: Showing, given: FollowUp) -> Iterable[Figure]:
    key = f"l3.{given.days}"
    found = applying(given.answers, asked=given.asked, moved=given.moved)
    pairs = self_and_supervisor(given.supervised)
    yield showing.share(f"{key}.response", found.n, found.asked, "answered / asked and still in the same work")
    yield showing.figure(f"{key}.mean", found.mean, found.n, "scale 0-4", _FREQUENCY)
    yield showing.share(
        f"{key}.applying", found.applying, found.n, "people with a mean of 3 (often) or more / answered"
    )
    yield showing.figure(f"{key}.difference", pairs.difference, pairs.n, "points", "mean of (participant - supervisor)")
    yield showing.figure(
        f"{key}.kappa",
        pairs.kappa,
        pairs.n,
        "ratio",
        "quadratic-weighted kappa, participant and supervisor",
        least=KAPPA_LEAST,
    )


def _l4(showing: Showing, given: ServiceRounds | None) -> tuple[Figure, ...]:
    rounds = given or ServiceRounds(before=(), after=())
    figures: list[Figure] = []
    for change in service_change(rounds.before, rounds.after, keys=TRAINABLE):
        before, after = change.before, change.after
        key = f"l4.{before.key}"
        figures += [
            showing.figure(f"{key}.before", before.mean, before.n, "scale 1-4", "mean of the element before"),
            showing.figure(f"{key}.after", after.mean, after.n, "scale 1-4", "mean of the element after"),
            showing.figure(
                f"{key}.change",
                change.change,
                min(before.n, after.n),
                "points",
                "mean after - mean before; n: the smaller",
            ),
        ]
    return tuple(figures) if given else _absent(tuple(figures))


def _index(showing: Showing, inputs: EvidenceInputs) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """The components and the index; the rules of the index hold for every reader."""
    weights = inputs.weights or IndexWeights()
    l1, l2, task = _l1_part(inputs.l1), _l2_part(inputs.l2), _task_part(inputs.task)
    l3, response = _l3_part(inputs.l3)
    found = success_index(l1=l1, l2=l2, task=task, l3=l3, l3_response=response, weights=weights)
    parts = (
        _part(showing, "l1", l1, found.l1, given=inputs.l1 is not None),
        _part(showing, "l2", l2, found.l2, given=inputs.l2 is not None),
        _part(showing, "task", task, found.task, given=inputs.task is not None),
        _part(showing, "l3", l3, found.l3, given=bool(inputs.l3)),
    )
    return (*parts, _whole(weights, found, min(l1.n, l2.n, task.n, l3.n))), found.missing


def _part(showing: Showing, key: str, part: Component, value: Fraction | None, *, given: bool) -> Figure:
    """A component as the index takes it, or why it leaves it out."""
    name, unit, formula = f"index.{key}", _POINTS, _COMPONENTS[key]
    if value is not None:
        return showing.figure(name, value, part.n, unit, formula)
    if not given:
        return absent(name, unit, formula)
    if not enough(part.n):
        n = part.n if showing.names else None
        return Figure(key=name, value=None, n=n, unit=unit, formula=formula, reason=Reason.FEW)
    reason = Reason.UNDEFINED if part.value is None else Reason.RESPONSE
    return Figure(key=name, value=None, n=part.n, unit=unit, formula=formula, reason=reason)


def _whole(weights: IndexWeights, found: SuccessIndex, n: int) -> Figure:
    named = {"L1": weights.l1, "L2": weights.l2, "task": weights.task, "L3": weights.l3}
    return Figure(
        key="index.ikp",
        value=found.value,
        n=None if found.missing else n,
        unit=_POINTS,
        formula=" + ".join(f"{_decimal(weight)} x {name}" for name, weight in named.items()) + "; n: the smallest",
        reason=Reason.MISSING if found.missing else None,
    )


def _l1_part(given: tuple[Reaction, ...] | None) -> Component:
    whole = reaction(given or ())
    return Component(value=None if whole.mean is None else l1_component(whole.mean), n=whole.n)


def _l2_part(given: ClassScores | None) -> Component:
    found = learning(given.sittings if given else ())
    value = found.hake.value if found.hake else None
    return Component(value=None if value is None else l2_component(value), n=found.n_both)


def _task_part(given: Tasks | None) -> Component:
    scores = _scores(given) if given else []
    return Component(value=average(scores), n=len(scores))


def _l3_part(rounds: tuple[FollowUp, ...]) -> tuple[Component, Fraction | None]:
    last = max(rounds, key=lambda one: one.days, default=None)
    if last is None:
        return Component(value=None, n=0), None
    found = applying(last.answers, asked=last.asked, moved=last.moved)
    return Component(value=None if found.mean is None else l3_component(found.mean), n=found.n), found.response


def _absent(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    return tuple(absent(one.key, one.unit, one.formula) for one in figures)


def _decimal(weight: Number) -> Decimal:
    number = exact(weight)
    return Decimal(number.numerator) / number.denominator
