"""A survey as published: frozen, versioned, made of questions, sections and choices.

Rule of the file: values only. Everything here is immutable, compares by content and can be written as
plain JSON (``surveys.notation``). Words are XLSForm's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Texts = Mapping[str, str]
"""One text in several languages: language code ("id") to text. Empty when there is none."""

Audience = Literal["asn", "warga", "stakeholder", "all"]
Anonymity = Literal["no", "choice", "always"]
ChatKind = Literal["", "nip", "phone", "name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One row of the choices sheet."""

    name: str
    label: Texts
    aliases: tuple[str, ...] = ()
    """Other words people type for it (column ``chat_aliases``, split by ``|``)."""
    media: Mapping[str, Texts] = field(default_factory=dict)
    """Kind ("image", "audio", "video") to file name by language."""
    filters: Mapping[str, str] = field(default_factory=dict)
    """Every other column, for ``choice_filter``."""
    row: int = field(default=0, compare=False)
    """Where it stands in the author's sheet: for messages, no part of its content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One row of the survey sheet that is not a group or a repeat, hidden and calculated ones included.

    ``type`` is XLSForm's word without the list name: "select_one", "text", "calculate", "start" …
    Expressions are kept as their author wrote them, with ``${name}``; "" means none.
    """

    name: str
    type: str
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    guidance_hint: Texts = field(default_factory=dict)
    media: Mapping[str, Texts] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    list_name: str = ""
    or_other: bool = False
    relevant: str = ""
    constraint: str = ""
    constraint_message: Texts = field(default_factory=dict)
    required: str = ""
    """"" = may be skipped, "true()" = must be answered, else an expression."""
    required_message: Texts = field(default_factory=dict)
    default: str = ""
    """A literal, or an expression where ``default_is_expression``."""
    default_is_expression: bool = False
    calculation: str = ""
    choice_filter: str = ""
    read_only: bool = False
    appearance: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    chat_kind: ChatKind = ""
    key: str = ""
    """Of a test: the name of the right choice (column ``key``). It is told to nobody who is asked."""
    form: str = ""
    """Of a test: which of its parallel forms the question stands in, "A" or "B" (column ``form``); "" in each."""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A group or a repeat: what stands between ``begin_group`` and ``end_group``."""

    name: str
    items: tuple[Question | Section, ...]
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    relevant: str = ""
    repeat: bool = False
    repeat_count: str = ""
    """Expression for how many repetitions there are; "" means the person is asked after each."""
    appearance: tuple[str, ...] = ()
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSettings:
    """The ``chat_*`` columns of the settings sheet."""

    opens: datetime | None = None
    closes: datetime | None = None
    audience: Audience = "all"
    anonymous: Anonymity = "no"
    once: bool = False
    editable: bool = False
    expires_days: int = 14
    """How long a half-filled session is kept, in days."""
    anonymous_question: str = ""
    """With ``anonymous="choice"``: the question whose choice "anonim" makes the session anonymous and "batal" ends it
    (column ``chat_anonymous_question``)."""
    anonymous_if: str = ""
    """With ``anonymous="choice"``: an expression over answers; nothing is kept with the person until every question it
    names is answered, and nothing at all if it is true (column ``chat_anonymous_if``)."""
    ends_if: str = ""
    """An expression over answers: once true the session ends without being sent (column ``chat_ends_if``)."""
    ticket: str = ""
    """Prefix of the ticket a finished response gets, e.g. "ALK" (column ``chat_ticket``); "" for none."""
    occasion: bool = False
    """It is about a training and is opened by that alone: it stands in no menu (column ``chat_occasion``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One published version of a survey. ``name`` is XLSForm's form_id, ``form_version`` its own version text."""

    name: str
    title: Texts
    items: tuple[Question | Section, ...]
    languages: tuple[str, ...] = ("id",)
    """The first is the default language."""
    version: int = 1
    """Counted by publishing: 1, 2, 3 …"""
    form_version: str = ""
    chat: ChatSettings = field(default_factory=ChatSettings)
    tables: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    """Choices lists that no question asks from: only ``pulldata`` looks into them. By list name."""

    def questions(self) -> Iterator[Question]:
        """Every question in the order of the sheet, those inside sections included."""
        yield from _questions(self.items)

    @property
    def keyed(self) -> tuple[Question, ...]:
        """The questions of a test that count; empty for what is no test."""
        return tuple(question for question in self.questions() if question.key)

    @property
    def forms(self) -> tuple[str, ...]:
        """The parallel forms of a test, in the order of the sheet; empty where it has but one."""
        return tuple(dict.fromkeys(question.form for question in self.questions() if question.form))

    def question(self, name: str) -> Question:
        """The question called ``name``. Raises KeyError."""
        for question in self.questions():
            if question.name == name:
                return question
        raise KeyError(name)


def _questions(items: tuple[Question | Section, ...]) -> Iterator[Question]:
    for item in items:
        if isinstance(item, Section):
            yield from _questions(item.items)
        else:
            yield item


def in_language(texts: Texts, language: str) -> str:
    """The text in ``language``, else in the first language there is, else ""."""
    if language in texts:
        return texts[language]
    return next(iter(texts.values()), "")
