"""The page of two moments side by side."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raci.domain.change import Address, Change
from raci.domain.records import Kind
from tests.factories import write


def page(cast, who="bob", **asked):
    return cast.client(who).get(cast.url(f"matrices/{cast.small.matrix_key}/compare/"), asked)


def latest(cast):
    return cast.small.organisation.revisions.latest("number").number


def test_letters_stand_side_by_side_and_what_became_of_them_in_words(cast):
    cast.small.set("FIN-1", "PM", "", "A")
    before = latest(cast)
    cast.small.set("FIN-1", "PM", "A", "C")
    cast.small.set("FIN-1", "ITM", "", "A/R")
    text = page(cast, **{"from": before}).content.decode()
    assert text.index(">Accountable<") < text.index(">Consulted<")
    assert '<span aria-hidden="true">≠</span> changed' in text
    assert '<span aria-hidden="true">+</span> 1 added' in text
    assert "Accountable and Responsible" in text
    assert f"Revision {before}<" in text
    assert f"Revision {latest(cast)}<" in text


def test_what_came_and_went_is_told_in_sentences(cast):
    before = latest(cast)
    address = Address(Kind.GREY_AREA, cast.small.matrix_key, cast.contested)
    write(cast.small.organisation, Change(address, "status", "open", "decided"))
    text = page(cast, **{"from": before}).content.decode()
    assert "Settled the grey area VEN-1" in text
    assert '<span aria-hidden="true">✓</span> 1 settled' in text


def test_two_days_can_be_asked_for(cast):
    today = timezone.localdate().isoformat()
    cast.small.set("FIN-1", "PM", "", "A")
    answer = page(cast, **{"from": "2001-01-01", "to": today})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "The matrix was made in revision 1; it is compared from there." in text
    assert "by the end of" in text
    assert [cell.after for duty in answer.context["comparison"].duties for cell in duty.cells] == ["A"]


def test_where_nothing_changed_it_says_so(cast):
    number = latest(cast)
    text = page(cast, **{"from": number, "to": number}).content.decode()
    assert "Nothing changed" in text
    assert "<table" not in text


def test_a_revision_that_is_not_there_is_said_plainly(cast):
    answer = page(cast, **{"from": 9999})
    assert answer.status_code == 404
    assert "There is no revision 9999" in answer.content.decode()


def test_what_makes_no_sense_is_left_out(cast):
    assert page(cast, **{"from": "yesterday", "to": "-1", "page": "x"}).status_code == 200


def test_names_are_escaped(cast):
    address = Address(Kind.DUTY, "", cast.small.duties["FIN-1"])
    write(cast.small.organisation, Change(address, "title", "Do what FIN-1 says", "<script>x</script>"))
    text = page(cast, **{"from": 1}).content.decode()
    assert "&lt;script&gt;x" in text
    assert "<script>x" not in text


def test_queries_do_not_grow_with_differences(cast):
    cast.small.set("FIN-1", "PM", "", "A")
    client, url = cast.client("bob"), cast.url(f"matrices/{cast.small.matrix_key}/compare/?from=1")

    def count():
        client.get(url)  # reads the matrix into memory
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    few = count()
    for duty in cast.small.duties:
        cast.small.set(duty, "CIO", "", "I")
    assert count() == few
    assert few <= 25
