"""What an office offers to learn, who takes part, who was there, and what it earned them.

Rules of the file: a training and a session are values written as JSON, and what is looked for stands beside them; why
somebody withdrew is encrypted, sealed for its own row ("enrolment/reason/17"). People are respondents; whoever was
named from the roster and has not written yet stands as an employee until they prove to be one.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables import Id, Instant, metadata

training = Table(
    "training",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),  # as the office calls it: pelayanan_prima
    Column("notation", Text, nullable=False),  # JSON
    Column("archived", Boolean, nullable=False),
    Column("changed_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

training_session = Table(
    "training_session",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),  # pelayanan_prima-2026-12-01
    Column("training", ForeignKey("training.key"), nullable=False, index=True),
    Column("notation", Text, nullable=False),  # JSON
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False, index=True),
    Column("settled", Boolean, nullable=False),  # it is over, and everybody attended or was absent
    Column("secret", LargeBinary, nullable=False),  # encrypted; its codes are made of it
    sqlite_with_rowid=False,
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # random
    Column("session", ForeignKey("training_session.key", ondelete="CASCADE"), nullable=False),
    Column("respondent_id", ForeignKey("respondent.id", ondelete="CASCADE"), index=True),
    Column("employee_id", ForeignKey("employee.id", ondelete="CASCADE"), index=True),  # until they prove to be them
    Column("state", Text, nullable=False),  # outreach.enrolment.State
    Column("since", Instant, nullable=False),
    Column("by", Text, nullable=False),  # self | supervisor | office
    Column("confirmed", Boolean, nullable=False),  # they said they will come
    Column("told_at", Instant),  # when a message last told them of it, reminders apart
    Column("reason", LargeBinary),  # why they withdrew, encrypted
    UniqueConstraint("session", "respondent_id"),
    UniqueConstraint("session", "employee_id"),
    CheckConstraint("respondent_id IS NOT NULL OR employee_id IS NOT NULL", name="of_somebody"),
)

attendance = Table(
    "attendance",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # random
    Column("session", ForeignKey("training_session.key", ondelete="CASCADE"), nullable=False),
    Column("day", Date, nullable=False),
    Column("respondent_id", ForeignKey("respondent.id", ondelete="CASCADE"), index=True),
    Column("employee_id", ForeignKey("employee.id", ondelete="CASCADE"), index=True),  # until they prove to be them
    Column("at", Instant, nullable=False),
    Column("how", Text, nullable=False),  # code | list
    Column("late", Boolean, nullable=False),
    UniqueConstraint("session", "day", "respondent_id"),
    UniqueConstraint("session", "day", "employee_id"),
    CheckConstraint("respondent_id IS NOT NULL OR employee_id IS NOT NULL", name="of_somebody"),
)

learning_hours = Table(
    "learning_hours",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # random
    Column("respondent_id", ForeignKey("respondent.id", ondelete="CASCADE"), index=True),
    Column("employee_id", ForeignKey("employee.id", ondelete="CASCADE"), index=True),  # until they prove to be them
    Column("year", Integer, nullable=False),
    Column("hundredths", Integer, nullable=False),  # of a JP
    Column("session", ForeignKey("training_session.key", ondelete="SET NULL")),  # NULL: noted by the office
    Column("evidence", Text, nullable=False, server_default=""),  # what the office noted: number of a certificate
    UniqueConstraint("respondent_id", "session", "year"),
    UniqueConstraint("employee_id", "session", "year"),
    CheckConstraint("respondent_id IS NOT NULL OR employee_id IS NOT NULL", name="of_somebody"),
)

certificate = Table(
    "certificate",
    metadata,
    Column("number", Text, primary_key=True, nullable=False),  # as it is printed
    Column("respondent_id", ForeignKey("respondent.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("session", ForeignKey("training_session.key", ondelete="CASCADE"), nullable=False),
    Column("code", Text, nullable=False, unique=True),  # random; the QR leads there
    Column("name", LargeBinary, nullable=False),  # encrypted, as it is printed
    Column("hundredths", Integer, nullable=False),  # of a JP
    Column("issued_on", Date, nullable=False),
    Column("revoked_on", Date),
    UniqueConstraint("respondent_id", "session"),
    sqlite_with_rowid=False,
)

# ---- tasks after a training -------------------------------------------------------------------------

task = Table(
    "task",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),  # pelayanan_prima-2026-12-01-1
    Column("session", ForeignKey("training_session.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("notation", Text, nullable=False),  # JSON: instruction, evidence, rubric
    Column("due_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

assignment = Table(
    "assignment",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # random
    Column("task", ForeignKey("task.key", ondelete="CASCADE"), nullable=False),
    Column("respondent_id", ForeignKey("respondent.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("state", Text, nullable=False),  # outreach.tasks.State
    Column("since", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),  # moved where it is to be revised
    Column("double", Boolean, nullable=False),  # two assessors mark it
    UniqueConstraint("task", "respondent_id"),
)

submission = Table(
    "submission",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # random
    Column("assignment_id", ForeignKey("assignment.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("turn", Integer, nullable=False),  # 1, and one more for each revision
    Column("at", Instant, nullable=False),
    Column("words", LargeBinary),  # encrypted
    Column("files", Text, nullable=False, server_default=""),  # media ids, split by spaces
    UniqueConstraint("assignment_id", "turn"),
)

assessment = Table(
    "assessment",
    metadata,
    Column("submission_id", ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("assessor", Text, primary_key=True, nullable=False),  # admin:17 | respondent:4711
    Column("scores", Text, nullable=False),  # JSON: criterion to 1..4
    Column("remark", LargeBinary),  # encrypted: what the participant is told
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# ---- mentoring --------------------------------------------------------------------------------------

mentoring_pair = Table(
    "mentoring_pair",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("training", ForeignKey("training.key"), nullable=False, index=True),
    Column("mentor_id", ForeignKey("employee.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("mentee_id", ForeignKey("employee.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("check_ins", Text, nullable=False),  # JSON: dates
    Column("ended", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

mentoring_note = Table(
    "mentoring_note",
    metadata,
    Column("pair", ForeignKey("mentoring_pair.key", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("day", Date, primary_key=True, nullable=False),  # of the meeting
    Column(
        "respondent_id",
        ForeignKey("respondent.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    ),
    Column("held", Boolean, nullable=False),
    Column("words", LargeBinary),  # encrypted
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# ---- reminders --------------------------------------------------------------------------------------

reminder = Table(
    "reminder",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),  # outreach.reminding.Planned.key: never a date
    Column("rule", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),  # what it was planned with: session:KEY, pair:KEY
    Column("respondent_id", ForeignKey("respondent.id", ondelete="CASCADE"), nullable=False),
    Column("due_at", Instant, nullable=False, index=True),
    Column("payload", Text, nullable=False),  # JSON; pseudonymous ids only
    Index(None, "respondent_id", "due_at"),
)

reminder_log = Table(
    "reminder_log",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),  # of the planned row
    Column("due_at", Instant, primary_key=True, nullable=False),
    Column("rule", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("respondent_id", ForeignKey("respondent.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("outcome", Text, nullable=False),  # sent, put_off, or why it was skipped
    Column("at", Instant, nullable=False, index=True),
    Column("answer", Text, nullable=False, server_default=""),  # the button that was pressed under it
    sqlite_with_rowid=False,
)
