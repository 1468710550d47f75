"""Tables and constraints. Rules of conduct live in the domain and the services."""

from raci.models.blind_round import Mark, Round
from raci.models.catalogue import CatalogueEntry
from raci.models.comment import Comment
from raci.models.decision import Acknowledgement, Decision, DecisionPart
from raci.models.grey_area import Claim, GreyArea
from raci.models.history import Revision, RevisionChange
from raci.models.matrix import Assignment, Matrix, MatrixColumn, MatrixRow, Scheme
from raci.models.organisation import Membership, Organisation
from raci.models.people import Digest, User
from raci.models.register import Area, Duty, ReportingLine, Role

__all__ = [
    "Acknowledgement",
    "Area",
    "Assignment",
    "CatalogueEntry",
    "Claim",
    "Comment",
    "Decision",
    "DecisionPart",
    "Digest",
    "Duty",
    "GreyArea",
    "Mark",
    "Matrix",
    "MatrixColumn",
    "MatrixRow",
    "Membership",
    "Organisation",
    "ReportingLine",
    "Revision",
    "RevisionChange",
    "Role",
    "Round",
    "Scheme",
    "User",
]
