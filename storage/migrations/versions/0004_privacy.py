"""Requests of people about their data, documents that wait for them, and confidential responses.

Rule of the file: it stays as it is, whatever the tables become; what changes is a new file.
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOBODY_HAS_NO_HOUR = "respondent_id IS NOT NULL OR (started_at IS NULL AND completed_at IS NULL)"


def upgrade() -> None:
    # Making the table anew would take its answers along on SQLite; a check may come with a column instead.
    default = "0" if op.get_bind().dialect.name == "sqlite" else "false"
    op.execute(
        f"ALTER TABLE response ADD COLUMN confidential BOOLEAN DEFAULT {default} NOT NULL "
        f"CONSTRAINT ck_response_nobody_has_no_hour CHECK ({NOBODY_HAS_NO_HOUR})"
    )
    op.create_table(
        "privacy_request",
        sa.Column("id", ID, nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
    )
    op.create_index(op.f("ix_privacy_request_subject"), "privacy_request", ["subject"])
    op.create_index(
        "ix_privacy_request_open",
        "privacy_request",
        ["due_at"],
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("address_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_document_address_id_address"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_document_address_id"), "document", ["address_id"])
    op.create_index(op.f("ix_document_created_at"), "document", ["created_at"])
