"""What goes into a document on the boundary of two roles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from raci.documents.speech import ENGLISH, Language
from raci.domain.boundary import Boundary
from raci.domain.matrix import Matrix
from raci.domain.whole import Whole


@dataclass(frozen=True)
class BoundaryEdition:
    """A boundary with all that a document says of it.

    ``found`` is what is written down, ``pair`` the same before anything was filtered: the numbers about the pair are
    those of ``pair``. ``decisions`` tells decisions in words, by the keys of matrix and decision; ``agreements`` and
    ``catalogue`` are words too. ``asked`` are the filters that are set, by what they are called.
    """

    organisation: str
    whole: Whole
    pair: Boundary
    found: Boundary
    decisions: Mapping[tuple[str, str], str]
    exported_at: datetime
    exported_by: str
    agreements: Sequence[str] = ()
    catalogue: Sequence[tuple[str, str]] = ()
    asked: Sequence[tuple[str, str]] = field(default=())
    language: Language = ENGLISH

    @property
    def register(self) -> Matrix:
        return self.whole.register

    @property
    def names(self) -> tuple[str, str]:
        """What the two roles are called."""
        return self.register.roles[self.found.first].name, self.register.roles[self.found.second].name
