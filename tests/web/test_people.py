"""People, what they hold and when they are away: the list, their pages, and what shows of it elsewhere."""

import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from raci import models
from raci.domain.records import Absence, Holding, Kind, Manner
from raci.models.base import new_key
from tests.factories import create, write
from tests.web.conftest import Cast


class Office:
    """The cast, with Ada who holds PM, and Bob; PM answers for FIN-1."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.small = cast, cast.small
        self.today = timezone.localdate()
        self.ada, self.bob = self.person("Ada Lovelace"), self.person("Bob Marsh")
        self.small.set("FIN-1", "PM", "", "A/R")
        self.holding = self.hold(self.ada)

    def person(self, name: str, **more: Any) -> models.Person:
        return models.Person.objects.create(organisation=self.small.organisation, name=name, **more)

    def hold(self, person: models.Person, role: str = "PM", **terms: Any) -> str:
        key = new_key()
        record = Holding(person.key, **terms)
        write(self.small.organisation, create(Kind.HOLDING, record, self.small.roles[role], other=key))
        return key

    def away(self, person: models.Person, cover: str = "", days: int = 14) -> str:
        key = new_key()
        record = Absence(person.key, self.today, self.today + timedelta(days=days), cover)
        write(self.small.organisation, create(Kind.ABSENCE, record, key))
        return key

    def get(self, rest: str, who: str = "ed", status: int = 200) -> str:
        answer = self.cast.client(who).get(self.cast.url(rest))
        assert answer.status_code == status, answer.content.decode()[:2000]
        return answer.content.decode()

    def post(self, rest: str, status: int = 302, who: str = "ed", **sent: Any) -> str:
        answer = self.cast.client(who).post(self.cast.url(rest), sent)
        assert answer.status_code == status, answer.content.decode()[-3000:]
        return answer.content.decode()


@pytest.fixture
def office(cast: Cast) -> Office:
    return Office(cast)


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


# --- The list


def test_the_list_shows_roles_and_who_is_away(office):
    office.hold(office.bob, "ITM", manner=Manner.DEPUTY)
    office.away(office.bob, office.ada.key)
    shown = text_of(office.get("people/"))
    assert "Ada Lovelace" in shown and "IT Project Manager" in shown
    assert re.search(r"IT Manager \(Deputy\)", shown)
    assert "Ada Lovelace stands in" in shown
    assert "1 vacant role" in shown


@pytest.mark.parametrize(
    ("asked", "found"),
    [("q=love", {"Ada"}), ("away=on", {"Bob"}), ("deputies=on", {"Bob"}), ("idle=on", {"Cyd"}), ("q=nobody", set())],
)
def test_the_list_is_narrowed(office, asked, found):
    office.person("Cyd Grey")
    office.hold(office.bob, "ITM", manner=Manner.DEPUTY)
    office.away(office.bob)
    page = office.get(f"people/?{asked}")
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    assert {name for name in ("Ada", "Bob", "Cyd") if any(f">{name} " in row for row in rows)} == found


def test_the_list_is_narrowed_to_a_role_and_the_roles_to_those_that_are_vacant(office):
    office.hold(office.bob, "ITM", ends_on=office.today - timedelta(days=1))
    assert "Bob" not in office.get(f"people/?role={office.small.roles['ITM']}").split("<tbody")[-1]
    vacant = office.get("roles/?vacant=on").split("<tbody")[-1]
    assert "IT Manager" in vacant and "IT Project Manager" not in vacant


def test_the_list_takes_the_same_queries_for_many_people(
    office, django_assert_num_queries, django_assert_max_num_queries
):
    client = office.cast.client("ed")
    with django_assert_max_num_queries(30) as first:
        client.get(office.cast.url("people/"))
    for number in range(8):
        other = office.person(f"Person {number}")
        office.hold(other, "ITM")
        office.away(other, office.bob.key)
    with django_assert_num_queries(len(first)):
        client.get(office.cast.url("people/"))


def test_the_list_goes_out_as_a_workbook_and_as_text(office):
    office.hold(office.ada, "ITM", manner=Manner.ACTING)
    client = office.cast.client("bob")
    book = load_workbook(BytesIO(client.get(office.cast.url("people/export.xlsx")).content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert any(row[0] == "Ada Lovelace" and row[1] == "IT Manager (Acting); IT Project Manager" for row in rows)
    text = client.get(office.cast.url("people/export.csv?q=bob")).content.decode("utf-8-sig")
    assert "Bob Marsh" in text and "Ada" not in text


def test_an_empty_list_says_how_to_begin(cast):
    shown = cast.client("ed").get(cast.url("people/")).content.decode()
    assert "Nobody is on record yet" in shown and "people/new/" in shown
    assert "people/new/" not in cast.client("bob").get(cast.url("people/")).content.decode()


# --- A person


def test_a_person_is_put_on_record_and_linked_to_an_account(office):
    connie = office.cast.people["connie"]
    office.post("people/new/", name="Connie Blue", email="connie@example.org", account=connie.pk)
    made = models.Person.objects.get(name="Connie Blue")
    assert made.user == connie
    wrong = office.post("people/new/", 422, name="", email="x")
    assert "A person needs a name." in wrong and "This is no e-mail address." in wrong
    office.post(f"people/{made.key}/", action="save", name="Connie Green", email="", account="")
    made.refresh_from_db()
    assert (made.name, made.email, made.user) == ("Connie Green", "", None)
    assert "is on record already" in office.post(f"people/{made.key}/", 422, action="save", name="bob marsh")
    office.post(f"people/{made.key}/", action="remove")
    assert not models.Person.objects.filter(pk=made.pk).exists()
    assert "stands in the history" in office.post(f"people/{office.ada.key}/", 422, action="remove")


def test_the_page_of_a_person_shows_what_they_hold_held_and_whom_they_stand_in_for(office):
    office.hold(office.ada, "CIO", ends_on=date(2020, 1, 1))
    office.away(office.bob, office.ada.key)
    office.away(office.ada)
    shown = text_of(office.get(f"people/{office.ada.key}/", "bob"))
    assert re.search(r"Roles today .*IT Project Manager .*Earlier and to come .*Chief Information Officer", shown)
    assert "Stands in for Bob Marsh" in shown and "Nobody stands in." in shown
    assert "End or change" not in shown


def test_who_looks_at_another_organisation_sees_nobody(office):
    stranger = models.Person.objects.create(organisation=office.cast.other.organisation, name="Zed")
    office.get(f"people/{stranger.key}/", status=404)
    assert "Zed" not in office.get("people/")


# --- Roles given and ended


def test_a_role_is_given_from_its_page(office):
    role = office.small.roles["ITM"]
    shown = office.get(f"roles/{role}/")
    assert "vacant" in text_of(shown) and f"people/give/?role={role}" in shown
    form = office.get(f"people/give/?role={role}&person={office.bob.key}")
    assert len(re.findall(r"selected", form)) == 3
    office.post("people/give/", role=role, person=office.bob.key, manner="acting", starts_on="2026-01-01", ends_on="")
    shown = text_of(office.get(f"roles/{role}/"))
    assert re.search(r"Held by .*Bob Marsh Acting from 1 January 2026 on", shown)


def test_overlapping_terms_are_refused_at_the_form(office):
    role = office.small.roles["PM"]
    wrong = office.post("people/give/", 422, role=role, person=office.ada.key, manner="deputy")
    assert "Ada Lovelace holds IT Project Manager already, with no end on record." in text_of(wrong)
    assert "Choose a person." in office.post("people/give/", 422, role=role, manner="deputy")


def test_ending_the_last_holding_asks_who_follows(office):
    address = f"people/{office.ada.key}/holdings/{office.holding}/"
    asked = text_of(office.post(address, 422, action="end", ends_on="2030-06-17"))
    assert "1 duty that IT Project Manager is accountable for would have nobody" in asked
    assert "FIN-1" in asked and "from 18 June 2030 on" in asked
    assert "VEN-1" not in asked
    office.post(address, action="end", ends_on="2030-06-17", successor=office.bob.key)
    terms = models.Holding.objects.order_by("pk").values_list("person__name", "starts_on", "ends_on")
    assert list(terms) == [("Ada Lovelace", None, date(2030, 6, 17)), ("Bob Marsh", date(2030, 6, 18), None)]


def test_it_is_left_vacant_or_taken_off_the_record_where_that_is_said(office):
    address = f"people/{office.ada.key}/holdings/{office.holding}/"
    office.post(address, 422, action="remove", ends_on="")
    office.post(address, action="end", ends_on="2030-06-17", leave_vacant="on")
    assert models.Holding.objects.get().ends_on == date(2030, 6, 17)
    office.post(address, action="remove", ends_on="2030-06-17", leave_vacant="on")
    assert not models.Holding.objects.exists()


# --- Absences


def test_an_absence_is_entered_changed_and_taken_away(office):
    office.post(f"people/{office.ada.key}/away/", starts_on="2026-06-03", ends_on="2026-06-17", cover="")
    made = models.Absence.objects.get()
    address = f"people/{office.ada.key}/away/{made.key}/"
    form = office.get(address)
    assert 'value="2026-06-03"' in form
    seen = '{"cover": "", "ends_on": "2026-06-17", "starts_on": "2026-06-03"}'
    wanted = {"starts_on": "2026-06-03", "ends_on": "2026-06-17", "cover": office.bob.key}
    office.post(address, action="save", seen=seen, **wanted)
    made.refresh_from_db()
    assert made.cover == office.bob
    cyd = office.person("Cyd Grey")
    stale = office.post(address, 409, action="save", seen=seen, **{**wanted, "cover": cyd.key})
    assert "Bob Marsh" in text_of(stale)
    wrong = office.post(f"people/{office.ada.key}/away/", 422, starts_on="2026-06-03", ends_on="2026-06-01")
    assert "The last day is before the first." in wrong
    office.post(address, action="remove")
    assert not models.Absence.objects.exists()


# --- What shows elsewhere


def heads(page: str) -> list[str]:
    return [text_of(head).strip() for head in re.findall(r'<th scope="col"\s+class="role.*?</th>', page, re.DOTALL)]


def test_the_matrix_shows_the_holders_of_a_day_and_whom_a_row_lacks(office):
    office.hold(office.bob, "ITM", manner=Manner.ACTING, ends_on=office.today)
    matrix = f"matrices/{office.small.matrix_key}/"
    assert heads(office.get(matrix)) == [
        "IT Project Manager Ada Lovelace", "IT Manager Bob Marsh (acting)", "Chief Information Officer vacant",
    ]  # fmt: skip
    office.away(office.ada, days=2)
    shown = office.get(matrix)
    assert "IT Project Manager Ada Lovelace (away)" in heads(shown)
    assert "Nobody works for IT Project Manager, so FIN-1 has nobody accountable for 3 days." in shown
    later = office.get(f"{matrix}?as_of={office.today + timedelta(days=3)}")
    assert heads(later)[:2] == ["IT Project Manager Ada Lovelace", "IT Manager vacant"]
    assert "nobody accountable" not in later and "as far as it is on record" in later


def test_the_matrix_says_nothing_of_holders_where_none_is_on_record(cast):
    page = cast.client("ed").get(cast.url(f"matrices/{cast.small.matrix_key}/")).content.decode()
    assert 'class="holder"' not in page
    payload = cast.client("ed").get(cast.url(f"matrices/{cast.small.matrix_key}/grid.json")).json()
    assert not any("held" in column for column in payload["columns"])


def test_the_grid_gets_holders_for_each_column_and_marks_as_findings(office):
    address = f"matrices/{office.small.matrix_key}/"
    client = office.cast.client("ed")
    first = client.get(office.cast.url(address + "grid.json"))
    assert [column["held"] for column in first.json()["columns"]] == [["Ada Lovelace"], ["vacant"], ["vacant"]]
    before = models.Organisation.objects.get(pk=office.small.organisation.pk).revision
    office.away(office.ada)
    newer = client.get(office.cast.url(f"{address}changes.json?since={before}")).json()
    assert newer["columns"][0]["held"] == ["Ada Lovelace (away)"]
    rows = {row["key"]: row.get("findings", []) for row in newer["rows"]}
    assert "P01" in rows[office.small.duties["FIN-1"]]
    assert newer["rules"]["P01"]["level"] == "error"


def test_a_name_that_changed_is_no_old_answer(office):
    address = office.cast.url(f"matrices/{office.small.matrix_key}/grid.json")
    client = office.cast.client("ed")
    tag = client.get(address)["ETag"]
    assert client.get(address, HTTP_IF_NONE_MATCH=tag).status_code == 304
    models.Person.objects.filter(pk=office.ada.pk).update(name="", erased_on=office.today)
    again = client.get(address, HTTP_IF_NONE_MATCH=tag)
    assert again.status_code == 200 and "Ada" not in again.content.decode()


def test_the_overview_says_when_duties_have_nobody_and_leads_there(office):
    assert "no working Accountable" not in office.get("")
    office.away(office.ada, days=4)
    shown = office.get("")
    assert "1 duty has no working Accountable" in shown and "people/uncovered/" in shown


def test_the_duties_without_anybody_are_listed_from_a_day_on(office):
    write(
        office.small.organisation,
        create(Kind.ABSENCE, Absence(office.ada.key, date(2027, 6, 3), date(2027, 6, 17)), new_key()),
    )
    shown = text_of(office.get("people/uncovered/?day=2027-06-01", "bob"))
    assert "1 duty has no working Accountable from 3 to 17 June 2027" in shown
    assert "FIN-1" in shown and "Ada Lovelace (away)" in shown
    assert "from 10 to 17 June 2027" in text_of(office.get("people/uncovered/?day=2027-06-10"))
    assert "Somebody is at work" in office.get("people/uncovered/?day=2027-06-18")
    assert office.get("people/uncovered/?day=nonsense")


def test_the_duties_without_anybody_take_the_same_queries_for_many(office, django_assert_max_num_queries):
    client, address = office.cast.client("ed"), office.cast.url("people/uncovered/")
    office.away(office.ada)
    client.get(address)
    with django_assert_max_num_queries(40) as first:
        client.get(address)
    most = len(first)
    for duty in ("VEN-1", "VEN-2"):
        office.small.set(duty, "PM", "", "A")
    office.hold(office.bob, "ITM")
    client.get(address)
    with django_assert_max_num_queries(most):
        client.get(address)


def test_whoever_holds_a_role_today_speaks_for_it(office):
    user = office.cast.people["connie"]
    models.Person.objects.filter(pk=office.ada.pk).update(user=user)
    shown = office.get("", "connie")
    assert "as IT Project Manager" in text_of(shown)
    office.away(office.ada)
    assert "as IT Project Manager" not in text_of(office.get("", "connie"))
