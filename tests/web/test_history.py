"""History, and taking it back."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Kind
from raci.services.door import Author
from raci.services.loading import load_matrix
from tests.factories import write


def letters(cast):
    return load_matrix(cast.small.matrix).letters(cast.small.duties["FIN-1"], cast.small.roles["PM"])


def test_it_tells_who_what_and_why_in_sentences(cast):
    cast.client("ed").post(cast.assign_url(), cast.answers())
    page = cast.client("audrey").get(cast.url("history/")).content.decode()
    link = f'<a href="{cast.duty_url()}">VEN-1 Do what VEN-1 says</a>'
    assert f"Gave IT Project Manager A/R for {link} in Projects" in page
    assert "Contracts outlive projects." in page
    assert "Ed ·" in page
    assert "Workspace" in page


def test_it_can_be_searched_by_person_reason_and_door(cast):
    cast.client("ed").post(cast.assign_url(), cast.answers())
    client, url = cast.client("bob"), cast.url("history/")
    assert len(client.get(url, {"by": "ed"}).context["told"]) == 1
    assert len(client.get(url, {"q": "outlive"}).context["told"]) == 1
    assert len(client.get(url, {"door": "admin"}).context["told"]) == 0


def numbers(cast, who="bob", **asked):
    answer = cast.client(who).get(cast.url("history/"), asked)
    return [one.revision.number for one in answer.context["told"]]


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ("fin-1", ["cell", "start"]),
        ("project MANAGER", ["cell", "claims", "start"]),
        ("ven-1", ["claims", "start"]),
        ("none such", []),
    ],
)
def test_it_can_be_narrowed_to_what_touched_a_duty_or_a_role(cast, about, found):
    named = {"start": 1, "claims": 2, "cell": cast.small.set("FIN-1", "PM", "", "A").revision.number}
    assert numbers(cast, about=about) == [named[name] for name in found]


def test_filters_that_nothing_fits_lead_back_to_everything(cast):
    text = cast.client("bob").get(cast.url("history/"), {"about": "none such"}).content.decode()
    assert "Nothing fits these filters" in text
    assert "Nothing has happened yet" not in text


def test_what_was_decided_on_a_duty_is_about_it_too(cast):
    cast.client("ed").post(cast.assign_url(), cast.answers())
    latest = cast.small.organisation.revisions.latest("number").number
    assert numbers(cast, about="ven-1")[0] == latest
    assert latest not in numbers(cast, about="ven-2")
    decision = models.Decision.objects.get(matrix=cast.small.matrix)
    address = Address(Kind.DECISION, cast.small.matrix_key, decision.key)
    outcome = write(cast.small.organisation, Change(address, "reason", decision.reason, "They outlive projects."))
    assert numbers(cast, about="ven-1")[0] == outcome.revision.number


def test_days_begin_and_end_where_the_reader_is(cast, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    late = datetime(2026, 3, 1, 22, 59, 59, tzinfo=UTC)  # one second to midnight in Berlin
    author = Author("Tester", "command", "Late", at=late)
    outcome = write(cast.small.organisation, cast.small.cell("FIN-1", "PM", "", "A"), author=author)
    number = outcome.revision.number
    assert numbers(cast, q="late", since="2026-03-01", until="2026-03-01") == [number]
    assert numbers(cast, q="late", since="2026-03-02") == []
    assert numbers(cast, q="late", until="2026-02-28") == []
    settings.TIME_ZONE = "Asia/Tokyo"
    assert numbers(cast, q="late", since="2026-03-02", until="2026-03-02") == [number]


def test_a_day_that_is_none_keeps_everything(cast):
    assert numbers(cast, since="nonsense") == numbers(cast) != []


def test_all_filters_work_together_and_say_how_many_they_found(cast):
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    author = Author("Ed", "admin", "Contracts outlive projects.", at=at)
    number = write(cast.small.organisation, cast.small.cell("FIN-1", "PM", "", "A"), author=author).revision.number
    fitting = {
        "about": "fin-1",
        "q": "outlive",
        "by": "ed",
        "door": "admin",
        "since": "2026-03-01",
        "until": "2026-03-01",
    }
    page = cast.client("bob").get(cast.url("history/"), fitting)
    assert [one.revision.number for one in page.context["told"]] == [number]
    assert '<span class="found quiet small" role="status">1 found</span>' in page.content.decode()
    others = {
        "about": "ven-1",
        "q": "x",
        "by": "tester",
        "door": "command",
        "since": "2026-03-02",
        "until": "2026-02-28",
    }
    for name, value in others.items():
        assert numbers(cast, **{**fitting, name: value}) == [], name


def test_the_revisions_of_a_day_stand_under_its_date(cast):
    for day, letter in ((1, "A"), (1, "R"), (3, "C")):
        author = Author("Ed", "workspace", at=datetime(2027, 3, day, 12, letter == "R", tzinfo=UTC))
        before = load_matrix(cast.small.matrix).letters(cast.small.duties["FIN-1"], cast.small.roles["PM"])
        write(cast.small.organisation, cast.small.cell("FIN-1", "PM", before, letter), author=author)
    page = cast.client("bob").get(cast.url("history/"), {"by": "Ed"}).content.decode()
    assert page.count('class="day"') == 2
    assert page.index("Wednesday, 3 March 2027") < page.index("Monday, 1 March 2027")


def test_names_in_sentences_are_text_and_nothing_else(cast):
    where = Address(Kind.DUTY, "", cast.small.duties["FIN-1"])
    evil = Change(where, "title", "Do what FIN-1 says", "<script>1</script>")
    write(cast.small.organisation, evil)
    page = cast.client("bob").get(cast.url("history/")).content.decode()
    assert "<script>1" not in page
    assert "to “&lt;script&gt;1&lt;/script&gt;”" in page


def test_undo_takes_a_revision_back_and_says_so(cast):
    number = cast.small.set("FIN-1", "PM", "", "A").revision.number
    answer = cast.client("ed").post(cast.url(f"history/{number}/undo/"), follow=True)
    assert letters(cast) == ""
    assert f"Revision {number} is taken back" in answer.content.decode()


def test_undo_of_what_was_changed_since_shows_both_and_writes_nothing(cast):
    number = cast.small.set("FIN-1", "PM", "", "A").revision.number
    cast.small.set("FIN-1", "PM", "A", "C")
    answer = cast.client("ed").post(cast.url(f"history/{number}/undo/"))
    assert answer.status_code == 409
    assert "now there is <b>C</b>" in answer.content.decode()
    assert letters(cast) == "C"


def test_a_reader_finds_no_way_to_undo(cast):
    assert "/undo/" not in cast.client("bob").get(cast.url("history/")).content.decode()


def test_one_revision_stands_on_a_page_of_its_own(cast):
    number = cast.small.set("FIN-1", "PM", "", "A").revision.number
    page = cast.client("bob").get(cast.url(f"history/{number}/")).content.decode()
    assert f'Gave IT Project Manager A for <a href="{cast.duty_url("FIN-1")}">FIN-1' in page
    assert f"?as_of={number}" in page
    assert f"compare/?from={number - 1}&amp;to={number}" in page
    assert cast.client("bob").get(cast.url("history/9999/")).status_code == 404


def test_queries_do_not_grow_with_revisions(cast):
    client = cast.client("ed")

    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(cast.url("history/"))
        return len(captured)

    cast.small.set("FIN-1", "PM", "", "A")
    few = count()
    for before, after in (("A", "R"), ("R", "C"), ("C", "I"), ("I", "A"), ("A", "")):
        cast.small.set("FIN-1", "PM", before, after)
    assert count() == few
