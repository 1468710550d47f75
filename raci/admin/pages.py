"""Importing this registers every page of the admin."""

from raci.admin import (
    comments,
    competence,
    history,
    mandate,
    matrices,
    on_record,
    overlaps,
    people,
    reference,
    register,
    staffing,
)

__all__ = [
    "comments",
    "competence",
    "history",
    "mandate",
    "matrices",
    "on_record",
    "overlaps",
    "people",
    "reference",
    "register",
    "staffing",
]
