"""Finds responsibility matrices in tables of text, and says what was taken, what was left and why."""

from raci.documents.intake.recognise.recogniser import recognise

__all__ = ["recognise"]
