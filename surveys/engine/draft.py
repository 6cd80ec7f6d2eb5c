"""A session while one reply is worked on: the same fields, changeable, and the events so far.

Rule of the file: bookkeeping only. ``Session`` in, ``Step`` out; what to do is decided in ``walk`` and ``replies``.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from operator import attrgetter

from surveys.engine.playbook import OTHER, Enter, Item, Playbook
from surveys.events import Event, Step
from surveys.questions import Asking, shuffled
from surveys.session import Answer, Doing, Place, Session
from surveys.survey import Choice, in_language

_FIELDS = tuple(field.name for field in fields(Session))
_values_of = attrgetter(*_FIELDS)
_setters = tuple(getattr(Session, name).__set__ for name in _FIELDS)
_write_skipped, _write_closed, _write_waiting = (
    getattr(Session, name).__set__ for name in ("skipped", "closed", "waiting")
)


class Draft:
    """A session being worked on. It is also the ``Scope`` its expressions see."""

    survey: str
    version: int
    language: str
    started: datetime
    touched: datetime
    expires: datetime
    seed: int
    test: bool
    anonymous: bool
    doing: Doing
    at: Place | None
    answers: dict[Place, Answer]
    skipped: set[Place]
    repeats: dict[Place, int]
    closed: set[Place]
    selection: tuple[str, ...]
    candidates: tuple[str, ...]
    page: int
    tries: int
    rejected_id: str
    total: int
    turn: int
    album: str
    album_place: Place | None
    album_told: str
    waiting: set[str]
    last_raw: str
    facts: dict[str, str]
    resume_doing: Doing

    def __init__(
        self, playbook: Playbook, session: Session, *, say: Callable[[str], str], now: datetime, rng: random.Random
    ) -> None:
        self.__dict__.update(
            zip(_FIELDS, _values_of(session), strict=True)
        )  # setattr for each would cost four times as much
        self.answers = dict(session.answers)
        self.skipped = set(session.skipped)
        self.repeats = dict(session.repeats)
        self.closed = set(session.closed)
        self.waiting = set(session.waiting)
        self.playbook = playbook
        self.say = say
        self.now = now
        self._dice = rng
        self.events: list[Event] = []
        self.current = ""
        self.position: tuple[int, ...] = ()
        self._choice: Choice | None = None

    # ---- Scope: what an expression sees -------------------------------------------------------------

    @property
    def rng(self) -> random.Random:
        """Dice of this moment."""
        return self._dice

    def value(self, name: str, position: tuple[int, ...]) -> str:
        """Dumped value, "" if unanswered."""
        answer = self.answers.get((name, position))  # type: ignore[call-overload]  # a Place is that tuple
        return "" if answer is None else answer.value

    def count(self, repeat: str, position: tuple[int, ...]) -> int:
        """Repetitions so far."""
        return self.repeats.get(Place(repeat, position), 0)

    def label(self, question: str, choice: str) -> str:
        """Label of a choice in the person's language."""
        item = self.playbook.item(question)
        found = item.choices.get(choice)
        if found is None:
            return self._other() if item.adds_other and choice == OTHER else ""
        return in_language(found.label, self.language)

    def _other(self) -> str:
        _ = self.say
        return _("Other")

    def lookup(self, table: str, column: str, key_column: str, key: str) -> str:
        """A cell of a list of choices."""
        if table == "facts":
            return self.fact(column)
        for choice in self.playbook.tables.get(table, ()):
            if (choice.name if key_column == "name" else choice.filters.get(key_column, "")) == key:
                if column == "label":
                    return in_language(choice.label, self.language)
                return choice.name if column == "name" else choice.filters.get(column, "")
        return ""

    def fact(self, name: str) -> str:
        """What is known of the person."""
        return self.facts.get(name, "")

    def column(self, name: str) -> str:
        """A column of the choice that a choice_filter is looking at."""
        if self._choice is None:
            return ""
        if name == "name":
            return self._choice.name
        return in_language(self._choice.label, self.language) if name == "label" else self._choice.filters.get(name, "")

    # ---- questions ----------------------------------------------------------------------------------

    def stand(self, place: Place, current: str = "") -> Draft:
        """Evaluate from here: the position and "." of ``place``."""
        self.position = place.position
        self.current = current
        return self

    def choices(self, item: Item, place: Place) -> tuple[Choice, ...]:
        """Those that may be chosen now, in the order shown."""
        choices = self.playbook.choices(item, self._other()) if item.adds_other else item.question.choices
        if item.choice_filter is not None:
            choices = tuple(choice for choice in choices if self._passes(item, choice, place))
        if item.question.parameters.get("randomize") == "true":
            last = choices[-1:] if item.adds_other else ()
            choices = (*shuffled(choices[: len(choices) - len(last)], self._order_seed(item)), *last)
        return choices

    def _passes(self, item: Item, choice: Choice, place: Place) -> bool:
        self._choice = choice
        try:
            return item.choice_filter is None or item.choice_filter.truth(self.stand(place))
        finally:
            self._choice = None

    def _order_seed(self, item: Item) -> int:
        fixed = item.question.parameters.get("seed", "")
        if fixed.isdigit():
            return int(fixed)
        return self.seed ^ item.order

    def required(self, item: Item, place: Place) -> bool:
        """Whether the question must be answered now. Where every choice is filtered away it cannot be."""
        if not (item.always_required or (item.required is not None and item.required.truth(self.stand(place)))):
            return False
        return item.choice_filter is None or bool(self.choices(item, place))

    def broken(self, item: Item, place: Place, value: str) -> str:
        """Why ``value`` may not stand, as a sentence; "" if it may."""
        if item.constraint is None or item.constraint.truth(self.stand(place, value)):
            return ""
        template = item.constraint_message.template(self.language)
        if template is not None:
            return template.text(self.stand(place, value))
        return self.unfit()

    def unfit(self) -> str:
        """The sentence for an answer that a constraint without a message refuses."""
        _ = self.say
        return _("That answer does not fit this question.")

    def text(self, item: Item, place: Place) -> str:
        """The label as this person sees it."""
        template = item.label.template(self.language)
        return "" if template is None else template.text(self.stand(place))

    def section_text(self, op: Enter, place: Place) -> str:
        """The label of a group or repeat as this person sees it, its name where it has none."""
        template = op.label.template(self.language)
        return place.name if template is None else template.text(self.stand(place))

    def asking(self, item: Item, place: Place) -> Asking:
        """What the question's type needs to ask and read."""
        return Asking(
            language=self.language,
            say=self.say,
            now=self.now,
            choices=self.choices(item, place) if item.question.choices else (),
            required=self.required(item, place),
            selection=self.selection,
            page=self.page,
            turn=self.turn,
            accepts=lambda value: self.broken(item, place, value),
            label=self.text(item, place),
        )

    # ---- changes ------------------------------------------------------------------------------------

    def tell(self, *events: Event) -> None:
        """Note what happened."""
        self.events.extend(events)

    def put(self, place: Place, answer: Answer) -> bool:
        """Let ``answer`` stand, last of all. False if the value stood already."""
        old = self.answers.pop(place, None)
        self.answers[place] = answer
        self.skipped.discard(place)
        return old is None or old.value != answer.value or old.other != answer.other

    def forget(self, place: Place) -> Answer | None:
        """Take the answer away."""
        self.skipped.discard(place)
        return self.answers.pop(place, None)

    def calm(self) -> None:
        """Nothing half done stands any more: no selection, no doubt, no page, no failed try."""
        self.selection, self.candidates, self.page, self.tries, self.rejected_id = (), (), 0, 0, ""

    def step(self) -> Step:
        """The session as it is now, and what happened."""
        session = object.__new__(Session)  # field by field: half of what its __init__ takes for so many
        for write, value in zip(_setters, _values_of(self), strict=True):
            write(session, value)
        _write_skipped(session, frozenset(self.skipped))
        _write_closed(session, frozenset(self.closed))
        _write_waiting(session, frozenset(self.waiting))
        return Step(session, tuple(self.events))
