"""The page of what a role requires and which skills it calls for."""

from functools import cached_property
from typing import Any

from raci import models
from raci.domain.matrix import Matrix
from raci.domain.records import Value
from raci.domain.transition import in_order, skills_of
from raci.forms.developing import RequirementsForm, SkillForm, SkillsForm, requirements_form, skills_form
from raci.services.loading import read_register
from raci.services.paths import Note, demands, hole_notes
from raci.services.scales import scales


class RoleDemands:
    """What stands on the page; what was sent to one of its forms is kept there."""

    def __init__(self, role: models.Role, *, requirements: Any = None, skills: Any = None, skill: Any = None) -> None:
        self.role = role
        self._sent = {"requirements": requirements, "skills": skills, "skill": skill}

    @cached_property
    def register(self) -> Matrix:
        """The register of the organisation, as it was before anything sent was written."""
        return read_register(self.role.organisation)

    @cached_property
    def notes(self) -> list[Note]:
        """What is missing here."""
        return hole_notes(self.register, self.role.key)

    @cached_property
    def demands(self) -> list[Any]:
        """What is required, to read."""
        return [one for one in demands(self.register, self.role.key) if one.level]

    @property
    def skills(self) -> list[tuple[str, str]]:
        """The skills with what answers to them, to read."""
        register, role = self.register, self.role.key
        found = [register.skills[role, key] for key in skills_of(register, role)]
        return [(one.name, self._competency_name(one.competency)) for one in found]

    @cached_property
    def requirements_form(self) -> RequirementsForm:
        register, key = self.register, self.role.key
        competencies = {one: register.competencies[one] for one in in_order(register, register.competencies)}
        record: dict[str, Value] = {}
        for one in competencies:
            asked = register.requirements.get((key, one))
            record |= {
                f"level-{one}": asked.level if asked else 0,
                f"essential-{one}": bool(asked and asked.essential),
                f"weight-{one}": asked.weight if asked else 1,
            }
        return requirements_form(record, competencies, scales(), self._sent["requirements"])

    @cached_property
    def skills_form(self) -> SkillsForm:
        register, role = self.register, self.role.key
        keys, record = skills_of(register, role), dict[str, Value]()
        for key in keys:
            record |= {
                f"name-{key}": register.skills[role, key].name,
                f"competency-{key}": register.skills[role, key].competency,
            }
        return skills_form(record, keys, self._choices(), self._sent["skills"])

    @cached_property
    def skill_form(self) -> SkillForm:
        return SkillForm(self._choices(), self._sent["skill"])

    def _choices(self) -> list[tuple[str, str]]:
        shelf = self.register.competencies
        return [(key, self._competency_name(key)) for key in in_order(self.register, shelf)]

    def _competency_name(self, key: str) -> str:
        one = self.register.competencies.get(key)
        return f"{one.code} {one.name}" if one else ""
