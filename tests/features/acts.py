"""Every way in which somebody changes something, one after the other, in a scene where all of it can be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slackbot.app import App
from tests.features.progress_scene import Progress
from tests.features.records import wins_of
from tests.features.reporting import relations
from tests.features.target_acts import targets_of


@dataclass(frozen=True)
class Act:
    """Who does what: the words that are typed, and what is filled into the form that opens, if one does."""

    who: str
    words: str
    form: str | None = None
    fields: Mapping[str, Any] | None = None


WIN = {"metric": "referrals", "baseline": "120", "result": "150", "visibility": "manager"}
ACTS = (
    Act("ana", "welcome done"),
    Act("ana", "profile", "profile", {"education": "master", "years_relevant": "7"}),
    Act("ana", "skills rate", "rate_skills", {"leading": "helped"}),
    Act("ana", "nudges change", "nudge_settings", {"weekday": "2"}),
    Act("ana", "certs track", "track_credential", {"credential": "other", "name": "A course of ours"}),
    Act("ana", "certs change {credential}", "track_credential", {"state": "under_way"}),
    Act("ana", "certs change {credential}", "track_credential", {"state": "removed"}),
    Act("ana", "remind step 3", "remind_me", {"when": "day", "day": "2027-01-11"}),
    Act("ana", "remind cancel 1"),
    Act("ana", "log", "log_win", WIN),
    Act("ana", "wins edit {private}", "log_win", {"result": "9418"}),
    Act("ana", "wins share {private}"),
    Act("ana", "wins return {private}"),
    Act("ana", "wins withdraw {private}"),
    Act("ana", "wins delete {private}"),
    Act("ana", "wins undo {private}"),
    Act("gus", "verify ask {shared}", "ask_about_win", {"text": "Which ones?"}),
    Act("ana", "wins answer {shared}", "answer_win", {"answer": "All of them."}),
    Act("ben", "verify delegate {shared}", "delegate_win", {"to": "{max}"}),
    Act("ben", "verify decline {shared}", "decline_win", {"text": "Counted twice."}),
    Act("ben", "verify confirm {newest} 1"),
    Act("ana", "celebrate {verified}", "celebrate_win", {"channel": "{channel}"}),
    Act("ben", "target show {offered}"),
    Act("ben", "target agree {offered}"),
    Act("ana", "target new visits_per_week", "propose_target", {"to": "9", "due": "2028-05-05"}),
    Act("ben", "target refuse {last_target}"),
    Act("ana", "target new ride_alongs", "propose_target", {"to": "5", "due": "2028-05-05"}),
    Act("ana", "target withdraw {last_target}"),
    Act("ben", "target end {offered}"),
    Act(
        "dee",
        "criteria edit manager",
        "edit_criteria",
        {"manager_contracts-0-least": "2", "why": "As we agreed."},
    ),
    Act("eli", "manager ask", "reporting_ask", {"manager": "{dee}"}),
    Act("eli", "manager withdraw"),
    Act("eli", "manager ask", "reporting_ask", {"manager": "{max}"}),
    Act("max", "team accept {last_reporting}"),
    Act("fay", "manager ask", "reporting_ask", {"manager": "{gus}"}),
    Act("gus", "team refuse {last_reporting}"),
    Act("max", "team add", "reporting_add", {"liaison": "{fay}"}),
    Act("fay", "manager wrong {last_reporting}"),
    Act("ben", "team hand {reporting}", "reporting_hand_over", {"manager": "{max}"}),
    Act("max", "team remove {last_reporting}", "reporting_remove", {}),
    Act("dee", "team set", "reporting_set", {"liaison": "{ana}", "manager": "{ben}"}),
    Act("dee", "admin name", "name_admin", {"colleague": "{ben}"}),
    Act("dee", "admin remove <@{ben}>"),
    Act("dee", "admin newcomers change", "newcomers", {"weekday": "3"}),
    Act("dee", "admin holidays change", "holidays", {"country": "CA"}),
    Act("dee", "admin holidays add", "own_date", {"day": "2028-05-05", "what": "Founders' Day"}),
    Act("dee", "admin holidays remove 2028-05-05"),
    Act("dee", "admin retention change", "retention", {"leavers": "12", "trail": "12"}),
    Act("ana", "privacy export"),
    Act("ana", "privacy erase", "erase", {"word": "erase"}),
    Act("ana", "privacy keep"),
)


def numbers(there: Progress, app: App) -> dict[str, Any]:
    """What the words' braces stand for, at this moment."""
    people = {name: person.id for name, person in there.people.items()}
    return {
        **vars(there),
        **people,
        "shared": there.shared,
        "newest": wins_of(app, there.people["ana"])[-1].id,
        "last_target": targets_of(app)[-1].id,
        "last_reporting": relations(app)[-1].id,
        "channel": there.people["ana"].channel,
        "credential": 1,
    }
