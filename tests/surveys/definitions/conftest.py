"""The bundled surveys, read once with the lists of Alak, and somebody who answers them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot import bundled, catalog
from surveys import engine
from surveys.engine import Playbook
from surveys.engine.draft import Draft
from surveys.events import Asked, Noted, Rejected, Step
from surveys.messages import Reply, Text
from surveys.session import Session
from surveys.survey import Choice, Survey, in_language
from surveys.xlsform import read

DEFINITIONS = bundled.folder("catalog").parent / "surveys" / "definitions"
NOW = datetime(2026, 11, 24, 10, 5, tzinfo=ZoneInfo("Asia/Makassar"))
SHORTEST = "Contoh jawaban untuk pengujian."


@pytest.fixture(scope="session")
def bundled_surveys() -> Mapping[str, Survey]:
    files = catalog.files(bundled.folder("catalog") / "alak")
    return {
        path.stem: read(path, file_type=".md", name_hint=path.stem, files=files)[0]
        for path in sorted(DEFINITIONS.glob("*.md"))
    }


@pytest.fixture(scope="session")
def playbooks(bundled_surveys: Mapping[str, Survey]) -> Mapping[str, Playbook]:
    return {name: engine.compile_survey(survey) for name, survey in bundled_surveys.items()}


@dataclass(slots=True)
class Interview:
    """One person answering one survey. Answers are given by the names of choices; what has none in ``answers`` gets the
    first choice, a short text, or is skipped."""

    playbook: Playbook
    answers: Mapping[str, str]
    session: Session
    asked: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    """Name of a note to what it said."""
    followed: dict[str, str] = field(default_factory=dict)
    """Name of a note to the question answered last before it, "" at the beginning."""
    rejections: list[str] = field(default_factory=list)

    def draft(self) -> Draft:
        return Draft(self.playbook, self.session, say=str, now=NOW, rng=random.Random(1))

    def choices(self) -> tuple[Choice, ...]:
        """Those open at the question that stands."""
        assert self.session.at is not None
        return self.draft().choices(self.playbook.item(self.session.at.name), self.session.at)

    def take(self, step: Step, answered: str = "") -> None:
        self.session = step.session
        for event in step.events:
            match event:
                case Asked(place):
                    self.asked.append(place.name)
                case Noted(place):
                    self.notes[place.name] = self.draft().text(self.playbook.item(place.name), place)
                    self.followed[place.name] = answered
                case Rejected(reason):
                    self.rejections.append(reason)
                case _:
                    pass

    def say(self, reply: Reply | str) -> None:
        """One reply, as it would arrive."""
        standing = self.session.at.name if self.session.at else ""
        message = Text(reply) if isinstance(reply, str) else reply
        dice = random.Random(1)
        self.take(engine.resume(self.playbook, self.session, message, now=NOW, rng=dice, say=str), standing)

    def answer(self) -> None:
        """The question that stands."""
        assert self.session.at is not None
        name = self.session.at.name
        question = self.playbook.item(name).question
        given = self.answers.get(name)
        if question.choices:
            names = [choice.name for choice in self.choices()]
            if question.type == "select_one":
                wanted = self.choices()[names.index(given or names[0])]
                self.say(in_language(wanted.label, self.session.language))
            else:
                chosen = (given or " ".join(names[: 3 if question.type == "rank" else 1])).split()
                self.say(",".join(str(names.index(choice) + 1) for choice in chosen))
        elif given is not None:
            self.say(given)
        elif question.type == "range":
            self.say("8")
        else:
            self.say(SHORTEST if question.required else "LEWATI")

    def until(self, name: str) -> Interview:
        """Answer up to the question ``name``, which then stands."""
        while self.session.at is None or self.session.at.name != name:
            self.step()
        return self

    def finish(self) -> Interview:
        """Answer everything; the review stands then, or the session is over."""
        while self.session.doing == "asking":
            self.step()
        return self

    def step(self) -> None:
        before = len(self.asked)
        assert self.session.doing == "asking", f"no question stands while {self.session.doing}"
        self.answer()
        assert self.rejections == []
        assert len(self.asked) > before or self.session.doing != "asking"

    def values(self) -> dict[str, str]:
        """What is known now: answers and calculated values."""
        return {place.name: answer.value for place, answer in self.session.answers.items()}


Begin = Callable[..., Interview]


@pytest.fixture
def begin(playbooks: Mapping[str, Playbook]) -> Begin:
    """begin(survey, answers, language=…, facts=…): an interview whose first question stands."""

    def begun(
        survey: str,
        answers: Mapping[str, str] | None = None,
        *,
        language: str = "id",
        facts: Mapping[str, str] | None = None,
    ) -> Interview:
        playbook = playbooks[survey]
        step = engine.start(playbook, language=language, now=NOW, rng=random.Random(1), say=str, facts=facts)
        interview = Interview(playbook, answers or {}, step.session)
        interview.take(step)
        return interview

    return begun
