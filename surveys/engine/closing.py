"""The questions the engine itself asks: another repetition, begin again, send or change.

Rule of the file: each takes yes, no or a button's label; anything else is answered with what is expected.
"""

from __future__ import annotations

from typing import assert_never

from surveys.engine import review, walk
from surveys.engine.draft import Draft
from surveys.engine.orders import say_again
from surveys.engine.sending import send
from surveys.engine.taking import reject
from surveys.events import Dropped, Reviewed
from surveys.messages import Reply, Text
from surveys.text.yes_no import yes_no


def another(draft: Draft, reply: Reply) -> None:
    """The answer to "another one?"."""
    place = draft.at
    wish = yes_no(reply.text) if isinstance(reply, Text) else None
    if place is None or wish is None:
        _ = draft.say
        reject(draft, _("Please answer Yes or No."))
        return
    if wish:
        draft.repeats[place] = draft.repeats.get(place, 0) + 1
    else:
        draft.closed.add(place)
    walk.from_top(draft)


def begin_again(draft: Draft, reply: Reply) -> None:
    """The answer to "begin again?"."""
    wish = yes_no(reply.text) if isinstance(reply, Text) else None
    if wish is None:
        _ = draft.say
        reject(draft, _("Please answer Yes or No."))
        return
    draft.doing = draft.resume_doing
    if wish:
        for place in list(draft.answers):
            if draft.playbook.item(place.name).asks:
                draft.tell(Dropped(place))
        draft.answers.clear()
        draft.skipped.clear()
        draft.repeats.clear()
        draft.closed.clear()
        draft.waiting.clear()
        draft.album, draft.album_place, draft.last_raw = "", None, ""
        draft.anonymous = draft.playbook.survey.chat.anonymous != "no"
        walk.from_top(draft)
        draft.total = walk.count_units(draft)
    else:
        say_again(draft)


def looked_through(draft: Draft, reply: Reply) -> None:
    """The answer to the review: send, change, which one."""
    wish = review.read(draft, reply.text) if isinstance(reply, Text) else review.Unclear()
    match wish:
        case review.Send():
            send(draft)
        case review.Choose():
            draft.doing = "jumping"
            draft.turn += 1
            draft.tell(Reviewed(choosing=True))
        case review.Back():
            draft.doing = "reviewing"
            draft.turn += 1
            draft.tell(Reviewed())
        case review.Jump(place):
            walk.ask_at(draft, place)
        case review.Unclear():
            _ = draft.say
            reason = (
                _("Please type the number of the answer to change.")
                if draft.doing == "jumping"
                else _("Please press Send to hand in your answers, or Change to correct one.")
            )
            reject(draft, reason)
        case _:
            assert_never(wish)
