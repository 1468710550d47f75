"""The decision log: text that a repository can keep, in which a diff shows decisions and nothing else."""

import difflib
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.documents.decision_log import Entry, write_log
from raci.domain.text import normalise, problem

DAY = date(2026, 2, 3)


def entry(key: str = "k1", code: str = "VEN-4", on: date = DAY, **told: str) -> Entry:
    return Entry(key, code, "Sign contracts", on, list(told.items()))


def lines_of(*entries: Entry) -> list[str]:
    return write_log("Example Rail", entries).splitlines(keepends=True)


def test_a_decision_is_a_heading_and_a_line_for_each_field():
    assert write_log("Example Rail", [entry(Kind="sole owner", Reason="Contracts outlive projects.", Terms="")]) == (
        "# Decisions of Example Rail\n\n"
        "## 2026-02-03 · VEN-4 Sign contracts\n\n"
        "- **Kind:** sole owner\n"
        "- **Reason:** Contracts outlive projects.\n"
        "- **Key:** k1\n"
    )


def test_the_order_is_by_day_then_code_then_key_and_codes_count():
    made = [
        entry("c", "VEN-10"),
        entry("b", "VEN-2"),
        entry("a", "VEN-10"),
        entry("d", "ZZZ-1", DAY - timedelta(days=1)),
    ]
    heads = re.findall(r"^## (.*)$|Key:\*\* (.*)$", write_log("x", made), flags=re.M)
    assert [key for _, key in heads if key] == ["d", "b", "a", "c"]


def test_what_was_typed_on_several_lines_stays_within_its_field():
    typed = "First.\n\n# Not a heading\n- not an item\n12. not the twelfth\n=====\nLast."
    written = "First. \\# Not a heading \\- not an item 12\\. not the twelfth \\===== Last."
    text = write_log("x", [entry(Reason=typed)])
    assert text.split("- **Reason:** ")[1].split("\n- **Key")[0].replace("\\\n  ", " ") == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("<b>&amp;</b>", r"\<b\>\&amp;\</b\>"),
        ("a|b", r"a\|b"),
        ("*x* _y_ `z`", r"\*x\* \_y\_ \`z\`"),
        ("[a](b)", r"\[a\](b)"),
    ],
)
def test_signs_of_markdown_and_html_are_read_as_they_are(typed, written):
    assert f"- **Reason:** {written}\n" in write_log("x", [entry(Reason=typed)])


def added(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """The lines that a text diff shows as gone and as new."""
    told = list(difflib.ndiff(before, after))
    return [line for line in told if line.startswith("- ")], [line for line in told if line.startswith("+ ")]


def test_a_new_decision_adds_its_own_lines_wherever_it_stands_and_touches_no_others():
    known = [entry("a", "VEN-1", Reason="One"), entry("b", "VEN-3", Reason="Three", Supersedes="a")]
    new = entry("n", "VEN-2", Reason="Two", Supersedes="b")
    gone, fresh = added(lines_of(*known), lines_of(*known, new))
    assert gone == []
    # The empty lines around sections are the same everywhere: which of them a diff calls new does not matter.
    section = lines_of(new)[2:]
    assert sorted(line[2:].strip() for line in fresh) == sorted([*(line.strip() for line in section), ""])


texts = st.text(st.characters(codec="utf-8"), max_size=60).map(normalise).filter(lambda text: not problem(text))
entries = st.builds(
    Entry,
    st.text("abc", min_size=3, max_size=6),
    st.sampled_from(["VEN-1", "VEN-2", "VEN-10", "ven-2", "FIN-1", "#1", ""]),
    texts,
    st.dates(date(2026, 1, 1), date(2026, 1, 5)),
    st.lists(st.tuples(st.sampled_from(["Kind", "Reason", "Owner"]), texts), max_size=3),
)


@given(st.lists(entries, max_size=6, unique_by=lambda one: one.key), st.randoms())
def test_the_order_in_which_decisions_come_does_not_matter(made, chance):
    turned = list(made)
    chance.shuffle(turned)
    assert write_log("x", turned) == write_log("x", made)


@given(st.lists(entries, max_size=5, unique_by=lambda one: one.key), entries)
def test_no_decision_ever_changes_the_lines_of_another(made, new):
    known = [one for one in made if one.key != new.key]
    before, after = lines_of(*known), lines_of(*known, new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    assert {step for step, *_ in matcher.get_opcodes()} <= {"equal", "insert"}


@given(entries)
def test_whatever_is_typed_makes_no_second_section_and_no_field_of_its_own(made):
    told = [line for line in write_log("x", [made]).split("\n") if line and not line.startswith(("  ", "# "))]
    assert sum(line.startswith("## ") for line in told) == 1
    assert (
        sum(line.startswith("- **") for line in told) == len(told) - 1 == 1 + sum(bool(v.strip()) for _, v in made.told)
    )


def test_a_number_sign_at_the_end_of_a_title_does_not_close_the_heading():
    text = write_log("x", [Entry("k", "VEN-4", "Choose between Java and C #", DAY, [])])
    assert "## 2026-02-03 · VEN-4 Choose between Java and C \\#\n" in text
