"""What only shows once changes are written: checked inside their transaction, which is then given up."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from raci.domain.change import Change
from raci.domain.records import Kind
from raci.models import Assignment, Decision, Round
from raci.models import Scheme as SchemeRow
from raci.services import sets
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
    """Refuse duties that are part of themselves, letters without a place, a duty decided twice, marks hidden again."""
    checks = (_circles, _misfits, _decided_twice, _unseen)
    return [refusal for check_one in checks for refusal in check_one(organisation, changes)]


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


def _unseen(organisation: int, changes: Sequence[Change]) -> list[Refusal]:
    """Refuse to take back that a blind round was revealed: marks that were seen stay seen, and no new one is blind."""
    mine = [change for change in changes if change.address.kind is Kind.ROUND and change.field]
    hidden = [change for change in mine if change.field == "revealed_on" and change.before]
    if mine and not hidden:
        rounds = Round.objects.filter(matrix__organisation=organisation, key__in=[one.address.subject for one in mine])
        hidden = mine if rounds.filter(status=Round.Status.OPEN, revealed_on__isnull=False).exists() else []
    return [Refusal(one, _("A round that was revealed cannot be hidden again. Open a new one.")) for one in hidden[:1]]


def _decided_twice(organisation: int, changes: Sequence[Change]) -> list[Refusal]:
    """Refuse a second decision in force on a duty of a matrix: whoever decides must have seen the first."""
    made = {change.address.subject: change for change in changes if _puts_in_force(change)}
    if not made:
        return []
    there = Decision.objects.filter(matrix__organisation=organisation, key__in=sets.among(made))
    in_force = Decision.objects.in_force().filter(matrix=OuterRef("matrix"), duty=OuterRef("duty"))
    others = there.in_force().filter(Exists(in_force.exclude(pk=OuterRef("pk"))))
    text = _("%(duty)s was decided meanwhile. Look at that decision, and replace it if it is wrong.")
    return [
        Refusal(made[key], text % {"duty": code})
        for key, code in others.order_by("duty__code_key").values_list("key", "duty__code")
    ]


def _puts_in_force(change: Change) -> bool:
    address = change.address
    return address.kind is Kind.DECISION and (change.creates or (change.field == "withdrawn_on" and change.after == ""))
