"""A matrix at two moments, side by side."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raci import models
from raci.domain.change import Address, Change, invert
from raci.domain.comparison import Fate
from raci.domain.records import Column, Duty, GreyArea, Kind, Role, Row, Sheet, to_fields
from raci.models.base import new_key
from raci.services.comparing import SENTENCES, compare_moments
from raci.services.door import Author
from raci.services.history import NoSuchRevision, matrix_at, revision_at
from tests.factories import Small, create, write


def number(small: Small) -> int:
    return models.Organisation.objects.get(pk=small.organisation.pk).revision


def compared(small: Small, one=None, other=None):
    return compare_moments(models.Matrix.objects.get(pk=small.matrix.pk), one, other)


def cells(comparison):
    return [(duty.code, cell.role, cell.before, cell.after) for duty in comparison.duties for cell in duty.cells]


def told(comparison, name):
    parts = {part.name: part for part in comparison.parts}
    return [(one.fate, one.sentence) for one in parts[name].told] if name in parts else []


def test_cells_are_told_added_changed_and_removed_duty_by_duty(small):
    small.set("FIN-1", "PM", "", "A")
    small.set("VEN-1", "PM", "", "R")
    before = number(small)
    small.set("FIN-1", "PM", "A", "A/R")
    small.set("VEN-1", "PM", "R", "")
    small.set("VEN-1", "CIO", "", "I")
    found = compared(small, before, number(small))
    assert cells(found) == [
        ("VEN-1", "IT Project Manager", "R", ""),
        ("VEN-1", "Chief Information Officer", "", "I"),
        ("FIN-1", "IT Project Manager", "A", "A/R"),
    ]
    assert [part.counts for part in found.parts] == [((Fate.ADDED, 1), (Fate.REMOVED, 1), (Fate.CHANGED, 1))]


def test_what_was_taken_back_meanwhile_is_no_difference(small):
    before = number(small)
    small.set("FIN-1", "PM", "", "A")
    small.set("FIN-1", "PM", "A", "")
    assert compared(small, before, number(small)).parts == ()


def test_either_order_gives_the_earlier_first(small):
    before = number(small)
    after = small.set("FIN-1", "PM", "", "A").revision.number
    assert compared(small, after, before) == compared(small, before, after)
    assert cells(compared(small, after, before)) == [("FIN-1", "IT Project Manager", "", "A")]


def test_a_new_duty_is_told_once_by_its_row(small):
    before, key = number(small), new_key()
    write(
        small.organisation,
        create(Kind.DUTY, Duty("FIN-2", "Pay the bill"), key),
        create(Kind.ROW, Row(9), key, matrix=small.matrix_key),
    )
    found = compared(small, before, number(small))
    assert told(found, "places") == [(Fate.ADDED, "Put FIN-2 Pay the bill into Projects")]
    assert told(found, "register") == []


def test_a_role_that_went_keeps_its_name_and_its_letters(small):
    small.set("FIN-1", "CIO", "", "I")
    before = number(small)
    small.set("FIN-1", "CIO", "I", "")
    column = Address(Kind.COLUMN, small.matrix_key, small.roles["CIO"])
    write(small.organisation, Change(column, "", to_fields(Column(2)), None))
    found = compared(small, before, number(small))
    assert cells(found) == [("FIN-1", "Chief Information Officer", "I", "")]
    assert told(found, "places") == [(Fate.REMOVED, "Took the column Chief Information Officer out of Projects")]


def test_what_left_the_register_is_called_as_it_was(small):
    key, role = new_key(), Role("TMP", "Interim Lead")
    column = create(Kind.COLUMN, Column(9), key, matrix=small.matrix_key)
    before = write(small.organisation, create(Kind.ROLE, role, key), column).revision.number
    write(small.organisation, *invert([create(Kind.ROLE, role, key), column]))
    found = compared(small, before, number(small))
    assert told(found, "places") == [(Fate.REMOVED, "Took the column Interim Lead out of Projects")]
    assert told(found, "register") == []


def test_a_new_name_is_told_with_the_old_one(small):
    before = number(small)
    write(small.organisation, Change(Address(Kind.ROLE, "", small.roles["PM"]), "name", "IT Project Manager", "Lead"))
    sentence = "Renamed the role “IT Project Manager” to “Lead”"
    assert told(compared(small, before, number(small)), "register") == [(Fate.RENAMED, sentence)]


def test_what_moved_is_counted_instead_of_told(small):
    before = number(small)
    rows = [Address(Kind.ROW, small.matrix_key, key) for key in small.duties.values()]
    write(small.organisation, *(Change(row, "position", index, index + 5) for index, row in enumerate(rows)))
    assert told(compared(small, before, number(small)), "places") == [(Fate.MOVED, "3 stand in other places")]


def test_grey_areas_opened_and_settled_are_told(small):
    before, key = number(small), new_key()
    write(
        small.organisation,
        create(
            Kind.GREY_AREA, GreyArea(small.duties["VEN-1"], raised_on=date(2026, 1, 15)), key, matrix=small.matrix_key
        ),
    )
    opened = number(small)
    write(small.organisation, Change(Address(Kind.GREY_AREA, small.matrix_key, key), "status", "open", "decided"))
    place = "VEN-1 Do what VEN-1 says in Projects"
    assert told(compared(small, before, opened), "grey") == [(Fate.OPENED, f"Raised the grey area {place}")]
    settled = [(Fate.SETTLED, f"Settled the grey area {place}")]
    assert told(compared(small, opened, number(small)), "grey") == settled


def test_two_schemes_can_be_compared_each_in_its_own_words(small):
    small.set("FIN-1", "PM", "", "A")
    before = number(small)
    raci = models.Scheme.objects.get(code="raci")
    models.Scheme.objects.create(code="raci2", name="RACI two", definition={**raci.definition, "code": "raci2"})
    write(small.organisation, Change(Address(Kind.SHEET, "", small.matrix_key), "scheme", "raci", "raci2"))
    found = compared(small, before, number(small))
    assert (found.earlier.matrix.scheme.code, found.later.matrix.scheme.code) == ("raci", "raci2")
    assert [what for what, _sentence in told(found, "places")] == [Fate.CHANGED]


def test_a_matrix_younger_than_what_was_asked_for_is_compared_from_its_making(small):
    small.set("FIN-1", "PM", "", "A")
    key = new_key()
    made = write(small.organisation, create(Kind.SHEET, Sheet("Later"), key)).revision.number
    later = models.Matrix.objects.get(key=key)
    found = compare_moments(later)
    assert (found.earlier.moment.number, found.late_start) == (made, True)
    assert compare_moments(later, made - 1, made).parts == ()
    assert compare_moments(later, made, made).late_start is False


def test_without_moments_it_is_thirty_days_ago_and_now(small, monkeypatch):
    first = at(small, datetime(2030, 3, 6, 12, 0, tzinfo=UTC), "", "A")
    at(small, datetime(2030, 3, 7, 12, 0, tzinfo=UTC), "A", "R")
    second = at(small, datetime(2030, 4, 1, 12, 0, tzinfo=UTC), "R", "C")
    monkeypatch.setattr(timezone, "localdate", lambda: date(2030, 4, 5))
    found = compared(small)
    assert (found.earlier.moment.number, found.earlier.moment.day) == (first, date(2030, 3, 6))
    assert (found.later.moment.number, found.later.moment.day) == (second, None)
    assert cells(found) == [("FIN-1", "IT Project Manager", "A", "C")]
    assert not found.late_start


def test_a_revision_that_is_not_there_is_refused(small):
    with pytest.raises(NoSuchRevision, match="There is no revision 99"):
        compared(small, 99)


def test_a_long_part_is_cut_and_says_by_how_much(small):
    before = number(small)
    duties = [Duty(f"N-{index}", "Do it") for index in range(SENTENCES + 3)]
    write(small.organisation, *(create(Kind.DUTY, duty, new_key()) for duty in duties))
    (part,) = compared(small, before, number(small)).parts
    assert (len(part.told), part.more, part.counts) == (SENTENCES, 3, ((Fate.ADDED, SENTENCES + 3),))


def test_queries_do_not_grow_with_differences(small):
    matrix = models.Matrix.objects.select_related("organisation").get(pk=small.matrix.pk)
    before = number(small)

    def count() -> int:
        matrix.organisation.refresh_from_db()
        with CaptureQueriesContext(connection) as captured:
            compare_moments(matrix, before, matrix.organisation.revision)
        return len(captured)

    small.set("FIN-1", "PM", "", "A")
    count()
    few = count()
    for duty in small.duties:
        small.set(duty, "CIO", "", "I")
    count()
    assert count() == few
    assert few <= 12


# --- Days


def at(small: Small, when: datetime, before: str, after: str) -> int:
    author = Author("Tester", "command", at=when)
    return write(small.organisation, small.cell("FIN-1", "PM", before, after), author=author).revision.number


def test_a_day_means_the_last_revision_by_its_end_where_the_reader_is(small, settings):
    made = number(small)
    first = at(small, datetime(2030, 3, 1, 22, 59, 59, 999_999, tzinfo=UTC), "", "A")
    second = at(small, datetime(2030, 3, 1, 23, 0, tzinfo=UTC), "A", "C")
    settings.TIME_ZONE = "Europe/Berlin"
    days = [date(2001, 1, 1), date(2030, 2, 28), date(2030, 3, 1), date(2030, 3, 2), date.max, date.min]
    assert [revision_at(small.organisation, day) for day in days] == [0, made, first, second, second, 0]
    settings.TIME_ZONE = "UTC"
    assert revision_at(small.organisation, date(2030, 3, 1)) == second


def test_the_last_hour_belongs_to_its_day_where_it_comes_twice(small, settings):
    settings.TIME_ZONE = "Asia/Beirut"  # clocks go back over midnight to 23:00 of 26 October 2030
    late = at(small, datetime(2030, 10, 26, 21, 30, tzinfo=UTC), "", "A")
    assert revision_at(small.organisation, date(2030, 10, 26)) == late
    assert revision_at(small.organisation, date(2030, 10, 25)) < late


def test_revisions_of_another_organisation_are_no_part_of_a_day(small):
    other = Small("other")
    other.set("FIN-1", "PM", "", "A")
    assert revision_at(small.organisation, timezone.localdate()) == number(small)


def test_a_matrix_at_a_day_says_which_revision_that_was_and_when(small):
    when = datetime(2030, 3, 1, 9, 0, tzinfo=UTC)
    first = at(small, when, "", "A")
    at(small, datetime(2030, 3, 2, 9, 0, tzinfo=UTC), "A", "C")
    past = matrix_at(small.matrix, date(2030, 3, 1))
    assert past.matrix.letters(small.duties["FIN-1"], small.roles["PM"]) == "A"
    assert (past.moment.number, past.moment.at, past.moment.day) == (first, when, date(2030, 3, 1))
    assert matrix_at(small.matrix, first).moment.day is None
