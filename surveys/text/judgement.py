"""How people judge a service in words of their own ("sonde puas") where the scale says it in others ("Tidak sesuai").

Rule of the file: the whole text is a degree and a judging word; what it means is asked back, never recorded at once.
"""

from __future__ import annotations

from surveys.text.choices import Table
from surveys.text.meaning import Meaning, perhaps
from surveys.text.vocabulary import HEDGES, INTENSIFIERS, INTRODUCING, POLITE, listed

_JUDGING = listed(
    "puas memuaskan baik bagus sesuai mudah gampang cepat ramah sopan kompeten jelas senang mantap bersih"
)
_RATHER = listed("cukup lumayan agak sudah")
_NOT_VERY = listed("terlalu begitu seberapa sangat")
_POOR, _FAIR = "buruk", "cukup"


def judged(table: Table, words: list[str]) -> Meaning | None:
    """The step that ``words`` come to on a scale like "Tidak mudah … Sangat mudah"; None where they judge nothing."""
    stem = _stem(table)
    degree = _degree(words)
    if stem is None or degree is None:
        return None
    wanted = {
        "not": (f"tidak {stem}",),
        "hardly": (f"kurang {stem}",),
        "yes": (stem,),
        "very": (f"sangat {stem}",),
    }[degree]
    instead = {"not": (_POOR,), "hardly": (_POOR, _FAIR)}.get(degree, ())
    found = _named(table, wanted) or _named(table, instead)
    return perhaps(*found) if found else None


def _named(table: Table, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for key in keys for name in table.keys.get(key, ()))


def _stem(table: Table) -> str | None:
    """The judging words that the steps share: "mudah"; None where the choices are no such scale."""
    found = [
        key
        for key in table.keys
        if f"sangat {key}" in table.keys and {word for word in key.split() if word != "dan"} <= _JUDGING
    ]
    return found[0] if len(found) == 1 else None


def _degree(words: list[str]) -> str | None:
    """ "not", "hardly", "yes" or "very"; None where anything else is said, or it is said in two ways."""
    said = " ".join(words).replace("sama sekali", "").split()
    utterly = len(said) != len(words)
    said = [word for word in said if word not in POLITE and word not in INTRODUCING and word not in HEDGES]
    places = [place for place, word in enumerate(said) if word in _JUDGING]
    if len(places) != 1:
        return None
    before, after = said[: places[0]], said[places[0] + 1 :]
    if after and (before or not set(after) <= INTENSIFIERS):
        return None
    if after:
        return "very"
    match before:
        case []:
            return None if utterly else "yes"
        case ["tidak"]:
            return "not"
        case ["kurang" | "belum"]:
            return "hardly"
        case ["tidak" | "kurang", word] if word in _NOT_VERY:
            return "hardly"
        case ["sangat"]:
            return "very"
        case [word] if word in _RATHER:
            return "yes"
        case _:
            return None
