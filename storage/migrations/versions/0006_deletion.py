"""Deleting somebody's data finds its rows by an index; a message that waits says whose it is, of those at an address.

Rule of the file: it stays as it is, whatever the tables become; what changes is a new file.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("delivery", sa.Column("respondent_id", number, nullable=True))
    named = sa.text("respondent_id IS NOT NULL")
    op.create_index(
        "ix_delivery_respondent_id", "delivery", ["respondent_id"], sqlite_where=named, postgresql_where=named
    )
    op.create_index("ix_media_path", "media", ["path"])
    op.create_index("ix_ticket_response_id", "ticket", ["response_id"])
