"""The age of what is open, and the buckets that it is counted in (`decisions.md` 4.5)."""

from datetime import date, timedelta

# The oldest day of each bucket of ages but the last.
BUCKETS = (30, 60, 90)


def bucket(age: int) -> int:
    """Return the number of the bucket of an age in days: 0 for up to 30, 3 for over 90."""
    return sum(age > limit for limit in BUCKETS)


def opened_within(number: int, today: date) -> tuple[date | None, date | None]:
    """Return the first and the last day on which what is in a bucket today was opened; None where there is no limit."""
    youngest = BUCKETS[number - 1] + 1 if number else None
    oldest = BUCKETS[number] if number < len(BUCKETS) else None
    return (
        None if oldest is None else today - timedelta(days=oldest),
        None if youngest is None else today - timedelta(days=youngest),
    )
