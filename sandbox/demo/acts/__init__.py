"""What people of the demo do: one small class for each kind of act, played on a stage through the real app."""

from sandbox.demo.acts.criteria import EditsCriteria, TakesUp
from sandbox.demo.acts.people import AnswersWeekly, Asks, FillsIn, Joins, Moves, OpensHome, Says, SetsWeekly
from sandbox.demo.acts.review import Confirms, Delegates, Reviews, Wonders
from sandbox.demo.acts.stage import Act, DemoError, Settle, Stage
from sandbox.demo.acts.targets import Agrees, ClosesAsReached, Proposes, ProposesInstead
from sandbox.demo.acts.teams import Accepts, Adds, AsksForManager, HandsOver, SetsManager
from sandbox.demo.acts.wins import Edits, Logs, LooksAfter, Presses, Undoes

__all__ = [
    "Accepts",
    "Act",
    "Adds",
    "Agrees",
    "AnswersWeekly",
    "Asks",
    "AsksForManager",
    "ClosesAsReached",
    "Confirms",
    "Delegates",
    "DemoError",
    "Edits",
    "EditsCriteria",
    "FillsIn",
    "HandsOver",
    "Joins",
    "Logs",
    "LooksAfter",
    "Moves",
    "OpensHome",
    "Presses",
    "Proposes",
    "ProposesInstead",
    "Reviews",
    "Says",
    "SetsManager",
    "SetsWeekly",
    "Settle",
    "Stage",
    "TakesUp",
    "Undoes",
    "Wonders",
]
