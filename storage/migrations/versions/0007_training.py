"""Trainings from enrolment to their tasks, mentoring, the log of reminders, and what a response is about.

Rule of the file: it stays as it is, whatever the tables become; what changes is a new file.
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _occasions()
    op.execute("DELETE FROM due WHERE kind = 'session_reminder'")  # the rule unfinished_survey plans them from now on
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
        sa.Column("told_at", Instant(), nullable=True),
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
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("respondent_id", ID, nullable=True),
        sa.Column("employee_id", ID, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "respondent_id IS NOT NULL OR employee_id IS NOT NULL", name=op.f("ck_attendance_of_somebody")
        ),
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
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employee.id"],
            name=op.f("fk_attendance_employee_id_employee"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("session", "day", "respondent_id", name=op.f("uq_attendance_session_day_respondent_id")),
        sa.UniqueConstraint("session", "day", "employee_id", name=op.f("uq_attendance_session_day_employee_id")),
    )
    op.create_index(op.f("ix_attendance_respondent_id"), "attendance", ["respondent_id"])
    op.create_index(op.f("ix_attendance_employee_id"), "attendance", ["employee_id"])
    op.create_table(
        "learning_hours",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("respondent_id", ID, nullable=True),
        sa.Column("employee_id", ID, nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=False),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "respondent_id IS NOT NULL OR employee_id IS NOT NULL", name=op.f("ck_learning_hours_of_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["respondent.id"],
            name=op.f("fk_learning_hours_respondent_id_respondent"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employee.id"],
            name=op.f("fk_learning_hours_employee_id_employee"),
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
        sa.UniqueConstraint("employee_id", "session", "year", name=op.f("uq_learning_hours_employee_id_session_year")),
    )
    op.create_index(op.f("ix_learning_hours_respondent_id"), "learning_hours", ["respondent_id"])
    op.create_index(op.f("ix_learning_hours_employee_id"), "learning_hours", ["employee_id"])
    op.create_table(
        "certificate",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("respondent_id", ID, nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["respondent.id"],
            name=op.f("fk_certificate_respondent_id_respondent"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session"],
            ["training_session.key"],
            name=op.f("fk_certificate_session_training_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sa.UniqueConstraint("respondent_id", "session", name=op.f("uq_certificate_respondent_id_session")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_certificate_respondent_id"), "certificate", ["respondent_id"])
    op.create_table(
        "task",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("notation", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session"], ["training_session.key"], name=op.f("fk_task_session_training_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_task")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_task_session"), "task", ["session"])
    op.create_table(
        "assignment",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("respondent_id", ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("double", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["respondent.id"],
            name=op.f("fk_assignment_respondent_id_respondent"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["task"], ["task.key"], name=op.f("fk_assignment_task_task"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("task", "respondent_id", name=op.f("uq_assignment_task_respondent_id")),
    )
    op.create_index(op.f("ix_assignment_respondent_id"), "assignment", ["respondent_id"])
    op.create_table(
        "submission",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("files", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_submission_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("assignment_id", "turn", name=op.f("uq_submission_assignment_id_turn")),
    )
    op.create_index(op.f("ix_submission_assignment_id"), "submission", ["assignment_id"])
    op.create_table(
        "assessment",
        sa.Column("submission_id", ID, autoincrement=False, nullable=False),
        sa.Column("assessor", sa.Text(), nullable=False),
        sa.Column("scores", sa.Text(), nullable=False),
        sa.Column("remark", sa.LargeBinary(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_assessment_submission_id_submission"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("submission_id", "assessor", name=op.f("pk_assessment")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mentoring_pair",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("training", sa.Text(), nullable=False),
        sa.Column("mentor_id", ID, nullable=False),
        sa.Column("mentee_id", ID, nullable=False),
        sa.Column("check_ins", sa.Text(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["employee.id"], name=op.f("fk_mentoring_pair_mentee_id_employee"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["employee.id"], name=op.f("fk_mentoring_pair_mentor_id_employee"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["training"], ["training.key"], name=op.f("fk_mentoring_pair_training_training")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_mentoring_pair")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_mentoring_pair_mentee_id"), "mentoring_pair", ["mentee_id"])
    op.create_index(op.f("ix_mentoring_pair_mentor_id"), "mentoring_pair", ["mentor_id"])
    op.create_index(op.f("ix_mentoring_pair_training"), "mentoring_pair", ["training"])
    op.create_table(
        "mentoring_note",
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("respondent_id", ID, autoincrement=False, nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair"], ["mentoring_pair.key"], name=op.f("fk_mentoring_note_pair_mentoring_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["respondent.id"],
            name=op.f("fk_mentoring_note_respondent_id_respondent"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pair", "day", "respondent_id", name=op.f("pk_mentoring_note")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_mentoring_note_respondent_id"), "mentoring_note", ["respondent_id"])
    op.create_table(
        "reminder",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("respondent_id", ID, nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_id"], ["respondent.id"], name=op.f("fk_reminder_respondent_id_respondent"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_reminder")),
    )
    op.create_index(op.f("ix_reminder_due_at"), "reminder", ["due_at"])
    op.create_index(op.f("ix_reminder_respondent_id_due_at"), "reminder", ["respondent_id", "due_at"])
    op.create_index(op.f("ix_reminder_subject"), "reminder", ["subject"])
    op.create_table(
        "reminder_log",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("respondent_id", ID, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["respondent.id"],
            name=op.f("fk_reminder_log_respondent_id_respondent"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", "due_at", name=op.f("pk_reminder_log")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_reminder_log_at"), "reminder_log", ["at"])
    op.create_index(op.f("ix_reminder_log_respondent_id"), "reminder_log", ["respondent_id"])
    op.create_index(op.f("ix_reminder_log_subject"), "reminder_log", ["subject"])


def _occasions() -> None:
    """What a response is about; who took part in a survey may do so again on another occasion."""
    op.add_column("response", sa.Column("occasion", sa.Text(), server_default="", nullable=False))
    op.create_index(
        "ix_response_occasion",
        "response",
        ["occasion"],
        sqlite_where=sa.text("occasion <> ''"),
        postgresql_where=sa.text("occasion <> ''"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("participation", sa.Column("occasion", sa.Text(), server_default="", nullable=False))
        op.drop_constraint("pk_participation", "participation")
        op.create_primary_key("pk_participation", "participation", ["respondent_id", "survey_name", "occasion"])
        return
    op.rename_table("participation", "participation_before")
    op.create_table(
        "participation",
        sa.Column("respondent_id", ID, autoincrement=False, nullable=False),
        sa.Column("survey_name", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["respondent.id"],
            name=op.f("fk_participation_respondent_id_respondent"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("respondent_id", "survey_name", "occasion", name=op.f("pk_participation")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO participation (respondent_id, survey_name) "
        "SELECT respondent_id, survey_name FROM participation_before"
    )
    op.drop_table("participation_before")
