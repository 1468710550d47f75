"""The way of one person: what the page says, assessing, letting in, planning, files."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from raci import models
from raci.domain.competence import Competency, Requirement
from raci.domain.gaps import Gap
from raci.domain.records import Holding, Kind
from raci.models.base import new_key
from raci.services import private
from raci.web.charts_levels import level_chart
from raci.web.views.plan import later
from tests.factories import create, write
from tests.web.paths import let_in, path_of, towards

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(cast):
    return path_of(cast)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_page_says_vector_g_1(cast, path):
    answer = cast.client("connie").get(towards(cast))
    page = answer.context["page"]
    assert page.towards.gaps.total == 9
    assert page.readiness == "71 %"
    assert [path.small.organisation.slug, len(page.towards.gaps.blockers)] == ["small", 2]
    told = text(answer)
    assert "Competency 3 is essential, and 3 levels are missing." in told
    assert "No competency answers to the skill" in told
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_what_nobody_assessed_is_unknown_and_blocks(cast, path):
    private.put_assessments(confidence=path.own, given={path.competencies["CMP-3"]: None}, day=date(2026, 3, 1))
    page = cast.client("connie").get(towards(cast)).context["page"]
    assert (page.readiness, page.towards.gaps.items[path.competencies["CMP-3"]].gap) == ("76.9 %", None)
    assert "nobody has assessed it" in page.towards.notes[1].says


def test_two_who_lie_far_apart_are_told(cast, path):
    path.assess(let_in(cast, "alice", assesses=True), CMP_2=2)
    answer = cast.client("connie").get(towards(cast))
    assert "Those who assessed Competency 2 lie 2 levels apart." in text(answer)
    assert answer.context["page"].towards.gaps.items[path.competencies["CMP-2"]].assessed == 2  # the lower: essential


def test_the_boss_assesses_what_the_person_lets_them(cast, path):
    url, key = towards(cast, "assess/"), path.competencies["CMP-1"]
    client, sent = cast.client("alice"), {f"level-{key}": "2", f"evidence-{key}": "I saw it.", "day": "2026-03-02"}
    assert client.post(url, sent).status_code == 404
    let_in(cast, "alice")
    assert client.get(towards(cast)).status_code == 200
    assert client.post(url, sent).status_code == 302
    assert len(private.opinions(path.own)) == 6
    let_in(cast, "alice", assesses=True)
    assert client.post(url, sent).status_code == 302
    (found,) = (one for one in private.opinions(path.own) if not one.is_own)
    assert (found.level, found.evidence, found.assessed_on) == (2, "I saw it.", date(2026, 3, 2))
    page = text(cast.client("connie").get(url))
    assert "How others see it" in page and "I saw it." in page
    remove = cast.url(f"people/{path.person.key}/assessments/{found.id}/")
    assert cast.client("connie").post(remove, {"role": cast.small.roles["ITM"]}).status_code == 302
    assert all(one.is_own for one in private.opinions(path.own))


@pytest.mark.parametrize("day", ["", "2999-01-01"])
def test_a_day_to_come_is_refused_and_nothing_typed_is_lost(cast, path, day):
    key = path.competencies["CMP-1"]
    answer = cast.client("connie").post(
        towards(cast, "assess/"), {f"level-{key}": "5", f"evidence-{key}": "A talk.", "day": day}
    )
    assert answer.status_code == 422
    assert "A talk." in text(answer)


def test_a_reader_sees_their_own_way_but_changes_nothing(cast, path):
    models.Membership.objects.filter(user=path.user).update(level="reader")
    assert cast.client("connie").get(towards(cast)).status_code == 200
    for rest in ("assess/", "plan/new/"):
        assert cast.client("connie").get(towards(cast, rest)).status_code == 403


def test_who_is_no_member_any_more_sees_nothing(cast, path):
    let_in(cast, "bob")
    models.Membership.objects.filter(user=cast.people["bob"]).delete()
    assert cast.client("bob").get(towards(cast)).status_code == 404


def test_letting_in_and_taking_back(cast, path):
    url, bob = cast.url(f"people/{path.person.key}/confidants/"), cast.people["bob"]
    client = cast.client("connie")
    assert client.post(url, {"user": bob.pk, "assesses": "on"}).status_code == 302
    assert "Bob" in text(client.get(url))
    assert "Pia Planner" in text(cast.client("bob").get(cast.url("my-path/")))
    assert client.post(url, {"user": cast.people["charlie"].pk}).status_code == 422
    assert client.post(url, {"user": bob.pk, "action": "take_back"}).status_code == 302
    assert "Pia Planner" not in text(cast.client("bob").get(cast.url("my-path/")))


def test_my_path_offers_roles_that_require_something_and_says_where_somebody_is_not_on_record(cast, path):
    page = text(cast.client("connie").get(cast.url("my-path/")))
    assert "IT Manager" in page and "Chief Information Officer" not in page
    assert "You are not on record as a person here" in text(cast.client("bob").get(cast.url("my-path/")))


def test_the_routes_stand_in_the_order_in_which_they_close_most(cast, path):
    page = cast.client("connie").get(towards(cast)).context["page"]
    assert [way.route.name for way in page.towards.suggested] == ["Lead a team"]  # the other is planned
    assert page.towards.suggested[0].frees == (path.competencies["CMP-3"],)
    assert page.expected_readiness == "74.2 %"  # 23 of 31


def test_a_step_is_planned_done_changed_and_taken_out(cast, path):
    client, route = cast.client("connie"), path.routes["lead"]
    form = client.get(towards(cast, f"plan/new/?route={route}")).context["form"]
    begins = form.initial["starts_on"]
    assert (form.initial["route"], form.initial["ends_on"]) == (route, later(begins, 12))
    sent = {"route": route, "starts_on": "2027-01-01", "ends_on": "2027-12-31", "note": "As deputy."}
    assert client.post(towards(cast, "plan/new/"), sent).status_code == 302
    step = next(one for one in private.steps(path.own) if one.route == route)
    url = towards(cast, f"plan/{step.key}/")
    assert client.post(url, {**sent, "ends_on": "2026-01-01"}).status_code == 422
    assert client.post(url, {**sent, "ends_on": "2028-01-31"}).status_code == 302
    assert client.post(url, {"action": "done"}).status_code == 302
    done = next(one for one in private.steps(path.own) if one.key == step.key)
    assert (done.ends_on, done.done_on is not None, done.note) == (date(2028, 1, 31), True, "As deputy.")
    # What is done counts once it is assessed: nothing more is expected of it.
    assert client.get(towards(cast)).context["page"].expected_readiness == "74.2 %"
    assert client.post(url, {"action": "undone"}).status_code == 302
    assert client.get(towards(cast)).context["page"].expected_readiness == "80.6 %"  # 25 of 31
    assert client.post(url, {"action": "remove"}).status_code == 302
    assert client.post(url, {"action": "remove"}).status_code == 404


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 25), 24, date(2028, 11, 25)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_months_later(day, months, expected):
    assert later(day, months) == expected


def test_the_reverse_view_starts_from_the_role_that_is_held(cast, path):
    small = cast.small
    assert cast.client("connie").get(towards(cast)).context["page"].start is None
    write(small.organisation, create(Kind.HOLDING, Holding(path.person.key), small.roles["PM"], other=new_key()))
    small.set("FIN-1", "ITM", "", "A/R")
    page = cast.client("connie").get(towards(cast)).context["page"]
    assert page.start.key == small.roles["PM"]
    assert [row.duty.code for row in page.turned[0].gained] == ["FIN-1"]
    other = cast.client("connie").get(towards(cast, f"?from={small.roles['CIO']}")).context["page"]
    assert other.start.key == small.roles["CIO"]


def test_the_plan_is_handed_out_to_the_person_alone(cast, path):
    let_in(cast, "bob", assesses=True)
    client = cast.client("connie")
    markdown = client.get(towards(cast, "plan.md")).content.decode()
    for said in (
        "# Pia Planner on the way to IT Manager",
        "**Readiness:** 71 %",
        "| 2026-03-01 | 2026-09-01 | Study |",
    ):
        assert said in markdown
    book = load_workbook(io.BytesIO(client.get(towards(cast, "plan.xlsx")).content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:4] == ("From", "Until", "Development route", "Expected gain")
    assert rows[1][2:6] == ("Study", "CMP-1 +1", "900 EUR", 6)
    about = dict(list(book.worksheets[1].iter_rows(values_only=True)))
    assert about["Readiness"] == "71 %"
    assert about["CMP-3 Competency 3"] == "required 5, assessed 2, gap 3"
    assert cast.client("bob").get(towards(cast, "plan.md")).status_code == 404
    assert client.get(towards(cast, "plan.csv")).status_code == 404


def test_a_requirement_that_cannot_be_is_told_and_not_counted(cast, path):
    models.Competency.objects.filter(key=path.competencies["CMP-1"]).update(lowest=6)
    models.Organisation.objects.filter(slug="small").update(head="other")  # what is in memory is read anew
    page = cast.client("connie").get(towards(cast)).context["page"]
    assert page.towards.notes[0].says == "Competency 1 begins at level 6: level 5 cannot be required."
    assert len(page.towards.gaps.items) == 5


def test_the_page_takes_as_many_queries_for_many_requirements_as_for_few(cast, path):
    client = cast.client("connie")
    client.get(towards(cast))
    with CaptureQueriesContext(connection) as few:
        client.get(towards(cast))
    keys = [new_key() for _ in range(12)]
    many = [create(Kind.COMPETENCY, Competency(f"M-{key}", key), key) for key in keys]
    asked = [create(Kind.REQUIREMENT, Requirement(3), cast.small.roles["ITM"], other=key) for key in keys]
    write(cast.small.organisation, *many, *asked)
    given = {key: private.Given(2) for key in keys}
    private.put_assessments(confidence=path.own, given=given, day=date(2026, 3, 1))
    client.get(towards(cast))  # reads what changed into memory
    with CaptureQueriesContext(connection) as more:
        client.get(towards(cast))
    assert len(more) == len(few)


def test_the_chart_shows_reached_missing_beyond_and_unknown():
    rows = [("a", "", Gap(4, levels=(3,))), ("b", "", Gap(4, levels=(5,))), ("c", "", Gap(2))]
    chart = level_chart(rows)
    assert [[(part.style, part.x, part.width) for part in line.parts] for line in chart.lines] == [
        [("reached", "0.00%", "60.00%"), ("missing", "60.00%", "20.00%")],
        [("reached", "0.00%", "80.00%"), ("beyond", "80.00%", "20.00%")],
        [("unknown", "0.00%", "40.00%")],
    ]
    assert [line.mark_x for line in chart.lines] == ["80.00%", "80.00%", "40.00%"]
    assert level_chart([]).lines == ()
