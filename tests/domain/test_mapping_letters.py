"""Which letter of a scheme a letter of a document is, and which scheme fits."""

import pytest

from raci.domain.mapping.choosing import LEFT, Fit
from raci.domain.mapping.letters import best_scheme, fitted, suggested
from tests.domain.readings import SCHEMES, found_of

RACI = SCHEMES["raci"]


def one(letter: str, scheme: str = "raci", **legend: str):
    found = found_of(["PM"], {"Do it": letter}, legend=legend)
    return suggested(found, SCHEMES[scheme])[letter]


def test_a_letter_of_the_scheme_is_itself():
    assert [(one(code).to, one(code).fit) for code in "ARCI"] == [(code, Fit.EXACT) for code in "ARCI"]


@pytest.mark.parametrize(
    ("letter", "legend", "wanted"),
    [
        ("V", "Verantwortlich für die Durchführung", "R"),
        ("K", "Konsultiert", "C"),
        ("E", "Execute: does the work", "R"),
        ("N", "To be notified", "I"),
        ("F", "Final approver", "A"),
        ("Б", "Информируется", "I"),
        ("И", "Исполнитель", "R"),
    ],
)
def test_a_letter_is_what_the_legend_says_that_it_is(letter, legend, wanted):
    choice = one(letter, **{letter: legend})
    assert (choice.to, choice.fit) == (wanted, Fit.SIMILAR)
    assert legend in str(choice.why)


def test_a_letter_that_the_legend_explains_otherwise_is_not_taken_for_the_same():
    choice = one("A", A="Assists")
    assert choice.to == "C"
    assert "comes nearest" in str(choice.why)
    assert choice.others == ("R", "A")
    assert one("S", "raci-vs", S="Support").to != "S"
    assert one("S", "raci-vs", S="Signatory").fit is Fit.EXACT
    assert one("R", "rapid", R="Recommends").fit is Fit.EXACT


def test_a_letter_that_the_scheme_lacks_is_offered_with_what_comes_nearest():
    choice = one("S")
    assert (choice.to, choice.fit, choice.others) == ("C", Fit.SIMILAR, ("R",))
    assert one("S", "rasci").fit is Fit.EXACT


def test_a_letter_that_nothing_explains_is_left_out_and_one_for_no_part_is_empty():
    assert one("X").to == LEFT
    assert "nothing explains it" in str(one("X").why)
    assert one("O", O="Omitted").to == LEFT
    assert one("O", "racio", O="Out of the loop").to == "O"


@pytest.mark.parametrize(
    ("codes", "wanted"),
    [(["R", "A"], ("A/R", ())), (["C", "A"], ("A", ("C",))), (["I", "C", "R"], ("R", ("C", "I"))), ([], ("", ()))],
)
def test_the_heaviest_letters_that_may_share_a_cell_stay(codes, wanted):
    assert fitted(RACI, codes) == wanted


@pytest.mark.parametrize(
    ("cells", "legend", "wanted"),
    [
        ("A R C I", {}, "raci"),
        ("A R . .", {}, "raci"),
        ("A R S I", {}, "rasci"),
        ("A R S I", {"S": "Signs"}, "raci-vs"),
        ("A D R S", {}, "drasci"),
        ("O R A Q", {"O": "Out of it"}, "racio"),
    ],
)
def test_the_scheme_that_takes_most_cells_as_they_stand_fits_best(cells, legend, wanted):
    found = found_of(["a", "b", "c", "d"], {"Do it": cells}, legend=legend)
    assert best_scheme(found, SCHEMES) == wanted
