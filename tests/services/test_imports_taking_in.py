"""A file arrives: its name, its size, whether it is here already."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci import models
from raci.documents.intake.refused import Refused
from raci.services.imports import asking
from raci.services.imports.leases import State
from raci.services.imports.taking_in import LONGEST_FILE_NAME, LONGEST_FILE_NAME_BYTES, clean_name, take_in


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("matrix.xlsx", "matrix.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ed\\Matrix (2).XLSX", "Matrix (2).XLSX"),
        ("line\nend\x00\u202e.xlsx", "lineend.xlsx"),
        ("Cafe\u0301.ods", "Café.ods"),
        ("...", "file"),
        ("", "file"),
        (".xlsx", "xlsx"),
        ("a" * 300 + ".xlsx", "a" * 195 + ".xlsx"),
        ("表" * 300 + ".xlsx", "表" * 83 + ".xlsx"),
        ("a." + "b" * 300, "a." + "b" * 198),
    ],
)
def test_names_are_kept_without_what_could_harm(name, kept):
    assert clean_name(name) == kept


@given(st.text(max_size=400))
def test_every_name_can_be_kept_and_is_kept_as_it_is_the_second_time(name):
    kept = clean_name(name)
    assert kept.isprintable() and kept.strip() == kept
    assert not set(kept) & set("/\\\0")
    assert 1 <= len(kept) <= LONGEST_FILE_NAME
    assert len(kept.encode()) <= LONGEST_FILE_NAME_BYTES
    assert clean_name(kept) == kept


def brought(small, content=b"x", **more):
    return take_in(small.organisation, None, name="x.csv", content=content, by="Ed", **more)


def test_the_same_file_is_taken_in_once(small):
    first, second = brought(small), brought(small)
    assert first.anew and not second.anew
    assert first.item.pk == second.item.pk
    assert brought(small, b"y").anew


def test_another_organisation_knows_nothing_of_it(small):
    brought(small)
    assert brought(type(small)("other")).anew


def test_what_was_refused_or_stopped_may_come_again(small):
    first = brought(small)
    assert asking.cancel(first.item)
    second = brought(small)
    assert second.anew
    models.Import.objects.filter(pk=second.item.pk).update(state=State.REFUSED)
    assert brought(small).anew


def test_what_was_applied_comes_again_only_when_it_is_wanted_again(small):
    first = brought(small)
    models.Import.objects.filter(pk=first.item.pk).update(state=State.APPLIED, revision=1)
    assert not brought(small).anew
    second = brought(small, again=True)
    assert second.anew
    assert not brought(small, again=True).anew


def test_for_a_matrix_of_its_own_it_is_another_import(small):
    brought(small)
    assert brought(small, matrix=small.matrix).anew
    assert not brought(small, matrix=small.matrix).anew


@pytest.mark.parametrize(("content", "says"), [(b"", "empty"), (b"x" * 11, "11 bytes; at most 10")])
def test_nothing_and_too_much_are_refused(small, settings, content, says):
    settings.IMPORT_BYTES = 10
    with pytest.raises(Refused, match=says):
        brought(small, content)
    assert not models.Import.objects.exists()


def test_files_that_nobody_applies_do_not_fill_the_disk(small, settings):
    settings.IMPORT_BYTES = 10
    first = brought(small, f"{0:10}".encode()).item
    for number in range(1, 50):
        brought(small, f"{number:10}".encode())
    with pytest.raises(Refused, match="500 bytes together; with this one it would be more than 500"):
        brought(small, b"one more")
    assert not brought(small, f"{7:10}".encode()).anew
    assert brought(type(small)("other"), b"one more").anew
    asking.cancel(first)
    assert brought(small, b"one more").anew
