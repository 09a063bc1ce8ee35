"""Members who have everything about them erased, whom others' rows then name no more; how long a workspace keeps things."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "a5d81c3e6f72"
down_revision = "a58d2c7e91f4"
branch_labels = None
depends_on = None

WIN_BEFORE = (
    "status NOT IN ('verified', 'declined') OR (decided_by IS NOT NULL AND decided_at IS NOT NULL"
    " AND decided_revision IS NOT NULL AND decided_by <> member_id AND decided_revision = revision)"
)
WIN_AFTER = (
    "status NOT IN ('verified', 'declined') OR ((decided_by IS NOT NULL OR decider_left)"
    " AND (decided_by IS NULL OR decided_by <> member_id) AND decided_at IS NOT NULL"
    " AND decided_revision IS NOT NULL AND decided_revision = revision)"
)
TARGET_BEFORE = {
    "agreed_has_its_moment": "(agreed_by IS NULL) = (agreed_at IS NULL)",
    "agreed_by_both": (
        "agreed_by IS NULL OR (agreed_by <> proposed_by AND member_id IN (agreed_by, proposed_by))"
    ),
    "agreed_is_agreed": (
        "(state <> 'proposed' OR agreed_by IS NULL) AND (state <> 'agreed' OR agreed_by IS NOT NULL)"
    ),
    "closed_as_it_was": (
        "closing IS NULL OR closing = 'replaced'"
        " OR (closing IN ('reached', 'ended')) = (agreed_by IS NOT NULL)"
    ),
}
TARGET_AFTER = {
    "agreed_has_its_moment": "agreed_by IS NULL OR agreed_at IS NOT NULL",
    "agreed_by_both": (
        "agreed_by IS NULL OR proposed_by IS NULL"
        " OR (agreed_by <> proposed_by AND member_id IN (agreed_by, proposed_by))"
    ),
    "agreed_by_its_owner": (
        "agreed_at IS NULL OR COALESCE(agreed_by, 0) = member_id OR COALESCE(proposed_by, 0) = member_id"
    ),
    "agreed_is_agreed": (
        "(state <> 'proposed' OR (agreed_at IS NULL AND proposed_by IS NOT NULL))"
        " AND (state <> 'agreed' OR agreed_at IS NOT NULL)"
    ),
    "closed_as_it_was": (
        "closing IS NULL OR closing = 'replaced'"
        " OR (closing IN ('reached', 'ended')) = (agreed_at IS NOT NULL)"
    ),
}
STAYS = ("id", "workspace_id", "rung", "version", "at", "why")
# Not the items themselves on PostgreSQL: JSON knows no equality there, its text does.
SQLITE_SAME = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in (*STAYS, "items"))
POSTGRESQL_SAME = " AND ".join(
    [f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in STAYS] + ["NEW.items::text = OLD.items::text"]
)
SQLITE_TRIGGER = """
    CREATE TRIGGER criteria_set_stays BEFORE UPDATE ON criteria_set {when}
    BEGIN SELECT RAISE(ABORT, 'a criteria set is never changed'); END
"""
POSTGRESQL_TRIGGER = """
    CREATE TRIGGER criteria_set_stays BEFORE UPDATE ON criteria_set
    FOR EACH ROW {when} EXECUTE FUNCTION criteria_set_stays()
"""
AUTHOR_LEAVES = "NEW.by_id IS NULL AND NEW.author_left"


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _trigger(*, author_may_leave: bool) -> None:
    if _on_postgresql():
        when = f"WHEN (NOT ({AUTHOR_LEAVES} AND {POSTGRESQL_SAME}))" if author_may_leave else ""
        op.execute(POSTGRESQL_TRIGGER.format(when=when))
    else:
        when = f"WHEN NOT ({AUTHOR_LEAVES} AND {SQLITE_SAME})" if author_may_leave else ""
        op.execute(SQLITE_TRIGGER.format(when=when))


def _drop_trigger() -> None:
    op.execute("DROP TRIGGER criteria_set_stays" + (" ON criteria_set" if _on_postgresql() else ""))


def _there(column: str) -> dict[str, Any]:
    there = sa.text(f"{column} IS NOT NULL")
    return {"sqlite_where": there, "postgresql_where": there}


def _left(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)


def upgrade() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erase_at", storage.types.UTCDateTime(timezone=True), nullable=True))
    op.create_index("ix_member_leaving", "member", ["erase_at"], **_there("erase_at"))
    op.create_index("ix_member_unreachable", "member", ["workspace_id"], **_there("unreachable"))
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        for name, least in (("leaver_months", 1), ("trail_months", 6)):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
            batch_op.create_check_constraint(
                batch_op.f(f"ck_workspace_{name}"), f"{name} BETWEEN {least} AND 120"
            )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.add_column(_left("actor_left"))
    op.create_index("ix_audit_event_age", "audit_event", ["workspace_id", "at"])
    _drop_trigger()
    op.add_column("criteria_set", _left("author_left"))
    _trigger(author_may_leave=True)
    with op.batch_alter_table("win", schema=None) as batch_op:
        batch_op.add_column(_left("decider_left"))
        batch_op.drop_constraint(batch_op.f("ck_win_decided_by_another_as_it_stands"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_win_decided_by_another_as_it_stands"), WIN_AFTER)
    with op.batch_alter_table("win_revision", schema=None) as batch_op:
        batch_op.alter_column("by_id", existing_type=sa.Integer(), nullable=True)
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.alter_column("proposed_by", existing_type=sa.Integer(), nullable=True)
        _replace_checks(batch_op, TARGET_BEFORE, TARGET_AFTER)


def _replace_checks(batch_op: Any, before: dict[str, str], after: dict[str, str]) -> None:
    for name in before:
        batch_op.drop_constraint(batch_op.f(f"ck_target_{name}"), type_="check")
    for name, condition in after.items():
        batch_op.create_check_constraint(batch_op.f(f"ck_target_{name}"), condition)


def downgrade() -> None:
    _let_go_of_what_names_nobody()
    with op.batch_alter_table("target", schema=None) as batch_op:
        _replace_checks(batch_op, TARGET_AFTER, TARGET_BEFORE)
        batch_op.alter_column("proposed_by", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("win_revision", schema=None) as batch_op:
        batch_op.alter_column("by_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("win", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_win_decided_by_another_as_it_stands"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_win_decided_by_another_as_it_stands"), WIN_BEFORE)
        batch_op.drop_column("decider_left")
    _drop_trigger()
    op.drop_column("criteria_set", "author_left")
    _trigger(author_may_leave=False)
    op.drop_index("ix_audit_event_age", "audit_event")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_column("actor_left")
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        for name in ("leaver_months", "trail_months"):
            batch_op.drop_constraint(batch_op.f(f"ck_workspace_{name}"), type_="check")
            batch_op.drop_column(name)
    op.drop_index("ix_member_unreachable", "member", **_there("unreachable"))
    op.drop_index("ix_member_leaving", "member", **_there("erase_at"))
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("erase_at")


def _let_go_of_what_names_nobody() -> None:
    """The version before asks who decided, proposed and agreed: what only erased people could say is open again, or gone."""
    op.execute("DELETE FROM win_revision WHERE by_id IS NULL")
    op.execute(
        "UPDATE win SET status = 'shared', decided_at = NULL, decided_revision = NULL"
        " WHERE decided_by IS NULL AND decided_at IS NOT NULL"
    )
    op.execute(
        "DELETE FROM target WHERE proposed_by IS NULL OR (agreed_at IS NOT NULL AND agreed_by IS NULL)"
    )
