"""The columns of a workbook that came home: renamed, moved, inserted, copied, missing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from raci.domain.change import Address, Change
from raci.domain.homecoming.brought import UNREADABLE, BroughtColumn
from raci.domain.homecoming.draft import Draft, Positions, same
from raci.domain.homecoming.keys import key_of
from raci.domain.homecoming.moves import reordered
from raci.domain.matrix import Matrix
from raci.domain.proposal import Group
from raci.domain.reading import Weight
from raci.domain.records import Column, Fields, GreyAreaStatus, Kind, Role, encode, to_fields
from raci.domain.structure import Standing, created, role_code, taken_out
from raci.domain.text import Sentence, fold
from raci.domain.text import gettext_noop as _

LONGEST_NAME = 120  # of a role and of an area


@dataclass
class Columns:
    """Which role each column of the file is, None for one that is passed over; ``new`` leads to its wish."""

    roles: list[str | None]
    new: dict[str, str] = field(default_factory=dict)


def resolve_columns(draft: Draft) -> Columns:
    """Say which role each column stands for, and wish for what is new, renamed, moved or gone."""
    columns = draft.brought.columns
    found = Columns([column.key if column.key in draft.seen.columns else None for column in columns])
    _pass_over(found, _copies(draft))
    _pass_over(found, _emptied(draft, found))
    _rename(draft, found)
    _insert(draft, found)
    _miss(draft, found)
    _move(draft, found)
    return found


def _pass_over(found: Columns, indices: Iterable[int]) -> None:
    for index in indices:
        found.roles[index] = None


# --- copies


def _copies(draft: Draft) -> set[int]:
    """Report columns that bear the key of another one; return those that are passed over."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for index, column in enumerate(draft.brought.columns):
        if column.key in draft.seen.columns:
            by_key[column.key].append(index)
    passed: set[int] = set()
    for key, indices in by_key.items():
        if len(indices) > 1:
            passed |= _told_apart(draft, key, indices)
    return passed


def _told_apart(draft: Draft, key: str, indices: list[int]) -> set[int]:
    columns, name = draft.brought.columns, draft.seen.roles[key].name
    places = ", ".join(columns[index].at for index in indices)
    facts = {"columns": places, "role": name}
    if all(_is_copy(draft, indices[0], index) for index in indices[1:]):
        draft.report(
            draft.place(columns[indices[1]].at),
            Sentence(_("Columns {columns} are copies of one another, {role}; they count once."), facts),
            Weight.NOTE,
        )
        return set(indices[1:])
    named = [index for index in indices if same(columns[index].name, name)]
    kept = named if len(named) == 1 else []
    draft.report(
        draft.place(columns[indices[0]].at),
        Sentence(
            _(
                "Columns {columns} carry the same hidden key, that of {role}. Only the one of that name was taken. "
                "Where a copy is to be a role of its own, empty its cell in the hidden row above the names."
            )
            if kept
            else _(
                "Columns {columns} carry the same hidden key, that of {role}, and differ. None was taken: delete the "
                "copies and bring the file again."
            ),
            facts,
        ),
    )
    return set(indices) - set(kept)


def _is_copy(draft: Draft, one: int, other: int) -> bool:
    columns, filled = draft.brought.columns, draft.filled
    return columns[one].name == columns[other].name and filled[one] == filled[other]


def _emptied(draft: Draft, found: Columns) -> list[int]:
    """Return the columns of which nothing is left but the key: they are missing, not empty."""
    return [
        index
        for index, column in enumerate(draft.brought.columns)
        if (key := found.roles[index])
        and draft.seen.roles[key].name.strip()
        and not column.name.strip()
        and not draft.filled[index]
    ]


# --- names


def _rename(draft: Draft, found: Columns) -> None:
    roles = draft.seen.roles
    names = {fold(role.name): key for key, role in roles.items()}
    for column, key in zip(draft.brought.columns, found.roles, strict=True):
        if key is None or same(column.name, roles[key].name) or column.name == UNREADABLE:
            continue
        where = draft.place(column.at)
        facts = {"role": roles[key].name, "name": column.name.strip()}
        if not column.name.strip():
            draft.report(where, Sentence(_("The name of {role} is gone. It keeps its name."), facts))
        elif names.get(fold(column.name), key) != key:
            text = _(
                "This column is the one of {role} by its hidden key and bears the name of another role, {name}. "
                "The name was not taken: columns are moved as a whole, with the hidden row."
            )
            draft.report(where, Sentence(text, facts))
        elif name := draft.text(where, column.name, LONGEST_NAME):
            change = Change(Address(Kind.ROLE, "", key), "name", roles[key].name, name)
            about = Sentence(_("Role {before} is called {after}"), {"before": roles[key].name, "after": name})
            draft.wish(f"role-name.{key}", Group.TITLES, [change], where, about)


# --- new ones


def _insert(draft: Draft, found: Columns) -> None:
    seen, columns = draft.seen, draft.brought.columns
    positions = Positions(column.position for column in seen.columns.values())
    names = {name: key for key, role in seen.roles.items() for name in (fold(role.code), fold(role.name))}
    taken = [role.code for role in seen.roles.values()]
    last = -1
    for index, column in enumerate(columns):
        key = found.roles[index]
        if key is not None:
            last = seen.columns[key].position
        elif column.key in seen.columns or not _is_new(draft, index):
            continue
        elif role := _role(draft, column, names, taken):
            known, changes = role
            last = positions.behind(last)
            changes.append(created(Kind.COLUMN, known, Column(last), seen.key))
            about = Sentence(_("New column {role}"), {"role": column.name.strip()})
            name = draft.wish(f"new-column.{known}", Group.NEW_COLUMNS, changes, draft.place(column.at), about)
            found.roles[index], found.new[known] = known, name


def _is_new(draft: Draft, index: int) -> bool:
    """Tell whether a column without a key is a role: it has a name, and holds nothing but letters."""
    column = draft.brought.columns[index]
    filled = draft.filled[index].values()
    where = draft.place(column.at)
    if not column.name.strip():
        if filled:
            draft.report(where, Sentence(_("This column has no name, so it was left out.")))
        return False
    if UNREADABLE in (column.name, *filled) or not (filled or column.inside):
        return False
    if column.key or all(not draft.letters.read(text).trouble for text in filled):
        return True
    text = _("Column {name} has no key and holds more than letters, so it was left out.")
    draft.report(where, Sentence(text, {"name": column.name.strip()}), Weight.NOTE)
    return False


def _role(
    draft: Draft, column: BroughtColumn, names: dict[str, str], taken: list[str]
) -> tuple[str, list[Change]] | None:
    """Return the key of the role that a new column stands for, and what creates it where there is none yet."""
    where = draft.place(column.at)
    name = draft.text(where, column.name, LONGEST_NAME)
    if not name:
        return None
    key = column.key if column.key in draft.seen.roles else names.get(fold(name), "")
    if key in draft.seen.columns or (key and key not in draft.seen.roles):
        text = _("Column {name} has no key, and there is a column for that role already. It was left out.")
        draft.report(where, Sentence(text, {"name": name}))
        return None
    if key:
        return key, []
    key = key_of(draft.export_id, "role", fold(name))
    code = role_code(taken, name)
    taken.append(code)
    names[fold(name)] = key
    return key, [created(Kind.ROLE, key, Role(code, name))]


# --- missing ones


def _miss(draft: Draft, found: Columns) -> None:
    """Wish that columns go which the file has not, refused unless somebody accepts. A part says nothing of them."""
    if draft.brought.is_part:
        return
    seen = draft.seen
    there = {column.key for column, key in zip(draft.brought.columns, found.roles, strict=True) if key}
    copied = {column.key for column, key in zip(draft.brought.columns, found.roles, strict=True) if not key}
    emptied = {column.key: column.at for column in draft.brought.columns}
    for key in seen.column_keys:
        if key in there or (key in copied and not _is_emptied(draft, key)):
            continue
        changes = taken_out(_standing(seen, key), Kind.COLUMN)
        about = Sentence(_("Column {role} is missing"), {"role": seen.roles[key].name})
        where = draft.place(emptied[key]) if key in emptied else draft.brought.sheet
        draft.wish(f"column-gone.{key}", Group.MISSING_COLUMNS, changes, where, about, offered=False)


def _is_emptied(draft: Draft, key: str) -> bool:
    """Tell whether the one column that bears a key was emptied."""
    bearers = [index for index, column in enumerate(draft.brought.columns) if column.key == key]
    return len(bearers) == 1 and not draft.brought.columns[bearers[0]].name.strip()


def _standing(matrix: Matrix, role: str) -> Standing:
    """Return where a role stands in a matrix: what has to go with its column."""
    grey = {
        Address(Kind.GREY_AREA, matrix.key, key): _open_fields(item)
        for key, item in matrix.grey_areas.items()
        if item.interim == role and item.status is GreyAreaStatus.OPEN
    }
    return Standing(
        {Address(Kind.COLUMN, matrix.key, role): to_fields(matrix.columns[role])},
        {Address(Kind.CELL, matrix.key, duty, role): row[role] for duty, row in matrix.cells.items() if role in row},
        grey,
    )


def _open_fields(item: object) -> Fields:
    return {name: encode(getattr(item, name)) for name in ("status", "interim")}


# --- order


def _move(draft: Draft, found: Columns) -> None:
    seen = draft.seen
    order = [key for key in found.roles if key in seen.columns and key is not None]
    usual = [key for key in seen.column_keys if key in set(order)]
    places = reordered(usual, order, {key: seen.columns[key].position for key in usual})
    if not places:
        return
    changes = [
        Change(Address(Kind.COLUMN, seen.key, key), "position", seen.columns[key].position, position)
        for key, position in places.items()
    ]
    names = _listed([seen.roles[key].name for key in order])
    draft.wish(
        "columns-order",
        Group.MOVES,
        changes,
        draft.brought.sheet,
        Sentence(_("Columns in another order: {names}"), {"names": names}),
    )


def _listed(names: Sequence[str]) -> str | Sentence:
    most = 12
    if len(names) <= most:
        return ", ".join(names)
    return Sentence(_("{names} and {count} more"), {"names": ", ".join(names[:most]), "count": len(names) - most})
