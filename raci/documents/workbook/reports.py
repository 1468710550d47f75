"""The sheets of records: grey areas, decisions, roles, findings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from raci.documents import words
from raci.documents.edition import Edition
from raci.documents.speech import gettext as _
from raci.documents.speech import number, said
from raci.documents.tally import Tally
from raci.documents.workbook import layout, styles
from raci.documents.workbook.parts import Column, Part, Table, Value
from raci.domain.lint.finding import Finding, Level
from raci.domain.matrix import Matrix
from raci.domain.records import Decision, GreyArea, GreyAreaStatus
from raci.domain.scheme import split_letters

_STATUS_ORDER = list(GreyAreaStatus)
_STATUS_COLOURS = {GreyAreaStatus.OPEN: styles.AMBER, GreyAreaStatus.DECIDED: styles.GREEN}
_LEVEL_COLOURS = {Level.ERROR: styles.RED, Level.WARNING: styles.AMBER}
_PROPOSAL = layout.letter(14)  # the column of the Grey areas sheet in which people propose an owner
_MOST_CODES = 100  # duties listed in one cell of the Roles sheet; the Matrix sheet has them all


def grey_areas(edition: Edition, footer: str) -> Part:
    matrix = edition.matrix
    items = sorted(matrix.grey_areas.items(), key=lambda item: (_STATUS_ORDER.index(item[1].status), item[1].duty))
    still_open = sum(item.status is GreyAreaStatus.OPEN for _, item in items)
    table = Table(
        name=layout.sheet_name(layout.GREY_AREAS),
        note=_("Duties whose owner is contested: {open} open, {settled} settled or withdrawn.").format(
            open=number(still_open), settled=number(len(items) - still_open)
        ),
        columns=_grey_area_columns(),
        records=items,
        make=partial(_grey_area, edition),
        about=lambda item: _("grey area of duty {code}").format(code=_code(matrix, item[1].duty)),
    )
    dress = _dress_status(2, {_(words.STATUS[item]): colour for item, colour in _STATUS_COLOURS.items()})
    return table.part(footer, partial(_dress_grey_areas, matrix, dress))


def _grey_area_columns() -> tuple[Column, ...]:
    told = (
        Column(_("Code"), 9, "table_quiet"),
        Column(_("Duty"), 30, "table_strong"),
        Column(_("Status"), 11),
        Column(_("Question"), 28),
        Column(_("Claimed by"), 44),
        Column(_("Proposed"), 20),
        Column(_("Who decides"), 14),
        Column(_("In the interim"), 14),
        Column(_("Raised"), 12, "table_date"),
        Column(_("Raised by"), 12),
        Column(_("Due"), 12, "table_date"),
        Column(_("Days open"), 8, "table_number"),
        Column(_("Usually settled by"), 14),
    )
    return (
        *(replace(column, field=name) for column, name in zip(told, layout.TOLD_FIELDS, strict=True)),
        Column(_("Your proposal: who should own it"), 22, field=layout.OWNER_FIELD),
        Column(_("Your comment"), 30, field=layout.COMMENT_FIELD),
        Column("key", 12, "key", layout.GREY_AREA_FIELD, hidden=True),
        Column("as exported", 12, "key", layout.PRINTS_FIELD, hidden=True),
    )


def _dress_grey_areas(matrix: Matrix, dress: Callable[[Worksheet, int], None], sheet: Worksheet, last_row: int) -> None:
    """Colour the words, and offer the roles of the matrix to whoever proposes an owner; another name may be typed."""
    dress(sheet, last_row)
    if matrix.columns and matrix.grey_areas:
        names = f"$B${layout.TABLE_FIRST_ROW}:$B${layout.TABLE_FIRST_ROW + len(matrix.columns) - 1}"
        roles = f"{layout.sheet_reference(layout.ROLES)}!{names}"
        choice = DataValidation(type="list", formula1=roles, allow_blank=True)
        choice.add(f"{_PROPOSAL}{layout.TABLE_FIRST_ROW}:{_PROPOSAL}{last_row}")
        sheet.add_data_validation(choice)


def _grey_area(edition: Edition, item: tuple[str, GreyArea]) -> Sequence[Value]:
    matrix, (key, record) = edition.matrix, item
    is_open = record.status is GreyAreaStatus.OPEN
    told = (
        _code(matrix, record.duty),
        _title(matrix, record.duty),
        _(words.STATUS[record.status]),
        record.question,
        _claims(matrix, key),
        _letters(matrix, record.proposed),
        _name(matrix, record.decider),
        _name(matrix, record.interim),
        record.raised_on,
        record.raised_by,
        record.due_on,
        (edition.today - record.open_since).days if is_open and record.open_since else "",
        record.usual_decision,
    )
    return (*told, "", "", key, layout.fingerprints(told))


def _claims(matrix: Matrix, key: str) -> str:
    lines = []
    for role in matrix.claimants(key):
        made = matrix.claims.get((key, role))
        name = _name(matrix, role)
        if made and made.letters:
            name = _("{role} wants {letters}").format(role=name, letters=made.letters)
        lines.append(name + (f": {made.reason}" if made and made.reason else ""))
    return "\n".join(lines)


def decisions(edition: Edition, footer: str) -> Part:
    matrix = edition.matrix
    in_force = set(matrix.decision_by_duty.values())
    items = sorted(matrix.decisions.items(), key=lambda item: (item[0] not in in_force, _code(matrix, item[1].duty)))
    table = Table(
        name=layout.sheet_name(layout.DECISIONS),
        note=_("How grey areas were settled, by whom and why: {count} in force.").format(count=number(len(in_force))),
        columns=(
            Column(_("Code"), 9, "table_quiet"),
            Column(_("Duty"), 30, "table_strong"),
            Column(_("Status"), 12),
            Column(_("Kind"), 14),
            Column(_("Owner"), 20, "table_strong"),
            Column(_("Letters decided"), 28),
            Column(_("Reason"), 52),
            Column(_("Decided"), 12, "table_date"),
            Column(_("Decided by"), 18),
            Column(_("Review"), 12, "table_date"),
        ),
        records=items,
        make=partial(_decision, matrix, in_force),
        about=lambda item: _("decision on duty {code}").format(code=_code(matrix, item[1].duty)),
    )
    return table.part(footer, _dress_status(2, {_(words.IN_FORCE): styles.GREEN}))


def _decision(matrix: Matrix, in_force: set[str], item: tuple[str, Decision]) -> Sequence[Value]:
    key, record = item
    ended = _("withdrawn") if record.withdrawn_on else _("replaced")
    return (
        _code(matrix, record.duty),
        _title(matrix, record.duty),
        _(words.IN_FORCE) if key in in_force else ended,
        _(words.DECISION[record.type]),
        _name(matrix, record.owner),
        _letters(matrix, record.letters),
        record.reason,
        record.decided_on,
        record.decided_by,
        record.review_on,
    )


def roles(edition: Edition, tally: Tally, footer: str) -> Part:
    matrix = edition.matrix
    duties = _duties_by_letter(matrix, tally.letters)
    table = Table(
        name=layout.sheet_name(layout.ROLES),
        note=_("Who the columns of the matrix are, whom they report to, and which duties they have by letter."),
        columns=(
            Column(_("Code"), 9, "table_quiet"),
            Column(_("Role"), 22, "table_strong"),
            Column(_("Kind"), 9),
            Column(_("Purpose"), 32),
            Column(_("Scope"), 20),
            Column(_("Reports to"), 28),
            *(Column(words.letter_label(item), 22) for item in matrix.scheme.letters),
        ),
        records=matrix.column_keys,
        make=lambda role: _role(matrix, tally, duties, role),
        about=lambda role: _("role {code}").format(code=words.short(matrix.roles[role].code, 60)),
    )
    return table.part(footer)


def _role(matrix: Matrix, tally: Tally, duties: dict[tuple[str, str], list[str]], role: str) -> Sequence[Value]:
    record = matrix.roles[role]
    letters = []
    for item in matrix.scheme.letters:
        codes, count = duties.get((role, item.code), []), tally.letters[role, item.code]
        more = _(" … and {count} more").format(count=number(count - len(codes))) if count > len(codes) else ""
        letters.append(f"{count}: {', '.join(codes)}{more}" if count else "")
    kind = _(words.ROLE[record.kind])
    return (record.code, record.name, kind, record.purpose, record.scope, _lines(matrix, role), *letters)


def _duties_by_letter(matrix: Matrix, counts: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], list[str]]:
    """Return the codes of the duties of each role and letter, no more of each than one cell shows well."""
    found: dict[tuple[str, str], list[str]] = {}
    missing = sum(min(count, _MOST_CODES) for count in counts.values())
    for duty in matrix.applicable_rows:
        if not missing:
            break
        code = matrix.duties[duty].code
        for role, letters in matrix.cells.get(duty, {}).items():
            for item in split_letters(letters):
                listed = found.setdefault((role, item), [])
                if len(listed) < _MOST_CODES:
                    listed.append(code)
                    missing -= 1
    return found


def _lines(matrix: Matrix, role: str) -> str:
    """Return whom a role reports to; where there is a choice, each way on a line of its own."""
    lines = sorted(
        (line.option, line.dotted, superior) for (who, superior), line in matrix.lines.items() if who == role
    )
    several = len({option for option, *_rest in lines}) > 1
    found = []
    for option, dotted, superior in lines:
        note = matrix.lines[role, superior].note
        way = _("Option {option}: ").format(option=option) if several else ""
        line = _(" (dotted line)") if dotted else ""
        found.append(f"{way}{_name(matrix, superior)}{line}" + (f", {note}" if note else ""))
    return "\n".join(found)


def findings(edition: Edition, footer: str) -> Part:
    matrix = edition.matrix
    table = Table(
        name=layout.sheet_name(layout.FINDINGS),
        note=_("What the rules found in revision {revision}: {count} in all.").format(
            revision=edition.revision, count=number(len(edition.findings))
        ),
        columns=(
            Column(_("Level"), 9, "table_strong"),
            Column(_("Rule"), 7, "table_quiet"),
            Column(_("Where"), 40),
            Column(_("What was found"), 56),
            Column(_("What to do"), 56),
            Column(_("Name of the rule"), 22, "table_quiet"),
        ),
        records=edition.findings,
        make=partial(_finding, matrix),
        about=lambda finding: _("finding {key}").format(key=finding.key),
    )
    return table.part(
        footer, _dress_status(0, {_(words.LEVEL[level]): colour for level, colour in _LEVEL_COLOURS.items()})
    )


def _finding(matrix: Matrix, item: Finding) -> Sequence[Value]:
    where = words.subject_of(matrix, item)
    return (_(words.LEVEL[item.level]), item.rule, where, said(item.says), said(item.advises), item.name)


def _dress_status(column: int, colours: dict[str, str]) -> Callable[[Worksheet, int], None]:
    """Return what colours the words of a column, so that they do when somebody edits them."""

    def dress(sheet: Worksheet, last_row: int) -> None:
        name = layout.letter(column + 1)
        for word, colour in colours.items():
            style = DifferentialStyle(font=Font(color=colour, bold=True))
            rule = Rule(type="expression", dxf=style, formula=[f'${name}{layout.TABLE_FIRST_ROW}="{word}"'])
            sheet.conditional_formatting.add(f"{name}{layout.TABLE_FIRST_ROW}:{name}{last_row}", rule)

    return dress


def _code(matrix: Matrix, duty: str) -> str:
    return matrix.duties[duty].code if duty in matrix.duties else ""


def _title(matrix: Matrix, duty: str) -> str:
    return matrix.duties[duty].title if duty in matrix.duties else ""


def _name(matrix: Matrix, role: str) -> str:
    return matrix.roles[role].name if role in matrix.roles else ""


def _letters(matrix: Matrix, letters: Mapping[str, str]) -> str:
    """Return the letters of a row by role, in column order: "IT manager A/R · Finance C"."""
    order = {role: position for position, role in enumerate(matrix.column_keys)}
    held = sorted((order.get(role, len(order)), role) for role in letters if letters[role])
    return " · ".join(f"{_name(matrix, role)} {letters[role]}" for _, role in held)
