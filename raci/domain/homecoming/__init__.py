"""Our own workbooks come home: what was edited in them, as wishes that a person accepts or refuses."""

from raci.domain.homecoming.bring import bring_home
from raci.domain.homecoming.brought import BroughtBack, BroughtColumn, BroughtQuestion, BroughtRow

__all__ = ["BroughtBack", "BroughtColumn", "BroughtQuestion", "BroughtRow", "bring_home"]
