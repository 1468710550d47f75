"""How much rests on each role."""

from dataclasses import replace

from raci.domain.records import Sheet
from raci.domain.workload import letters_for, workloads
from tests.domain.builders import RACI, matrix_of


def test_owning_and_doing_are_counted_over_all_matrices_the_most_accountable_first():
    first = matrix_of("A B C", "AR C I", "R A .")
    second = replace(matrix_of("B C", "A .", "AR ."), key="n", sheet=Sheet("Other"))
    found = workloads([first, second])
    assert [(item.name, item.owns, item.does) for item in found] == [("B", 3, 1), ("A", 1, 2), ("C", 0, 0)]
    assert [(share.matrix, share.owns, share.does) for share in found[0].shares] == [("m", 1, 0), ("n", 2, 1)]


def test_nothing_is_carried_where_there_is_no_matrix():
    assert workloads([]) == ()


def test_the_letters_are_those_of_the_scheme():
    assert letters_for(RACI) == ("A", "R")
