"""The tables. Rows are inert: no relationships, so that touching one never runs SQL."""

from storage.models.audit import AuditEvent
from storage.models.base import Row, opaque_id
from storage.models.credentials import CREDENTIAL_STATES, MemberCredential
from storage.models.criteria import CriteriaSet
from storage.models.days_off import Holiday, TimeOff
from storage.models.deliveries import DELIVERY_STATES, Delivery
from storage.models.members import DEFAULT_TIME, DEFAULT_WEEKDAY, Member, MemberSkill
from storage.models.questions import UnansweredQuestion
from storage.models.reminders import Reminder
from storage.models.reporting import REPORTING_STATES, Reporting
from storage.models.targets import CLOSINGS, TARGET_CLOSINGS, TARGET_STATES, Target
from storage.models.wins import DECIDED, WAITING, WIN_DEEDS, WIN_STATUSES, Win, WinRevision
from storage.models.workers import SendingLease, WorkerHeartbeat
from storage.models.workspaces import INSTALLATION_STATES, Installation, OAuthState, Workspace

__all__ = [
    "CLOSINGS",
    "CREDENTIAL_STATES",
    "DECIDED",
    "DEFAULT_TIME",
    "DEFAULT_WEEKDAY",
    "DELIVERY_STATES",
    "INSTALLATION_STATES",
    "REPORTING_STATES",
    "TARGET_CLOSINGS",
    "TARGET_STATES",
    "WAITING",
    "WIN_DEEDS",
    "WIN_STATUSES",
    "AuditEvent",
    "CriteriaSet",
    "Delivery",
    "Holiday",
    "Installation",
    "Member",
    "MemberCredential",
    "MemberSkill",
    "OAuthState",
    "Reminder",
    "Reporting",
    "Row",
    "SendingLease",
    "Target",
    "TimeOff",
    "UnansweredQuestion",
    "Win",
    "WinRevision",
    "WorkerHeartbeat",
    "Workspace",
    "opaque_id",
]
