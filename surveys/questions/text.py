"""Words in the person's own way, or a number that is kept as text: NIP, phone, the code under a barcode.

| survey | | | | | |
| | type | name | label | appearance | chat_kind |
| | text | usul | Apa usul Bapak/Ibu? | multiline | |
| | text | nip | NIP atau NI PPPK (18 angka)? | numbers | nip |
| | text | hp | Nomor HP Bapak/Ibu? | numbers | phone |
| | text | nama | Nama lengkap Bapak/Ibu? | | name |
| | barcode | kode | Kode pada label barang? | | |

With ``chat_media=audio image`` among its parameters a voice note or a photo answers too, within ``max-size`` (MB) and
``max-seconds``; an answer of fewer letters than ``chat_probe=20`` is asked for a little more, once. Rule of the file:
what was written stays as it was written; only NUL, lone surrogates and other characters that no text holds are dropped.
Numbers that identify a person are masked by the caller, before this.
"""

from __future__ import annotations

import re

from surveys.errors import Problem
from surveys.messages import Media, Reply, Text
from surveys.questions import Asking, Parsed, Prompt, Read, Sent, Unreadable
from surveys.questions._files import allowance, kind_of, kinds_problem, refusal, sizes_problem
from surveys.questions._replies import Say, answer
from surveys.survey import Question
from surveys.text.employee_number import LENGTH, read_employee_number
from surveys.text.normal import shows
from surveys.text.phone import read_phone

TYPES = ("text", "barcode")
LONGEST = 4096
"""Characters of one answer: what the longest message of a channel holds."""

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_COMMAND = re.compile(r"/[A-Za-z_]{2,32}(@\w+)?")
_DIGIT_RUN = re.compile(r"\d{3}")


def prompt(question: Question, asking: Asking) -> Prompt:
    """No buttons: text is typed. What form a number has stands in the empty input field."""
    _ = asking.say
    if question.chat_kind == "phone":
        return Prompt(placeholder="0812 3456 7890")
    if question.chat_kind == "nip":
        return Prompt(placeholder=_("18 digits"))
    return Prompt()


def parse(question: Question, reply: Reply, asking: Asking) -> Parsed:
    """The text without spaces around it; +62… for a phone, 18 digits for a NIP."""
    _ = asking.say
    if isinstance(reply, Media):
        return _file(question, reply, asking)
    if not isinstance(reply, Text):
        return Unreadable(_expected(question, asking))
    match question.chat_kind:
        case "phone":
            return answer(read_phone(reply.text), lambda: _expected(question, asking))
        case "nip":
            return _employee_number(reply.text, asking)
        case _:
            return _words(question, reply.text, asking)


def _words(question: Question, typed: str, asking: Asking) -> Parsed:
    _ = asking.say
    text = typed if typed.isascii() and typed.isprintable() else _NO_TEXT.sub("", _LINE.sub("\n", typed))
    text = text.strip()
    if not text or not (text.isascii() or shows(text)):
        return Unreadable(_expected(question, asking))
    if text[0] == "/" and _COMMAND.fullmatch(text):
        return Unreadable(_("That command is not known here. Please type your answer, or HELP."))
    if len(text) > LONGEST:
        return Unreadable(_("Please use no more than {most} characters.").format(most=LONGEST))
    if question.chat_kind == "name" and (sum(char.isalpha() for char in text) < 2 or _DIGIT_RUN.search(text)):
        return Unreadable(_expected(question, asking))
    return Read(" ".join(text.split()) if question.chat_kind == "name" else text)


def _employee_number(typed: str, asking: Asking) -> Parsed:
    _ = asking.say
    found = read_employee_number(typed, today=asking.now.date())
    if found.fault == "length" and found.digits:
        count = found.digits
        return Unreadable(
            _(
                "The number we received has {count} digits, but an employee number (NIP) has {length}. Please check it."
            ).format(count=count, length=LENGTH)
        )
    if found.fault in {"birth", "appointment", "sex", "sequence"}:
        return Unreadable(_("That number does not look like an employee number (NIP). Please check it digit by digit."))
    return answer(found.meaning, lambda: _("Please type your employee number (NIP or NI PPPK), 18 digits."))


def _file(question: Question, media: Media, asking: Asking) -> Parsed:
    allowed = allowance(question)
    if not set(kind_of(media)) & set(allowed.kinds):
        return Unreadable(_expected(question, asking))
    reason = refusal(media, allowed, asking.say)
    return Unreadable(reason) if reason else Sent(media)


def _expected(question: Question, asking: Asking) -> str:
    _ = asking.say
    match question.chat_kind:
        case "phone":
            return _("Please type one mobile number, for example 0812 3456 7890.")
        case "nip":
            return _("Please type your employee number (NIP or NI PPPK), 18 digits.")
        case "name":
            return _("Please type your name in letters.")
        case _:
            pass
    kinds = set(allowance(question).kinds)
    if kinds >= {"audio", "image"}:
        return _("Please type your answer, or send a voice message or a photo.")
    if "audio" in kinds:
        return _("Please type your answer, or send a voice message.")
    if "image" in kinds:
        return _("Please type your answer, or send a photo.")
    return _("Please type your answer as text.")


def dump(question: Question, value: str, asking: Asking) -> str:  # noqa: ARG001 -- all types dump alike
    """As it was written."""
    return value


def check(question: Question, say: Say = str) -> tuple[Problem, ...]:
    """Kinds of files that do not exist, limits that are no numbers."""
    return (*kinds_problem(question, say), *sizes_problem(question, say))
