"""The settings: safe defaults, and a sentence for whatever nobody can guess."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from orgroles import env


@pytest.mark.parametrize("value", ["maybe", "2", "tru"])
def test_a_switch_that_is_neither_on_nor_off_is_refused(monkeypatch, value):
    monkeypatch.setenv("DEBUG", value)
    with pytest.raises(ImproperlyConfigured, match="DEBUG is '"):
        env.boolean("DEBUG", False)
