"""The panel of a row or a cell: letters, findings with fixes, the question, the thread, and who may do what."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Comment, Decision, Kind, to_fields
from raci.models.base import new_key
from raci.services.comments import write_comment
from raci.services.door import Author
from raci.services.history import verify
from raci.services.loading import load_matrix
from tests.factories import TESTER, create, write
from tests.web.conftest import RAISED, Cast

FRAGMENT = {"X-Panel": "1"}


def url(cast: Cast, rest: str = "", role: str = "", duty: str = "FIN-1", start: str = "panel") -> str:
    """Return the address of the panel of a row or cell, or with ``rest`` of something that is done in it."""
    small = cast.small
    parts = [rest] if rest else [small.duties[duty], *([small.roles[role]] if role else [])]
    return cast.url("/".join(["matrices", small.matrix_key, start, *parts, ""]))


def page(answer) -> str:
    return unescape(answer.content.decode())


def here(cast: Cast, role: str = "", duty: str = "FIN-1", **more: str) -> dict[str, str]:
    return {"duty": cast.small.duties[duty], "role": cast.small.roles.get(role, ""), **more}


def held(cast: Cast, duty: str, role: str) -> str:
    return load_matrix(cast.small.matrix).letters(cast.small.duties[duty], cast.small.roles[role])


def say(cast: Cast, name: str, text: str, role: str = "") -> str:
    """Let somebody comment on FIN-1; return the key of the comment."""
    author = Author.of(cast.people[name], "workspace")
    where = here(cast, role)
    assert write_comment(matrix=cast.small.matrix, text=text, author=author, **where).ok
    return models.Comment.objects.latest("pk").key


def alter(cast: Cast, name: str, key: str, do: str, **more: str):
    return cast.client(name).post(url(cast, f"comment/{key}"), {"do": do, **more}, headers=FRAGMENT)


# --- What is shown


def test_the_panel_of_a_cell_is_a_fragment_that_says_what_its_letters_mean(cast):
    cast.small.set("FIN-1", "PM", "", "A/R")
    text = page(cast.client("bob").get(url(cast, role="PM")))
    assert "<html" not in text
    assert "Do what FIN-1 says × IT Project Manager" in text
    assert "<strong>Accountable</strong>: answers for the outcome and has the last word" in text
    assert "<strong>Informed</strong>: is told of it" in text
    assert 'name="letters"' not in text
    assert "Gave IT Project Manager A/R for FIN-1 in Projects" in text
    assert "?about=FIN-1" in text


def test_whoever_may_write_gets_a_button_for_everything_a_cell_can_hold(cast):
    cast.small.set("FIN-1", "PM", "", "A")
    text = page(cast.client("ed").get(url(cast, role="PM")))
    assert text.count('aria-pressed="false"') == 5
    assert text.count('aria-pressed="true"') == 1
    assert '<input type="hidden" name="seen" value="A">' in text


def test_the_panel_of_a_row_says_who_takes_part_and_leads_to_each_cell(cast):
    cast.small.set("FIN-1", "PM", "", "A")
    text = page(cast.client("bob").get(url(cast)))
    assert "2 roles without letters" in text
    for role in ("PM", "ITM", "CIO"):
        assert f'data-panel-link="{url(cast, role=role)}"' in text


def test_an_open_question_is_shown_with_claims_and_ways_to_settle_it(cast):
    text = page(cast.client("ed").get(url(cast, role="PM", duty="VEN-1")))
    for part in (
        "Who signs?",
        "Contracts outlive projects.",
        "The project carries the date.",
        "Decides",
        "Interim owner",
    ):
        assert part in text
    assert cast.url(f"grey-areas/{cast.contested}/decide/") in text
    assert cast.url(f"grey-areas/{cast.contested}/claim/") in text
    readers = page(cast.client("bob").get(url(cast, duty="VEN-1")))
    assert "/decide/" not in readers
    assert "/claim/" not in readers


def test_a_decision_in_force_is_shown_with_its_reason(cast):
    small = cast.small
    decision = Decision(
        small.duties["FIN-1"], owner=small.roles["ITM"], letters={}, reason="Budgets are yearly.", decided_on=RAISED,
        decided_by="Board",
    )  # fmt: skip
    write(small.organisation, create(Kind.DECISION, decision, new_key(), matrix=small.matrix_key))
    text = page(cast.client("bob").get(url(cast)))
    assert "<strong>IT Manager</strong> is accountable." in text
    assert "Budgets are yearly." in text
    assert "Board, 15 January 2026" in text


def test_findings_come_with_their_remedy_and_what_the_rule_is_for(cast):
    text = page(cast.client("ed").get(url(cast)))
    assert "No role has any part in FIN-1." in text
    assert "Assign FIN-1, or mark it as not applying" in text
    assert "An empty row is a duty that was forgotten." in text
    assert "Mark as not applying" in text
    assert "Mark as not applying" not in page(cast.client("connie").get(url(cast)))


def test_a_row_and_a_cell_that_the_matrix_lacks_are_not_found(cast):
    key, small = cast.small.matrix_key, cast.small
    for rest in ("nothing", f"{small.duties['FIN-1']}/nothing", f"{cast.other.duties['FIN-1']}"):
        assert cast.client("ed").get(cast.url(f"matrices/{key}/panel/{rest}/")).status_code == 404
    assert cast.client("ed").get(cast.url(f"matrices/{key}/rows/nothing/")).status_code == 404


def test_without_a_script_row_and_cell_have_pages_with_the_same_parts(cast):
    say(cast, "connie", "Whose money is it?", "PM")
    for path in (url(cast, start="rows"), url(cast, role="PM", start="cells")):
        text = page(cast.client("ed").get(path))
        assert "<html" in text
        assert "Whose money is it?" in text
        assert "What happened here" in text


def test_only_the_latest_twenty_revisions_are_told(cast):
    for _number in range(11):
        cast.small.set("FIN-1", "PM", "", "A")
        cast.small.set("FIN-1", "PM", "A", "")
    panel = cast.client("bob").get(url(cast, role="PM")).context["panel"]
    assert (len(panel.past.entries), panel.past.is_cut) == (20, True)


def test_a_panel_costs_the_same_however_much_was_said_and_done(cast):
    def queries() -> int:
        client = cast.client("ed")
        client.get(url(cast))  # the matrix is read once for each revision
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(cast)).status_code == 200
        return len(captured)

    say(cast, "connie", "One.")
    few = queries()
    for number in range(5):
        say(cast, "connie", f"More {number}.", "PM")
        cast.small.set("FIN-1", "PM", "", "A")
        cast.small.set("FIN-1", "PM", "A", "")
    assert queries() == few <= 30


# --- Letters


def test_letters_are_set_and_the_fragment_comes_back_with_a_way_to_undo(cast):
    answer = cast.client("ed").post(url(cast, role="PM"), {"seen": "", "letters": "A/R"}, headers=FRAGMENT)
    assert (answer.status_code, held(cast, "FIN-1", "PM")) == (200, "A/R")
    number = models.Revision.objects.latest("number").number
    assert "Saved: A/R." in page(answer)
    assert cast.url(f"history/{number}/undo/") in page(answer)


def test_without_a_script_it_leads_to_the_page_of_the_cell(cast):
    answer = cast.client("ed").post(url(cast, role="PM"), {"seen": "", "letters": "A"})
    assert (answer.status_code, answer["Location"]) == (303, url(cast, role="PM", start="cells"))


def test_a_cell_that_has_moved_is_refused_with_both_values_and_who(cast):
    cast.small.set("FIN-1", "PM", "", "C")
    answer = cast.client("ed").post(url(cast, role="PM"), {"seen": "", "letters": "A"}, headers=FRAGMENT)
    assert (answer.status_code, held(cast, "FIN-1", "PM")) == (409, "C")
    assert "want <b>A</b>; now there is <b>C</b>" in page(answer)
    assert "Changed by Tester" in page(answer)
    assert '<input type="hidden" name="seen" value="C">' in page(answer)


@pytest.mark.parametrize(
    ("sent", "status"), [({"letters": "A"}, 428), ({"seen": ""}, 422), ({"seen": "", "letters": "Z"}, 422)]
)
def test_letters_that_cannot_be_set_are_refused_in_words(cast, sent, status):
    for headers in (FRAGMENT, {}):
        answer = cast.client("ed").post(url(cast, role="PM"), sent, headers=headers)
        assert answer.status_code == status
        assert 'role="alert"' in page(answer)
    assert held(cast, "FIN-1", "PM") == ""


# --- Fixes


def two_owners(cast: Cast) -> str:
    cast.small.set("FIN-1", "PM", "", "A/R")
    cast.small.set("FIN-1", "ITM", "", "A")
    return f"R02::row:{cast.small.duties['FIN-1']}:"


def test_a_fix_is_one_revision_with_its_label_as_the_reason(cast):
    finding, before = two_owners(cast), models.Revision.objects.filter(organisation=cast.small.organisation).count()
    sent = here(cast, finding=finding, fix=f"keep.{cast.small.roles['PM']}")
    answer = cast.client("ed").post(url(cast, "fix"), sent, headers=FRAGMENT)
    assert answer.status_code == 200
    assert (held(cast, "FIN-1", "PM"), held(cast, "FIN-1", "ITM")) == ("A/R", "C")
    latest = models.Revision.objects.latest("number")
    assert (latest.reason, latest.door, latest.size) == ("Keep IT Project Manager accountable", "workspace", 1)
    assert models.Revision.objects.filter(organisation=cast.small.organisation).count() == before + 1
    assert cast.url(f"history/{latest.number}/undo/") in page(answer)
    assert verify(cast.small.organisation) == []


def test_a_finding_that_is_gone_is_409_with_a_sentence(cast):
    finding = two_owners(cast)
    cast.small.set("FIN-1", "ITM", "A", "C")
    sent = here(cast, finding=finding, fix=f"keep.{cast.small.roles['PM']}")
    answer = cast.client("ed").post(url(cast, "fix"), sent, headers=FRAGMENT)
    assert answer.status_code == 409
    assert "this is not so any more" in page(answer)
    assert held(cast, "FIN-1", "PM") == "A/R"


def test_a_fix_that_is_not_offered_is_409(cast):
    sent = here(cast, finding=two_owners(cast), fix="keep.everybody")
    assert cast.client("ed").post(url(cast, "fix"), sent, headers=FRAGMENT).status_code == 409


def test_marking_as_not_applying_needs_a_reason(cast):
    small = cast.small
    sent = here(cast, finding=f"R08::row:{small.duties['FIN-1']}:", fix="not-applying")
    answer = cast.client("ed").post(url(cast, "fix"), sent, headers=FRAGMENT)
    assert answer.status_code == 422
    assert "Say why." in page(answer)
    answer = cast.client("ed").post(url(cast, "fix"), {**sent, "why": "No budget here."}, headers=FRAGMENT)
    assert answer.status_code == 200
    row = load_matrix(small.matrix).rows[small.duties["FIN-1"]]
    assert (row.applies, row.reason) == (False, "No budget here.")


def test_a_finding_is_raised_as_a_grey_area(cast):
    small = cast.small
    sent = here(cast, finding=f"R08::row:{small.duties['FIN-1']}:", fix="raise")
    answer = cast.client("ed").post(url(cast, "fix"), sent, headers=FRAGMENT)
    assert answer.status_code == 200
    raised = models.GreyArea.objects.get(duty__key=small.duties["FIN-1"])
    assert (raised.status, raised.origin, raised.raised_by) == ("open", "lint", "Ed")
    assert raised.question == "Who answers for “Do what FIN-1 says”?"


def test_where_a_fix_takes_the_column_away_the_row_is_shown(cast):
    small = cast.small
    two_owners(cast)
    write(
        small.organisation,
        *(
            Change(Address(Kind.GREY_AREA, small.matrix_key, key), "status", "open", "withdrawn")
            for key in (cast.contested, cast.open)
        ),
    )
    sent = here(cast, "CIO", finding=f"K01::column::{small.roles['CIO']}", fix="remove-column")
    answer = cast.client("ed").post(url(cast, "fix"), sent, headers=FRAGMENT)
    assert answer.status_code == 200
    assert "Who takes part" in page(answer)
    assert small.roles["CIO"] not in load_matrix(small.matrix).columns


# --- Comments


def test_a_contributor_comments_and_a_reader_reads_it(cast):
    sent = here(cast, "PM", text="Whose money is it?")
    answer = cast.client("connie").post(url(cast, "comment"), sent, headers=FRAGMENT)
    assert answer.status_code == 200
    assert "/undo/" not in page(answer)
    text = page(cast.client("bob").get(url(cast, role="PM")))
    assert "Whose money is it?" in text
    assert "<textarea" not in text
    assert "Whose money is it?" not in page(cast.client("bob").get(url(cast, role="ITM")))
    assert cast.client("bob").post(url(cast, "comment"), sent).status_code == 403
    grid = page(cast.client("bob").get(cast.url(f"matrices/{cast.small.matrix_key}/")))
    assert f"{url(cast, start='rows')}#comments" in grid


def _draft(answer) -> str:
    (found,) = re.findall(r'name="draft" value="([a-z2-9]{12})"', page(answer))
    return found


def test_a_comment_that_is_sent_again_from_the_same_form_is_written_once(cast):
    connie = cast.client("connie")
    drawn = connie.get(url(cast, start="rows"))
    sent = here(cast, text="Whose money is it?", draft=_draft(drawn))
    answers = [connie.post(url(cast, "comment"), sent) for _ in range(2)]
    assert [(answer.status_code, answer.url) for answer in answers] == [(303, url(cast, start="rows"))] * 2
    again = connie.get(answers[1].url)
    assert page(again).count("Your comment stands.") == 2  # each said by its own answer
    assert models.Comment.objects.count() == 1
    # What is typed into the next form is another comment, even in the same words.
    assert _draft(again) != sent["draft"]
    answer = connie.post(url(cast, "comment"), {**sent, "draft": _draft(again)}, headers=FRAGMENT)
    assert (answer.status_code, models.Comment.objects.count()) == (200, 2)


def test_nobody_reaches_the_comment_of_somebody_else_by_the_key_of_its_form(cast):
    for name, text in (("connie", "Mine."), ("ed", "Mine."), ("ed", "Not yours.")):
        sent = here(cast, text=text, draft="abcdefghijkm")
        assert cast.client(name).post(url(cast, "comment"), sent, headers=FRAGMENT).status_code == 200
    found = models.Comment.objects.order_by("pk").values_list("written_by", "text")
    assert list(found) == [("Connie", "Mine."), ("Ed", "Mine."), ("Ed", "Not yours.")]


def test_any_key_of_a_form_will_do(cast):
    for draft in ("", " ", "x" * 5000, "\x00", "ü", "'; --"):
        answer = cast.client("connie").post(url(cast, "comment"), here(cast, text="Hm.", draft=draft), headers=FRAGMENT)
        assert answer.status_code in (200, 422), draft


def test_an_empty_comment_is_refused_where_it_was_to_be_typed(cast):
    answer = cast.client("connie").post(url(cast, "comment"), here(cast, text="  "), headers=FRAGMENT)
    assert answer.status_code == 422
    assert "Write what you want to say." in page(answer)
    strange = cast.client("connie").post(url(cast, "comment"), here(cast, text="Odd \x01"), headers=FRAGMENT)
    assert strange.status_code == 422
    assert "Odd \x01" in page(strange)


def test_a_script_in_a_comment_is_only_text(cast):
    say(cast, "connie", "<script>alert(1)</script>")
    answer = cast.client("bob").get(url(cast))
    assert b"<script>alert" not in answer.content


def test_ones_own_comment_is_changed_and_deleted_by_nobody_else(cast):
    key = say(cast, "connie", "One\ntwo.")
    typed = {"seen": "One\r\ntwo.", "text": "Three."}
    assert alter(cast, "ed", key, "change", **typed).status_code == 403
    assert alter(cast, "alice", key, "change", **typed).status_code == 403
    assert alter(cast, "ed", key, "remove").status_code == 403
    assert alter(cast, "bob", key, "resolve").status_code == 403
    answer = alter(cast, "connie", key, "change", **typed)
    assert (answer.status_code, models.Comment.objects.get(key=key).text) == (200, "Three.")
    assert alter(cast, "connie", key, "change", seen="Old.", text="Four.").status_code == 409
    assert alter(cast, "connie", key, "change", seen="Three.", text="").status_code == 422
    assert alter(cast, "connie", key, "remove").status_code == 200
    assert not models.Comment.objects.exists()


def test_a_namesake_may_not_change_it(cast):
    key = say(cast, "connie", "Mine.")
    models.User.objects.filter(username="ed").update(first_name="Connie")
    cast.people["ed"].refresh_from_db()
    assert str(cast.people["ed"]) == str(cast.people["connie"])
    assert alter(cast, "ed", key, "change", seen="Mine.", text="Yours.").status_code == 403


def test_an_owner_of_the_organisation_may_delete_a_comment(cast):
    key = say(cast, "connie", "Not nice.")
    assert alter(cast, "alice", key, "remove").status_code == 200
    assert not models.Comment.objects.exists()


def test_a_comment_is_resolved_and_opened_again(cast):
    key = say(cast, "connie", "Is it so?")
    assert "resolved" in page(alter(cast, "ed", key, "resolve"))
    assert models.Comment.objects.get().resolved
    assert alter(cast, "ed", key, "reopen").status_code == 200
    assert not models.Comment.objects.get().resolved
    assert alter(cast, "ed", key, "shout").status_code == 422


def test_a_comment_of_another_organisation_is_not_found(cast):
    fields = to_fields(Comment(cast.other.duties["FIN-1"], "", "Theirs.", "Charlie", "2026-01-01T00:00:00+00:00"))
    key = new_key()
    address = Address(Kind.COMMENT, cast.other.matrix_key, key)
    write(cast.other.organisation, Change(address, "", None, fields), author=TESTER)
    assert alter(cast, "ed", key, "resolve").status_code == 404
