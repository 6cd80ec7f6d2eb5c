"""The first tables.

Rule of the file: it stays as it is, whatever the tables become; what changes is a new file.
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.schema.CreateSequence(sa.Sequence("delivery_number")))
    op.create_table(
        "due",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("payload", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owner", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due")),
        sa.UniqueConstraint("key", name=op.f("uq_due_key")),
    )
    op.create_index(
        "ix_due_claimed",
        "due",
        ["owner"],
        unique=False,
        sqlite_where=sa.text("state = 'claimed'"),
        postgresql_where=sa.text("state = 'claimed'"),
    )
    op.create_index(
        "ix_due_planned",
        "due",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.create_table(
        "inbound",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "external_id", name=op.f("pk_inbound")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_inbound_day"), "inbound", ["day"], unique=False)
    op.create_table(
        "incident",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("external_id", sa.Text(), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "media",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("reference", sa.LargeBinary(), nullable=True),
        sa.Column("mime", sa.Text(), server_default="", nullable=False),
        sa.Column("size", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", Instant(), nullable=True),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("path", sa.Text(), server_default="", nullable=False),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_media_session_id",
        "media",
        ["session_id"],
        unique=False,
        sqlite_where=sa.text("session_id IS NOT NULL"),
        postgresql_where=sa.text("session_id IS NOT NULL"),
    )
    op.create_index(
        "ix_media_wanted",
        "media",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("state = 'wanted'"),
        postgresql_where=sa.text("state = 'wanted'"),
    )
    op.create_table(
        "process",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("beat", sa.BigInteger(), nullable=False),
        sa.Column("beat_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process")),
    )
    op.create_table(
        "respondent",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("opted_out", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_respondent")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("notation", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=True),
        sa.Column("source_type", sa.Text(), server_default="", nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_survey_name_version")),
    )
    op.create_table(
        "trial",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("deaths", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "external_id", name=op.f("pk_trial")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "webchat_visitor",
        sa.Column("lookup", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("touched_at", Instant(), nullable=False),
        sa.Column("closed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_webchat_visitor")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_webchat_visitor_touched_at"), "webchat_visitor", ["touched_at"], unique=False)
    op.create_table(
        "address",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("lookup", sa.LargeBinary(length=16), nullable=False),
        sa.Column("external", sa.LargeBinary(), nullable=False),
        sa.Column("respondent_id", ID, nullable=True),
        sa.Column("dialog", sa.LargeBinary(), nullable=True),
        sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("prompt_message_id", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["respondent_id"], ["respondent.id"], name=op.f("fk_address_respondent_id_respondent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint("lookup", name=op.f("uq_address_lookup")),
    )
    op.create_index(op.f("ix_address_respondent_id"), "address", ["respondent_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", ID, nullable=False),
        sa.Column("respondent_id", ID, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("notice_version", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["respondent_id"], ["respondent.id"], name=op.f("fk_consent_respondent_id_respondent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_respondent_id"), "consent", ["respondent_id"], unique=False)
    op.create_table(
        "participation",
        sa.Column("respondent_id", ID, autoincrement=False, nullable=False),
        sa.Column("survey_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["respondent.id"],
            name=op.f("fk_participation_respondent_id_respondent"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("respondent_id", "survey_name", name=op.f("pk_participation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pending_response",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("survey_id", ID, nullable=False),
        sa.Column("ticket", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_pending_response_survey_id_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_response")),
        sa.UniqueConstraint("ticket", name=op.f("uq_pending_response_ticket")),
    )
    op.create_table(
        "response",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("survey_id", ID, nullable=False),
        sa.Column("respondent_id", ID, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("test", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=True),
        sa.Column("started_at", Instant(), nullable=True),
        sa.Column("completed_at", Instant(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["respondent_id"], ["respondent.id"], name=op.f("fk_response_respondent_id_respondent")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_response_survey_id_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
    )
    op.create_index(
        "ix_response_respondent_id",
        "response",
        ["respondent_id"],
        unique=False,
        sqlite_where=sa.text("respondent_id IS NOT NULL"),
        postgresql_where=sa.text("respondent_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_response_survey_id"), "response", ["survey_id"], unique=False)
    op.create_table(
        "webchat_message",
        sa.Column("lookup", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("secret", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("shown_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lookup"],
            ["webchat_visitor.lookup"],
            name=op.f("fk_webchat_message_lookup_webchat_visitor"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("lookup", "number", name=op.f("pk_webchat_message")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_webchat_message_secret",
        "webchat_message",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text("secret"),
        postgresql_where=sa.text("secret"),
    )
    op.create_table(
        "answer",
        sa.Column("response_id", ID, autoincrement=False, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.Column("raw", sa.Text(), server_default="", nullable=False),
        sa.Column("other", sa.Text(), server_default="", nullable=False),
        sa.Column("pages", sa.Text(), server_default="", nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_answer_response_id_response"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "place", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "delivery",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("address_id", ID, nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("owner", sa.BigInteger(), nullable=True),
        sa.Column("not_before", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("message_id", sa.Text(), server_default="", nullable=False),
        sa.Column("tag", sa.Text(), server_default="", nullable=False),
        sa.Column("inbound_channel", sa.Text(), nullable=True),
        sa.Column("inbound_id", sa.Text(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_delivery_address_id_address"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_index(
        "ix_delivery_handed",
        "delivery",
        ["inbound_channel", "inbound_id"],
        unique=False,
        sqlite_where=sa.text("state = 'handed'"),
        postgresql_where=sa.text("state = 'handed'"),
    )
    op.create_index(
        "ix_delivery_queued",
        "delivery",
        ["priority", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index(
        "ix_delivery_unfinished",
        "delivery",
        ["address_id", "priority", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'leased')"),
        postgresql_where=sa.text("state IN ('queued', 'leased')"),
    )
    op.create_table(
        "session",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("respondent_id", ID, nullable=False),
        sa.Column("survey_id", ID, nullable=False),
        sa.Column("response_id", ID, nullable=True),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("doing", sa.Text(), nullable=False),
        sa.Column("touched_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["respondent_id"], ["respondent.id"], name=op.f("fk_session_respondent_id_respondent")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_session_response_id_response")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_session_survey_id_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_respondent_id"), "session", ["respondent_id"], unique=False)
    op.create_table(
        "ticket",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("survey_name", sa.Text(), nullable=False),
        sa.Column("respondent_id", ID, nullable=True),
        sa.Column("response_id", ID, nullable=True),
        sa.Column("pin_seal", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["respondent_id"], ["respondent.id"], name=op.f("fk_ticket_respondent_id_respondent")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_ticket_response_id_response")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ticket")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_ticket_respondent_id",
        "ticket",
        ["respondent_id"],
        unique=False,
        sqlite_where=sa.text("respondent_id IS NOT NULL"),
        postgresql_where=sa.text("respondent_id IS NOT NULL"),
    )
    op.create_table(
        "status_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["ticket.number"], name=op.f("fk_status_change_number_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_change")),
    )
    op.create_index(op.f("ix_status_change_number"), "status_change", ["number"], unique=False)
