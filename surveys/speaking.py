"""Puts what happened into words and buttons: one step of the engine becomes the messages a person reads.

Rule of the file: wording only (tone: docs/gaya-bahasa). One idea a message; what belongs together (a sentence on the
last answer, notes, the next question) goes into one message, and the channel's fitting splits what is too long.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from surveys.engine import walk
from surveys.engine.draft import Draft
from surveys.engine.playbook import Enter, Item, Playbook
from surveys.engine.review import reviewed
from surveys.engine.taking import doubt, keep_label, kept_by_word, masked, none_label
from surveys.events import (
    TRIES_BEFORE_WAY_OUT,
    Answered,
    Asked,
    Completed,
    Corrected,
    Doubted,
    Ended,
    Event,
    Full,
    Helped,
    Joined,
    Lost,
    Noted,
    Paused,
    Probed,
    Redacted,
    Rejected,
    Repeating,
    Restarting,
    Resumed,
    Reviewed,
    Specified,
    Stale,
    Step,
    Waiting,
)
from surveys.messages import Button, Outgoing
from surveys.questions import Prompt, type_of
from surveys.session import Place, Session
from surveys.survey import in_language

Say = Callable[[str], str]
PROGRESS_EVERY = 5
LONGEST_BUBBLE = 600
"""Characters: beyond that what was to be told before goes into a message of its own."""
LONGEST_REVIEW_VALUE = 80
LONGEST_REVIEW_LABEL = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What is said. ``redraws``: the first message replaces the prompt that an inline button was pressed under."""

    messages: tuple[Outgoing, ...]
    redraws: bool = False
    prompts: bool = False
    """The last message is a prompt that stands for an answer."""


def speak(playbook: Playbook, step: Step, *, say: Say, now: datetime, rng: random.Random) -> Spoken:
    """The messages for ``step``. Nothing for a step that needs none (a double tap, a later photo of an album)."""
    return _Speaker(playbook, step, say, now, rng).spoken()


class _Speaker:
    def __init__(self, playbook: Playbook, step: Step, say: Say, now: datetime, rng: random.Random) -> None:
        self._playbook = playbook
        self._session: Session = step.session
        self._events = step.events
        self._say = say
        self._now = now
        self._rng = rng

    @cached_property
    def _draft(self) -> Draft:
        """Where texts and conditions look at answers; most prompts do without."""
        return Draft(self._playbook, self._session, say=self._say, now=self._now, rng=self._rng)

    def spoken(self) -> Spoken:
        parts: list[str] = []
        closing: Outgoing | None = None
        redraws = False
        media: tuple[tuple[str, str], ...] = ()
        for event in self._events:
            if isinstance(event, Answered):  # most often there is this one, of which nothing is said,
                continue
            if isinstance(event, Asked):  # and that one
                redraws = redraws or event.changes
                closing = self._question(event.place)
                continue
            said = self._sentence(event)
            if said:
                parts.append(said)
            if isinstance(event, Noted):
                media += self._label_media(event.place)
            prompt = self._prompt(event)
            if prompt is not None:
                closing = prompt
        if closing is None and any(isinstance(event, Rejected | Helped) for event in self._events):
            closing = self._standing()
        if closing is None:
            text = "\n\n".join(parts)
            ended = any(isinstance(event, Ended) for event in self._events)
            return Spoken(messages=(Outgoing(text=text, keyboard="remove" if ended else "keep"),) if text else ())
        before: tuple[Outgoing, ...] = ()
        if parts:
            told = "\n\n".join(parts)
            whole = f"{told}\n\n{closing.text}" if closing.text else told
            if len(whole) > LONGEST_BUBBLE and closing.text:
                before = (Outgoing(text=told, keyboard="keep", media=media),)  # type: ignore[arg-type]
                media = ()
            else:
                closing = replace(closing, text=whole)
        if any(isinstance(event, Reviewed) and not event.choosing for event in self._events):
            *first, last = _bubbles(closing.text)
            before = (*before, *(Outgoing(text=text, keyboard="keep") for text in first))
            closing = replace(closing, text=last)
        if media:
            closing = replace(closing, media=(*media, *closing.media))  # type: ignore[arg-type]
        if not closing.tag:
            closing = replace(closing, tag=f"{self._session.turn}")
        return Spoken(messages=(*before, closing), redraws=redraws, prompts=True)

    # ---- sentences ----------------------------------------------------------------------------------

    def _of_file(self, event: Lost | Joined | Full) -> str:
        _ = self._say
        match event:
            case Lost(place):
                return _("We could not fetch the file for “{question}”. Please send it once more.").format(
                    question=self._short_label(place)
                )
            case Joined(place):
                return _("Your file is kept with “{question}”.").format(question=self._short_label(place))
            case Full(most):
                return _("We keep at most {most} files here; the others were not used.").format(most=most)

    def _sentence(self, event: Event) -> str:  # noqa: PLR0911 -- one line a kind of event
        _ = self._say
        match event:
            case Noted(place):
                return self._noted(place)
            case Rejected(reason, tries):
                return f"{reason}\n{self._way_out()}" if tries >= TRIES_BEFORE_WAY_OUT else reason
            case Redacted(kinds):
                return masked_notice(kinds, self._say)
            case Lost() | Joined() | Full():
                return self._of_file(event)
            case Stale(silent):
                return "" if silent else _("That belongs to an earlier question, so we did not use it.")
            case Corrected(place, kept, reason):
                if kept and reason:
                    return _("{reason} The earlier answer stays: {answer}.").format(
                        reason=reason, answer=self._shown(place)
                    )
                if kept:
                    return _("We could not read the changed message, so the earlier answer stays: {answer}.").format(
                        answer=self._shown(place)
                    )
                return _("Changed: {question} → {answer}.").format(
                    question=self._short_label(place), answer=self._shown(place)
                )
            case Helped():
                return self._help()
            case Resumed():
                return _("We go on where you stopped.")
            case Waiting():
                return _(
                    "Your answers are complete. We are still saving your file and will confirm as soon as it is in."
                )
            case Ended("expired"):
                return _("The time for this survey has passed, so it was closed. Thank you for what you told us.")
            case Ended("stopped"):
                return _("All right, the survey was ended. Thank you.")
            case _:
                return ""

    def _noted(self, place: Place) -> str:
        """A note; what is only displayed has its value under its label."""
        item = self._playbook.item(place.name)
        label = self._label(place)
        value = self._draft.value(place.name, place.position)
        if not item.displayed or not value:
            return label
        shown = type_of(item.question).dump(item.question, value, self._draft.asking(item, place))
        return f"{label}\n{masked(item, shown)}"

    def _way_out(self) -> str:
        _ = self._say
        item = self._standing_item()
        if item is not None and self._session.at is not None and not self._draft.required(item, self._session.at):
            return _("Type SKIP to leave this question out, LATER to go on another time, or HELP.")
        return _("Type LATER to go on another time, BACK for the question before, or HELP.")

    def _help(self) -> str:
        _ = self._say
        lines = [
            _("Answer with a button, a number or your own words."),
            _(
                "SKIP leaves a question out, BACK returns to the one before, LATER saves it for another "
                "day, STOP pauses, RESTART begins again."
            ),
        ]
        item, place = self._standing_item(), self._session.at
        if item is not None and place is not None:
            guidance = in_language(item.question.guidance_hint, self._session.language)
            if guidance:
                lines.insert(0, guidance)
        return "\n".join(lines)

    # ---- prompts ------------------------------------------------------------------------------------

    def _prompt(self, event: Event) -> Outgoing | None:
        match event:
            case Asked(place):
                return self._question(place)
            case Doubted(_, candidates):
                return self._doubt(candidates)
            case Probed(place):
                return self._more(place)
            case Specified():
                return self._which()
            case Repeating(place, number):
                return self._another(place, number)
            case Reviewed(choosing):
                return self._choosing() if choosing else self._review()
            case Restarting():
                _ = self._say
                return self._yes_no(_("Begin again from the first question? Your answers so far will be removed."))
            case Paused(how):
                return self._paused(how)
            case Completed():
                return None
            case _:
                return None

    def _standing(self) -> Outgoing | None:
        """The prompt that stands, said again after a reply that was none."""
        session = self._session
        match session.doing:
            case "asking" if session.at is not None:
                return self._question(session.at)
            case "specifying":
                return self._which()
            case "confirming" if session.at is not None:
                return self._doubt(doubt(self._draft, self._playbook.item(session.at.name), session.at).candidates)
            case "repeating" if session.at is not None:
                return self._another(session.at, session.repeats.get(session.at, 0))
            case "restarting":
                return self._prompt(Restarting())
            case "reviewing":
                return Outgoing(text="", rows=self._review_rows(), keyboard="keep")
            case "jumping":
                return self._choosing()
            case _:
                return None

    def _question(self, place: Place) -> Outgoing:
        item, session = self._playbook.item(place.name), self._session
        if not item.plain or place in session.answers:
            return self._worded(place, item)
        number = walk.standing_number(self._playbook, session)
        alike = (
            place, session.language, number, session.total, session.turn, session.selection, session.page,
            self._went_before(place), self._say,
        )  # fmt: skip
        return _worded_once(item, alike, lambda: self._worded(place, item))

    def _worded(self, place: Place, item: Item) -> Outgoing:
        asking = self._draft.asking(item, place)
        prompt: Prompt = item.kind.prompt(item.question, asking) if item.kind else Prompt()
        hint = item.hint.template(self._session.language)
        lines = [
            self._heading(item),
            asking.label,
            hint.text(self._draft.stand(place)) if hint else "",
            self._present(place, item),
            prompt.body,
        ]
        return Outgoing(
            text="\n".join(line for line in lines if line),
            rows=self._rows(prompt, item, place, required=asking.required),
            placeholder=prompt.placeholder,
            media=self._label_media(place),  # type: ignore[arg-type]
            tag=f"{self._session.turn}",
        )

    def _more(self, place: Place) -> Outgoing:
        _ = self._say
        text = _(
            "Thank you. Would you like to tell us a little more? One or two sentences help us most. "
            "If that is all, press {keep}."
        )
        rows = self._rows(Prompt(), self._playbook.item(place.name), place, required=True)
        return Outgoing(text=text.format(keep=keep_label(self._say)), rows=rows)

    def _heading(self, item: Item) -> str:
        _ = self._say
        if not (item.unit or item.follows_up) or self._session.total < PROGRESS_EVERY or self._everything_said():
            return ""
        number = walk.standing_number(self._playbook, self._session) - item.follows_up
        total = max(self._session.total, number)
        heading = _("Question {number} of {total}").format(number=number, total=total)
        done = number - 1
        if done and done % PROGRESS_EVERY == 0 and item.unit:
            heading = _("{done} of {total} done.").format(done=done, total=total) + "\n" + heading
        return heading

    def _everything_said(self) -> bool:
        """Whether an answer is changed from the review, whose lines are numbered otherwise."""
        session = self._session
        if session.at not in session.answers:
            return False
        said = {name for name, _position in (*session.answers, *session.skipped) if name in self._playbook.units}
        return len(said) >= session.total

    def _present(self, place: Place, item: Item) -> str:
        """The answer that stands and is being changed."""
        if item.question.type in {"select_multiple", "rank"}:
            return ""
        _ = self._say
        if place in self._session.answers:
            return _("Your answer so far: {answer}").format(answer=self._shown(place))
        proposal = walk.proposed(self._draft, item, place)
        if not proposal or item.kind is None:
            return ""
        shown = masked(item, item.kind.dump(item.question, proposal, self._draft.asking(item, place)))
        return _("Filled in for you: {answer}").format(answer=shorten(shown, 200))

    def _rows(self, prompt: Prompt, item: Item, place: Place, *, required: bool) -> tuple[tuple[Button, ...], ...]:
        _ = self._say
        ways = []
        if item.question.type not in {"select_multiple", "rank"} and kept_by_word(self._draft, item, place):
            ways.append((keep_label(self._say), "keep"))
        if not required:
            ways.append((_("Skip"), "skip"))
        if self._went_before(place):
            ways.append((_("Back"), "back"))
        if not ways:
            return prompt.rows
        inline = any(button.data for row in prompt.rows for button in row)
        buttons = tuple(Button(label, f"{self._session.turn}:{action}" if inline else "") for label, action in ways)
        return (*prompt.rows, buttons)

    def _went_before(self, place: Place) -> bool:
        at = self._playbook.at
        here = (at[place.name], place.position)
        return any(
            (at[other.name], other.position) < here and self._playbook.item(other.name).asks
            for other in self._session.answers
        )

    def _doubt(self, candidates: tuple[tuple[str, str], ...]) -> Outgoing:
        _ = self._say
        if len(candidates) == 1:
            return self._yes_no(_("Do you mean “{answer}”?").format(answer=candidates[0][1]))
        rows = (*((Button(label),) for _value, label in candidates), (Button(none_label(self._say)),))
        lines = [f"{number} {label}" for number, (_value, label) in enumerate(candidates, start=1)]
        return Outgoing(text="\n".join([_("Which one do you mean?"), *lines]), rows=rows)

    def _which(self) -> Outgoing:
        _ = self._say
        return Outgoing(text=_("Which one? Please type it in a few words."))

    def _another(self, place: Place, number: int) -> Outgoing:
        _ = self._say
        op = self._playbook.ops[self._playbook.at[place.name]]
        name = self._draft.section_text(op, place) if isinstance(op, Enter) else place.name
        return self._yes_no(_("{name}: {number} entered. Add another one?").format(name=name, number=number))

    def _yes_no(self, text: str) -> Outgoing:
        _ = self._say
        return Outgoing(text=text, rows=((Button(_("Yes")), Button(_("No"))),))

    def _review(self) -> Outgoing:
        _ = self._say
        lines = [
            f"{number}. {self._reviewed(place, op)}"
            for number, (place, op) in enumerate(reviewed(self._draft), start=1)
        ]
        return Outgoing(
            text="\n".join([_("Please look through your answers:"), *lines, "", _("Send them now?")]),
            rows=self._review_rows(),
        )

    def _reviewed(self, place: Place, op: Item | Enter) -> str:
        _ = self._say
        if isinstance(op, Enter):
            name = _numbered(self._draft.section_text(op, place), place)
            return beside(name, _("{number} entered").format(number=self._session.repeats.get(place, 0)))
        return beside(self._short_label(place), self._shown(place, LONGEST_REVIEW_VALUE))

    def _review_rows(self) -> tuple[tuple[Button, ...], ...]:
        _ = self._say
        return ((Button(_("Send")), Button(_("Change"))),)

    def _choosing(self) -> Outgoing:
        _ = self._say
        return Outgoing(
            text=_("Which answer would you like to change? Please type its number."),
            rows=((Button(_("Back")),),),
            placeholder="1–" + str(len(reviewed(self._draft))),
        )

    def _paused(self, how: str) -> Outgoing:
        _ = self._say
        until = day(self._session.expires, self._say)
        number = (
            self._session.total if self._session.at is None else walk.standing_number(self._playbook, self._session) - 1
        )
        saved = (
            _("Your answers up to question {number} are saved. You can go on until {date}.").format(
                number=number, date=until
            )
            if number > 0
            else _("You can go on until {date}.").format(date=until)
        )
        if how == "stop":
            return Outgoing(
                text=_("The survey is paused.") + " " + saved,
                rows=((Button(_("Go on")),), (Button(_("Stop all messages")),)),
            )
        return Outgoing(
            text=saved + "\n" + _("Would you like to go on now?"),
            rows=((Button(_("Go on")), Button(_("Remind me tomorrow"))), (Button(_("Stop")),)),
        )

    # ---- pieces -------------------------------------------------------------------------------------

    def _standing_item(self) -> Item | None:
        if self._session.doing != "asking" or self._session.at is None:
            return None
        return self._playbook.item(self._session.at.name)

    def _label(self, place: Place) -> str:
        return self._draft.text(self._playbook.item(place.name), place)

    def _short_label(self, place: Place) -> str:
        return _numbered(self._label(place), place)

    def _shown(self, place: Place, longest: int = 200) -> str:
        _ = self._say
        answer = self._session.answers.get(place)
        if answer is None:
            return _("(skipped)")
        if answer.pages:
            files = (
                _("{number} file").format(number=1)
                if len(answer.pages) == 1
                else _("{number} files").format(number=len(answer.pages))
            )
            return f"📎 {files}" + (f" · {shorten(answer.other, longest)}" if answer.other else "")
        item = self._playbook.item(place.name)
        text = (
            item.kind.dump(item.question, answer.value, self._draft.asking(item, place)) if item.kind else answer.value
        )
        text = masked(item, text)
        if answer.other:
            text = f"{text}: {answer.other}"
        return shorten(text.replace("\n", " "), longest)

    def _label_media(self, place: Place) -> tuple[tuple[str, str], ...]:
        media = self._playbook.item(place.name).question.media
        return tuple((kind, in_language(files, self._session.language)) for kind, files in media.items())


def masked_notice(kinds: Sequence[str], say: Say) -> str:
    """That numbers which identify a person were taken out."""
    _ = say
    names = {
        "nik": _("a national identity number (NIK)"),
        "nip": _("an employee number (NIP)"),
        "phone": _("a phone number"),
    }
    found = _(" and ").join(dict.fromkeys(names.get(kind, kind) for kind in kinds))
    return _(
        "Your message holds {what}. For your safety we masked it and did not store it. We keep the rest of your answer."
    ).format(what=found)


_MOST_KEPT = 4096
_kept: dict[tuple[int, Hashable], tuple[Item, Outgoing]] = {}


def _worded_once(item: Item, alike: Hashable, word: Callable[[], Outgoing]) -> Outgoing:
    """The prompt of a plain question: worded once for all who stand there ``alike``. It says nothing of anybody."""
    found = _kept.get((id(item), alike))
    if found is None:  # the item is kept with it, so that its id stays its own
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        found = _kept[id(item), alike] = item, word()
    return found[1]


def _bubbles(text: str) -> list[str]:
    """A review in messages that are short enough, split between its lines; the last one asks whether to send."""
    if len(text) <= LONGEST_BUBBLE:
        return [text]
    *lines, answer, empty, question = text.split("\n")
    bubbles = [""]
    for line in (*lines, f"{answer}\n{empty}\n{question}"):
        if bubbles[-1] and len(bubbles[-1]) + 1 + len(line) > LONGEST_BUBBLE:
            bubbles.append(line)
        else:
            bubbles[-1] = f"{bubbles[-1]}\n{line}" if bubbles[-1] else line
    return bubbles


def _numbered(label: str, place: Place) -> str:
    """A label in short, with the numbers of the repetitions it stands in."""
    first = label.strip().partition("\n")[0]
    return shorten(first, LONGEST_REVIEW_LABEL) + "".join(f" {index}" for index in place.position)


def beside(label: str, answer: str) -> str:
    """A question and its answer in one line."""
    return f"{label} {answer}" if label.endswith(("?", "!", ":", ".")) else f"{label}: {answer}"


def shorten(text: str, longest: int) -> str:
    """``text``, cut at a word with "…" where it is longer than ``longest`` characters."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    if text[longest - 1] != " " and " " in cut[longest // 2 :]:
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip(" ,.;:") + "…"


def day(moment: date, say: Say) -> str:
    """A date as people read it: "Selasa, 24 November 2026"."""
    _ = say
    days = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    months = (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip
    return f"{days[moment.weekday()]}, {moment.day} {months[moment.month - 1]} {moment.year}"
