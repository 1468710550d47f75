"""What only shows once changes are written: checked inside their transaction, which is then given up."""

from collections.abc import Sequence

from django.db import connection
from django.utils.translation import gettext as _

from raci.domain.change import Change
from raci.domain.records import Kind
from raci.models import Assignment
from raci.models import Scheme as SchemeRow
from raci.services.validation import Refusal

# UNION, not UNION ALL: the walk upwards ends in a circle too.
_CIRCLE = """
WITH RECURSIVE upwards(start, above) AS (
  SELECT id, parent_id FROM raci_duty WHERE organisation_id = %s AND parent_id IS NOT NULL
  UNION
  SELECT upwards.start, raci_duty.parent_id FROM upwards JOIN raci_duty ON raci_duty.id = upwards.above
  WHERE raci_duty.parent_id IS NOT NULL
)
SELECT raci_duty.code FROM upwards JOIN raci_duty ON raci_duty.id = upwards.start
WHERE upwards.start = upwards.above ORDER BY raci_duty.code LIMIT 1
"""


def check(organisation: int, changes: Sequence[Change]) -> list[Refusal]:
    """Refuse duties that are part of themselves, and a scheme that has no place for letters already there."""
    return [*_circles(organisation, changes), *_misfits(organisation, changes)]


def _circles(organisation: int, changes: Sequence[Change]) -> list[Refusal]:
    moved = [change for change in changes if change.address.kind is Kind.DUTY and change.field in ("parent", "")]
    if not moved:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_CIRCLE, [organisation])
        found = cursor.fetchone()
    if not found:
        return []
    return [Refusal(moved[0], _("The duty %(duty)s would be part of itself.") % {"duty": found[0]}, "parent")]


def _misfits(organisation: int, changes: Sequence[Change]) -> list[Refusal]:
    refusals = []
    for change in changes:
        if change.address.kind is not Kind.SHEET or change.field != "scheme":
            continue
        scheme = SchemeRow.objects.get(code=change.after).to_domain()
        cells = Assignment.objects.filter(
            row__matrix__organisation=organisation, row__matrix__key=change.address.subject
        )
        held = set(cells.order_by().values_list("letters", flat=True).distinct())
        if misfits := sorted(held.difference(scheme.combinations)):
            text = _("%(scheme)s has no place for %(letters)s; change those cells first.")
            told = text % {"scheme": _(scheme.name), "letters": ", ".join(misfits)}
            refusals.append(Refusal(change, told, "scheme"))
    return refusals
