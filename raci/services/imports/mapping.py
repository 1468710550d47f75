"""Somebody else's sheet against the register: what is asked of a person, and the proposal that their answers make."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils import timezone

from raci import models
from raci.documents.intake.refused import Refused
from raci.domain.mapping import (
    LEFT,
    NEW,
    Bearer,
    Choice,
    Choices,
    Fit,
    MatrixChoice,
    Register,
    Target,
    asked_anew,
    offered,
    propose_all,
)
from raci.domain.proposal import Proposal
from raci.domain.reading import FoundMatrix, Reading
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _
from raci.services.imports.store import unpacked
from raci.services.loading import load_matrix, read_register
from raci.services.snapshot import snapshot

_GONE = _("The matrix that this was to go into is not there any more. Upload the file again and choose another one.")


@dataclass(frozen=True)
class Asked:
    """A document on its mapping page: what was read, what the organisation has, and the answers as they stand."""

    reading: Reading
    register: Register
    choices: Choices


def asked_of(item: models.Import) -> Asked:
    """Return what the mapping page of an import asks: earlier answers, and what is offered for the rest.

    A constant number of queries, whatever is in the register.
    """
    reading = _reading(item)
    with snapshot():
        register = register_of(item.organisation)
    return Asked(reading, register, _standing(item, reading, register))


def register_of(organisation: models.Organisation) -> Register:
    """Read what an organisation has: its register, its matrices with their rows, and all schemes."""
    organisation = models.Organisation.objects.get(pk=organisation.pk)
    rows: dict[str, set[str]] = {}
    stand = models.MatrixRow.objects.filter(matrix__organisation=organisation).order_by()
    for matrix, duty in stand.values_list("matrix__key", "duty__key"):
        rows.setdefault(matrix, set()).add(duty)
    sheets = models.Matrix.objects.filter(organisation=organisation).order_by("position", "pk")
    targets = tuple(
        Target(key, title, scheme, frozenset(rows.get(key, ())), position)
        for key, title, scheme, position in sheets.values_list("key", "title", "scheme__code", "position")
    )
    schemes = {one.code: one.to_domain() for one in models.Scheme.objects.order_by("pk")}
    return Register(read_register(organisation), schemes, targets)


def planned(item: models.Import) -> Proposal:
    """Return what the document of an import wants, as it was answered; as it was offered where nobody was asked."""
    return proposed(item)[0]


def proposed(item: models.Import) -> tuple[Proposal, models.Matrix | None]:
    """Return what the document wants, and the matrix that it goes into where that is one that there is.

    Raises `Refused` where a matrix that was chosen is gone.
    """
    reading = _reading(item)
    with snapshot():
        register = register_of(item.organisation)
        _refuse_gone(_kept(item, reading), register)
        choices = _standing(item, reading, register)
        sheets = _sheets(item.organisation, choices)
        seens = {key: load_matrix(sheet) for key, sheet in sheets.items()}
    proposal = propose_all(register, seens, reading, choices, _bearer(item))
    wanted = {choice.target for choice in choices.matrices} - {LEFT}
    return proposal, sheets[wanted.pop()] if len(wanted) == 1 and NEW not in wanted else None


def with_targets(asked: Asked, matrices: Mapping[int, MatrixChoice]) -> Asked:
    """Return what is asked once some matrices of the document are to go elsewhere: their letters are asked anew."""
    found = list(asked.choices.matrices)
    for index, choice in matrices.items():
        anew = asked_anew(asked.register, asked.reading.matrices[index], choice)
        found[index] = replace(choice, letters=anew.letters, scheme=anew.scheme)
    return replace(asked, choices=Choices(tuple(found)))


def _reading(item: models.Import) -> Reading:
    return Reading.from_data(unpacked(item.reading)["foreign"])


def _kept(item: models.Import, reading: Reading) -> Choices | None:
    """Return the answers that a person gave, None where nobody has or where they are of another reading."""
    if not isinstance(item.choices, Mapping) or "matrices" not in item.choices:
        return None
    choices = Choices.from_data(item.choices)
    fits = [
        (len(choice.roles), len(choice.duties)) == (len(found.parties), len(found.items))
        for choice, found in zip(choices.matrices, reading.matrices, strict=False)
    ]
    return choices if len(fits) == len(choices.matrices) == len(reading.matrices) and all(fits) else None


def _standing(item: models.Import, reading: Reading, register: Register) -> Choices:
    """Return earlier answers where they still lead to something, and what is offered now for all others."""
    fresh, kept = _into_its_matrix(item, offered(register, reading), reading, register), _kept(item, reading)
    if kept is None:
        return fresh
    pairs = zip(reading.matrices, fresh.matrices, kept.matrices, strict=True)
    return Choices(tuple(_again(register, found, now, then) for found, now, then in pairs))


def _into_its_matrix(item: models.Import, choices: Choices, reading: Reading, register: Register) -> Choices:
    """Let a document with one matrix go where whoever brought it said."""
    if item.matrix is None or len(choices.matrices) != 1 or register.target(item.matrix.key) is None:
        return choices
    why = Sentence(_("it was chosen when the file was brought"))
    choice = replace(choices.matrices[0], target=item.matrix.key, why=why)
    return Choices((asked_anew(register, reading.matrices[0], choice),))


def _again(register: Register, found: FoundMatrix, now: MatrixChoice, then: MatrixChoice) -> MatrixChoice:
    """Return the answers that stand for one matrix: what was answered and is still there, else what is offered."""
    if then.target not in (NEW, LEFT) and register.target(then.target) is None:
        return now
    base, matrix = asked_anew(register, found, then), register.matrix
    return replace(
        base,
        roles=tuple(_still(one, old, matrix.roles) for one, old in zip(base.roles, then.roles, strict=True)),
        duties=tuple(_still(one, old, matrix.duties) for one, old in zip(base.duties, then.duties, strict=True)),
        areas={name: _still(one, then.areas.get(name, one), matrix.areas) for name, one in base.areas.items()},
        letters={
            name: _still(one, then.letters.get(name, one), register.scheme_of(base).by_code)
            for name, one in base.letters.items()
        },
        details={**base.details} | {name: one for name, one in then.details.items() if name in base.details},
    )


def _still(now: Choice, then: Choice, there: Mapping[str, object]) -> Choice:
    """Return an earlier answer where it leads to something; what was new then may be there by now."""
    if then.to == NEW and now.fit is Fit.EXACT and then.fit is not Fit.EXACT:
        return now
    return replace(now, to=then.to) if then.to in (NEW, LEFT) or then.to in there else now


def _sheets(organisation: models.Organisation, choices: Choices) -> dict[str, models.Matrix]:
    wanted = {choice.target for choice in choices.matrices} - {NEW, LEFT}
    rows = models.Matrix.objects.filter(organisation=organisation, key__in=sorted(wanted))
    return {row.key: row for row in rows.select_related("organisation")}


def _refuse_gone(choices: Choices | None, register: Register) -> None:
    """Refuse what was to go into a matrix that is not there any more: nobody said where else."""
    wanted = {choice.target for choice in choices.matrices} - {NEW, LEFT} if choices else set()
    if wanted - {target.key for target in register.targets}:
        raise Refused(Sentence(_GONE))


def _bearer(item: models.Import) -> Bearer:
    at = timezone.localtime(item.uploaded_at)
    mark = f"{item.organisation.key}:{item.sha256}"
    return Bearer(item.uploaded_by_name, at.isoformat(timespec="seconds"), at.date(), item.file_name, mark)
