"""The roster: units, employees, how they prove who they are; several conversations of one person, several people at
one address.

Rule of the file: it stays as it is, whatever the tables become; what changes is a new file.
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("respondent", sa.Column("verified", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("response", sa.Column("verified", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "org_unit",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), server_default="", nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_org_unit")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "employee",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("lookup", sa.LargeBinary(16), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_lookup", sa.LargeBinary(16), nullable=True),
        sa.Column("superior", sa.LargeBinary(), nullable=True),
        sa.Column("superior_lookup", sa.LargeBinary(16), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), server_default="", nullable=False),
        sa.Column("grade", sa.Text(), server_default="", nullable=False),
        sa.Column("rank", sa.Text(), server_default="", nullable=False),
        sa.Column("respondent_id", ID, nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["respondent.id"],
            name=op.f("fk_employee_respondent_id_respondent"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["unit"], ["org_unit.key"], name=op.f("fk_employee_unit_org_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employee")),
        sa.UniqueConstraint("lookup", name=op.f("uq_employee_lookup")),
        sa.UniqueConstraint("respondent_id", name=op.f("uq_employee_respondent_id")),
    )
    op.create_index(op.f("ix_employee_superior_lookup"), "employee", ["superior_lookup"])
    op.create_index(op.f("ix_employee_unit"), "employee", ["unit"])
    op.create_table(
        "employee_code",
        sa.Column("employee_id", ID, autoincrement=False, nullable=False),
        sa.Column("seal", sa.LargeBinary(16), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_employee_code_employee_id_employee"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("employee_id", name=op.f("pk_employee_code")),
    )
    op.create_table(
        "guess",
        sa.Column("lookup", sa.LargeBinary(16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_guess")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "joining_code",
        sa.Column("seal", sa.LargeBinary(16), nullable=False),
        sa.Column("respondent_id", ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["respondent.id"],
            name=op.f("fk_joining_code_respondent_id_respondent"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("seal", name=op.f("pk_joining_code")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_joining_code_respondent_id"), "joining_code", ["respondent_id"])
    op.create_index(op.f("ix_joining_code_expires_at"), "joining_code", ["expires_at"])
    op.create_table(
        "profile",
        sa.Column("address_id", ID, autoincrement=False, nullable=False),
        sa.Column("respondent_id", ID, autoincrement=False, nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_profile_address_id_address"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"], ["respondent.id"], name=op.f("fk_profile_respondent_id_respondent"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("address_id", "respondent_id", name=op.f("pk_profile")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_profile_respondent_id"), "profile", ["respondent_id"])
