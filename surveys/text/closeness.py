"""How close typed words come to a label: some of its words, beginnings of them, or a near spelling.

Rule of the file: a negation is never guessed: "pernah" is not "belum pernah", "setuju" not "tidak setuju".
"""

from __future__ import annotations

from surveys.text.choices import GENERIC, Table
from surveys.text.distance import apart, tolerated
from surveys.text.vocabulary import FUNCTION_WORDS, NEGATIONS, listed

_SHORT_LIST, _MOST_COMPARED = 60, 300
OPPOSING = listed("tidak belum bukan non tanpa not kurang")


def candidates(table: Table, typed: list[str]) -> tuple[str, ...]:
    """The choices worth comparing: all of a short list; of a long one those with a word that begins alike."""
    if len(table.order) <= _SHORT_LIST:
        return table.order
    starts = {word[:2] for word in typed if word not in FUNCTION_WORDS and word not in GENERIC}
    found = dict.fromkeys(name for start in sorted(starts) for name in table.beginnings.get(start, ()))
    return tuple(found)[:_MOST_COMPARED]


def closest(table: Table, typed: list[str]) -> list[tuple[tuple[int, int, int], int, str]]:
    """The choices that ``typed`` comes close to, by label or alias, the closest first: (closeness, place, name)."""
    found = []
    for place, name in enumerate(candidates(table, typed)):
        scores = [score for row in table.said[name] if (score := closeness(typed, row)) is not None]
        if scores:
            found.append((min(scores), place, name))
    return sorted(found)


def closeness(typed: list[str], label: tuple[str, ...]) -> tuple[int, int, int] | None:
    """How close ``typed`` comes to a label as (kind, slips, words missing), smaller is closer; None if it is none.

    Kinds: 0 some of its words, 1 beginnings of its words, 2 a near spelling.
    """
    if not label:
        return None
    negated = {word for word in typed if word in NEGATIONS or word == "belum"}
    if negated - set(label):
        return None
    if (
        label[0] in OPPOSING
        and label[0] not in typed
        and not any(apart(word, label[0], 1) <= 1 for word in typed if len(word) > 3)
    ):
        return None  # "pernah" is not "belum pernah"
    one, other = "".join(typed), "".join(label)
    most = tolerated(max(len(one), len(other)))
    alike = most and len(one) > 3 and one[0] == other[0]
    slips = apart(one, other, most) if alike else most + 1
    words = _by_words(typed, label)
    if slips <= most and (words is None or words[0] == 2) and not _other_negation(typed, label):
        return (2, min(slips, words[1]) if words is not None else slips, 0)
    if words is None:
        return None
    missing = len([word for word in label if word not in GENERIC]) - len(typed)
    return (*words, max(0, missing) if words[0] != 1 else 0)


def _other_negation(typed: list[str], label: tuple[str, ...]) -> bool:
    return ("tidak" in label) != (
        "tidak" in typed or any(apart(word, "tidak", 1) <= 1 for word in typed if len(word) > 3)
    )


def _by_words(typed: list[str], label: tuple[str, ...]) -> tuple[int, int] | None:
    kind, slips, evidence = 0, 0, False
    free = list(label)
    for place, word in enumerate(typed):
        shortest = 1 if place and place == len(typed) - 1 else 3
        best = min((matched for own in free if (matched := _word_in(word, own, shortest)) is not None), default=None)
        if best is None:
            return None
        kind, slips = max(kind, best[0]), slips + best[1]
        evidence = evidence or (word not in FUNCTION_WORDS and best[2] not in FUNCTION_WORDS)
        free.remove(best[2])
    return (kind, slips) if evidence and slips <= tolerated(len("".join(label))) else None


def _word_in(word: str, own: str, shortest: int) -> tuple[int, int, str] | None:
    if word == own:
        return 0, 0, own
    if word.isdigit() or own.isdigit():
        return None
    if len(word) >= shortest and own.startswith(word):
        return 1, 0, own
    if len(word) > 3 and own.endswith(word):
        return 1, 0, own
    if len(own) > 3 and 0 < len(word) - len(own) <= 3 and (word.startswith(own) or word.endswith(own)):
        return 1, 0, own
    most = tolerated(max(len(word), len(own)))
    if not most or min(len(word), len(own)) < 4 or word[0] != own[0]:
        return None
    slips = apart(word, own, most)
    return (2, slips, own) if slips <= most else None
