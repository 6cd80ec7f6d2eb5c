"""Visits as they are stored: filled before the messages of a batch are attended, written back after.

Rule of the file: it carries between rows and ``handlers.visit``; what happens to a visit stands elsewhere.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers import consenting
from handlers.library import Library
from handlers.visit import Conversation, Visit
from storage import conversations, people
from storage.conversations import OpenSession
from storage.people import Keeping, KnownAddress
from storage.unit_of_work import UnitOfWork
from surveys.engine import dump_session, load_session
from surveys.messages import Address
from surveys.session import Session


@dataclass(slots=True)
class Memory:
    """Sessions read lately, by id, each with the sealed bytes it came from: the same bytes are the same session.

    Rule: it saves reading, it decides nothing; what is stored counts.
    """

    most: int = 2000
    _kept: OrderedDict[int, tuple[bytes, Session]] = field(default_factory=OrderedDict)

    def read(self, stored: OpenSession, unit: UnitOfWork) -> Session:
        """The session of this row. Raises SessionError and Sealed."""
        found = self._kept.get(stored.id)
        if found is not None and found[0] == stored.sealed:
            return found[1]
        return load_session(conversations.opened(stored, unit.vault))

    def keep(self, session_id: int, sealed: bytes, session: Session) -> None:
        """This is what will be stored."""
        self._kept[session_id] = (sealed, session)
        self._kept.move_to_end(session_id)
        if len(self._kept) > self.most:
            self._kept.popitem(last=False)

    def forget(self, session_id: int) -> None:
        """It is over."""
        self._kept.pop(session_id, None)


def visit_of(found: KnownAddress, address: Address, unit: UnitOfWork) -> Visit:
    """The visitor as stored; somebody new gets a number."""
    return Visit(
        address_id=found.address_id,
        address=address,
        respondent_id=found.respondent_id if found.respondent_id is not None else unit.new_id(),
        kind=found.kind,  # type: ignore[arg-type]
        language=found.language,
        opted_out=found.opted_out,
        dialog=people.opened_dialog(found, unit.vault),
        conversations=[],
        prompt_message_id=found.prompt_message_id,
        new=found.respondent_id is None,
        gone=found.gone,
        shared=found.shared,
    )


async def read_conversations(
    by_person: Mapping[int, Visit], unit: UnitOfWork, library: Library, memory: Memory
) -> None:
    """Give every visitor their open sessions, the one touched last at the end."""
    stored = await conversations.of_people(unit.transaction, sorted(by_person))
    await library.ensure(unit.transaction, {one.survey_id for one in stored})
    for one in stored:
        survey = library.by_id(one.survey_id)
        session = memory.read(one, unit)
        by_person[one.respondent_id].conversations.append(Conversation(one.id, survey, session, one.response_id))


def write_back(visit: Visit, unit: UnitOfWork, memory: Memory) -> None:
    """Collect what changed about a visitor and their sessions."""
    if visit.group:
        return
    if visit.new:
        unit.add_respondent(visit.respondent_id, kind=visit.kind, language=visit.language, opted_out=visit.opted_out)
    if (visit.new or visit.changed) and not visit.aside:
        unit.keep_visit(
            Keeping(
                address_id=visit.address_id,
                respondent_id=visit.respondent_id,
                kind=visit.kind,
                language=visit.language,
                opted_out=visit.opted_out,
                dialog=visit.dialog,
                gone=visit.gone,
            )
        )
    for conversation in visit.conversations:
        consenting.keep_switches(conversation, unit)
        if conversation.over:
            memory.forget(conversation.id)
            unit.drop_session(conversation.id, keeps=conversation.keeps)
        elif conversation.changed:
            _keep(conversation, visit, unit, memory)


def _keep(conversation: Conversation, visit: Visit, unit: UnitOfWork, memory: Memory) -> None:
    session = conversation.session
    state = dump_session(session)
    if conversation.new:
        sealed = unit.open_session(
            conversation.id,
            state,
            doing=session.doing,
            touched=session.touched,
            expires=session.expires,
            respondent_id=visit.respondent_id,
            survey_id=conversation.survey.id,
            response_id=conversation.response_id,
        )
    else:
        sealed = unit.keep_session(
            conversation.id,
            state,
            doing=session.doing,
            touched=session.touched,
            expires=session.expires,
            response_id=conversation.response_id,
        )
    memory.keep(conversation.id, sealed, session)
