"""Time off, holidays, fixed zones, and the week that the next weekly message belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "a2c8f05d7e34"
down_revision = "a8d3c51e9f04"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "time_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.CheckConstraint("last >= first", name=op.f("ck_time_off_in_order")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_time_off_workspace_id_workspace")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_time_off_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_off")),
        sa.UniqueConstraint("member_id", "first", name=op.f("uq_time_off_member_id_first")),
    )
    op.create_index("ix_time_off_mine", "time_off", ["workspace_id", "member_id", "last"])
    op.create_table(
        "holiday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_holiday_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("workspace_id", "day", name=op.f("uq_holiday_workspace_id_day")),
    )
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.add_column(sa.Column("country", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("subdivision", sa.String(length=32), nullable=True))
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("zone_fixed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("next_nudge_slot", sa.String(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("next_nudge_slot")
        batch_op.drop_column("zone_fixed")
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.drop_column("subdivision")
        batch_op.drop_column("country")
    op.drop_table("holiday")
    op.drop_index("ix_time_off_mine", table_name="time_off")
    op.drop_table("time_off")
