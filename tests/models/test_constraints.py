"""What the database itself refuses, whoever writes."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from raci import models
from raci.services.comments import write_comment
from raci.services.overlaps import Choice, assign
from tests.factories import TESTER, Small

pytestmark = pytest.mark.django_db


class Two:
    """Two organisations, each with a cell, a decision, a grey area and a comment of its own."""

    def __init__(self) -> None:
        self.mine, self.theirs = Small("mine"), Small("theirs")
        for one in (self.mine, self.theirs):
            choice = Choice(
                one.matrix, one.duties["VEN-1"], one.roles["PM"], {one.roles["PM"]: "A/R"}, {}, "Because it is so."
            )
            assert assign(organisation=one.organisation, choices=[choice], author=TESTER).ok
            where = {"duty": one.duties["VEN-1"], "role": one.roles["PM"]}
            assert write_comment(matrix=one.matrix, text="Is it so?", author=TESTER, **where).ok

    def their(self, model):
        return model.objects.filter(**{f"{model.objects.none().path}": self.theirs.organisation}).first()


MISPLACED: dict[str, Callable[[Two], object]] = {
    "a superior": lambda two: models.ReportingLine.objects.filter(organisation=two.mine.organisation).update(
        superior=two.their(models.Role)
    ),
    "a role of an overlap": lambda two: models.Area.objects.filter(organisation=two.mine.organisation).update(
        first_role=two.their(models.Role)
    ),
    "an area": lambda two: models.Duty.objects.filter(organisation=two.mine.organisation).update(
        area=two.their(models.Area)
    ),
    "a parent": lambda two: models.Duty.objects.filter(organisation=two.mine.organisation).update(
        parent=two.their(models.Duty)
    ),
    "the duty of a row": lambda two: models.MatrixRow.objects.create(
        matrix=two.mine.matrix, duty=two.their(models.Duty)
    ),
    "the role of a column": lambda two: models.MatrixColumn.objects.create(
        matrix=two.mine.matrix, role=two.their(models.Role)
    ),
    "the column of a cell": lambda two: models.Assignment.objects.filter(row__matrix=two.mine.matrix).update(
        column=two.their(models.MatrixColumn)
    ),
    "the duty of a grey area": lambda two: models.GreyArea.objects.create(
        matrix=two.mine.matrix, duty=two.their(models.Duty), raised_on="2026-01-01"
    ),
    "the owner of a decision": lambda two: models.Decision.objects.filter(matrix=two.mine.matrix).update(
        owner=two.their(models.Role)
    ),
    "a role that a member stands for": lambda two: models.Membership.objects.create(
        organisation=two.mine.organisation, user=get_user_model().objects.create_user("mia")
    ).stands_for.add(two.their(models.Role)),
    "the duty of a comment": lambda two: models.Comment.objects.filter(matrix=two.mine.matrix).update(
        duty=two.their(models.Duty)
    ),
    "the role of a comment": lambda two: models.Comment.objects.filter(matrix=two.mine.matrix).update(
        role=two.their(models.Role)
    ),
    "a comment": lambda two: models.Comment.objects.create(
        matrix=two.mine.matrix, duty=two.their(models.Duty), text="x", written_by="x", written_at="x"
    ),
    "the decision that another replaces": lambda two: models.Decision.objects.filter(matrix=two.mine.matrix).update(
        supersedes=two.their(models.Decision)
    ),
}


@pytest.mark.parametrize("what", MISPLACED)
def test_nothing_refers_into_another_organisation(what):
    two = Two()
    with pytest.raises(IntegrityError, match="another organisation"), transaction.atomic():
        MISPLACED[what](two)


IMPOSSIBLE: dict[str, Callable[[Small], object]] = {
    "a cell without letters": lambda small: models.Assignment.objects.update(letters=""),
    "a row that does not apply, without a reason": lambda small: models.MatrixRow.objects.update(applies=False),
    "a line to oneself": lambda small: models.ReportingLine.objects.update(
        superior=models.ReportingLine.objects.get().role
    ),
    "an overlap of one role": lambda small: models.Area.objects.update(second_role=None),
    "an unknown kind of role": lambda small: models.Role.objects.update(kind="hero"),
    "two duties of one code": lambda small: models.Duty.objects.update(code_key="same"),
    "a comment that says nothing": lambda small: models.Comment.objects.create(
        matrix=small.matrix, duty=models.Duty.objects.first(), text="", written_by="x", written_at="x"
    ),
    "a duty twice in a matrix": lambda small: models.MatrixRow.objects.create(
        matrix=small.matrix, duty=models.Duty.objects.first()
    ),
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_the_impossible_is_refused(what):
    small = Small()
    small.set("VEN-1", "PM", "", "A")
    with pytest.raises(IntegrityError), transaction.atomic():
        IMPOSSIBLE[what](small)
