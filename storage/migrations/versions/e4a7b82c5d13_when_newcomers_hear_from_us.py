"""When the weekly message comes to who is new in a workspace."""

import sqlalchemy as sa
from alembic import op

revision = "e4a7b82c5d13"
down_revision = "c93d5e1f7b60"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.add_column(sa.Column("default_weekday", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("default_time", sa.Time(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_workspace_default_weekday"), "default_weekday BETWEEN 0 AND 6"
        )


def downgrade() -> None:
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_workspace_default_weekday"), type_="check")
        batch_op.drop_column("default_time")
        batch_op.drop_column("default_weekday")
