"""The district's list of where else to turn: ``rujukan.csv`` of its catalog folder.

A row has words divided by strokes and what is said to whoever uses one of them, a column for each language. Rule of the
file: a district without the list refers nobody; a list that cannot be read stops the start with a sentence that says
what to mend.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

from handlers.referrals import Referral
from surveys.errors import SurveyError

FILE = "rujukan.csv"
WORDS = "words"
_TEXT = re.compile(r"text::.*\((\w{2,3})\)\s*")


def read(folder: Path, *, say: Callable[[str], str] = str) -> tuple[Referral, ...]:
    """The entries in the order of the list. ``say`` translates. Raises SurveyError."""
    _ = say
    path = folder / FILE
    if not path.is_file():
        return ()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SurveyError(_("{file} is not written in UTF-8. Save it as “CSV UTF-8”.").format(file=path)) from None
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    table = csv.DictReader(io.StringIO(text), delimiter=separator)
    languages = {heading: found[1] for heading in table.fieldnames or () if (found := _TEXT.fullmatch(heading))}
    if WORDS not in (table.fieldnames or ()) or not languages:
        words = _("{file} needs a column “{column}” and one like “text::Bahasa Indonesia (id)” in its first line.")
        raise SurveyError(words.format(file=path, column=WORDS))
    entries: list[Referral] = []
    for number, row in enumerate(table, start=2):
        said = tuple(part.strip() for part in (row[WORDS] or "").split("|") if part.strip())
        texts = {code: row[heading].strip() for heading, code in languages.items() if (row[heading] or "").strip()}
        if bool(said) != bool(texts):
            words = _("{file}, line {number}: words and a text belong together. Fill in both or neither.")
            raise SurveyError(words.format(file=path, number=number))
        if said:
            entries.append(Referral(said, texts))
    return tuple(entries)
