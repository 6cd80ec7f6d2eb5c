"""Two versions of a survey side by side: which answers can be counted together.

Rule of the file: a question keeps its answers comparable as long as its name, its type and the meaning of its choices
stay. Choices may be added (old answers stay true) and reworded (flagged: people may have understood it otherwise).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from surveys.survey import Choice, Question, Section, Survey

Standing = Literal["same", "reworded", "widened", "narrowed", "changed", "new", "gone"]
"""same: nothing that people saw or could answer changed. reworded: only words. widened: choices added.
narrowed: choices taken away, so old answers may hold what can no longer be said. changed: answers cannot be compared.
new, gone: in one version only."""

COMPARABLE: frozenset[Standing] = frozenset({"same", "reworded", "widened", "narrowed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One question in both versions."""

    name: str
    standing: Standing
    old_type: str = ""
    new_type: str = ""
    added: tuple[str, ...] = ()
    """Choices that are new."""
    removed: tuple[str, ...] = ()
    """Choices that are gone."""
    reworded: tuple[str, ...] = ()
    """Choices whose label changed in some language."""
    renamed: tuple[tuple[str, str], ...] = ()
    """Choices with the same labels under another name, old name first: their answers must be joined by hand."""
    label_changed: bool = False
    moved: bool = False
    """It is asked under another condition, so other people answer it."""

    @property
    def comparable(self) -> bool:
        """Whether answers of both versions may be counted together."""
        return self.standing in COMPARABLE


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every question of either version, those of the new one first, in its order."""

    questions: tuple[Compared, ...]

    def of(self, *standings: Standing) -> tuple[Compared, ...]:
        """Those that stand so."""
        return tuple(question for question in self.questions if question.standing in standings)

    @property
    def comparable(self) -> bool:
        """Whether every answer given so far can be counted together with the coming ones."""
        return all(question.comparable or question.standing == "new" for question in self.questions)


def compare(old: Survey, new: Survey) -> Comparison:
    """What became of each question between two versions. Notes and calculations are left out: nobody answers them."""
    before, after = _asked(old), _asked(new)
    found = [
        _compared(before[name], asked)
        if name in before
        else Compared(name=name, standing="new", new_type=asked.question.type)
        for name, asked in after.items()
    ]
    found += [
        Compared(name=name, standing="gone", old_type=asked.question.type)
        for name, asked in before.items()
        if name not in after
    ]
    return Comparison(tuple(found))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with what decides whether and how often it is asked, outermost first."""

    question: Question
    conditions: tuple[str, ...]
    repeats: tuple[str, ...]


_SILENT = frozenset({"note", "calculate", "hidden", "start", "end", "today", "deviceid", "username", "phonenumber"})


def _asked(survey: Survey) -> dict[str, _Asked]:
    found: dict[str, _Asked] = {}

    def take(items: tuple[Question | Section, ...], conditions: tuple[str, ...], repeats: tuple[str, ...]) -> None:
        for item in items:
            mine = (*conditions, item.relevant) if item.relevant else conditions
            if isinstance(item, Section):
                take(item.items, mine, (*repeats, item.name) if item.repeat else repeats)
            elif item.type not in _SILENT:
                found[item.name] = _Asked(item, mine, repeats)

    take(survey.items, (), ())
    return found


def _compared(was: _Asked, now: _Asked) -> Compared:
    old, new = was.question, now.question
    before, after = _by_name(old), _by_name(new)
    added = tuple(name for name in after if name not in before)
    removed = tuple(name for name in before if name not in after)
    reworded = tuple(name for name in after if name in before and _differs(before[name].label, after[name].label))
    label_changed = _differs(old.label, new.label) or _differs(old.hint, new.hint)
    standing: Standing
    if was.repeats != now.repeats or not _same_answers(old, new):
        standing = "changed"
    elif removed or (old.or_other and not new.or_other):
        standing = "narrowed"
    elif added or new.or_other != old.or_other:
        standing = "widened"
    else:
        standing = "reworded" if label_changed or reworded else "same"
    return Compared(
        name=new.name,
        standing=standing,
        old_type=old.type,
        new_type=new.type,
        added=added,
        removed=removed,
        reworded=reworded,
        renamed=_renamed(before, after, added, removed),
        label_changed=label_changed,
        moved=was.conditions != now.conditions,
    )


def _same_answers(old: Question, new: Question) -> bool:
    """Whether an answer means the same in both: an integer may become a decimal, a scale must keep its ends."""
    if old.type == new.type:
        return old.type != "range" or _scale(old) == _scale(new)
    return (old.type, new.type) == ("integer", "decimal")


def _scale(question: Question) -> tuple[str, str, str]:
    parameters = question.parameters
    return parameters.get("start", "1"), parameters.get("end", "10"), parameters.get("step", "1")


def _by_name(question: Question) -> dict[str, Choice]:
    return {choice.name: choice for choice in question.choices}


def _differs(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether a text changed in a language that both have; a new translation changes nothing."""
    return any(" ".join(one[code].split()) != " ".join(other[code].split()) for code in one.keys() & other.keys())


def _renamed(
    before: Mapping[str, Choice], after: Mapping[str, Choice], added: tuple[str, ...], removed: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (gone, come)
        for gone in removed
        for come in added
        if before[gone].label.keys() & after[come].label.keys() and not _differs(before[gone].label, after[come].label)
    )
