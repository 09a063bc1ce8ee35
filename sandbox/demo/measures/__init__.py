"""What the liaisons of the demo measure."""

from sandbox.demo.measures.growth import GROWTH
from sandbox.demo.measures.measure import Measure
from sandbox.demo.measures.service import SERVICE
from sandbox.demo.measures.standing import STANDING

__all__ = ["MEASURES", "USUAL", "Measure"]

MEASURES = GROWTH + SERVICE + STANDING
USUAL = {"contract_wins": 0.5, "referral_growth": 1.2, "outreach_campaigns": 1.2}
"""How often there is a win in an outcome, where it is not as often as in any other."""
