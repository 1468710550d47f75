"""Tables and constraints. Rules of conduct live in the domain and the services."""

from raci.models.catalogue import CatalogueEntry
from raci.models.comment import Comment
from raci.models.grey_area import Claim, Decision, GreyArea
from raci.models.history import Revision, RevisionChange
from raci.models.matrix import Assignment, Matrix, MatrixColumn, MatrixRow, Scheme
from raci.models.organisation import Membership, Organisation
from raci.models.people import User
from raci.models.register import Area, Duty, ReportingLine, Role

__all__ = [
    "Area",
    "Assignment",
    "CatalogueEntry",
    "Claim",
    "Comment",
    "Decision",
    "Duty",
    "GreyArea",
    "Matrix",
    "MatrixColumn",
    "MatrixRow",
    "Membership",
    "Organisation",
    "ReportingLine",
    "Revision",
    "RevisionChange",
    "Role",
    "Scheme",
    "User",
]
