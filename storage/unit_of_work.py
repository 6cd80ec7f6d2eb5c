"""Everything one batch changes, collected row by row and written at once.

Rules of the file: collectors only collect (no waiting, so that a message is handled in microseconds); ``flush``
writes each table with one statement, rows sorted by key, parents before children. What is said twice about one row
in a batch is written once, the last word counts. Reads look at what is stored, not at what is collected.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, TypeVar, cast

from storage import conversations, deliveries, dues, holdings, incidents, media, people, responses, tickets
from storage.collected import Collected
from storage.database import Transaction
from storage.identifiers import random_id, timed_id
from storage.vault import Vault
from surveys.messages import Media, Outgoing
from surveys.session import Answer, Place

_Found = TypeVar("_Found")
ResponseEnd = Literal["complete", "stopped", "expired", "withdrawn"]


class UnitOfWork:
    """One transaction and what it will write. ``now`` is aware; ``process`` is who leases what is born here."""

    def __init__(self, transaction: Transaction, vault: Vault, *, now: datetime, process: int = 0) -> None:
        self.transaction = transaction
        self.vault = vault
        self.now = now
        self.process = process
        self.alone = True
        """Whether one visitor alone is attended in this transaction."""
        self._rows = Collected()
        self._afterwards: list[Callable[[], Awaitable[None]]] = []
        self._known: dict[str, object] = {}

    # ---- numbers ------------------------------------------------------------------------------------

    def new_id(self) -> int:
        """Random, 62 bits: says nothing about when."""
        return random_id()

    def response_id(self, *, anonymous: bool) -> int:
        """Random for an anonymous response, else growing with time."""
        return random_id() if anonymous else timed_id(self.now)

    # ---- people -------------------------------------------------------------------------------------

    def add_respondent(self, respondent_id: int, *, kind: str, language: str, opted_out: bool) -> None:
        """Somebody who was not known."""
        self._rows.respondents[respondent_id] = {
            "id": respondent_id,
            "kind": kind,
            "language": language,
            "opted_out": opted_out,
            "created_on": self.now.date(),
        }

    def keep_visit(self, visit: people.Keeping) -> None:
        """What changed about an address and its active respondent."""
        self._rows.addresses[visit.address_id] = people.row_of(visit, self.vault)

    def note_participation(self, respondent_id: int, survey_name: str, occasion: str = "") -> None:
        """They took part (on that occasion); when is not kept."""
        self._rows.participations.add((respondent_id, survey_name, occasion))

    def add_consent(
        self,
        respondent_id: int,
        purpose: str,
        notice_version: str,
        action: str,
        at: datetime,
        channel: str,
        message_id: str,
    ) -> None:
        """Append the proof; nothing ever changes it."""
        self._rows.consents.append(
            {
                "respondent_id": respondent_id,
                "purpose": purpose,
                "notice_version": notice_version,
                "action": action,
                "at": at,
                "channel": channel,
                "message_id": message_id,
            },
        )

    # ---- conversations ------------------------------------------------------------------------------

    def keep_session(
        self,
        session_id: int,
        state: bytes,
        *,
        doing: str,
        touched: datetime,
        expires: datetime,
        response_id: int | None,
    ) -> bytes:
        """The session as it stands now; the sealed bytes that will be stored."""
        sealed = self.vault.seal(b"session/state/%d" % session_id, state)
        self._rows.sessions[session_id] = {
            "id_": session_id,
            "state": sealed,
            "doing": doing,
            "touched_at": touched,
            "expires_at": expires,
            "response_id": response_id,
        }
        return sealed

    def open_session(
        self,
        session_id: int,
        state: bytes,
        *,
        doing: str,
        touched: datetime,
        expires: datetime,
        respondent_id: int,
        survey_id: int,
        response_id: int | None,
    ) -> bytes:
        """A session that is not stored yet; the sealed bytes that will be."""
        sealed = self.vault.seal(b"session/state/%d" % session_id, state)
        self._rows.new_sessions[session_id] = {
            "id": session_id,
            "respondent_id": respondent_id,
            "survey_id": survey_id,
            "response_id": response_id,
            "state": sealed,
            "doing": doing,
            "touched_at": touched,
            "expires_at": expires,
        }
        return sealed

    def drop_session(self, session_id: int, *, keeps: Collection[str] = ()) -> None:
        """It is over: the row goes, and its files but those (media ids) that the record names from now on."""
        self._rows.over_sessions[session_id] = keeps

    # ---- responses ----------------------------------------------------------------------------------

    def open_response(
        self,
        response_id: int,
        survey_id: int,
        respondent_id: int | None,
        language: str,
        test: bool,  # noqa: FBT001 -- a column among columns
        started_at: datetime | None,
        *,
        verified: bool = False,
        occasion: str = "",
    ) -> None:
        """A record that answers go to as they are given."""
        self._rows.responses[response_id] = {
            "id": response_id,
            "survey_id": survey_id,
            "respondent_id": respondent_id,
            "state": "open",
            "language": language,
            "test": test,
            "started_at": started_at,
            "verified": verified,
            "occasion": occasion,
        }

    def keep_confidential(self, response_id: int, *, confidential: bool) -> None:
        """Whether its words may be shown to others."""
        self._rows.confidential[response_id] = confidential

    def drop_response(self, response_id: int) -> None:
        """Nothing of it is to be kept: the session became anonymous."""
        self._rows.dropped_responses.add(response_id)

    def put_answers(
        self,
        response_id: int,
        answers: Sequence[tuple[Place, Answer]],
        sealed: frozenset[str] = frozenset(),
    ) -> None:
        """These answers stand. ``sealed``: questions whose words are stored encrypted (nip, phone, name)."""
        rows = self._rows.answers
        for place, answer in answers:
            written = responses.written(place)
            rows[response_id, written] = responses.answer_row(
                response_id, written, answer, self.vault if place.name in sealed else None
            )

    def drop_answers(self, response_id: int, places: Sequence[Place]) -> None:
        """These answers no longer stand."""
        for place in places:
            self._rows.answers[response_id, responses.written(place)] = None

    def finish_response(
        self, response_id: int, state: ResponseEnd, completed_at: datetime | None, ticket: str | None = None
    ) -> None:
        """How the record ended."""
        self._rows.response_ends[response_id] = {
            "id_": response_id,
            "state": state,
            "completed_at": completed_at,
            "completed_on": completed_at.date() if completed_at else None,
            "ticket": ticket,
        }

    def put_pending(  # noqa: PLR0913 -- each is part of what is kept
        self,
        survey_id: int,
        language: str,
        test: bool,  # noqa: FBT001 -- a column among columns
        answers: Sequence[tuple[Place, Answer]],
        ticket: str | None,
        pin_seal: bytes | None,
        media_ids: Sequence[str] = (),
        *,
        completed_on: date | None = None,
        occasion: str = "",
    ) -> None:
        """A finished anonymous response, without a person: it waits, sealed, until it is shuffled among others.

        ``completed_on``: the office's date; UTC's without it.
        """
        row_id = random_id()
        day = completed_on or self.now.date()
        content = responses.Pending(
            language, test, day, tuple(answers), ticket, pin_seal, tuple(media_ids), occasion=occasion
        )
        self._rows.pending.append(
            {"id": row_id, "survey_id": survey_id, "ticket": ticket, "body": content.sealed(self.vault, row_id)},
        )

    # ---- tickets, files, the future, faults ---------------------------------------------------------

    def issue_ticket(self, number: str, survey_name: str, respondent_id: int | None, response_id: int | None) -> None:
        """An identified one; those of anonymous responses are born when they are shuffled."""
        self._rows.tickets.append(
            {
                "number": number,
                "survey_name": survey_name,
                "respondent_id": respondent_id,
                "response_id": response_id,
                "state": "new",
                "opened_on": self.now.date(),
            },
        )

    def want_media(
        self,
        media_id: str,
        channel: str,
        media_: Media,
        session_id: int | None = None,
        place: Place | None = None,
        *,
        longest_side: int = 0,
    ) -> None:
        """These bytes are to be fetched; a picture is made smaller to ``longest_side`` pixels (0: as it is).

        ``session_id`` and ``place``: the survey whose answer they are, where they are one.
        """
        where = responses.written(place) if place is not None else ""
        row = media.wanted_row(media_id, channel, media_, session_id, where, self.vault, longest_side=longest_side)
        self._rows.media.append(row)

    def drop_files(self, media_ids: Collection[str]) -> None:
        """No answer names these files any more: they go."""
        self._rows.dropped_files.update(media_ids)

    def plan(self, key: str, kind: str, due_at: datetime, payload: str = "") -> None:
        """Something is due; planning the same key again moves it."""
        self._rows.dues[key] = {"key": key, "kind": kind, "due_at": due_at, "payload": payload, "state": "planned"}

    async def once(self, what: str, read: Callable[[], Awaitable[_Found]]) -> _Found:
        """What ``read`` finds; asked for once, however many of a batch want to know the same."""
        if what not in self._known:
            self._known[what] = await read()
        return cast("_Found", self._known[what])

    def unplan(self, key: str) -> None:
        """It is no longer due."""
        self._rows.dues[key] = None

    def record_incident(self, code: str, channel: str = "", external_id: str = "", detail: str = "") -> None:
        """A fault for the admin; ``detail`` never holds what somebody wrote."""
        self._rows.incidents.append(
            {"code": code, "channel": channel, "external_id": external_id, "detail": detail, "at": self.now},
        )

    # ---- deliveries ---------------------------------------------------------------------------------

    def post(self, draft: deliveries.Draft) -> None:
        """One message to one address; its number is given at ``flush``, in the order posted."""
        self._rows.drafts.append(draft)

    def send(
        self,
        address_id: int,
        outgoing: Outgoing,
        *,
        priority: int = 0,
        not_before: datetime | None = None,
        respondent_id: int | None = None,
    ) -> None:
        """One message to one address, for whoever claims it. ``respondent_id``: whose it is, of those who share it."""
        self._rows.drafts.append(
            deliveries.Draft(
                address_id=address_id,
                outgoing=outgoing,
                priority=priority,
                not_before=not_before,
                respondent_id=respondent_id,
            ),
        )

    def mark(self, marks: Sequence[deliveries.Mark]) -> None:
        """What became of deliveries."""
        self._rows.marks.extend(marks)

    def afterwards(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do this at the end of ``flush``, in the same transaction: what is deleted must have been written."""
        self._afterwards.append(work)

    # ---- writing ------------------------------------------------------------------------------------

    async def flush(self) -> None:
        """Write what was collected. Raises StorageError; then the transaction is lost."""
        rows, self._rows = self._rows, Collected()
        transaction = self.transaction
        if rows.drafts:
            await deliveries.number(transaction, rows.drafts)
        async with transaction.together():
            await self._write(rows)
        if rows.dropped_files:
            await media.drop(transaction, rows.dropped_files, self.now)
        if rows.over_sessions:
            await media.end_sessions(transaction, rows.over_sessions, self.now)
        afterwards, self._afterwards = self._afterwards, []
        for work in afterwards:
            await work()

    async def _write(self, rows: Collected) -> None:
        transaction = self.transaction
        if rows.marks:
            await deliveries.write_marks(transaction, rows.marks, self.now, self.process)
        if rows.respondents:
            await people.insert_respondents(transaction, _sorted(rows.respondents))
        if rows.addresses:
            await people.update_addresses(transaction, _sorted(rows.addresses))
        if rows.consents:
            await people.insert_consents(transaction, rows.consents)
        if rows.participations:
            await people.insert_participations(transaction, sorted(rows.participations))
        await self._flush_responses(rows)
        await self._flush_sessions(rows)
        if rows.media:
            await media.insert_wanted(transaction, sorted(rows.media, key=lambda row: row["id"]))
        if rows.dues:
            await dues.write(transaction, rows.dues)
        if rows.incidents:
            await incidents.insert(transaction, rows.incidents)
        if rows.drafts:
            await deliveries.insert(transaction, rows.drafts, self.vault, now=self.now, process=self.process)

    async def _flush_responses(self, rows: Collected) -> None:
        transaction = self.transaction
        if rows.dropped_responses:
            rows.forget_responses()
        if rows.responses:
            await responses.insert_responses(transaction, _sorted(rows.responses))
        if rows.answers:
            await responses.write_answers(transaction, rows.answers)
        if rows.response_ends:
            await responses.end_responses(transaction, _sorted(rows.response_ends))
        if rows.confidential:
            await responses.keep_confidential(transaction, rows.confidential)
        if rows.pending:
            await responses.insert_pending(transaction, sorted(rows.pending, key=lambda row: row["id"]))
        if rows.tickets:
            await tickets.insert_tickets(transaction, sorted(rows.tickets, key=lambda row: row["number"]))

    async def _flush_sessions(self, rows: Collected) -> None:
        over = rows.over_sessions
        new = [row for key, row in sorted(rows.new_sessions.items()) if key not in over]
        changed = [row for key, row in sorted(rows.sessions.items()) if key not in over]
        if new:
            await conversations.insert(self.transaction, new)
        if changed:
            await conversations.update(self.transaction, changed)
        if over:
            await conversations.delete(self.transaction, sorted(over))
        if rows.dropped_responses:  # after the sessions that named them
            await responses.delete_responses(self.transaction, sorted(rows.dropped_responses))

    # ---- reads --------------------------------------------------------------------------------------

    async def participated(self, respondent_id: int, occasion: str = "") -> frozenset[str]:
        """Names of the surveys they took part in on that occasion, "": on none in particular."""
        return await people.participated(self.transaction, respondent_id, occasion)

    async def ticket_status(self, number: str, pin_seal: bytes | None = None) -> tickets.TicketStatus | None:
        """The ticket and its history. An anonymous one answers to its PIN alone; None: no such ticket, or another
        PIN."""
        return await tickets.status(self.transaction, self.vault, number, pin_seal)

    async def ticket_taken(self, number: str) -> bool:
        """Whether the number is in use."""
        return await tickets.taken(self.transaction, number)

    async def held(self, respondent_id: int) -> holdings.Holdings:
        """What is held about them, counted."""
        return await holdings.held(self.transaction, respondent_id)

    async def own_tickets(self, respondent_id: int) -> tuple[tickets.TicketStatus, ...]:
        """Tickets of identified responses, the newest last, without their history."""
        return await tickets.of_respondent(self.transaction, respondent_id)

    async def finished(
        self, respondent_id: int, survey_name: str, occasion: str = ""
    ) -> responses.FinishedResponse | None:
        """Their last complete response to this survey on that occasion, with its answers."""
        return await responses.finished(self.transaction, self.vault, respondent_id, survey_name, occasion)


def _sorted(rows: Mapping[int, dict[str, Any]]) -> list[dict[str, Any]]:
    return [rows[key] for key in sorted(rows)]
