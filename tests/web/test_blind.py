"""What is marked in a blind round stays unread until it is revealed: looked for at every door.

Two worlds are compared that differ in nothing but what one person marked. Whatever somebody else can ask for must be
the same, letter by letter, in both: so nothing leaks, not even in other words.
"""

import io
import json
import logging
import re
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.core.signals import got_request_exception
from django.db import models as fields
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.debug import ExceptionReporter

from raci import models
from raci.services import marks
from tests.admin.test_permissions import ALL as ADMIN
from tests.blind import Blind
from tests.web.conftest import Cast
from tests.web.test_permissions import WORKSPACE, address

pytestmark = pytest.mark.django_db

SECRETS = ("Unmistakable-heron", "Unmistakable-otter")
# What differs from one answer to the next whatever anybody marked: tokens, keys of forms, numbers of exports, moments
# in files.
TOKEN = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]+"|name="draft" value="\w{12}"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
    rb"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?\S*"
)
LOOKUPS = ("marks__reason__contains=Unmistakable", "round__marks__value=mine", "rounds__marks__reason__startswith=U")


@pytest.fixture
def blind(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Blind:
    """A round in which pat and ida have marked everything. The clock stands still, so that files are the same."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    made = Blind(cast.small)
    cast.people |= {"pat": made.pat, "ida": made.ida}
    vars(cast)["round"] = made.round.key
    made.mark_all(PM="mine mine mine", ITM="mine mine mine")
    world(made, 0)
    return made


def world(blind: Blind, number: int) -> None:
    """Let ida have marked one thing or another, always as many rows."""
    value = ("mine", "nobody")[number]
    models.Mark.objects.filter(user=blind.ida).update(value=value, reason=SECRETS[number])


def workspace(cast: Cast) -> list[str]:
    """Every address of the workspace, exports in every form, and the lists with look-ups through the marks."""
    found = [address(name, cast) for name in WORKSPACE if name != "home"]
    files = [url.replace(".csv", f".{kind}") for url in found if ".csv" in url for kind in ("xlsx",)]
    return [*found, *files, *(f"{cast.url(page)}?{LOOKUPS[0]}" for page in ("grey-areas/", "history/", "rounds/"))]


def administration() -> Iterator[str]:
    """Every address of the administration, for every record that is there, up to a few of each kind."""
    for name, parts in ADMIN:
        model = next((one for one in admin.site._registry if f"_{one._meta.model_name}_" in f"_{name}_"), None)
        keys = list(model._default_manager.values_list("pk", flat=True)[:3]) if model else [1]
        for key in keys if parts else [0]:
            try:
                yield reverse(f"admin:{name}", kwargs={part: _filled(part, key) for part in parts})
            except NoReverseMatch:
                continue
    for model in admin.site._registry:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        yield from (f"{url}?{lookup}" for lookup in LOOKUPS)


def _filled(part: str, key: Any) -> Any:
    return {"app_label": "raci", "kind": "csv"}.get(part, key)


def asked(client: Client, method: str, url: str, data: dict[str, Any] | None = None) -> bytes:
    """The answer with its headers, without what differs each time; whatever it wrote is taken back."""
    client.cookies.pop("messages", None)
    with transaction.atomic():
        answer = getattr(client, method)(url, data or {})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b"".join(parts.read(name) for name in sorted(parts.namelist()))
    told = [str(one) for one in get_messages(answer.wsgi_request)]
    head = f"{answer.status_code} {answer.headers.get('Location', '')} {told}"
    return TOKEN.sub(b"", head.encode() + body)


def differences(client: Client, blind: Blind, method: str, urls: list[str]) -> list[str]:
    """The addresses whose answers betray what ida marked."""
    found = []
    for url in urls:
        answers = []
        for number in (0, 1):
            world(blind, number)
            answers.append(asked(client, method, url))
        if answers[0] != answers[1] or any(secret.encode() in one for secret in SECRETS for one in answers):
            found.append(f"{method} {url}")
    return found


def test_the_walk_sees_what_is_there_to_see(cast, blind):
    """Ida's own page does differ, and a round that is revealed does for everybody: so the walk is no idle one."""
    mine = address("marking", cast)
    assert differences(cast.client("ida"), blind, "get", [mine]) == [f"get {mine}"]
    blind.reveal()
    page = address("round", cast)
    assert differences(cast.client("bob"), blind, "get", [page]) == [f"get {page}"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("visitor", "state"), [*((name, "open") for name in ("sue", "alice", "ed", "bob", "pat")), ("sue", "closed")]
)
def test_no_address_of_the_workspace_betrays_a_mark(cast, blind, visitor, state):
    if state == "closed":
        blind.close()
    assert differences(cast.client(visitor), blind, "get", workspace(cast)) == []


@pytest.mark.slow
@pytest.mark.parametrize("visitor", ["sue", "ed", "pat"])
def test_no_answer_to_something_sent_betrays_a_mark(cast, blind, visitor):
    assert differences(cast.client(visitor), blind, "post", workspace(cast)) == []


@pytest.mark.slow
@pytest.mark.parametrize("visitor", ["sue", "alice"])
def test_no_address_of_the_administration_betrays_a_mark(cast, blind, visitor):
    urls = list(administration())
    assert len(urls) > 100
    assert differences(cast.client(visitor), blind, "get", urls) == []


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.label)
def test_what_would_be_deleted_with_a_record_betrays_no_mark(cast, blind, model):
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    data = {"action": "delete_selected", "_selected_action": list(model._default_manager.values_list("pk", flat=True))}
    answers = []
    for number in (0, 1):
        world(blind, number)
        answers.append(asked(cast.client("sue"), "post", url, data))
    assert answers[0] == answers[1]
    assert b"Unmistakable" not in answers[0]


def test_the_answer_to_a_mark_tells_of_nobody_elses(cast, blind):
    body = {"role": blind.small.roles["PM"], "duty": blind.small.duties["VEN-1"], "value": "theirs", "reason": ""}
    answers = []
    for number in (0, 1):
        world(blind, number)
        answer = cast.client("pat").post(address("mark", cast), json.dumps(body), content_type="application/json")
        answers.append((answer.status_code, answer.json()))
    assert answers == [(200, {"answered": 3, "of": 3})] * 2


@pytest.mark.parametrize("kind", ["csv", "md", "xlsx"])
def test_no_file_that_a_command_writes_holds_a_mark(cast, blind, tmp_path, kind):
    target = tmp_path / f"matrix.{kind}"
    call_command("export_matrix", "--organisation", "small", "--to", str(target), "--format", kind)
    written = target.read_bytes()
    if kind == "xlsx":
        with zipfile.ZipFile(target) as parts:
            written = b"".join(parts.read(name) for name in parts.namelist())
    assert b"VEN-1" in written
    assert b"Unmistakable" not in written


def test_no_command_prints_or_mails_a_mark(cast, blind, capsys, mailoutbox):
    call_command("send_reminders", "--days", "30")
    call_command("report_measures", "small", "--json")
    call_command("export_decisions", "small", "--format", "md")
    with suppress(SystemExit):  # it finds something
        call_command("lint_matrix", "--organisation", "small")
    call_command("verify_history")
    printed = capsys.readouterr()
    assert printed.out
    mailed = [
        f"{mail.subject} {mail.body} {mail.attachments} {getattr(mail, 'alternatives', '')}" for mail in mailoutbox
    ]
    assert mailed
    assert "Unmistakable" not in "".join([printed.out, printed.err, *mailed])


def test_no_other_table_of_the_database_holds_a_mark(cast, blind):
    """Marks are made through the pages; then every text of every table is looked at."""
    client = cast.client("ida")
    fill = {f"mark-{duty}": "mine" for duty in blind.round.duties}
    fill |= {f"reason-{duty}": SECRETS[0] for duty in blind.round.duties}
    assert client.post(address("marking", cast), {"role": blind.small.roles["ITM"], **fill}).status_code == 302
    for model in apps.get_models():
        if model is models.Mark:
            continue
        names = [one.attname for one in model._meta.concrete_fields if isinstance(one, TEXTS)]
        for row in model._default_manager.values_list(*names) if names else ():
            assert "Unmistakable" not in repr(row), model
    assert models.Mark.objects.filter(reason=SECRETS[0]).count() == 3
    assert LogEntry.objects.count() == 0


TEXTS = (fields.CharField, fields.TextField, fields.JSONField)


def test_what_is_logged_holds_no_mark(cast, blind, caplog):
    place = {"role": blind.small.roles["ITM"], "duty": blind.small.duties["VEN-1"]}
    client = cast.client("ida")
    with caplog.at_level(logging.DEBUG):
        for value in ("mine", "nonsense"):
            body = json.dumps({**place, "value": value, "reason": SECRETS[0]})
            client.post(address("mark", cast), body, content_type="application/json")
        client.post(address("marking", cast), {"role": place["role"], f"mark-{place['duty']}": SECRETS[0]})
    assert caplog.records
    assert "Unmistakable" not in caplog.text


@pytest.mark.parametrize("way", ["page", "script"])
def test_a_report_of_an_error_holds_no_mark(cast, blind, monkeypatch, settings, way):
    settings.DEBUG = False
    reports = []

    def report(sender: Any, request: Any, **_more: Any) -> None:
        reporter = ExceptionReporter(request, *sys.exc_info())
        reports.append(reporter.get_traceback_text() + reporter.get_traceback_html())

    def fail(*_given: Any, **_named: Any) -> None:
        raise RuntimeError("It broke.")

    monkeypatch.setattr(marks, "_write", fail)
    client = cast.client("ida")
    client.raise_request_exception = False
    got_request_exception.connect(report)
    try:
        role, duty = blind.small.roles["ITM"], blind.small.duties["VEN-1"]
        if way == "page":
            client.post(address("marking", cast), {"role": role, f"mark-{duty}": "shared", f"reason-{duty}": "Heron."})
        else:
            body = json.dumps({"role": role, "duty": duty, "value": "shared", "reason": "Heron."})
            client.post(address("mark", cast), body, content_type="application/json")
    finally:
        got_request_exception.disconnect(report)
    assert len(reports) == 1
    assert "It broke." in reports[0]
    assert "Heron" not in reports[0]
