"""The words in the column of areas: an area by its name or code, or a new one."""

from collections import defaultdict

from raci.domain.homecoming.columns import LONGEST_NAME
from raci.domain.homecoming.draft import Draft
from raci.domain.homecoming.keys import key_of
from raci.domain.proposal import Group
from raci.domain.records import Area, Kind
from raci.domain.structure import created, role_code
from raci.domain.text import Sentence, fold
from raci.domain.text import gettext_noop as _


class Areas:
    """Finds areas by what people type, and wishes for those that do not exist yet."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._known: dict[str, set[str]] = defaultdict(set)
        self._wishes: dict[str, str] = {}
        self._codes = [area.code for area in draft.seen.areas.values()]
        for key, area in draft.seen.areas.items():
            self._known[fold(area.name)].add(key)
            self._known[fold(area.code)].add(key)

    def shown(self, key: str) -> str:
        """Return what the export wrote for an area."""
        area = self._draft.seen.areas.get(key)
        return area.name if area else ""

    def code(self, key: str) -> str:
        """Return the code of an area, "" for none and for one that is still to be made."""
        area = self._draft.seen.areas.get(key)
        return area.code if area else ""

    def find(self, typed: str, where: str) -> tuple[str, str] | None:
        """Return the key of an area and the wish that makes it, "" where it exists; None where nobody can tell."""
        name = self._draft.text(where, typed, LONGEST_NAME)
        if not name:
            return None
        found = self._known[fold(name)]
        if len(found) > 1:
            text = _("Several areas are called {name}, so nothing was taken. Type the code of the area instead.")
            self._draft.report(where, Sentence(text, {"name": name}))
            return None
        (key,) = found or {self._made(name, where)}
        return key, self._wishes.get(key, "")

    def _made(self, name: str, where: str) -> str:
        key = key_of(self._draft.export_id, "area", fold(name))
        code = role_code(self._codes, name)
        self._codes.append(code)
        last = max((area.position for area in self._draft.seen.areas.values()), default=-1)
        area = Area(code, name, position=last + 1 + len(self._wishes))
        about = Sentence(_("New area {name}, {code}"), {"name": name, "code": code})
        self._wishes[key] = self._draft.wish(
            f"new-area.{key}", Group.AREAS, [created(Kind.AREA, key, area)], where, about
        )
        self._known[fold(name)] = {key}
        return key
