"""What the written parts of a charter lack (`charters.md` 5.1), each lack as a sentence at its field.

They advise and never stand in the way of saving: a draft that nobody may keep is kept elsewhere.
"""

from collections.abc import Iterator
from typing import NamedTuple

from raci.domain.charter.view import items
from raci.domain.charter.wording import Fault, faults, names_activity, sentences
from raci.domain.matrix import Matrix
from raci.domain.records import Accountability, Charter, RoleKind
from raci.domain.text import Fact, Sentence, fold
from raci.domain.text import gettext_noop as _

FEWEST_DUTIES, MOST_DUTIES = 4, 8
WHOLE_TIME = 100


class Problem(NamedTuple):
    """What a charter lacks.

    ``field`` is one of the role or the charter, “accountabilities”, “lines”, or “accountability” with the ``key`` of
    the one that is meant.
    """

    field: str
    sentence: Sentence
    key: str = ""


def checks(register: Matrix, role: str) -> tuple[Problem, ...]:
    """Return what the charter of a role lacks, in the order of the form."""
    record, charter = register.roles[role], register.charters.get(role, Charter())
    mine = {key: one for (of, key), one in register.accountabilities.items() if of == role}
    found = [*_purpose(record.purpose)]
    if not record.scope.strip():
        found.append(_problem("scope", _("Say how far the role reaches: one project, the department, a product.")))
    if not items(charter.excludes):
        found.append(_problem("excludes", _("Say what the role does not own, so that nobody has to guess.")))
    found += [*_main_duties(mine), *_domains(register, role, charter)]
    if record.kind is not RoleKind.EXTERNAL and not any(of == role for of, _superior in register.lines):
        found.append(_problem("lines", _("Say to whom the role reports: at least one line.")))
    if charter.review_on is None:
        found.append(_problem("review_on", _("Say when the charter is to be looked at again.")))
    return tuple(found)


def _problem(field: str, text: str, key: str = "", **facts: Fact) -> Problem:
    return Problem(field, Sentence(text, facts), key)


def _purpose(text: str) -> Iterator[Problem]:
    if not text.strip():
        yield _problem("purpose", _("Say in one sentence why the role exists."))
        return
    if sentences(text) > 1:
        yield _problem("purpose", _("Say it in one sentence: what needs two is two purposes, or a duty among them."))
    if names_activity(text):
        yield _problem("purpose", _("Say what comes of it, not what is done: an activity is a duty."))


def _main_duties(mine: dict[str, Accountability]) -> Iterator[Problem]:
    if len(mine) < FEWEST_DUTIES:
        text = _("Name at least {fewest} main duties; there are {count}.")
        yield _problem("accountabilities", text, fewest=FEWEST_DUTIES, count=len(mine))
    if len(mine) > MOST_DUTIES:
        text = _("Name at most {most} main duties; there are {count}. What is less goes into the matrix alone.")
        yield _problem("accountabilities", text, most=MOST_DUTIES, count=len(mine))
    total = sum(one.share for one in mine.values())
    if total not in (0, WHOLE_TIME):
        text = _("The shares of time make {total} %, and should make 100 %.")
        yield _problem("accountabilities", text, total=total)
    for key, one in sorted(mine.items(), key=lambda item: (item[1].position, item[0])):
        for fault in faults(one.text):
            yield _problem("accountability", _WORDING[fault], key)


_WORDING = {
    Fault.NO_VERB: _("Begin with a verb: “Sign vendor contracts”, not “Vendor management”."),
    Fault.NO_OBJECT: _("Say what it is about: a verb and its object."),
    Fault.VAGUE: _("The verb hides who does what: prepare, approve, sign, pay or check says more."),
    Fault.COMPOUND: _("Two verbs are two duties, and may need two owners: write them apart."),
}


def _domains(register: Matrix, role: str, charter: Charter) -> Iterator[Problem]:
    """Find what another role of the same scope controls alone too."""
    scope = fold(register.roles[role].scope)
    for item in items(charter.domains):
        for other in sorted(register.charters, key=lambda key: (register.roles[key].name, key)):
            held = {fold(one) for one in items(register.charters[other].domains)}
            if other == role or fold(register.roles[other].scope) != scope or fold(item) not in held:
                continue
            text = _("“{domain}” is controlled by {role} too: only one role of a scope can control it alone.")
            yield _problem("domains", text, domain=item, role=register.roles[other].name)
