"""The form as a whole: names, repeats, notes, appearances, chat settings that fit together.

Rule of the file: what a single row cannot know.
"""

from __future__ import annotations

import difflib

from surveys.checking.form import Form, Spot, expression_of
from surveys.errors import Problem
from surveys.findings import Say
from surveys.questions import known_types, type_of
from surveys.survey import Question, Section

MOST_REPETITIONS = 50

_REFUSED = ("search(", "image-map", "ex:", "printer")
_LOST = frozenset(
    {
        "signature", "draw", "annotate", "placement-map", "maps", "map", "bearing", "hidden-answer", "masked",
        "ethiopian", "coptic", "islamic", "bikram-sambat", "myanmar", "persian", "table-list",
    }
)  # fmt: skip
"""Appearances whose effect an author would miss in a chat."""
_KNOWN = frozenset(
    {
        "likert", "minimal", "quick", "quickcompact", "autocomplete", "compact", "columns", "columns-pack",
        "no-buttons", "horizontal", "horizontal-compact", "list", "list-nolabel", "label", "field-list",
        "multiline", "numbers",
        "thousands-sep", "rating", "stars", "picker", "vertical", "no-ticks", "no-calendar", "month-year", "year",
        "new", "new-front", "new-rear", "counter", "url", "distress", "hidden", "inline", "nps", "slider",
        "analog-scale",
    }
)  # fmt: skip


def check_structure(form: Form) -> None:
    """Names that clash, repeats that cannot end, notes that want an answer, settings without their question."""
    _check_names(form)
    for spot in form.spots:
        _check_appearance(form, spot)
        if isinstance(spot.item, Section):
            _check_repeat(form, spot)
        else:
            _check_question(form, spot, spot.item)
    _check_settings(form)
    _check_anonymity(form)
    if not any(spot.asks for spot in form.spots):
        _ = form.findings.say
        form.findings.warning(
            "nothing-asked",
            "survey",
            0,
            _("The form asks nothing."),
            _("Add at least one question that people answer."),
        )


def _check_names(form: Form) -> None:
    _ = form.findings.say
    seen: dict[str, Spot] = {}
    for spot in form.spots:
        name = spot.item.name
        twin = seen.setdefault(name.casefold(), spot)
        if twin is not spot:
            same = twin.item.name == name
            (form.findings.error if same else form.findings.warning)(
                "name-twice" if same else "names-alike",
                "survey",
                spot.item.row,
                _('The name "{name}" is already used in row {row}.').format(name=name, row=twin.item.row)
                if same
                else _('"{one}" and "{other}" differ in capital letters only.').format(one=twin.item.name, other=name),
                _("Give each question, group and repeat a name of its own in the whole form."),
            )
    for spot, question in form.questions():
        if question.or_other and f"{question.name}_other".casefold() in seen:
            form.findings.error(
                "other-name",
                "survey",
                spot.item.row,
                _('The words behind "other" are kept as "{name}", but a row is called so.').format(
                    name=f"{question.name}_other"
                ),
                _("Rename that row."),
            )


def _check_repeat(form: Form, spot: Spot) -> None:
    _ = form.findings.say
    section = spot.item
    if not isinstance(section, Section) or not section.repeat:
        return
    inside = [other for other in form.spots if any(around is section for around in other.around)]
    if not any(other.asks for other in inside):
        form.findings.error(
            "repeat-asks-nothing",
            "survey",
            section.row,
            _('The repeat "{name}" asks nothing, so it would never end.').format(name=section.name),
            _("Put a question into it, or make it a group."),
        )
    counted = form.of(spot, "repeat_count")
    if counted is not None and counted.names & {other.item.name for other in inside}:
        form.findings.error(
            "repeat-count-inside",
            "survey",
            section.row,
            _('How often "{name}" is repeated depends on an answer inside it.').format(name=section.name),
            _("Ask for the number before the repeat, or leave repeat_count empty."),
        )
    if section.repeat_count.isdigit() and not 1 <= int(section.repeat_count) <= MOST_REPETITIONS:
        form.findings.warning(
            "repeat-count",
            "survey",
            section.row,
            _('"{name}" would be repeated {number} times.').format(name=section.name, number=section.repeat_count),
            _("From 1 to {most} is what people bear in a chat.").format(most=MOST_REPETITIONS),
        )


def _check_question(form: Form, spot: Spot, question: Question) -> None:
    _ = form.findings.say
    row = question.row
    if question.type == "note" and question.required not in {"", "false()"}:
        form.findings.warning(
            "note-required",
            "survey",
            row,
            _('"{name}" is a note and cannot be answered, but it is required.').format(name=question.name),
            _("Empty the column required, or use acknowledge."),
        )
    if question.constraint and not question.constraint_message:
        form.findings.warning(
            "constraint-without-message",
            "survey",
            row,
            _('"{name}" has a constraint but no constraint_message.').format(name=question.name),
            _("Say in one sentence what is expected."),
        )
    if question.constraint_message and not question.constraint:
        form.findings.warning(
            "message-without-constraint",
            "survey",
            row,
            _('"{name}" has a constraint_message but no constraint.').format(name=question.name),
            _("Add the constraint, or delete the message."),
        )
    if question.chat_kind and question.type != "text":
        form.findings.error(
            "chat-kind-type",
            "survey",
            row,
            _("chat_kind {kind} is for text questions, not for {type}.").format(
                kind=question.chat_kind, type=question.type
            ),
            _("Change the type to text, or empty chat_kind."),
        )
    if question.choice_filter and question.or_other:
        form.findings.error(
            "filter-and-other",
            "survey",
            row,
            _("choice_filter and or_other cannot stand together."),
            _("Add a choice for other to the list, and a text question with relevant."),
        )
    _check_pair(form, spot, question)
    if question.type in known_types():
        for problem in _of_type(question, form.findings.say):
            form.findings.add(problem)


def _of_type(question: Question, say: Say) -> tuple[Problem, ...]:
    """What the question's own type has against it."""
    return type_of(question).check(question, say)


def _check_pair(form: Form, spot: Spot, question: Question) -> None:
    """``chat_pair`` joins a rating to the rating that follows it."""
    _ = form.findings.say
    partner = question.parameters.get("chat_pair", "")
    if not partner:
        return
    found = form.by_name.get(partner)
    between = form.spots[spot.order + 1 : found.order] if found else ()
    if (
        found is None
        or not isinstance(found.item, Question)
        or found.item.type != "select_one"
        or question.type != "select_one"
        or found.order <= spot.order
        or found.around != spot.around
        or any(other.asks for other in between)
    ):
        form.findings.error(
            "chat-pair",
            "survey",
            question.row,
            _('chat_pair names "{name}", which is not the select_one right after this one.').format(name=partner),
            _("Put two questions of type select_one one after the other, in the same group."),
        )


def _check_appearance(form: Form, spot: Spot) -> None:
    _ = form.findings.say
    for word in spot.item.appearance:
        if word.startswith(_REFUSED):
            form.findings.error(
                "appearance-refused",
                "survey",
                spot.item.row,
                _('The appearance "{name}" cannot be used in a chat.').format(name=word),
                _("Put the choices into the choices sheet or a .csv file and use choice_filter.")
                if word.startswith("search(")
                else _("Delete it."),
            )
            return
        if word in _LOST:
            form.findings.warning(
                "appearance-without-effect",
                "survey",
                spot.item.row,
                _('The appearance "{name}" changes nothing in a chat.').format(name=word),
                _("Leave it, it does no harm."),
            )
        elif word not in _KNOWN and not _is_width(word):
            near = difflib.get_close_matches(word, sorted(_KNOWN | _LOST), n=1, cutoff=0.75)
            form.findings.warning(
                "appearance-unknown",
                "survey",
                spot.item.row,
                _('The appearance "{name}" is not known.').format(name=word),
                _('Did you mean "{name}"?').format(name=near[0]) if near else _("Delete it, or leave it."),
            )


def _is_width(word: str) -> bool:
    start, _dash, number = word.rpartition("-")
    return (word[:1] == "w" and word[1:].isdigit()) or (start in {"columns", "compact"} and number.isdigit())


def _check_settings(form: Form) -> None:
    _ = form.findings.say
    chat = form.survey.chat
    for column, source in (("chat_anonymous_if", chat.anonymous_if), ("chat_ends_if", chat.ends_if)):
        if source:
            expression_of(form, source, None, "settings", 2, column)
    if not chat.anonymous_question:
        return
    spot = form.by_name.get(chat.anonymous_question)
    question = spot.item if spot else None
    if not isinstance(question, Question) or question.type != "select_one":
        form.findings.error(
            "anonymous-question",
            "settings",
            2,
            _('chat_anonymous_question names "{name}", which is no select_one of this form.').format(
                name=chat.anonymous_question
            ),
            _("Name the question that asks whether the answers are sent anonymously."),
        )
    elif "anonim" not in {choice.name for choice in question.choices}:
        form.findings.error(
            "anonymous-choice",
            "settings",
            2,
            _('The question "{name}" has no choice called anonim.').format(name=question.name),
            _("Add a choice with the name anonim to its list."),
        )


def _check_anonymity(form: Form) -> None:
    """Who may be anonymous is not asked who they are, but where a condition keeps the two apart."""
    _ = form.findings.say
    anonymous = form.survey.chat.anonymous
    for spot in form.spots:
        question = spot.item
        if anonymous == "no" or isinstance(question, Section) or not question.chat_kind:
            continue
        if anonymous == "choice" and (question.relevant or any(section.relevant for section in spot.around)):
            continue
        form.findings.warning(
            "anonymous-identity",
            "survey",
            question.row,
            _('"{name}" asks who somebody is (chat_kind), but answers may be anonymous.').format(name=question.name),
            _("Delete the question, or ask it only of those who are not anonymous (column relevant)."),
        )
