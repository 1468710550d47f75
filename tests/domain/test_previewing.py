"""A proposal against what is current: what a person answers, and what follows from it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from raci.domain.change import Address, Change, cell_change
from raci.domain.lint import lint
from raci.domain.matrix import value_at
from raci.domain.previewing import Pick, Picks, Preview, Verdict, after, look_ahead, settle
from raci.domain.proposal import Group, Proposal, Standing, Wish
from raci.domain.records import Duty, Kind, Row, to_fields
from tests.domain.builders import TODAY, matrix_of

ROLES, DUTIES = ("PM", "ITM", "CIO"), ("1", "2", "3")
SEEN = matrix_of("PM ITM CIO", "A R .", ". A C", ". . .")


def cell(duty: str, role: str, before: str, wanted: str) -> Change:
    return cell_change("m", duty, role, before, wanted)


def wish(key: str, *changes: Change, **more: object) -> Wish:
    return Wish(key, more.pop("group", Group.CELLS), changes, **more)


def new_row(key: str, code: str = "9") -> tuple[Change, Change]:
    return (
        Change(Address(Kind.DUTY, "", key), "", None, to_fields(Duty(code, "Do more"))),
        Change(Address(Kind.ROW, "m", key), "", None, to_fields(Row(9))),
    )


def preview(*wishes: Wish, current: object = SEEN) -> Preview:
    return Preview(Proposal(0, wishes), {"m": current})


def made(found: Preview, picks: Picks = Picks()) -> list[str]:  # noqa: B008  # it cannot be changed
    return [one.id for one in settle(found, picks).made]


def test_what_nobody_answered_is_as_it_was_offered() -> None:
    found = preview(
        wish("a", cell("1", "CIO", "", "I")), wish("b", cell("2", "PM", "", "I"), offered=False),
        wish("done", cell("1", "PM", "C", "A")), wish("both", cell("2", "ITM", "R", "C")),
    )  # fmt: skip
    assert [line.standing for line in found.lines.values()] == ["open", "open", "done", "disputed"]
    assert made(found) == ["a"]


def test_accepting_a_group_does_not_answer_its_conflicts() -> None:
    found = preview(wish("a", cell("1", "CIO", "", "I")), wish("both", cell("2", "ITM", "R", "C")))
    assert made(found, Picks().with_group(Group.CELLS, Verdict.ACCEPT, found.lines)) == ["a"]
    assert made(found, Picks().with_group(Group.CELLS, Verdict.REFUSE, found.lines)) == []


def test_an_answer_to_a_line_counts_more_than_one_to_its_group_until_the_group_is_answered_again() -> None:
    found = preview(wish("a", cell("1", "CIO", "", "I")), wish("b", cell("2", "PM", "", "I")))
    picks = Picks().with_group(Group.CELLS, Verdict.REFUSE, found.lines).with_lines({"a": Pick(Verdict.ACCEPT)})
    assert made(found, picks) == ["a"]
    assert made(found, picks.with_group(Group.CELLS, Verdict.REFUSE, found.lines)) == []


def test_insisting_replaces_what_was_seen_and_nothing_else() -> None:
    both = wish("both", cell("2", "ITM", "R", "C"))
    found = preview(both)
    picks = Picks().with_lines({"both": Pick(Verdict.INSIST, found.lines["both"].seen)})
    assert settle(found, picks).changes == (cell("2", "ITM", "A", "C"),)
    changed_again = preview(both, current=after(SEEN, [cell("2", "ITM", "A", "I")]))
    assert made(changed_again, picks) == []


def test_what_a_wish_needs_takes_it_along_however_far_removed() -> None:
    found = preview(
        wish("row", *new_row("9"), group=Group.NEW_ROWS),
        wish("letters", cell("9", "PM", "", "A"), needs=("row",)),
        wish("more", cell("9", "ITM", "", "C"), needs=("letters",)),
    )
    assert made(found) == ["row", "letters", "more"]
    refused = Picks().with_lines({"row": Pick(Verdict.REFUSE)})
    assert made(found, refused) == []
    assert found.lacking(refused) == settle(found, refused).troubles.keys() == {"letters", "more"}


def test_what_does_not_fit_is_left_out_with_the_reason_and_with_all_that_needs_it() -> None:
    taken = wish("row", *new_row("9", code="1"), group=Group.NEW_ROWS)
    found = preview(
        taken, wish("letters", cell("9", "PM", "", "A"), needs=("row",)), wish("a", cell("1", "CIO", "", "I"))
    )
    settled = settle(found, Picks())
    assert [one.id for one in settled.made] == ["a"]
    assert str(settled.troubles["row"]) == "Somebody has given the same name in the meantime: duty 1."
    assert "letters" in settled.troubles


def test_letters_for_a_row_that_is_gone_say_so() -> None:
    rows = {key: row for key, row in SEEN.rows.items() if key != "3"}
    settled = settle(preview(wish("a", cell("3", "PM", "", "A")), current=replace(SEEN, rows=rows)), Picks())
    assert str(settled.troubles["a"]) == "Somebody removed row 3 in the meantime."


def test_two_lines_that_want_different_things_in_one_place_are_not_both_made() -> None:
    found = preview(wish("a", cell("1", "CIO", "", "I")), wish("b", cell("1", "CIO", "", "C")))
    assert made(found) == ["a"]
    assert made(found, Picks().with_lines({"a": Pick(Verdict.REFUSE)})) == ["b"]
    same = preview(wish("a", cell("1", "CIO", "", "I")), wish("b", cell("1", "CIO", "", "I")))
    assert len(settle(same, Picks()).changes) == 1


def test_lint_says_what_would_be_gone_and_what_would_come() -> None:
    now = matrix_of("PM ITM", "A .", "A R")
    then = after(now, [cell("1", "ITM", "", "R"), cell("2", "ITM", "R", "")])
    ahead = look_ahead(now, lint(now, today=TODAY), then, lint(then, today=TODAY))
    assert {(one.rule, one.subject.duty) for one in ahead.fixed} >= {("R03", "1")}
    assert {(one.rule, one.subject.duty) for one in ahead.added} >= {("R03", "2")}
    assert not {one.key for one in ahead.fixed} & {one.key for one in ahead.added}


LETTERS = st.sampled_from(["", "A", "R", "C", "I", "A/R"])
CELLS = st.lists(
    st.tuples(st.sampled_from(DUTIES), st.sampled_from(ROLES), LETTERS, LETTERS), unique_by=lambda one: one[:2]
)
VERDICTS = st.sampled_from(list(Verdict))


def picks_of(found: Preview, answers: Sequence[Verdict], groups: dict[Group, Verdict]) -> Picks:
    given_to = zip(found.lines.values(), answers, strict=False)
    return Picks(groups, {line.wish.id: Pick(verdict, line.seen) for line, verdict in given_to})


@given(
    cells=CELLS,
    offered=st.lists(st.booleans(), min_size=9, max_size=9),
    answers=st.lists(VERDICTS, max_size=9),
    groups=st.dictionaries(st.just(Group.CELLS), st.sampled_from([Verdict.ACCEPT, Verdict.REFUSE])),
)
def test_whatever_is_answered_what_follows_fits_and_leaves_others_alone(cells, offered, answers, groups) -> None:
    wishes = [
        wish(f"w{at}", cell(duty, role, before, wanted), offered=offered[at])
        for at, (duty, role, before, wanted) in enumerate(cells)
    ]
    found = preview(*wishes)
    picks = picks_of(found, answers, groups)
    settled = settle(found, picks)
    then = after(SEEN, settled.changes)
    touched = {(change.address.subject, change.address.other) for change in settled.changes}
    for line in found.lines.values():
        (change,) = line.wish.changes
        now, verdict = value_at(then, change.address, "letters"), found.verdict(line, picks)
        if verdict in (Verdict.ACCEPT, Verdict.INSIST):
            assert now == change.after
        else:
            assert now == value_at(SEEN, change.address, "letters")
        if line.standing is Standing.DISPUTED and change.address[2:] in touched:
            assert verdict is Verdict.INSIST
    assert Picks.from_data(picks.to_data()) == picks
    counted = Counter((one.wish.group, one.standing, found.verdict(one, picks)) for one in found.lines.values())
    assert found.tally(picks) == counted
