"""What waits for the visitor: grey areas that a role of theirs has to decide or has not claimed, rows to be marked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from raci.domain.lint import Finding
from raci.domain.matrix import Matrix
from raci.services.charters import ToSign
from raci.services.marks import counts
from raci.web import access, access_charters
from raci.web.waiting_decisions import Made, to_acknowledge, to_review

# Enough for a morning; with more, the counter says "and more".
_MOST = 200
_LISTED = 5
_ABOUT = (
    "pk", "key", "due_on", "since", "decider__key", "matrix__title", "matrix_id",
    "duty__key", "duty__code", "duty__title", "duty__area__first_role__key", "duty__area__second_role__key",
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """A grey area that waits. ``key`` is its own; ``roles`` are the names of the roles that it waits for."""

    key: str
    duty: str
    code: str
    title: str
    matrix: str
    due_on: date | None
    since: date
    roles: str


@dataclass(frozen=True)
class ToMark:
    """A blind round that asks the visitor; ``left`` rows have no mark of theirs yet."""

    key: str
    title: str
    matrix: str
    due_on: date | None
    left: int


@dataclass(frozen=True)
class Waits:
    """What waits for the visitor, what is due first first; ``roles`` are the names of those they stand for, by key."""

    roles: dict[str, str]
    to_decide: tuple[Item, ...] = ()
    to_claim: tuple[Item, ...] = ()
    to_mark: tuple[ToMark, ...] = ()
    to_acknowledge: tuple[Made, ...] = ()
    to_review: tuple[Made, ...] = ()
    to_sign: tuple[ToSign, ...] = ()
    more: bool = False

    @property
    def total(self) -> int:
        grey_areas = len(self.to_decide) + len(self.to_claim)
        return grey_areas + sum(map(len, (self.to_mark, self.to_acknowledge, self.to_review, self.to_sign)))

    @property
    def first_to_decide(self) -> tuple[Item, ...]:
        return self.to_decide[:_LISTED]

    @property
    def first_to_claim(self) -> tuple[Item, ...]:
        return self.to_claim[: _LISTED - len(self.first_to_decide)]


@dataclass(frozen=True)
class Fault:
    """An error on a row that a role of the visitor is accountable for."""

    matrix: Matrix
    finding: Finding
    code: str
    title: str

    @property
    def grey_area(self) -> str:
        """The key of the open grey area of the row, "" for none."""
        return self.matrix.open_by_duty.get(self.finding.subject.duty, "")


def waits(request: HttpRequest) -> Waits:
    """Return what waits for the visitor, asked once a request: two queries, seven for those who stand for a role."""
    if not hasattr(request, "_waits"):
        request._waits = _read(request)  # type: ignore[attr-defined]  # kept with the request
    return request._waits  # type: ignore[attr-defined, no-any-return]


def faults(roles: dict[str, str], looked_at: list[tuple[Matrix, tuple[Finding, ...]]]) -> list[Fault]:
    """Return the errors on rows that one of some roles is accountable for."""
    found = []
    for matrix, findings in looked_at:
        for item in findings:
            duty = item.subject.duty
            if item.level == "error" and duty and roles.keys() & set(matrix.holders(duty, matrix.scheme.pivot)):
                found.append(Fault(matrix, item, matrix.duties[duty].code, matrix.duties[duty].title))
    return found


def _read(request: HttpRequest) -> Waits:
    columns: dict[str, set[int]] = {}
    names: dict[str, str] = {}
    for key, name, matrix in access.spoken_for(request).values_list("key", "name", "columns__matrix"):
        names[key] = name
        columns.setdefault(key, set()).add(matrix)
    unsigned = access_charters.unsigned(request)
    if not names:
        return Waits({}, to_sign=unsigned)
    mine = Q(decider__key__in=names)
    if access.place(request).may_claim:
        mine |= Q(duty__area__first_role__key__in=names) | Q(duty__area__second_role__key__in=names)
    rows = list(access.unresolved(request).filter(mine).values(*_ABOUT)[: _MOST + 1])
    claimed = set(
        access.claims(request)
        .filter(grey_area__in=[row["pk"] for row in rows], role__key__in=names)
        .values_list("grey_area", "role__key")
    )
    to_decide = tuple(_item(row, names[row["decider__key"]]) for row in rows if row["decider__key"] in names)
    to_claim = tuple(_claims(request, rows, columns, names, claimed))
    unanswered, overdue = to_acknowledge(request, columns, _MOST + 1), to_review(request, names.keys(), _MOST)
    more = max(len(rows), len(unanswered)) > _MOST
    marks = _to_mark(request, names)
    return Waits(names, to_decide, to_claim, marks, unanswered[:_MOST], overdue, unsigned, more)


def _to_mark(request: HttpRequest, names: dict[str, str]) -> tuple[ToMark, ...]:
    """Return the open rounds in which a role of the visitor has rows left: one query, two where there are some."""
    if not access.place(request).may_claim:
        return ()
    asking = [one for one in access.rounds(request).filter(status="open") if one.roles.keys() & names.keys()]
    if not asking:
        return ()
    user = access.signed_in(request).pk
    marked = counts([one.pk for one in asking], user)
    found = []
    for one in asking:
        left = sum(len(one.duties) - marked.get((one.pk, user, role), 0) for role in one.roles if role in names)
        if left > 0:
            found.append(ToMark(one.key, one.title, one.matrix.title, one.due_on, left))
    return tuple(sorted(found, key=lambda item: (item.due_on or date.max, item.title)))


def _claims(
    request: HttpRequest, rows: list[Any], columns: dict[str, set[int]], names: dict[str, str], claimed: set[Any]
) -> Iterator[Item]:
    """Yield what lies between two roles, one of which is the visitor's, has a column there and claims nothing yet."""
    if not access.place(request).may_claim:
        return
    for row in rows:
        pair = (row["duty__area__first_role__key"], row["duty__area__second_role__key"])
        silent = [
            names[role]
            for role in pair
            if role in names and row["matrix_id"] in columns[role] and (row["pk"], role) not in claimed
        ]
        if silent:
            yield _item(row, ", ".join(silent))


def _item(row: Any, roles: str) -> Item:
    return Item(
        key=row["key"],
        duty=row["duty__key"],
        code=row["duty__code"],
        title=row["duty__title"],
        matrix=row["matrix__title"],
        due_on=row["due_on"],
        since=row["since"],
        roles=roles,
    )
