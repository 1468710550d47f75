"""The overview: what is undecided, clean, carried, changed, and what waits for the visitor."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Column, Duty, GreyArea, Kind, Row, Sheet
from raci.models.base import new_key
from raci.services.comments import remove_comment, resolve_comment, write_comment
from raci.services.door import Author, undo
from tests.factories import TESTER, create, write
from tests.web.conftest import Cast


def glance(cast: Cast, visitor: str = "bob"):
    return cast.client(visitor).get(cast.url()).context["glance"]


def page(cast: Cast, visitor: str = "bob", rest: str = "") -> str:
    return " ".join(cast.client(visitor).get(cast.url(rest)).content.decode().split())


def stand(cast: Cast, name: str, *codes: str) -> None:
    member = models.Membership.objects.get(user=cast.people[name])
    member.stands_for.set(models.Role.objects.filter(key__in=[cast.small.roles[code] for code in codes]))


def raise_open(cast: Cast, duty: str, days: int) -> None:
    small = cast.small
    raised = GreyArea(small.duties[duty], raised_on=timezone.localdate() - timedelta(days=days))
    write(small.organisation, create(Kind.GREY_AREA, raised, new_key(), matrix=small.matrix_key))


def test_what_is_undecided_is_counted_by_who_claims_it(cast):
    undecided = glance(cast).undecided
    assert (undecided.total, undecided.contested, undecided.claimed, undecided.unclaimed) == (2, 1, 0, 1)
    text = page(cast)
    assert "<strong>1</strong> claimed by several" in text
    assert "<strong>1</strong> claimed by nobody" in text


@pytest.mark.parametrize(("days", "bucket"), [(0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3)])
def test_ages_fall_into_buckets_by_area(cast, days, bucket):
    raise_open(cast, "FIN-1", days)
    *_vendors, other = glance(cast).undecided.ages
    assert (other.name, other.key) == ("Other duties", "")
    assert other.counts == tuple(int(place == bucket) for place in range(4))


def test_clean_rows_are_shared_out_by_matrix_and_an_empty_one_is_never_clean(cast):
    small = cast.small
    key = new_key()
    write(small.organisation, create(Kind.SHEET, Sheet("Bare", "projects"), key))
    cast.small.set("FIN-1", "ITM", "", "A/R")
    cast.small.set("FIN-1", "PM", "", "C")
    found = glance(cast)
    assert [(card.matrix.title, card.health.percent) for card in found.cards] == [("Bare", None), ("Projects", 33)]
    assert found.clean_percent == 33
    assert "no rows yet" in page(cast)


def test_an_organisation_whose_matrices_have_no_rows_is_not_called_clean(cast):
    write(cast.other.organisation, *(_removal(cast, code) for code in cast.other.duties))
    text = " ".join(cast.client("charlie").get("/o/other/").content.decode().split())
    assert "Nothing to judge yet" in text
    assert "Nothing to find fault with" not in text
    assert "100 %" not in text


def _removal(cast: Cast, code: str) -> Change:
    other = cast.other
    row = models.MatrixRow.objects.get(matrix__key=other.matrix_key, duty__key=other.duties[code])
    fields = {"position": row.position, "applies": True, "reason": ""}
    return Change(Address(Kind.ROW, other.matrix_key, other.duties[code]), "", fields, None)


def test_findings_lead_to_the_rows_of_their_rule(cast):
    cast.small.set("FIN-1", "PM", "", "A/R")
    cast.small.set("FIN-1", "ITM", "", "A")
    text = page(cast)
    assert f'href="/o/small/matrices/{cast.small.matrix_key}/?findings=R02">Projects: 1</a>' in text


def test_the_workload_of_each_role_leads_to_its_rows(cast):
    cast.small.set("FIN-1", "ITM", "", "A/R")
    first = glance(cast).burden.workloads[0]
    assert (first.name, first.owns, first.does) == ("IT Manager", 1, 1)
    assert f"/o/small/matrices/{cast.small.matrix_key}/?role={cast.small.roles['ITM']}" in page(cast)


def test_changes_are_counted_on_their_day(cast):
    ago = Author(TESTER.name, TESTER.door, at=timezone.now() - timedelta(days=9))
    before = glance(cast).lately
    write(cast.small.organisation, cast.small.cell("FIN-1", "PM", "", "A/R"), author=ago)
    write(cast.small.organisation, cast.small.cell("FIN-1", "ITM", "", "C"), cast.small.cell("FIN-1", "CIO", "", "I"))
    lately = glance(cast).lately
    assert len(lately.days) == 14
    assert [day.cells for day in lately.days if day.cells] == [1, 2]
    assert (lately.days[-10].cells, lately.days[-1].cells) == (1, 2)
    assert lately.cells_this_week == 2
    assert lately.revisions_this_week == before.revisions_this_week + 1


def test_what_is_older_than_two_weeks_is_no_change_of_late(cast):
    ago = Author(TESTER.name, TESTER.door, at=timezone.now() - timedelta(days=14))
    write(cast.small.organisation, cast.small.cell("FIN-1", "PM", "", "A/R"), author=ago)
    assert sum(day.cells for day in glance(cast).lately.days) == 0


def test_every_chart_has_a_name_a_description_and_a_table(cast):
    cast.small.set("FIN-1", "ITM", "", "A/R")
    text = page(cast)
    assert text.count('role="img"') == text.count("<desc ") == text.count("<title id=") == 4
    assert text.count('class="as-table"') == 3
    assert "style=" not in text


def test_a_grey_area_waits_for_the_role_that_decides_it(cast):
    stand(cast, "bob", "CIO")
    waits = cast.client("bob").get(cast.url()).context["waits"]
    assert [item.code for item in waits.to_decide] == ["VEN-1"]
    assert waits.to_claim == ()
    text = page(cast)
    assert text.index('id="waiting"') < text.index("rows clean")
    assert '<span class="count">1<span class="visually-hidden"> to decide or to claim' in page(cast, rest="duties/")


def test_a_grey_area_waits_for_the_claim_that_a_role_of_its_pair_has_not_made(cast):
    stand(cast, "connie", "ITM")
    waits = cast.client("connie").get(cast.url()).context["waits"]
    assert [item.code for item in waits.to_claim] == ["VEN-2"]  # VEN-1 it claims already
    assert f"/o/small/grey-areas/{cast.open}/claim/" in page(cast, "connie")


def test_no_claim_waits_for_who_may_make_none_or_whose_role_has_no_column(cast):
    stand(cast, "bob", "ITM")
    assert cast.client("bob").get(cast.url()).context["waits"].total == 0
    stand(cast, "connie", "ITM")
    small = cast.small
    column = models.MatrixColumn.objects.get(matrix__key=small.matrix_key, role__key=small.roles["ITM"])
    gone = Change(Address(Kind.COLUMN, small.matrix_key, small.roles["ITM"]), "", {"position": column.position}, None)
    write(small.organisation, gone)
    assert cast.client("connie").get(cast.url()).context["waits"].total == 0


def test_an_error_waits_for_the_role_that_is_accountable_for_its_row(cast):
    cast.small.set("FIN-1", "PM", "", "A/R")
    cast.small.set("FIN-1", "ITM", "", "A")
    stand(cast, "bob", "ITM")
    assert [fault.code for fault in glance(cast).faults] == ["FIN-1"]
    stand(cast, "bob", "CIO")
    assert glance(cast).faults == []


def test_an_error_on_a_row_with_an_open_grey_area_leads_there(cast):
    for duty in ("FIN-1", "VEN-1"):
        for role in ("PM", "ITM"):
            cast.small.set(duty, role, "", "A")
    stand(cast, "bob", "ITM")
    answer = cast.client("bob").get(cast.url())
    waiting = answer.content.decode().partition("To put right")[2].partition("</ul>")[0]
    assert set(re.findall(r'<a href="([^"]*)"><span class="code">([^<]*)', waiting)) == {
        (cast.url(f"grey-areas/{cast.contested}/"), "VEN-1"),
        (cast.assign_url("FIN-1"), "FIN-1"),
    }


# --- Comments that wait


def say(cast: Cast, name: str, duty: str = "VEN-1", role: str = "", text: str = "Is this so?") -> str:
    """Let somebody comment on a row or cell; return the key of the comment."""
    small = cast.small
    where = {"duty": small.duties[duty], "role": small.roles.get(role, "")}
    author = Author.of(cast.people[name], "workspace")
    assert write_comment(matrix=small.matrix, text=text, author=author, **where).ok
    return models.Comment.objects.latest("pk").key


def waiting_texts(cast: Cast, visitor: str = "connie") -> list[str]:
    return [item.comment.text for item in glance(cast, visitor).unanswered]


def test_a_comment_on_a_cell_waits_for_its_role_and_for_no_other(cast):
    say(cast, "ed", "FIN-1", "ITM")
    assert waiting_texts(cast) == []
    stand(cast, "connie", "PM")
    assert waiting_texts(cast) == []
    stand(cast, "connie", "ITM")
    assert waiting_texts(cast) == ["Is this so?"]
    text = page(cast, "connie")
    row = f"/o/small/matrices/{cast.small.matrix_key}/rows/{cast.small.duties['FIN-1']}/"
    assert f'href="{row}#comments"' in text
    assert "“Is this so?”" in text
    assert "Ed · Projects · IT Manager" in text
    assert text.index("To answer") < text.index("rows clean")
    assert 'id="comments"' in cast.client("connie").get(row).content.decode()


@pytest.mark.parametrize(
    ("duty", "role", "waits_for_it"),
    [
        ("VEN-1", "PM", True),  # claims it
        ("VEN-1", "CIO", False),  # is to decide it, and neither answers for it nor claims it
        ("FIN-1", "PM", True),  # answers for it
        ("FIN-1", "ITM", False),  # is consulted
        ("VEN-2", "PM", False),  # could claim it, and has not
    ],
)
def test_a_comment_on_a_row_waits_for_who_answers_for_it_or_claims_it(cast, duty, role, waits_for_it):
    cast.small.set("FIN-1", "PM", "", "A/R")
    cast.small.set("FIN-1", "ITM", "", "C")
    stand(cast, "connie", role)
    say(cast, "ed", duty)
    assert bool(waiting_texts(cast)) is waits_for_it


def test_an_answer_ends_the_wait_until_somebody_says_more(cast):
    stand(cast, "connie", "PM")
    say(cast, "ed", text="First.")
    say(cast, "ed", text="Second.")
    assert waiting_texts(cast) == ["Second.", "First."]
    say(cast, "connie", text="Answer.")
    assert waiting_texts(cast) == []
    say(cast, "ed", text="Third.")
    assert waiting_texts(cast) == ["Third."]


def test_an_answer_in_another_thread_ends_no_wait(cast):
    stand(cast, "connie", "PM")
    say(cast, "ed")
    say(cast, "connie", role="PM")
    say(cast, "connie", "VEN-2")
    assert waiting_texts(cast) == ["Is this so?"]


def test_who_wrote_in_a_thread_waits_for_what_is_said_there_whatever_their_role(cast):
    say(cast, "connie", "VEN-2", "CIO", "Mine.")
    assert waiting_texts(cast) == []
    say(cast, "ed", "VEN-2", "CIO", "More.")
    say(cast, "ed", "VEN-2", "PM", "Elsewhere.")
    assert waiting_texts(cast) == ["More."]
    assert waiting_texts(cast, "bob") == []
    assert "To answer" in page(cast, "connie")


def test_what_is_resolved_waits_no_longer_and_what_is_reopened_does(cast):
    stand(cast, "connie", "PM")
    key = say(cast, "ed")
    for resolved, expected in ((True, []), (False, ["Is this so?"])):
        resolve_comment(matrix=cast.small.matrix, key=key, resolved=resolved, author=TESTER)
        assert waiting_texts(cast) == expected


def test_who_takes_a_deletion_back_has_not_written_the_comment(cast):
    stand(cast, "connie", "PM")
    key = say(cast, "ed")
    remove_comment(matrix=cast.small.matrix, key=key, author=TESTER)
    number = models.Revision.objects.latest("number").number
    undo(organisation=cast.small.organisation, number=number, author=Author.of(cast.people["connie"], "workspace"))
    assert waiting_texts(cast) == ["Is this so?"]


def test_a_comment_on_a_row_that_has_gone_waits_for_nobody(cast):
    stand(cast, "connie", "ITM")
    say(cast, "ed", "FIN-1", "ITM")
    small = cast.small
    row = models.MatrixRow.objects.get(matrix__key=small.matrix_key, duty__key=small.duties["FIN-1"])
    fields = {"position": row.position, "applies": True, "reason": ""}
    write(small.organisation, Change(Address(Kind.ROW, small.matrix_key, small.duties["FIN-1"]), "", fields, None))
    assert waiting_texts(cast) == []


def test_more_than_six_comments_are_behind_a_line_that_says_how_many(cast):
    stand(cast, "connie", "PM")
    for number in range(8):
        say(cast, "ed", text=f"Number {number}.")
    text = page(cast, "connie")
    assert "See all, there are 8" in text
    assert text.index("“Number 7.”") < text.index("See all, there are 8") < text.index("“Number 0.”")


def test_who_stands_for_nothing_is_told_how_that_is_said(cast):
    text = page(cast)
    assert "It is not known for which role you stand" in text
    assert text.index("rows clean") < text.index('id="waiting"')
    assert "/admin/raci/membership/" not in text
    assert "/admin/raci/membership/" in page(cast, "alice")
    assert 'class="waits"' not in text


def test_who_stands_for_a_role_without_a_task_is_told_so(cast):
    stand(cast, "bob", "PM")
    assert "Nothing waits for you" in page(cast)


def test_what_waits_elsewhere_is_nobodys_business_here(cast):
    stand(cast, "bob", "CIO")
    models.Membership.objects.create(organisation=cast.other.organisation, user=cast.people["bob"], level="reader")
    waits = cast.client("bob").get("/o/other/").context["waits"]
    assert (waits.roles, waits.total) == ({}, 0)


def test_an_organisation_without_a_matrix_says_the_next_steps(cast):
    bare = models.Organisation.objects.create(slug="bare", name="Bare")
    for name, level in (("alice", "owner"), ("bob", "reader")):
        models.Membership.objects.create(organisation=bare, user=cast.people[name], level=level)
    owner = cast.client("alice").get("/o/bare/").content.decode()
    for said in ("Add the roles", "0 roles so far", "/admin/raci/duty/add/", "Or start from the template"):
        assert said in owner
    reader = cast.client("bob").get("/o/bare/").content.decode()
    assert "/admin/" not in reader
    assert "An owner of the organisation does this" in reader
    assert "/admin/raci/organisation/add/" in cast.client("sue").get("/o/bare/").content.decode()


def test_queries_grow_with_matrices_only(cast):
    stand(cast, "connie", "ITM", "CIO")
    client = cast.client("connie")

    def count() -> int:
        client.get(cast.url())
        with CaptureQueriesContext(connection) as captured:
            client.get(cast.url())
        return len(captured)

    few = count()
    small = cast.small
    duties = {f"X-{number}": new_key() for number in range(30)}
    mine = {"matrix": small.matrix_key}
    write(
        small.organisation,
        *(create(Kind.DUTY, Duty(code, "Do more", small.area), key) for code, key in duties.items()),
        *(create(Kind.ROW, Row(10), key, **mine) for key in duties.values()),
        *(create(Kind.GREY_AREA, GreyArea(key, raised_on=timezone.localdate()), new_key(), **mine)
          for key in duties.values()),
    )  # fmt: skip
    for number in range(12):
        say(cast, "ed" if number % 2 else "connie", "FIN-1", "ITM" if number % 3 else "")
    assert count() == few
    other = new_key()
    write(
        small.organisation,
        create(Kind.SHEET, Sheet("Second", "projects"), other),
        create(Kind.COLUMN, Column(1), small.roles["ITM"], matrix=other),
    )
    assert few < count() <= few + 3
