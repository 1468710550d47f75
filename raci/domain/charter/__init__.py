"""The charter of a role: drawn up from the records and the matrices, as lines that can be signed and compared."""

from raci.domain.charter.checks import Problem, checks
from raci.domain.charter.lines import UNCHANGED, Difference, Line, compare, digest, lines
from raci.domain.charter.mismatch import Mismatch, mismatch_of, owned_duties, worked_duties
from raci.domain.charter.powers import covers, power_words
from raci.domain.charter.saying import say
from raci.domain.charter.view import CharterView, Status, draw_up, is_written, written_roles

__all__ = [
    "UNCHANGED",
    "CharterView",
    "Difference",
    "Line",
    "Mismatch",
    "Problem",
    "Status",
    "checks",
    "compare",
    "covers",
    "digest",
    "draw_up",
    "is_written",
    "lines",
    "mismatch_of",
    "owned_duties",
    "power_words",
    "say",
    "worked_duties",
    "written_roles",
]
