"""The package of a workbook: which part is which sheet, wherever a program has put them."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import IO
from zipfile import ZipFile

from raci.documents.workbook.reading.markup import PIECE, feed, local, parser_of, whole
from raci.documents.workbook.reading.strings import decoded, shared_strings

_PREFIX = "orgroles."
_MOST_PROPERTIES = 200


@dataclass(frozen=True)
class SheetPart:
    """A sheet: its name, whether it is seen, and the part that holds it."""

    name: str
    state: str
    part: str


class Package:
    """One workbook, opened. Its parts are found by relations, never by their names."""

    def __init__(self, content: bytes) -> None:
        with whole():
            self.archive = ZipFile(BytesIO(content))
            self._names = {name.lower(): name for name in self.archive.namelist()}
            root = self._relations("")
            self._workbook = next(target for kind, target in root.values() if kind == "officeDocument")
            self._properties = next((target for kind, target in root.values() if kind == "custom-properties"), "")
            self._related = self._relations(self._workbook)
            self.from_1904 = False  # whether days are counted from 1904 on, as old Macs did
            self.sheets, self.names = self._read_workbook()

    @cached_property
    def strings(self) -> list[str]:
        """The strings that cells share, [] where every cell holds its own."""
        with whole():
            part = next((target for kind, target in self._related.values() if kind == "sharedStrings"), "")
            return shared_strings(self.archive, self._name(part)) if self._has(part) else []

    def properties(self) -> dict[str, str]:
        """Return the document's own properties that are ours, without their prefix."""
        if not self._has(self._properties):
            return {}
        found: dict[str, str] = {}
        name = ""

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal name
            if local(tag) == "property":
                name = attributes.get("name", "")

        def text(data: str) -> None:
            if name.startswith(_PREFIX) and len(found) < _MOST_PROPERTIES and data.strip():
                key = name.removeprefix(_PREFIX)
                found[key] = found.get(key, "") + data

        with whole(), self.archive.open(self._name(self._properties)) as stream:
            feed(parser_of(start, None, text), stream)
        return {key: decoded(value) for key, value in found.items()}

    def mentions(self, word: bytes) -> bool:
        """Tell whether the strings that cells share, or the beginning of a sheet, hold a word. No markup is parsed."""
        with whole():
            shared = [
                target for kind, target in self._related.values() if kind == "sharedStrings" and self._has(target)
            ]
            for part in shared:
                with self.open(part) as stream:
                    last = b""
                    while piece := stream.read(PIECE):
                        if word in last + piece:
                            return True
                        last = piece[-len(word) :]
            return any(self._begins_with(sheet.part, word) for sheet in self.sheets)

    def open(self, part: str) -> IO[bytes]:
        return self.archive.open(self._name(part))

    def _begins_with(self, part: str, word: bytes) -> bool:
        with self.open(part) as stream:
            return word in stream.read(PIECE)

    def _has(self, part: str) -> bool:
        return part.lower() in self._names

    def _name(self, part: str) -> str:
        return self._names[part.lower()]

    def _relations(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Return what a part is related to: kind and target by the relation's id."""
        folder, name = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                kind = attributes["Type"].rpartition("/")[2]
                target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))
                found[attributes["Id"]] = (kind, target.lstrip("/"))

        if self._has(place):
            with self.archive.open(self._name(place)) as stream:
                feed(parser_of(start), stream)
        return found

    def _read_workbook(self) -> tuple[list[SheetPart], dict[str, str]]:
        """Return the sheets in their order, and the names that are defined for the whole workbook."""
        sheets: list[SheetPart] = []
        names: dict[str, str] = {}
        name = ""

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal name
            name = ""
            self.from_1904 |= attributes.get("date1904", "0") in ("1", "true")  # only the workbook's own says so
            if local(tag) == "sheet":
                relation = next(value for key, value in attributes.items() if local(key) == "id")
                kind, part = self._related.get(relation, ("", ""))
                if kind == "worksheet" and self._has(part):
                    sheets.append(SheetPart(attributes["name"], attributes.get("state", "visible"), part))
            elif local(tag) == "definedName" and "localSheetId" not in attributes:
                name = attributes.get("name", "")

        def text(data: str) -> None:
            if name.startswith("orgroles_"):
                names[name] = names.get(name, "") + data

        def end(_tag: str) -> None:
            nonlocal name
            name = ""

        with self.archive.open(self._name(self._workbook)) as stream:
            feed(parser_of(start, end, text), stream)
        return sheets, names
