"""Scales of levels as people read them: "4 · Leads others"."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from raci import models
from raci.domain.competence import Competency

# Nobody begins at a level: where a scale has no level for that, this one stands for it.
NOT_YET = 0


@dataclass(frozen=True)
class Levels:
    """The levels of a scale by number, with their names in the current language, "" where they have none."""

    code: str
    name: str
    names: Mapping[int, str]

    def shown(self, level: int) -> str:
        """Return a level with its name."""
        name = self.names.get(level, "")
        if level == NOT_YET and level not in self.names:
            name = _("not yet")
        return f"{level} · {name}" if name else str(level)

    def required(self, competency: Competency) -> list[int]:
        """Return the levels of a competency that can be required: those at which it exists, beyond nothing."""
        return [level for level in self.names if max(1, competency.lowest) <= level <= competency.highest]

    def given(self, competency: Competency) -> list[int]:
        """Return the levels at which somebody can be in a competency: those at which it exists, and not yet."""
        return sorted({NOT_YET, *(level for level in self.names if competency.lowest <= level <= competency.highest)})


def scales() -> dict[str, Levels]:
    """Return all scales by their codes, in the current language, in one query."""
    return {row.code: levels_of(row) for row in models.Scale.objects.all()}


def levels_of(row: models.Scale) -> Levels:
    """Return a scale as it is read."""
    names = {int(item["level"]): _(item["name"]) if item.get("name") else "" for item in row.levels}
    return Levels(row.code, str(row), dict(sorted(names.items())))
