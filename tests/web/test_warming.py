"""A server that starts has read its large matrices already."""

import pytest
from django.db import OperationalError
from django.test import Client

from raci import models
from raci.web import warming


@pytest.mark.django_db
def test_a_large_matrix_is_in_memory_before_anybody_asks(cast, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(warming, "LARGE", 1)
    assert warming.warm() == min(4, models.Matrix.objects.count())
    client = Client()
    client.force_login(cast.people["audrey"])
    # Session, person, organisation, matrix, and what people are called: nothing of the matrix itself.
    with django_assert_max_num_queries(5):
        client.get(f"/o/{cast.small.organisation.slug}/matrices/{cast.small.matrix.key}/grid.json")


@pytest.mark.django_db
def test_small_matrices_wait_until_somebody_asks(cast):
    assert warming.warm() == 0


@pytest.mark.django_db
def test_a_database_that_is_not_there_is_no_reason_not_to_start(monkeypatch, caplog):
    def fail(**limits):
        raise OperationalError("no such table")

    monkeypatch.setattr(warming, "largest", fail)
    assert warming.warm() == 0
    assert "no such table" in caplog.text
