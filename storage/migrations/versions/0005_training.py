"""Trainings, their sessions, who takes part, who was there, and learning hours.

Rule of the file: it stays as it is, whatever the tables become; what changes is a new file.
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "training",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("notation", sa.Text(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_training")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "training_session",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("training", sa.Text(), nullable=False),
        sa.Column("notation", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["training"], ["training.key"], name=op.f("fk_training_session_training_training")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_training_session")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_training_session_training"), "training_session", ["training"])
    op.create_index(op.f("ix_training_session_last_on"), "training_session", ["last_on"])
    op.create_table(
        "enrolment",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("respondent_id", ID, nullable=True),
        sa.Column("employee_id", ID, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "respondent_id IS NOT NULL OR employee_id IS NOT NULL", name=op.f("ck_enrolment_of_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["session"],
            ["training_session.key"],
            name=op.f("fk_enrolment_session_training_session"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"], ["respondent.id"], name=op.f("fk_enrolment_respondent_id_respondent"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_enrolment_employee_id_employee"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("session", "respondent_id", name=op.f("uq_enrolment_session_respondent_id")),
        sa.UniqueConstraint("session", "employee_id", name=op.f("uq_enrolment_session_employee_id")),
    )
    op.create_index(op.f("ix_enrolment_respondent_id"), "enrolment", ["respondent_id"])
    op.create_index(op.f("ix_enrolment_employee_id"), "enrolment", ["employee_id"])
    op.create_table(
        "attendance",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("respondent_id", ID, autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session"],
            ["training_session.key"],
            name=op.f("fk_attendance_session_training_session"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["respondent.id"],
            name=op.f("fk_attendance_respondent_id_respondent"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session", "day", "respondent_id", name=op.f("pk_attendance")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_attendance_respondent_id"), "attendance", ["respondent_id"])
    op.create_table(
        "learning_hours",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("respondent_id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=False),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["respondent.id"],
            name=op.f("fk_learning_hours_respondent_id_respondent"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session"],
            ["training_session.key"],
            name=op.f("fk_learning_hours_session_training_session"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_hours")),
        sa.UniqueConstraint(
            "respondent_id", "session", "year", name=op.f("uq_learning_hours_respondent_id_session_year")
        ),
    )
    op.create_index(op.f("ix_learning_hours_respondent_id"), "learning_hours", ["respondent_id"])
