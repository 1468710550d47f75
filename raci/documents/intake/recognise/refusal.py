"""Why a document, or one of its sheets, holds no matrix."""

from collections.abc import Sequence

from raci.documents.intake.recognise.blocks import blocks
from raci.documents.intake.recognise.candidate import Candidate
from raci.documents.intake.recognise.form import form_in
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.table import Medium
from raci.domain.reading import Problem, Weight
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _


def refusals(sights: Sequence[Sight], chosen: Sequence[Candidate]) -> list[Problem]:
    """Return what to say of a document without a matrix, or of those of its sheets that hold none."""
    if not chosen:
        return _refused(sights)
    used = {candidate.table for candidate in chosen}
    return [
        Problem(
            sight.table.name, Sentence(_("Sheet “{name}” holds no matrix."), {"name": sight.table.name}), Weight.NOTE
        )
        for sight in sights
        if sight.number not in used and sight.table.medium is Medium.SHEET and sight.table.rows
    ]


def _refused(sights: Sequence[Sight]) -> list[Problem]:
    filled = [sight for sight in sights if any(map(any, sight.table.rows))]
    filled = [sight for sight in filled if sight.table.medium is not Medium.LIST] or filled[:1]
    if not filled:
        message = Sentence(
            _("The document is empty, or holds no table. Upload one that has a table with duties and roles.")
        )
        return [Problem("", message, Weight.REFUSED)]
    return [Problem(_where(sight), _why(sight), Weight.REFUSED) for sight in filled]


def _where(sight: Sight) -> str:
    return sight.table.name if sight.table.medium is Medium.SHEET else sight.table.place_of_row(0)


def _why(sight: Sight) -> Sentence:
    facts: dict[str, str | int | Sentence] = {"place": _named(sight)}
    if form := form_in(sight):
        facts |= {
            "first": sight.text(form.row, form.columns[0])[:80],
            "last": sight.text(form.row, form.columns[-1])[:80],
        }
        facts |= {"where": sight.table.place_of_row(form.row), "count": len(form.columns)}
        return Sentence(
            _(
                "{place} is a matrix that is not filled in yet: {where} has headings for the duties and for {count} "
                "columns from “{first}” to “{last}”, but no letter or name stands below them. "
                "Fill in who has which part, and try again."
            ),
            facts,
        )
    if len(sight.legend.taken.get(sight.number, ())) > 1 and not blocks(sight):
        return Sentence(
            _(
                "{place} explains letters, but holds no table that uses them. "
                "Add the table of duties and roles, and try again."
            ),
            facts,
        )
    if blocks(sight):
        return Sentence(
            _("{place} holds single letters, but too few of them are R, A, C or I to be a matrix of responsibilities."),
            facts,
        )
    return Sentence(
        _(
            "{place} holds no row with R, A, C or I in two or more columns, and no columns for them that hold names. "
            "Put the duties in rows and the roles in columns, with a letter where they cross, and try again."
        ),
        facts,
    )


def _named(sight: Sight) -> Sentence:
    table = sight.table
    if table.medium is Medium.SHEET:
        return Sentence(_("Sheet “{name}”"), {"name": table.name})
    if table.heading:
        return Sentence(_("The table under “{heading}”"), {"heading": table.heading[:80]})
    return Sentence(_("The table at {place}"), {"place": table.place_of_row(0)})
