"""STATUS: how an aspiration goes. With a number for anybody who has it; anonymous ones need their PIN as well.

Rule of the file: whatever is asked, the question that stood is said once more.
"""

from __future__ import annotations

from handlers import dialogs, ticket_status
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("status",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Say the status of the aspiration named, or of the visitor's own."""
    await ticket_status.tell(visit, argument, desk)
    await dialogs.say_where_one_is(visit, desk)
