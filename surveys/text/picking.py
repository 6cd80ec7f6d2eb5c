"""Which one choice a typed text means: by label, alias, number, yes or no, part of a label, near spelling.

Rule of the file: a whole label, alias or number is certain; everything that needs guessing is asked back; a negation,
two answers in one, or a number that does not exist is nothing. The exact label wins over the number.
"""

from __future__ import annotations

from decimal import Decimal

from surveys.text.choices import GENERIC, Pattern, Table, tokens_of, words_in
from surveys.text.closeness import closest
from surveys.text.intervals import interval_of
from surveys.text.judgement import judged
from surveys.text.meaning import NOTHING, Meaning, certain, perhaps
from surveys.text.normal import LONGEST, cleaned, squeezed
from surveys.text.number_context import COUNTS, TIME_UNITS
from surveys.text.numbers import label_words, read_number
from surveys.text.vocabulary import (
    AFTER_NEGATION,
    FUNCTION_WORDS,
    HEDGES,
    INTENSIFIERS,
    INTRODUCING,
    NEGATIONS,
    NUMBERING,
    POLITE,
    phrases,
)
from surveys.text.yes_no import leaning

ORDINALS = {
    "pertama": 1, "kesatu": 1, "first": 1, "kedua": 2, "second": 2, "ketiga": 3, "third": 3, "keempat": 4, "kelima": 5,
    "keenam": 6, "ketujuh": 7, "kedelapan": 8, "kesembilan": 9, "kesepuluh": 10,
}  # fmt: skip
_LAST = frozenset({"terakhir", "last"})
_SAME_MEANING = {
    "tidak tahu": phrases(
        "lupa|entah|entahlah|kurang tahu|belum tahu|tidak ingat|bingung|tidak yakin|tidak paham|dont know|i dont know|"
        "tidak jelas"
    ),
    "tidak ada": phrases("nihil|kosong|none|nothing|tidak punya|tidak pernah ada|belum ada|aman|lancar"),
    "belum ada": phrases("nihil|kosong|none|tidak ada|belum pernah|0"),
    "belum pernah": phrases("tidak pernah|belum|never"),
    "tidak pernah": phrases("belum pernah|never"),
    "lainnya": phrases("lain|lain lain|yang lain|other|others|dll|lain nya"),
    "laki laki": phrases("pria|cowok|lelaki|lk|l|laki|male"),
    "perempuan": phrases("wanita|cewek|pr|p|female"),
    "tidak ingin menyebut": phrases(
        "tidak mau menyebut|tidak mau sebut|tidak ingin sebut|tidak mau bilang|tidak ingin bilang|tidak mau jawab|"
        "tidak ingin menjawab|rahasia|rahasia saja"
    ),
}
"""Labels, and what people say instead; asked back."""
_SEXES = {"laki laki": frozenset({"l", "lk"}), "perempuan": frozenset({"p", "pr"})}
"""The letters that every form in this country prints for them: certain where no other choice begins with one."""
_SEVERAL = frozenset({"atau", "dan", "dengan", "serta", "sama"})
_PLACES = frozenset({"rt", "rw", "jalan", "jl", "gang", "gg", "no"})
_NONE_AT_ALL = frozenset(
    {"tidak ada", "belum ada", "nihil", "kosong", "tidak pernah", "belum pernah", "belum", "none", "never"}
)
_TIMES = frozenset({"kali", "x"})
_YES = frozenset({"ya", "iya", "yah", "yaa"})
_WEAKENING = frozenset({"kurang", "jarang", "hampir", "belum"})
_ALREADY = {"sudah": True, "sudah pernah": True, "pernah": True, "belum pernah": False, "tidak pernah": False}
_OTHER_KEYS = frozenset({"lainnya", "lain lain", "lain", "other", "others", "yang lain"})


def pick_one(table: Table, text: str, *, label: str = "") -> Meaning:
    """The name of the choice that ``text`` means. ``label``: the question, whose unit an answer may repeat."""
    stripped = text.strip()
    name = table.exact.get(stripped) or table.exact.get(stripped.lower())
    if name is not None:
        return certain(name)
    number = table.numbers.get(stripped)
    if number is not None and not table.ranged and stripped not in table.keys:
        return certain(number)
    return _Typed(table, text, label).meaning() if len(text) <= LONGEST * 2 else NOTHING


def same_meaning(table: Table, text: str) -> Meaning:
    """The choice whose label means the same as the whole of ``text`` ("nihil" and "Tidak ada"), asked back."""
    return _Typed(table, text).same_meaning() or NOTHING if len(text) <= LONGEST else NOTHING


def other_choice(table: Table) -> str | None:
    """The name of the choice that stands for anything else ("Lainnya"); None if there is none."""
    if "other" in table.labels:
        return "other"
    for name, words in table.label_words.items():
        if " ".join(words) in _OTHER_KEYS:
            return name
    return None


class _Typed:
    """One text, taken apart, on its way to a choice."""

    def __init__(self, table: Table, text: str, label: str = "") -> None:
        self.table = table
        self.label = label
        self.polite = POLITE - _YES if table.yes is not None and table.yes[1] else POLITE
        self.plain = cleaned(text)
        tokens = tokens_of(text)
        self.marks = [token for token in tokens if not token[0].isalnum()]
        self.words = words_in(tokens)
        self.tokens = tokens
        self.doubt = "?" in self.plain or any(word in HEDGES for word in self.words)

    def meaning(self) -> Meaning:
        if not self.words:
            return self._sides() or NOTHING
        for step in (
            self._whole,
            self._range,
            self._number,
            self._ordinal,
            self._sides,
            self._sex,
            self.same_meaning,
            self._judged,
            self._contained,
            self._named,
            self._partly,
        ):
            found = step()
            if found is not None:
                return found
        return NOTHING

    def _settled(self, names: tuple[str, ...], *, sure: bool = True) -> Meaning:
        return certain(names[0]) if len(names) == 1 and sure and not self.doubt else perhaps(*names)

    # ---- the whole text -----------------------------------------------------------------------------

    def _whole(self) -> Meaning | None:
        """A label or alias, with or without manners around it, run together or drawn out."""
        for words in self._ways():
            names = self.table.keys.get(" ".join(words))
            if names is not None:
                loose = len(words) > 1 and all(word.isdigit() for word in words) and "-" not in self.plain
                return self._settled(names, sure=not loose)
        for words in self._ways():
            joined = squeezed("".join(words))
            if len(joined) > 3 and sum(word.isdigit() for word in words) < 2:
                names = self.table.joined.get(joined)
                if names is not None:
                    return self._settled(names)
        if len(self.words) > 1 and any(word.isalpha() for word in self.words):
            begun = [
                name for name, words in self.table.label_words.items() if words[: len(self.words)] == tuple(self.words)
            ]
            if len(begun) == 1:
                return perhaps(*begun)  # "III/a"
        raw = squeezed("".join(char for char in self.plain if char.isalnum()))
        if len(raw) > 3 and raw[0].isalpha() and raw in self.table.joined:
            return self._settled(self.table.joined[raw])
        return None

    def _ways(self) -> list[list[str]]:
        words = self.words
        ways = [words]
        end = len(words)
        while end > 1 and words[end - 1] in self.polite | {"juga", "lagi"}:
            end -= 1
            ways.append(words[:end])
        start = 0
        while start < end - 1 and (
            words[start] in self.polite
            or words[start] in INTRODUCING
            or words[start] in HEDGES
            or words[start] in GENERIC
        ):
            start += 1
            ways.append(words[start:end])
            if start and end < len(words):
                ways.append(words[start:])
        without = [word for word in words[start:end] if word not in HEDGES]
        if without and len(without) != end - start:
            ways.append(without)
        return ways

    # ---- numbers ------------------------------------------------------------------------------------

    def _range(self) -> Meaning | None:
        """A number where the choices are ranges: the range it lies in, and the choice of that number if they differ."""
        if not self.table.ranged:
            return None
        if not any(word.isdigit() for word in self.words):
            none = [name for name, own in self.table.intervals.items() if own.single and own.low == 0]
            return perhaps(*none) if none and {" ".join(words) for words in self._ways()} & _NONE_AT_ALL else None
        units = (self.table.units or COUNTS | TIME_UNITS) | label_words(self.label)
        typed = interval_of(" ".join(word for word in self.plain.split() if word not in self.polite))
        if typed is not None and typed[1] <= units | INTRODUCING | HEDGES and "tidak" not in self.words:
            interval = typed[0]
            same = tuple(name for name, own in self.table.intervals.items() if own == interval)
            if same and not interval.single:
                return self._settled(same)
            if not interval.single:
                start = interval.low if interval.low is not None else interval.high
                inside = tuple(
                    name for name, own in self.table.intervals.items() if start is not None and own.holds(start)
                )
                return perhaps(*inside[:1])
        elif typed is not None and not typed[1] <= units | INTRODUCING | HEDGES | self.polite:
            return NOTHING  # "6 bulan" where years are asked
        meaning = read_number(self.plain, whole=False, label=" ".join(units))
        if len(meaning.values) != 1:
            return None
        value = Decimal(meaning.values[0])
        inside = tuple(name for name, own in self.table.intervals.items() if own.holds(value))
        bare = len(self.words) == 1
        numbered = self.table.numbers.get(meaning.values[0]) if bare else None
        if numbered is not None and (not inside or inside == (numbered,)):
            return self._settled((numbered,))
        if not inside:
            return NOTHING
        return perhaps(*((numbered,) if numbered is not None else ()), *inside)

    def _number(self) -> Meaning | None:
        """The number of a choice, alone or with its label; "8 alak", "nomor 8", "8)"."""
        figures = [word for word in self.words if word.isdigit()]
        if not figures:
            return None
        if len(figures) > 1:
            return self._several_numbers(figures)
        if any(pattern.strong and figures[0] in pattern.words[1:] for pattern in scan(self.table, self.words)[0]):
            return None  # "Manulai II, Kecamatan Alak": it is part of a label
        place = self.words.index(figures[0])
        at = self.tokens.index(figures[0])
        before = self.tokens[at - 1] if at else ""
        figure = figures[0]
        if before == "-" and (at == 1 or not self.tokens[at - 2].isalpha()):
            figure = "-" + figure
        if any(sign in self.marks for sign in ("<", ">", "<=", ">=", "+")):
            return NOTHING
        name = self.table.numbers.get(figure)
        rest = [word for index, word in enumerate(self.words) if index != place]
        named = [
            word
            for word in rest
            if word not in NUMBERING and word not in self.polite and word not in INTRODUCING and word not in HEDGES
        ]
        if before in _PLACES or (place and self.words[place - 1] in _PLACES):
            named = [word for word in named if word not in _PLACES]
            return _Typed(self.table, " ".join(named), self.label).meaning() if named else NOTHING
        if any(word in NEGATIONS for word in named):
            return None if self._has_label(named) else NOTHING
        if name is not None and len(named) == 1 and named[0] in _TIMES and " ".join(self.words) not in self.table.keys:
            return self._settled((name,), sure=figure == "1" and self.table.label_words[name] == ("sekali",))
        if not named:
            if name is None or self._glued():
                return NOTHING
            if self.table.yes is not None and name != self.table.yes[0] and _YES & set(self.words[:place]):
                return perhaps(name, self.table.yes[0])  # "ya 2" where 2 is the no
            return self._settled((name,))
        return self._number_and_words(figure, name, named)

    def _glued(self) -> bool:
        """Something stuck to the figure makes it another thing: "8a", "1e2"."""
        return any(part[:1].isdigit() and any(char.isalpha() for char in part) for part in self.plain.split())

    def _has_label(self, words: list[str]) -> bool:
        return bool(scan(self.table, words)[0])

    def _number_and_words(self, figure: str, name: str | None, named: list[str]) -> Meaning | None:
        own = _Typed(self.table, " ".join(named), self.label).meaning()
        if len(named) > 1 and named[-1] in self.table.weak:  # the district behind the place
            place = _Typed(self.table, " ".join(named[:-1]), self.label).meaning()
            own = place if place.values else own
        if len(own.values) == 1:
            other = own.values[0]
            if other == name:
                return self._settled((other,))
            digits = {word for word in self.table.label_words[other] if word.isdigit()}
            if digits and figure not in digits:
                return NOTHING  # "Manulai 1" is not Manulai II
            if digits:
                return perhaps(other)
            return perhaps(name, other) if name is not None else NOTHING
        if own.values and name in own.values:
            return self._settled((name,))
        if name is None or self._glued():
            return None if own.values else NOTHING
        return perhaps(name)

    def _several_numbers(self, figures: list[str]) -> Meaning | None:
        names = [self.table.numbers.get(figure) for figure in figures]
        if len(figures) == 2 and "atau" in self.words and None not in names and not self._unknown():
            return perhaps(*(name for name in names if name is not None))
        if (
            len(set(figures)) == 1
            and names[0] is not None
            and not self._unknown()
            and not set(self.marks) & {".", ",", "/", "-", "+"}
        ):
            return perhaps(names[0])
        return NOTHING

    def _unknown(self) -> list[str]:
        known = self.polite | INTRODUCING | NUMBERING | HEDGES | _SEVERAL
        return [word for word in self.words if not word.isdigit() and word not in known]

    def _ordinal(self) -> Meaning | None:
        left = [
            word for word in self.words if word not in self.polite and word not in INTRODUCING and word not in NUMBERING
        ]
        if len(left) != 1:
            return None
        if left[0] in _LAST:
            return perhaps(self.table.order[-1])
        place = ORDINALS.get(left[0])
        if place is None or place > len(self.table.order):
            return None
        return self._settled((self.table.order[place - 1],))

    # ---- yes, no, and words of the same meaning -----------------------------------------------------

    def _sides(self) -> Meaning | None:
        lean = leaning(self.plain)
        if lean is None and self.table.yes is not None:
            already = _ALREADY.get(" ".join(self.words))
            lean = None if already is None else (already, False)
        if lean is None:
            return None
        side = self.table.yes if lean[0] else self.table.no
        if side is None:
            return None
        return self._settled((side[0],), sure=side[1] and lean[1])

    def _sex(self) -> Meaning | None:
        said = {" ".join(words) for words in self._ways()}
        if not all(len(self.table.keys.get(key, ())) == 1 for key in _SEXES):
            return None
        for key, letters in _SEXES.items():
            alike = [name for name, words in self.table.label_words.items() if words and words[0][0] == key[0]]
            if said & letters and tuple(alike) == self.table.keys[key]:
                return self._settled(self.table.keys[key])
        return None

    def same_meaning(self) -> Meaning | None:
        said = {" ".join(words) for words in self._ways()}
        for key, others in _SAME_MEANING.items():
            names = self.table.keys.get(key)
            if names is not None and said & others:
                return perhaps(*names)
        return None

    def _judged(self) -> Meaning | None:
        return judged(self.table, self.words)

    # ---- labels inside a text -----------------------------------------------------------------------

    def _contained(self) -> Meaning | None:
        """A whole label among other words."""
        found, left = scan(self.table, self.words)
        strong = [pattern for pattern in found if pattern.strong]
        if not strong:
            return self._weakly(found, left)
        names = tuple(dict.fromkeys(pattern.name for pattern in strong))
        left = [word for word in left if word not in self.polite and word not in INTRODUCING and word not in GENERIC]
        short = all(set(pattern.words) <= FUNCTION_WORDS | {"ya", "sudah", "belum", "tidak"} for pattern in strong)
        if left:
            closer = self._partly()
            if closer.values and not set(closer.values) & set(names):
                return closer
        if any(word in NEGATIONS or word in _WEAKENING for word in left):
            return NOTHING
        if len(names) > 1:
            return self._two_labels(names, found, left, short=short)
        if short and (set(left) & AFTER_NEGATION or len(left) > 4):
            return NOTHING
        left = [word for word in left if word not in HEDGES]
        if left and set(left) <= INTENSIFIERS:
            stronger = self.table.keys.get("sangat " + " ".join(strong[0].words))
            return perhaps(*(stronger or names))
        if left or (len(strong) > 1 and short):
            return perhaps(*names)
        return self._settled(names)

    def _two_labels(self, names: tuple[str, ...], found: list[Pattern], left: list[str], *, short: bool) -> Meaning:
        if short:
            return NOTHING
        intensified = [pattern for pattern in found if set(pattern.words) <= INTENSIFIERS]
        others = tuple(
            dict.fromkeys(pattern.name for pattern in found if pattern not in intensified and pattern.strong)
        )
        if intensified and len(others) == 1 and found[-1] in intensified:
            return perhaps(*others)  # "sering sekali"
        return perhaps(*names) if len([word for word in left if word not in _SEVERAL]) <= 3 else NOTHING

    def _weakly(self, found: list[Pattern], left: list[str]) -> Meaning | None:
        names = tuple(dict.fromkeys(pattern.name for pattern in found))
        rest = [word for word in left if word not in self.polite and word not in INTRODUCING and word not in HEDGES]
        if not names:
            return None
        bare = [
            word for word in self.words if word not in GENERIC and word not in INTRODUCING and word not in self.polite
        ]
        whole = self.table.keys.get(" ".join(bare))
        if whole is not None:
            return perhaps(*whole)  # "di luar kecamatan Alak"
        if any(word in NEGATIONS for word in rest):
            return NOTHING
        if self.words[-1] in self.table.weak and rest == self.words[: len(rest)]:  # "penkase alak"
            place = _Typed(self.table, " ".join(word for word in rest if word not in GENERIC), self.label).meaning()
            if place.values and set(place.values) != set(names):
                return perhaps(*place.values, *names)
        return perhaps(*names) if len(rest) <= 2 else None

    # ---- parts and near spellings -------------------------------------------------------------------

    def _named(self) -> Meaning | None:
        """The choice's own short name or the first letters of its words ("nbs", "ss")."""
        for words in self._ways():
            name = self.table.names.get(" ".join(words))
            if name is not None and not name.isdigit():
                return perhaps(name)
        if len(self.words) == 1 and 2 <= len(self.words[0]) <= 4:
            initials = [
                name for name, words in self.table.label_words.items()
                if len(words) > 1 and "".join(word[0] for word in words) == self.words[0]
            ]  # fmt: skip
            if len(initials) == 1:
                return perhaps(initials[0])
        return None

    def _partly(self) -> Meaning:
        content = [
            word
            for word in self.words
            if word not in self.polite and word not in HEDGES and word not in INTENSIFIERS - {"sangat", "sekali"}
        ]
        stripped = [word for word in content if word not in INTRODUCING]
        if stripped and any(word not in FUNCTION_WORDS for word in stripped):
            content = stripped
        if not content or len(content) > 8 or any(word.isdigit() for word in content):
            return NOTHING
        ranked = closest(self.table, self.words) if len(self.words) <= 8 else []
        ranked = ranked or closest(self.table, content)
        if not ranked:
            return NOTHING
        best = ranked[0][0]
        names = tuple(name for score, _, name in ranked if score <= best)
        if len(names) > 1 and len("".join(content)) < 4:
            return NOTHING
        return perhaps(*names)


def scan(table: Table, words: list[str]) -> tuple[list[Pattern], list[str]]:
    """The labels and aliases in ``words`` from left to right, the longest at each place, and the words left over."""
    found: list[Pattern] = []
    left: list[str] = []
    place = 0
    while place < len(words):
        for pattern in table.patterns.get(words[place], ()):
            if tuple(words[place : place + len(pattern.words)]) == pattern.words:
                found.append(pattern)
                place += len(pattern.words)
                break
        else:
            left.append(words[place])
            place += 1
    return found, left
