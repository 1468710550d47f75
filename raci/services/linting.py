"""Findings of a matrix, computed once for each revision and day."""

from collections import OrderedDict
from datetime import date
from threading import Lock

from django.utils import timezone

from raci import models
from raci.domain.lint import DEFAULTS, Finding, Health, Ledger, health
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
    """Return what lint finds in a loaded matrix, looking only at what differs from the state looked at last."""
    return ledger_of(matrix, today).findings


_KEPT = 4
_ledgers: OrderedDict[str, Ledger] = OrderedDict()
_lock = Lock()


def ledger_of(matrix: Matrix, today: date) -> Ledger:
    """Return what lint finds in a loaded matrix row by row, carried on from the one kept under its key.

    Whatever that was about: only rows in which the two are the same are not looked at again.
    """
    with _lock:
        kept = _ledgers.get(matrix.key)
    if kept and kept.view.today == today:
        made = kept if kept.matrix is matrix else kept.after(matrix)
    else:
        made = Ledger.of(matrix, today, DEFAULTS)
    with _lock:
        _ledgers[matrix.key] = made
        _ledgers.move_to_end(matrix.key)
        while len(_ledgers) > _KEPT:
            _ledgers.popitem(last=False)
    return made
