"""The overview and the lists of duties, roles, decisions, matrices and findings."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.change import Address, Change, cell_change
from raci.domain.records import Column, Duty, Kind, Role, Row, Sheet
from raci.models.base import new_key
from tests.factories import create, write


def test_duties_say_who_is_accountable_where_and_what_is_undecided(cast):
    cast.small.set("FIN-1", "PM", "", "A/R")
    page = cast.client("bob").get(cast.url("duties/")).content.decode()
    assert "Accountable and Responsible" in page
    assert "IT Project Manager" in page
    assert page.count("undecided in 1 matrix") == 2


def test_duties_are_found_by_any_word(cast):
    found = cast.client("bob").get(cast.url("duties/"), {"q": "says FIN"})
    assert [row.record.code for row in found.context["table"].paginated_rows] == ["FIN-1"]


def test_duties_stand_in_the_order_in_which_people_count(cast):
    duties = (create(Kind.DUTY, Duty(f"FIN-{number}", "Do it"), new_key()) for number in (10, 2))
    write(cast.small.organisation, *duties)
    found = cast.client("bob").get(cast.url("duties/"), {"q": "FIN"})
    assert [row.record.code for row in found.context["table"].paginated_rows] == ["FIN-1", "FIN-2", "FIN-10"]


def test_the_duties_take_as_many_queries_for_twenty_rows_as_for_ten(cast):
    client = cast.client("bob")

    def add(numbers):
        duties = (create(Kind.DUTY, Duty(f"X-{number}", "Do it"), new_key()) for number in numbers)
        write(cast.small.organisation, *duties)

    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(cast.url("duties/"))
        return len(captured)

    add(range(7))
    ten = count()
    add(range(10, 20))
    assert count() == ten


def found(cast, name="duties", **asked):
    page = cast.client("bob").get(cast.url(f"{name}/"), asked)
    return [row.record.code for row in page.context["table"].paginated_rows]


def retire(cast, kind, key):
    write(cast.small.organisation, Change(Address(kind, "", key), "retired", False, True))


def test_what_is_retired_is_left_out_unless_it_is_asked_for(cast):
    retire(cast, Kind.DUTY, cast.small.duties["FIN-1"])
    assert found(cast) == ["VEN-1", "VEN-2"]
    assert sorted(found(cast, retired="shown")) == ["FIN-1", "VEN-1", "VEN-2"]
    assert found(cast, retired="only") == ["FIN-1"]
    assert ">retired<" in cast.client("bob").get(cast.url("duties/"), {"retired": "only"}).content.decode()
    retire(cast, Kind.ROLE, cast.small.roles["CIO"])
    assert found(cast, "roles", sort="code") == ["ITM", "PM"]
    assert found(cast, "roles", retired="only") == ["CIO"]


def test_duties_and_roles_are_narrowed_to_a_matrix(cast):
    small, other = cast.small, new_key()
    write(
        small.organisation,
        create(Kind.SHEET, Sheet("Department"), other),
        create(Kind.ROW, Row(), small.duties["FIN-1"], matrix=other),
        create(Kind.COLUMN, Column(), small.roles["CIO"], matrix=other),
    )
    assert found(cast, matrix=other) == ["FIN-1"]
    assert sorted(found(cast, matrix=small.matrix_key)) == ["FIN-1", "VEN-1", "VEN-2"]
    assert found(cast, "roles", matrix=other) == ["CIO"]
    assert found(cast, matrix=other, undecided="on") == []  # VEN-1 is undecided elsewhere
    assert found(cast, area=small.area, undecided="on") == ["VEN-1", "VEN-2"]


def test_duties_are_narrowed_to_those_that_nobody_answers_for(cast):
    small = cast.small
    assert len(found(cast, unowned="on")) == 3
    small.set("FIN-1", "PM", "", "A/R")
    small.set("VEN-1", "ITM", "", "R")
    assert found(cast, unowned="on") == ["VEN-1", "VEN-2"]
    row = Address(Kind.ROW, small.matrix_key, small.duties["VEN-2"])
    write(small.organisation, Change(row, "applies", True, False), Change(row, "reason", "", "No vendor"))
    assert found(cast, unowned="on") == ["VEN-1"]
    other = new_key()
    write(small.organisation, create(Kind.SHEET, Sheet("Department"), other))
    assert found(cast, unowned="on", matrix=other) == []


def test_who_answers_is_told_by_the_scheme_of_each_matrix(cast):
    small, sheet = cast.small, new_key()
    letters = [
        {"code": "D", "label": "Driver", "letter_class": "doer"},
        {"code": "O", "label": "Owner", "letter_class": "owner", "maximum": 1, "combines_with": ["D"]},
    ]
    definition = {"code": "own", "name": "Owners", "letters": letters}
    models.Scheme.objects.create(code="own", name="Owners", definition=definition)
    row, column = small.duties["FIN-1"], small.roles["CIO"]
    write(
        small.organisation,
        create(Kind.SHEET, Sheet("Department", scheme="own"), sheet),
        create(Kind.ROW, Row(), row, matrix=sheet),
        create(Kind.COLUMN, Column(), column, matrix=sheet),
    )
    assert found(cast, unowned="on", matrix=sheet) == ["FIN-1"]
    write(small.organisation, cell_change(sheet, row, column, "", "D/O"))
    assert found(cast, unowned="on", matrix=sheet) == []
    page = cast.client("bob").get(cast.url("duties/"), {"matrix": sheet})
    assert page.context["table"].paginated_rows[0].record.held == [("Department", "Chief Information Officer", "D/O")]


def test_sorting_and_pages_keep_the_filters_and_the_number_is_said(cast):
    duties = (create(Kind.DUTY, Duty(f"X-{number}", "Do it"), new_key()) for number in range(60))
    write(cast.small.organisation, *duties)
    page = cast.client("bob").get(cast.url("duties/"), {"q": "X-", "sort": "title"}).content.decode()
    assert '<span class="found quiet small" role="status">60 found</span>' in page
    assert "?q=X-&amp;sort=title&amp;page=2" in page
    assert "?q=X-&amp;sort=-title" in page
    assert "export.csv?q=X-&amp;sort=title" in page
    assert '<input type="hidden" name="sort" value="title">' in page


@pytest.mark.parametrize("asked", [{"unowned": "on"}, {"undecided": "on", "retired": "shown"}, {"q": "X"}])
def test_filtered_duties_take_as_many_queries_for_twenty_rows_as_for_ten(cast, asked):
    client, counts = cast.client("ed"), []
    for size in (10, 20):
        keys = [new_key() for _ in range(size)]
        duties = (create(Kind.DUTY, Duty(f"X{size}-{n}", "Do"), key) for n, key in enumerate(keys))
        rows = (create(Kind.ROW, Row(9), key, matrix=cast.small.matrix_key) for key in keys)
        write(cast.small.organisation, *duties, *rows)
        with CaptureQueriesContext(connection) as captured:
            client.get(cast.url("duties/"), asked)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_roles_take_as_many_queries_for_twenty_rows_as_for_ten(cast):
    client, counts = cast.client("ed"), []
    for size in (10, 20):
        roles = (create(Kind.ROLE, Role(f"R{size}-{number}", "Role"), new_key()) for number in range(size))
        write(cast.small.organisation, *roles)
        with CaptureQueriesContext(connection) as captured:
            client.get(cast.url("roles/"), {"matrix": cast.small.matrix_key})
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_roles_say_how_often_they_hold_each_letter(cast):
    cast.small.set("FIN-1", "PM", "", "A/R")
    cast.small.set("VEN-1", "PM", "", "C")
    table = cast.client("bob").get(cast.url("roles/")).context["table"]
    held = {row.record.code: row.record.held for row in table.paginated_rows}
    assert held == {"PM": [("A", 1), ("R", 1), ("C", 1)], "ITM": [], "CIO": []}


def test_decisions_show_who_why_and_until_when(cast):
    cast.client("ed").post(cast.assign_url(), cast.answers(review_on="2027-03-01"))
    page = cast.client("bob").get(cast.url("decisions/"), {"q": "outlive"}).content.decode()
    for text in ("VEN-1", "IT Project Manager", "Contracts outlive projects.", "1 Mar 2027", "Ed"):
        assert text in page


def test_findings_stand_under_their_rule_with_what_to_do(cast):
    cast.small.set("FIN-1", "PM", "", "C")
    page = cast.client("bob").get(cast.url("findings/")).content.decode()
    assert "R01" in page
    assert "Nobody answers for the duty" in page
    assert "Name one role" in page


def test_findings_lead_to_the_grey_area_of_their_row_where_one_is_open(cast):
    for duty in ("FIN-1", "VEN-1"):
        for role in ("PM", "ITM"):
            cast.small.set(duty, role, "", "A")
    page = cast.client("bob").get(cast.url("findings/")).content.decode()
    assert f'<a href="{cast.url(f"grey-areas/{cast.contested}/")}">' in page
    assert f'<a href="{cast.assign_url("FIN-1")}">' in page
    assert cast.assign_url("VEN-1") not in page


def test_the_overview_counts_what_is_really_there(cast):
    figures = cast.client("bob").get(cast.url()).context["glance"]
    assert (figures.undecided.total, figures.undecided.overdue, figures.clean_percent) == (2, 1, 0)
    assert [item.duty.code for item in figures.waiting] == ["VEN-2", "VEN-1"]


@pytest.mark.parametrize("rest", ["", "grey-areas/", "decisions/", "history/", "findings/", "matrices/"])
def test_a_new_organisation_says_what_to_do(cast, rest):
    assert cast.client("charlie").get(f"/o/other/{rest}").status_code == 200


def test_who_belongs_to_nothing_is_told_how_to_begin(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("new"))
    assert "You are not in an organisation yet" in client.get("/").content.decode()


def test_the_pages_of_errors_need_no_context(client, cast):
    missing = client.get("/nowhere/")
    assert missing.status_code == 404
    refused = cast.client("bob").get(cast.url("grey-areas/assign/"))
    assert refused.status_code == 403
    assert "Not yours to change" in refused.content.decode()


@pytest.mark.parametrize("name", ["grey-areas", "duties", "roles", "decisions", "history"])
def test_every_filter_of_a_list_has_its_field(cast, name):
    cast.client("ed").post(cast.assign_url(), cast.answers())  # something in every list
    page = cast.client("bob").get(cast.url(f"{name}/"))
    text, filters = page.content.decode(), page.context["filter"].filters
    assert filters
    assert [field for field in filters if f'name="{field}"' not in text] == []
