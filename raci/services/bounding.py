"""Writing down what stands between two roles: how they differ, what they have agreed, which revision is published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from raci import models
from raci.domain.boundary import Side
from raci.domain.change import Address, Change
from raci.domain.matrix import Matrix
from raci.domain.records import Agreement, Baseline, Difference, Fields, Kind, Value
from raci.domain.structure import created, edited
from raci.domain.text import fold
from raci.models.base import new_key
from raci.services.door import Author, Outcome, apply_changes
from raci.services.validation import Refusal

_TURNED = {"first_value": "second_value", "second_value": "first_value"}


def add_difference(
    *, organisation: models.Organisation, register: Matrix, wanted: Difference, author: Author
) -> Outcome:
    """Put a dimension on record in which two roles differ, behind those that there are."""
    if trouble := _same_dimension(register, wanted):
        return Outcome(refusals=(Refusal(None, trouble, "dimension"),))
    change = created(Kind.DIFFERENCE, new_key(), _placed(register, wanted))
    return apply_changes(organisation=organisation, changes=[change], author=author)


def edit_difference(
    *, organisation: models.Organisation, key: str, seen: Fields, wanted: Fields, author: Author
) -> Outcome:
    """Change fields of a difference, where they are as they were seen."""
    changes = edited(Address(Kind.DIFFERENCE, "", key), seen, wanted)
    return apply_changes(organisation=organisation, changes=changes, author=author)


def turned(fields: Mapping[str, Value]) -> dict[str, Value]:
    """Return fields of a difference as they are where the two roles stand the other way round."""
    return {_TURNED.get(name, name): value for name, value in fields.items()}


def take_over(
    *, organisation: models.Organisation, register: Matrix, pair: tuple[str, str], sides: Iterable[Side], author: Author
) -> Outcome:
    """Fill what is blank with what the catalogue says, and nothing else; what only it knows is put on record."""
    changes: list[Change] = []
    new: list[Difference] = []
    for side in sides:
        if not side.fillable or side.entry is None:
            continue
        if side.key:
            changes += _filled(side)
        else:
            entry = side.entry
            new.append(Difference(*pair, entry.dimension, entry.first, entry.second, source=entry.code))
    last = _last(register, pair)
    changes += [created(Kind.DIFFERENCE, new_key(), _at(one, last + number)) for number, one in enumerate(new, start=1)]
    return apply_changes(organisation=organisation, changes=changes, author=author)


def _filled(side: Side) -> list[Change]:
    assert side.entry is not None
    address = Address(Kind.DIFFERENCE, "", side.key)
    wanted: dict[str, Value] = {}
    if not side.first and side.entry.first:
        wanted["first_value"] = side.entry.first
    if not side.second and side.entry.second:
        wanted["second_value"] = side.entry.second
    wanted = turned(wanted) if side.swapped else wanted
    return [Change(address, name, "", value) for name, value in wanted.items()]


def _placed(register: Matrix, wanted: Difference) -> Difference:
    return _at(wanted, _last(register, (wanted.first_role, wanted.second_role)) + 1)


def _at(wanted: Difference, position: int) -> Difference:
    return replace(wanted, position=position)


def _last(register: Matrix, pair: Sequence[str]) -> int:
    mine = (one.position for one in register.differences.values() if {one.first_role, one.second_role} == set(pair))
    return max(mine, default=0)


def _same_dimension(register: Matrix, wanted: Difference) -> str:
    pair = {wanted.first_role, wanted.second_role}
    for one in register.differences.values():
        if {one.first_role, one.second_role} == pair and fold(one.dimension) == fold(wanted.dimension):
            return _("“%(dimension)s” is on record already: change it instead.") % {"dimension": one.dimension}
    return ""


def add_agreement(*, organisation: models.Organisation, wanted: Agreement, author: Author) -> Outcome:
    """Put an agreement between two roles on record."""
    change = created(Kind.AGREEMENT, new_key(), wanted)
    return apply_changes(organisation=organisation, changes=[change], author=author)


def edit_agreement(
    *, organisation: models.Organisation, key: str, seen: Fields, wanted: Fields, author: Author
) -> Outcome:
    """Change fields of an agreement, where they are as they were seen."""
    changes = edited(Address(Kind.AGREEMENT, "", key), seen, wanted)
    return apply_changes(organisation=organisation, changes=changes, author=author)


def remove(*, organisation: models.Organisation, kind: Kind, key: str, seen: Fields, author: Author) -> Outcome:
    """Take a difference, an agreement or a baseline off the record, where it is as it was seen as a whole."""
    change = Change(Address(kind, "", key), "", seen, None)
    return apply_changes(organisation=organisation, changes=[change], author=author)


def publish(
    *, organisation: models.Organisation, register: Matrix, name: str, number: int | None, note: str, author: Author
) -> Outcome:
    """Give a revision a name: that which stands now where no ``number`` is given."""
    wanted = organisation.revision if number is None else number
    if not 1 <= wanted <= organisation.revision:
        text = _("There is no revision %(number)d; the latest is %(latest)d.")
        return _refused("number", text % {"number": wanted, "latest": organisation.revision})
    if trouble := _same_name(register, name):
        return _refused("name", trouble)
    day = timezone.localdate(author.at or timezone.now())
    change = created(Kind.BASELINE, new_key(), Baseline(name, wanted, day, note))
    return apply_changes(organisation=organisation, changes=[change], author=author)


def edit_baseline(
    *, organisation: models.Organisation, register: Matrix, key: str, seen: Fields, wanted: Fields, author: Author
) -> Outcome:
    """Change name and note of a baseline. Its revision stays: another one is another baseline."""
    if trouble := _same_name(register, str(wanted["name"]), key):
        return _refused("name", trouble)
    changes = edited(Address(Kind.BASELINE, "", key), seen, wanted)
    return apply_changes(organisation=organisation, changes=changes, author=author)


def _same_name(register: Matrix, name: str, key: str = "") -> str:
    taken = (one for other, one in register.baselines.items() if other != key and fold(one.name) == fold(name))
    return next((_("Revision %(number)d has this name already.") % {"number": one.number} for one in taken), "")


def _refused(field: str, message: str) -> Outcome:
    return Outcome(refusals=(Refusal(None, message, field),))
