"""Rules that hold a matrix against the charters of its roles: what those claim, and who has signed them.

A charter is about all matrices of an organisation, so these rules need to be told what the others say. Like the rules
across matrices they are not asked at every keystroke.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from raci.domain.charter.mismatch import main_duties, mismatch_of, owned_duties, worked_duties
from raci.domain.charter.view import written_roles
from raci.domain.lint.finding import Finding, Level
from raci.domain.lint.registry import Documentation, Facts, Form, Hit, column, in_order, rule_of_charters
from raci.domain.matrix import Matrix
from raci.domain.text import Sentence, code_key
from raci.domain.text import gettext_noop as _
from raci.domain.whole import Whole

_TOLD = 5  # duties that a finding names one by one


@dataclass(frozen=True)
class Unsigned:
    """How many holders of a role are late to sign its charter: ``never`` did, or it ``changed`` since they did."""

    never: int = 0
    changed: int = 0


@dataclass(frozen=True)
class Chartered:
    """What a matrix cannot say of the charters of its roles.

    ``worked`` has for each role with a written charter the duties that it owns or does in any matrix, ``owned`` those
    that any role owns; ``unsigned`` the roles whose holders are late to sign.
    """

    worked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unsigned: Mapping[str, Unsigned] = field(default_factory=dict)
    owned: frozenset[str] = frozenset()

    @classmethod
    def of(cls, whole: Whole, unsigned: Mapping[str, Unsigned] | None = None) -> "Chartered":
        """Return what an organisation says of the roles that have a written charter."""
        worked = worked_duties(whole.matrices, written_roles(whole.register))
        return cls(worked, unsigned or {}, owned_duties(whole.matrices))


@rule_of_charters(
    "M02",
    "charter-mismatch",
    Documentation(
        title=_("The charter says one thing, the matrix another"),
        check=_(
            "The role has main duties in its charter. One of them names a duty or an area, and no matrix makes the "
            "role owner or doer of it, of a part of it, or of any duty of that area, though some role owns one of "
            "them; what nobody owns yet is undecided. Or the role owns duties in this matrix of which no main duty "
            "names the duty, its parent or its area. Roles without main duties are not looked at. Looked at on the "
            "overview, in the list of findings and in exports, not while a matrix is edited."
        ),
        why=_("Two documents, two truths: everybody goes by the one that suits them."),
        fix=_("Correct the charter or the matrix, and let the holders sign again."),
    ),
    claimed=Form(
        Level.WARNING,
        _("The charter of {role} claims what no matrix gives it: {duties}."),
        _("Give {role} a part in it in a matrix, or take it out of the charter."),
        variant="claimed",
    ),
    unnamed=Form(
        Level.WARNING,
        _("{role} owns {count} duties here that its charter does not name: {duties}."),
        _("Name them, their parent or their area among the main duties of {role}, or let another role own them."),
        variant="unnamed",
    ),
)
def charter_mismatch(matrix: Matrix, chartered: Chartered) -> Iterator[Hit]:
    for role in matrix.column_keys:
        if role not in chartered.worked:
            continue
        found = mismatch_of(matrix, role, chartered.worked[role], chartered.owned)
        name = matrix.roles[role].name
        if found.claimed:
            mine = main_duties(matrix, role)
            told = "; ".join(mine[key].text for key in found.claimed)
            yield Hit(column(role), {"role": name, "duties": told}, "claimed")
        if found.unnamed:
            facts: Facts = {"role": name, "count": len(found.unnamed), "duties": _codes(matrix, found.unnamed)}
            yield Hit(column(role), facts, "unnamed")


def _codes(matrix: Matrix, duties: tuple[str, ...]) -> Sentence | str:
    codes = sorted((matrix.duties[duty].code for duty in duties), key=code_key)
    told = ", ".join(codes[:_TOLD])
    left = len(codes) - _TOLD
    return Sentence(_("{codes} and {count} more"), {"codes": told, "count": left}) if left > 0 else told


@rule_of_charters(
    "P04",
    "not-acknowledged",
    Documentation(
        title=_("A holder has not signed the charter"),
        check=_(
            "The role has a written charter, and somebody who has held it for the days of the setting has not signed "
            "it; or it has changed since they signed, longer ago than that. Told once for a role, and looked at like "
            "M02. Names are not told."
        ),
        why=_(
            "ISO 9001 asks that roles be assigned, communicated and understood; a charter that nobody signed is none "
            "of the last two."
        ),
        fix=_("Remind them, talk it over, or issue the charter anew."),
        settings=("ack_days",),
    ),
    never=Form(
        Level.WARNING,
        _("The charter of {role} is not signed by all who hold it: {count} missing."),
        _("Ask the holders of {role} to sign, on the page of its charter."),
        variant="never",
    ),
    changed=Form(
        Level.WARNING,
        _("The charter of {role} has changed since it was signed by those who hold it: {count} to sign again."),
        _("Ask the holders of {role} to read what changed and to sign again, on the page of its charter."),
        variant="changed",
    ),
)
def not_acknowledged(matrix: Matrix, chartered: Chartered) -> Iterator[Hit]:
    for role in matrix.column_keys:
        late = chartered.unsigned.get(role, Unsigned())
        for form, count in (("never", late.never), ("changed", late.changed)):
            if count:
                yield Hit(column(role), {"role": matrix.roles[role].name, "count": count}, form)


def of_charters(matrix: Matrix, chartered: Chartered) -> tuple[Finding, ...]:
    """Return where a matrix and the charters of its roles do not agree, and which of them are not signed."""
    return tuple(
        rule.finding(hit)
        for rule in in_order()
        if rule.find_chartered
        for hit in rule.find_chartered(matrix, chartered)
    )
