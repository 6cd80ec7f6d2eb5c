"""A reply is taken for the answer to the question that stands: read, doubted, refused, or let stand.

Rule of the file: what a type reads is checked against the form's constraint before it stands, and free text loses the
numbers that identify people before anything else sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from surveys.engine import probing, told, walk
from surveys.engine.draft import Draft
from surveys.engine.playbook import OTHER, Item
from surveys.events import Answered, Asked, Doubted, Ended, Redacted, Rejected, Specified, Wanted
from surveys.messages import Media, Reply, Text
from surveys.questions import Parsed, Read, Sent, Toggled, Unreadable, Unsure
from surveys.session import Answer, Place
from surveys.text.choices import exactly
from surveys.text.normal import normal, shows
from surveys.text.redaction import redact
from surveys.text.yes_no import yes_no

Say = Callable[[str], str]
LONGEST_RAW = 4096
"""Characters of what was typed that are kept beside what was understood."""


def answer(draft: Draft, reply: Reply, message_id: str) -> None:
    """Take ``reply`` for the answer to the question that stands."""
    item, place = standing(draft)
    raw = reply.text if isinstance(reply, Text) else ""
    if raw and (item.question.default or place in draft.answers) and says(raw, keep_label(draft.say)):
        proposal = kept_by_word(draft, item, place)
        if proposal:
            let_stand(draft, item, place, draft.answers.get(place) or Answer(proposal, "", "", message_id))
            draft.last_raw = raw
            return
    if raw and "chat_pair" in item.question.parameters and _pair(draft, item, place, raw, message_id):
        return
    clean, kinds = redacted(item, reply)
    parsed = read(draft, item, place, clean)
    if isinstance(reply, Media) and not isinstance(parsed, Sent):
        draft.album, draft.album_place = reply.album, None  # its other photos are refused in silence
    take(
        draft,
        item,
        place,
        parsed,
        raw=clean.text if isinstance(clean, Text) else "",
        message_id=message_id,
        kinds=kinds,
    )


def keep_label(say: Say) -> str:
    """The button that lets the present answer stand."""
    _ = say
    return _("Keep it")


def says(typed: str, label: str) -> bool:
    """Whether ``typed`` is the word on a button of ours, in any spelling."""
    return len(typed) <= 2 * len(label) and normal(typed) == normal(label)


def kept_by_word(draft: Draft, item: Item, place: Place) -> str:
    """The value that "keep it" lets stand; "" if none, or where a choice is called so: then the word chooses it."""
    proposal = walk.proposed(draft, item, place)
    if proposal and item.question.choices:
        label = keep_label(draft.say)
        if exactly(label, draft.choices(item, place), draft.language) is not None:
            return ""
    return proposal


def none_label(say: Say) -> str:
    """The button that refuses every candidate of "which one do you mean?"."""
    _ = say
    return _("None of these")


def redacted(item: Item, reply: Reply) -> tuple[Reply, tuple[str, ...]]:
    """Free text without the numbers that identify people; questions that ask for such a number are left alone."""
    if isinstance(reply, Text) and item.question.type in {"text", "barcode"} and not item.question.chat_kind:
        clean, kinds = redact(reply.text)
        return (Text(clean), tuple(kinds)) if kinds else (reply, ())
    if isinstance(reply, Media) and reply.caption:
        clean, kinds = redact(reply.caption)
        return replace(reply, caption=clean), tuple(kinds)
    return reply, ()


def read(draft: Draft, item: Item, place: Place, reply: Reply) -> Parsed:
    """What the question's type makes of ``reply``."""
    if item.kind is None:
        msg = f"{item.name} asks nothing"
        raise AssertionError(msg)
    return item.kind.parse(item.question, reply, draft.asking(item, place))


def take(
    draft: Draft, item: Item, place: Place, parsed: Parsed, *, raw: str, message_id: str, kinds: tuple[str, ...] = ()
) -> None:
    """Do what was read: let it stand, doubt it, refuse it."""
    match parsed:
        case Read(value, other):
            reason = draft.broken(item, place, value)
            if reason:
                reject(draft, reason, message_id)
            elif wants_words(item, value) and not other:
                draft.calm()
                draft.doing, draft.candidates, draft.rejected_id = "specifying", (value,), message_id
                draft.turn += 1
                draft.tell(Specified(place))
            else:
                words, more = redact(other)
                if kinds or more:
                    draft.tell(Redacted(tuple(dict.fromkeys((*kinds, *more)))))
                given = Answer(value, kept_raw(item, raw), words, message_id)
                if not probing.probe(draft, item, place, given):
                    let_stand(draft, item, place, probing.whole(draft, item, place, given))
        case Unsure(values):
            fitting = tuple(value for value in values if not draft.broken(item, place, value))
            if not fitting:
                reject(draft, draft.broken(item, place, values[0]) or draft.unfit(), message_id)
                return
            draft.tries, draft.rejected_id = 0, message_id
            draft.doing, draft.candidates = "confirming", fitting
            draft.last_raw = kept_raw(item, raw)
            draft.turn += 1
            draft.tell(doubt(draft, item, place))
        case Unreadable(expected):
            reject(draft, expected, message_id)
        case Toggled(selection, page):
            draft.selection, draft.page, draft.tries = selection, page, 0
            draft.tell(Asked(place, changes=True))
        case Sent(media):
            if kinds:
                draft.tell(Redacted(kinds))
            _file(draft, item, place, media, message_id)
        case _:
            assert_never(parsed)


def kept_raw(item: Item, raw: str) -> str:
    """What was typed, as it may be kept: without numbers that identify people, unless the question asks for them."""
    return (raw if item.question.chat_kind else redact(raw)[0])[:LONGEST_RAW]


def masked(item: Item, shown: str) -> str:
    """A number that identifies a person is never shown in full: its last four figures do."""
    if item.question.chat_kind in {"nip", "phone"}:
        return "•" * max(0, len(shown) - 4) + shown[-4:]
    return shown


def wants_words(item: Item, value: str) -> bool:
    """Whether "other" was chosen and its words are to be asked."""
    return item.question.or_other and OTHER in value.split()


def let_stand(draft: Draft, item: Item, place: Place, answer: Answer) -> None:
    """The answer stands; on to what is open next."""
    draft.put(place, answer)
    draft.calm()
    draft.last_raw = answer.raw
    draft.tell(Answered(place, answer))
    if ends_here(draft, item):
        return
    walk.settle(draft, item.name)


def ends_here(draft: Draft, item: Item) -> bool:
    """Decide what hangs on answers: whether anything may be kept with the person, and whether this is the end."""
    playbook = draft.playbook
    decides = playbook.anonymous_if
    if decides is not None and playbook.survey.chat.anonymous == "choice" and item.name in decides.names:
        said = {place.name for place in (*draft.answers, *draft.skipped)}
        draft.anonymous = not decides.names <= said or decides.truth(draft.stand(Place("")))
    ends = playbook.ends_if
    if ends is None or item.name not in ends.names or not ends.truth(draft.stand(Place(""))):
        return False
    draft.doing, draft.at = "stopped", None
    draft.tell(Ended("stopped"))
    return True


def reject(draft: Draft, reason: str, message_id: str = "") -> None:
    """The reply is no answer."""
    draft.tries += 1
    draft.rejected_id = message_id
    draft.tell(Rejected(reason, draft.tries))


def doubt(draft: Draft, item: Item, place: Place) -> Doubted:
    """The readings to choose from, with their labels."""
    asking = draft.asking(item, place)
    kind = item.kind
    return Doubted(
        place,
        tuple(
            (value, masked(item, kind.dump(item.question, value, asking) if kind else value))
            for value in draft.candidates
        ),
    )


def standing(draft: Draft) -> tuple[Item, Place]:
    """The question that stands, and where."""
    if draft.at is None:  # a state that names no question asks none
        msg = f"no question stands while {draft.doing}"
        raise AssertionError(msg)
    return draft.playbook.item(draft.at.name), draft.at


def pair(draft: Draft, item: Item, place: Place, raw: str) -> tuple[tuple[Place, str], tuple[Place, str]] | None:
    """What "3 5" answers to this question and to the one paired with it. None if it does not read as both."""
    parts = raw.replace(",", " ").replace("/", " ").split()
    if len(parts) != 2 or not all(part.isdigit() for part in parts):
        return None
    other = draft.playbook.item(item.question.parameters["chat_pair"])
    other_place = Place(other.name, place.position)
    first = read(draft, item, place, Text(parts[0]))
    second = read(draft, other, other_place, Text(parts[1]))
    if not isinstance(first, Read) or not isinstance(second, Read):
        return None
    if draft.broken(item, place, first.value) or draft.broken(other, other_place, second.value):
        return None
    return (place, first.value), (other_place, second.value)


def asked_for(draft: Draft, place: Place) -> Place:
    """The question under which the answer at ``place`` was given: after "3 5" the first of the pair."""
    first, given = draft.playbook.pairs.get(place.name), draft.answers.get(place)
    if first is None or given is None:
        return place
    item, first_place = draft.playbook.item(first), Place(first, place.position)
    both = pair(draft, item, first_place, given.raw)
    same = draft.answers.get(first_place)
    if both is None or same is None or (same.raw, same.message_id) != (given.raw, given.message_id):
        return place
    return first_place


def _pair(draft: Draft, item: Item, place: Place, raw: str, message_id: str) -> bool:
    """Let "3 5" answer this question and the one paired with it. False if it does not read as both."""
    both = pair(draft, item, place, raw)
    if both is None:
        return False
    other_place = both[1][0]
    for one, value in both:
        draft.put(one, Answer(value, raw, "", message_id))
    draft.calm()
    draft.last_raw = raw
    draft.tell(Answered(place, draft.answers[place]), Answered(other_place, draft.answers[other_place]))
    draft.at = other_place
    walk.settle(draft, item.name if item.name in draft.playbook.looks_ahead else other_place.name)
    return True


def confirm(draft: Draft, reply: Reply, message_id: str) -> None:
    """The answer to "do you mean …?"."""
    item, place = standing(draft)
    if isinstance(reply, Text):
        chosen = _candidate(draft, item, place, reply.text)
        if chosen is not None:
            raw, given_by = draft.last_raw, told.both(draft.rejected_id, message_id)
            if wants_words(item, chosen):
                take(draft, item, place, Read(chosen), raw=raw, message_id=given_by)
            else:
                let_stand(draft, item, place, Answer(chosen, raw, "", given_by))
            return
        if yes_no(reply.text) is False or says(reply.text, none_label(draft.say)):
            walk.ask(draft, place)
            return
        if yes_no(reply.text) is True:
            draft.tell(doubt(draft, item, place))
            return
    elif isinstance(found := read(draft, item, place, redacted(item, reply)[0]), Unreadable):
        _ = draft.say
        reject(draft, _("Please answer Yes or No.") if len(draft.candidates) == 1 else found.expected)
        return
    draft.doing, draft.candidates = "asking", ()
    answer(draft, reply, message_id)


def _candidate(draft: Draft, item: Item, place: Place, text: str) -> str | None:
    """Which of the values offered ``text`` takes: "ya" for a single one, else its label or number."""
    if len(draft.candidates) == 1:
        return draft.candidates[0] if yes_no(text) is True else None
    typed = text.strip().casefold()
    for number, (value, label) in enumerate(doubt(draft, item, place).candidates, start=1):
        if typed in {label.casefold(), str(number)}:
            return value
    return None


def specify(draft: Draft, reply: Reply, message_id: str) -> None:
    """The words for "other"."""
    item, place = standing(draft)
    _ = draft.say
    chosen_by = draft.rejected_id
    if not isinstance(reply, Text) or not shows(reply.text):
        reject(draft, _("Please type it in a few words."), chosen_by)
        return
    words, kinds = redact(reply.text.strip())
    if kinds:
        draft.tell(Redacted(tuple(kinds)))
    words = words[:LONGEST_RAW]
    let_stand(draft, item, place, Answer(draft.candidates[0], words, words, told.both(chosen_by, message_id)))


def _file(draft: Draft, item: Item, place: Place, media: Media, message_id: str) -> None:
    media_id = new_media_id(draft)
    draft.waiting.add(media_id)
    draft.album, draft.album_place = media.album, place if media.album else None
    draft.tell(Wanted(media_id, place, media))
    before = draft.answers.get(place)
    words = with_words(item, before, media.caption)
    let_stand(draft, item, place, Answer(media_id, words_of(item, before), words, message_id, (media_id,)))


def with_words(item: Item, answer: Answer | None, caption: str) -> str:
    """What stands under a file that comes to an answer in words."""
    return "\n".join(part for part in (words_of(item, answer), caption) if part)


def words_of(item: Item, answer: Answer | None) -> str:
    """What was told in words, also where files stand beside it by now; a caption is none."""
    if answer is None or item.question.type != "text" or item.question.chat_kind:
        return ""
    return answer.raw if answer.pages else answer.value


def new_media_id(draft: Draft) -> str:
    """Drawn, 96 bits."""
    return f"{draft.rng.getrandbits(96):024x}"
