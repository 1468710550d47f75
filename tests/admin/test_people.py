"""Organisations, memberships and accounts: ordinary records, with their own limits."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model

from raci import models
from raci.services.history import verify
from tests.admin.conftest import person
from tests.admin.test_pages import address


def test_renaming_an_organisation_leaves_its_revision_and_head_alone(small, alice, opened):
    page = opened(alice, address(models.Organisation, small.organisation.pk, "change"))
    small.set("VEN-1", "PM", "", "A")
    assert page.send(name="Smaller").response.status_code == 302
    small.organisation.refresh_from_db()
    assert small.organisation.name == "Smaller"
    assert verify(small.organisation) == []


def test_a_superuser_starts_an_organisation_empty_or_from_the_template(small, root, opened):
    add = address(models.Organisation, "add")
    empty = opened(root, add).send(name="Empty", slug="empty", template="")
    assert empty.response.status_code == 302
    assert models.Organisation.objects.get(slug="empty").revision == 0
    full = opened(root, add).send(name="Full", slug="full", template="it-pm-and-it-manager")
    assert full.response.status_code == 302, full.errors
    organisation = models.Organisation.objects.get(slug="full")
    assert organisation.matrices.count() == 2
    assert verify(organisation) == []


def test_an_owner_names_a_person_exactly_and_cannot_leaf_through_accounts(small, other, sten, alice, opened):
    known = person("bob")
    page = opened(alice, address(models.Membership, "add"))
    wrong = page.send(organisation=small.organisation.pk, person="bo", level="reader")
    assert any("Nobody with that username" in error for error in wrong.errors)
    done = page.send(organisation=small.organisation.pk, person="BOB@example.com", level="reader")
    assert done.response.status_code == 302, done.errors
    assert models.Membership.objects.get(user=known).level == "reader"
    again = page.send(organisation=small.organisation.pk, person="bob", level="editor")
    assert any("member of the organisation already" in error for error in again.errors)
    foreign = page.send(organisation=other.organisation.pk, person="bob", level="owner")
    assert foreign.response.status_code == 200
    listed = alice.get(address(models.User)).content.decode()
    assert "bob" in listed
    assert "sten" not in listed


def test_an_owner_says_which_roles_a_member_stands_for(small, other, alice, opened):
    person("bob", small.organisation, "contributor")
    member = models.Membership.objects.get(user__username="bob")
    page = opened(alice, address(models.Membership, member.pk, "change"))
    mine = models.Role.objects.get(key=small.roles["ITM"])
    theirs = models.Role.objects.get(key=other.roles["ITM"])
    refused = page.send(stands_for=[theirs.pk])
    assert any("not one of the available choices" in error for error in refused.errors)
    done = page.send(stands_for=[mine.pk])
    assert done.response.status_code == 302, done.errors
    assert list(member.stands_for.all()) == [mine]


def test_a_retired_role_is_offered_only_to_those_who_stand_for_it(small, alice, opened):
    mine = models.Membership.objects.get(level="owner", organisation=small.organisation)
    models.Role.objects.filter(key=small.roles["CIO"]).update(retired=True)
    path = address(models.Membership, mine.pk, "change")
    assert "Chief Information Officer" not in opened(alice, path).text
    mine.stands_for.add(models.Role.objects.get(key=small.roles["CIO"]))
    assert "Chief Information Officer" in opened(alice, path).text


def test_the_last_owner_stays(small, alice, opened):
    mine = models.Membership.objects.get(level="owner")
    refused = opened(alice, address(models.Membership, mine.pk, "change")).send(level="reader")
    assert any("no owner any more" in error for error in refused.errors)
    assert alice.get(address(models.Membership, mine.pk, "delete")).status_code == 403
    person("carol", small.organisation, "owner")
    assert opened(alice, address(models.Membership, mine.pk, "change")).send(level="reader").response.status_code == 302
    assert alice.get("/admin/").status_code == 403


def test_an_owner_cannot_touch_an_account(small, alice):
    user = get_user_model().objects.get(username="alice")
    for page in ("change", "delete", "password"):
        assert alice.post(address(models.User, user.pk, page), {"is_superuser": "on"}).status_code in (403, 404)
    user.refresh_from_db()
    assert not user.is_superuser


def test_a_superuser_manages_accounts(small, root, opened):
    add = opened(root, address(models.User, "add"))
    secret = "a long enough sentence"
    done = add.send(username="dora", password1=secret, password2=secret, usable_password="true", email="d@example.com")
    assert done.response.status_code == 302, done.errors
    dora = models.User.objects.get(username="dora")
    changed = opened(root, address(models.User, dora.pk, "change")).send(first_name="Dora")
    assert changed.response.status_code == 302, changed.errors
    assert root.get(address(models.User, dora.pk, "password")).status_code == 200


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        ('{"a": 1}', "This is not the definition of a scheme"),
        ('["a"]', "This is not the definition of a scheme"),
        ('{"code": "new", "name": "New", "letters": []}', "no letter of class owner or lead"),
    ],
)
def test_a_scheme_must_be_usable(small, root, opened, definition, said):
    page = opened(root, address(models.Scheme, "add")).send(code="new", name="New", definition=definition)
    assert page.response.status_code == 200
    assert any(said in error for error in page.errors)


def test_the_secret_of_a_second_factor_is_never_shown(root):
    factor = Authenticator.objects.create(user=person("bob"), type="totp", data={"secret": "never-to-be-seen"})
    page = root.get(f"/admin/mfa/authenticator/{factor.pk}/change/")
    assert page.status_code == 200
    assert "never-to-be-seen" not in page.content.decode()
