"""Those who look after the program: who they are, what they may do, what they did.

Rules of the file: what opens a door (a code, a link, a browser's session) is stored as a hash alone. An audit row is
written once; it names people by number, and each row seals the one before it (``storage.audit``).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, Table, Text

from storage.tables import Instant, metadata

admin = Table(
    "admin",
    metadata,
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),  # random
    Column("name", LargeBinary, nullable=False),  # encrypted: what they are called, and sign in with
    Column("role", Text, nullable=False),  # handlers.permissions.Role
    Column("language", Text, nullable=False, server_default=""),
    Column("invited_at", Instant, nullable=False),
    Column("accepted_at", Instant),  # NULL: has not come yet
    Column("revoked_at", Instant),
    Column("password", Text, nullable=False, server_default=""),  # argon2id, in PHC notation
    Column("totp", LargeBinary),  # encrypted
    Column("totp_step", BigInteger, nullable=False, server_default="0"),  # the last one that was taken
    Column("failures", Integer, nullable=False, server_default="0"),  # wrong tries in a row
    Column("locked_until", Instant),
)

admin_unit = Table(
    "admin_unit",
    metadata,
    Column("admin_id", ForeignKey("admin.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("unit", Text, primary_key=True),  # name in the catalog; no row: every unit
    sqlite_with_rowid=False,
)

admin_address = Table(
    "admin_address",
    metadata,
    Column("address_id", ForeignKey("address.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("admin_id", ForeignKey("admin.id", ondelete="CASCADE"), nullable=False, index=True),
    sqlite_with_rowid=False,
)

admin_key = Table(
    "admin_key",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),  # SHA-256 of the code
    Column("admin_id", ForeignKey("admin.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # invite | enter | connect
    Column("expires_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

admin_session = Table(
    "admin_session",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),  # SHA-256 of what the browser holds
    Column("admin_id", ForeignKey("admin.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("began_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("device", Text, nullable=False, server_default=""),  # "Chrome, Android"
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    # Without gaps, from 1.
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),  # admin:<id> | terminal | system
    Column("act", Text, nullable=False),  # handlers.permissions
    Column("whom", Text, nullable=False, server_default=""),  # survey:x, ticket:x, admin:<id>, respondent:<id>
    Column("before", Text, nullable=False, server_default=""),  # keyed hash of what was
    Column("after", Text, nullable=False, server_default=""),
    Column("origin", Text, nullable=False, server_default=""),  # web <network> | telegram | webchat | terminal
    Column("reason", Text, nullable=False, server_default=""),
    Column("seal", LargeBinary(32), nullable=False),  # over this row and the seal of the one before
)
