"""From answers to wishes: what a document of somebody else's wants of the register and of the matrices it goes into.

A foreign document has seen nothing of ours. What stands in a cell already is therefore offered to be kept, and what the
document does not name stays as it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from raci.domain.change import Address, Change, cell_change
from raci.domain.mapping.choosing import LEFT, Bearer, Choices, Detail, Fit, MatrixChoice, Register
from raci.domain.mapping.drafting import Draft
from raci.domain.mapping.duties import titles_of
from raci.domain.mapping.keys import drawn, marked
from raci.domain.mapping.letters import fitted
from raci.domain.mapping.roles import names_of
from raci.domain.mapping.texts import LONGEST_DUTY, LONGEST_ROLE, kept, storable
from raci.domain.matrix import Matrix
from raci.domain.proposal import Group, Proposal, Wish
from raci.domain.reading import Crossing, FoundMatrix, Item, Reading, Weight
from raci.domain.records import Alias, Claim, Comment, GreyArea, Kind, Origin, to_fields
from raci.domain.scheme import split_letters
from raci.domain.text import Fact, Sentence, code_key, fold
from raci.domain.text import gettext_noop as _


@dataclass
class _Cell:
    """What the document says of one cell of ours: the letters, and the places where it says so."""

    codes: list[str] = field(default_factory=list)
    crossings: list[Crossing] = field(default_factory=list)


_ORDER = {group: at for at, group in enumerate(Group)}
# By matrix, duty and role.
_Cells = dict[tuple[str, str, str], _Cell]


def propose(register: Register, seen: Matrix, reading: Reading, choices: Choices, bearer: Bearer) -> Proposal:
    """Return what a document wants of one matrix, or of one that is new."""
    return propose_all(register, {seen.key: seen}, reading, choices, bearer)


def propose_all(
    register: Register, seens: Mapping[str, Matrix], reading: Reading, choices: Choices, bearer: Bearer
) -> Proposal:
    """Return what a document wants of all matrices that it goes into, each as it was seen.

    ``register`` and ``seens`` are of the same revision. The same document and the same answers give the same wishes.
    """
    draft, cells = Draft(register, dict(seens), bearer), _Cells()
    for found, choice in zip(reading.matrices, choices.matrices, strict=True):
        if choice.target == LEFT:
            draft.say(found.where, _("The matrix “{name}” is left out."), Weight.LEFT, name=found.name)
        else:
            _Matrix(draft, found, choice).put(cells)
    for place, cell in cells.items():
        _write(draft, place, cell)
    for (matrix, duty), roles in _rows(draft, cells).items():
        _ask(draft, matrix, duty, roles)
    wishes = sorted(draft.wishes.values(), key=lambda wish: _ORDER[wish.group])
    return Proposal(register.matrix.revision, tuple(wishes), tuple(draft.problems))


class _Matrix:
    """One matrix of the document on its way into one of ours."""

    def __init__(self, draft: Draft, found: FoundMatrix, choice: MatrixChoice) -> None:
        self.draft, self.found, self.choice = draft, found, choice
        self.matrix = draft.sheet(choice)

    def put(self, cells: _Cells) -> None:
        """Put down roles, areas and duties, and add what stands in the cells."""
        roles, duties = self._roles(), self._duties()
        for crossing in self.found.crossings:
            role, duty = roles[crossing.party], duties[crossing.item]
            if role and duty:
                cell = cells.setdefault((self.matrix, duty, role), _Cell())
                cell.codes += self._codes(crossing)
                cell.crossings.append(crossing)
            elif crossing.letters:
                self._left(crossing, _("“{letters}” is left out: its line or its column is."))

    def _codes(self, crossing: Crossing) -> Iterator[str]:
        for letter in crossing.letters:
            choice = self.choice.letters.get(letter)
            if choice is None or choice.to not in self.draft.seens[self.matrix].scheme.by_code:
                self._left(crossing, _("“{letters}” is left out: it has the letter {letter}."), letter=letter)
            else:
                yield choice.to

    def _left(self, crossing: Crossing, text: str, **facts: str) -> None:
        letters = crossing.raw or "/".join(crossing.letters)
        self.draft.say(crossing.where, text, Weight.LEFT, letters=letters, **facts)

    def _roles(self) -> list[str]:
        found: list[str] = []
        known = self.draft.names
        first: dict[str, str] = {}
        for party, name, choice in zip(
            self.found.parties, names_of(self.found.parties), self.choice.roles, strict=True
        ):
            key = "" if choice.to == LEFT else self.draft.role(choice, party, name)
            found.append(key if key in known else "")
            if not found[-1]:
                self.draft.say(party.where, _("The column “{name}” is left out."), Weight.LEFT, name=name)
                continue
            if key in first:
                self.draft.say(
                    party.where, _("“{name}” and “{other}” both become {role}: their letters come together."),
                    Weight.DOUBT, name=name, other=first[key], role=known[key],
                )  # fmt: skip
            first.setdefault(key, name)
            self.draft.column(self.matrix, key, party.where)
            if party.people:
                names = ", ".join(party.people)
                self.draft.say(party.where, _("The names beside “{name}” are not taken in: {names}."),
                               Weight.LEFT, name=name, names=names)  # fmt: skip
            if choice.fit is not Fit.EXACT:
                _remember(self.draft, key, name, party.where)
        return found

    def _duties(self) -> list[str]:
        found: list[str] = []
        draft, first = self.draft, dict[str, Item]()
        for item, title, choice in zip(self.found.items, titles_of(self.found.items), self.choice.duties, strict=True):
            section = self.choice.areas.get(item.section)
            area = "" if section is None or section.to == LEFT else draft.area(section, item.section)
            key = "" if choice.to == LEFT else draft.duty(choice, item, title, area, self._note(item))
            found.append(key if key in draft.names else "")
            if not found[-1]:
                draft.say(item.where, _("The line “{title}” is left out."), Weight.LEFT, title=item.title)
                continue
            if title != kept(item.title, LONGEST_DUTY).text:
                draft.say(item.where, _("“{title}” stands several times; this one is called “{other}”."),
                          title=item.title, other=title)  # fmt: skip
            if key in first:
                draft.say(item.where, _("“{title}” and the line at {place} both become {duty}."), Weight.DOUBT,
                          title=item.title, place=first[key].where, duty=draft.names[key])  # fmt: skip
            first.setdefault(key, item)
            draft.row(self.matrix, key, item.where)
        self._say_details()
        return found

    def _note(self, item: Item) -> str:
        """Return what the other columns say of a duty: with their headings, where there are several."""
        told = {
            heading: text
            for heading, text in item.details.items()
            if text.strip() and self.choice.details.get(heading) is Detail.NOTE
        }
        return "\n".join(f"{heading}: {text}" for heading, text in told.items()) if len(told) > 1 else "".join(
            told.values()
        )  # fmt: skip

    def _say_details(self) -> None:
        for heading, detail in self.choice.details.items():
            if detail is Detail.LEFT:
                text = _("The column “{heading}” is left out.")
                self.draft.say(self.found.where, text, Weight.LEFT, heading=heading)


# --- what wishes are made of


def _write(draft: Draft, place: tuple[str, str, str], cell: _Cell) -> None:
    """Wish for the letters of one cell, and for comments on what cannot stand there."""
    matrix, duty, role = place
    seen, where = draft.seens[matrix], next((one.where for one in cell.crossings if one.where), "")
    letters, beside = fitted(seen.scheme, cell.codes)
    now, ground = seen.letters(duty, role), draft.ground(matrix, duty, role)
    if letters and letters != now:
        facts: dict[str, Fact] = {"duty": draft.names[duty], "role": draft.names[role], "before": now, "after": letters}
        about = Sentence(_("{duty}, {role}: {before} becomes {after}") if now else _("{duty}, {role}: {after}"), facts)
        changes = (cell_change(matrix, duty, role, now, letters),)
        draft.add(Wish(_id(draft, Group.CELLS, *place), Group.CELLS, changes, where, about, ground, offered=not now))
    if len(cell.crossings) > 1:
        draft.say(
            where, _("Several cells of the document come together at {duty}, {role}: {letters}."), Weight.DOUBT,
            duty=draft.names[duty], role=draft.names[role], letters=letters,
        )  # fmt: skip
    if beside:
        draft.say(
            where, _("{left} cannot stand beside {letters} in {scheme}: it becomes a comment."), Weight.DOUBT,
            left="/".join(beside), letters=letters, scheme=seen.scheme.name,
        )  # fmt: skip
    for crossing in cell.crossings:
        if crossing.note or beside:
            _comment(draft, place, crossing, ground)


def _comment(draft: Draft, place: tuple[str, str, str], crossing: Crossing, needs: tuple[str, ...]) -> None:
    """Wish for a comment that says what stands in a cell of the document, and where."""
    matrix, duty, role = place
    said = crossing.raw or " ".join(filter(None, ("/".join(crossing.letters), crossing.note)))
    source = ", ".join(filter(None, (draft.bearer.document, crossing.where)))
    text = storable(f"{said} – {source}" if source else said)
    there = (one for one in draft.seens[matrix].comments.values() if (one.duty, one.role) == (duty, role))
    if any(one.text == text for one in there):
        return
    key = drawn(draft.bearer.mark, "comment", *place, text)
    record = Comment(duty, role, text, draft.bearer.name, draft.bearer.moment)
    change = Change(Address(Kind.COMMENT, matrix, key), "", None, to_fields(record))
    facts: dict[str, Fact] = {"duty": draft.names[duty], "role": draft.names[role], "text": said}
    about = Sentence(_("{duty}, {role}: “{text}”"), facts)
    draft.add(Wish(_id(draft, Group.COMMENTS, key), Group.COMMENTS, (change,), crossing.where, about, needs))


def _rows(draft: Draft, cells: _Cells) -> dict[tuple[str, str], dict[str, str]]:
    """Return who answers for each row as the document has it, with their letters, for rows that have any."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for (matrix, duty, role), cell in cells.items():
        scheme = draft.seens[matrix].scheme
        letters, _beside = fitted(scheme, cell.codes)
        if not scheme.codes_of(scheme.pivot).isdisjoint(split_letters(letters)):
            found.setdefault((matrix, duty), {})[role] = letters
    return found


def _ask(draft: Draft, matrix: str, duty: str, owners: Mapping[str, str]) -> None:
    """Wish for a grey area where the document has more owners than the scheme allows, each with its claim."""
    seen, limit = draft.seens[matrix], draft.seens[matrix].scheme.owner_limit
    if limit is None or len(owners) <= limit or duty in seen.open_by_duty or duty in seen.decision_by_duty:
        return
    key = drawn(draft.bearer.mark, "grey area", matrix, duty)
    if key in seen.grey_areas:  # somebody found that there is no question
        return
    by = draft.bearer
    record = GreyArea(duty, origin=Origin.IMPORT, raised_on=by.day, raised_by=by.name)
    changes = [Change(Address(Kind.GREY_AREA, matrix, key), "", None, to_fields(record))]
    changes += [
        Change(Address(Kind.CLAIM, matrix, key, role), "", None, to_fields(Claim(letters, made_on=by.day)))
        for role, letters in owners.items()
    ]
    facts: dict[str, Fact] = {"duty": draft.names[duty], "roles": ", ".join(draft.names[role] for role in owners)}
    about = Sentence(_("{duty}: {roles} all answer for it, which becomes a question"), facts)
    needs = draft.ground(matrix, duty, *owners)
    draft.add(Wish(_id(draft, Group.GREY_AREAS, matrix, duty), Group.GREY_AREAS, tuple(changes), "", about, needs))


def _remember(draft: Draft, role: str, name: str, where: str) -> None:
    """Wish that a role of ours is known by its name in the document from now on."""
    register = draft.register.matrix
    alias = " ".join(storable(name).split())
    if role not in register.roles or not alias or len(alias) > LONGEST_ROLE:
        return
    if any(fold(one.name) == fold(alias) or code_key(one.code) == code_key(alias) for one in register.roles.values()):
        return
    if any(code_key(one.name) == code_key(alias) for one in register.aliases.values()):
        return
    key = drawn(draft.bearer.mark, "alias", role, code_key(alias))
    change = Change(Address(Kind.ALIAS, "", role, key), "", None, to_fields(Alias(alias, draft.bearer.document[:200])))
    about = Sentence(_("{role} is known as “{name}” from now on"), {"role": draft.names[role], "name": alias})
    draft.add(Wish(_id(draft, Group.ALIASES, code_key(alias)), Group.ALIASES, (change,), where, about))


def _id(draft: Draft, *parts: str) -> str:
    return marked(draft.bearer.mark, *parts)
