"""A blind round for tests: people who stand for the roles of the small organisation, and what they mark."""

from django.contrib.auth import get_user_model

from raci import models
from raci.forms.marks import mark_of
from raci.models.base import new_key
from raci.services import rounds
from raci.services.marks import Given, put_marks
from tests.factories import TESTER, Small


def stand(small: Small, name: str, *codes: str, level: str = "contributor", **options: object) -> models.User:
    """Return a person who stands for roles, given by code: made, or found and made to."""
    people = get_user_model().objects
    user = people.filter(username=name).first() or people.create_user(
        name, f"{name}@example.org", first_name=name.title(), **options
    )
    member, _made = models.Membership.objects.get_or_create(
        organisation=small.organisation, user=user, defaults={"level": level}
    )
    member.stands_for.set(models.Role.objects.filter(key__in=[small.roles[code] for code in codes]))
    return user


class Blind:
    """A round over all rows of the small matrix: pat stands for PM, ida for ITM, and cleo for CIO where it is asked."""

    def __init__(self, small: Small, *codes: str) -> None:
        self.small, self.codes = small, codes or ("PM", "ITM")
        self.pat, self.ida = stand(small, "pat", "PM"), stand(small, "ida", "ITM")
        self.cleo = stand(small, "cleo", "CIO")
        self.round = self.open()

    def open(self, title: str = "Whose is it?") -> models.Round:
        key = new_key()
        outcome = rounds.open_round(
            matrix=self.small.matrix,
            title=title,
            duties=list(self.small.duties.values()),
            roles=[self.small.roles[code] for code in self.codes],
            due_on=None,
            author=TESTER,
            key=key,
        )
        assert outcome.ok, outcome.refusals
        return models.Round.objects.select_related("matrix__organisation").get(key=key)

    def given(self, value: str, reason: str = "") -> Given:
        """Return a mark; “theirs:CIO” names a role by its code."""
        name, _colon, code = value.partition(":")
        return Given(mark_of(f"{name}:{self.small.roles[code]}" if code else name), reason)

    def mark(self, person: models.User, code: str, duty: str, value: str, reason: str = "") -> None:
        given = {self.small.duties[duty]: self.given(value, reason)}
        put_marks(blind=self.round, user=person, role=self.small.roles[code], given=given)

    def mark_all(self, **marks: str) -> None:
        """Mark every row for roles: a word for each row, in their order; “-” leaves one out."""
        people = {"PM": self.pat, "ITM": self.ida, "CIO": self.cleo}
        for code, words in marks.items():
            for duty, value in zip(self.small.duties, words.split(), strict=True):
                if value != "-":
                    self.mark(people[code], code, duty, value, f"{code} says {value}")

    def reveal(self) -> None:
        self.refresh()
        outcome = rounds.reveal(blind=self.round, author=TESTER)
        assert outcome.ok, outcome.refusals
        self.refresh()

    def close(self) -> None:
        self.refresh()
        outcome = rounds.close(blind=self.round, author=TESTER)
        assert outcome.ok, outcome.refusals
        self.refresh()

    def refresh(self) -> None:
        self.round = models.Round.objects.select_related("matrix__organisation").get(pk=self.round.pk)
