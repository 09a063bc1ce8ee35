"""How often somebody may ask for what is expensive: a bucket of tokens that fills again with time."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Allowance:
    """`burst` times at once, then once in each `every`."""

    burst: int
    every: timedelta


@dataclass(frozen=True)
class Bucket:
    """How many tokens there were at a moment; a part of one counts."""

    tokens: float
    at: datetime


def take(bucket: Bucket | None, allowance: Allowance, now: datetime) -> tuple[Bucket, timedelta]:
    """The bucket after somebody asked, and how long until they may: zero where a token was there and was taken.

    Who never asked has no bucket yet, and all tokens. A clock that was set back gives and takes nothing."""
    tokens = float(allowance.burst)
    if bucket is not None:
        passed = max(now - bucket.at, timedelta())
        tokens = min(tokens, bucket.tokens + passed / allowance.every)
    if tokens >= 1:
        return Bucket(tokens - 1, now), timedelta()
    return Bucket(tokens, now), (1 - tokens) * allowance.every


def is_full(bucket: Bucket, allowance: Allowance, now: datetime) -> bool:
    """Whether it says no more than that somebody may ask."""
    return bucket.tokens + max(now - bucket.at, timedelta()) / allowance.every >= allowance.burst
