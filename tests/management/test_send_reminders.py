"""Sending reminders from the command line, as cron does."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from raci import models
from tests.factories import Small
from tests.services.test_digests import person, raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    made = Small()
    person(made, "cio", "CIO")
    raised(made, "VEN-1", decider="CIO", due_on=timezone.localdate() + timedelta(days=3))
    return made


def test_it_sends_and_says_how_many_and_the_second_time_none(small, capsys):
    person(small, "silent", "CIO", email="")
    call_command("send_reminders")
    assert capsys.readouterr().out == "1 sent.\n1 left out: without an address.\n"
    call_command("send_reminders")
    assert capsys.readouterr().out.startswith("0 sent, 1 had theirs already.\n")
    assert len(mail.outbox) == 1


def test_trying_it_out_says_who_would_get_what_and_writes_nothing(small, capsys):
    models.User.objects.update(language="de")
    call_command("send_reminders", dry_run=True)
    out = capsys.readouterr().out
    assert out.startswith("cio <cio@example.org>, de, things that wait: 1\n  Small · ")
    assert "VEN-1 Do what VEN-1 says" in out
    assert "1 would be sent; nothing was." in out
    assert (mail.outbox, models.Digest.objects.count()) == ([], 0)


def test_what_could_not_be_sent_is_told_with_exit_status_1(small, capsys, settings):
    settings.EMAIL_BACKEND = "tests.services.test_digests.Refusing"
    with pytest.raises(SystemExit) as stopped:
        call_command("send_reminders")
    assert stopped.value.code == 1
    told = capsys.readouterr()
    assert told.out == "0 sent.\n"
    assert "Not sent to cio <cio@example.org>: SMTPRecipientsRefused" in told.err
    assert models.Digest.objects.count() == 0


def test_a_site_without_a_mail_server_says_so_instead_of_pretending(small, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(CommandError, match="set EMAIL_HOST"):
        call_command("send_reminders")
    assert models.Digest.objects.count() == 0
    call_command("send_reminders", dry_run=True)


def test_days_are_not_negative(small):
    with pytest.raises(CommandError, match="0 or more"):
        call_command("send_reminders", days=-1)
