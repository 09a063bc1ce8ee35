"""When managers hear of their team, and people of what ends, waits, or was to be remembered."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "a8d3c51e9f04"
down_revision = "a3d9c04b7e52"
branch_labels = None
depends_on = None

REMINDED = ("credential", "target", "win")
# From now on: what these moments should be is worked out when they are looked at first.
BEGIN = {
    "credential": "state = 'earned' AND expires_on IS NOT NULL",
    "target": "state = 'agreed'",
}
LEADS = "id IN (SELECT manager_id FROM reporting WHERE state = 'current')"


def upgrade() -> None:
    for table in REMINDED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("remind_at", _moment(), nullable=True))
        op.create_index(
            f"ix_{table}_remind_at",
            table,
            ["remind_at"],
            sqlite_where=sa.text("remind_at IS NOT NULL"),
            postgresql_where=sa.text("remind_at IS NOT NULL"),
        )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("next_digest_at", _moment(), nullable=True))
        batch_op.create_index(batch_op.f("ix_member_next_digest_at"), ["next_digest_at"], unique=False)
    _create_reminder()
    for table, which in BEGIN.items():
        op.execute(f"UPDATE {table} SET remind_at = {_now()} WHERE {which}")  # noqa: S608  (names of this file)
    op.execute(f"UPDATE member SET next_digest_at = {_now()} WHERE {LEADS}")  # noqa: S608


def _moment() -> storage.types.UTCDateTime:
    return storage.types.UTCDateTime(timezone=True)


def _now() -> str:
    """As the column keeps moments."""
    if op.get_bind().dialect.name == "postgresql":
        return "CURRENT_TIMESTAMP"
    return "strftime('%Y-%m-%d %H:%M:%f000', 'now')"


def _create_reminder() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("submission_key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("remind_at", _moment(), nullable=False),
        sa.Column("created_at", _moment(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reminder_member_id_member")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_reminder_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("member_id", "submission_key", name=op.f("uq_reminder_member_id_submission_key")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_mine", ["workspace_id", "member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_remind_at"), ["remind_at"], unique=False)


def downgrade() -> None:
    op.drop_table("reminder")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_next_digest_at"))
        batch_op.drop_column("next_digest_at")
    for table in reversed(REMINDED):
        op.drop_index(f"ix_{table}_remind_at", table_name=table)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("remind_at")
