"""SERTIFIKAT: the certificate of a training one attended, as a document."""

from __future__ import annotations

from handlers import certifying, dialogs
from handlers.desk import Desk
from handlers.visit import Visit

WORDS = ("certificate",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Send it, or say what is wanting; what stood is said once more where nothing new is asked."""
    del argument
    if not await certifying.ask(visit, desk):
        await dialogs.say_where_one_is(visit, desk)
