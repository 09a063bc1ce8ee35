"""Column types that keep what a database would forget: time zones and decimal digits."""

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, DateTime, Dialect
from sqlalchemy.types import TypeDecorator

MICRO = Decimal(1_000_000)
SMALLEST = Decimal("0.000001")
LARGEST = Decimal(10) ** 12
"""Results beyond a trillion would not fit a 64-bit column once scaled."""


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC. SQLite hands datetimes back naive; this type never does."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone cannot be stored: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Scaled(TypeDecorator[Decimal]):
    """A Decimal kept as a whole number of millionths, because SQLite stores NUMERIC as a float."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if not isinstance(value, Decimal):
            raise TypeError(f"results are Decimal, not {type(value).__name__}")
        if not value.is_finite() or abs(value) > LARGEST:
            raise ValueError(f"out of range: {value}")
        # Compared before multiplying, which would round a very long number into a short one.
        if value != value.quantize(SMALLEST):
            raise ValueError(f"more than six decimals: {value}")
        return int(value * MICRO)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        whole, rest = divmod(value, 1_000_000)
        return Decimal(whole) if rest == 0 else (Decimal(value) / MICRO).normalize()
