"""Importing this registers every page of the admin."""

from raci.admin import history, matrices, overlaps, people, reference, register

__all__ = ["history", "matrices", "overlaps", "people", "reference", "register"]
