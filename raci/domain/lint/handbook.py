"""The handbook of the rules, written from what is registered, so that it cannot say something else."""

from dataclasses import fields

from raci.domain.lint.registry import Rule, in_order
from raci.domain.lint.settings import LintSettings

_INTRODUCTION = """# Rules

What lint reports on a matrix, rule by rule. Only rows that apply in the scope of the matrix are looked at.
Rules speak of what a letter means (owning, doing, advice, notice), never of the letter itself, so they hold
for every scheme. A scheme that has no letter for owning is judged by its letter for leading.

Findings come in the order cells (C), rows (R), columns (K), matrix (M), authority (A), scopes and decisions (S),
people (P), time (T). A row is clean if no error or warning is about it; the health of a matrix is its clean rows out
of those that apply. A decision is in force while it is neither withdrawn nor replaced by another.

This page is written from the rules themselves (`raci/domain/lint/handbook.py`); a test compares the two and says
how to write it anew.
"""


def as_markdown() -> str:
    """Return the handbook: one section per rule."""
    return "\n".join([_INTRODUCTION, *(_section(rule) for rule in in_order()), _settings()])


def _section(rule: Rule) -> str:
    about = rule.documentation
    levels = dict.fromkeys(form.level.value for form in rule.forms.values())
    lines = [
        f"## {rule.id} {about.title}",
        f"`{rule.name}` · {', '.join(levels)}",
        f"**Check.** {about.check}",
        f"**Why.** {about.why}",
        f"**Fix.** {about.fix}",
    ]
    if about.settings:
        lines.append(f"**Settings.** {', '.join(f'`{name}`' for name in about.settings)}")
    if about.hides:
        lines.append(f"**Hides.** {', '.join(about.hides)} on the same row")
    return "\n\n".join(lines) + "\n"


def _settings() -> str:
    rows = [f"| `{item.name}` | {_shown(item.default)} | {item.metadata['meaning']} |" for item in fields(LintSettings)]
    return "\n".join(["## Settings", "", "| setting | default | meaning |", "|---|---|---|", *rows, ""])


def _shown(value: object) -> str:
    return "as the scheme says" if value is None else str(value)
