"""Where a message belongs that is no wish about service: corruption, crime, an emergency. The words and the answers are
data of the district.

Rule of the file: pure. Words are looked for as whole words, wherever they stand; ``sogok*`` is any word that begins so.
The first entry that matches counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from surveys.survey import Texts
from surveys.text.normal import words
from surveys.text.vocabulary import standard


@dataclass(frozen=True, slots=True)
class Referral:
    """Words and phrases, and the place to turn to, in the person's language."""

    said: tuple[str, ...]
    text: Texts


def referral_for(text: str, referrals: Iterable[Referral]) -> Referral | None:
    """The entry whose words ``text`` holds; None if there is none."""
    plain = words(text)
    typed = (plain, [standard(word) for word in plain])
    for referral in referrals:
        if any(_holds(words_, _parts(phrase)) for phrase in referral.said for words_ in typed):
            return referral
    return None


@lru_cache(maxsize=1024)
def _parts(phrase: str) -> tuple[tuple[str, bool], ...]:
    """Each word in plain form, and whether anything may follow it."""
    return tuple((found[0], part.endswith("*")) for part in phrase.split() if (found := words(part)))


def _holds(typed: Sequence[str], phrase: tuple[tuple[str, bool], ...]) -> bool:
    if not phrase:
        return False
    return any(
        all(
            word.startswith(part) if open_ended else word == part
            for word, (part, open_ended) in zip(typed[start : start + len(phrase)], phrase, strict=True)
        )
        for start in range(len(typed) - len(phrase) + 1)
    )
