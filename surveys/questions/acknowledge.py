"""One button that says "seen and agreed"; its answer is OK.

| survey | | | |
| | type | name | label |
| | acknowledge | paham | Jawaban Bapak/Ibu disimpan paling lama 2 tahun. |

Rule of the file: only a yes is an answer; a no is none, and the question stays.
"""

from __future__ import annotations

from collections.abc import Callable

from surveys.errors import Problem
from surveys.messages import Button, Reply, Text
from surveys.questions import Asking, Parsed, Prompt, Read, Unreadable, Unsure
from surveys.survey import Question
from surveys.text.choices import tokens_of, words_in
from surveys.text.vocabulary import POLITE, listed
from surveys.text.yes_no import leaning

TYPES = ("acknowledge",)
VALUE = "OK"
_UNDERSTOOD = listed(
    "mengerti paham ngerti dimengerti dipahami setuju lanjut lanjutkan baik siap oke ok okay understood "
    "agree agreed sudah saya baca dibaca membaca telah dan"
)
_LONGEST = 60


def prompt(question: Question, asking: Asking) -> Prompt:  # noqa: ARG001 -- all types prompt alike
    """The one button."""
    return Prompt(rows=((Button(VALUE),),))


def parse(question: Question, reply: Reply, asking: Asking) -> Parsed:  # noqa: ARG001 -- all types parse alike
    """OK for a yes."""
    text = reply.text if isinstance(reply, Text) else ""
    if text == VALUE:
        return Read(VALUE)
    lean = leaning(text)
    if lean is not None and lean[0]:
        picture = not any(char.isalnum() for char in text)
        return Unsure((VALUE,)) if picture else Read(VALUE)
    words = [word for word in words_in(tokens_of(text[:_LONGEST])) if word not in POLITE or word == "ya"]
    if (
        words
        and len(text) <= _LONGEST
        and "?" not in text
        and set(words) <= _UNDERSTOOD | {"ya", "iya"}
        and set(words) - {"saya", "dan", "sudah", "telah"}
    ):
        return Read(VALUE)
    if words == ["1"]:
        return Unsure((VALUE,))
    _ = asking.say
    return Unreadable(_("Please press OK, or type YES, once you have read this."))


def dump(question: Question, value: str, asking: Asking) -> str:  # noqa: ARG001 -- all types dump alike
    """OK."""
    return value


def check(question: Question, say: Callable[[str], str] = str) -> tuple[Problem, ...]:  # noqa: ARG001 -- nothing can be wrong with it alone
    """Nothing of its own."""
    return ()
