"""All matrices of an organisation with its register, as of one revision."""

from raci import models
from raci.domain.applying import apply
from raci.domain.change import invert
from raci.domain.matrix import Matrix
from raci.domain.whole import Whole, register_of
from raci.services.history import NoSuchRevision, changes_after, matrix_as_of
from raci.services.loading import load_matrix, read_register
from raci.services.snapshot import snapshot


def load_whole(organisation: models.Organisation) -> Whole:
    """Return an organisation as it is now. Matrices that this process has read before cost no query of their own."""
    with snapshot():
        rows = models.Matrix.objects.filter(organisation=organisation).order_by("position", "pk")
        matrices = tuple(load_matrix(row) for row in rows)
        register = register_of(matrices[0]) if matrices else read_register(organisation)
    return Whole(register, matrices)


def whole_at(organisation: models.Organisation, number: int) -> Whole:
    """Return an organisation as it was right after a revision, with the matrices that there were.

    Raises `NoSuchRevision` where there is no such number. A matrix that was removed since is left out.
    """
    with snapshot():
        now = load_whole(organisation)
        if not 0 <= number <= now.revision:
            raise NoSuchRevision(number)
        found: list[Matrix] = []
        for row in models.Matrix.objects.filter(organisation=organisation).order_by("position", "pk"):
            try:
                found.append(matrix_as_of(row, number))
            except NoSuchRevision:  # it was made later
                continue
        register = apply(now.register, invert(changes_after(organisation, number)), revision=number)
    return Whole(register, tuple(found))
