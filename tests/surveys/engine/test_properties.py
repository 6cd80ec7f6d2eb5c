"""What holds in every conversation, whatever is said: with the bundled surveys and a form made to be difficult."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import bundled, catalog
from bot.wording import catalogue
from surveys import engine
from surveys.engine import Playbook
from surveys.engine.draft import Draft
from surveys.engine.playbook import Enter, Item, Leave
from surveys.engine.walk import asked_places, places
from surveys.events import Asked, Step
from surveys.messages import Edit, Location, Media, MediaKind, Other, Outgoing, Press, Reply, Text
from surveys.session import Place, Session
from surveys.speaking import speak
from surveys.survey import in_language
from surveys.xlsform import read
from tests.surveys.engine.talking import NOW, playbook_of


@cache
def playbooks() -> Mapping[str, Playbook]:
    files = catalog.files(bundled.folder("catalog") / "alak")
    home = bundled.folder("catalog").parent / "surveys" / "definitions"
    found = {
        path.stem: engine.compile_survey(read(path, file_type=".md", name_hint=path.stem, files=files)[0])
        for path in sorted(home.glob("*.md"))
    }
    return {**found, "sulit": playbook_of((Path(__file__).parent / "sulit.md").read_text(encoding="utf-8"))}


NAMES = ("aspirasi", "l1_reaksi", "l2_pelayanan_prima", "l3_atasan", "l3_peserta", "skm_alak", "sulit", "tna_asn")


def test_all_surveys_are_tried() -> None:
    assert tuple(sorted(playbooks())) == NAMES


# ---- what may be said --------------------------------------------------------------------------------

WORDS = [
    "ya", "tidak", "Ya", "Tidak", "1", "2", "3", "1,2", "1 2", "3 3", "10", "99", "lima", "besok", "17/8/1990",
    "lewati", "kembali", "nanti", "berhenti", "ulang", "bantuan", "batal", "ubah", "ubah 1", "kirim", "selesai",
    "/skip", "/apa", "Anonim", "Batal", "Lengkap", "Tetap", "Lanjutkan", "Lainnya: apa saja", "Berikutnya ▶", "semua",
    "tidak ada", "081234567890", "NIK 5371011290010003", "Cerita yang cukup panjang untuk diterima sebagai jawaban.",
]  # fmt: skip
anything = st.text(st.characters() | st.sampled_from("\x00\ud800\udfff\u200b🙂\n"), max_size=60)
moves = st.one_of(
    st.just("answer"),
    st.just("answer"),
    st.just("answer"),
    st.just("answer"),
    st.just("fetch"),
    st.just("lose"),
    st.just("take up"),
    st.sampled_from(WORDS).map(Text),
    anything.map(Text),
    st.tuples(
        st.just("press"), st.sampled_from(["t0", "t1", "t2", "t9", "p1", "clear", "done", "keep", "skip", "back"])
    ),
    anything.map(Press),
    st.builds(
        Media,
        kind=st.sampled_from(["image", "audio", "video", "file"]),
        reference=st.just("r"),
        mime=st.sampled_from(["", "image/jpeg", "audio/ogg"]),
        size=st.sampled_from([0, 1000, 10**9]),
        seconds=st.sampled_from([0, 9, 999]),
        caption=st.sampled_from(["", "foto NIK 5371011290010003", "\ud800"]),
        album=st.sampled_from(["", "", "x", "y"]),
    ),
    st.builds(Location, st.floats(-100, 100), st.floats(-200, 200), st.floats(-1, 1e9)),
    st.sampled_from(["sticker", "contact", "poll", "forward"]).map(Other),
    st.tuples(st.just("edit"), st.integers(1, 20), st.sampled_from(WORDS).map(Text) | anything.map(Text)),
)
Move = str | Reply | tuple[str, str] | tuple[str, int, Text]


@dataclass
class Person:
    """Somebody in the middle of a survey. Every session is stored and read again before it goes on."""

    playbook: Playbook
    language: str = "id"
    session: Session = field(init=False)
    said: tuple[Outgoing, ...] = ()
    now: datetime = NOW
    sent: int = 0
    rng: random.Random = field(default_factory=lambda: random.Random(3))

    def __post_init__(self) -> None:
        self.say = catalogue(self.language).gettext
        self.take(engine.start(self.playbook, language=self.language, now=NOW, rng=self.rng, say=self.say))

    def draft(self) -> Draft:
        return Draft(self.playbook, self.session, say=self.say, now=self.now, rng=random.Random(3))

    def take(self, step: Step) -> None:
        stored = engine.load_session(engine.dump_session(step.session))
        assert stored == step.session
        self.session = stored
        spoken = speak(self.playbook, step, say=self.say, now=self.now, rng=random.Random(3))
        self.said = spoken.messages
        for message in self.said:
            assert message.text or message.rows
        self.check(step)

    def check(self, step: Step) -> None:
        draft = self.draft()
        for event in step.events:
            if isinstance(event, Asked):
                assert relevant(draft, event.place), f"{event.place} was asked and is not relevant"
        if self.session.doing == "reviewing":
            answered = {place for place, _item in asked_places(draft)}
            for place, item in places(draft):
                if item.asks and relevant(draft, place):
                    assert place in answered, f"{place} was never asked"
                    assert place in self.session.answers or not draft.required(item, place)
                elif item.asks:
                    assert place not in self.session.answers, f"{place} is not relevant and is kept"
        assert self.session.total >= 0
        assert (
            self.over()
            or self.session.doing in {"reviewing", "jumping", "fetching", "paused", "restarting"}
            or (self.session.at is not None)
        )

    def over(self) -> bool:
        return self.session.doing in {"done", "stopped", "expired"}

    def move(self, move: Move, *, unseen: bool = False) -> None:
        if self.over():
            return
        self.now += timedelta(seconds=3)
        match move:
            case "answer":
                self.reply(acceptable(self), unseen=False)
            case "fetch" | "lose":
                for media_id in sorted(self.session.waiting)[:1]:
                    self.fetched(media_id, kept=move == "fetch")
            case "take up":
                self.take(engine.take_up(self.playbook, self.session, now=self.now, rng=self.rng, say=self.say))
            case ("press", str(action)):
                self.reply(Press(f"{self.session.turn}:{action}"), unseen=unseen)
            case ("edit", int(number), Text() as text):
                self.reply(Edit(str(number * 2), text), unseen=unseen)
            case str() | tuple():
                raise AssertionError(move)
            case _:
                self.reply(move, unseen=unseen)

    def reply(self, reply: Reply, *, unseen: bool) -> None:
        self.sent += 2
        self.take(
            engine.resume(
                self.playbook, self.session, reply, now=self.now, rng=self.rng, say=self.say,
                message_id=str(self.sent), unseen=unseen,
            )
        )  # fmt: skip

    def fetched(self, media_id: str, *, kept: bool) -> None:
        self.take(
            engine.fetched(self.playbook, self.session, media_id, kept=kept, now=self.now, rng=self.rng, say=self.say)
        )


def relevant(draft: Draft, place: Place) -> bool:
    """Whether the question and everything around it is relevant, found without walking."""
    ops = draft.playbook.ops
    index = draft.playbook.at[place.name]
    item = ops[index]
    assert isinstance(item, Item)
    if item.relevant is not None and not item.relevant.truth(draft.stand(place)):
        return False
    depth = 0
    for op in reversed(ops[:index]):
        if isinstance(op, Leave):
            depth += 1
        elif isinstance(op, Enter):
            if depth:
                depth -= 1
                continue
            here = Place(op.section.name, place.position[: op.depth])
            if op.relevant is not None and not op.relevant.truth(draft.stand(here)):
                return False
    return True


def acceptable(person: Person) -> Reply:
    """Something that may stand where the person is."""
    session, draft = person.session, person.draft()
    match session.doing:
        case "asking" if session.at is not None:
            return _answer(person, draft, person.playbook.item(session.at.name), session.at)
        case "confirming":
            return Text("ya" if len(session.candidates) == 1 else "1")
        case "specifying":
            return Text("Sesuatu yang lain")
        case "paused":
            return Text("Lanjutkan")
        case "reviewing":
            return Text("Kirim")
        case _:
            return Text("tidak")


def _answer(person: Person, draft: Draft, item: Item, place: Place) -> Reply:
    question = item.question
    choices = draft.choices(item, place)
    if question.choices and not choices:
        return Text("lewati")
    kinds: Mapping[str, MediaKind] = {"image": "image", "audio": "audio", "video": "video", "file": "file"}
    match question.type:
        case "select_one":
            fitting = [choice for choice in choices if not draft.broken(item, place, choice.name)] or list(choices)
            quiet = [choice for choice in fitting if choice.name != "batal"]
            return Text(in_language(quiet[0].label, session_language(person)))
        case "select_multiple":
            return Text("1")
        case "rank":
            wanted = int(question.parameters.get("chat_rank", len(choices)))
            return Text(",".join(str(number) for number in range(min(wanted, len(choices)), 0, -1)))
        case "integer" | "decimal" | "range":
            return Text("2")
        case "date":
            return Text("17 Agustus 2020")
        case "time":
            return Text("09.00")
        case "dateTime":
            return Text("17 Agustus 2020 pukul 09.00")
        case "acknowledge":
            return Text("OK")
        case "geopoint":
            return Location(-10.17, 123.58)
        case kind if kind in kinds:
            return Media(kind=kinds[kind], reference="r", size=1000)
        case _:
            words = {"nip": "198609262015051001", "phone": "081234567890", "name": "Maria Tanpa Nama"}
            return Text(words.get(question.chat_kind, "Sebuah jawaban yang ditulis dengan kata-kata sendiri."))


def session_language(person: Person) -> str:
    return person.session.language


conversation = st.lists(st.tuples(moves, st.booleans()), max_size=50)
THOROUGH = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("name", NAMES)
@THOROUGH
@given(said=conversation, language=st.sampled_from(["id", "en"]))
def test_whatever_is_said_nothing_is_lost_and_the_survey_can_still_be_finished(
    name: str, said: list[tuple[Move, bool]], language: str
) -> None:
    person = Person(playbooks()[name], language)
    for move, unseen in said:
        person.move(move, unseen=unseen)
    for _turn in range(150):
        if person.over():
            break
        if person.session.waiting:
            person.move("fetch")
        elif person.session.doing == "paused":
            person.move("take up")
        else:
            person.move("answer")
    assert person.session.doing in {"done", "stopped"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_acceptable_answers_alone_reach_the_end(name: str, language: str) -> None:
    person = Person(playbooks()[name], language)
    asked = 0
    while not person.over():
        asked += 1
        person.move("fetch" if person.session.doing == "fetching" else "answer")
        assert person.session.tries == 0
        assert asked < 120
    assert person.session.doing == "done"


@pytest.mark.parametrize("name", NAMES)
@THOROUGH
@given(before=st.integers(0, 25), reply=anything.map(Text) | anything.map(Press), stopped=st.booleans())
def test_what_is_over_stays_over(name: str, before: int, reply: Reply, stopped: bool) -> None:
    person = Person(playbooks()[name])
    for _turn in range(before):
        person.move("answer")
    person.take(
        engine.expire(person.playbook, person.session, now=person.now, rng=person.rng, say=person.say, stopped=stopped)
    )
    over = person.session
    person.reply(reply, unseen=False)
    assert person.session == over
