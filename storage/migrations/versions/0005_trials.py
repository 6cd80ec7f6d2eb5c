"""A message is on trial once for each process that begins to handle it, however often that one tries.

Rule of the file: it stays as it is, whatever the tables become; what changes is a new file.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("trial", sa.Column("process", sa.BigInteger(), server_default="0", nullable=False))
