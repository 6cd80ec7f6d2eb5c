"""A survey made ready for talking: its expressions compiled, its questions in one line, who depends on whom.

Rule of the file: everything here is computed once when a version is loaded and never changes. A survey is a list of
``Op``s: ask a question, enter or leave a group, begin or end a repeat. Walking it is walking the survey.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from surveys.engine.counting import Alternatives, Condition, alternatives
from surveys.expressions import Expression, Node, Template, compile_expression, compile_template
from surveys.nodes import nodes_of
from surveys.questions import QuestionType, known_types, type_of
from surveys.session import Place
from surveys.survey import Choice, Question, Section, Survey, Texts

_PLAIN = frozenset({"select_one", "select_multiple", "text", "integer", "range"})
"""Types that show no day."""
SILENT = frozenset({"calculate", "hidden", "start", "end", "today", "deviceid", "username", "phonenumber", "audit"})
"""Types that ask nothing."""


OTHER = "other"
"""The choice that ``or_other`` adds, by the standard's name for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One text in several languages, its ``${name}`` compiled."""

    by_language: Mapping[str, Template]

    def template(self, language: str) -> Template | None:
        """In ``language``, else in the first there is; None without any text."""
        return self.by_language.get(language) or next(iter(self.by_language.values()), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question, ready."""

    question: Question
    node: Node
    kind: QuestionType | None
    """What asks and reads it; None for notes and for what asks nothing."""
    silent: bool
    unit: bool
    """Counts as one in "Sudah 10 dari 28"."""
    displayed: bool
    """``read_only``: it asks nothing, and its label and its value are told where it stands."""
    follows_up: bool = False
    """Hangs on the answer right before it and on nothing else, and nothing more does: it has the number of that."""
    label: Wording
    hint: Wording
    choices: Mapping[str, Choice]
    order: int
    relevant: Expression | None = None
    required: Expression | None = None
    always_required: bool = False
    constraint: Expression | None = None
    constraint_message: Wording
    required_message: Wording
    calculation: Expression | None = None
    default: Expression | None = None
    choice_filter: Expression | None = None
    adds_other: bool = False
    """The author wrote ``or_other`` and no choice of that name: it is added after the others."""
    plain: bool = False
    """What it looks like depends on nobody's answers, on no day and no dice: the same for all who stand there alike."""
    leans: bool = False
    """Its choices or its constraint look at other answers, so a change there may overturn its answer."""

    @property
    def name(self) -> str:
        """Of the question."""
        return self.question.name

    @property
    def asks(self) -> bool:
        """Whether a person answers it."""
        return self.kind is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enter:
    """The beginning of a group or repeat; ``leave`` is the index of its end."""

    section: Section
    relevant: Expression | None
    repeat_count: Expression | None
    label: Wording
    depth: int
    """How many repeats enclose it."""
    names: frozenset[str]
    """Questions inside."""
    repeats: frozenset[str]
    """Repeats inside, itself included."""
    leave: int = 0


@dataclass(frozen=True, slots=True)
class Leave:
    """The end of a group or repeat; ``enter`` is the index of its beginning."""

    enter: int


Op = Item | Enter | Leave


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """A survey, ready for talking."""

    survey: Survey
    nodes: Mapping[str, Node]
    ops: tuple[Op, ...]
    at: Mapping[str, int]
    """Question or section name to its index in ``ops``."""
    units: Mapping[str, int]
    """The same for the questions that count in "Sudah 10 dari 28" alone."""
    looks_ahead: frozenset[str]
    """Questions that something earlier refers to: changing them means walking from the top."""
    steers: frozenset[str]
    """Questions that some ``relevant`` refers to: changing them changes how many questions there are."""
    pairs: Mapping[str, str]
    """The second question of a pair to its first: "3 5" answers both."""
    always: int
    """How many questions count and are always asked."""
    perhaps: tuple[Alternatives, ...]
    """Those that count and are asked on conditions."""
    title: Texts
    tables: Mapping[str, tuple[Choice, ...]]
    """Lists of choices by name, for pulldata."""
    anonymous_if: Expression | None = None
    ends_if: Expression | None = None
    sealed: frozenset[str] = field(default_factory=frozenset)
    """Questions whose answers are stored encrypted: those of a chat_kind, and what repeats them (see ``_sealed``)."""
    _widened: dict[tuple[str, str], tuple[Choice, ...]] = field(default_factory=dict, compare=False, repr=False)

    def item(self, name: str) -> Item:
        """The question called ``name``. Raises KeyError."""
        op = self.ops[self.at[name]]
        if not isinstance(op, Item):
            raise KeyError(name)
        return op

    def choices(self, item: Item, other: str) -> tuple[Choice, ...]:
        """All choices of a question, the added one included; ``other`` is its label. The same tuple each time, so that
        what is made of it can be kept."""
        if not item.adds_other:
            return item.question.choices
        found = self._widened.get((item.name, other))
        if found is None:
            labels = dict.fromkeys(self.survey.languages, other)
            found = (*item.question.choices, Choice(name=OTHER, label=labels))
            self._widened[item.name, other] = found
        return found

    def items(self) -> Iterator[Item]:
        """Questions in order."""
        return (op for op in self.ops if isinstance(op, Item))


def compile_survey(survey: Survey) -> Playbook:
    """Make ``survey`` ready. Raises ExpressionError where ``check`` would have refused it."""
    return _Compiler(survey).playbook()


class _Compiler:
    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._nodes = nodes_of(survey)
        self._pairs = {q.parameters["chat_pair"]: q.name for q in survey.questions() if "chat_pair" in q.parameters}
        self._ops: list[Op] = []
        self._known = known_types()

    def playbook(self) -> Playbook:
        survey = self._survey
        self._add(survey.items, 0)
        self._number_together()
        at = {
            op.name if isinstance(op, Item) else op.section.name: index
            for index, op in enumerate(self._ops)
            if not isinstance(op, Leave)
        }
        items = [op for op in self._ops if isinstance(op, Item)]
        position = {item.name: item.order for item in items}
        looks_ahead: set[str] = set()
        steers: set[str] = set()
        for op in self._ops:
            if isinstance(op, Leave):
                continue
            here = op.order if isinstance(op, Item) else at[op.section.name]
            for expression in _expressions(op):
                looks_ahead |= {name for name in expression.names if position.get(name, -1) >= here}
            if op.relevant is not None:
                steers |= op.relevant.names
        steers = self._through_calculations(steers)
        counted = self._counted(at)
        return Playbook(
            survey=survey,
            nodes=self._nodes,
            ops=tuple(self._ops),
            at=at,
            units={item.name: item.order for item in items if item.unit},
            looks_ahead=frozenset(looks_ahead),
            steers=frozenset(steers),
            pairs=self._pairs,
            always=sum(not conditions for conditions in counted),
            perhaps=alternatives(conditions for conditions in counted if conditions),
            title=survey.title,
            tables={
                **survey.tables,
                **{item.question.list_name: item.question.choices for item in items if item.question.list_name},
            },
            anonymous_if=self._expression(survey.chat.anonymous_if, None),
            ends_if=self._expression(survey.chat.ends_if, None),
            sealed=_sealed(items),
        )

    def _number_together(self) -> None:
        """A single question that follows another up has its number: 3, then 3b."""
        asking = [op for op in self._ops if isinstance(op, Item) and op.asks]
        for before, item, after in zip(asking, asking[1:], [*asking[2:], None], strict=False):
            on_it = item.relevant is not None and item.relevant.names == {before.name}
            beside = before.node.sections == item.node.sections
            alone = after is None or after.relevant is None or before.name not in after.relevant.names
            counts = before.unit and not self._follows_up(before)
            if on_it and beside and alone and counts and item.unit and "chat_pair" not in item.question.parameters:
                self._ops[item.order] = replace(item, unit=False, follows_up=True)

    def _follows_up(self, item: Item) -> bool:
        found = self._ops[item.order]
        return isinstance(found, Item) and found.follows_up

    def _counted(self, at: Mapping[str, int]) -> list[tuple[Condition, ...]]:
        """The conditions of each question that counts, in order."""
        found: list[tuple[Condition, ...]] = []
        around: list[Condition | None] = []
        for op in self._ops:
            if isinstance(op, Leave):
                around.pop()
                continue
            own = None
            if op.relevant is not None:
                name, depth = (op.name, len(op.node.repeats)) if isinstance(op, Item) else (op.section.name, op.depth)
                last = max((at[by] for by in self._through_calculations(set(op.relevant.names))), default=-2)
                own = Condition(op.relevant, Place(name, (1,) * depth), last)
            if isinstance(op, Enter):
                around.append(own)
            elif op.unit:
                found.append(tuple(condition for condition in (*around, own) if condition is not None))
        return found

    def _through_calculations(self, names: set[str]) -> set[str]:
        found = set(names)
        while True:
            more = {
                name
                for op in self._ops
                if isinstance(op, Item) and op.calculation is not None and op.name in found
                for name in op.calculation.names
            }
            if more <= found:
                return found
            found |= more

    def _add(self, items: tuple[Question | Section, ...], depth: int) -> None:
        for item in items:
            if isinstance(item, Question):
                self._ops.append(self._item(item))
                continue
            node = self._nodes[item.name]
            enter = len(self._ops)
            self._ops.append(Leave(enter))  # holds the place until its end is known
            self._add(item.items, depth + (1 if item.repeat else 0))
            self._ops[enter] = Enter(
                section=item,
                relevant=self._expression(item.relevant, node),
                repeat_count=self._expression(item.repeat_count, node),
                label=self._wording(item.label, node),
                depth=depth,
                names=frozenset(op.name for op in self._ops[enter + 1 :] if isinstance(op, Item)),
                repeats=frozenset(
                    section.name
                    for section in (item, *(op.section for op in self._ops[enter + 1 :] if isinstance(op, Enter)))
                    if section.repeat
                ),
                leave=len(self._ops),
            )
            self._ops.append(Leave(enter))

    def _item(self, question: Question) -> Item:
        node = self._nodes[question.name]
        kind = type_of(question) if question.type in self._known else None
        silent = question.type in SILENT or (kind is not None and question.read_only)
        always = question.required.strip() in {"true()", "yes", "true", "1"}
        constraint = self._expression(question.constraint, node)
        choice_filter = self._filter(question, node)
        label, hint = self._wording(question.label, node), self._wording(question.hint, node)
        leans = bool((constraint and constraint.names - {question.name}) or (choice_filter and choice_filter.names))
        return Item(
            question=question,
            node=node,
            kind=None if silent else kind,
            silent=silent,
            unit=kind is not None and not silent and question.name not in self._pairs,
            displayed=kind is not None and silent and not question.calculation,
            label=label,
            hint=hint,
            choices={choice.name: choice for choice in question.choices},
            order=len(self._ops),
            relevant=self._expression(question.relevant, node),
            required=None if always else self._expression(question.required, node),
            always_required=always,
            constraint=constraint,
            constraint_message=self._wording(question.constraint_message, node),
            required_message=self._wording(question.required_message, node),
            calculation=self._expression(question.calculation, node),
            default=self._expression(question.default, node) if question.default_is_expression else None,
            choice_filter=choice_filter,
            adds_other=question.or_other and all(choice.name != OTHER for choice in question.choices),
            plain=question.type in _PLAIN
            and not question.default
            and choice_filter is None
            and question.parameters.get("randomize") != "true"
            and (always or not question.required.strip())
            and not any(text.names for wording in (label, hint) for text in wording.by_language.values()),
            leans=leans,
        )

    def _expression(self, source: str, node: Node | None) -> Expression | None:
        return compile_expression(source, nodes=self._nodes, here=node) if source.strip() else None

    def _filter(self, question: Question, node: Node) -> Expression | None:
        if not question.choice_filter.strip():
            return None
        columns = {"name", "label"}.union(*(choice.filters for choice in question.choices))
        return compile_expression(question.choice_filter, nodes=self._nodes, here=node, columns=columns)

    def _wording(self, texts: Texts, node: Node) -> Wording:
        return Wording(
            by_language={
                language: compile_template(text, nodes=self._nodes, here=node) for language, text in texts.items()
            }
        )


def _sealed(items: Sequence[Item]) -> frozenset[str]:
    """What a chat_kind asks for, and what a calculation or a default makes of it, however many steps away."""
    found = {item.name for item in items if item.question.chat_kind}
    made_from = {
        item.name: {name for made in (item.calculation, item.default) if made is not None for name in made.names}
        for item in items
    }
    while more := {name for name, names in made_from.items() if name not in found and names & found}:
        found |= more
    return frozenset(found)


def _expressions(op: Item | Enter) -> Iterator[Expression]:
    """Those whose result decides where the walk goes."""
    found = (
        (op.relevant, op.calculation, op.choice_filter, op.constraint)
        if isinstance(op, Item)
        else (op.relevant, op.repeat_count)
    )
    return (expression for expression in found if expression is not None)
