"""Where the story of the demo takes place."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from raci import models
from raci.services.door import Author
from raci.services.template_roles import Started


@dataclass(frozen=True)
class Stage:
    """The organisation, its accounts, the keys behind the codes, and the keys of its people by their usernames."""

    organisation: models.Organisation
    people: dict[str, models.User]
    keys: Started
    matrices: dict[str, models.Matrix]
    now: datetime
    staff: dict[str, str] = field(default_factory=dict)

    def author(self, step: dict[str, Any]) -> Author:
        """Return who takes a step, and when."""
        person = self.people[step["by"]]
        at = self.now - timedelta(days=step["days_ago"])
        return Author(name=str(person), door="workspace", reason=step["reason"], user=person, at=at)

    def day(self, count: int | None) -> date | None:
        """Return the day so many days from now, before it where that is below zero; None where none is given."""
        return None if count is None else timezone.localdate(self.now) + timedelta(days=count)
