"""Yes and no as people say it here: "iya pak", "ho", "sonde", "gak", "👍".

Rule of the file: ``yes_no`` is for our own questions ("maksud Bapak/Ibu …?"), where "ok" and "betul" are a yes too;
``leaning`` tells those that are certain in any question from those that only lean to one side.
"""

from __future__ import annotations

from functools import lru_cache

from surveys.text.normal import cleaned, squeezed, words
from surveys.text.vocabulary import POLITE, phrases, standard

_YES = phrases(
    "ya|iya|y|yes|yess|yup|yap|yoi|yep|yeah|ye|iyo|io|yo|ho|hoo|hooh|heeh|he eh|ho oh|iye|iyah|yah|iyalah|yalah|"
    "betul|benar|bener|ya betul|ya benar"
)
_LEANS_TO_YES = phrases(
    "ok|oke|okay|okey|okeh|oky|okelah|baik|baiklah|siap|siapp|boleh|setuju|tentu|tentu saja|pasti|jelas|sip|mau|"
    "ada|bisa|correct|right|sure|true|lanjut|ya setuju|ya boleh|ya mau|ya ada|ya bisa|ya siap|ya oke|ya ok|ya baik|"
    "ya tentu|ya pasti|ya lanjut|itu|ya itu|yang itu|ya sudah|👍|✅|✔"
)
_NO = phrases("tidak|no|nope|nop|not|nay|tidak ah|no no")
_LEANS_TO_NO = phrases(
    "bukan|belum|t|n|tidak mau|tidak ada|tidak bisa|tidak boleh|tidak setuju|tidak usah|tidak perlu|"
    "tidak jadi|tidak lagi|jangan|salah|cukup|bukan itu|bukan begitu|false|wrong|not yet|tidak pernah|"
    "tidak sama sekali|sama sekali tidak|tidak ya|👎|❌"
)


def yes_no(text: str) -> bool | None:
    """True for a yes, False for a no, None for anything else, a /command too: the answer to a plain question of our
    own."""
    if text.lstrip()[:1] in {"/", "／"}:
        return None
    lean = leaning(text)
    return None if lean is None else lean[0]


@lru_cache(maxsize=1024)
def leaning(text: str) -> tuple[bool, bool] | None:
    """(yes or no, whether that holds in any question); None if ``text`` is neither."""
    if len(text) > 60:
        return None
    ways = _ways(text)
    for said in ways:
        if said in _YES:
            return True, True
        if said in _NO:
            return False, True
        if said in _LEANS_TO_YES:
            return True, False
        if said in _LEANS_TO_NO:
            return False, False
    for parts in (said.split() for said in ways):
        if len(parts) > 1 and all(part in _YES or part in _LEANS_TO_YES for part in parts):
            return True, all(part in _YES for part in parts)
    return None


def _ways(text: str) -> list[str]:
    """The text in plain words, then without the manners after and before it, then with repetitions taken out."""
    plain = cleaned(text)
    if "?" in plain:
        return []
    raw = words(text)
    if not raw:
        return [picture for picture in ("👍", "👎", "✅", "✔", "❌") if picture in plain]
    said = [word if word in {"no", "y", "n", "t"} else standard(word) for word in raw]
    ways = [" ".join(said)]
    start, end = 0, len(said)
    while (
        end - start > 1
        and said[end - 1] in POLITE
        and not (said[end - 1] in {"ya", "iya"} and said[start] not in {"ya", "iya"})
    ):
        end -= 1
        ways.append(" ".join(said[start:end]))
    while end - start > 1 and said[start] in POLITE - {"ya", "iya", "yaa"}:
        start += 1
        ways.append(" ".join(said[start:end]))
    if len(set(said)) == 1:
        ways.append(said[0])
    return [*ways, *(squeezed(way) for way in ways)]
