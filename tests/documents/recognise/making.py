"""Tables as other people make them, with invented content, and what a reading says in plain pairs."""

from raci.documents.intake.markup import tables_of_markdown
from raci.documents.intake.recognise import recognise
from raci.documents.intake.table import Medium, Sheaf, Span, Table, trimmed
from raci.domain.reading import FoundMatrix, Reading, Weight

ROLES = ("Harbour Master", "Tug Captain", "Crane Crew")
PLAIN = (
    ("Task", *ROLES),
    ("Moor the ferry", "A", "R", "I"),
    ("Unload the ferry", "A", "C", "R"),
    ("Log the arrival", "A/R", "", "I"),
)


def sheet(*rows: tuple, name: str = "Plan", **more) -> Table:
    return Table(trimmed([[str(value) for value in row] for row in rows]), Medium.SHEET, name, **more)


def read(*tables: Table) -> Reading:
    return recognise(Sheaf("xlsx", tables))


def read_rows(*rows: tuple, merged: tuple[Span, ...] = (), **more) -> Reading:
    return read(sheet(*rows, merged=merged, **more))


def only(reading: Reading) -> FoundMatrix:
    assert len(reading.matrices) == 1, [matrix.where for matrix in reading.matrices]
    return reading.matrices[0]


def markdown(text: str) -> Reading:
    return recognise(Sheaf("md", tuple(tables_of_markdown(text))))


def cells(matrix: FoundMatrix) -> dict[tuple[str, str], str]:
    """Return the letters by duty and role."""
    return {
        (matrix.items[one.item].title, matrix.parties[one.party].name): "/".join(one.letters)
        for one in matrix.crossings
    }


def told(reading: Reading, weight: Weight | None = None) -> list[tuple[str, str]]:
    return [(one.where, str(one.message)) for one in reading.problems if weight in (None, one.weight)]


PLAIN_CELLS = {
    (duty, role): letters for duty, *row in PLAIN[1:] for role, letters in zip(ROLES, row, strict=True) if letters
}
