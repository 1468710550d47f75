"""What a charter says: the written parts as they were written, everything else worked out from the matrices.

Nothing that can be worked out is kept anywhere, so a charter cannot drift from what it is about.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from raci.domain.charter.held import Group, held_by
from raci.domain.matrix import Matrix
from raci.domain.records import Authority, Charter, Holding, Requirement, Role
from raci.domain.reporting import Reporting
from raci.domain.text import normalise
from raci.domain.whole import Whole


class Status(StrEnum):
    DRAFT = "draft"  # not written, or not valid yet
    IN_FORCE = "in_force"
    OVERDUE = "overdue"  # in force, and the day of its review has passed


@dataclass(frozen=True)
class MainDuty:
    """One of the main duties as it was written, and what it stands for by name: a duty, an area, or neither."""

    text: str
    share: int = 0
    duty: str = ""
    duty_name: str = ""
    area: str = ""
    area_name: str = ""


@dataclass(frozen=True)
class Power:
    """An authority of the role. ``sheet_title`` names the matrix in whose scope alone it holds, "" for everywhere."""

    record: Authority
    sheet_title: str = ""


@dataclass(frozen=True)
class Ability:
    """A skill that the role calls for, the competency that covers it, and the level of that which is required.

    ``skill`` is "" where a competency is required that no skill of the role names; ``code`` and ``competency`` are
    "" where no competency covers the skill; ``required`` is None where no level is set.
    """

    skill: str
    code: str = ""
    competency: str = ""
    scale: str = ""
    required: Requirement | None = None


@dataclass(frozen=True)
class Above:
    """Somebody to whom the role reports. Lines with different ``option`` are alternatives."""

    superior: str
    name: str
    option: int = 1
    dotted: bool = False
    note: str = ""


@dataclass(frozen=True)
class CharterView:
    """The charter of a role on a day. Only `status` and `holdings` depend on the day.

    ``escalation`` is the key of the lowest superior who can be asked to settle a conflict, "" for nobody, and
    ``escalation_name`` what that role is called. ``revision`` is the one at which all this was so.
    """

    key: str
    role: Role
    written: bool
    charter: Charter
    status: Status
    main_duties: tuple[MainDuty, ...]
    duties: tuple[Group, ...]
    authorities: tuple[Power, ...]
    abilities: tuple[Ability, ...]
    above: tuple[Above, ...]
    escalation: str
    escalation_name: str
    holdings: tuple[Holding, ...]
    revision: int

    @property
    def shares(self) -> int:
        """The shares of time of all main duties together, in per cent; 0 where none is given."""
        return sum(item.share for item in self.main_duties)


def draw_up(whole: Whole, role: str, today: date) -> CharterView:
    """Return the charter of a role. Raises `KeyError` where the organisation has no such role."""
    register = whole.register
    charter = register.charters.get(role, Charter())
    escalation = _escalation(register, role)
    return CharterView(
        key=role,
        role=register.roles[role],
        written=is_written(register, role),
        charter=charter,
        status=status_of(charter, today),
        main_duties=tuple(_main_duties(register, role)),
        duties=held_by(whole, role),
        authorities=tuple(_authorities(whole, role)),
        abilities=tuple(_abilities(register, role)),
        above=tuple(_above(register, role)),
        escalation=escalation,
        escalation_name=register.roles[escalation].name if escalation else "",
        holdings=holdings_on(register, role, today),
        revision=whole.revision,
    )


def status_of(charter: Charter, today: date) -> Status:
    """Return how a charter stands on a day."""
    if charter.valid_from is None or charter.valid_from > today:
        return Status.DRAFT
    return Status.OVERDUE if charter.review_on and charter.review_on < today else Status.IN_FORCE


def is_written(register: Matrix, role: str) -> bool:
    """Tell whether somebody wrote a part of the charter: its record, or a main duty."""
    return role in register.charters or any(of == role for of, _key in register.accountabilities)


def written_roles(register: Matrix) -> frozenset[str]:
    """Return the roles of whose charter somebody wrote a part."""
    return frozenset(register.charters) | {role for role, _key in register.accountabilities}


def items(text: str) -> tuple[str, ...]:
    """Return a text with one item in a line as its items; blanks around them and empty lines do not count."""
    return tuple(line for one in text.split("\n") if (line := " ".join(normalise(one).split())))


def holdings_on(register: Matrix, role: str, day: date) -> tuple[Holding, ...]:
    """Return by whom a role is held on a day: for good first, then acting, then as deputies."""
    found = [
        (key, one)
        for (of, key), one in register.holdings.items()
        if of == role and (one.starts_on or date.min) <= day <= (one.ends_on or date.max)
    ]
    order = {manner: at for at, manner in enumerate(("permanent", "acting", "deputy"))}
    ranked = sorted(found, key=lambda item: (order[item[1].manner], item[1].starts_on or date.min, item[0]))
    return tuple(one for _key, one in ranked)


def _main_duties(register: Matrix, role: str) -> Iterable[MainDuty]:
    mine = [(one.position, key, one) for (of, key), one in register.accountabilities.items() if of == role]
    for _position, _key, one in sorted(mine, key=lambda item: item[:2]):
        duty, area = register.duties.get(one.duty), register.areas.get(one.area)
        yield MainDuty(
            text=one.text,
            share=one.share,
            duty=one.duty,
            duty_name=f"{duty.code} {duty.title}" if duty else "",
            area=one.area,
            area_name=area.name if area else "",
        )


def _authorities(whole: Whole, role: str) -> Iterable[Power]:
    mine = [(one.position, key, one) for (of, key), one in whole.register.authorities.items() if of == role]
    for _position, _key, one in sorted(mine, key=lambda item: item[:2]):
        sheet = whole.by_key.get(one.sheet)
        yield Power(one, sheet.sheet.title if sheet else "")


def _abilities(register: Matrix, role: str) -> Iterable[Ability]:
    """Yield the skills in their order, then what is required beside them."""
    skills = [(one.position, key, one) for (of, key), one in register.skills.items() if of == role]
    for _position, _key, one in sorted(skills, key=lambda item: item[:2]):
        yield _ability(register, role, one.name, one.competency)
    named = {one.competency for _position, _key, one in skills}
    beside = [key for of, key in register.requirements if of == role and key not in named]
    for key in sorted(beside, key=lambda one: (register.competencies[one].position, register.competencies[one].code)):
        yield _ability(register, role, "", key)


def _ability(register: Matrix, role: str, skill: str, key: str) -> Ability:
    found = register.competencies.get(key)
    if found is None:
        return Ability(skill)
    return Ability(skill, found.code, found.name, found.scale, register.requirements.get((role, key)))


def _above(register: Matrix, role: str) -> Iterable[Above]:
    """Yield the reporting lines: alternative by alternative, in each full lines before dotted ones."""
    mine = [(superior, line) for (of, superior), line in register.lines.items() if of == role]
    for superior, line in sorted(mine, key=lambda item: (item[1].option, item[1].dotted, *_named(register, item[0]))):
        yield Above(superior, register.roles[superior].name, line.option, line.dotted, line.note)


def _named(register: Matrix, role: str) -> tuple[str, str]:
    return register.roles[role].name, role


def _escalation(register: Matrix, role: str) -> str:
    """Return the lowest superior in use, by the chosen full lines if they lead to one."""
    retired = [key for key, one in register.roles.items() if one.retired]
    shared = Reporting(register.lines).shared_superior([role], passing=retired)
    return shared.superior if shared else ""
