"""Conflicts that become questions: the document and the register do not agree who owns a duty."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from raci.domain.change import Address, Change
from raci.domain.matrix import Matrix
from raci.domain.previewing import Line, Preview, Settled
from raci.domain.records import Claim, GreyArea, Kind, Origin, to_fields
from raci.domain.scheme import split_letters
from raci.domain.structure import created
from raci.models.base import new_key
from raci.services.door import Author


def can_ask(preview: Preview, line: Line) -> bool:
    """Tell whether a conflict is one over who owns a duty, so that it can become a question."""
    for conflict in line.conflicts:
        address = conflict.change.address
        matrix = preview.now(address)
        owning = matrix.scheme.codes_of(matrix.scheme.pivot)
        if address.kind is not Kind.CELL or address.subject not in matrix.rows or address.other not in matrix.columns:
            return False
        letters = {code for text in (conflict.current, conflict.change.after) for code in split_letters(str(text))}
        if not matrix.rows[address.subject].applies or owning.isdisjoint(letters):
            return False
    return bool(line.conflicts)


def questions(preview: Preview, settled: Settled, author: Author, file_name: str) -> list[Change]:
    """Return what raises a grey area for each duty whose conflicts were to be asked about, with the claims made.

    What the document wants and what is on record are claims of the roles concerned. Where the row has an open grey
    area, the claims are added to that.
    """
    wanted: dict[tuple[str, str], dict[str, Line]] = {}
    for line in settled.asked:
        if can_ask(preview, line):
            for conflict in line.conflicts:
                address = conflict.change.address
                wanted.setdefault((address.matrix, address.subject), {})[address.other] = line
    found: list[Change] = []
    for (matrix, duty), of_roles in wanted.items():
        found += _question(preview.matrices[matrix], duty, of_roles, author, file_name)
    return found


def _question(matrix: Matrix, duty: str, lines: Mapping[str, Line], author: Author, file_name: str) -> list[Change]:
    day = timezone.localdate(author.at or timezone.now())
    key = matrix.open_by_duty.get(duty, "")
    changes: list[Change] = []
    if not key:
        key = new_key()
        question = _("“%(file)s” and the register do not agree. Who answers for “%(duty)s”?")
        asked = GreyArea(
            duty,
            question % {"file": file_name, "duty": matrix.duties[duty].title},
            origin=Origin.IMPORT,
            raised_on=day,
            raised_by=author.name,
        )
        changes = [
            Change(Address(Kind.ROW, matrix.key, duty), "applies", True, True),
            created(Kind.GREY_AREA, key, asked, matrix.key),
        ]
    for role, (letters, reason) in _claims(matrix, duty, lines, file_name).items():
        if (key, role) not in matrix.claims:
            claim = Claim(letters, reason, day)
            changes.append(Change(Address(Kind.CLAIM, matrix.key, key, role), "", None, to_fields(claim)))
    return changes


def _claims(matrix: Matrix, duty: str, lines: Mapping[str, Line], file_name: str) -> dict[str, tuple[str, str]]:
    on_record = _("It stands so in the register.")
    found = {role: (matrix.letters(duty, role), on_record) for role in matrix.holders(duty, matrix.scheme.pivot)}
    for role, line in lines.items():
        for conflict in line.conflicts:
            if conflict.change.address.other == role and conflict.change.after:
                where = _("It stands so in “%(file)s”, %(where)s.")
                found[role] = (str(conflict.change.after), where % {"file": file_name, "where": line.wish.where})
    return found
