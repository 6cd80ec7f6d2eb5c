"""What is asked about a training: the feedback, the tests before and after, and the work after 30 and 90 days.

Rule of the file: each is a survey with an occasion; what a survey is told of its occasion stands in its facts.
"""

from __future__ import annotations

from handlers.desk import Desk
from handlers.visit import Visit


async def start(visit: Visit, desk: Desk, *, rule: str, session: str, step: int = 0, about: str = "") -> None:
    """Begin the survey that the reminder ``rule`` (feedback, follow_up, supervisor) asks for.

    ``session``: key of the training session; ``step``: days after it; ``about``: the person a supervisor is asked about
    (as in ``outreach.reminding.Payload``).
    """
    del visit, desk, rule, session, step, about
