"""What is measured in a matrix: its rows, grey areas and reviews as facts for `raci.domain.measures`."""

from collections.abc import Iterator
from datetime import date

from raci.domain.matrix import Matrix
from raci.domain.measures import Case, Facts, Review, RowFact, is_valid
from raci.domain.records import Decision, DecisionType, GreyAreaStatus


def facts_of(matrix: Matrix, today: date) -> Facts:
    """Return what there is to measure in a matrix on a day; a row without an area has "" for one."""
    standing = _standing(matrix)
    return Facts(
        rows=tuple(_rows(matrix, standing, today)),
        cases=tuple(_cases(matrix)),
        reviews=tuple(_reviews(matrix, standing)),
    )


def _standing(matrix: Matrix) -> dict[str, Decision]:
    """Return the decisions in force by key: all of a row, where it has several."""
    replaced = {item.supersedes for item in matrix.decisions.values()}
    return {key: item for key, item in matrix.decisions.items() if item.withdrawn_on is None and key not in replaced}


def _rows(matrix: Matrix, standing: dict[str, Decision], today: date) -> Iterator[RowFact]:
    # A split by threshold settles the duties that it makes, one for each of its parts, along with its own.
    made: dict[str, set[str]] = {}
    for (decision, _), part in matrix.parts.items():
        if part.duty:
            made.setdefault(decision, set()).add(part.duty)
    covered: set[str] = set()
    first: dict[str, date] = {}
    for key, item in matrix.decisions.items():
        duties = {item.duty} | made.get(key, set())
        if _is_valid(item, key in standing, today):
            covered |= duties
        if item.type.settles and item.decided_on:
            for duty in duties:
                first[duty] = min(first.get(duty, item.decided_on), item.decided_on)
    for duty in matrix.applicable_rows:
        yield RowFact(matrix.key, _area(matrix, duty), duty, duty in covered, first.get(duty))


def _is_valid(item: Decision, in_force: bool, today: date) -> bool:
    return is_valid(
        in_force=in_force,
        settles=item.type.settles,
        valid_from=item.valid_from,
        valid_until=item.valid_until,
        today=today,
    )


def _cases(matrix: Matrix) -> Iterator[Case]:
    settled: dict[str, date] = {}
    passed_up: dict[str, date] = {}
    for item in matrix.decisions.values():
        if item.grey_area and item.decided_on and (item.type.settles or item.type is DecisionType.ESCALATE):
            found = settled if item.type.settles else passed_up
            found[item.grey_area] = min(found.get(item.grey_area, item.decided_on), item.decided_on)
    for key, record in matrix.grey_areas.items():
        if record.raised_on is None:
            continue  # only what is not stored yet has no day
        decided, went_up = settled.get(key), passed_up.get(key)
        yield Case(
            matrix=matrix.key,
            area=_area(matrix, record.duty),
            duty=record.duty,
            key=key,
            raised_on=record.raised_on,
            open_since=record.open_since if record.status is GreyAreaStatus.OPEN else None,
            decided_on=decided,
            reopened=decided is not None and record.reopened_on is not None,
            escalated=decided is not None and went_up is not None and went_up <= decided,
        )


def _reviews(matrix: Matrix, standing: dict[str, Decision]) -> Iterator[Review]:
    for key, item in standing.items():
        if item.review_on:
            yield Review(matrix.key, _area(matrix, item.duty), item.duty, key, item.review_on)


def _area(matrix: Matrix, duty: str) -> str:
    area = matrix.duties[duty].area if duty in matrix.duties else ""
    return area if area in matrix.areas else ""
