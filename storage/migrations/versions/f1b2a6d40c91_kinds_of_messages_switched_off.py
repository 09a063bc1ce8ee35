"""Which kinds of scheduled messages a member does not want."""

import sqlalchemy as sa
from alembic import op

revision = "f1b2a6d40c91"
down_revision = "e4a7b82c5d13"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kinds_off", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))


def downgrade() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("kinds_off")
