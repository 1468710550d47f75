"""What stands between a reading and a proposal: which of our roles, letters, areas and duties a document names."""

from raci.domain.mapping.choosing import (
    LEFT,
    NEW,
    Bearer,
    Choice,
    Choices,
    Detail,
    Fit,
    MatrixChoice,
    Register,
    Target,
)
from raci.domain.mapping.offering import asked_anew, offered
from raci.domain.mapping.proposing import propose, propose_all

__all__ = [
    "LEFT",
    "NEW",
    "Bearer",
    "Choice",
    "Choices",
    "Detail",
    "Fit",
    "MatrixChoice",
    "Register",
    "Target",
    "asked_anew",
    "offered",
    "propose",
    "propose_all",
]
