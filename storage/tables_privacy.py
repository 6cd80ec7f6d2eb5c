"""What people asked for about their data and by when it is due, and documents that wait to be handed to them.

Rules of the file: a request names a person by number alone and outlives them; what they wrote in it is encrypted. A
document is encrypted, belongs to one address, and is short-lived.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, Table, Text, text

from storage.tables import Id, Instant, metadata

OPEN = "done_at IS NULL"

privacy_request = Table(
    "privacy_request",
    metadata,
    Column("id", Id, primary_key=True),
    Column("subject", BigInteger, nullable=False, index=True),  # the respondent's number; no longer a row once deleted
    Column("kind", Text, nullable=False),  # access | copy | correct | delete | stop | start
    Column("channel", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("done_at", Instant),  # NULL: open
    Column("note", LargeBinary),  # encrypted: what is to be corrected; NULL once it was done
    Index("ix_privacy_request_open", "due_at", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
)

document = Table(
    "document",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),  # random
    Column("address_id", ForeignKey("address.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),  # as the person's file is called
    Column("mime", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # encrypted
    Column("created_at", Instant, nullable=False, index=True),
    sqlite_with_rowid=False,
)
