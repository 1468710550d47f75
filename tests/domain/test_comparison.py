"""What became of each thing that differs between two states."""

import pytest

from raci.domain.change import Address, Change, cell_change
from raci.domain.comparison import Fate, fate
from raci.domain.records import GreyArea, GreyAreaStatus, Kind, Role, to_fields

ROLE, GREY = Address(Kind.ROLE, "", "r"), Address(Kind.GREY_AREA, "m", "g")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (cell_change("m", "d", "r", "", "A"), Fate.ADDED),
        (cell_change("m", "d", "r", "A", ""), Fate.REMOVED),
        (cell_change("m", "d", "r", "A", "R"), Fate.CHANGED),
        (Change(ROLE, "", None, to_fields(Role("PM", "Manager"))), Fate.ADDED),
        (Change(ROLE, "", to_fields(Role("PM", "Manager")), None), Fate.REMOVED),
        (Change(ROLE, "name", "Manager", "Lead"), Fate.RENAMED),
        (Change(ROLE, "purpose", "", "Leads"), Fate.CHANGED),
        (Change(Address(Kind.ROW, "m", "d"), "position", 1, 2), Fate.MOVED),
        (Change(GREY, "", None, to_fields(GreyArea("d"))), Fate.OPENED),
        (Change(GREY, "", None, to_fields(GreyArea("d", status=GreyAreaStatus.DECIDED))), Fate.SETTLED),
        (Change(GREY, "", to_fields(GreyArea("d")), None), Fate.REMOVED),
        (Change(GREY, "status", "open", "decided"), Fate.SETTLED),
        (Change(GREY, "status", "decided", "open"), Fate.OPENED),
        (Change(GREY, "status", "open", "withdrawn"), Fate.WITHDRAWN),
        (Change(GREY, "question", "", "Who?"), Fate.CHANGED),
    ],
)
def test_every_change_has_its_fate(change, expected):
    assert fate(change) is expected


def test_every_status_of_a_grey_area_has_a_fate():
    found = {fate(Change(GREY, "status", "", status.value)) for status in GreyAreaStatus}
    assert found == {Fate.OPENED, Fate.SETTLED, Fate.WITHDRAWN}
