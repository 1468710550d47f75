"""Rules on duties that were split by threshold: every value has one role, and higher roles have higher values."""

from collections.abc import Iterable, Iterator, Sequence

from raci.domain.bands import ZERO, Flaw, FlawKind, Interval, flaws
from raci.domain.lint.decided import bands_of, in_force, mode_of
from raci.domain.lint.finding import Level
from raci.domain.lint.registry import Documentation, Facts, Form, Hit, row, row_rule
from raci.domain.lint.view import RowView, View
from raci.domain.records import DecisionType, Mode
from raci.domain.text import Sentence, listed
from raci.domain.text import gettext_noop as _


@row_rule(
    "A05",
    "threshold-gap",
    Documentation(
        title=_("Nobody decides on some values"),
        check=_(
            "The duty is split by threshold into bands, and some values lie in no band: below the first one, or "
            "between one band and the next. Each category and each currency or unit is looked at by itself."
        ),
        why=_("A value exists that no one may approve."),
        fix=_("Move a boundary so that the bands touch: what one band ends below, the next one starts from."),
    ),
    plain=Form(
        Level.ERROR,
        _("{duty}: nobody decides on values {values}."),
        _("Decide on the split of {duty} anew, with a band for values {values}."),
    ),
)
def gap(view: View, item: RowView) -> Iterator[Hit]:
    found = [flaw.words for flaw in _flaws(view, item, FlawKind.GAP)]
    if _is_without_bands(view, item):
        found.append(Interval(ZERO, None).words())
    yield from _hits(view, item, found)


@row_rule(
    "A06",
    "threshold-overlap",
    Documentation(
        title=_("Two roles decide on the same values"),
        check=_("The duty is split by threshold into bands, and two of them share values of one category and unit."),
        why=_("A value exists that two roles may approve, and neither knows that the other did not."),
        fix=_("Cut the bands so that they touch and do not overlap."),
    ),
    plain=Form(
        Level.ERROR,
        _("{duty}: two roles decide on values {values}."),
        _("Decide on the split of {duty} anew, and cut the bands so that they touch."),
    ),
)
def overlap(view: View, item: RowView) -> Iterator[Hit]:
    yield from _hits(view, item, [_of_roles(view, flaw) for flaw in _flaws(view, item, FlawKind.OVERLAP)])


@row_rule(
    "A07",
    "threshold-shape",
    Documentation(
        title=_("A table of thresholds is not sound"),
        check=_(
            "The duty is split by threshold, and a band or limit has no value (it ends where it starts, or before); or "
            "the last one is not open to the top, so that nobody decides on larger values; or a role decides on higher "
            "values than one that it reports to (a warning). Where the split is by limits (“up to”), there can be "
            "neither gaps nor overlaps, and only this rule applies."
        ),
        why=_(
            "Without a top, the largest items have nowhere to go; and what a superior may not approve, nobody below "
            "may."
        ),
        fix=_("Open the last band to the top, and let the bands rise with the reporting lines."),
    ),
    invalid=Form(
        Level.ERROR,
        _("{duty}: a band or limit has no value: {values}."),
        _("Decide on the split of {duty} anew, and let every band end above where it starts."),
        variant="invalid",
    ),
    top=Form(
        Level.ERROR,
        _("{duty}: nobody decides on values {values}."),
        _(
            "Decide on the split of {duty} anew, and leave the last band open to the top or give its rest to a "
            "superior."
        ),
        variant="top",
    ),
    falling=Form(
        Level.WARNING,
        _("{duty}: a role decides on higher values than one that it reports to: {values}."),
        _("Decide on the split of {duty} anew, and let the higher role decide on the higher values."),
        variant="falling",
    ),
)
def shape(view: View, item: RowView) -> Iterator[Hit]:
    invalid = _flaws(view, item, FlawKind.INVALID)
    yield from _hits(view, item, [_of_roles(view, flaw) for flaw in invalid], "invalid")
    top = [flaw.words for flaw in _flaws(view, item, FlawKind.NO_TOP)]
    if _is_without_bands(view, item, Mode.LIMITS):
        top.append(Interval(ZERO, None).words())
    yield from _hits(view, item, top, "top")
    yield from _hits(view, item, [_above(view, flaw) for flaw in _flaws(view, item, FlawKind.NOT_RISING)], "falling")


def _hits(view: View, item: RowView, values: Sequence[Sentence], form: str = "plain") -> Iterator[Hit]:
    if values:
        yield Hit(row(item.duty), {"duty": view.code(item.duty), "values": listed(values)}, form)


def _flaws(view: View, item: RowView, kind: FlawKind) -> list[Flaw]:
    """Return what is wrong with the splits of a duty, of one kind."""
    return [flaw for flaw in _all_flaws(view, item) if flaw.kind is kind]


def _all_flaws(view: View, item: RowView) -> Iterable[Flaw]:
    for key, decision in in_force(view.matrix, item.duty, DecisionType.SPLIT_THRESHOLD):
        yield from flaws(mode_of(decision), bands_of(view.matrix.parts_of(key)), below=view.reporting.ranks_below)


def _is_without_bands(view: View, item: RowView, mode: Mode = Mode.BANDS) -> bool:
    """Tell whether a split gives no role any value."""
    splits = in_force(view.matrix, item.duty, DecisionType.SPLIT_THRESHOLD)
    return any(mode_of(one) is mode and not any(p.role for p in view.matrix.parts_of(key)) for key, one in splits)


def _of_roles(view: View, flaw: Flaw) -> Sentence:
    roles = view.names(dict.fromkeys(band.role for band in flaw.bands))
    return Sentence(_("{values} ({roles})"), {"values": flaw.words, "roles": roles})


def _above(view: View, flaw: Flaw) -> Sentence:
    band, other = flaw.bands
    facts: Facts = {"values": flaw.words, "role": view.name(band.role), "superior": view.name(other.role)}
    return Sentence(_("{role} {values}, above those of {superior}"), facts)
