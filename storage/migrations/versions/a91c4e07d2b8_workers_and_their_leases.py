"""Workers: their signs of life, which workspace each sends for, and when a message was last attempted."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "a91c4e07d2b8"
down_revision = "f1b2a6d40c91"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "worker_heartbeat",
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.Column("seen_at", storage.types.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_worker_heartbeat")),
    )
    op.create_index(op.f("ix_worker_heartbeat_seen_at"), "worker_heartbeat", ["seen_at"])
    op.create_table(
        "sending_lease",
        sa.Column("workspace_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=False),
        sa.Column("lease_until", storage.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("quiet_until", storage.types.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_sending_lease_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_sending_lease")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("attempted_at", storage.types.UTCDateTime(timezone=True), nullable=True)
        )
        batch_op.drop_index("ix_delivery_open")
        batch_op.create_index("ix_delivery_open", ["state", "workspace_id", "due_at"])


def downgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_open")
        batch_op.create_index("ix_delivery_open", ["state", "retry_at"])
        batch_op.drop_column("attempted_at")
    op.drop_table("sending_lease")
    op.drop_index(op.f("ix_worker_heartbeat_seen_at"), table_name="worker_heartbeat")
    op.drop_table("worker_heartbeat")
