"""An organisation as a whole, today and at any revision."""

import pytest

from raci.domain.records import Authority, Charter, Holding, Kind, Manner
from raci.models import Matrix, Person
from raci.services.history import NoSuchRevision, verify
from raci.services.whole import load_whole, whole_at
from tests.factories import create, write

pytestmark = pytest.mark.django_db


def test_the_register_comes_along_with_every_matrix(small):
    write(small.organisation, create(Kind.CHARTER, Charter(excludes="Budgets"), small.roles["PM"]))
    found = load_whole(small.organisation)
    assert found.register.charters == {small.roles["PM"]: Charter(excludes="Budgets")}
    assert [matrix.key for matrix in found.matrices] == [small.matrix_key]
    assert not found.register.rows and not found.register.cells and found.register.duties


def test_an_organisation_without_a_matrix_has_its_register(small, schemes):
    register = load_whole(small.organisation).register
    Matrix.objects.all().delete()
    assert load_whole(small.organisation).register == register


def test_a_past_revision_is_as_it_was(small):
    before = load_whole(small.organisation)
    person = Person.objects.create(organisation=small.organisation, name="Ada")
    holding = Holding(person.key, Manner.ACTING)
    write(
        small.organisation,
        create(Kind.HOLDING, holding, small.roles["PM"], other="holdingkey01"),
        create(Kind.AUTHORITY, Authority("contracts"), small.roles["PM"], other="authorityke1"),
    )
    now = load_whole(small.organisation)
    assert list(now.register.holdings.values()) == [holding]
    assert whole_at(small.organisation, before.revision) == before
    assert whole_at(small.organisation, now.revision) == now
    assert verify(small.organisation) == []
    with pytest.raises(NoSuchRevision):
        whole_at(small.organisation, now.revision + 1)
