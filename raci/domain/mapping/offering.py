"""What a document is taken for before anybody has answered: every answer with its reason."""

from raci.domain.mapping import letters
from raci.domain.mapping.choosing import LEFT, NEW, Choices, Fit, MatrixChoice, Register, Target
from raci.domain.mapping.duties import (
    Duties,
    headings_of,
    sections_of,
    suggested_areas,
    suggested_details,
)
from raci.domain.mapping.roles import Roles
from raci.domain.reading import FoundMatrix, Reading
from raci.domain.text import NOTHING, Fact, Sentence, fold, normalise
from raci.domain.text import gettext_noop as _

LONGEST_TITLE = 120
# This share of the duties of a document must stand in a matrix for the document to be taken for it.
_SAME_DUTIES = 0.75


def offered(register: Register, reading: Reading) -> Choices:
    """Return the answers that stand before anybody has looked, for each matrix that was read."""
    roles = Roles(register.matrix)
    anywhere = Duties(register.matrix)
    return Choices(tuple(_one(register, found, roles, anywhere) for found in reading.matrices))


def asked_anew(register: Register, found: FoundMatrix, choice: MatrixChoice) -> MatrixChoice:
    """Return the answers for a matrix once it is to go elsewhere than was offered: letters by that scheme."""
    return _filled(register, found, choice, Roles(register.matrix))


def _one(register: Register, found: FoundMatrix, roles: Roles, anywhere: Duties) -> MatrixChoice:
    target, why = _target(register, found, anywhere)
    scheme = target.scheme if target else letters.best_scheme(found, register.schemes)
    to = target.key if target else NEW
    if found.hidden and not target:
        to, why = LEFT, Sentence(_("it stands on a hidden sheet"))
    choice = MatrixChoice(to, target.title if target else _title(found), scheme, why=why)
    return _filled(register, found, choice, roles)


def _filled(register: Register, found: FoundMatrix, choice: MatrixChoice, roles: Roles) -> MatrixChoice:
    target = register.target(choice.target)
    areas = suggested_areas(sections_of(found), register.matrix)
    duties = Duties(register.matrix, target.duties if target else frozenset())
    return MatrixChoice(
        choice.target,
        choice.title,
        target.scheme if target else choice.scheme,
        choice.scope_kind,
        choice.scope_name,
        choice.why,
        roles.suggested(found.parties),
        letters.suggested(found, register.scheme_of(choice)),
        areas,
        duties.suggested(found.items, areas),
        suggested_details(headings_of(found)),
    )


def _target(register: Register, found: FoundMatrix, anywhere: Duties) -> tuple[Target | None, Sentence]:
    """Return the matrix that a document is most likely about, and why: of the same title, or with the same duties."""
    for target in register.targets:
        if fold(target.title) == fold(found.name):
            return target, Sentence(_("there is a matrix of that title"))
    if not register.targets:
        return None, NOTHING
    chosen = [choice.to for choice in anywhere.suggested(found.items, {}) if choice.fit is Fit.EXACT]
    best = max(register.targets, key=lambda one: len(one.duties.intersection(chosen)), default=None)
    if best and found.items:
        there = len(best.duties.intersection(chosen))
        if there >= _SAME_DUTIES * len(found.items):
            facts: dict[str, Fact] = {"count": there, "of": len(found.items), "title": best.title}
            return best, Sentence(_("{count} of its {of} duties stand in {title}"), facts)
    return None, NOTHING


def _title(found: FoundMatrix) -> str:
    return normalise(found.name)[:LONGEST_TITLE].strip() or "RACI"
