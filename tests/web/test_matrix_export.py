"""A matrix leaves the house exactly as it is shown: the rows of the filters, as of the moment that is asked for."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.documents.workbook import layout
from raci.domain.change import Address, Change
from raci.domain.records import Duty, Kind, Row
from raci.models.base import new_key
from raci.services import loading
from raci.web.grid_query import GridQuery
from tests.factories import create, write


def address(cast, kind="xlsx"):
    return cast.url(f"matrices/{cast.small.matrix_key}/export.{kind}")


def exported(cast, **asked):
    """Return the codes of the rows of an exported workbook, and what stands on its front."""
    answer = cast.client("bob").get(address(cast), asked)
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))[layout.MATRIX]
    rows = sheet.iter_rows(min_row=layout.FIRST_ROW, max_col=layout.CODE_COLUMN, values_only=True)
    codes = [row[layout.CODE_COLUMN - 1] for row in rows if row[0] and not row[0].startswith(layout.COUNT_PREFIX)]
    return codes, sheet.cell(layout.SUBJECT_ROW, layout.AREA_COLUMN).value, answer["Content-Disposition"]


def shown(cast, **asked):
    page = cast.client("bob").get(cast.url(f"matrices/{cast.small.matrix_key}/"), asked).context["page"]
    return [row.code for section in page.grid.sections for row in section.rows]


def test_rows_leave_in_the_order_in_which_they_are_shown(cast):
    """Of the sections, not of their positions: a duty that comes first may stand in a section that comes last."""
    small = cast.small
    rows = models.MatrixRow.objects.filter(matrix__key=small.matrix_key)
    places = {code: Address(Kind.ROW, small.matrix_key, small.duties[code]) for code in ("VEN-1", "VEN-2")}
    before = {code: rows.get(duty__key=small.duties[code]).position for code in places}
    write(small.organisation, *(Change(places[code], "position", before[code], before[code] + 9) for code in places))
    order = shown(cast)
    assert order == ["VEN-1", "VEN-2", "FIN-1"]
    assert exported(cast)[0] == order
    text = cast.client("bob").get(address(cast, "csv")).content.decode("utf-8-sig")
    assert [row[1] for row in csv.reader(io.StringIO(text))][1:] == order
    text = cast.client("bob").get(address(cast, "md")).content.decode()
    assert sorted(order, key=text.index) == order


QUERIES = [
    {},
    {"area": "VEN"},
    {"undecided": "1"},
    {"findings": "1"},
    {"findings": "R02"},
    {"shared": "PM.ITM"},
    {"role": "PM"},
    {"role": "ITM", "letter": "C"},
    {"q": "ven-1"},
    {"area": "VEN", "undecided": "1", "q": "2"},
    {"q": "nothing like it"},
]


def as_asked(cast, query):
    small = cast.small
    keys = {
        "area": lambda value: small.area,
        "role": small.roles.get,
        "shared": lambda value: ".".join(map(small.roles.get, value.split("."))),
    }
    return {name: keys[name](value) if name in keys else value for name, value in query.items()}


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_exported_is_exactly_what_is_shown(cast, query):
    cast.small.set("FIN-1", "PM", "", "A/R")
    cast.small.set("FIN-1", "ITM", "", "C")
    asked = as_asked(cast, query)
    codes, _front, name = exported(cast, **asked, page="7")
    assert codes == shown(cast, **asked)
    assert ("-part.xlsx" in name) == (len(codes) < 3)


def test_a_part_says_what_it_was_narrowed_to_and_the_whole_does_not(cast):
    small = cast.small
    pair = f"{small.roles['PM']}.{small.roles['ITM']}"
    _codes, front, _name = exported(cast, area=small.area, undecided="1", findings="1", shared=pair, q="ven")
    assert front.startswith(
        "A part of the matrix: 0 of 3 rows: area Vendor management, undecided, with findings, "
        "shared by IT Project Manager and IT Manager, text “ven” · Small"
    )
    _codes, front, _name = exported(cast, findings="R02", role=small.roles["PM"], letter="A")
    assert "with the finding “Too many roles answer for the duty”, held by IT Project Manager, letter A" in front
    _codes, front, _name = exported(cast, q="do what")  # fits every row
    assert front.startswith("Small ·")


def test_every_filter_of_the_grid_has_words():
    filters = set(GridQuery.__dataclass_fields__) - {"as_of", "page"}
    assert filters == {
        "area",
        "undecided",
        "findings",
        "shared",
        "role",
        "letter",
        "text",
    }  # told by raci.web.grid_part.in_words


def test_an_earlier_matrix_is_exported_as_it_was(cast):
    small = cast.small
    number = small.set("FIN-1", "PM", "", "A").revision.number
    small.set("FIN-1", "PM", "A", "C")
    answer = cast.client("bob").get(address(cast, "csv"), {"as_of": number, "q": "FIN"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Code"], row["IT Project Manager"]) for row in rows] == [("FIN-1", "A")]
    assert f"-r{number}-part.csv" in answer["Content-Disposition"]


@pytest.mark.parametrize("as_of", ["9999", date(2020, 1, 1).isoformat()])
def test_a_matrix_that_was_not_there_yet_cannot_be_exported(cast, as_of):
    assert cast.client("bob").get(address(cast), {"as_of": as_of}).status_code == 404


def test_the_links_carry_the_filters(cast):
    page = cast.client("bob").get(cast.url(f"matrices/{cast.small.matrix_key}/"), {"undecided": "1", "as_of": "2"})
    assert 'export.xlsx?undecided=1&amp;as_of=2"' in page.content.decode()
    assert "The rows that are shown: 2 of 3." in page.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_rows(cast):
    small, counts = cast.small, []
    for size in (10, 20):
        keys = [new_key() for _ in range(size)]
        duties = [create(Kind.DUTY, Duty(f"N-{size}-{n}", "Do"), key) for n, key in enumerate(keys)]
        write(small.organisation, *duties, *(create(Kind.ROW, Row(9), key, matrix=small.matrix_key) for key in keys))
        loading._cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert len(exported(cast, q="N-")[0]) >= size
        counts.append(len(captured))
    assert counts[0] == counts[1]
