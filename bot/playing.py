"""Plays a survey from scripted steps, without a database: for authors who test that their form still asks what it did.

A step is one JSON object: ``{"send": text}``, ``{"press": label}``, ``{"photo": true}`` (also voice, video, file,
sticker), ``{"location": [latitude, longitude]}`` or ``{"wait": "P2D"}``: the clock moves and the session is written and
read again, as between two days. Rule of the file: the engine and the words are the real ones; only fetching a file
always succeeds. The dice are the same in every play.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from surveys import engine
from surveys.engine import Playbook
from surveys.errors import SurveyError
from surveys.events import Step, Wanted
from surveys.messages import Button, Location, Media, MediaKind, Other, Outgoing, Press, Reply, Text
from surveys.session import Place, Session
from surveys.speaking import speak

_DURATION = re.compile(
    r"P(?!$)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?",
)
_EXAMPLE = '{"send": "Alak"}'
_MARK = re.compile(r"^\W+\s")
"""What stands before a label that is toggled on."""

_LISTED = re.compile(r"(\d+)[.)]? +(.+)")

_FILES: Mapping[str, tuple[MediaKind, str, str]] = {
    "photo": ("image", "image/jpeg", "photo.jpg"),
    "voice": ("audio", "audio/ogg", ""),
    "video": ("video", "video/mp4", "video.mp4"),
    "file": ("file", "application/pdf", "file.pdf"),
}


class StepError(SurveyError):
    """A step cannot be played."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands after a step."""

    question: str
    """``umur``, ``anak[2]/umur``, ``@review``, ``@repeat:anak``, ``@restart``, ``@paused`` or ``@done``."""
    prompt: str
    """What was said; where nothing was said, what stands; "" at the end."""
    buttons: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The line that is printed."""
        return {"question": self.question, "prompt": self.prompt, "buttons": list(self.buttons)}


@dataclass(slots=True, kw_only=True)
class Play:
    """One person answering one survey. ``now`` moves with ``wait`` alone."""

    playbook: Playbook
    now: datetime
    """Aware, in the office's time zone."""
    say: Callable[[str], Callable[[str], str]]
    """Language to gettext."""
    language: str
    """What the person speaks; the survey's own where it lacks that."""
    explain: Callable[[str], str] = str
    """Gettext for the author, who may read another language than the person speaks."""
    rng: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311 -- dice of a game
    _session: Session = field(init=False)
    _said: str = ""
    _rows: tuple[tuple[Button, ...], ...] = ()
    _messages: int = 0
    _prompt_id: str = ""

    def start(self) -> Shown:
        """The first question."""
        step = engine.start(
            self.playbook, language=self.language, now=self.now, rng=self.rng, say=self.say(self._spoken())
        )
        return self._shown(step)

    def play(self, step: Mapping[str, Any]) -> Shown:
        """One step. Raises StepError."""
        match step:
            case {"wait": str(duration), **rest} if not rest:
                return self._wait(duration)
            case _:
                reply = self._reply(step)
        self._messages += 1
        return self._shown(
            engine.resume(
                self.playbook,
                self._session,
                reply,
                now=self.now,
                rng=self.rng,
                say=self.say(self._session.language),
                message_id=str(self._messages),
            )
        )

    def result(self) -> dict[str, object]:
        """How it ended, and every value as text."""
        answers: dict[str, str] = {}
        for place in sorted(self._session.answers, key=lambda place: (self.playbook.at[place.name], place.position)):
            answer = self._session.answers[place]
            answers[self._written(place)] = answer.value
            if answer.other:
                answers[f"{self._written(place)}_other"] = answer.other
        return {"state": self._session.doing, "answers": answers}

    # ---- steps --------------------------------------------------------------------------------------

    def _reply(self, step: Mapping[str, Any]) -> Reply:
        match step:
            case {"send": str(text)}:
                return Text(text)
            case {"press": str(label)}:
                return self._press(label)
            case {"location": [float() | int() as latitude, float() | int() as longitude]}:
                return Location(float(latitude), float(longitude))
            case {"sticker": True}:
                return Other("sticker")
        for word, (kind, mime, name) in _FILES.items():
            if step.get(word):
                return Media(
                    kind=kind,
                    reference=f"play-{self._messages + 1}",
                    mime=mime,
                    size=100_000,
                    seconds=5 if kind in {"audio", "video"} else 0,
                    file_name=name,
                    caption=str(step.get("caption", "")),
                    album=str(step.get("album", "")),
                    voice=word == "voice",
                )
        _ = self.explain
        raise StepError(
            _(
                "{step} is no step. Write one of send, press, photo, voice, video, file, sticker, location or wait, "
                "such as {example}."
            ).format(step=json.dumps(dict(step), ensure_ascii=False), example=_EXAMPLE)
        )

    def _press(self, label: str) -> Reply:
        buttons = [button for row in self._rows for button in row]
        wanted = self._number_of(label.strip().casefold(), buttons)
        for read in (lambda text: text, lambda text: _MARK.sub("", text)):
            for button in buttons:
                if read(button.label).strip().casefold() == wanted:
                    return Press(button.data, message_id=self._prompt_id) if button.data else Text(button.label)
        _ = self.explain
        shown = ", ".join(f"“{button.label}”" for button in buttons)
        raise StepError(
            _("There is no button “{label}” now. The buttons are: {shown}.").format(label=label, shown=shown)
            if shown
            else _("There is no button “{label}” now, nor any other.").format(label=label)
        )

    def _number_of(self, label: str, buttons: list[Button]) -> str:
        """Buttons of long choices show the number under which the prompt lists them: it stands for the label."""
        if any(_MARK.sub("", button.label).strip().casefold() == label for button in buttons):
            return label
        for line in self._said.split("\n"):
            listed = _LISTED.fullmatch(line.strip())
            if listed is not None and listed[2].strip().casefold() == label:
                return listed[1]
        return label

    def _wait(self, duration: str) -> Shown:
        self.now += parse_duration(duration, self.explain)
        self._session = engine.load_session(engine.dump_session(self._session))
        if self._over() or self.now < self._session.expires:
            return Shown(self._question(), self._said, self._labels())
        say = self.say(self._session.language)
        return self._shown(engine.expire(self.playbook, self._session, now=self.now, rng=self.rng, say=say))

    # ---- what stands --------------------------------------------------------------------------------

    def _shown(self, step: Step) -> Shown:
        said = self._listen(step)
        for event in step.events:
            if isinstance(event, Wanted):
                said += self._listen(
                    engine.fetched(
                        self.playbook,
                        self._session,
                        event.media_id,
                        kept=True,
                        now=self.now,
                        rng=self.rng,
                        say=self.say(self._session.language),
                    )
                )
        if said:
            self._said = "\n\n".join(message.text for message in said if message.text)
        if self._over():
            self._rows = ()
            self._said = self._said if said else ""
        return Shown(self._question(), self._said, self._labels())

    def _listen(self, step: Step) -> tuple[Outgoing, ...]:
        """Take over the new session; what is said."""
        self._session = step.session
        say = self.say(self._session.language)
        spoken = speak(self.playbook, step, say=say, now=self.now, rng=self.rng)
        for message in spoken.messages:
            self._messages += 1
            if message.rows or message.keyboard == "remove":
                self._rows = message.rows
            if message.rows:
                self._prompt_id = str(self._messages)
        return spoken.messages

    def _labels(self) -> tuple[str, ...]:
        return tuple(button.label for row in self._rows for button in row)

    def _over(self) -> bool:
        return self._session.doing in {"done", "stopped", "expired"}

    def _question(self) -> str:
        session = self._session
        match session.doing:
            case "asking" | "confirming" | "specifying" if session.at is not None:
                return self._written(session.at)
            case "repeating" if session.at is not None:
                return f"@repeat:{self._written(session.at)}"
            case "reviewing" | "jumping":
                return "@review"
            case "restarting":
                return "@restart"
            case "paused":
                return "@paused"
            case _:
                return "@done"

    def _written(self, place: Place) -> str:
        """``anak[2]/umur``: only the repeats it stands in are named."""
        repeats = self.playbook.nodes[place.name].repeats
        around = (f"{name}[{number}]/" for name, number in zip(repeats, place.position, strict=True))
        return "".join(around) + place.name

    def _spoken(self) -> str:
        languages = self.playbook.survey.languages
        return self.language if self.language in languages else languages[0]


def steps_of(lines: Iterable[str], name: str, say: Callable[[str], str] = str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number of the line and its step, empty lines and lines that begin with # left out. Raises StepError."""
    _ = say
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            step = json.loads(line)
        except ValueError as error:
            words = _("This is not JSON ({reason}). Write one step a line, such as {example}.")
            raise StepError(f"{name}:{number}: " + words.format(reason=error, example=_EXAMPLE)) from None
        if not isinstance(step, dict):
            raise StepError(
                f"{name}:{number}: " + _("A step is an object, such as {example}.").format(example=_EXAMPLE)
            )
        yield number, step


def parse_duration(text: str, say: Callable[[str], str] = str) -> timedelta:
    """An ISO 8601 duration of weeks, days, hours, minutes and seconds. Raises StepError."""
    found = _DURATION.fullmatch(text)
    if found is None:
        _ = say
        words = _("“{text}” is no duration. Write P2D for two days, PT3H for three hours.")
        raise StepError(words.format(text=text))
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
