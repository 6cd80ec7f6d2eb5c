"""A conversation for tests: a form as its author writes it, and what is said, step by step."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from surveys import engine
from surveys.engine import Playbook
from surveys.events import Asked, Event, Step
from surveys.messages import Press, Reply, Text
from surveys.session import Place
from surveys.speaking import Spoken, speak
from surveys.xlsform import read

NOW = datetime(2026, 11, 24, 10, 5, tzinfo=ZoneInfo("Asia/Makassar"))


def playbook_of(form: str) -> Playbook:
    """A form as its author writes it, ready."""
    survey, _problems = read(form.encode(), file_type=".md", name_hint="uji")
    return engine.compile_survey(survey)


class Talk:
    """One session. Every step is also saved and loaded, so that a session survives that anywhere."""

    def __init__(
        self,
        form: str | Playbook,
        *,
        facts: dict[str, str] | None = None,
        language: str = "id",
        gettext: Callable[[str], str] = str,
    ) -> None:
        self.playbook = playbook_of(form) if isinstance(form, str) else form
        self.now = NOW
        self.rng = random.Random(7)
        self.gettext = gettext
        self._take(engine.start(self.playbook, language=language, now=NOW, rng=self.rng, say=gettext, facts=facts))

    def _take(self, step: Step) -> None:
        self.events: tuple[Event, ...] = step.events
        self.step = step
        stored = engine.load_session(engine.dump_session(step.session))
        assert stored == step.session
        self.session = stored

    def say(self, reply: str | Reply, *, message_id: str = "", unseen: bool = False) -> Talk:
        """One reply; a string is typed."""
        self.now += timedelta(seconds=5)
        typed = Text(reply) if isinstance(reply, str) else reply
        step = engine.resume(
            self.playbook,
            self.session,
            typed,
            now=self.now,
            rng=self.rng,
            say=self.gettext,
            message_id=message_id,
            unseen=unseen,
        )
        self._take(step)
        return self

    def press(self, action: str) -> Talk:
        """An inline button of the prompt that stands."""
        return self.say(Press(f"{self.session.turn}:{action}"))

    def take_up(self) -> Talk:
        """Go on after a pause."""
        self._take(engine.take_up(self.playbook, self.session, now=self.now, rng=self.rng, say=self.gettext))
        return self

    def fetched(self, media_id: str, *, kept: bool) -> Talk:
        """A file arrived, or cannot be had."""
        step = engine.fetched(
            self.playbook, self.session, media_id, kept=kept, now=self.now, rng=self.rng, say=self.gettext
        )
        self._take(step)
        return self

    @property
    def spoken(self) -> Spoken:
        """What the person reads."""
        return speak(self.playbook, self.step, say=self.gettext, now=self.now, rng=random.Random(7))

    @property
    def text(self) -> str:
        """All of it."""
        return "\n\n".join(message.text for message in self.spoken.messages)

    @property
    def buttons(self) -> list[str]:
        """Labels of the last message's buttons."""
        return [button.label for row in self.spoken.messages[-1].rows for button in row]

    @property
    def at(self) -> str:
        """The question that stands: "umur", "anak[2]/umur", or what is being done otherwise."""
        place = self.session.at
        if place is None or self.session.doing not in {"asking", "confirming", "specifying"}:
            return f"@{self.session.doing}"
        repeats = self.playbook.nodes[place.name].repeats
        steps = [f"{name}[{number}]" for name, number in zip(repeats, place.position, strict=True)]
        return "/".join([*steps, place.name])

    def value(self, name: str, *position: int) -> str:
        """The value that stands, "" if none."""
        answer = self.session.answers.get(Place(name, position))
        return "" if answer is None else answer.value

    def kinds(self) -> list[str]:
        """The events by kind."""
        return [type(event).__name__ for event in self.events]

    def asked(self) -> list[str]:
        """Questions asked in this step."""
        return [event.place.name for event in self.events if isinstance(event, Asked)]
