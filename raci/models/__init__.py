"""Tables and constraints. Rules of conduct live in the domain and the services."""

from raci.models.blind_round import Mark, Round
from raci.models.catalogue import CatalogueEntry
from raci.models.comment import Comment
from raci.models.competence import (
    Assessment,
    Competency,
    Confidant,
    Gain,
    PlanStep,
    Requirement,
    Route,
    Scale,
    Skill,
)
from raci.models.decision import Acknowledgement, Decision, DecisionPart
from raci.models.grey_area import Claim, GreyArea
from raci.models.history import Revision, RevisionChange
from raci.models.imports import Import, ImportWork
from raci.models.mandate import (
    Accountability,
    Agreement,
    Authority,
    Baseline,
    Charter,
    Difference,
    Incompatibility,
    Need,
)
from raci.models.matrix import Assignment, Matrix, MatrixColumn, MatrixRow, Scheme
from raci.models.organisation import Membership, Organisation
from raci.models.people import Digest, Feed, Look, User
from raci.models.register import Area, Duty, ReportingLine, Role, RoleAlias
from raci.models.staffing import Absence, Holding, Person, Signature

__all__ = [
    "Absence",
    "Accountability",
    "Acknowledgement",
    "Agreement",
    "Area",
    "Assessment",
    "Assignment",
    "Authority",
    "Baseline",
    "CatalogueEntry",
    "Charter",
    "Claim",
    "Comment",
    "Competency",
    "Confidant",
    "Decision",
    "DecisionPart",
    "Difference",
    "Digest",
    "Duty",
    "Feed",
    "Gain",
    "GreyArea",
    "Holding",
    "Import",
    "ImportWork",
    "Incompatibility",
    "Look",
    "Mark",
    "Matrix",
    "MatrixColumn",
    "MatrixRow",
    "Membership",
    "Need",
    "Organisation",
    "Person",
    "PlanStep",
    "ReportingLine",
    "Requirement",
    "Revision",
    "RevisionChange",
    "Role",
    "RoleAlias",
    "Round",
    "Route",
    "Scale",
    "Scheme",
    "Signature",
    "Skill",
    "User",
]
