"""What every request passes: headers, its number, 503 for a busy database, the ends of a session."""

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from orgroles import health, middleware, urls
from orgroles.settings import SESSION_COOKIE_AGE, SESSION_IDLE_SECONDS


def locked(request):
    raise OperationalError("database is locked")


def mistaken(request):
    raise OperationalError("no such column: owner")


def write_session(request):
    request.session["x"] = 1
    return HttpResponse("written")


urlpatterns = [
    path("locked", locked),
    path("mistaken", mistaken),
    path("write-session", write_session),
    *urls.urlpatterns,
]


@pytest.fixture
def own_addresses(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("alice", "alice@example.org", "a long pass phrase")


@pytest.mark.usefixtures("own_addresses", "db")
class TestABusyDatabase:
    def test_it_is_answered_503_with_the_time_to_wait(self, client):
        response = client.get("/locked")
        assert response.status_code == 503
        assert response["Retry-After"] == "5"
        assert "Nothing of this request was saved" in response.content.decode()

    def test_it_is_answered_503_when_only_the_session_cannot_be_written(self, client, monkeypatch):
        def refuse(*arguments, **more):
            raise OperationalError("database is locked")

        monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.save", refuse)
        assert client.get("/write-session").status_code == 503

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has a class of its own for a wrong query")
    def test_a_wrong_query_stays_an_error(self):
        assert Client(raise_request_exception=False).get("/mistaken").status_code == 500


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/healthz", "/static/admin/css/base.css"])
def test_every_answer_has_the_headers(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in response
    assert len(response["X-Request-ID"]) == 12


class TestASession:
    def test_it_goes_on_while_it_is_used(self, client, user, monkeypatch):
        client.force_login(user)
        start = client.session["signed_in_at"]
        monkeypatch.setattr(middleware.time, "time", lambda: start + SESSION_IDLE_SECONDS - 1)
        assert client.get("/accounts/email/").status_code == 200
        assert client.session["seen_at"] == start + SESSION_IDLE_SECONDS - 1

    def test_it_is_not_written_at_every_request(self, client, user):
        client.force_login(user)
        seen = client.session["seen_at"]
        client.get("/accounts/email/")
        assert client.session["seen_at"] == seen

    def test_it_ends_when_idle(self, client, user, monkeypatch):
        client.force_login(user)
        start = client.session["signed_in_at"]
        monkeypatch.setattr(middleware.time, "time", lambda: start + SESSION_IDLE_SECONDS + 1)
        assert client.get("/accounts/email/").status_code == 302
        assert "_auth_user_id" not in client.session

    def test_it_ends_when_old_however_busy(self, client, user, monkeypatch):
        client.force_login(user)
        session = client.session
        session["seen_at"] += SESSION_COOKIE_AGE
        session.save()
        monkeypatch.setattr(middleware.time, "time", lambda: session["signed_in_at"] + SESSION_COOKIE_AGE + 1)
        assert client.get("/accounts/email/").status_code == 302


@pytest.mark.django_db
class TestHealth:
    def test_it_is_well(self, client, settings):
        response = client.get("/healthz")
        assert response.json() == {"version": settings.VERSION, "database": "ok", "migrations": "ok"}

    def test_pending_migrations_are_red(self, client, monkeypatch):
        health.check_migrations.cache_clear()
        monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
        response = client.get("/healthz")
        health.check_migrations.cache_clear()
        assert (response.status_code, response.json()["migrations"]) == (503, "pending")

    def test_a_database_out_of_reach_is_red_and_tells_nothing_more(self, client, monkeypatch):
        def refuse():
            raise OperationalError("connection to db.example.org refused")

        monkeypatch.setattr(health, "check_migrations", refuse)
        response = client.get("/healthz")
        assert response.status_code == 503
        assert response.json()["database"] == "unavailable"
        assert "example.org" not in response.content.decode()
