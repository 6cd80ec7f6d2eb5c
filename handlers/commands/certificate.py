"""SERTIFIKAT: the certificate of a training one attended, as a document."""

from __future__ import annotations

from handlers import certifying, dialogs
from handlers.desk import Desk, current
from handlers.visit import Visit

WORDS = ("certificate",)


async def run(visit: Visit, argument: str, desk: Desk) -> None:
    """Send it, or say what is wanting; what stood is said once more where nothing new is asked."""
    del argument
    before, open_ = visit.dialog.get("doing"), current(visit)
    await certifying.ask(visit, desk)
    if visit.dialog.get("doing") == before and current(visit) is open_:
        await dialogs.say_where_one_is(visit, desk)
