"""The engine: a session and a reply go in, a new session and what happened come out. No I/O, no clock of its own.

``compile_survey`` once per version; then ``start``, ``resume`` for every reply, ``take_up`` after a pause,
``fetched`` when a
file arrived, ``expire`` when its time is up. ``surveys.speaking`` puts the events into words.
"""

from surveys.engine.correcting import knows
from surveys.engine.notation import dump_session, load_session
from surveys.engine.orders import HEARD
from surveys.engine.playbook import Playbook, compile_survey
from surveys.engine.replies import expire, fetched, heard, lay_aside, reopen, resume, start, take_up

__all__ = [
    "HEARD",
    "Playbook",
    "compile_survey",
    "dump_session",
    "expire",
    "fetched",
    "heard",
    "knows",
    "lay_aside",
    "load_session",
    "reopen",
    "resume",
    "start",
    "take_up",
]
