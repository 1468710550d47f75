"""A matrix as compact JSON for the grid: one letter-string for each row, said what is odd about few."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from raci.domain.lint import Finding, Ledger, Level
from raci.domain.matrix import Matrix
from raci.domain.structure import rows_in_order
from raci.web.look import short_of, title_of
from raci.web.marks import covered, is_shown, note, open_rows, paired_roles, section_of, sections, totals
from raci.web.packing import Part
from raci.web.pieces import Pieces, pieces_of, written

# The character of an empty cell; the contents of a cell are counted from here.
_BLANK = 32


@dataclass(frozen=True)
class Payload:
    """What a matrix looks like to the grid at one revision. ``held`` says who holds each role of the columns today."""

    ledger: Ledger
    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def matrix(self) -> Matrix:
        return self.ledger.matrix

    @cached_property
    def order(self) -> list[str]:
        """The duties of all rows, as they stand below one another."""
        return list(rows_in_order(self.matrix))

    @cached_property
    def odd(self) -> list[str]:
        """What cells hold that the scheme does not list: three letters, or what it had before."""
        return sorted({letters for _, letters in self.matrix.tally}.difference(self.matrix.scheme.combinations))

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
        matrix = self.matrix
        found: dict[str, Any] = {}
        if key := matrix.open_by_duty.get(duty):
            interim = matrix.grey_areas[key].interim
            found["open"] = {"grey": key, "note": note(matrix, key), "interim": interim}
        if not matrix.rows[duty].applies:
            found["out"] = matrix.rows[duty].reason
        if rules := _rules_in(self.ledger.by_duty.get(duty, ())):
            found["findings"] = rules
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
            "rules": self._rules(),
            "health": self._health(),
        }

    def parts(self, pieces: Pieces | None = None) -> list[Part]:
        """Return the whole matrix as pieces of one JSON text; those of cells are marked as letters."""
        rows = pieces or pieces_of(self)
        key, code, title, area = rows.fixed
        return [
            Part(f'{written(self.top())[:-1]},"rows":{{"key":'),
            Part(key, letters=True),
            Part(f',"code":{code}'),
            Part(f',"title":{title}'),
            Part(f',"area":{area},"cells":'),
            Part(written(rows.cells), letters=True),
            Part(f'}},"state":[{",".join(filter(None, rows.states))}]}}'),
        ]

    def _columns(self) -> Iterable[dict[str, Any]]:
        paired, found = paired_roles(self.matrix), self.ledger.of_the_whole
        for role, total in zip(self.matrix.column_keys, totals(self.matrix), strict=True):
            record = self.matrix.roles[role]
            yield {
                "key": role,
                "code": record.code,
                "name": record.name,
                "pair": role in paired,
                "total": total,
                "findings": _rules_in([item for item in found if role in item.subject.roles]),
                **({"held": self.held[role]} if role in self.held else {}),
            }

    @cached_property
    def _kinds(self) -> Counter[tuple[str, Level]]:
        """How many findings there are of each rule and level."""
        found = Counter([*((item.rule, item.level) for item in self.ledger.of_the_whole), *self.ledger.said_once])
        for kinds, count in self.ledger.counts:
            for rule, _, level in kinds:
                found[rule, level] += count
        return Counter({kind: count for kind, count in found.items() if is_shown(*kind)})

    def _rules(self) -> dict[str, Any]:
        level = {rule: Level.WARNING for rule, _ in self._kinds} | {
            rule: Level.ERROR for rule, level in self._kinds if level is Level.ERROR
        }
        return {
            rule: {"level": level[rule].value, "short": short_of(rule), "title": title_of(rule)}
            for rule in sorted(level)
        }

    def _health(self) -> dict[str, Any]:
        by_duty, rows = self.ledger.by_duty, self.matrix.rows
        undecided, applicable = open_rows(self.matrix), len(self.matrix.applicable_rows)
        wrong = sum(
            count for kinds, count in self.ledger.counts if any(is_shown(rule, level) for rule, _, level in kinds)
        )
        only_open = sum(rows[duty].applies and not _rules_in(by_duty.get(duty, ())) for duty in undecided)
        clean = applicable - wrong - only_open - self._covered(undecided)
        return {
            "clean": clean,
            "applicable": applicable,
            "percent": clean * 100 // applicable if applicable else None,
            "errors": sum(count for (_, level), count in self._kinds.items() if level is Level.ERROR),
            "warnings": sum(count for (_, level), count in self._kinds.items() if level is Level.WARNING),
            "undecided": len(undecided),
            "with_findings": wrong,
        }

    def _covered(self, undecided: Collection[str]) -> int:
        """Return how many rows nothing is wrong with but what is said of columns with them in mind."""
        others = covered(self.ledger.of_the_whole) - set(undecided)
        return sum(not _rules_in(self.ledger.by_duty.get(duty, ())) for duty in others)


def _rules_in(findings: Sequence[Finding]) -> list[str]:
    """Return the rules that say something that the grid shows, each once."""
    return list(dict.fromkeys(item.rule for item in findings if is_shown(item.rule, item.level)))
