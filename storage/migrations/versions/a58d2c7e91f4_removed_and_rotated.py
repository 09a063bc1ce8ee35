"""Since when the app is gone from a workspace, and tokens that are rotated."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "a58d2c7e91f4"
down_revision = "a2c8f05d7e34"
branch_labels = None
depends_on = None

MOMENTS = ("ended_at", "expires_at", "refreshing_until")


def upgrade() -> None:
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.add_column(sa.Column("removed_at", storage.types.UTCDateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_workspace_removed_at"), ["removed_at"], unique=False)
    with op.batch_alter_table("installation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("refresh_token", sa.Text(), nullable=True))
        for name in MOMENTS:
            batch_op.add_column(sa.Column(name, storage.types.UTCDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("installation", schema=None) as batch_op:
        for name in MOMENTS:
            batch_op.drop_column(name)
        batch_op.drop_column("refresh_token")
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workspace_removed_at"))
        batch_op.drop_column("removed_at")
