"""Marks of blind rounds: who may make them, who may read them, and that nothing else touches them."""

import ast
import logging
import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.db import DatabaseError, IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.services import marks
from raci.services.door import undo
from raci.services.marks import NotAsked, NotMarked, RoundOver, counts, own_marks, put_marks, revealed_marks
from tests.blind import Blind, stand
from tests.factories import TESTER, Small

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def blind(small) -> Blind:
    return Blind(small)


def test_a_mark_is_kept_and_a_later_one_replaces_it(blind):
    blind.mark(blind.pat, "PM", "VEN-1", "mine", "Projects sign.")
    blind.mark(blind.pat, "PM", "VEN-1", "theirs")
    place = (blind.small.duties["VEN-1"], blind.small.roles["PM"])
    assert own_marks(blind.round, blind.pat) == {place: blind.given("theirs")}
    assert counts([blind.round.pk]) == {(blind.round.pk, blind.pat.pk, blind.small.roles["PM"]): 1}


def test_many_rows_take_as_many_statements_as_one(blind, django_assert_num_queries):
    one = {blind.small.duties["VEN-1"]: blind.given("mine")}
    many = {duty: blind.given("shared") for duty in blind.small.duties.values()}
    given = {"blind": blind.round, "user": blind.pat, "role": blind.small.roles["PM"]}
    with CaptureQueriesContext(connection) as first:
        put_marks(**given, given=one)
    with django_assert_num_queries(len(first)):
        put_marks(**given, given=many)


@pytest.mark.parametrize("name", ["ida", "bob", "sue"])
def test_who_does_not_stand_for_the_role_cannot_mark(blind, name):
    person = {
        "ida": blind.ida,
        "bob": stand(blind.small, "bob", "PM", level="reader"),
        "sue": models.User.objects.create_user("sue", is_superuser=True),
    }[name]
    with pytest.raises(NotAsked):
        blind.mark(person, "PM", "VEN-1", "mine")
    assert counts([blind.round.pk]) == {}


def test_who_stands_for_a_role_that_is_not_asked_cannot_mark_for_it(blind):
    with pytest.raises(NotAsked):
        blind.mark(blind.cleo, "CIO", "VEN-1", "mine")


def test_who_stands_for_it_in_another_organisation_cannot_mark(blind, small):
    other = Small("other")
    stranger = stand(other, "charlie", "PM")
    models.Membership.objects.create(organisation=small.organisation, user=stranger, level="editor")
    with pytest.raises(NotAsked):
        blind.mark(stranger, "PM", "VEN-1", "mine")


@pytest.mark.parametrize("end", ["reveal", "close"])
def test_a_round_that_is_over_takes_no_marks(blind, end):
    blind.mark(blind.pat, "PM", "VEN-1", "mine")
    getattr(blind, end)()
    with pytest.raises(RoundOver):
        blind.mark(blind.pat, "PM", "VEN-1", "theirs")
    assert [given.mark.value for given in own_marks(blind.round, blind.pat).values()] == ["mine"]


def test_a_row_outside_the_round_is_refused(blind):
    with pytest.raises(NotMarked):
        put_marks(
            blind=blind.round, user=blind.pat, role=blind.small.roles["PM"], given={"elsewhere": blind.given("mine")}
        )


@pytest.mark.parametrize("value", ["theirs", "theirs:PM"])
def test_among_more_than_two_theirs_must_name_another_of_them(small, value):
    blind = Blind(small, "PM", "ITM", "CIO")
    with pytest.raises(NotMarked):
        blind.mark(blind.pat, "PM", "VEN-1", value)
    blind.mark(blind.pat, "PM", "VEN-1", "theirs:CIO")
    assert counts([blind.round.pk])


@pytest.mark.parametrize("reason", ["x" * 501, "bell \x07"])
def test_a_reason_that_cannot_be_kept_names_its_row_and_keeps_nothing(blind, reason):
    given = {
        blind.small.duties["VEN-1"]: blind.given("mine"),
        blind.small.duties["VEN-2"]: blind.given("mine", reason),
    }
    with pytest.raises(NotMarked) as refused:
        put_marks(blind=blind.round, user=blind.pat, role=blind.small.roles["PM"], given=given)
    assert refused.value.duty == blind.small.duties["VEN-2"]
    assert counts([blind.round.pk]) == {}


def test_before_the_reveal_there_is_nothing_to_read_but_ones_own(blind):
    blind.mark_all(PM="mine mine mine", ITM="theirs shared nobody")
    assert revealed_marks([blind.round]) == {blind.round.pk: []}
    assert {given.mark.value for given in own_marks(blind.round, blind.pat).values()} == {"mine"}
    assert {given.reason for given in own_marks(blind.round, blind.ida).values()} == {
        "ITM says theirs",
        "ITM says shared",
        "ITM says nobody",
    }
    assert own_marks(blind.round, blind.cleo) == {}


def test_a_round_that_was_closed_without_a_reveal_stays_private(blind):
    blind.mark_all(PM="mine mine mine")
    blind.close()
    assert revealed_marks([blind.round]) == {blind.round.pk: []}
    assert blind.round.revealed_on is None


def test_after_the_reveal_everything_is_there_in_one_query(blind, django_assert_num_queries):
    blind.mark_all(PM="mine mine mine", ITM="theirs shared nobody")
    blind.reveal()
    with django_assert_num_queries(1):
        found = revealed_marks([blind.round])[blind.round.pk]
    assert len(found) == 6
    assert {(item.person, item.given.reason) for item in found} >= {("Pat", "PM says mine"), ("Ida", "ITM says nobody")}


def test_a_reveal_cannot_be_taken_back(blind):
    blind.mark_all(PM="mine mine mine")
    blind.reveal()
    number = models.Revision.objects.latest("number").number
    outcome = undo(organisation=blind.small.organisation, number=number, author=TESTER)
    assert [refusal.message for refusal in outcome.refusals] == [
        "A round that was revealed cannot be hidden again. Open a new one."
    ]
    blind.refresh()
    assert blind.round.status == "revealed"


def test_closing_can_be_taken_back_and_marks_are_taken_again(blind):
    blind.close()
    number = models.Revision.objects.latest("number").number
    assert undo(organisation=blind.small.organisation, number=number, author=TESTER).ok
    blind.mark(blind.pat, "PM", "VEN-1", "mine")


def test_opening_can_be_taken_back_only_while_nothing_is_marked(blind):
    number = models.Revision.objects.latest("number").number
    blind.mark(blind.pat, "PM", "VEN-1", "mine")
    refused = undo(organisation=blind.small.organisation, number=number, author=TESTER)
    assert "Close it instead" in refused.refusals[0].message
    models.Mark.objects.all().delete()
    assert undo(organisation=blind.small.organisation, number=number, author=TESTER).ok
    assert not models.Round.objects.exists()


def test_what_the_database_says_of_a_mark_is_not_passed_on(blind, monkeypatch, caplog):
    def refuse(*_given, **_named):
        raise IntegrityError("Failing row contains (mine, the secret reason)")

    monkeypatch.setattr(marks, "_write", refuse)
    with caplog.at_level(logging.DEBUG), pytest.raises(NotMarked) as refused:
        blind.mark(blind.pat, "PM", "VEN-1", "mine", "the secret reason")
    assert "secret" not in str(refused.value)
    assert refused.value.__suppress_context__
    assert "secret" not in caplog.text
    assert not isinstance(refused.value.__cause__, DatabaseError)


# --- Nothing else touches them

OWN_ROOMS = ("raci/models/", "raci/migrations/")
GATE = "raci/services/marks.py"
# A look-up through the rounds: “marks__reason” in a filter, “.marks” of a round.
THROUGH = re.compile(r"""marks__|["']marks["']|round\.marks|blind\.marks|found\.marks""")


def touching(root: Path) -> list[str]:
    """The places outside the gate that name the table of marks or reach it through its rounds."""
    found = []
    for path in sorted((root / "raci").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name == GATE or name.startswith(OWN_ROOMS):
            continue
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute) and node.attr == "Mark" and _is_models(node.value):
                found.append(f"{name}:{node.lineno}")
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("raci.models"):
                found += [f"{name}:{node.lineno}" for alias in node.names if alias.name in ("Mark", "blind_round")]
        found += [f"{name}: {match.group()}" for match in THROUGH.finditer(text)]
        found += [f"{name}: {word}" for word in ("raci_mark", "get_model(") if word in text]
    return found


def _is_models(node: ast.AST) -> bool:
    return isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).split(".")[-1] in ("models", "blind_round")


def test_only_one_module_touches_marks():
    assert touching(ROOT) == []


@pytest.mark.parametrize(
    "line",
    [
        "from raci.models import Mark",
        "from raci import models\nmodels.Mark.objects.all()",
        "import raci.models\nraci.models.Mark",
        "rounds.filter(marks__reason='x')",
        "round.marks.all()",
        "rounds.prefetch_related('marks')",
        "cursor.execute('SELECT * FROM raci_mark')",
        "apps.get_model('raci', 'Mark')",
    ],
)
def test_another_that_does_is_named(tmp_path, line):
    path = tmp_path / "raci/web/views/x.py"
    path.parent.mkdir(parents=True)
    path.write_text(line)
    assert touching(tmp_path) != []


def test_every_query_of_the_gate_hands_out_counts_or_goes_through_the_one_function():
    tree = ast.parse((ROOT / GATE).read_text(encoding="utf-8"))
    users = {
        function.name
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and node.attr == "objects" and ast.unparse(node) == "models.Mark.objects"
    }
    assert users == {"_readable", "counts", "are_there", "forget", "_write"}


def test_marks_are_in_no_history_and_not_in_the_admin(blind):
    before = models.RevisionChange.objects.count()
    blind.mark(blind.pat, "PM", "VEN-1", "mine", "unmistakable")
    assert models.RevisionChange.objects.count() == before
    assert models.Mark not in admin.site._registry
    assert str(models.Mark.objects.get()) not in ("mine", "unmistakable")
