"""Settings of a control arm: the door believes every writer, whatever they saw."""

from collections.abc import Iterable
from typing import Any

from raci.domain import merge
from raci.domain.change import Change
from tests.races.settings import *  # noqa: F403  # the same site in all else


def believe(changes: Iterable[Change], _: Any) -> merge.Plan:
    return merge.Plan(changes=tuple(changes))


merge.decide = believe
