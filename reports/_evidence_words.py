"""What the figures of an evidence sheet are called, how they were worked out, and why one is not shown.

Rule of the file: pure. A figure is known by its key (``l3.30.mean``); one that has no name of its own keeps the key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from insights.exact import rounded
from insights.figures import Figure, Reason, Unit

Say = Callable[[str], str]
_ROUND = re.compile(r"l3\.(\d+)\.")
_NEED = re.compile(r"need\.(.+)\.(below|gap|mwds|rds)")
_MARK = re.compile(r">= (\d+(?:\.\d+)?)")
_WEIGHT = re.compile(r"(\d+(?:\.\d+)?) x (L1|L2|task|L3)")
_SERVICE = re.compile(r"l4\.(\w+)\.(before|after|change)")


def section_names(say: Say) -> Mapping[str, str]:
    """The sections of the sheet, in order."""
    _ = say
    return {
        "need": _("Need"),
        "reach": _("Reach"),
        "l1": _("Level 1: feedback"),
        "l2": _("Level 2: tests"),
        "task": _("Task"),
        "l3": _("Level 3: application"),
        "l4": _("Level 4: service"),
        "index": _("Index of success"),
    }


def name(key: str, say: Say, called: Mapping[str, str] = MappingProxyType({})) -> str:
    """What the figure is called. ``called``: competence to its name."""
    _ = say
    if found := _NEED.fullmatch(key):
        return f"{called.get(found[1], found[1])}: {_needs(say)[found[2]]}"
    if found := _SERVICE.fullmatch(key):
        return f"{_elements(say).get(found[1], found[1])}: {_changes(say)[found[2]]}"
    if found := _ROUND.match(key):
        plain = "l3." + key[found.end() :]
        return _("After {days} days: {name}").format(days=found[1], name=_names(say).get(plain, plain))
    return _names(say).get(key, key)


def formula(figure: Figure, say: Say) -> str:
    """How it was worked out; pass marks and the weights of the index are the office's and stand in it."""
    key = figure.key
    if found := _NEED.fullmatch(key):
        key = f"need.{found[2]}"
    elif found := _SERVICE.fullmatch(key):
        key = f"l4.{found[2]}"
    elif found := _ROUND.match(key):
        key = "l3." + key[found.end() :]
    elif key in {"l1.materi", "l1.pengajar", "l1.metode", "l1.sarana", "l1.keyakinan", "l1.l1"}:
        key = "l1.scale"
    words = _formulas(say).get(key, figure.formula)
    mark = _MARK.search(figure.formula)
    return words.format(mark=decimal(mark[1], say) if mark else "", weights=_weighted(figure.formula, say))


def _weighted(formula: str, say: Say) -> str:
    """ "0.15 x L1 + …" with the names of its parts: "0,15 × umpan balik + …"."""
    parts = _parts(say)
    return " + ".join(f"{decimal(weight, say)} × {parts[part]}" for weight, part in _WEIGHT.findall(formula))


def decimal(figures: str, say: Say) -> str:
    """ "66.25" as people write it."""
    whole, dot, places = figures.partition(".")
    return say("{whole}.{places}").format(whole=whole, places=places) if dot else whole


def shown(figure: Figure, say: Say) -> str:
    """Its value for the eye; "" where it is not shown."""
    if figure.value is None:
        return ""
    value = number(figure)
    percent = figure.unit == "share"
    return decimal(str(rounded(100 * figure.value, 1) if percent else value), say) + ("%" if percent else "")


def number(figure: Figure) -> Decimal | None:
    """Its value to write: a share with four places, others with two."""
    return None if figure.value is None else rounded(figure.value, 4 if figure.unit == "share" else 2)


def why(figure: Figure, say: Say) -> str:
    """Why it is not shown, or what belongs beside its value."""
    reason = "" if figure.reason is None else reasons(say)[figure.reason]
    note = "" if figure.note is None else _notes(say).get(figure.note, figure.note)
    return ". ".join(part for part in (reason, note) if part)


def _notes(say: Say) -> Mapping[str, str]:
    """The words beside a value."""
    _ = say
    return {
        "rendah": _("low"),
        "cukup": _("fair"),
        "baik": _("good"),
        "tetap maksimal": _("stays at the maximum"),
        "turun dari maksimal": _("fell from the maximum"),
    }


def line(figure: Figure, say: Say, called: Mapping[str, str] = MappingProxyType({})) -> str:
    """The figure in one line, columns apart by a tab."""
    _ = say
    people = "" if figure.n is None else f"n = {figure.n}"
    return "\t".join(
        (name(figure.key, say, called), shown(figure, say) or _("not shown"), people, why(figure, say))
    ).rstrip()


def units(say: Say) -> Mapping[Unit, str]:
    """What figures are measured in."""
    _ = say
    return {
        "share": _("share 0–1"),
        "points 0-100": _("points 0–100"),
        "points": _("points"),
        "scale 1-5": _("scale 1–5"),
        "scale 1-4": _("scale 1–4"),
        "scale 0-4": _("scale 0–4"),
        "score": _("score"),
        "ratio": _("ratio"),
    }


def reasons(say: Say) -> Mapping[Reason, str]:
    """Why a figure is not shown."""
    _ = say
    return {
        Reason.ABSENT: _("nothing was collected"),
        Reason.FEW: _("fewer than five people"),
        Reason.ONE_SIDE: _("fewer than five people on one side"),
        Reason.SMALL: _("too few answers for this figure"),
        Reason.UNDEFINED: _("not defined for these answers"),
        Reason.RESPONSE: _("fewer than half of those asked answered"),
        Reason.MISSING: _("a component is missing"),
    }


def _needs(say: Say) -> Mapping[str, str]:
    _ = say
    return {
        "below": _("below the standard"),
        "gap": _("mean gap"),
        "mwds": _("weighted need (Borich)"),
        "rds": _("ranked discrepancy"),
    }


def _elements(say: Say) -> Mapping[str, str]:
    """Elements of the satisfaction survey that a training can change."""
    _ = say
    return {"kompetensi": _("Competence of the officers"), "perilaku": _("Conduct of the officers")}


def _parts(say: Say) -> Mapping[str, str]:
    """The parts of the index, within its formula."""
    _ = say
    return {"L1": _("feedback"), "L2": _("tests"), "task": _("task"), "L3": _("application")}


def _changes(say: Say) -> Mapping[str, str]:
    _ = say
    return {"before": _("before the training"), "after": _("after the training"), "change": _("change")}


def _names(say: Say) -> Mapping[str, str]:
    _ = say
    return {
        "need.mwds": _("Need for the training"),
        "reach.enrolled": _("Had a place, of those it was meant for"),
        "reach.attended": _("Attended, of those who had a place"),
        "l1.materi": _("Material"),
        "l1.pengajar": _("Instructor"),
        "l1.metode": _("Method"),
        "l1.sarana": _("Facilities"),
        "l1.keyakinan": _("Confidence to apply it"),
        "l1.l1": _("Feedback as a whole"),
        "l1.nps": _("Would recommend it (NPS)"),
        "l1.alpha": _("Reliability (Cronbach's alpha)"),
        "l2.pre": _("Test before"),
        "l2.post": _("Test after"),
        "l2.gain": _("Gain"),
        "l2.hake": _("Normalised gain (Hake)"),
        "l2.passed": _("Passed the test after"),
        "task.assessed": _("Assessed, of those who had the task"),
        "task.score": _("Score of the task"),
        "task.passed": _("Passed the task"),
        "task.exact": _("Two assessors gave the same level"),
        "task.adjacent": _("Two assessors were at most one level apart"),
        "task.kappa": _("Agreement of two assessors (kappa)"),
        "l3.response": _("answered"),
        "l3.mean": _("how often it is applied"),
        "l3.applying": _("apply it often"),
        "l3.difference": _("participant − supervisor"),
        "l3.kappa": _("agreement with the supervisor (kappa)"),
        "index.l1": _("Part of feedback"),
        "index.l2": _("Part of tests"),
        "index.task": _("Part of the task"),
        "index.l3": _("Part of application"),
        "index.ikp": _("Index of programme success (IKP)"),
    }


def _formulas(say: Say) -> Mapping[str, str]:
    _ = say
    kappa = _("quadratic-weighted kappa, from 20 pairs on")
    return {
        "need.below": _("people at least one level below the standard / people"),
        "need.gap": _("mean of (required level − current level)"),
        "need.mwds": _("mean of (importance − current level) × mean importance"),
        "need.rds": _("100 × (people above − people below) / people"),
        "reach.enrolled": _("had a place / meant for"),
        "reach.attended": _("attended / had a place"),
        "l1.scale": _("mean of the people's means over its statements"),
        "l1.nps": _("% of 9–10 − % of 0–6, from 10 answers on"),
        "l1.alpha": _("k/(k−1) × (1 − sum of item variances / variance of totals), from 20 people on"),
        "l2.pre": _("mean score before, of those who sat both"),
        "l2.post": _("mean score after, of those who sat both"),
        "l2.gain": _("mean after − mean before"),
        "l2.hake": _("(mean after − mean before) / (100 − mean before)"),
        "l2.passed": _("score after ≥ {mark} / sat the test after"),
        "task.assessed": _("assessed / had the task"),
        "task.score": _("mean of: sum of weight × (level − 1) / 3"),
        "task.passed": _("score ≥ {mark} / assessed"),
        "task.exact": _("same level / levels given twice"),
        "task.adjacent": _("at most one level apart / levels given twice"),
        "task.kappa": kappa,
        "l3.response": _("answered / asked and still in the same work"),
        "l3.mean": _("mean of the people's means over their skills"),
        "l3.applying": _("people with a mean of 3 (often) or more / answered"),
        "l3.difference": _("mean of (participant − supervisor)"),
        "l3.kappa": kappa,
        "l4.before": _("mean of the element before"),
        "l4.after": _("mean of the element after"),
        "l4.change": _("mean after − mean before; n: the smaller"),
        "index.l1": _("(mean of the feedback − 1) × 25"),
        "index.l2": _("100 × the class's normalised gain, a loss is 0"),
        "index.task": _("mean score of the task"),
        "index.l3": _("mean frequency × 25, of the last round"),
        "index.ikp": _("{weights}; n: the smallest"),
    }
