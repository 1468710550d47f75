"""All hostile files, by what they are."""

from tests.documents.intake.hostile import ARCHIVES, OTHER_PARTS, SHEETS
from tests.documents.intake.hostile_kinds import ALIENS, OTHER_KINDS

CASES = {**ARCHIVES, **SHEETS, **OTHER_PARTS, **OTHER_KINDS, **ALIENS}
