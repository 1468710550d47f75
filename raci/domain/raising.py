"""What is to be raised as a grey area: declared overlaps on which nothing is decided."""

from raci.domain.matrix import Matrix
from raci.domain.records import GreyAreaStatus


def unraised_overlaps(matrix: Matrix) -> tuple[str, ...]:
    """Return the duties of the rows that lie in a declared overlap and are neither open nor decided, in order.

    The row must apply, and both roles of the overlap must have a column: elsewhere nobody contests it.
    """
    return tuple(duty for duty in matrix.applicable_rows if _is_unraised(matrix, duty))


def _is_unraised(matrix: Matrix, duty: str) -> bool:
    area = matrix.areas.get(matrix.duties[duty].area)
    if area is None or not area.is_overlap or not matrix.columns.keys() >= set(area.pair):
        return False
    return duty not in matrix.open_by_duty and duty not in matrix.decision_by_duty


def withdrawn_before(matrix: Matrix) -> frozenset[str]:
    """Return the duties of which a grey area was withdrawn: somebody found that there is no question."""
    return frozenset(item.duty for item in matrix.grey_areas.values() if item.status is GreyAreaStatus.WITHDRAWN)
