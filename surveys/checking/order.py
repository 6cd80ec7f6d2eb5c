"""Who depends on whom: calculations in a circle, questions that wait for what comes after them.

Rule of the file: a calculation stands for the questions it is made of. What waits for a later question is a warning,
because people can go back; what can never come true is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from surveys.checking.form import Form, Spot
from surveys.survey import Question, Section


def check_order(form: Form) -> None:
    """Circles and references forward."""
    circles = _check_circles(form)
    gates = _gates(form, circles)
    for written in form.written:
        if written.column == "calculation" or not isinstance(written.spot.item, Question | Section):
            continue
        later = [
            name
            for name in sorted(_sources(form, written.names, circles))
            if form.by_name[name].order > written.spot.order or name == written.spot.item.name
        ]
        if not later:
            continue
        if written.column == "relevant":
            _report_relevant(form, written.spot, later, gates)
        elif written.column in {"choice_filter", "repeat_count"}:
            _report_needed(form, written.spot, written.column, later[0])
        elif written.column in {"label", "hint", "default"} and later[0] != written.spot.item.name:
            _report_empty(form, written.spot, written.column, later[0])


def _check_circles(form: Form) -> frozenset[str]:
    """Report calculations that need themselves; the names in circles."""
    _ = form.findings.say
    needs = {
        written.spot.item.name: written.names
        for written in form.written
        if written.column == "calculation" and "once(" not in _source(written.spot)
    }
    found: set[str] = set()
    for name in needs:
        circle = _circle(name, needs)
        if not circle or name in found:
            continue
        found |= set(circle)
        form.findings.error(
            "circular",
            "survey",
            form.by_name[name].item.row,
            _("This calculation needs its own result: {circle}.").format(circle=" → ".join([*circle, name])),
            _("Break the circle: calculate from answers, not from each other."),
        )
    return frozenset(found)


def _source(spot: Spot) -> str:
    return spot.item.calculation if isinstance(spot.item, Question) else ""


def _circle(start: str, needs: Mapping[str, Iterable[str]]) -> list[str]:
    """The shortest way from ``start`` back to itself, [] if there is none."""
    paths = [[start]]
    seen: set[str] = set()
    for path in paths:
        for name in sorted(needs.get(path[-1], ())):
            if name == start:
                return path
            if name not in seen and name in needs:
                seen.add(name)
                paths.append([*path, name])
    return []


def _sources(form: Form, names: Iterable[str], circles: frozenset[str]) -> set[str]:
    """The questions that people answer behind these names."""
    found: set[str] = set()
    seen: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name in seen or name in circles:
            continue
        seen.add(name)
        spot = form.by_name[name]
        calculation = form.of(spot, "calculation")
        if calculation is not None:
            left.extend(calculation.names)
        elif spot.asks:
            found.add(name)
    return found


def _gates(form: Form, circles: frozenset[str]) -> dict[str, frozenset[str]]:
    """By question: those whose answers decide whether it is asked, through its sections and through theirs."""
    direct: dict[str, set[str]] = {}
    relevants = {id(written.spot.item): written.names for written in form.written if written.column == "relevant"}
    for spot in form.spots:
        names = [name for item in (spot.item, *spot.around) for name in relevants.get(id(item), ())]
        direct[spot.item.name] = _sources(form, names, circles)
    closed: dict[str, frozenset[str]] = {}
    for name, gates in direct.items():
        seen: set[str] = set()
        left = list(gates)
        while left:
            gate = left.pop()
            if gate not in seen:
                seen.add(gate)
                left.extend(direct.get(gate, ()))
        closed[name] = frozenset(seen)
    return closed


def _inside(form: Form, spot: Spot) -> set[str]:
    """The names that fall away with this question or section."""
    return {spot.item.name} | {
        other.item.name for other in form.spots if any(section is spot.item for section in other.around)
    }


def _report_relevant(form: Form, spot: Spot, later: list[str], gates: Mapping[str, frozenset[str]]) -> None:
    _ = form.findings.say
    mine = _inside(form, spot)
    for name in later:
        if name in mine or gates[name] & mine:
            form.findings.error(
                "unreachable",
                "survey",
                spot.item.row,
                _('"{name}" waits for "{other}", which is only asked after it.').format(
                    name=spot.item.name, other=name
                ),
                _("Correct one of the two conditions: neither can ever come true."),
            )
            return
    form.findings.warning(
        "forward",
        "survey",
        spot.item.row,
        _('"{name}" depends on "{other}", which is asked later.').format(name=spot.item.name, other=later[0]),
        _("Move it below, or it will be asked out of order."),
    )


def _report_needed(form: Form, spot: Spot, column: str, name: str) -> None:
    _ = form.findings.say
    form.findings.error(
        "forward",
        "survey",
        spot.item.row,
        _('{column} needs the answer to "{name}", which is asked later.').format(column=column, name=name),
        _("Move this row below that question."),
    )


def _report_empty(form: Form, spot: Spot, column: str, name: str) -> None:
    _ = form.findings.say
    form.findings.warning(
        "forward",
        "survey",
        spot.item.row,
        _('{column} shows the answer to "{name}", which is asked later and still empty here.').format(
            column=column, name=name
        ),
        _("Move this row below that question."),
    )
