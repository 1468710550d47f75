"""Findings of a matrix, computed once for each revision and day."""

from datetime import date
from functools import lru_cache

from django.utils import timezone

from raci import models
from raci.domain.lint import Finding, Health, health, lint
from raci.domain.matrix import Matrix
from raci.services.loading import load_matrix


def findings(matrix: models.Matrix, today: date | None = None) -> tuple[Finding, ...]:
    """Return what lint finds in a matrix as it is now."""
    return findings_of(load_matrix(matrix), today or timezone.localdate())


def matrix_health(matrix: models.Matrix, today: date | None = None) -> Health:
    """Return how many rows are clean, of those that apply."""
    loaded = load_matrix(matrix)
    return health(loaded, findings_of(loaded, today or timezone.localdate()))


def findings_of(matrix: Matrix, today: date) -> tuple[Finding, ...]:
    """Return what lint finds in a loaded matrix."""
    return _once(_Same(matrix), today)


class _Same:
    """A matrix as a cache key: loading gives the same object for the same revision, so identity will do."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix

    def __hash__(self) -> int:
        return id(self.matrix)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.matrix is self.matrix


@lru_cache(maxsize=4)
def _once(same: _Same, today: date) -> tuple[Finding, ...]:
    return lint(same.matrix, today=today)
