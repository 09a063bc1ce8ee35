"""The strict Block Kit checker: says what Slack would refuse in a message, a view, or a form's errors."""

from sandbox.blockkit.faults import Fault
from sandbox.blockkit.messages import check_message
from sandbox.blockkit.views import check_errors, check_view

__all__ = ["Fault", "check_errors", "check_message", "check_view"]
