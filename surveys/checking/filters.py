"""Choices that depend on an earlier answer: is there anything left to choose?

Rule of the file: what is tried is what the person can have answered; an answer that was passed over is not tried.
"""

from __future__ import annotations

from surveys.checking.form import Form, Spot
from surveys.checking.trial import Budget, Trial, Untried, trials_of
from surveys.expressions import Expression
from surveys.survey import Question


def check_filters(form: Form) -> None:
    """Filters that let no choice through, always or after some answer."""
    budget = Budget()
    for spot, question in form.questions():
        written = form.of(spot, "choice_filter")
        if written is None or written.expression is None or not question.choices:
            continue
        try:
            tried, empty = _tried(form, spot, question, written.expression, budget)
        except Untried:
            continue
        if tried and len(empty) == tried:
            _report_always(form, question)
        elif empty:
            _report_sometimes(form, question, empty[0], written.names)


def _tried(
    form: Form, spot: Spot, question: Question, condition: Expression, budget: Budget
) -> tuple[int, list[Trial]]:
    """How many conversations reach the question with all that the filter needs, and those that leave nothing."""
    gates = [
        written.expression
        for item in (spot.item, *spot.around)
        if (written := form.of(form.by_name[item.name], "relevant")) and written.expression
    ]
    trials = trials_of(form, [condition, *gates], budget, each=len(question.choices))
    if trials is None:
        gates = []
        trials = trials_of(form, [condition], budget, each=len(question.choices))
    reached = [
        trial for trial in trials or () if "" not in trial.answers.values() and all(gate.truth(trial) for gate in gates)
    ]
    return len(reached), [trial for trial in reached if not _any_choice(question, condition, trial)]


def _any_choice(question: Question, condition: Expression, trial: Trial) -> bool:
    for choice in question.choices:
        trial.choice = choice
        if condition.truth(trial):
            return True
    return False


def _report_always(form: Form, question: Question) -> None:
    _ = form.findings.say
    form.findings.error(
        "filter-empty",
        "survey",
        question.row,
        _('The choice_filter of "{name}" never leaves a choice.').format(name=question.name),
        _("Compare a column of the choices sheet with an answer, e.g. kota = ${{kota}}.").format(),
    )


def _report_sometimes(form: Form, question: Question, trial: Trial, names: frozenset[str]) -> None:
    _ = form.findings.say
    answers = ", ".join(f"{name} = {trial.answers[name]}" for name in sorted(names) if name in trial.answers)
    form.findings.warning(
        "filter-empty",
        "survey",
        question.row,
        _('The choice_filter of "{name}" leaves no choice for {answers}.').format(name=question.name, answers=answers),
        _("Add choices for it, or do not ask then: use relevant."),
    )
