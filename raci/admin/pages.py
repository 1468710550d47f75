"""Importing this registers every page of the admin."""

from raci.admin import comments, history, matrices, overlaps, people, reference, register

__all__ = ["comments", "history", "matrices", "overlaps", "people", "reference", "register"]
