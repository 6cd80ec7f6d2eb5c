"""What a form fills in before anybody answers: a default counts only where it is an answer to its question.

Rule of the file: pure; the type's own reading decides, so that nothing is kept by a button that could not be typed.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from surveys.messages import Text
from surveys.questions import Asking, QuestionType, Read
from surveys.survey import Question

FROM_LIST = frozenset({"select_one", "select_multiple", "rank"})


def read_back(kind: QuestionType, question: Question, value: str, asking: Asking) -> str:
    """The value as its type would keep it ("2.50" is 2.5); "" where that type does not read it."""
    if question.type in FROM_LIST:
        names = {choice.name for choice in asking.choices}
        return value if set(value.split()) <= names else ""
    shown = kind.dump(question, value, asking)
    for typed in dict.fromkeys((value, shown)):
        found = kind.parse(question, Text(typed), asking)
        if isinstance(found, Read) and (_same(found.value, value) or kind.dump(question, found.value, asking) == shown):
            return found.value
    return ""


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False
