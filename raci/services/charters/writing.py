"""Writing the hand-written parts of a charter, and which authority a duty needs: all of a form in one revision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Fields, Kind, completed, from_fields, to_fields
from raci.domain.structure import edited
from raci.models.base import new_key
from raci.services.door import Author, Outcome, apply_changes


@dataclass(frozen=True)
class RowDraft:
    """One row of a form: a record of some kind, as it was shown (``seen``, empty for a new one) and as it is wanted.

    ``wanted`` None takes it away.
    """

    kind: Kind
    key: str
    seen: Fields
    wanted: Fields | None


@dataclass(frozen=True)
class Draft:
    """All hand-written parts of a charter as a form has them: fields of the role, of the charter, and rows."""

    role: str
    role_seen: Fields
    role_wanted: Fields
    charter_seen: Fields
    charter_wanted: Fields
    rows: Sequence[RowDraft] = field(default=())


def save_charter(*, organisation: models.Organisation, draft: Draft, author: Author) -> Outcome:
    """Write the parts of a charter that were altered, as one revision; what was changed meanwhile is a conflict."""
    changes = edited(Address(Kind.ROLE, "", draft.role), draft.role_seen, draft.role_wanted)
    changes += _charter(organisation, draft)
    changes += _rows(draft.role, draft.rows)
    return apply_changes(organisation=organisation, changes=changes, author=author)


def save_needs(*, organisation: models.Organisation, duty: str, rows: Sequence[RowDraft], author: Author) -> Outcome:
    """Say which authority whoever owns a duty must have."""
    return apply_changes(organisation=organisation, changes=_rows(duty, rows), author=author)


def _charter(organisation: models.Organisation, draft: Draft) -> list[Change]:
    """Return the changes of the charter, which is made with the first thing that is said in it."""
    address = Address(Kind.CHARTER, "", draft.role)
    if models.Charter.objects.filter(role__organisation=organisation, role__key=draft.role).exists():
        return edited(address, draft.charter_seen, draft.charter_wanted)
    if not any(draft.charter_wanted.values()):
        return []
    return [Change(address, "", None, to_fields(from_fields(Kind.CHARTER, draft.charter_wanted)))]


def _rows(subject: str, rows: Iterable[RowDraft]) -> list[Change]:
    return [change for row in rows for change in _row(subject, row)]


def _row(subject: str, row: RowDraft) -> list[Change]:
    address = Address(row.kind, "", subject, row.key or new_key())
    if row.wanted is None:
        return [Change(address, "", completed(row.kind, row.seen), None)] if row.seen else []
    if not row.seen:
        return [Change(address, "", None, to_fields(from_fields(row.kind, row.wanted)))]
    return edited(address, row.seen, row.wanted)
