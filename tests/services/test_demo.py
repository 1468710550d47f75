"""The demo organisation."""

from django.core.management import call_command
from django.utils import timezone

from raci import models
from raci.domain.charter import compare, digest, draw_up, lines
from raci.services.charters import draw
from raci.services.demo import start_demo
from raci.services.history import verify
from raci.services.linting import findings
from raci.services.private import let_in, opinions
from raci.services.rounds import progress_of
from raci.services.whole import load_whole, whole_at


def test_it_tells_some_weeks_of_an_organisation_and_keeps_it_the_second_time(schemes):
    organisation, made = start_demo()
    assert made
    assert start_demo() == (organisation, False)
    open_ones = models.GreyArea.objects.filter(matrix__organisation=organisation).unresolved()
    settled = models.Decision.objects.filter(matrix__organisation=organisation).in_force()
    assert settled.count() > 2 * open_ones.count() > 30
    assert open_ones.filter(claims__isnull=False).distinct().count() >= 8  # contested
    assert open_ones.filter(claims__isnull=True).count() >= 3  # simply open
    assert open_ones.filter(due_on__lt=timezone.localdate()).count() == 1  # overdue
    types = set(models.Decision.objects.filter(matrix__organisation=organisation).values_list("type", flat=True))
    assert types == {"sole_owner", "split_threshold", "escalate", "defer"}
    answers = models.Acknowledgement.objects.filter(decision__matrix__organisation=organisation)
    assert answers.filter(agrees=False).count() == 1
    assert answers.filter(agrees=True).count() > 100
    (waiting,) = progress_of([models.Round.objects.get(matrix__organisation=organisation)]).values()
    assert {one.name: (one.answered, one.asked) for one in waiting.people if one.answered} == {
        "Tomasz Wieczorek": (8, 8),
        "Priya Raghunathan": (3, 8),
    }
    rules = {item.rule for matrix in organisation.matrices.all() for item in findings(matrix)}
    assert {"S04", "R02", "R03"} <= rules
    assert verify(organisation) == []


def test_its_people_stand_for_the_roles_of_the_story(schemes):
    organisation, _made = start_demo()
    spoken = models.Membership.objects.filter(organisation=organisation, stands_for__isnull=False)
    assert dict(spoken.values_list("user__username", "stands_for__code")) == {
        "madeyemi": "CIO",
        "twieczorek": "ITM",
        "praghunathan": "PM",
        "cbaird": "PM",
        "soyelaran": "PEX",
        "linmeihua": "FIN",
    }


def test_its_roles_are_defined_and_held(schemes):
    organisation, _made = start_demo()
    organisation.refresh_from_db()
    register = load_whole(organisation).register
    today = timezone.localdate()
    people = models.Person.objects.filter(organisation=organisation)
    assert (people.count(), people.filter(user=None).count()) == (12, 4)
    now = [one for one in register.holdings.values() if one.ends_on is None or one.ends_on >= today]
    assert len(now) == len(register.holdings) - 1 == 9
    (mine,) = [one for key, one in register.charters.items() if register.roles[key].code == "ITM"]
    assert mine.review_on and mine.review_on > today
    assert mine.measures.splitlines()[-1] == "Nobody on the night rota twice in one week"
    shares = [
        one.share for (role, _key), one in register.accountabilities.items() if register.roles[role].code == "ITM"
    ]
    assert sum(shares) == 100
    first, second = sorted(one.number for one in register.baselines.values())
    assert 1 < first < second < organisation.revision
    assert [one.dimension for one in register.differences.values() if not one.first_value] == [
        "Where a working day begins"
    ]
    assert {register.routes[route].source for route, _competency in register.gains} == {"DEV-3", "DEV-4"}
    (covered,) = [one for one in register.absences.values() if one.cover]
    assert covered.starts_on and covered.starts_on > today
    (control,) = [one.control_until for one in register.incompatibilities.values() if one.control]
    assert control and control > today


def test_its_it_manager_signed_a_charter_that_has_one_line_more_since(schemes):
    organisation, _made = start_demo()
    organisation.refresh_from_db()
    role = models.Role.objects.get(organisation=organisation, code="ITM")
    (signature,) = load_whole(organisation).register.signatures.values()
    then = lines(draw_up(whole_at(organisation, signature.number), role.key, timezone.localdate()))
    assert digest(then) == signature.digest
    changed = compare(then, draw(organisation, role.key).lines)
    assert ("measures", ("Nobody on the night rota twice in one week",)) in {
        (line.section, line.parts) for line in changed.added
    }


def test_what_its_project_manager_can_do_is_seen_by_two_and_by_nobody_else(schemes):
    organisation, _made = start_demo()
    person = models.Person.objects.get(organisation=organisation, name="Priya Raghunathan")
    said = {}
    for username in ("praghunathan", "soyelaran", "madeyemi"):
        confidence = let_in(person, models.User.objects.get(username=username))
        said[username] = len(opinions(confidence)) if confidence else None
    assert said == {"praghunathan": 11, "soyelaran": 11, "madeyemi": None}


def test_the_fixtures_can_be_loaded_twice(schemes):
    for _ in range(2):
        call_command("loaddata", "schemes", "scales", "catalogue", verbosity=0)
        assert (models.Scheme.objects.count(), models.CatalogueEntry.objects.count()) == (20, 113)
