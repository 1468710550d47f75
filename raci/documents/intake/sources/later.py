"""What is loaded only when a file needs it: a process that reads one file should not wait for what it does not use."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType


def markup() -> ModuleType:
    """Return what reads Markdown and web pages."""
    return import_module("raci.documents.intake.markup")


def recogniser() -> ModuleType | None:
    """Return what finds matrices in tables."""
    return _where_installed("raci.documents.intake.recognise")


def home_reader() -> ModuleType | None:
    """Return what reads our own workbook."""
    return _where_installed("raci.documents.workbook.reader")


def _where_installed(name: str) -> ModuleType | None:
    return import_module(name) if find_spec(name) else None
