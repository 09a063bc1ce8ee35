"""Criteria sets that are never changed, and targets that both sides agree on."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "c93d5e1f7b60"
down_revision = "678c3983e227"
branch_labels = None
depends_on = None

# A later migration that has SQLite copy the table has to make its trigger again; a test would say so.
SQLITE_TRIGGER = """
    CREATE TRIGGER criteria_set_stays BEFORE UPDATE ON criteria_set
    BEGIN SELECT RAISE(ABORT, 'a criteria set is never changed'); END
"""
POSTGRESQL_FUNCTION = """
    CREATE FUNCTION criteria_set_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a criteria set is never changed' USING ERRCODE = 'integrity_constraint_violation';
    END $$
"""
POSTGRESQL_TRIGGER = """
    CREATE TRIGGER criteria_set_stays BEFORE UPDATE ON criteria_set
    FOR EACH ROW EXECUTE FUNCTION criteria_set_stays()
"""


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _refuse_changes() -> None:
    if _on_postgresql():
        op.execute(POSTGRESQL_FUNCTION)
        op.execute(POSTGRESQL_TRIGGER)
    else:
        op.execute(SQLITE_TRIGGER)


def _create_criteria_set() -> None:
    op.create_table(
        "criteria_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("rung", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", storage.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_criteria_set_version")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_criteria_set_by_id_member")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_criteria_set_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria_set")),
        sa.UniqueConstraint(
            "workspace_id", "rung", "version", name=op.f("uq_criteria_set_workspace_id_rung_version")
        ),
    )
    _refuse_changes()


TARGET_CHECKS = {
    "state": "state IN ('proposed', 'agreed', 'closed')",
    "closing": "closing IN ('replaced', 'withdrawn', 'refused', 'reached', 'ended')",
    "due_after_it_starts": "due > starts",
    "agreed_has_its_moment": "(agreed_by IS NULL) = (agreed_at IS NULL)",
    "agreed_by_both": (
        "agreed_by IS NULL OR (agreed_by <> proposed_by AND member_id IN (agreed_by, proposed_by))"
    ),
    "agreed_is_agreed": (
        "(state <> 'proposed' OR agreed_by IS NULL) AND (state <> 'agreed' OR agreed_by IS NOT NULL)"
    ),
    "closed_has_its_moment": (
        "(state = 'closed') = (closed_at IS NOT NULL) AND (state = 'closed') = (closing IS NOT NULL)"
        " AND (state = 'closed' OR closed_by IS NULL)"
    ),
    "closed_as_it_was": (
        "closing IS NULL OR closing = 'replaced'"
        " OR (closing IN ('reached', 'ended')) = (agreed_by IS NOT NULL)"
    ),
}


def _create_target() -> None:
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("metric", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("from_value", storage.types.Scaled(), nullable=True),
        sa.Column("to_value", storage.types.Scaled(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", storage.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.Column("agreed_at", storage.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("closing", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", storage.types.UTCDateTime(timezone=True), nullable=True),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_target_{name}"))
            for name, condition in TARGET_CHECKS.items()
        ),
        *(
            sa.ForeignKeyConstraint([column], ["member.id"], name=op.f(f"fk_target_{column}_member"))
            for column in ("member_id", "proposed_by", "agreed_by", "closed_by")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_target_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
    )
    op.create_index("ix_target_mine", "target", ["workspace_id", "member_id", "proposed_at"])
    for state in ("proposed", "agreed"):
        there = sa.text(f"state = '{state}'")
        op.create_index(
            f"uq_target_{state}",
            "target",
            ["member_id", "metric"],
            unique=True,
            sqlite_where=there,
            postgresql_where=there,
        )


def upgrade() -> None:
    _create_criteria_set()
    _create_target()
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("named_admin", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("welcomed_at", storage.types.UTCDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("criteria_set_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_member_criteria_set_id_criteria_set"),
            "criteria_set",
            ["criteria_set_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_member_criteria_set_id_criteria_set"), type_="foreignkey")
        batch_op.drop_column("criteria_set_id")
        batch_op.drop_column("welcomed_at")
        batch_op.drop_column("named_admin")
    op.drop_table("target")
    op.drop_table("criteria_set")
    if _on_postgresql():
        op.execute("DROP FUNCTION criteria_set_stays()")
