"""Which choices a text means where several may be chosen or put into an order: "1,3 dan 5", "KTP/KK", "3 > 1 > 2".

Rule of the file: everything said must be understood, or nothing is taken: one number that does not exist, one
unknown word or a negation makes the whole text unreadable. Numbers and whole labels are certain, parts of labels are
asked back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from surveys.text.choices import GENERIC, Pattern, Table, tokens_of, words_in
from surveys.text.closeness import closest
from surveys.text.meaning import NOTHING, Meaning, certain, perhaps
from surveys.text.normal import LONGEST, cleaned
from surveys.text.numbers import label_words
from surveys.text.picking import ORDINALS, same_meaning
from surveys.text.vocabulary import HEDGES, INTRODUCING, NEGATIONS, NUMBERING, POLITE, listed, standard

_JOINING = listed(
    "dan dengan sama serta lalu terus trus kemudian habis plus juga then setelah next disusul lantas baru abis dulu"
)
_RANGE = listed("- sampai hingga sd to")
_ALL = listed("semua semuanya all seluruhnya smua")
_ENUMERATING = frozenset({".", ")", ":", "-"})
_MARKS = (" → ", ";", ",")
_PLAIN_LIST = re.compile(r"[1-9][0-9]?(?: ?, ?[1-9][0-9]?)+")
_STUCK = re.compile(r"(?P<before>[a-z]+)?(?P<figure>\d+)(?P<after>[a-z]+)?")
_LONGEST = LONGEST * 5
_MOST_WORDS = 10
_MOST = 60


@dataclass(slots=True)
class _Pick:
    name: str
    number: str = ""
    """The number that stood before a label: "1. Layanan digital"."""
    label: str = ""
    """The choice of that label, which need not be the one of that number."""

    @property
    def torn(self) -> bool:
        """Number and label name two choices."""
        return self.label not in {"", self.name}


@dataclass(slots=True)
class _Reading:
    ordered: bool
    asked: frozenset[str]
    """The words of the question."""
    picks: list[_Pick] = field(default_factory=list)
    sure: bool = True


def pick_several(table: Table, text: str, *, label: str = "") -> Meaning:
    """The names of the choices that ``text`` means, in the order shown, separated by spaces.

    ``label``: the question, whose words an answer may repeat ("tidak ada hambatan").
    """
    plain = _plain_list(table, text)
    if plain is not None:
        return plain
    named = _labels(table, text)
    if named is not None:
        return certain(" ".join(name for name in table.order if name in named))
    whole = _whole(table, text)
    if whole is not None:
        return whole
    reading = _read(table, text, ordered=False, asked=label_words(label))
    if reading is None or not reading.picks:
        return same_meaning(table, text)
    sure = reading.sure and not any(pick.torn for pick in reading.picks)
    if _enumerated(reading.picks):
        chosen = {pick.label for pick in reading.picks}
    else:
        chosen = {name for pick in reading.picks for name in (pick.name, pick.label) if name}
    value = " ".join(name for name in table.order if name in chosen)
    return certain(value) if sure else perhaps(value)


def _labels(table: Table, text: str) -> list[str] | None:
    """Labels as they are written, with one kind of mark between: what a review shows."""
    for mark in _MARKS:
        if mark in text:
            named = [
                table.exact.get(part.strip()) or table.exact.get(part.strip().lower()) for part in text.split(mark)
            ]
            if None not in named:
                return [name for name in named if name is not None]
    return None


def _plain_list(table: Table, text: str) -> Meaning | None:
    """Numbers with commas and nothing else: what most people type."""
    if _PLAIN_LIST.fullmatch(text) is None or table.ranged:
        return None
    chosen = {table.numbers.get(figure.strip()) for figure in text.split(",")}
    return None if None in chosen else certain(" ".join(name for name in table.order if name in chosen))


def pick_order(table: Table, text: str, *, count: int) -> Meaning:
    """The names of ``count`` choices in the order given, separated by spaces."""
    named = _labels(table, text)
    if named is not None and len(named) == count and len(set(named)) == count:
        return certain(" ".join(named))
    reading = _read(table, text, ordered=True, asked=frozenset())
    if reading is None:
        return _stuck(table, text, count=count)
    if _enumerated(reading.picks):
        names = [pick.label for pick in reading.picks]
    elif any(pick.torn for pick in reading.picks):
        return NOTHING
    else:
        names = [pick.name for pick in reading.picks]
    if len(names) != count or len(set(names)) != count:
        return _stuck(table, text, count=count)
    value = " ".join(names)
    return certain(value) if reading.sure else perhaps(value)


def _stuck(table: Table, text: str, *, count: int) -> Meaning:
    """Figures without a space, where each is a choice: "3124"."""
    words = words_in(tokens_of(text[:LONGEST]))
    if len(words) != 1 or not words[0].isdigit() or len(words[0]) != count or count < 2 or len(set(words[0])) != count:
        return NOTHING
    names = [table.numbers.get(figure) for figure in words[0]]
    return NOTHING if None in names else perhaps(" ".join(name for name in names if name is not None))


def _whole(table: Table, text: str) -> Meaning | None:
    """The text is one label or alias, commas and all."""
    stripped = text.strip()
    name = table.exact.get(stripped) or table.exact.get(stripped.lower())
    if name is not None:
        return certain(name)
    if len(text) > LONGEST:
        return None
    words = words_in(tokens_of(text))
    while len(words) > 1 and words[-1] in POLITE:
        words = words[:-1]
    names = table.keys.get(" ".join(words), ())
    if len(names) == 1 and not (len(words) > 1 and all(word.isdigit() for word in words)):
        return certain(names[0])
    return perhaps(*names) if len(names) > 1 else None


def _enumerated(picks: list[_Pick]) -> bool:
    """Each label has a number before it, and these only count: 1, 2, 3."""
    return (
        len(picks) > 1
        and all(pick.label for pick in picks)
        and [pick.number for pick in picks] == [str(n) for n in range(1, len(picks) + 1)]
    )


def _read(table: Table, text: str, *, ordered: bool, asked: frozenset[str]) -> _Reading | None:
    if len(text) > _LONGEST or _stuck_to_figure(text):
        return None
    tokens = ["dan" if token == "&" else token for token in tokens_of(text.replace("\n", ";"))]
    if len(tokens) > _MOST * 4:
        return None
    reading = _Reading(ordered, asked)
    place = 0
    while place < len(tokens):
        step = _step(table, tokens, place, reading)
        if step is None and tokens[place] in asked - NEGATIONS:
            step, reading.sure = place + 1, False
        if step is None or len(reading.picks) > _MOST:
            return None
        place = step
    reading.sure = reading.sure and not (tokens and tokens[-1] in _JOINING)
    return reading


def _stuck_to_figure(text: str) -> bool:
    """Letters stuck to a figure make it another thing ("1e2"), joining words apart ("1dan3"), and words said twice."""
    for found in _STUCK.finditer(cleaned(text)):
        before, after = found["before"], found["after"]
        if after and standard(after) not in _JOINING | POLITE - {"e"}:
            return True
        if before and standard(before) not in _JOINING | NUMBERING and not (found["figure"] == "2" and len(before) > 2):
            return True
    return False


def _step(table: Table, tokens: list[str], place: int, reading: _Reading) -> int | None:  # noqa: PLR0911 -- one line a kind of word
    """Read what stands at ``place``; where to go on, or None if it cannot be understood."""
    token = tokens[place]
    matched = _label_at(table, tokens, place)
    if matched is not None:
        return _label(table, tokens, place, matched, reading)
    if token.isdigit():
        return _number(table, tokens, place, reading)
    if token == "?":
        reading.sure = False
        return place + 1
    if not token[0].isalnum():
        return None if token in {"<", "<=", ">="} else place + 1
    if token in NEGATIONS or token == "belum":
        return _near(table, tokens, place, reading)
    if token == "atau":
        return None
    if token in HEDGES:
        reading.sure = False
        return place + 1
    if token in ORDINALS:
        if not reading.ordered:
            return _take_number(table, str(ORDINALS[token]), reading, place + 1)
        reading.sure = False
        return place + 1
    if token in _ALL:
        if reading.ordered or reading.picks:
            return None
        reading.picks += [_Pick(name) for name in table.order]
        reading.sure = False
        return place + 1
    if token in _JOINING or token in NUMBERING:
        return place + 1
    if token in POLITE or token in INTRODUCING or token in GENERIC:
        return place + 1
    return _near(table, tokens, place, reading)


def _label_at(table: Table, tokens: list[str], place: int) -> tuple[Pattern, int] | None:
    """The longest label or alias that begins at ``place``; marks between its words do not count."""
    for pattern in table.patterns.get(tokens[place], ()):
        at = place
        for word in pattern.words:
            while at < len(tokens) and not tokens[at][0].isalnum() and tokens[at] != word:
                at += 1
            if at >= len(tokens) or tokens[at] != word:
                break
            at += 1
        else:
            if pattern.words[0].isdigit() and len(pattern.words) == 1 and tokens[place] in table.numbers:
                return None
            return pattern, at
    return None


def _number(table: Table, tokens: list[str], place: int, reading: _Reading) -> int | None:
    token = tokens[place]
    before = tokens[place - 1] if place else ""
    figure = "-" + token if before == "-" and (place == 1 or not tokens[place - 2].isdigit()) else token
    if figure not in table.numbers and before == "-" and figure != token:
        return None
    link = tokens[place + 1] if place + 1 < len(tokens) else ""
    following = tokens[place + 2] if place + 2 < len(tokens) else ""
    if link == "s" and following in {"/", "."}:  # "1 s/d 3"
        following = tokens[place + 4] if tokens[place + 3 : place + 4] == ["d"] and place + 4 < len(tokens) else ""
        return _spread(table, token, following, reading, place + 5)
    if link in _RANGE and following.isdigit():
        chain = (
            link == "-"
            and tokens[place + 3 : place + 4] == ["-"]
            and tokens[place + 4 : place + 5][:1]
            and tokens[place + 4].isdigit()
        )
        if before != "-" and not chain:
            return _spread(table, token, following, reading, place + 3)
        reading.sure = False
    elif before == "-" and place > 1 and tokens[place - 2].isdigit():
        reading.sure = False
    at = place + 1
    while at < len(tokens) and tokens[at] in _ENUMERATING:
        at += 1
    matched = _label_at(table, tokens, at) if at < len(tokens) else None
    name = table.numbers.get(figure)
    if matched is not None:
        pattern, end = matched
        reading.picks.append(_Pick(name or "", number=token, label=pattern.name))
        reading.sure = reading.sure and pattern.strong
        return end
    if reading.ordered and at > place + 1 and at < len(tokens):  # "1. data 2. digital": the figures may only count
        for until in range(_span(tokens, at), at, -1):
            near = _closest(table, tokens[at:until])
            if near is not None:
                reading.picks.append(_Pick(name or "", number=token, label=near))
                reading.sure = False
                return until
    return _take_number(table, figure, reading, place + 1)


def _take_number(table: Table, figure: str, reading: _Reading, end: int) -> int | None:
    name = table.numbers.get(figure)
    if name is None:
        return None
    reading.picks.append(_Pick(name))
    return end


def _spread(table: Table, first: str, last: str, reading: _Reading, end: int) -> int | None:
    """From one to another: "1 sampai 3"; asked back, since some mean 1 and 3."""
    shown = list(table.shown)
    if first not in shown or last not in shown or shown.index(first) >= shown.index(last):
        return None
    reading.picks += [_Pick(table.numbers[figure]) for figure in shown[shown.index(first) : shown.index(last) + 1]]
    reading.sure = False
    return end


def _label(table: Table, tokens: list[str], place: int, matched: tuple[Pattern, int], reading: _Reading) -> int | None:
    """A label; but "tidak ada info" is nearer to "Tidak ada informasi", and "tidak ada biaya" is not "Tidak ada"."""
    pattern, end = matched
    until = _span(tokens, place)
    if until > end:
        nearer = _closest(table, tokens[place:until])
        if nearer is not None:
            reading.picks.append(_Pick(nearer))
            reading.sure = False
            return until
        if pattern.words[0] in NEGATIONS | {"belum"} and tokens[end] not in POLITE:
            if not set(tokens[end:until]) <= reading.asked | POLITE:
                return None
            reading.sure, end = False, until  # "tidak ada hambatan", where they are asked for
    reading.picks.append(_Pick(pattern.name))
    reading.sure = reading.sure and pattern.strong
    return end


def _near(table: Table, tokens: list[str], place: int, reading: _Reading) -> int | None:
    """A part of a label, or a near spelling of it, up to the next mark."""
    for until in range(_span(tokens, place), place, -1):
        name = _closest(table, tokens[place:until])
        if name is not None:
            reading.picks.append(_Pick(name))
            reading.sure = False
            return until
    return None


def _span(tokens: list[str], place: int) -> int:
    """Where the words from ``place`` on end: at a mark, a figure or a joining word."""
    end = place
    while (
        end < len(tokens)
        and tokens[end][0].isalpha()
        and tokens[end] not in _JOINING
        and (end == place or tokens[end] not in NEGATIONS)
    ):
        end += 1
    return end


def _closest(table: Table, words: list[str]) -> str | None:
    """The one choice that all these words come close to."""
    for said in (words, [word for word in words if word not in POLITE]):
        if not said or len(said) > _MOST_WORDS:
            continue
        ranked = closest(table, said)
        if ranked and (len(ranked) == 1 or ranked[1][0] > ranked[0][0]):
            return ranked[0][2]
    return None
