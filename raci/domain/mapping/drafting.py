"""The register as a document would have it: what is there, and what the document adds, each with its wish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from raci.domain.change import Address, Change
from raci.domain.mapping.choosing import NEW, Bearer, Choice, MatrixChoice, Register
from raci.domain.mapping.keys import drawn, marked
from raci.domain.mapping.texts import LONGEST_ROLE, Codes, area_code, area_name, duty_title, kept, storable
from raci.domain.matrix import SHELVES, Matrix
from raci.domain.placing import STEP
from raci.domain.proposal import Group, Wish
from raci.domain.reading import Item, Party, Problem, Weight
from raci.domain.records import Area, Column, Duty, Kind, Record, Role, Row, ScopeKind, Sheet, to_fields
from raci.domain.scheme import Scheme
from raci.domain.structure import role_code
from raci.domain.text import Sentence, fold
from raci.domain.text import gettext_noop as _

_LONGEST_TITLE = 120


@dataclass
class Draft:
    """What a document makes of an organisation, wish by wish. Records that it adds are known by what they are called.

    ``seens`` are the matrices that it goes into, as they were seen; those that are new are added with `sheet`.
    """

    register: Register
    seens: dict[str, Matrix]
    bearer: Bearer
    wishes: dict[str, Wish] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        matrix = self.register.matrix
        self._codes = Codes((duty.code, duty.area) for duty in matrix.duties.values())
        self._role_codes = [role.code for role in matrix.roles.values()]
        self._area_codes = {key: area.code for key, area in matrix.areas.items()}
        self._ends: dict[tuple[str, Kind], int] = {}
        self._grounds: dict[tuple[Kind, str, str], str] = {}
        self.names |= {key: role.name for key, role in matrix.roles.items()}
        self.names |= {key: f"{duty.code} {duty.title}" for key, duty in matrix.duties.items()}

    # --- records

    def sheet(self, choice: MatrixChoice) -> str:
        """Return the key of the matrix that a choice leads to; a new one is added, once for each title."""
        if choice.target != NEW:
            return choice.target
        title = kept(choice.title, _LONGEST_TITLE).text or "RACI"
        key = self._key("matrix", fold(title))
        if key not in self.seens:
            scheme, latest = self.register.schemes[choice.scheme], [one.position for one in self.register.targets]
            position = max(latest, default=0) + sum(wish.group is Group.MATRIX for wish in self.wishes.values()) + 1
            scope = storable(choice.scope_name)[:_LONGEST_TITLE]
            record = Sheet(title, ScopeKind(choice.scope_kind), scope, choice.scheme, position=position)
            self.seens[key] = _blank(self.register.matrix, key, record, scheme)
            about = Sentence(_("The matrix “{title}” is new"), {"title": title})
            self._wish(Group.MATRIX, key, [_made(Address(Kind.SHEET, "", key), record)], "", about)
        return key

    def area(self, choice: Choice, section: str) -> str:
        """Return the key of the area that a section is, "" for none; a new one is added."""
        if choice.to != NEW:
            return choice.to if choice.to in self.register.matrix.areas else ""
        name, whole = area_name(section)
        if not name:
            return ""
        key = self._key("area", fold(name))
        if self._wish_id(Group.AREAS, key) not in self.wishes:
            code = area_code(self._area_codes.values(), name)
            self._area_codes[key] = code
            position = max((one.position for one in self.register.matrix.areas.values()), default=0)
            record = Area(code, name, whole, position + len(self._area_codes))
            about = Sentence(_("The area {code} {name} is new"), {"code": code, "name": name})
            self._wish(Group.AREAS, key, [_made(Address(Kind.AREA, "", key), record)], "", about)
        return key

    def role(self, choice: Choice, party: Party, short: str) -> str:
        """Return the key of the role that a party is; a new one is added."""
        if choice.to != NEW:
            return choice.to
        if not short:
            return ""
        whole, where = kept(party.name, LONGEST_ROLE).whole, party.where
        key = self._key("role", fold(short))
        if self._wish_id(Group.NEW_COLUMNS, key) not in self.wishes:
            code = role_code(self._role_codes, short)
            self._role_codes.append(code)
            self.names[key] = short
            about = Sentence(_("The role {name} is new"), {"name": short})
            self._wish(
                Group.NEW_COLUMNS, key, [_made(Address(Kind.ROLE, "", key), Role(code, short, purpose=whole))], where,
                about,
            )  # fmt: skip
            self._say_cut(whole, where)
        return key

    def duty(self, choice: Choice, item: Item, short: str, area: str, note: str) -> str:
        """Return the key of the duty that a line is; a new one is added."""
        if choice.to != NEW:
            return choice.to
        if not short:
            return ""
        whole = duty_title(item.title).whole
        key = self._key("duty", fold(short), fold(item.section))
        if self._wish_id(Group.NEW_ROWS, key) not in self.wishes:
            stem = self._area_codes.get(area, "D")
            code = self._codes.kept(item.code) or self._codes.next(area, stem)
            self.names[key] = f"{code} {short}"
            record = Duty(code, short, area, note=storable("\n".join(filter(None, (whole, note)))))
            about = Sentence(_("The duty {code} {title} is new"), {"code": code, "title": short})
            needs = [self._wish_id(Group.AREAS, area)]
            self._wish(
                Group.NEW_ROWS, key, [_made(Address(Kind.DUTY, "", key), record)], item.where, about, needs=needs
            )
            self._say_cut(whole, item.where)
        return key

    # --- rows and columns

    def row(self, matrix: str, duty: str, where: str) -> None:
        """See to it that a duty stands in a matrix."""
        if duty not in self.seens[matrix].rows:
            about = Sentence(_("{duty} becomes a row"), {"duty": self.names[duty]})
            self._stand(Kind.ROW, matrix, duty, where, about)

    def column(self, matrix: str, role: str, where: str) -> None:
        """See to it that a role stands in a matrix."""
        if role not in self.seens[matrix].columns:
            about = Sentence(_("{role} becomes a column"), {"role": self.names[role]})
            self._stand(Kind.COLUMN, matrix, role, where, about)

    def _stand(self, kind: Kind, matrix: str, key: str, where: str, about: Sentence) -> None:
        """Wish for a row or column: together with the record itself where that is new and stands in no other yet."""
        group = Group.NEW_ROWS if kind is Kind.ROW else Group.NEW_COLUMNS
        own = self._wish_id(group, key, matrix)
        made = self.wishes.get(self._wish_id(group, key))
        if own in self.wishes or (made and _names(made, kind, matrix)):
            return
        build = Row if kind is Kind.ROW else Column
        change = _made(Address(kind, matrix, key), build(self._end(kind, matrix)))
        needs = tuple(one for one in (self._wish_id(Group.MATRIX, matrix),) if one in self.wishes)
        if made and len(made.changes) == 1:
            self.wishes[made.id] = made._replace(changes=(*made.changes, change), needs=(*made.needs, *needs))
            return
        self._wish(group, key, [change], where, about, needs=[*needs, self._wish_id(group, key)], matrix=matrix)

    def _end(self, kind: Kind, matrix: str) -> int:
        """Return the position behind all others."""
        if (matrix, kind) not in self._ends:
            seen = self.seens[matrix]
            shelf: Mapping[str, Row | Column] = seen.rows if kind is Kind.ROW else seen.columns
            self._ends[matrix, kind] = max((one.position for one in shelf.values()), default=0)
        self._ends[matrix, kind] += STEP
        return self._ends[matrix, kind]

    def ground(self, matrix: str, duty: str, *roles: str) -> tuple[str, ...]:
        """Return the wishes without which nothing can stand in a row: of the row, and of the columns of roles.

        Ask once all rows and columns are there.
        """
        found = [self._ground(Kind.ROW, matrix, duty)]
        found += [self._ground(Kind.COLUMN, matrix, role) for role in roles]
        return tuple(one for one in found if one)

    def _ground(self, kind: Kind, matrix: str, key: str) -> str:
        place = kind, matrix, key
        if place not in self._grounds:
            self._grounds[place] = self._grounded(Group.NEW_ROWS if kind is Kind.ROW else Group.NEW_COLUMNS, *place)
        return self._grounds[place]

    def _grounded(self, group: Group, kind: Kind, matrix: str, key: str) -> str:
        if (own := self._wish_id(group, key, matrix)) in self.wishes:
            return own
        made = self.wishes.get(self._wish_id(group, key))
        return made.id if made and _names(made, kind, matrix) else ""

    # --- wishes

    def add(self, wish: Wish) -> None:
        self.wishes.setdefault(wish.id, wish)

    def say(self, where: str, text: str, weight: Weight = Weight.NOTE, **facts: str | int) -> None:
        """Put down what a person should know of a place in the document."""
        self.problems.append(Problem(where, Sentence(text, facts), weight))

    def _say_cut(self, whole: str, where: str) -> None:
        if whole:
            self.say(where, _("The name is too long and was cut; the whole of it stands in the record."))

    def _key(self, *parts: str) -> str:
        """Return the key of a new record: drawn from the document, and free."""
        matrix, number = self.register.matrix, 0
        taken = (matrix.areas, matrix.roles, matrix.duties, {one.key for one in self.register.targets})
        while any((key := drawn(self.bearer.mark, *parts, str(number))) in shelf for shelf in taken):
            number += 1
        return key

    def _wish_id(self, group: Group, key: str, matrix: str = "") -> str:
        return _wish_id(self.bearer.mark, group, key, matrix)

    def _wish(
        self, group: Group, key: str, changes: Sequence[Change], where: str, about: Sentence, *,
        needs: Sequence[str] = (), matrix: str = "",
    ) -> None:  # fmt: skip
        known = tuple(dict.fromkeys(one for one in needs if one in self.wishes))
        identity = self._wish_id(group, key, matrix)
        self.wishes[identity] = Wish(identity, group, tuple(changes), where, about, known)


@lru_cache(maxsize=65536)
def _wish_id(*parts: str) -> str:
    return marked(*parts)


def _blank(register: Matrix, key: str, sheet: Sheet, scheme: Scheme) -> Matrix:
    """Return a matrix in which nothing stands yet."""
    own = (Kind.ROW, Kind.COLUMN, Kind.GREY_AREA, Kind.CLAIM, Kind.DECISION, Kind.COMMENT)
    empty: dict[str, Any] = {SHELVES[kind]: {} for kind in own}
    return replace(register, key=key, sheet=sheet, scheme=scheme, cells={}, **empty)


def _made(address: Address, record: Record) -> Change:
    return Change(address, "", None, to_fields(record))


def _names(wish: Wish, kind: Kind, matrix: str) -> bool:
    return any(change.address.kind is kind and change.address.matrix == matrix for change in wish.changes)
