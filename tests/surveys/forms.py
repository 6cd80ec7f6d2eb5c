"""Forms for tests, written the way survey authors write them, and any survey at all for properties."""

from __future__ import annotations

import string
from collections.abc import Mapping
from datetime import datetime, timedelta
from textwrap import dedent
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from surveys.errors import DefinitionError, Problem
from surveys.survey import ChatSettings, Choice, Question, Section, Survey
from surveys.xlsform import examine, read

MAKASSAR = ZoneInfo("Asia/Makassar")


def survey_of(form: str, files: Mapping[str, bytes] | None = None) -> Survey:
    """The survey in a Markdown form that has nothing wrong with it."""
    try:
        survey, _warnings = read(dedent(form).encode(), file_type=".md", name_hint="uji", files=files)
    except DefinitionError as error:
        raise AssertionError("\n".join(map(str, error.problems))) from error
    return survey


def problems_of(form: str, files: Mapping[str, bytes] | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with a Markdown form."""
    return examine(dedent(form).encode(), file_type=".md", name_hint="uji", files=files)[1]


def told(problems: tuple[Problem, ...]) -> list[str]:
    """Problems in one line each: level, sheet, row, what."""
    return [f"{p.level} {p.sheet} {p.row}: {p.what}" for p in problems]


# ---- any survey --------------------------------------------------------------------------------------

_letters = st.characters(
    codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs"), exclude_characters="|{}$\u00ad\u061c"
)


def _trimmed(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split(" ")).strip()


texts = (
    st.text(_letters, min_size=1, max_size=40).map(_trimmed).filter(lambda text: bool(text) and text == text.strip())
)
lines = st.lists(texts, min_size=1, max_size=3).map("\n".join)
words = st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=12)
names = st.builds(lambda first, rest: first + rest, st.sampled_from(string.ascii_letters), words)


def in_languages(
    languages: tuple[str, ...], content: st.SearchStrategy[str] = lines
) -> st.SearchStrategy[dict[str, str]]:
    """A text in all of some languages, or in some of them."""
    return st.dictionaries(st.sampled_from(languages), content, max_size=len(languages)).map(
        lambda found: {code: found[code] for code in languages if code in found}
    )


def _labels(languages: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(dict.fromkeys(languages, lines))


@st.composite
def _choice_lists(draw: st.DrawFn, languages: tuple[str, ...]) -> dict[str, tuple[Choice, ...]]:
    columns = draw(st.lists(names.map(lambda name: f"kolom {name}"), max_size=2, unique_by=str.casefold))
    found: dict[str, tuple[Choice, ...]] = {}
    for name in draw(st.lists(names, min_size=1, max_size=3, unique=True)):
        codes = draw(st.lists(words, min_size=1, max_size=4, unique=True))
        found[name] = tuple(
            Choice(
                name=code,
                label={language: f"{text} {number}" for language, text in draw(_labels(languages)).items()},
                aliases=tuple(draw(st.lists(texts, max_size=2))),
                media={"image": {languages[0]: f"{draw(words)}.png"}} if draw(st.booleans()) else {},
                filters=draw(st.dictionaries(st.sampled_from(columns), texts)) if columns else {},
            )
            for number, code in enumerate(codes)
        )
    return found


@st.composite
def _questions(
    draw: st.DrawFn, name: str, languages: tuple[str, ...], lists: dict[str, tuple[Choice, ...]]
) -> Question:
    kind = draw(
        st.sampled_from(
            ["text", "integer", "decimal", "date", "time", "dateTime", "note", "acknowledge", "geopoint", "image",
             "audio", "video", "file", "barcode", "hidden", "start", "end", "today", "calculate", "range",
             "select_one", "select_multiple", "rank"]
        )
    )  # fmt: skip
    plain = Question(
        name=name,
        type=kind,
        label=draw(_labels(languages)),
        hint=draw(in_languages(languages)),
        guidance_hint=draw(in_languages(languages)),
        media={"audio": draw(_labels(languages))} if draw(st.booleans()) else {},
        relevant=draw(st.sampled_from(["", "true()", "1 < 2", "today() > date('2020-01-01')"])),
        required=draw(st.sampled_from(["", "true()", "1 < 2"])),
        required_message=draw(in_languages(languages)),
        read_only=draw(st.booleans()),
        appearance=draw(st.sampled_from([(), ("minimal",), ("likert", "w1")])),
        calculation="1 + 1" if kind == "calculate" else "",
    )
    extra: dict[str, object] = {}
    if kind in {"text", "integer", "decimal"}:
        extra |= {
            "constraint": draw(st.sampled_from(["", ". != ''", "string-length(.) < 100"])),
            "constraint_message": draw(in_languages(languages)),
        }
    if kind == "text":
        extra |= {
            "default": draw(st.sampled_from(["", "Alak"])),
            "chat_kind": draw(st.sampled_from(["", "nip", "phone", "name"])),
            "parameters": draw(st.sampled_from([{}, {"chat_media": "audio image", "max-seconds": "90"}])),
        }
    if kind == "date" and draw(st.booleans()):
        extra |= {"default": "today()", "default_is_expression": True}
    if kind == "range":
        extra |= {"parameters": {"start": "0", "end": draw(st.sampled_from(["5", "10"])), "step": "1"}}
    if kind in {"select_one", "select_multiple", "rank"}:
        list_name = draw(st.sampled_from(sorted(lists)))
        extra |= {"list_name": list_name, "choices": lists[list_name]}
        extra |= {"parameters": draw(st.sampled_from([{}, {"randomize": "true"}, {"randomize": "true", "seed": "7"}]))}
        extra |= {"or_other": kind != "rank" and draw(st.booleans())}
        if not extra["or_other"]:
            extra |= {"choice_filter": draw(st.sampled_from(["", "name != 'x'"]))}
    return Question(**{**{f: getattr(plain, f) for f in plain.__slots__}, **extra})


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    """Any survey that could have been read from a form."""
    languages = draw(st.sampled_from([("id",), ("id", "en"), ("en", "id", "mkn")]))
    lists = draw(_choice_lists(languages))
    free = draw(st.lists(names, min_size=1, max_size=8, unique_by=str.casefold))
    asked = {name: draw(_questions(name, languages, lists)) for name in free}
    items: list[Question | Section] = list(asked.values())
    for number in range(draw(st.integers(0, 2))):
        cut = draw(st.integers(0, len(items) - 1))
        repeat = draw(st.booleans())
        section = Section(
            name=f"bagian_{number}_",
            items=tuple(items[cut:]),
            label=draw(_labels(languages)),
            hint=draw(in_languages(languages)),
            relevant=draw(st.sampled_from(["", "true()"])),
            repeat=repeat,
            repeat_count=draw(st.sampled_from(["", "3"])) if repeat else "",
            appearance=draw(st.sampled_from([(), ("field-list",)])),
        )
        items = [*items[:cut], section]
    used = {question.list_name for question in asked.values()}
    opens = draw(st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))  # noqa: DTZ001 -- made aware below
    return Survey(
        name=draw(names),
        title=draw(_labels(languages).map(dict)),
        items=tuple(items),
        languages=languages,
        version=draw(st.integers(1, 5)),
        form_version=draw(st.sampled_from(["", "2026.1", "20261124"])),
        chat=ChatSettings(
            opens=opens.replace(tzinfo=MAKASSAR) if opens else None,
            closes=(opens + timedelta(days=3)).replace(tzinfo=MAKASSAR) if opens else None,
            audience=draw(st.sampled_from(["asn", "warga", "stakeholder", "all"])),
            anonymous=draw(st.sampled_from(["no", "always"])),
            once=draw(st.booleans()),
            editable=draw(st.booleans()),
            expires_days=draw(st.integers(1, 365)),
            ticket=draw(st.sampled_from(["", "ALK"])),
        ),
        tables={name: choices for name, choices in lists.items() if name not in used},
    )
