"""What people answered to a scheduled message, and how often they put it off."""

import sqlalchemy as sa
from alembic import op

revision = "a3d9c04b7e52"
down_revision = "a91c4e07d2b8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answer", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("moved", sa.Integer(), nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_column("moved")
        batch_op.drop_column("answer")
