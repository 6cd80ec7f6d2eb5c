"""A test: each question that counts has one right choice, and its parallel forms ask as much of the same.

Rule of the file: what would make scores wrong or unfair stands in the way of publishing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from surveys.checking.form import Form, Spot
from surveys.survey import Question, Section


def check_test(form: Form) -> None:
    """The columns ``key`` and ``form``, and the settings of what has them."""
    keyed = [(spot, question) for spot, question in form.questions() if question.key or question.form]
    for spot, question in keyed:
        _check_question(form, spot, question)
    if form.survey.keyed:
        _check_forms(form)
        _check_settings(form)


def _check_question(form: Form, spot: Spot, question: Question) -> None:
    _ = form.findings.say
    remedy = _("Write the name of the right choice into the column key, from the list of the question.")
    if question.type != "select_one":
        form.findings.error(
            "key-type",
            "survey",
            question.row,
            _("A question of a test is a select_one, and “{name}” is none.").format(name=question.name),
            _("Change its type, or empty its columns key and form."),
        )
    elif not question.key:
        form.findings.error(
            "key-missing",
            "survey",
            question.row,
            _("“{name}” stands in form {form} and has no key.").format(name=question.name, form=question.form),
            remedy,
        )
    elif question.key not in {choice.name for choice in question.choices}:
        form.findings.error(
            "key-unknown",
            "survey",
            question.row,
            _("The key “{key}” of “{name}” is no choice of its list.").format(key=question.key, name=question.name),
            remedy,
        )
    elif all(choice.name.isdecimal() for choice in question.choices):
        form.findings.error(
            "key-numbers",
            "survey",
            question.row,
            _(
                "The choices of “{name}” are called by numbers, which would show how they stand before being shuffled."
            ).format(name=question.name),
            _("Give them names in letters."),
        )
    elif question.relevant or any(section.relevant for section in spot.around):
        form.findings.error(
            "key-condition",
            "survey",
            question.row,
            _("“{name}” is asked on a condition, so not everybody would be marked alike.").format(name=question.name),
            _("Delete its relevant, and that of the group around it."),
        )


def _check_forms(form: Form) -> None:
    _ = form.findings.say
    forms = form.survey.forms
    if not forms:
        return
    if len(forms) != 2:
        form.findings.error(
            "forms-two",
            "survey",
            0,
            _("A test has two parallel forms, one before and one after; here are: {forms}.").format(
                forms=", ".join(forms)
            ),
            _("Write A or B into the column form, or leave the column away."),
        )
        return
    for section, questions in _groups(form.survey.items, ""):
        counted = Counter(question.form for question in questions if question.form)
        first, second = (counted[name] for name in forms)
        if first != second:
            where = _("in the group “{group}”").format(group=section) if section else _("outside groups")
            form.findings.error(
                "forms-unequal",
                "survey",
                next(question.row for question in questions if question.form),
                _("The forms differ {where}: {one} has {first} questions, {other} has {second}.").format(
                    where=where, one=forms[0], first=first, other=forms[1], second=second
                ),
                _("Ask as much of each topic in both forms: a group is a topic."),
            )


def _groups(items: tuple[Question | Section, ...], name: str) -> Iterator[tuple[str, list[Question]]]:
    """Each group and the questions that stand right in it."""
    yield name, [item for item in items if isinstance(item, Question)]
    for item in items:
        if isinstance(item, Section):
            yield from _groups(item.items, item.name)


def _check_settings(form: Form) -> None:
    _ = form.findings.say
    chat = form.survey.chat
    wanted = (
        (chat.anonymous == "no", "chat_anonymous", "no", _("the two tests of a person are compared")),
        (not chat.editable, "chat_editable", "no", _("what was sent stands")),
        (chat.once, "chat_once", "yes", _("each test is sat once")),
        (chat.occasion, "chat_occasion", "yes", _("it belongs to a training")),
    )
    for right, column, value, why in wanted:
        if not right:
            form.findings.error(
                "test-setting",
                "settings",
                2,
                _("A form with a key is a test: {why}.").format(why=why),
                _("Write {value} into {column}.").format(value=value, column=column),
            )
