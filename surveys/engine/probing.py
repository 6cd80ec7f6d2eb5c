"""A story told in a few letters (``chat_probe``): the person is asked once, gently, for a little more.

Rule of the file: what was said stands from the first word on, so that nobody has to say more; what is said then is
added to it.
"""

from __future__ import annotations

from dataclasses import replace

from surveys.engine import told
from surveys.engine.draft import Draft
from surveys.engine.playbook import Item
from surveys.events import Answered, Probed, Redacted
from surveys.session import Answer, Place
from surveys.text.redaction import redact


def _short(item: Item, value: str) -> bool:
    least = item.question.parameters.get("chat_probe", "")
    return least.isdecimal() and len(value) < int(least) and not item.question.chat_kind


def probe(draft: Draft, item: Item, place: Place, answer: Answer) -> bool:
    """Let a short answer stand and ask for more. False where it is long enough, or more was asked before."""
    if place in draft.answers or not _short(item, answer.value):
        return False
    draft.put(place, answer)
    draft.calm()
    draft.last_raw = answer.raw
    draft.turn += 1
    draft.tell(Answered(place, answer), Probed(place))
    return True


def whole(draft: Draft, item: Item, place: Place, answer: Answer) -> Answer:
    """``answer`` with the few letters it goes on from, where it does."""
    before = draft.answers.get(place)
    if before is None or before.pages or before.raw != draft.last_raw or not _short(item, before.value):
        return answer
    value, ids = told.joined((*told.parts_of(before), told.Part(answer.message_id, answer.value)))
    if draft.broken(item, place, value):
        return answer
    clean, kinds = redact(value)
    if kinds:  # a number in two halves: the lengths of the parts no longer hold
        draft.tell(Redacted(tuple(kinds)))
        ids = " ".join(one.partition(":")[0] for one in ids.split())
    return replace(answer, value=clean, raw=clean, message_id=ids)
