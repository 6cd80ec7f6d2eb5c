"""The codebook: what every column means, in all languages, and what changed between the versions of a survey.

Rule of the file: pure; whoever finds only the exported file must be able to understand it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from reports._responses_columns import OTHER, Wording
from reports._responses_fields import SILENT, Field
from reports._responses_layout import Layout, Shape, own_names
from reports.base import Batch, Column, Row, Sheet
from reports.versions import what_changed
from surveys.comparing import compare
from surveys.survey import Survey, Texts

Say = Callable[[str], str]


def codebook_of(
    versions: Sequence[Survey], layout: Layout, shape: Shape, *, first: int
) -> tuple[list[Sheet], list[Batch]]:
    """The two sheets that explain the others, of which the first is sheet ``first``, and their rows."""
    _ = shape.wording.say
    languages = _spoken(versions, layout)
    labels = [Column(heading=_("Label ({language})").format(language=code), width=40, wrap=True) for code in languages]
    questions = [
        Column(heading=_("Sheet"), width=16),
        Column(heading=_("Column"), width=24),
        Column(heading=_("Type"), width=16),
        *labels,
        Column(heading=_("Choices"), width=40, wrap=True),
        Column(heading=_("Asked if"), width=32, wrap=True),
        Column(heading=_("Calculation"), width=24),
        Column(heading=_("Versions"), width=12),
        Column(heading=_("Changes"), width=40, wrap=True),
    ]
    choices = [
        Column(heading=_("Column"), width=24),
        Column(heading=_("Choice"), width=20),
        *labels,
        Column(heading=_("Versions"), width=12),
    ]
    book, list_ = layout.codebook
    return (
        [Sheet(book, tuple(questions)), Sheet(list_, tuple(choices))],
        [
            Batch(first, _question_rows(versions, layout, shape, languages)),
            Batch(first + 1, _choice_rows(versions, layout, languages)),
        ],
    )


def _spoken(versions: Sequence[Survey], layout: Layout) -> tuple[str, ...]:
    """Languages of the surveys in which some question or choice has a label; of one without any labels, all."""
    named = tuple(dict.fromkeys(code for survey in reversed(versions) for code in survey.languages))
    labelled = [field.question.label for field in layout.fields]
    labelled += [choice.label for field in layout.fields for choice in field.choices]
    return tuple(code for code in named if any(texts.get(code) for texts in labelled)) or named


def _question_rows(versions: Sequence[Survey], layout: Layout, shape: Shape, languages: tuple[str, ...]) -> list[Row]:
    changes = _changes(versions, shape.wording.say)
    paths = {repeat.path: layout.sheets[number].name for number, repeat in layout.repeats.items()}
    paths[()] = layout.sheets[0].name
    rows: list[Row] = [
        [None, name, None, *[meaning] * len(languages), None, None, None, None, None]
        for name, meaning in own_names(versions, shape, repeats=bool(layout.repeats))
    ]
    for field in layout.fields:
        question = field.question
        type_ = f"{question.type} {question.list_name}" if question.list_name else question.type
        rows.append(
            [
                paths[field.repeats],
                field.name,
                f"{type_} or_other" if field.or_other else type_,
                *_in_each(question.label, languages),
                "\n".join(f"{name} = {label}" for name, label in _choices(field, shape.wording)) or None,
                field.relevant or None,
                question.calculation or None,
                _spans(field.versions),
                "\n".join(changes.get(field.name, ())) or None,
            ]
        )
    return rows


def _choices(field: Field, wording: Wording) -> list[tuple[str, str]]:
    return [(name, label or name) for name, label in wording.choices(field).items()]


def _choice_rows(versions: Sequence[Survey], layout: Layout, languages: tuple[str, ...]) -> list[Row]:
    rows: list[Row] = []
    for field in layout.fields:
        standing: dict[str, list[int]] = {}
        for survey in versions:
            if survey.version in field.versions:
                question = survey.question(field.name)
                for name in [choice.name for choice in question.choices] + [OTHER] * question.or_other:
                    standing.setdefault(name, []).append(survey.version)
        labels = {choice.name: choice.label for choice in field.choices}
        rows += [
            [field.name, name, *_in_each(labels.get(name, {}), languages), _spans(sorted(set(found)))]
            for name, found in standing.items()
        ]
    return rows


def _in_each(texts: Texts, languages: tuple[str, ...]) -> list[str | None]:
    return [texts.get(code) or None for code in languages]


def _spans(versions: Sequence[int]) -> str:
    """1, 2, 3, 5 as "1–3, 5"."""
    spans: list[list[int]] = []
    for version in versions:
        if spans and version == spans[-1][-1] + 1:
            spans[-1][1:] = [version]
        else:
            spans.append([version])
    return ", ".join("–".join(map(str, span)) for span in spans)


def _changes(versions: Sequence[Survey], say: Say) -> dict[str, list[str]]:
    """Question to what became of it, a line for each version that changed it."""
    found: dict[str, list[str]] = {}
    for old, new in itertools.pairwise(versions):
        for compared in compare(old, new).questions:
            words = what_changed(compared, say)
            if words:
                found.setdefault(compared.name, []).append(f"{new.version}: {words}")
        before = {question.name: question.calculation for question in old.questions() if question.type in SILENT}
        for question in new.questions():
            if before.get(question.name, question.calculation) != question.calculation:
                _ = say
                found.setdefault(question.name, []).append(f"{new.version}: " + _("calculated in another way"))
    return found
