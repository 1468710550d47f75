"""What is private to a person stays unseen: two worlds that differ in one assessment look the same to everybody else.

The smaller sister of `test_blind`: the pages on which it could show, lists and files, the history, and the
administration with what it says would be deleted.
"""

import logging
import sys

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.signals import got_request_exception
from django.db import models as fields
from django.urls import reverse
from django.utils import timezone
from django.views.debug import ExceptionReporter

from raci import models
from raci.services import private
from tests.web.conftest import Cast
from tests.web.paths import DAY, let_in, path_of, towards
from tests.web.test_blind import asked
from tests.web.test_permissions import address

pytestmark = pytest.mark.django_db

# Not in the code near an error: a report quotes that.
EVIDENCE = "Led the move of a data centre."
SECRETS = ("Unmistakable-heron", "Unmistakable-otter")
OPEN_PAGES = (
    "overview",
    "my_path",
    "competencies",
    "competency",
    "routes",
    "route",
    "role",
    "role_skills",
    "from_role",
)
LISTS = ("roles", "history", "findings", "measures", "revision")
FILES = ("competencies_export", "routes_export", "roles_export", "history_export")
PRIVATE_PAGES = ("towards", "assess_person", "whom_i_let_in", "step_new", "step", "plan_export")
PAGES = (*OPEN_PAGES, *LISTS, *FILES, *PRIVATE_PAGES)
LOOKUPS = ("assessments__evidence__contains=Unmistakable", "people__assessments__level=1", "confidences__isnull=False")


@pytest.fixture
def blind(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Connie on her way to IT manager. The clock stands still, so that files are the same."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    path_of(cast)
    world(cast, 0)
    return cast


def world(cast: Cast, number: int) -> None:
    """Let connie have assessed herself in one way or another; in the second she has let somebody in as well."""
    path = path_of(cast)
    given = {path.competencies["CMP-1"]: private.Given((3, 6)[number], SECRETS[number])}
    private.put_assessments(confidence=path.own, given=given, day=DAY)
    if number:
        path.assess(CMP_2=6)
        private.allow(confidence=path.own, user=cast.people["audrey"].pk, assesses=True, day=DAY)
        path.step("lead", key="more", note=SECRETS[number])
    else:
        private.put_assessments(confidence=path.own, given={path.competencies["CMP-2"]: None}, day=DAY)
        private.take_back(confidence=path.own, user=cast.people["audrey"].pk)
        private.remove_step(confidence=path.own, key="more")


def differences(cast: Cast, visitor: str, urls: list[str], method: str = "get") -> list[str]:
    """The addresses whose answers betray which world it is."""
    client, answers = cast.client(visitor), []
    for number in (0, 1):
        world(cast, number)
        answers.append([asked(client, method, url) for url in urls])
    betrayed = [
        any(secret.encode() in one for secret in SECRETS for one in pair) for pair in zip(*answers, strict=True)
    ]
    return [url for url, one, other, told in zip(urls, *answers, betrayed, strict=True) if one != other or told]


def workspace(cast: Cast) -> list[str]:
    found = [address(name, cast) for name in PAGES]
    return [*found, *(f"{cast.url(page)}?{LOOKUPS[0]}" for page in ("competencies/", "roles/", "history/"))]


def administration() -> list[str]:
    """The index, every list with look-ups through what is private, and what would be deleted with accounts."""
    found = [reverse("admin:index")]
    for model in admin.site._registry:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        found += [url, *(f"{url}?{lookup}" for lookup in LOOKUPS)]
    found += [reverse("admin:raci_user_delete", args=[user.pk]) for user in models.User.objects.all()]
    found += [reverse("admin:raci_organisation_change", args=[models.Organisation.objects.get(slug="small").pk])]
    return found


def test_the_walk_sees_what_is_there_to_see(blind):
    mine = towards(blind)
    assert differences(blind, "connie", [mine]) == [mine]


@pytest.mark.parametrize("visitor", ["sue", "alice", "ed"])
def test_no_page_betrays_an_assessment(blind, visitor):
    assert differences(blind, visitor, workspace(blind)) == []


def test_no_answer_to_something_sent_betrays_an_assessment(blind):
    assert differences(blind, "sue", workspace(blind), "post") == []


@pytest.mark.parametrize("visitor", ["sue", "alice"])
def test_no_page_of_the_administration_betrays_an_assessment(blind, visitor):
    assert differences(blind, visitor, administration()) == []


def test_what_would_be_deleted_with_accounts_betrays_nothing(blind):
    url, answers = reverse("admin:raci_user_changelist"), []
    accounts = [blind.people[name].pk for name in ("connie", "audrey", "bob")]
    data = {"action": "delete_selected", "_selected_action": accounts}
    for number in (0, 1):
        world(blind, number)
        answers.append(asked(blind.client("sue"), "post", url, data))
    assert b"Connie" in answers[0]
    assert answers[0] == answers[1]
    assert b"ssessment" not in answers[0]


def test_a_confidant_sees_it_and_nobody_elses_confidants(blind):
    let_in(blind, "bob")
    page = blind.client("bob").get(towards(blind)).content.decode()
    assert "Connie" in page or "Pia Planner" in page
    assert "Whom I let in" not in page
    assert blind.client("bob").get(blind.url(f"people/{path_of(blind).person.key}/confidants/")).status_code == 404


def test_no_other_table_of_the_database_holds_it(blind):
    path = path_of(blind)
    data = {f"level-{path.competencies['CMP-1']}": "3", f"evidence-{path.competencies['CMP-1']}": SECRETS[1]}
    assert blind.client("connie").post(towards(blind, "assess/"), {**data, "day": "2026-03-02"}).status_code == 302
    own = {"Assessment", "Confidant", "PlanStep"}
    texts = (fields.CharField, fields.TextField, fields.JSONField)
    for model in apps.get_models():
        names = [one.attname for one in model._meta.concrete_fields if isinstance(one, texts)]
        if model.__name__ not in own and names:
            assert "Unmistakable" not in repr(list(model._default_manager.values_list(*names))), model
    assert models.Assessment.objects.filter(evidence=SECRETS[1]).count() == 1
    assert LogEntry.objects.count() == 0


def test_what_is_logged_and_reported_holds_none_of_it(blind, caplog, monkeypatch, settings):
    settings.DEBUG = False
    reports, client, path = [], blind.client("connie"), path_of(blind)
    client.raise_request_exception = False

    def report(sender, request, **_more):
        reporter = ExceptionReporter(request, *sys.exc_info())
        reports.append(reporter.get_traceback_text() + reporter.get_traceback_html())

    def fail(*_given, **_named):
        raise RuntimeError("It broke.")

    monkeypatch.setattr(private, "_write", fail)
    got_request_exception.connect(report)
    data = {f"level-{path.competencies['CMP-1']}": "4", f"evidence-{path.competencies['CMP-1']}": EVIDENCE}
    try:
        with caplog.at_level(logging.DEBUG):
            client.post(towards(blind, "assess/"), {**data, "day": "2026-03-02"})
    finally:
        got_request_exception.disconnect(report)
    assert len(reports) == 1
    assert "It broke." in reports[0]
    assert EVIDENCE not in reports[0] + caplog.text
