"""The end: the answers are handed in.

Rule of the file: a session is complete only when everything it refers to is stored.
"""

from __future__ import annotations

from surveys.engine.draft import Draft
from surveys.events import Completed, Waiting
from surveys.session import Answer, Place


def send(draft: Draft) -> None:
    """Hand in, or wait for the files that are still being fetched."""
    if draft.waiting:
        draft.doing = "fetching"
        draft.tell(Waiting())
        return
    for item in draft.playbook.items():
        if item.question.type == "end":
            draft.answers[Place(item.name)] = Answer(draft.now.isoformat(timespec="milliseconds"))
    draft.doing, draft.at = "done", None
    draft.tell(Completed())
