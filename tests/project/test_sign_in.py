"""Signing in: one way for everybody, the admin included; throttled; closed to strangers."""

from urllib.parse import unquote

import pytest
from django.contrib.auth import get_user_model

PASSWORD = "a long pass phrase"

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return get_user_model().objects.create_superuser("alice", "alice@example.org", PASSWORD)


def sign_in(client, login, password):
    return client.post("/accounts/login/", {"login": login, "password": password})


@pytest.mark.parametrize("login", ["alice", "alice@example.org"])
def test_a_user_signs_in_by_name_or_address(client, alice, login):
    response = sign_in(client, login, PASSWORD)
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(alice.pk)


def test_the_admin_has_no_sign_in_of_its_own(client, alice):
    response = client.get("/admin/", follow=True)
    address, status = response.redirect_chain[-1]
    assert (unquote(address), status) == ("/accounts/login/?next=/admin/", 302)
    client.post("/admin/login/", {"username": "alice", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_guessing_is_stopped_and_then_the_right_password_is_refused_too(client, alice):
    answers = [sign_in(client, "alice", "wrong").content.decode() for _ in range(6)]
    assert "Too many failed login attempts" not in answers[0]
    assert "Too many failed login attempts" in answers[-1]
    sign_in(client, "alice", PASSWORD)
    assert "_auth_user_id" not in client.session


def test_a_forged_forwarding_header_does_not_reset_the_count(client, alice):
    for number in range(6):
        client.post(
            "/accounts/login/", {"login": "alice", "password": "wrong"}, headers={"X-Forwarded-For": f"10.0.0.{number}"}
        )
    sign_in(client, "alice", PASSWORD)
    assert "_auth_user_id" not in client.session


def test_strangers_cannot_register(client):
    response = client.post(
        "/accounts/signup/",
        {"username": "eve", "email": "eve@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert "signup_closed" in [template.name.split("/")[-1].split(".")[0] for template in response.templates]
    assert not get_user_model().objects.filter(username="eve").exists()


def test_strangers_can_register_where_the_site_says_so(client, settings):
    settings.OPEN_SIGNUP = True
    assert "password1" in client.get("/accounts/signup/").content.decode()


def test_a_second_factor_can_be_set_up_after_giving_the_password_again(client, alice):
    sign_in(client, "alice", PASSWORD)
    address = "/accounts/2fa/totp/activate/"
    assert client.get(address)["Location"].startswith("/accounts/reauthenticate/")
    page = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": address}, follow=True)
    assert page.request["PATH_INFO"] == address
    assert 'src="data:image/svg+xml' in page.content.decode()


def test_an_easy_password_is_refused(client, alice):
    sign_in(client, "alice", PASSWORD)
    new = {"oldpassword": PASSWORD, "password1": "alice12", "password2": "alice12"}
    page = client.post("/accounts/password/change/", new).content.decode()
    assert "at least 12 characters" in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_browser_signs_in_without_a_complaint_about_the_policy(browser, live_server, alice):
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Login").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign In").click()
    page.wait_for_url(f"{live_server.url}/admin/")
    page.close()
    assert [text for text in said if "Content Security Policy" in text] == []
