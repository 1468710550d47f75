"""An organisation at one moment: what is a function of several matrices, or of none, reads this."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from raci.domain.matrix import IN_MATRIX, SHELVES, Matrix
from raci.domain.records import Sheet


@dataclass(frozen=True)
class Whole:
    """The register of an organisation, as a matrix without rows and columns, and its matrices in their order.

    All of them stand at the same revision.
    """

    register: Matrix
    matrices: tuple[Matrix, ...] = ()

    @property
    def revision(self) -> int:
        return self.register.revision

    @cached_property
    def by_key(self) -> Mapping[str, Matrix]:
        """The matrices by their keys."""
        return {matrix.key: matrix for matrix in self.matrices}


def register_of(matrix: Matrix) -> Matrix:
    """Return what a matrix shares with all others of its organisation: a matrix without a key, rows and columns."""
    emptied: dict[str, Any] = {SHELVES[kind]: {} for kind in IN_MATRIX if kind in SHELVES}
    return replace(matrix, key="", sheet=Sheet(""), cells={}, **emptied)
