"""One cell with what its form shows: a few small queries, however large the matrix."""

from dataclasses import dataclass

from raci import models
from raci.domain.change import Address, Change, cell_change
from raci.domain.records import Kind
from raci.domain.scheme import Scheme
from raci.services import cells
from raci.services.door import Touched, latest_touches
from raci.services.snapshot import snapshot


@dataclass(frozen=True)
class OneCell:
    """A cell as it is at ``revision``; ``touched`` is None where nobody ever wrote in it."""

    matrix: models.Matrix
    address: Address
    duty: models.Duty
    role: models.Role
    scheme: Scheme
    letters: str
    revision: int
    touched: Touched | None

    def change(self, before: str, after: str) -> Change:
        """Return the change of this cell from what was seen to what is wanted."""
        return cell_change(self.address.matrix, self.address.subject, self.address.other, before, after)


def find_cell(matrix: models.Matrix, duty: str, role: str) -> OneCell | None:
    """Return the cell where a duty and a role of the matrix cross, None where it has no such row or column."""
    address = Address(Kind.CELL, matrix.key, duty, role)
    with snapshot():
        organisation = models.Organisation.objects.get(pk=matrix.organisation_id)
        place = cells.read(organisation.pk, [address]).get(address)
        if place is None:
            return None
        return OneCell(
            matrix=matrix,
            address=address,
            duty=models.Duty.objects.get(organisation=organisation, key=duty),
            role=models.Role.objects.get(organisation=organisation, key=role),
            scheme=models.Scheme.objects.get(pk=matrix.scheme_id).to_domain(),
            letters=place.letters,
            revision=organisation.revision,
            touched=latest_touches(organisation, {address}).get(address),
        )
