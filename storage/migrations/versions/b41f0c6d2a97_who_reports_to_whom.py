"""Who reports to whom, and the one message about what waits for a manager."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "b41f0c6d2a97"
down_revision = "85330dc1bf75"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reporting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("asked_at", storage.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("since", storage.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("until", storage.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'ended') = (until IS NOT NULL)", name=op.f("ck_reporting_until_it_ended")
        ),
        sa.CheckConstraint(
            "state <> 'asked' OR asked_at IS NOT NULL", name=op.f("ck_reporting_asked_has_its_moment")
        ),
        sa.CheckConstraint(
            "state <> 'current' OR since IS NOT NULL", name=op.f("ck_reporting_current_has_its_moment")
        ),
        sa.CheckConstraint("state IN ('asked', 'current', 'ended')", name=op.f("ck_reporting_state")),
        sa.CheckConstraint("member_id <> manager_id", name=op.f("ck_reporting_not_to_oneself")),
        sa.ForeignKeyConstraint(["manager_id"], ["member.id"], name=op.f("fk_reporting_manager_id_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reporting_member_id_member")),
        sa.ForeignKeyConstraint(["set_by"], ["member.id"], name=op.f("fk_reporting_set_by_member")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_reporting_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting")),
    )
    with op.batch_alter_table("reporting", schema=None) as batch_op:
        batch_op.create_index("ix_reporting_of", ["workspace_id", "manager_id", "state"], unique=False)
        batch_op.create_index(
            "uq_reporting_asked",
            ["member_id"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )
        batch_op.create_index(
            "uq_reporting_current",
            ["member_id"],
            unique=True,
            sqlite_where=sa.text("state = 'current'"),
            postgresql_where=sa.text("state = 'current'"),
        )

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("queue_channel", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True)
        )
        batch_op.add_column(sa.Column("queue_ts", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("queue_ts")
        batch_op.drop_column("queue_channel")

    with op.batch_alter_table("reporting", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_reporting_current",
            sqlite_where=sa.text("state = 'current'"),
            postgresql_where=sa.text("state = 'current'"),
        )
        batch_op.drop_index(
            "uq_reporting_asked",
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )
        batch_op.drop_index("ix_reporting_of")

    op.drop_table("reporting")
