"""What is said of the boundary of two roles, the same on the page and in every document."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from raci.documents.speech import day, number
from raci.documents.speech import gettext as _
from raci.domain.boundary import HAND_OVER, AreaPart, Boundary, HandOver, Line, LineClass, Passing, Share
from raci.domain.whole import Whole

Names = tuple[str, str]

# The classes in the order in which a meeting goes through them: what is open first.
ORDER = (LineClass.UNDECIDED, LineClass.SHARED, LineClass.MINE, LineClass.YOURS)


def class_words(names: Names) -> dict[str, str]:
    """Return what each class of lines is called, and hand-over points, in the order of a page."""
    first, second = names
    return {
        LineClass.UNDECIDED.value: _("Undecided"),
        LineClass.SHARED.value: _("Shared"),
        LineClass.MINE.value: _("Only {role}").format(role=first),
        LineClass.YOURS.value: _("Only {role}").format(role=second),
        HAND_OVER: _("Hand-over points"),
    }


def coefficient(share: Share) -> str:
    """Return a coefficient of overlap with two decimals, a dash where there is none."""
    value = share.coefficient
    return "–" if value is None else number(Decimal(f"{value:.2f}"))


def summary(found: Boundary, names: Names) -> str:
    """Say in a few sentences how much two roles have in common, and what is not settled."""
    return " ".join(_summary(found, names))


def _summary(found: Boundary, names: Names) -> Iterator[str]:
    share, (first, second) = found.share, names
    facts = {
        "first": first,
        "second": second,
        "one": number(share.first),
        "other": number(share.second),
        "common": number(share.common),
        "coefficient": coefficient(share),
    }
    if share.coefficient is None:
        yield _("Of all duties {first} works on {one} and {second} on {other}: no overlap to measure.").format(**facts)
    else:
        text = _(
            "Of all duties {first} works on {one} and {second} on {other}; they have {common} in common, a coefficient "
            "of overlap of {coefficient}."
        )
        yield text.format(**facts)
    opened = found.undecided
    if not opened:
        yield _("Nothing between the two is undecided.")
    elif opened[0].since is None:
        yield _("Undecided between the two: {count}.").format(count=number(len(opened)))
    else:
        text = _("Undecided between the two: {count}, the oldest since {day}.")
        yield text.format(count=number(len(opened)), day=day(opened[0].since))
    if blank := sum(side.blanks for side in found.differences):
        yield _("Blank sides of their differences: {count}.").format(count=number(blank))


def figures(found: Boundary, names: Names) -> list[tuple[str, str]]:
    """Return the numbers about a pair, by what they are called."""
    counts, words = found.counts, class_words(names)
    return [
        (_("Coefficient of overlap"), coefficient(found.share)),
        *((words[kind], number(counts.get(kind, 0))) for kind in ORDER),
        (words[HAND_OVER], number(len(found.hand_overs))),
    ]


def area_name(whole: Whole, part: AreaPart) -> str:
    """Return what an area is called."""
    return whole.register.areas[part.area].name if part.area else _("Other duties")


def role_name(whole: Whole, role: str) -> str:
    """Return what a role is called, "" where it is not on record."""
    return whole.register.roles[role].name if role in whole.register.roles else ""


def accountable(whole: Whole, line: Line) -> str:
    """Say who answers for a line, "" for nobody."""
    return ", ".join(role_name(whole, role) for role in line.owners)


def hand_over(whole: Whole, point: HandOver, names: Names) -> str:
    """Say where work passes from one role to the other."""
    first, second = names
    if point.kind is Passing.ACROSS:
        facts = {"first": first, "here": _titles(whole, point.first), "second": second}
        text = _("{first} answers for it in {here}, {second} in {there}")
        return text.format(**facts, there=_titles(whole, point.second))
    doer, owner = (second, first) if point.first else (first, second)
    text = _("{doer} does it, {owner} answers for it in {matrix}")
    return text.format(doer=doer, owner=owner, matrix=_titles(whole, point.sheets))


def _titles(whole: Whole, sheets: tuple[str, ...]) -> str:
    return ", ".join(whole.by_key[key].sheet.title for key in sheets)


def points_of(part: AreaPart) -> Mapping[tuple[str, str], list[HandOver]]:
    """Return the hand-over points of each line, by its duty and matrix."""
    found: dict[tuple[str, str], list[HandOver]] = {}
    for point in part.hand_overs:
        for sheet in point.sheets:
            found.setdefault((point.duty, sheet), []).append(point)
    return found
