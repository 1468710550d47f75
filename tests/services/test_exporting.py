"""Matrices leave the house."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.change import cell_change
from raci.domain.records import Duty, Kind, Row
from raci.models.base import new_key
from raci.services import loading
from raci.services.exporting import KINDS, export_bytes, file_name
from tests.factories import Small, create, write


def test_the_workbook_holds_what_was_written_through_the_door(small):
    small.set("VEN-1", "PM", "", "A/R")
    book = openpyxl.load_workbook(io.BytesIO(export_bytes(small.matrix, "xlsx", "Ed")))
    values = [cell.value for row in book["Matrix"].iter_rows() for cell in row]
    assert "Do what VEN-1 says" in values
    assert "A/R" in values


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_file_names_the_duties(small, kind):
    content = export_bytes(small.matrix, kind, "Ed")
    assert content
    if kind != "xlsx":
        assert "Do what VEN-1 says" in content.decode("utf-8-sig")


def test_the_name_of_the_file_says_organisation_matrix_and_revision(small):
    small.organisation.refresh_from_db()
    small.matrix.organisation = small.organisation
    assert file_name(small.matrix, "csv") == "small-projects-r1.csv"


def grow(small: Small, number: int) -> None:
    keys = [new_key() for _ in range(number)]
    write(
        small.organisation,
        *(create(Kind.DUTY, Duty(f"N-{number}-{index}", "Do one more"), key) for index, key in enumerate(keys)),
        *(create(Kind.ROW, Row(100 + index), key, matrix=small.matrix_key) for index, key in enumerate(keys)),
        *(cell_change(small.matrix_key, key, small.roles["PM"], "", "A/R") for key in keys),
    )


def test_the_number_of_queries_does_not_grow_with_the_matrix(small):
    counts = []
    for size in (10, 600):
        grow(small, size)
        loading._cache.clear()
        small.matrix = models.Matrix.objects.get(pk=small.matrix.pk)
        with CaptureQueriesContext(connection) as captured:
            export_bytes(small.matrix, "xlsx", "Ed")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 23
