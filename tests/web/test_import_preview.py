"""The preview of an import: what it says, who may answer, and that the work does not grow with the lines."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raci import models
from raci.documents.intake.refused import Refused
from raci.domain.change import Address, Change, cell_change
from raci.domain.proposal import Group, Proposal
from raci.domain.reading import Problem, Weight
from raci.domain.records import Duty, Kind, Row, to_fields
from raci.domain.text import Sentence
from raci.models.base import new_key
from raci.services.door import Author
from raci.services.imports import planning
from raci.services.imports.leases import State
from raci.services.imports.store import packed
from raci.services.loading import load_matrix
from tests.factories import create, write
from tests.importing_previews import again, planned, wish
from tests.web.conftest import Cast

JSON = "application/json"


def ready(cast: Cast, **more: Any) -> models.Import:
    """An import with two letters that only the file wants, one conflict with Ada, a new row and a missing one."""
    small = cast.small
    seen = models.Organisation.objects.get(pk=small.organisation.pk).revision
    write(
        small.organisation,
        small.cell("FIN-1", "PM", "", "C"),
        small.cell("FIN-1", "CIO", "", "I"),
        author=Author("Ada Lovelace", "workspace"),
    )
    duty = new_key()
    new = (
        create(Kind.DUTY, Duty("NEW-1", "Buy a lamp"), duty),
        create(Kind.ROW, Row(7), duty, matrix=small.matrix_key),
    )
    wishes = [
        wish("b2", small.cell("VEN-1", "PM", "", "A")),
        wish("c2", small.cell("VEN-1", "ITM", "", "C")),
        wish("b4", small.cell("FIN-1", "PM", "", "A")),
        wish("a5", *new, group=Group.NEW_ROWS),
        wish("b5", cell_change(small.matrix_key, duty, small.roles["PM"], "", "A"), needs=("a5",)),
        wish("a6", *_without(small, "VEN-2"), group=Group.MISSING_ROWS, offered=False),
    ]
    return planned(small, wishes, seen=seen, **more)


def _without(small: Any, duty: str) -> list[Change]:
    row = load_matrix(small.matrix).rows[small.duties[duty]]
    return [Change(Address(Kind.ROW, small.matrix_key, small.duties[duty]), "", to_fields(row), None)]


def url(cast: Cast, item: models.Import, rest: str = "preview/") -> str:
    return cast.url(f"imports/{item.key}/{rest}")


def page(cast: Cast, item: models.Import, query: str = "", who: str = "ed") -> str:
    answer = cast.client(who).get(url(cast, item) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def answer(cast: Cast, item: models.Import, who: str = "ed", **body: Any) -> Any:
    return cast.client(who).post(url(cast, item, "picks.json"), json.dumps(body), content_type=JSON)


def test_it_says_what_would_be_made_and_what_would_not(cast: Cast) -> None:
    html = page(cast, ready(cast))
    assert "4 changes accepted, 1 conflict kept as it is, 1 missing row left alone" in html
    assert "Apply 4 changes" in html
    assert "Matrix!B2" in html
    assert "Ada Lovelace changed it on" in html
    assert "Lint: fixes" in html


def test_what_changed_here_only_is_said_with_who_and_where_to_see_it(cast: Cast) -> None:
    html = page(cast, ready(cast))
    assert "Changed here only, and kept" in html
    assert "Gave Chief Information Officer I for FIN-1" in html
    assert "Gave IT Project Manager C for FIN-1" not in html  # the file wants something there too: it is a conflict


def test_what_was_read_with_doubts_is_said(cast: Cast) -> None:
    doubt = Problem("Matrix!D9", Sentence("“R?” was left out."), Weight.DOUBT)
    html = page(cast, ready(cast, problems=[doubt]))
    assert "Matrix!D9" in html
    assert "“R?” was left out." in html


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("?group=new_rows", "NEW-1", "Matrix!B2"),
        ("?standing=disputed", "Matrix!B4", "Matrix!B2"),
        ("?text=matrix!c2", "Matrix!C2", "Matrix!B2"),
        ("?text=ven-1 manager", "Matrix!C2", "Matrix!B4"),
        ("?group=nonsense", "Matrix!B2", "Nothing fits"),
        ("?text=zebra", "Nothing fits these filters", "Matrix!B2"),
    ],
)
def test_lines_can_be_narrowed_in_the_address(cast: Cast, query: str, there: str, not_there: str) -> None:
    html = page(cast, ready(cast), query)
    assert there in html
    assert not_there not in html


def test_lines_can_be_narrowed_to_a_role_and_an_area(cast: Cast) -> None:
    item = ready(cast)
    assert "Matrix!B2" not in page(cast, item, f"?role={cast.small.roles['ITM']}")
    assert "Matrix!B4" not in page(cast, item, f"?area={cast.small.area}")


def test_an_answer_is_kept_and_the_sum_comes_back(cast: Cast) -> None:
    item = ready(cast)
    found = answer(cast, item, lines=["b2"], verdict="refuse", shown=["b2", "b4"]).json()
    assert found["sum"].startswith("3 changes accepted")
    assert found["lines"]["b2"] == ["refuse", ""]
    found = answer(cast, item, lines=["b4", "nothing"], verdict="insist", shown=["b4"]).json()
    assert found["button"] == "Apply 4 changes"
    assert found["lines"]["b4"] == ["insist", ""]
    assert set(again(item).picks["lines"]) == {"b2", "b4"}


def test_a_whole_group_is_answered_at_once_and_conflicts_stay(cast: Cast) -> None:
    item = ready(cast)
    found = answer(cast, item, group="cells", verdict="refuse", shown=["b4"]).json()
    assert found["groups"]["cells"] == "0 of 4 accepted"
    found = answer(cast, item, group="cells", verdict="accept", shown=["b4"]).json()
    assert found["groups"]["cells"] == "3 of 4 accepted"
    assert found["lines"]["b4"][0] == "refuse"


def test_the_letters_of_a_row_that_is_refused_say_that_they_cannot_be_made(cast: Cast) -> None:
    item = ready(cast)
    found = answer(cast, item, lines=["a5"], verdict="refuse", shown=["b5"]).json()
    assert found["lines"]["b5"] == ["accept", "It needs another line that is not accepted."]
    assert "1 cannot be made" in found["sum"]
    assert found["button"] == "Apply 2 changes"


@pytest.mark.parametrize(
    "body",
    [
        {}, {"verdict": "maybe", "lines": []}, {"verdict": "accept", "lines": [1]}, {"verdict": "accept", "group": "x"},
        {"verdict": "accept", "lines": "b2"}, {"verdict": "accept", "lines": ["x"] * 1001}, {"verdict": ["accept"]},
    ],
)  # fmt: skip
def test_an_answer_of_another_form_is_refused(cast: Cast, body: dict[str, Any]) -> None:
    item = ready(cast)
    assert answer(cast, item, **body).status_code == 400
    assert again(item).picks is None


def test_an_answer_that_comes_too_late_is_said(cast: Cast) -> None:
    item = ready(cast)
    models.Import.objects.update(state=State.CANCELLED)
    found = answer(cast, item, lines=["b2"], verdict="refuse")
    assert found.status_code == 409
    assert "too late" in found.json()["error"]


def test_without_a_script_the_form_keeps_the_answers(cast: Cast) -> None:
    item = ready(cast)
    sent = {"shown": ["b2", "c2", "b4"], "accept": ["c2"], "pick-b4": "insist"}
    assert cast.client("ed").post(url(cast, item), sent).status_code == 302
    kept = {key: pick[0] for key, pick in again(item).picks["lines"].items()}
    assert kept == {"b2": "refuse", "b4": "insist"}
    cast.client("ed").post(url(cast, item), {"group": "new_rows:refuse"})
    assert again(item).picks["groups"] == {"new_rows": "refuse"}


def test_applying_writes_what_is_accepted_and_says_why(cast: Cast) -> None:
    item = ready(cast)
    sent = {"revision": again(item).organisation.revision, "reason": " Agreed  in May. ", "shown": ["c2"]}
    found = cast.client("ed").post(url(cast, item, "apply/"), sent, follow=True)
    assert found.status_code == 200
    revision = models.Revision.objects.first()
    assert (revision.door, revision.actor_name, revision.size) == ("import", "Ed", 4)
    assert revision.reason == "Import of “matrix.xlsx”: Agreed in May."
    assert load_matrix(cast.small.matrix).letters(cast.small.duties["VEN-1"], cast.small.roles["ITM"]) == ""


def test_pressing_apply_twice_applies_once(cast: Cast) -> None:
    item = ready(cast)
    sent = {"revision": again(item).organisation.revision}
    before = models.Revision.objects.count()
    for who in ("ed", "alice"):
        cast.client(who).post(url(cast, item, "apply/"), sent)
    assert models.Revision.objects.count() == before + 1


def test_what_moved_in_the_meantime_is_shown_again_with_who_and_when(cast: Cast) -> None:
    item = ready(cast)
    shown = again(item).organisation.revision
    write(cast.small.organisation, cast.small.cell("VEN-1", "PM", "", "R"), author=Author("Grace Hopper", "workspace"))
    before = models.Revision.objects.count()
    found = cast.client("ed").post(url(cast, item, "apply/"), {"revision": shown}, follow=True)
    html = found.content.decode()
    assert models.Revision.objects.count() == before
    assert "Nothing was written" in html
    assert "Grace Hopper changed it on" in html
    assert again(item).state == State.READY


def test_a_refusal_of_the_door_is_said_on_the_preview(cast: Cast) -> None:
    duty = new_key()
    small = cast.small
    taken = create(Kind.DUTY, Duty("VEN-1", "Take a code"), duty)
    other = create(Kind.DUTY, Duty("X" * 40, "Have a long code"), new_key())
    item = planned(small, [wish("a5", taken, group=Group.NEW_ROWS), wish("a6", other, group=Group.NEW_ROWS)])
    assert "Somebody has given the same name" in page(cast, item)
    found = cast.client("ed").post(
        url(cast, item, "apply/"), {"revision": again(item).organisation.revision}, follow=True
    )
    assert "at most 30" in found.content.decode()


def test_a_preview_whose_matrix_is_gone_says_so(cast: Cast) -> None:
    item = ready(cast)
    gone = wish("b2", cell_change("gonegonegone", cast.small.duties["VEN-1"], cast.small.roles["PM"], "", "A"))
    models.Import.objects.update(proposal=packed(Proposal(0, (gone,)).to_data()))
    found = cast.client("ed").get(url(cast, item))
    assert found.status_code == 409
    assert "is not there any more" in found.content.decode()


def many(cast: Cast, count: int) -> models.Import:
    """An import of new duties, so many, every other one disputed by nobody."""
    small = cast.small
    wishes = []
    for number in range(count):
        duty = new_key()
        wishes.append(
            wish(
                f"a{number}",
                create(Kind.DUTY, Duty(f"Q-{number}", f"Try number {number}"), duty),
                create(Kind.ROW, Row(9 + number), duty, matrix=small.matrix_key),
                group=Group.NEW_ROWS,
            )
        )
    return planned(small, wishes)


def test_queries_do_not_grow_with_the_lines(cast: Cast) -> None:
    counts = []
    for number in (3, 250):
        item, client = many(cast, number), cast.client("ed")
        client.get(url(cast, item))
        with CaptureQueriesContext(connection) as captured:
            client.get(url(cast, item))
        with CaptureQueriesContext(connection) as answered:
            answer(cast, item, lines=["a1"], verdict="refuse")
        counts.append((len(captured), len(answered)))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 25, counts


def test_a_page_shows_a_hundred_lines(cast: Cast) -> None:
    item = many(cast, 250)
    assert page(cast, item).count('data-line="') == 100
    assert page(cast, item, "?page=3").count('data-line="') == 50


def test_a_workbook_of_another_organisation_is_refused_with_where_it_belongs(cast: Cast) -> None:
    facts = {"organisation": "Elsewhere", "matrix": cast.other.matrix_key, "revision": "1"}
    item = models.Import(
        organisation=cast.small.organisation, uploaded_at=timezone.now(), reading=packed({"ours": facts})
    )
    for wrong, says in (({}, "Elsewhere"), ({"matrix": cast.small.matrix_key, "revision": "999"}, "999")):
        with pytest.raises(Refused) as refused:
            planning.home_of(item, {**facts, **wrong})
        assert says in str(refused.value.sentence)
