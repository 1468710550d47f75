"""Findings of a matrix, computed once for each revision and day."""

from collections import OrderedDict
from datetime import date
from threading import Lock

from django.utils import timezone

from raci import models
from raci.domain.lint import DEFAULTS, Finding, Health, Ledger, across, health, merged, of_charters
from raci.domain.matrix import Matrix
from raci.services.across import standings
from raci.services.charters.late import chartered
from raci.services.loading import load_at_head


def findings(matrix: models.Matrix, today: date | None = None) -> tuple[Finding, ...]:
    """Return what lint finds in a matrix as it is now, in itself and against the others of its organisation."""
    return looked_at(matrix, today)[1]


def matrix_health(matrix: models.Matrix, today: date | None = None) -> Health:
    """Return how many rows are clean, of those that apply."""
    return health(*looked_at(matrix, today))


def looked_at(matrix: models.Matrix, today: date | None = None) -> tuple[Matrix, tuple[Finding, ...]]:
    """Return a matrix as it is now, and what is found in it, against other matrices and against charters."""
    loaded, head = load_at_head(matrix)
    today = today or timezone.localdate()
    found = findings_of(loaded, today)
    against = across(loaded, standings(matrix.organisation_id, head), today, DEFAULTS)
    against += of_charters(loaded, chartered(matrix, loaded, head, today))
    return loaded, merged(found, against) if against else found


def findings_of(matrix: Matrix, today: date) -> tuple[Finding, ...]:
    """Return what lint finds in a loaded matrix by itself, looking only at what differs from the state looked at last.

    What it contradicts in others is left out: see `looked_at`.
    """
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
