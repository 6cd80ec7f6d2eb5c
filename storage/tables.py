"""What is kept of surveys, people, conversations and answers: every table, on SQLite and PostgreSQL alike.

Rules of the file: what identifies a person is an encrypted column (LargeBinary, sealed by ``storage.vault``) with a
keyed hash beside it where it must be found again. No foreign key, id, time or order leads from an anonymous answer to a
person. Hot queries have partial indexes over what is unfinished, so that cost does not grow with the past.
"""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Sequence,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    },
)


class Instant(TypeDecorator[datetime]):
    """A moment, aware, kept in UTC: timestamptz on PostgreSQL; on SQLite text of fixed width, so that it sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(32) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- the library calls it so
        if value is None:
            return None
        moment: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(UTC)


Id = BigInteger().with_variant(Integer(), "sqlite")
"""On SQLite an INTEGER PRIMARY KEY is the row's own number."""


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=False)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=false())


def _text(name: str, *, primary_key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=primary_key, nullable=False, server_default=None if primary_key else "")


def _partial(name: str, *columns: Any, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


# ---- definitions ------------------------------------------------------------------------------------

survey = Table(
    "survey",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),  # open | closed: no new session starts with it
    Column("notation", LargeBinary, nullable=False),  # the frozen Survey as JSON
    Column("source", LargeBinary),  # the file as it was published
    _text("source_type"),  # .md | .xlsx | .csv
    Column("published_at", Instant, nullable=False),
    UniqueConstraint("name", "version"),
)

# ---- people -----------------------------------------------------------------------------------------

respondent = Table(
    "respondent",
    metadata,
    _id(),  # random
    _text("kind"),  # "" | asn | warga | stakeholder
    _text("language"),
    _flag("opted_out"),
    _flag("verified"),  # proved to be somebody in the roster
    Column("created_on", Date, nullable=False),
)

address = Table(
    "address",
    metadata,
    _id(),  # random
    Column("channel", Text, nullable=False),
    Column("lookup", LargeBinary(16), nullable=False, unique=True),  # keyed hash of channel and external id
    Column("external", LargeBinary, nullable=False),  # encrypted
    Column("respondent_id", ForeignKey("respondent.id")),
    Column("dialog", LargeBinary),  # encrypted; NULL = nothing
    _flag("gone"),  # nothing reaches it any more
    _text("prompt_message_id"),  # the platform's id of the last prompt that reached it
    Index(None, "respondent_id"),
)

consent = Table(
    "consent",
    metadata,
    Column("id", Id, primary_key=True),
    Column("respondent_id", ForeignKey("respondent.id"), nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("notice_version", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("channel", Text, nullable=False),
    _text("message_id"),
)

# ---- conversations and answers ----------------------------------------------------------------------

response = Table(
    "response",
    metadata,
    _id(),  # grows with time; random for anonymous ones
    Column("survey_id", ForeignKey("survey.id"), nullable=False, index=True),
    Column("respondent_id", ForeignKey("respondent.id")),  # NULL: nobody
    Column("state", Text, nullable=False),  # open | complete | stopped | expired | withdrawn
    Column("language", Text, nullable=False),
    _flag("test"),
    _flag("verified"),  # of somebody in the roster; never said of anonymous ones
    _flag("confidential"),  # its words stand in no view and no message for others
    Column("ticket", Text),
    _text("occasion"),  # what it was answered about ("pelayanan_prima-2026-12-01"), "" if nothing in particular
    Column("started_at", Instant),  # NULL: anonymous
    Column("completed_at", Instant),  # NULL: anonymous or not complete
    Column("completed_on", Date),
    CheckConstraint(
        "respondent_id IS NOT NULL OR (started_at IS NULL AND completed_at IS NULL)", name="nobody_has_no_hour"
    ),
    _partial("ix_response_respondent_id", "respondent_id", where="respondent_id IS NOT NULL"),
    _partial("ix_response_occasion", "occasion", where="occasion <> ''"),
)

session = Table(
    "session",
    metadata,
    _id(),  # random
    Column("respondent_id", ForeignKey("respondent.id"), nullable=False, index=True),
    Column("survey_id", ForeignKey("survey.id"), nullable=False),
    Column("response_id", ForeignKey("response.id")),  # NULL: anonymous
    Column("state", LargeBinary, nullable=False),  # encrypted
    Column("doing", Text, nullable=False),
    Column("touched_at", Instant, nullable=False),
    # Not indexed: every answer moves it, and open sessions are few beside answers.
    Column("expires_at", Instant, nullable=False),
)

answer = Table(
    "answer",
    metadata,
    Column("response_id", ForeignKey("response.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    _text("place", primary_key=True),  # umur, in repeats umur[2] (storage.responses.written)
    _text("value"),
    _text("raw"),
    _text("other"),
    _text("pages"),  # further media ids of an album, split by spaces
    Column("sealed", LargeBinary),  # value, raw and other, encrypted, where the form says nip, phone or name
    sqlite_with_rowid=False,
)

pending_response = Table(
    "pending_response",
    metadata,
    _id(),  # random
    Column("survey_id", ForeignKey("survey.id"), nullable=False),
    Column("ticket", Text, unique=True),
    Column("body", LargeBinary, nullable=False),  # encrypted, padded; see storage.responses.Pending
)

participation = Table(
    "participation",
    metadata,
    Column("respondent_id", ForeignKey("respondent.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    _text("survey_name", primary_key=True),
    Column("occasion", Text, primary_key=True, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

media = Table(
    "media",
    metadata,
    _text("id", primary_key=True),  # random, drawn by the engine
    Column("kind", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("reference", LargeBinary),  # encrypted; NULL once fetched
    _text("mime"),
    Column("size", BigInteger, nullable=False, server_default="0"),  # bytes
    Column("state", Text, nullable=False),  # wanted | fetched | failed
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Instant),
    _text("sha256"),
    Column("path", Text, nullable=False, server_default="", index=True),  # under the media folder
    Column("session_id", Id),  # NULL once the session is over
    _text("place"),
    _partial("ix_media_wanted", "not_before", where="state = 'wanted'"),
    _partial("ix_media_session_id", "session_id", where="session_id IS NOT NULL"),
    sqlite_with_rowid=False,
)

ticket = Table(
    "ticket",
    metadata,
    _text("number", primary_key=True),
    Column("survey_name", Text, nullable=False),
    Column("respondent_id", ForeignKey("respondent.id")),  # NULL: anonymous
    Column("response_id", ForeignKey("response.id"), index=True),
    Column("pin_seal", LargeBinary),  # anonymous ones alone
    Column("state", Text, nullable=False),
    Column("opened_on", Date, nullable=False),
    _partial("ix_ticket_respondent_id", "respondent_id", where="respondent_id IS NOT NULL"),
    sqlite_with_rowid=False,
)

status_change = Table(
    "status_change",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", ForeignKey("ticket.number"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    _text("note"),
    Column("at", Instant, nullable=False),
)

# ---- the road of a message --------------------------------------------------------------------------

inbound = Table(
    "inbound",
    metadata,
    _text("channel", primary_key=True),
    _text("external_id", primary_key=True),
    Column("day", Integer, nullable=False, index=True),  # days since 1970-01-01 UTC
    sqlite_with_rowid=False,
)

delivery_number = Sequence("delivery_number", metadata=metadata)
"""PostgreSQL alone; on SQLite the only writer counts on from the last row."""

UNFINISHED = "state IN ('queued', 'leased')"

delivery = Table(
    "delivery",
    metadata,
    _id(),  # grows in the order of commits to one address
    Column("address_id", ForeignKey("address.id", ondelete="CASCADE"), nullable=False),
    Column("respondent_id", Id),  # whose it is, of those who may share the address; NULL for replies
    Column("priority", Integer, nullable=False),  # 0 replies, 5 reminders, 9 broadcasts
    Column("state", Text, nullable=False),  # queued | leased | handed | sent | failed | skipped
    Column("body", LargeBinary),  # encrypted; NULL once sent
    Column("owner", BigInteger),  # the process that has it
    Column("not_before", Instant),
    Column("attempts", Integer, nullable=False, server_default="0"),
    _text("reason"),
    _text("message_id"),
    _text("tag"),
    Column("inbound_channel", Text),  # handed ones: the update whose repetition gives it again
    Column("inbound_id", Text),
    Column("created_at", Instant, nullable=False),
    Column("done_at", Instant),
    _partial("ix_delivery_unfinished", "address_id", "priority", "id", where=UNFINISHED),
    _partial("ix_delivery_queued", "priority", "id", where="state = 'queued'"),
    _partial("ix_delivery_respondent_id", "respondent_id", where="respondent_id IS NOT NULL"),
    _partial("ix_delivery_handed", "inbound_channel", "inbound_id", where="state = 'handed'"),
)

incident = Table(
    "incident",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Text, nullable=False),
    _text("channel"),
    _text("external_id"),  # the platform's number of the update; never an address
    _text("detail"),  # the kind of fault and where in the code; never what somebody wrote
    Column("at", Instant, nullable=False),
)

trial = Table(
    "trial",
    metadata,
    _text("channel", primary_key=True),
    _text("external_id", primary_key=True),
    Column("deaths", Integer, nullable=False),  # processes that began to handle it and did not end
    Column("process", BigInteger, nullable=False, server_default="0"),  # the last of them
    Column("day", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# ---- the process ------------------------------------------------------------------------------------

due = Table(
    "due",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    _text("payload"),  # JSON; pseudonymous ids only
    Column("state", Text, nullable=False),  # planned | claimed | done | failed
    Column("owner", BigInteger),
    Column("attempts", Integer, nullable=False, server_default="0"),
    _partial("ix_due_planned", "due_at", where="state = 'planned'"),
    _partial("ix_due_claimed", "owner", where="state = 'claimed'"),
)

process = Table(
    "process",
    metadata,
    _id(),  # random
    Column("started_at", Instant, nullable=False),
    Column("beat", BigInteger, nullable=False),  # grows each second; others watch it by their own clocks
    Column("beat_at", Instant, nullable=False),  # for people; decides nothing
)

lease = Table(
    "lease",
    metadata,
    _text("name", primary_key=True),
    Column("owner", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

setting = Table(
    "setting",
    metadata,
    _text("key", primary_key=True),
    _text("value"),
    sqlite_with_rowid=False,
)

# ---- the web chat -----------------------------------------------------------------------------------

webchat_visitor = Table(
    "webchat_visitor",
    metadata,
    Column("lookup", LargeBinary(16), primary_key=True),  # the same keyed hash as address.lookup
    Column("revision", BigInteger, nullable=False),  # grows with every change; its row lock orders the writers
    Column("touched_at", Instant, nullable=False, index=True),  # conversations that rest are deleted
    _flag("closed"),  # the visitor cleared it: nothing reaches them any more
    sqlite_with_rowid=False,
)

webchat_message = Table(
    "webchat_message",
    metadata,
    Column("lookup", ForeignKey("webchat_visitor.lookup", ondelete="CASCADE"), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),  # the visitor's revision when it came
    Column("revision", BigInteger, nullable=False),  # the visitor's revision when it last changed
    _text("update_id"),  # what the visitor sent; "" for what was said to them
    Column("body", LargeBinary, nullable=False),  # encrypted
    _flag("secret"),  # to be erased once it was seen
    Column("shown_at", Instant),  # of a secret: first put on a screen
    Column("created_at", Instant, nullable=False),
    _partial("ix_webchat_message_secret", "created_at", where="secret"),
    sqlite_with_rowid=False,
)

# ---- further tables, each in a file of its own beside this one ---------------------------------------

for _file in sorted(Path(__file__).parent.glob("tables_*.py")):
    import_module(f"storage.{_file.stem}")
