"""Settling who owns what: what a decision of each type must say, and which letters it makes."""

from raci.domain.settling.effects import child_letters, owner_of, row_letters
from raci.domain.settling.validity import Problem, problems

__all__ = ["Problem", "child_letters", "owner_of", "problems", "row_letters"]
