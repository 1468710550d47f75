"""Filters that only offer what the person may see."""

from django.contrib.admin import EmptyFieldListFilter, RelatedOnlyFieldListFilter


def among(path: str) -> tuple[str, type]:
    """Return a filter by a relation, limited to what occurs in the list."""
    return (path, RelatedOnlyFieldListFilter)


def given(path: str) -> tuple[str, type]:
    """Return a filter by whether a field holds anything."""
    return (path, EmptyFieldListFilter)
