"""What a survey may be told of the person before it begins: the facts of the roster, where they proved who they are.

Rule of the file: an anonymous survey is told nothing, so that nothing it computes leads back to a unit or a position.
The names are those the surveys use: pulldata('facts', 'unit'), 'kind', 'jabatan', 'jenjang', and 'verified'.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handlers.desk import Desk
from handlers.visit import PublishedSurvey, Visit
from storage import conversations, joining, roster
from surveys.engine import dump_session, load_session

VERIFIED = "verified"
_OF_THE_ROSTER = frozenset({"unit", "kind", "jabatan", "jenjang", VERIFIED})
AT = "at"
"""The fact that tells on which address a session stands, where its person has several (``handlers.moving``)."""


async def facts_of(visit: Visit, survey: PublishedSurvey, desk: Desk) -> dict[str, str]:
    """The facts with which a session of ``survey`` begins. Raises StorageError."""
    if visit.new:
        return {}
    transaction = desk.unit.transaction
    several = await joining.addresses(transaction, visit.respondent_id) > 1
    facts = {AT: str(visit.address_id)} if several else {}
    if visit.kind != "asn" or survey.playbook.survey.chat.anonymous != "no":
        return facts
    return facts | as_facts(await roster.facts(transaction, visit.respondent_id))


def as_facts(known: roster.Facts | None) -> dict[str, str]:
    """By the names the surveys use; empty ones are left out."""
    if known is None:
        return {}
    found = {"unit": known.unit, "kind": known.kind, "jabatan": known.position, "jenjang": known.grade}
    return {**{name: value for name, value in found.items() if value}, VERIFIED: "yes"}


def told(visit: Visit, facts: Mapping[str, str]) -> None:
    """Surveys that are open already are told as well, as far as they may be."""
    for conversation in visit.conversations:
        if not conversation.over and conversation.survey.playbook.survey.chat.anonymous == "no":
            session = conversation.session
            conversation.session = replace(session, facts={**session.facts, **facts})
            conversation.changed = True


async def untold(respondent_id: int, desk: Desk) -> None:
    """Open surveys of somebody who is no employee (any more) know nothing of the roster. Raises StorageError."""
    unit = desk.unit
    for one in await conversations.of_people(unit.transaction, [respondent_id]):
        session = load_session(conversations.opened(one, unit.vault))
        facts = {name: value for name, value in session.facts.items() if name not in _OF_THE_ROSTER}
        unit.keep_session(
            one.id,
            dump_session(replace(session, facts=facts)),
            doing=session.doing,
            touched=session.touched,
            expires=session.expires,
            response_id=one.response_id,
        )
