"""A matrix as compact JSON for the grid: one letter-string for each row, said what is odd about few."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from raci.domain.lint import Finding, Level, health
from raci.domain.matrix import Matrix
from raci.web.look import rule_short, rule_title
from raci.web.marks import (
    Marks,
    clean_rows,
    in_sections,
    marks_of,
    note,
    open_rows,
    paired_roles,
    section_of,
    sections,
    totals,
)
from raci.web.packing import Part

# The character of an empty cell; the contents of a cell are counted from here.
_BLANK = 32


@dataclass(frozen=True)
class Payload:
    """What a matrix looks like to the grid at one revision."""

    matrix: Matrix
    findings: tuple[Finding, ...]

    @cached_property
    def marks(self) -> Marks:
        return marks_of(self.findings)

    @cached_property
    def order(self) -> list[str]:
        """The duties of all rows, as they stand below one another."""
        return in_sections(self.matrix)

    @cached_property
    def odd(self) -> list[str]:
        """What cells hold that the scheme does not list: three letters, or what it had before."""
        held = {letters for row in self.matrix.cells.values() for letters in row.values()}
        return sorted(held.difference(self.matrix.scheme.combinations))

    @cached_property
    def contents(self) -> list[str]:
        """What a cell can hold; its character counts from here."""
        return ["", *self.matrix.scheme.combinations, *self.odd]

    @cached_property
    def characters(self) -> dict[str, str]:
        return {letters: chr(_BLANK + index) for index, letters in enumerate(self.contents)}

    def cells(self, duty: str) -> str:
        """Return the cells of a row, one character for each column; empty ones at the end are left out."""
        held = self.matrix.cells.get(duty)
        if not held:
            return ""
        characters = self.characters
        return "".join([characters[held.get(role, "")] for role in self.matrix.column_keys]).rstrip(" ")

    def state(self, duty: str) -> dict[str, Any]:
        """Return what is odd about a row: nothing for a clean one."""
        matrix, found = self.matrix, {}
        if key := matrix.open_by_duty.get(duty):
            interim = matrix.grey_areas[key].interim
            found["open"] = {"grey": key, "note": note(matrix, key), "interim": interim}
        if not matrix.rows[duty].applies:
            found["out"] = matrix.rows[duty].reason
        if duty in self.marks.by_duty:
            found["findings"] = list(dict.fromkeys(item.rule for item in self.marks.by_duty[duty]))
        if said := matrix.comments_by_duty.get(duty):
            found["comments"] = len(said)
        return found

    def row(self, duty: str) -> dict[str, Any]:
        """Return one row with all that the grid shows of it."""
        record = self.matrix.duties[duty]
        return {
            "key": duty,
            "code": record.code,
            "title": record.title,
            "area": section_of(self.matrix, duty),
            "cells": self.cells(duty),
            **self.state(duty),
        }

    def top(self) -> dict[str, Any]:
        """Return what is said of the matrix as a whole."""
        return {
            "revision": self.matrix.revision,
            "contents": self.contents,
            "columns": list(self._columns()),
            "areas": [
                {"key": item.area, "name": item.title, "settled": item.settled, "total": item.total}
                for item in sections(self.matrix).values()
            ],
            "rules": _rules(self.marks.all),
            "health": self._health(),
        }

    def parts(self) -> list[Part]:
        """Return the whole matrix as pieces of one JSON text; those of cells are marked as letters."""
        matrix, order = self.matrix, self.order
        place = {area: index for index, area in enumerate(sections(matrix))}
        states = [[index, state] for index, duty in enumerate(order) if (state := self.state(duty))]
        rows = {
            "key": "".join(order),
            "code": [matrix.duties[duty].code for duty in order],
            "title": [matrix.duties[duty].title for duty in order],
            "area": [place[section_of(matrix, duty)] for duty in order],
        }
        return [
            Part(f'{written(self.top())[:-1]},"rows":{written(rows)[:-1]},"cells":'),
            Part(written([self.cells(duty) for duty in order]), letters=True),
            Part(f'}},"state":{written(states)}}}'),
        ]

    def _columns(self) -> Iterable[dict[str, Any]]:
        paired = paired_roles(self.matrix)
        for role, total in zip(self.matrix.column_keys, totals(self.matrix), strict=True):
            record = self.matrix.roles[role]
            found = list(dict.fromkeys(item.rule for item in self.marks.by_role.get(role, ())))
            yield {
                "key": role,
                "code": record.code,
                "name": record.name,
                "pair": role in paired,
                "total": total,
                "findings": found,
            }

    def _health(self) -> dict[str, Any]:
        figures = health(self.matrix, self.marks.all)
        clean, applicable = clean_rows(self.matrix, self.marks), figures.applicable
        return {
            "clean": clean,
            "applicable": applicable,
            "percent": clean * 100 // applicable if applicable else None,
            "errors": figures.errors,
            "warnings": figures.warnings,
            "undecided": len(open_rows(self.matrix)),
            "with_findings": len(self.marks.by_duty),
        }


def written(value: Any) -> str:
    """Return a value as JSON with no blanks between."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _rules(findings: Iterable[Finding]) -> Mapping[str, Any]:
    worst: dict[str, Finding] = {}
    for item in findings:
        if item.rule not in worst or item.level is Level.ERROR:
            worst[item.rule] = item
    return {
        rule: {"level": item.level.value, "short": rule_short(item), "title": rule_title(item)}
        for rule, item in sorted(worst.items())
    }
