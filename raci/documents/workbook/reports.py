"""The sheets of records: grey areas, decisions, roles, findings."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from raci.documents import words
from raci.documents.edition import Edition
from raci.documents.tally import Tally
from raci.documents.workbook import layout, styles
from raci.documents.workbook.parts import Column, Part, Table, Value
from raci.domain.lint.finding import Finding
from raci.domain.matrix import Matrix
from raci.domain.records import Decision, GreyArea, GreyAreaStatus
from raci.domain.scheme import split_letters

_STATUS_ORDER = list(GreyAreaStatus)
_MOST_CODES = 100  # duties listed in one cell of the Roles sheet; the Matrix sheet has them all


def grey_areas(edition: Edition, footer: str) -> Part:
    matrix = edition.matrix
    items = sorted(matrix.grey_areas.items(), key=lambda item: (_STATUS_ORDER.index(item[1].status), item[1].duty))
    still_open = sum(item.status is GreyAreaStatus.OPEN for _, item in items)
    table = Table(
        name=layout.GREY_AREAS,
        note=f"Duties whose owner is contested: {still_open} open, {len(items) - still_open} settled or withdrawn.",
        columns=(
            Column("Code", 9, "table_quiet"),
            Column("Duty", 30, "table_strong"),
            Column("Status", 11),
            Column("Question", 28),
            Column("Claimed by", 44),
            Column("Proposed", 20),
            Column("Who decides", 14),
            Column("In the interim", 14),
            Column("Raised", 12, "table_date"),
            Column("Raised by", 12),
            Column("Due", 12, "table_date"),
            Column("Days open", 8, "table_number"),
            Column("Usually settled by", 14),
        ),
        records=items,
        make=partial(_grey_area, edition),
        about=lambda item: f"grey area of duty {_code(matrix, item[1].duty)}",
    )
    return table.part(footer, _dress_status(2, {"open": styles.AMBER, "decided": styles.GREEN}))


def _grey_area(edition: Edition, item: tuple[str, GreyArea]) -> Sequence[Value]:
    matrix, (key, record) = edition.matrix, item
    is_open = record.status is GreyAreaStatus.OPEN
    return (
        _code(matrix, record.duty),
        _title(matrix, record.duty),
        record.status.value,
        record.question,
        _claims(matrix, key),
        _letters(matrix, record.proposed),
        _name(matrix, record.decider),
        _name(matrix, record.interim),
        record.raised_on,
        record.raised_by,
        record.due_on,
        (edition.today - record.raised_on).days if is_open and record.raised_on else "",
        record.usual_decision,
    )


def _claims(matrix: Matrix, key: str) -> str:
    lines = []
    for role in matrix.claimants(key):
        made = matrix.claims.get((key, role))
        wants = f" wants {made.letters}" if made and made.letters else ""
        lines.append(f"{_name(matrix, role)}{wants}" + (f": {made.reason}" if made and made.reason else ""))
    return "\n".join(lines)


def decisions(edition: Edition, footer: str) -> Part:
    matrix = edition.matrix
    in_force = set(matrix.decision_by_duty.values())
    items = sorted(matrix.decisions.items(), key=lambda item: (item[0] not in in_force, _code(matrix, item[1].duty)))
    table = Table(
        name=layout.DECISIONS,
        note=f"How grey areas were settled, by whom and why: {len(in_force)} in force.",
        columns=(
            Column("Code", 9, "table_quiet"),
            Column("Duty", 30, "table_strong"),
            Column("Status", 12),
            Column("Kind", 14),
            Column("Owner", 20, "table_strong"),
            Column("Letters decided", 28),
            Column("Reason", 52),
            Column("Decided", 12, "table_date"),
            Column("Decided by", 18),
            Column("Review", 12, "table_date"),
        ),
        records=items,
        make=partial(_decision, matrix, in_force),
        about=lambda item: f"decision on duty {_code(matrix, item[1].duty)}",
    )
    return table.part(footer, _dress_status(2, {"in force": styles.GREEN}))


def _decision(matrix: Matrix, in_force: set[str], item: tuple[str, Decision]) -> Sequence[Value]:
    key, record = item
    ended = "withdrawn" if record.withdrawn_on else "replaced"
    return (
        _code(matrix, record.duty),
        _title(matrix, record.duty),
        "in force" if key in in_force else ended,
        record.type.value.replace("_", " "),
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
        name=layout.ROLES,
        note="Who the columns of the matrix are, whom they report to, and which duties they have by letter.",
        columns=(
            Column("Code", 9, "table_quiet"),
            Column("Role", 22, "table_strong"),
            Column("Kind", 9),
            Column("Purpose", 32),
            Column("Scope", 20),
            Column("Reports to", 28),
            *(Column(f"{item.label} ({item.code})", 22) for item in matrix.scheme.letters),
        ),
        records=matrix.column_keys,
        make=lambda role: _role(matrix, tally, duties, role),
        about=lambda role: f"role {words.short(matrix.roles[role].code, 60)}",
    )
    return table.part(footer)


def _role(matrix: Matrix, tally: Tally, duties: dict[tuple[str, str], list[str]], role: str) -> Sequence[Value]:
    record = matrix.roles[role]
    letters = []
    for item in matrix.scheme.letters:
        codes, count = duties.get((role, item.code), []), tally.letters[role, item.code]
        more = f" … and {count - len(codes):,} more" if count > len(codes) else ""
        letters.append(f"{count}: {', '.join(codes)}{more}" if count else "")
    return (record.code, record.name, record.kind.value, record.purpose, record.scope, _lines(matrix, role), *letters)


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
    several = len({option for option, _, _ in lines}) > 1
    found = []
    for option, dotted, superior in lines:
        note = matrix.lines[role, superior].note
        way = f"Option {option}: " if several else ""
        found.append(
            way + _name(matrix, superior) + (" (dotted line)" if dotted else "") + (f", {note}" if note else "")
        )
    return "\n".join(found)


def findings(edition: Edition, footer: str) -> Part:
    matrix = edition.matrix
    table = Table(
        name=layout.FINDINGS,
        note=f"What the rules found in revision {edition.revision}: {len(edition.findings):,} in all.",
        columns=(
            Column("Level", 9, "table_strong"),
            Column("Rule", 7, "table_quiet"),
            Column("Where", 40),
            Column("What was found", 56),
            Column("What to do", 56),
            Column("Name of the rule", 22, "table_quiet"),
        ),
        records=edition.findings,
        make=partial(_finding, matrix),
        about=lambda finding: f"finding {finding.key}",
    )
    return table.part(footer, _dress_status(0, {"error": styles.RED, "warning": styles.AMBER}))


def _finding(matrix: Matrix, item: Finding) -> Sequence[Value]:
    return (item.level.value, item.rule, words.subject_of(matrix, item), item.text, item.remedy, item.name)


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
