"""A matrix at two moments, side by side, in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from raci import models
from raci.domain.change import Change
from raci.domain.comparison import Fate, cells_by_duty, differences, fate
from raci.domain.matrix import Matrix
from raci.domain.records import Kind
from raci.services.describing import describe
from raci.services.history import NoSuchRevision, Past, made_in, matrix_at
from raci.services.naming import Names

# Where nobody says from when, this long before today.
WINDOW = timedelta(days=30)
# More sentences than this in one part nobody reads; the rest is counted.
SENTENCES = 200

_PARTS = (
    ("places", gettext_lazy("Rows and columns"), (Kind.SHEET, Kind.ROW, Kind.COLUMN)),
    ("register", gettext_lazy("Duties, roles and areas"), (Kind.DUTY, Kind.ROLE, Kind.LINE, Kind.ALIAS, Kind.AREA)),
    (
        "grey",
        gettext_lazy("Grey areas and decisions"),
        (Kind.GREY_AREA, Kind.CLAIM, Kind.DECISION, Kind.PART, Kind.ACKNOWLEDGEMENT, Kind.ROUND),
    ),
    ("comments", gettext_lazy("Comments"), (Kind.COMMENT,)),
    (
        "charters",
        gettext_lazy("Charters and boundaries"),
        (
            Kind.CHARTER, Kind.ACCOUNTABILITY, Kind.AUTHORITY, Kind.NEED, Kind.AGREEMENT, Kind.INCOMPATIBILITY,
            Kind.DIFFERENCE, Kind.BASELINE,
        ),
    ),
    (
        "people",
        gettext_lazy("People and competence"),
        (
            Kind.HOLDING, Kind.ABSENCE, Kind.SIGNATURE, Kind.COMPETENCY, Kind.SKILL, Kind.REQUIREMENT, Kind.ROUTE,
            Kind.GAIN,
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One difference: what became of the thing, and the sentence that says it."""

    fate: Fate
    sentence: str


@dataclass(frozen=True)
class Part:
    """The differences of some kinds of record. ``more`` counts those that are left out of ``told``."""

    name: str
    title: str
    counts: tuple[tuple[Fate, int], ...]
    told: tuple[Told, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class CellPair:
    """The letters of one role before and after, in the words of the scheme of that time."""

    fate: Fate
    role: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedDuty:
    """A duty with its cells that differ."""

    code: str
    title: str
    cells: tuple[CellPair, ...]


@dataclass(frozen=True)
class Comparison:
    """What differs between two moments of a matrix.

    ``parts`` holds only those in which something differs; the cells are the first of them.
    ``late_start`` is set where the matrix was made after the moment that was asked for: it is then
    compared from the revision that made it.
    """

    earlier: Past
    later: Past
    parts: tuple[Part, ...]
    duties: tuple[ChangedDuty, ...]
    late_start: bool = False


def compare_moments(
    matrix: models.Matrix, one: int | date | None = None, other: int | date | None = None
) -> Comparison:
    """Compare a matrix at two moments, each the number of a revision or a day, in either order.

    Without them: thirty days ago, and now. Raises `NoSuchRevision` where there is no such revision.
    """
    wanted = (
        timezone.localdate() - WINDOW if one is None else one,
        matrix.organisation.revision if other is None else other,
    )
    found = [_at(matrix, moment) for moment in wanted]
    (earlier, first_late), (later, second_late) = sorted(found, key=lambda item: item[0].moment.number)
    changes = differences(earlier.matrix, later.matrix)
    names = _names(earlier.matrix, later.matrix)
    letters = _counts(change for change in changes if change.address.kind is Kind.CELL)
    parts = [Part("letters", _("Letters"), letters), *_parts(changes, names)]
    return Comparison(
        earlier,
        later,
        tuple(part for part in parts if part.counts),
        tuple(_duties(earlier.matrix, later.matrix, changes)),
        late_start=first_late or second_late,
    )


def _at(matrix: models.Matrix, wanted: int | date) -> tuple[Past, bool]:
    """Return the matrix at a moment, or when it was made and True where that was after the moment."""
    try:
        return matrix_at(matrix, wanted), False
    except NoSuchRevision:
        made = made_in(matrix)
        if isinstance(wanted, int) and wanted > made:
            raise
        return matrix_at(matrix, made), True


def _counts(changes: Iterable[Change]) -> tuple[tuple[Fate, int], ...]:
    found = Counter(fate(change) for change in changes)
    return tuple((what, found[what]) for what in Fate if found[what])


def _parts(changes: Sequence[Change], names: Names) -> Iterator[Part]:
    for name, title, kinds in _PARTS:
        mine = [(fate(change), change) for change in changes if change.address.kind in kinds]
        spoken = [(what, change) for what, change in mine if what is not Fate.MOVED]
        told = [Told(what, describe(change, names)) for what, change in spoken[:SENTENCES]]
        if moved := len(mine) - len(spoken):  # one row put first moves all the others: a number says enough
            told.append(Told(Fate.MOVED, _moved(moved)))
        counts = _counts(change for _what, change in mine)
        yield Part(name, str(title), counts, tuple(told), max(0, len(spoken) - SENTENCES))


def _moved(count: int) -> str:
    text = ngettext("%(count)d stands in another place", "%(count)d stand in other places", count)
    return text % {"count": count}


def _duties(old: Matrix, new: Matrix, changes: Iterable[Change]) -> Iterator[ChangedDuty]:
    duties, roles = {**old.duties, **new.duties}, {**old.roles, **new.roles}
    for key, cells in cells_by_duty(old, new, changes).items():
        pairs = (
            CellPair(fate(cell), roles[cell.address.other].name, str(cell.before), str(cell.after)) for cell in cells
        )
        yield ChangedDuty(duties[key].code, duties[key].title, tuple(pairs))


def _names(old: Matrix, new: Matrix) -> Names:
    """Return what the sentences call things: as they are called at the later moment, the gone ones as before."""
    by_key: dict[str, str] = {}
    duty_of: dict[str, str] = {}
    code_of: dict[str, str] = {}
    for matrix in (old, new):
        by_key[matrix.key] = matrix.sheet.title
        by_key |= {key: role.name for key, role in matrix.roles.items()}
        by_key |= {key: area.name for key, area in matrix.areas.items()}
        by_key |= {key: f"{duty.code} {duty.title}" for key, duty in matrix.duties.items()}
        code_of |= {key: duty.code for key, duty in matrix.duties.items()}
        duty_of |= {key: item.duty for key, item in matrix.grey_areas.items()}
        duty_of |= {key: item.duty for key, item in matrix.decisions.items()}
        duty_of |= {key: item.duty for key, item in matrix.comments.items()}
    return Names(by_key, duty_of, code_of)
