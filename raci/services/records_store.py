"""Reading and writing records of any kind, any number at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from django.utils.translation import gettext_lazy

from raci.domain.change import Address, Change
from raci.domain.records import Kind
from raci.models import Area as AreaRow
from raci.models import Competency, Decision, Duty, GreyArea, Matrix, Person, Role, Route, Scale, Scheme
from raci.services import sets
from raci.services.tables import PERSON, SCALE, SCHEME, TABLES, Ids, Table

Stored: TypeAlias = dict[Address, tuple[int, dict[str, Any]]]


class MissingReference(ValueError):
    """A record names another one that does not exist in its organisation."""


def read(organisation: int, changes: Iterable[Change]) -> Stored:
    """Return the stored records that changes are about, one query for each kind."""
    wanted = defaultdict(set)
    for change in changes:
        wanted[change.address.kind].add(change.address)
    found: Stored = {}
    for kind, addresses in wanted.items():
        found |= TABLES[kind].read(organisation, addresses)
    return found


def write(organisation: int, changes: Sequence[Change], stored: Stored) -> None:
    """Remove, create and alter records, users before what they use, a fixed number of statements for each kind."""
    for kind in reversed(Kind):
        gone = [change for change in changes if change.address.kind is kind and change.removes]
        if gone:
            sets.delete(TABLES[kind].model, [stored[change.address][0] for change in gone])
    for kind in Kind:
        mine = [change for change in changes if change.address.kind is kind and not change.removes]
        if mine:
            _write_kind(organisation, TABLES[kind], mine, stored)


def _write_kind(organisation: int, table: Table, changes: Sequence[Change], stored: Stored) -> None:
    created: dict[Address, dict[str, Any]] = {
        change.address: {**change.after} for change in changes if change.creates and isinstance(change.after, Mapping)
    }
    altered: dict[Address, dict[str, Any]] = {}
    for change in changes:
        if change.field:
            target = created.get(change.address) or altered.setdefault(change.address, dict(stored[change.address][1]))
            target[change.field] = change.after
    ids = _ids(organisation, table, {**created, **altered})
    _insert(organisation, table, created, ids)
    rows = [
        [stored[address][0], *table.write_values(values, ids, address.matrix)] for address, values in altered.items()
    ]
    sets.update(table.model, table.write_names(), rows)
    _link_among_themselves(organisation, table, created)


def _insert(organisation: int, table: Table, created: Mapping[Address, dict[str, Any]], ids: Ids) -> None:
    own = [name for name, reference in table.references.items() if reference.to == table.kind]
    rows = []
    for address, values in created.items():
        heads = [value for _, value in _head(organisation, table, address, ids)]
        rows.append([*heads, *table.write_values({**values, **dict.fromkeys(own, "")}, ids, address.matrix)])
    if rows:
        names = [name for name, _ in _head(organisation, table, next(iter(created)), ids)]
        sets.insert(table.model, [*names, *table.write_names()], rows)


def _head(organisation: int, table: Table, address: Address, ids: Ids) -> list[tuple[str, Any]]:
    """Return the columns that the address of a new record fills, with their values."""
    head: list[tuple[str, Any]] = []
    if table.owner == "organisation":
        head.append(("organisation", organisation))
    elif table.matrix == "matrix__key":
        head.append(("matrix", ids[Kind.SHEET, "", address.matrix]))
    if table.subject == "key":
        head.append(("key", address.subject))
    if table.other == "key":
        head.append(("key", address.other))
    for name, part in table.parents.items():
        kind = _PARENT_KINDS[name]
        matrix = address.matrix if kind in _IN_MATRIX else ""
        head.append((name, ids[kind, matrix, getattr(address, part)]))
    return head


_PARENT_KINDS = {
    "role": Kind.ROLE,
    "superior": Kind.ROLE,
    "duty": Kind.DUTY,
    "grey_area": Kind.GREY_AREA,
    "decision": Kind.DECISION,
    "other": Kind.DUTY,
    "competency": Kind.COMPETENCY,
    "route": Kind.ROUTE,
}
_IN_MATRIX = (Kind.GREY_AREA, Kind.DECISION)


def _link_among_themselves(organisation: int, table: Table, created: Mapping[Address, dict[str, Any]]) -> None:
    """Fill the references of new records to records of their own kind, which may be as new."""
    for name, reference in table.references.items():
        linked = {address: values[name] for address, values in created.items() if values[name]}
        if reference.to != table.kind or not linked:
            continue
        keys = {key for address in linked for key in (address.subject, linked[address])}
        ids = _lookup(organisation, table.kind, keys)
        pairs = []
        for address, target in linked.items():
            matrix = address.matrix if reference.in_matrix else ""
            pairs.append([_found(ids, table.kind, matrix, key) for key in (address.subject, target)])
        sets.update(table.model, [name], pairs)


def _ids(
    organisation: int, table: Table, values: Mapping[Address, Mapping[str, Any]]
) -> dict[tuple[str, str, str], int]:
    """Return the row ids of all that some records refer to, one query for each kind referred to."""
    wanted: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for address, fields in values.items():
        for to, matrix, key in _named(table, address, fields):
            wanted[to].add((matrix, key))
    ids: dict[tuple[str, str, str], int] = {}
    for to, places in wanted.items():
        ids |= _lookup(organisation, to, {key for _, key in places})
    new = {address.subject for address in values}
    for to, places in wanted.items():
        for matrix, key in places:
            if to != table.kind or key not in new:
                _found(ids, to, matrix, key)
    return ids


def _named(table: Table, address: Address, fields: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what a record refers to: kind, matrix where it matters, key."""
    if address.matrix:
        yield Kind.SHEET, "", address.matrix
    for name, part in table.parents.items():
        kind = _PARENT_KINDS[name]
        yield kind, address.matrix if kind in _IN_MATRIX else "", getattr(address, part)
    for name, reference in table.references.items():
        if fields[name]:
            yield reference.to, address.matrix if reference.in_matrix else "", fields[name]


def _found(ids: Ids, to: str, matrix: str, key: str) -> int:
    try:
        return ids[to, matrix, key]
    except KeyError:
        raise MissingReference(_MISSING[to] % {"key": key}) from None


_MISSING = {
    Kind.ROLE: gettext_lazy("There is no role “%(key)s” in this organisation."),
    Kind.AREA: gettext_lazy("There is no area “%(key)s” in this organisation."),
    Kind.DUTY: gettext_lazy("There is no duty “%(key)s” in this organisation."),
    Kind.SHEET: gettext_lazy("There is no matrix “%(key)s” in this organisation."),
    Kind.GREY_AREA: gettext_lazy("There is no grey area “%(key)s” in this organisation."),
    Kind.DECISION: gettext_lazy("There is no decision “%(key)s” in this organisation."),
    Kind.COMPETENCY: gettext_lazy("There is no competency “%(key)s” in this organisation."),
    Kind.ROUTE: gettext_lazy("There is no development route “%(key)s” in this organisation."),
    PERSON: gettext_lazy("There is no person “%(key)s” in this organisation."),
    SCALE: gettext_lazy("There is no scale “%(key)s” here."),
    SCHEME: gettext_lazy("There is no scheme “%(key)s” in this organisation."),
}


def _lookup(organisation: int, to: str, keys: set[str]) -> dict[tuple[str, str, str], int]:
    model, key, matrix, owner = _LOOKUPS[to]
    rows = model._default_manager.filter(**{f"{key}__in": sets.among(keys)}).order_by()
    if owner:
        rows = rows.filter(**{owner: organisation})
    names = [key, "pk", *([matrix] if matrix else [])]
    return {(to, rest[0] if rest else "", found): identity for found, identity, *rest in rows.values_list(*names)}


# Per kind: model, look-up of its key, of its matrix where keys are per matrix, of its organisation.
_LOOKUPS: dict[str, tuple[Any, str, str, str]] = {
    Kind.ROLE: (Role, "key", "", "organisation"),
    Kind.AREA: (AreaRow, "key", "", "organisation"),
    Kind.DUTY: (Duty, "key", "", "organisation"),
    Kind.SHEET: (Matrix, "key", "", "organisation"),
    Kind.GREY_AREA: (GreyArea, "key", "matrix__key", "matrix__organisation"),
    Kind.DECISION: (Decision, "key", "matrix__key", "matrix__organisation"),
    Kind.COMPETENCY: (Competency, "key", "", "organisation"),
    Kind.ROUTE: (Route, "key", "", "organisation"),
    PERSON: (Person, "key", "", "organisation"),
    SCALE: (Scale, "code", "", ""),
    SCHEME: (Scheme, "code", "", ""),
}
