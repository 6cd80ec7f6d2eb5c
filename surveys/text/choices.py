"""What the choices of a question can be called: their labels, aliases, numbers, and what is close to them.

Rule of the file: a table is made once for the choices that stand and kept; looking up a pressed button is one look into
a dictionary. Reading what was typed is for ``picking``.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from surveys.survey import Choice, in_language
from surveys.text.intervals import Interval, interval_of
from surveys.text.normal import cleaned, squeezed
from surveys.text.numerals import ONE_OF, ONES, SCALES, numeral_at, pieces
from surveys.text.vocabulary import RUN_TOGETHER, standard

_TOKEN = re.compile(r"<=|>=|[<>]|\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[,;+/&|.→\-:()\[\]?_]|[👍👎✅✔❌⭐★]")
_SIGNS = frozenset({"<=", ">=", "<", ">"})
_ROMAN = {
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "xi": "11",
    "xii": "12",
    "xiii": "13",
}
_ROMAN_AFTER_WORD = {"i": "1", "v": "5", "x": "10", **_ROMAN}
"""A roman number is one only after a word ("Manulai II") or before a stroke ("III/a")."""
_SHORT_NUMBER = re.compile(r"-?\d{1,2}")
GENERIC = frozenset({"kelurahan", "kecamatan", "desa", "kampung", "kantor", "kota"})
"""Words that only say what kind of place follows: "Kelurahan Alak"."""
_SEGMENTS = re.compile(r"\s*[,:(]\s*|\s[-–—]\s")
_MOST_KEPT = 50_000
"""Choices in all tables that are kept; the oldest tables go first."""


def tokens_of(text: str) -> list[str]:
    """The words, numbers and marks of ``text``: standard spelling, figures for number words, "kadang2" written out."""
    raw: list[str] = []
    end = -1
    for found in _TOKEN.finditer(cleaned(text)):
        token = found[0].replace("'", "")
        if token == "2" and found.start() == end and raw and len(raw[-1]) > 2 and raw[-1].isalpha():
            token = raw[-1]  # "kadang2"
        raw += RUN_TOGETHER.get(token) or (pieces(token) if token.isalpha() else [token])
        end = found.end()
    return _with_figures(raw)


def _with_figures(raw: list[str]) -> list[str]:
    tokens: list[str] = []
    place = 0
    while place < len(raw):
        token = raw[place]
        numeral = numeral_at(raw, place, whole=True) if token.isalpha() else None
        if numeral is not None and numeral.values and numeral.values[0] == int(numeral.values[0]):
            if not any(word in SCALES or word in ONE_OF for word in raw[place : numeral.end]):
                tokens.append(str(int(numeral.values[0])))
                place = numeral.end
                continue
            if token in ONES:
                tokens.append(str(ONES[token]))
                place += 1
                continue
        before = tokens[-1] if tokens else ""
        after = raw[place + 1] if place + 1 < len(raw) else ""
        if (token in _ROMAN_AFTER_WORD and before.isalpha() and len(before) > 2) or (token in _ROMAN and after == "/"):
            tokens.append(_ROMAN_AFTER_WORD[token])
        elif token.isdigit():
            tokens.append(token.lstrip("0") or "0")
        else:
            tokens.append(standard(token) if token.isalpha() else token)
        place += 1
    return tokens


def words_in(tokens: Iterable[str]) -> list[str]:
    """``tokens`` without punctuation."""
    return [token for token in tokens if token[0].isalnum() or token in _SIGNS]


@lru_cache(maxsize=4096)
def _words_of(label: str) -> tuple[str, ...]:
    """The words of a label, kept: the same labels come in many orders."""
    return tuple(words_in(tokens_of(label)))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of words that stands for a choice. ``strong``: it is its name, not only a part of it."""

    words: tuple[str, ...]
    name: str
    strong: bool = True


@dataclass(slots=True)
class Table:
    """Everything by which the choices of one question can be recognised, in one language."""

    choices: tuple[Choice, ...]
    order: tuple[str, ...] = ()
    """Names in the order shown."""
    lines: tuple[str, ...] = ()
    """Labels in that order, on one line each."""
    labels: dict[str, str] = field(default_factory=dict)
    """Name to label."""
    shown: tuple[str, ...] = ()
    """The number that stands before each choice."""
    numbers: dict[str, str] = field(default_factory=dict)
    """Shown number to name."""
    exact: dict[str, str] = field(default_factory=dict)
    """Label as it is written, and in small letters, to name, where it is the only one."""
    names: dict[str, str] = field(default_factory=dict)
    """Name in plain form to name."""
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Words of a label or alias to names."""
    weak: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Words of a part of a label to names."""
    joined: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Labels and aliases run together, without repeated letters."""
    patterns: dict[str, tuple[Pattern, ...]] = field(default_factory=dict)
    """First word to the rows of words that begin with it, the longest first."""
    beginnings: dict[str, list[str]] = field(default_factory=dict)
    """The first two letters of a word to the names that have such a word in their label."""
    label_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Name to the words of its label."""
    said: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Name to the words of its label and of each alias."""
    intervals: dict[str, Interval] = field(default_factory=dict)
    units: frozenset[str] = frozenset()
    ranged: bool = False
    """The choices are ranges of numbers, so that "15" may mean "10–19"."""
    yes: tuple[str, bool] | None = None
    """The choice that is a yes, and whether it says just that."""
    no: tuple[str, bool] | None = None


class _Kept:
    """Tables by the identity of their choices: published choices never change, and a table holds its choices, so that
    their ids stay theirs."""

    def __init__(self) -> None:
        self._tables: OrderedDict[tuple[object, ...], Table] = OrderedDict()
        self._size = 0

    def table(self, choices: tuple[Choice, ...], language: str) -> Table:
        key = (language, *map(id, choices))
        table = self._tables.get(key)
        if table is None:
            table = _made(choices, language)
            self._tables[key] = table
            self._size += len(choices) + 1
            while self._size > _MOST_KEPT and len(self._tables) > 1:
                self._size -= len(self._tables.popitem(last=False)[0])
        return table


_kept = _Kept()


def table_of(choices: tuple[Choice, ...], language: str) -> Table:
    """The table for these choices, made once and kept."""
    return _kept.table(choices, language)


def exactly(text: str, choices: tuple[Choice, ...], language: str) -> str | None:
    """The name of the choice whose label or alias the whole of ``text`` is; None if it is none or not the only one."""
    table = table_of(choices, language)
    name = table.exact.get(text.strip())
    if name is not None:
        return name
    names = table.keys.get(" ".join(words_in(tokens_of(text[:200]))), ())
    return names[0] if len(names) == 1 else None


def _made(choices: tuple[Choice, ...], language: str) -> Table:
    table = Table(choices, tuple(choice.name for choice in choices))
    table.labels = {choice.name: in_language(choice.label, language) or choice.name for choice in choices}
    table.lines = tuple(" ".join(table.labels[name].split()) for name in table.order)
    table.shown = shown_numbers(choices)
    table.numbers = dict(zip(table.shown, table.order, strict=True))
    raw: dict[str, set[str]] = {}
    small: dict[str, set[str]] = {}
    for name, label in table.labels.items():
        for written in {label.strip(), " ".join(label.split())}:
            raw.setdefault(written, set()).add(name)
            small.setdefault(written.lower(), set()).add(name)
    table.exact = {label: min(names) for label, names in (*small.items(), *raw.items()) if len(names) == 1}
    for choice in choices:
        table.names.setdefault(" ".join(_words_of(choice.name.replace("_", " "))), choice.name)
        table.names.setdefault(cleaned(choice.name), choice.name)
        table.label_words[choice.name] = _words_of(table.labels[choice.name])
        rows = (table.label_words[choice.name], *map(_words_of, choice.aliases))
        table.said[choice.name] = tuple(row for row in rows if row)
    _name(table, language)
    for name, rows in table.said.items():
        for start in {word[:2] for row in rows for word in row}:
            table.beginnings.setdefault(start, []).append(name)
    _measure(table)
    _take_sides(table)
    return table


def shown_numbers(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    """The number before each choice: its name where all names are short whole numbers, else 1, 2, 3 …"""
    names = [choice.name for choice in choices]
    if (
        names
        and all(_SHORT_NUMBER.fullmatch(name) for name in names)
        and len({int(name) for name in names}) == len(names)
    ):
        return tuple(str(int(name)) for name in names)
    return tuple(str(number) for number in range(1, len(names) + 1))


def _name(table: Table, language: str) -> None:
    """Fill in the words by which each choice is known: own label, then aliases, then other languages, then parts."""
    tiers: list[list[tuple[str, str]]] = [[], [], [], [], []]
    for choice in table.choices:
        label = table.labels[choice.name]
        tiers[0].append((choice.name, label))
        tiers[1] += [(choice.name, alias) for alias in choice.aliases]
        tiers[2] += [(choice.name, other) for code, other in choice.label.items() if code != language]
        if "/" in label and not any(char.isdigit() for char in label):
            tiers[3] += [(choice.name, part) for part in label.split("/")]
        tiers[4] += [(choice.name, part) for part in _SEGMENTS.split(label)[:1] if part and part != label]
        kind, _, place = label.partition(" ")
        if place and standard(kind.lower()) in GENERIC:
            tiers[4].append((choice.name, place))
    patterns: list[Pattern] = []
    for level, tier in enumerate(tiers):
        found: dict[str, dict[str, None]] = {}
        for name, said in tier:
            key = " ".join(_words_of(said))
            if key:
                found.setdefault(key, {})[name] = None
        target = table.weak if level == 4 else table.keys
        for key, owners in found.items():
            if key in table.keys or (level == 3 and len(owners) > 1):
                continue
            target[key] = tuple(owners)
            patterns += [Pattern(tuple(key.split()), name, strong=level < 4) for name in owners if len(owners) == 1]
    joined: dict[str, dict[str, None]] = {}
    for key, names in table.keys.items():
        if sum(word.isdigit() for word in key.split()) < 2:
            joined.setdefault(squeezed(key.replace(" ", "")), {}).update(dict.fromkeys(names))
    table.joined = {key: tuple(names) for key, names in joined.items()}
    by_first: dict[str, list[Pattern]] = {}
    for pattern in sorted(patterns, key=lambda pattern: (-len(pattern.words), not pattern.strong)):
        by_first.setdefault(pattern.words[0], []).append(pattern)
    table.patterns = {word: tuple(rows) for word, rows in by_first.items()}


def _measure(table: Table) -> None:
    units: set[str] = set()
    for choice in table.choices:
        for said in (table.labels[choice.name], *choice.aliases):
            found = interval_of(said)
            if found is not None:
                table.intervals[choice.name] = found[0]
                units |= found[1]
                break
    table.units = frozenset(units)
    table.ranged = len(table.intervals) > 1 and any(not interval.single for interval in table.intervals.values())


_YES_WORDS, _NO_WORDS = frozenset({"ya", "yes", "iya"}), frozenset({"tidak", "nomor"})  # "no" is read as "nomor"
_PAIRS = (
    ("sudah", "belum"),
    ("ada", "tidak ada"),
    ("benar", "salah"),
    ("betul", "salah"),
    ("hadir", "tidak dapat hadir"),
    ("setuju", "tidak setuju"),
)


def _take_sides(table: Table) -> None:
    """Which choice is a yes and which a no, where the question is of that kind."""
    heads: dict[str, str] = {}
    for name, label in table.labels.items():
        head = " ".join(_words_of(_SEGMENTS.split(label)[0]))
        heads[name] = head
    yes = [name for name, head in heads.items() if head in _YES_WORDS]
    no = [name for name, head in heads.items() if head in _NO_WORDS]
    if len(yes) == 1 and len(no) == 1:
        table.yes, table.no = (yes[0], True), (no[0], True)
        return
    if len(yes) == 1 and len(heads) == 2:
        other = next(name for name in heads if name != yes[0])
        table.yes = (yes[0], True)
        table.no = (other, False) if heads[other].split(" ")[0] in {"belum", "tidak", "bukan"} else None
        return
    if len(heads) != 2:
        return
    (first, one), (second, two) = heads.items()
    for yes_name, good, no_name, bad in ((first, one, second, two), (second, two, first, one)):
        if (good, bad) in _PAIRS or bad in {f"tidak {good}", f"belum {good}", f"bukan {good}", f"not {good}"}:
            table.yes, table.no = (yes_name, False), (no_name, False)
