"""A file: a photo, a voice note, a video, a document.

| survey | | | | |
| | type | name | label | parameters |
| | image | foto | Kirim foto hasil kerja. | max-pixels=1600 |
| | audio | suara | Ceritakan dengan suara. | quality=voice-only |
| | video | video | Kirim video singkat. | |
| | file | dokumen | Kirim dokumennya. | |

``max-size`` (MB, 10 unless given) and ``max-seconds`` (90) limit it; a photo is kept with its longest side no longer
than ``max-pixels``. Of an album ``max-files`` (10) are kept. Rule of the file: a photo sent as a document is a
photo still; the answer is the id under which the file is kept, and people see only what kind of file it is.
"""

from __future__ import annotations

from surveys.errors import Problem
from surveys.messages import Reply
from surveys.questions import Asking, Parsed, Prompt, Sent, Unreadable
from surveys.questions._files import allowance, kind_of, refusal, sizes_problem, whole
from surveys.questions._replies import Say, file_of
from surveys.survey import Question

MOST_FILES = 10
"""Files of one answer unless the form says otherwise: what the largest album holds."""
TYPES = ("image", "audio", "video", "file")


def prompt(question: Question, asking: Asking) -> Prompt:
    """One line that says what to send and how large it may be."""
    allowed = allowance(question)
    _ = asking.say
    match question.type:
        case "image":
            body = _("Send a photo here (up to {size} MB).")
        case "audio":
            body = _("Send a voice message here (up to {seconds} seconds).")
        case "video":
            body = _("Send a video here (up to {seconds} seconds and {size} MB).")
        case _:
            body = _("Send a document here (up to {size} MB).")
    return Prompt(body=body.format(size=allowed.megabytes, seconds=allowed.seconds))


def parse(question: Question, reply: Reply, asking: Asking) -> Parsed:
    """The file, if it is of the right kind and not too large."""
    media = file_of(reply)
    allowed = allowance(question)
    if media is None or (question.type != "file" and question.type not in kind_of(media)):
        return Unreadable(_expected(question, asking))
    reason = refusal(media, allowed, asking.say)
    return Unreadable(reason) if reason else Sent(media)


def longest_side(question: Question) -> int:
    """Pixels of the longest side of a photo as it is kept; 0 for as many as it has."""
    return whole(question.parameters.get("max-pixels", "")) or 0


def most_files(question: Question) -> int:
    """How many files one answer holds."""
    return whole(question.parameters.get("max-files", "")) or MOST_FILES


def _expected(question: Question, asking: Asking) -> str:
    _ = asking.say
    match question.type:
        case "image":
            return _("Please send a photo.")
        case "audio":
            return _("Please send a voice message or an audio file.")
        case "video":
            return _("Please send a video.")
        case _:
            return _("Please send a document or another file.")


def dump(question: Question, value: str, asking: Asking) -> str:
    """What kind of file it is; its id tells people nothing."""
    _ = asking.say
    if not value:
        return ""
    names = {"image": _("photo"), "audio": _("voice message"), "video": _("video"), "file": _("document")}
    return names[question.type]


def check(question: Question, say: Say = str) -> tuple[Problem, ...]:
    """Limits that are no numbers."""
    return sizes_problem(question, say)
