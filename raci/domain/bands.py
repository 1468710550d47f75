"""Thresholds: which role decides at which value, and where a table of them has holes (`rules.md` 2.4).

Two modes. In *bands* each role has the values from ``low`` on and below ``high``; bands can leave gaps and
overlap. In *limits* each post has a limit "up to and including ``high``", and the approver of a value is
the lowest post whose limit it does not exceed; limits can do neither. Amounts are exact decimals from zero
on. Each category and each unit (a currency, days, a score) has a table of its own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from raci.domain.amounts import amount_words, stored_decimal
from raci.domain.records import Mode
from raci.domain.text import Fact, Sentence, fold
from raci.domain.text import gettext_noop as _

ZERO = Decimal(0)

# Tells whether the first role ranks below the second.
RanksBelow: TypeAlias = Callable[[str, str], bool]


@dataclass(frozen=True)
class Band:
    """One line of a table of thresholds: a role and the values that it has.

    ``low`` None: from zero on; ``high`` None: without end. In limits a line without ``low`` is an approver
    up to and including ``high``, and one with ``low`` is consulted on what lies above ``low``. ``key`` names
    the line to whoever made it.
    """

    role: str
    low: Decimal | None = None
    high: Decimal | None = None
    category: str = ""
    unit: str = ""
    key: str = ""

    @classmethod
    def stored(cls, role: str, lower: str, upper: str, *, category: str = "", unit: str = "", key: str = "") -> "Band":
        """Return a band from its stored form; "" is an open end.

        Text that is no amount makes a band without any value, which `flaws` reports as invalid.
        """
        try:
            return cls(role, stored_decimal(lower), stored_decimal(upper), category, unit, key)
        except ValueError:
            return cls(role, ZERO, ZERO, category, unit, key)

    @property
    def start(self) -> Decimal:
        return ZERO if self.low is None else self.low

    def __contains__(self, value: Decimal) -> bool:
        """Whether a value lies in the band as mode *bands* reads it."""
        return self.start <= value and (self.high is None or value < self.high)


@dataclass(frozen=True)
class Interval:
    """The values from ``low`` on and below ``high``; where ``upto``, those above ``low`` up to and including ``high``.

    ``high`` None: without end.
    """

    low: Decimal
    high: Decimal | None
    upto: bool = False

    def words(self, unit: str = "", category: str = "") -> Sentence:
        """Return the interval in words: "from 50,000 to under 60,000 EUR", with its category behind it in brackets."""
        facts: dict[str, Fact] = {"low": amount_words(self.low)}
        if self.high is None:
            facts["low"] = amount_words(self.low, unit)
        else:
            facts["high"] = amount_words(self.high, unit)
        said = Sentence(_SAID[self.upto][self.low > 0, self.high is not None], facts)
        return Sentence(_("{values} ({category})"), {"values": said, "category": category}) if category else said


# Whether values from `low` or above it are meant; whether there is a lower and an upper end.
_SAID: dict[bool, dict[tuple[bool, bool], str]] = {
    False: {
        (True, True): _("from {low} to under {high}"),
        (False, True): _("under {high}"),
        (True, False): _("from {low} upwards"),
        (False, False): _("of any size"),
    },
    True: {
        (True, True): _("above {low} and up to {high}"),
        (False, True): _("up to {high}"),
        (True, False): _("above {low}"),
        (False, False): _("of any size"),
    },
}


class FlawKind(StrEnum):
    INVALID = "invalid"  # the band has no value: it ends where it starts, or before
    GAP = "gap"  # values that no role has
    OVERLAP = "overlap"  # values that two roles have
    NO_TOP = "no_top"  # nobody has what lies above the last band
    NOT_RISING = "not_rising"  # a role has higher values than one that it ranks below


@dataclass(frozen=True)
class Flaw:
    """Something wrong with a table of thresholds: what, at which values, and between which of its lines.

    ``bands``: the two beside a gap (one where it is at the bottom), the two that overlap, the last one where
    the top is missing, the one that is invalid; where the table does not rise, the higher band and the one of
    the role that outranks its own.
    """

    kind: FlawKind
    interval: Interval
    bands: tuple[Band, ...]
    category: str = ""
    unit: str = ""

    @property
    def words(self) -> Sentence:
        """The values in words, with their unit and category."""
        return self.interval.words(self.unit, self.category)


def nobody_ranks(role: str, other: str) -> bool:
    """Say of any two roles that neither ranks below the other."""
    return False


def flaws(
    mode: Mode, bands: Iterable[Band], *, below: RanksBelow = nobody_ranks, step: Decimal = ZERO
) -> tuple[Flaw, ...]:
    """Return everything that is wrong with a table of thresholds, each category and unit by itself.

    `Mode.NONE` is read as bands. Where there is no flaw, every value has exactly one band, or in limits an
    approver. ``below`` comes from the reporting lines; ``step`` is the smallest difference that two values can
    have (1 where only whole numbers occur), 0 where there is none. Lines without a role have nothing and leave
    a gap.
    """
    tables = grouped(band for band in bands if band.role)
    if mode is Mode.LIMITS:
        return tuple(flaw for table in tables.values() for flaw in _of_limits(table, tables, below))
    return tuple(flaw for table in tables.values() for flaw in _of_bands(table, below, step))


Table: TypeAlias = tuple[Band, ...]


def grouped(bands: Iterable[Band]) -> Mapping[tuple[str, str], Table]:
    """Return the table of each category and unit, in their order. Both are told apart without letter case."""
    found: dict[tuple[str, str], list[Band]] = {}
    for band in bands:
        found.setdefault((fold(band.category), fold(band.unit)), []).append(band)
    return {key: tuple(found[key]) for key in sorted(found)}


def _of_bands(table: Table, below: RanksBelow, step: Decimal) -> Iterator[Flaw]:
    valid = sorted((band for band in table if _is_band(band)), key=_from_the_bottom)
    for band in table:
        if not _is_band(band):
            yield _flaw(FlawKind.INVALID, Interval(band.start, band.high), band)
    if valid:
        yield from _gaps_and_overlaps(valid, step)
        yield from _not_rising(valid, below)


def _is_band(band: Band) -> bool:
    return band.start >= 0 and (band.high is None or band.high > band.start)


def _gaps_and_overlaps(valid: Sequence[Band], step: Decimal) -> Iterator[Flaw]:
    """Go up the bands, keeping the one that reaches highest: what lies above it and below the next is a gap."""
    last = valid[0]
    if last.start > 0:
        yield _flaw(FlawKind.GAP, Interval(ZERO, last.start), last)
    for band in valid[1:]:
        if last.high is not None and band.start > last.high:
            if band.start > last.high + step:
                yield _flaw(FlawKind.GAP, Interval(last.high, band.start), last, band)
        elif last.high is None or band.start < last.high:
            yield _flaw(FlawKind.OVERLAP, Interval(band.start, _lower(last.high, band.high)), last, band)
        last = band if _lower(last.high, band.high) == last.high != band.high else last
    if last.high is not None:
        yield _flaw(FlawKind.NO_TOP, Interval(last.high, None), last)


def _lower(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    if first is None or second is None:
        return second if first is None else first
    return min(first, second)


def _from_the_bottom(band: Band) -> tuple[Decimal, bool, Decimal, str, str]:
    return (band.start, band.high is None, band.high or ZERO, band.role, band.key)


def _not_rising(rising: Sequence[Band], below: RanksBelow) -> Iterator[Flaw]:
    """Name each band of which a lower one belongs to a role that outranks its own, the nearest such."""
    for at, band in enumerate(rising):
        higher = next((one for one in reversed(rising[:at]) if below(band.role, one.role)), None)
        if higher:
            yield _flaw(FlawKind.NOT_RISING, Interval(band.start, band.high), band, higher)


def _of_limits(table: Table, tables: Mapping[tuple[str, str], Table], below: RanksBelow) -> Iterator[Flaw]:
    approvers = sorted((band for band in table if _is_limit(band)), key=_limit)
    for band in table:
        if band.low is None and not _is_limit(band):
            yield _flaw(FlawKind.INVALID, Interval(ZERO, band.high, upto=True), band)
        elif band.low is not None and not _is_band(band):
            yield _flaw(FlawKind.INVALID, Interval(band.low, band.high, upto=True), band)
    if approvers and approvers[-1].high is not None:
        yield _flaw(FlawKind.NO_TOP, Interval(approvers[-1].high, None, upto=True), approvers[-1])
    elif not approvers and not any(map(_is_limit, tables.get(("", fold(table[0].unit)), ()))):
        yield _flaw(FlawKind.NO_TOP, Interval(ZERO, None, upto=True), table[0])
    yield from _limits_not_rising(approvers, below)


def _is_limit(band: Band) -> bool:
    return band.low is None and (band.high is None or band.high > 0)


def _limit(band: Band) -> tuple[bool, Decimal, str, str]:
    return (band.high is None, band.high or ZERO, band.role, band.key)


def _limits_not_rising(rising: Sequence[Band], below: RanksBelow) -> Iterator[Flaw]:
    for at, band in enumerate(rising):
        lower = [one for one in rising[:at] if one.high != band.high]
        higher = next((one for one in reversed(lower) if below(band.role, one.role)), None)
        if higher:
            reach = lower[-1].high or ZERO
            yield _flaw(FlawKind.NOT_RISING, Interval(reach, band.high, upto=True), band, higher)


def _flaw(kind: FlawKind, interval: Interval, band: Band, *others: Band) -> Flaw:
    return Flaw(kind, interval, (band, *others), band.category, band.unit)


def approvers(
    mode: Mode, bands: Iterable[Band], value: Decimal, *, category: str = "", unit: str = ""
) -> tuple[Band, ...]:
    """Return the lines that have a value: one in a table without flaws.

    In limits these are the lines of the lowest limit that the value does not exceed, several where posts
    share a limit. A category without lines of its own goes by the table that names no category.
    """
    table = _table(mode, bands, category, unit)
    if mode is Mode.BANDS:
        return tuple(band for band in table if _is_band(band) and value in band)
    fitting = [band for band in table if band.high is None or value <= band.high]
    lowest = min(fitting, key=_limit, default=None)
    return tuple(band for band in fitting if lowest and band.high == lowest.high)


def consulted(bands: Iterable[Band], value: Decimal, *, category: str = "", unit: str = "") -> tuple[Band, ...]:
    """Return the lines of limits whose role is consulted on a value: it lies above ``low``, and not above ``high``.

    A category without such lines of its own goes by those that name no category.
    """
    lines = [band for band in bands if band.role and band.low is not None]
    return tuple(band for band in _chosen(lines, category, unit) if _hears(band, value))


def _hears(band: Band, value: Decimal) -> bool:
    return value > band.start and (band.high is None or value <= band.high)


def _table(mode: Mode, bands: Iterable[Band], category: str, unit: str) -> Table:
    lines = [band for band in bands if band.role and (mode is Mode.BANDS or _is_limit(band))]
    return _chosen(lines, category, unit)


def _chosen(lines: Iterable[Band], category: str, unit: str) -> Table:
    tables = grouped(lines)
    return tables.get((fold(category), fold(unit))) or tables.get(("", fold(unit)), ())
