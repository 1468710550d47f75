"""Undo and redo: through the one door, across reloads."""

import pytest
from playwright.sync_api import expect

from raci import models

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_undo_takes_back_what_was_typed_and_redo_does_it_again(sight, page, held):
    sight.cell().click()
    sight.press("a")
    sight.says("Saved")
    sight.press("ArrowRight", "r")
    sight.says("IT Manager: Responsible")
    sight.press("Control+z")
    sight.says("Undone: Took R from IT Manager for FIN-1")
    expect(sight.cell("FIN-1", 1)).to_be_focused()
    sight.press("Control+z")
    sight.says("Undone: Took A from IT Project Manager")
    expect(sight.cell()).to_be_focused()
    assert (held("FIN-1", "PM"), held("FIN-1", "ITM")) == ("", "")
    sight.press("Control+y")
    sight.says("Redone")
    assert held("FIN-1", "PM") == "A"
    sight.press("Control+Shift+z")
    sight.says("Redone: Gave IT Manager R")
    sight.press("Control+y")
    sight.says("There is nothing to take back or do again.")


def test_undo_goes_on_after_a_reload_and_is_a_revision_like_any_other(sight, held):
    sight.cell().click()
    sight.press("a")
    sight.says("Saved")
    sight.reload()
    sight.cell("VEN-2").click()
    sight.press("Control+z")
    sight.says("Undone")
    assert held("FIN-1", "PM") == ""
    latest = models.Revision.objects.latest("number")
    assert latest.undoes == latest.number - 1
    sight.reload()
    sight.cell("VEN-2").click()
    sight.press("Control+y")
    sight.says("Redone")
    assert held("FIN-1", "PM") == "A"


def test_what_others_did_is_not_taken_back(sight, stage, held):
    stage.small.set("FIN-1", "PM", "", "C")
    sight.cell("VEN-2").click()
    sight.press("Control+z")
    sight.says("There is nothing to take back or do again.")
    assert held("FIN-1", "PM") == "C"


def test_what_somebody_else_has_changed_since_is_left_and_the_one_before_is_next(sight, stage, held):
    sight.cell("VEN-2").click()
    sight.press("i")
    sight.says("Saved")
    sight.cell().click()
    sight.press("a")
    sight.says("FIN-1 says, IT Project Manager: Accountable")
    stage.small.set("FIN-1", "PM", "A", "C")
    sight.press("Control+z")
    sight.says("Not undone, Tester has changed it since")
    assert held("FIN-1", "PM") == "C"
    sight.press("Control+z")
    sight.says("Undone: Took I from IT Project Manager for VEN-2")
    assert held("VEN-2", "PM") == ""
