"""Importing this registers every page of the admin."""

from raci.admin import comments, history, matrices, on_record, overlaps, people, reference, register

__all__ = ["comments", "history", "matrices", "on_record", "overlaps", "people", "reference", "register"]
