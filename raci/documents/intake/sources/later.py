"""What is loaded only when a file needs it: a process that reads one file should not wait for what it does not use."""

from importlib import import_module
from types import ModuleType


def markup() -> ModuleType:
    """Return what reads Markdown and web pages."""
    return import_module("raci.documents.intake.markup")


def guesser() -> ModuleType:
    """Return what guesses encodings: it is large, and most texts are UTF-8."""
    return import_module("charset_normalizer")


def recogniser() -> ModuleType:
    """Return what finds matrices in tables."""
    return import_module("raci.documents.intake.recognise")


def home_reader() -> ModuleType:
    """Return what reads our own workbook."""
    return import_module("raci.documents.workbook.reader")
