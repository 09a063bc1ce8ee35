"""The table of payloads Slack would refuse, one rule each; whoever fakes Slack must refuse them all."""

from tests.sandbox.blockkit.bad_payloads.blocks import BLOCKS
from tests.sandbox.blockkit.bad_payloads.elements import ELEMENTS
from tests.sandbox.blockkit.bad_payloads.inputs import INPUTS
from tests.sandbox.blockkit.bad_payloads.making import Bad
from tests.sandbox.blockkit.bad_payloads.media import MEDIA
from tests.sandbox.blockkit.bad_payloads.messages import MESSAGES
from tests.sandbox.blockkit.bad_payloads.rich import RICH
from tests.sandbox.blockkit.bad_payloads.views import VIEWS

__all__ = ["BAD", "Bad"]

BAD: list[Bad] = [*MESSAGES, *VIEWS, *BLOCKS, *MEDIA, *INPUTS, *ELEMENTS, *RICH]
