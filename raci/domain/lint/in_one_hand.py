"""Rules on people over all matrices: duties that must not meet in one hand, and hands that are too full.

People stand in findings as those who hold certain roles, never by their names: a finding is no place from which a
name could be erased.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product

from raci.domain.lint.across import Standing, intersect
from raci.domain.lint.finding import Level
from raci.domain.lint.registry import Documentation, Facts, Form, Hit, column, row, rule_across
from raci.domain.lint.settings import LintSettings
from raci.domain.matrix import Matrix
from raci.domain.records import Incompatibility
from raci.domain.scheme import LetterClass
from raci.domain.staffing import Holding, Manner
from raci.domain.text import Sentence, listed
from raci.domain.text import gettext_noop as _


def counts_on(holding: Holding, day: date) -> bool:
    """Tell whether somebody holds a role on a day for good or for the time being. A deputy only stands by."""
    return (
        holding.manner is not Manner.DEPUTY
        and (holding.starts_on is None or holding.starts_on <= day)
        and (holding.ends_on is None or day <= holding.ends_on)
    )


def roles_by_person(matrix: Matrix, day: date) -> Mapping[str, frozenset[str]]:
    """Return the roles that each person holds on a day, deputies left out, by the keys of those who hold any."""
    found: dict[str, set[str]] = {}
    for (role, _key), holding in matrix.holdings.items():
        if counts_on(holding, day):
            found.setdefault(holding.person, set()).add(role)
    return {person: frozenset(roles) for person, roles in found.items()}


def is_made_up_for(item: Incompatibility, day: date) -> bool:
    """Tell whether a control makes up on a day for two duties being in one hand."""
    return bool(item.control) and (item.control_until is None or day <= item.control_until)


@rule_across(
    "P02",
    "sod-conflict",
    Documentation(
        title=_("Duties that must be apart meet in one person"),
        check=_(
            "One person, by any of the roles that they hold today, answers for or does two duties that are on record "
            "as incompatible, in this matrix or in two whose scopes intersect, and no control makes up for it today; "
            "or answers for a control by one role and does it by another, in this matrix. Deputies are not counted. "
            "Looked at on the overview, in the list of findings and in exports, not while a matrix is edited."
        ),
        why=_(
            "To approve, to carry out and to check must not meet in one person: nobody would see a mistake or a fraud."
        ),
        fix=_(
            "Move one of the duties to another role; else put a control on record that makes up for it, with its end."
        ),
    ),
    pair=Form(
        Level.ERROR,
        _("{duty} is in the same hand as: {others}. They must be apart."),
        _("Move one of the duties to another role, or put a control on record that makes up for it."),
        variant="pair",
    ),
    control=Form(
        Level.ERROR,
        _("{duty} is a control, and whoever answers for it also does it: one person holds {roles}."),
        _("Give the work of {duty} to a role of somebody else."),
        variant="control",
    ),
)
def separation(matrix: Matrix, others: Sequence[Standing], today: date, settings: LintSettings) -> Iterator[Hit]:
    by_person = roles_by_person(matrix, today)
    if not by_person:
        return
    yield from _pairs(matrix, others, today, by_person)
    for duty in matrix.applicable_rows:
        if not matrix.duties[duty].is_control:
            continue
        owners = set(matrix.holders(duty, matrix.scheme.pivot))
        doers = set(matrix.holders(duty, LetterClass.DOER))
        for held in by_person.values():
            owned, done = owners & held, doers & held
            # One role that holds both letters is C02.
            if owned and done and not owned & done:
                yield Hit(row(duty), {"duty": _code(matrix, duty), "roles": _names(matrix, owned | done)}, "control")
                break


def _pairs(
    matrix: Matrix, others: Sequence[Standing], today: date, by_person: Mapping[str, frozenset[str]]
) -> Iterator[Hit]:
    apart = _apart(matrix, today)
    here = Standing.of(matrix)
    near = [here, *(one for one in others if one.key != matrix.key and intersect(matrix.sheet, one))]
    for duty in matrix.applicable_rows if apart else ():
        met: dict[tuple[str, str, str], None] = {}
        for held, other, one in product(by_person.values(), sorted(apart.get(duty, ())), near):
            mine, theirs = held & here.concerned(duty), held & one.concerned(other)
            if mine and theirs:
                met[_code(matrix, other), _names(matrix, mine | theirs), "" if one is here else one.title] = None
        if met:
            facts: Facts = {"duty": _code(matrix, duty), "others": listed([_met(*parts) for parts in met])}
            yield Hit(row(duty), facts, "pair")


def _apart(matrix: Matrix, today: date) -> Mapping[str, set[str]]:
    """Return by duty those that must not be in the same hand today."""
    found: dict[str, set[str]] = {}
    for (duty, other), item in matrix.incompatibilities.items():
        if not is_made_up_for(item, today):
            found.setdefault(duty, set()).add(other)
            found.setdefault(other, set()).add(duty)
    return found


def _met(duty: str, roles: str, title: str) -> Sentence:
    if title:
        return Sentence(_("{duty} in “{matrix}”, held as {roles}"), {"duty": duty, "roles": roles, "matrix": title})
    return Sentence(_("{duty}, held as {roles}"), {"duty": duty, "roles": roles})


@rule_across(
    "P03",
    "person-overload",
    Documentation(
        title=_("One person answers for too much"),
        check=_(
            "Over all roles that they hold today and all matrices, a person answers for more than 15 rows, or for more "
            "than 40 % of all rows that somebody answers for; the share is only looked at where that is six rows or "
            "more, and three people or more hold roles. Reported at each of their roles that owns something here. "
            "Deputies are not counted. Looked at where S01 is."
        ),
        why=_("Columns hide who wears many hats: what is spread over three roles may wait for one person."),
        fix=_("Delegate, or give one of the roles to somebody else."),
        settings=("max_owned", "owned_share", "overload_from_rows", "overload_from_roles"),
    ),
    plain=Form(
        Level.WARNING,
        _("Who holds {roles} answers for {count} of {total} rows over all matrices."),
        _("Delegate some of it, or give one of the roles to somebody else."),
    ),
)
def overload(matrix: Matrix, others: Sequence[Standing], today: date, settings: LintSettings) -> Iterator[Hit]:
    by_person = roles_by_person(matrix, today)
    if not by_person:
        return
    here = Standing.of(matrix)
    rows = [roles for one in (here, *others) if one is here or one.key != here.key for roles in one.owners.values()]
    judged = len(rows) >= settings.overload_from_rows and len(by_person) >= settings.overload_from_roles
    owning = {role for roles in here.owners.values() for role in roles}
    told: set[str] = set()
    for held in by_person.values():
        count = sum(not held.isdisjoint(roles) for roles in rows)
        if count <= settings.max_owned and not (judged and count * 100 > settings.owned_share * len(rows)):
            continue
        facts: Facts = {"roles": _names(matrix, held), "count": count, "total": len(rows)}
        for role in matrix.column_keys:
            if role in held and role in owning and role not in told:
                told.add(role)
                yield Hit(column(role), facts)


def _code(matrix: Matrix, duty: str) -> str:
    return matrix.duties[duty].code if duty in matrix.duties else duty


def _names(matrix: Matrix, roles: Iterable[str]) -> str:
    return ", ".join(sorted(matrix.roles[role].name for role in roles if role in matrix.roles))
