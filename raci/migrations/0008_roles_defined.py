"""Charters, boundaries, competence, people: what defines a role beyond its letters.

Like all else these stay within their organisation, by triggers that every database keeps.
"""

from importlib import import_module

import django.db.models.deletion
import raci.models.base
from django.conf import settings
from django.db import migrations, models


earlier = import_module("raci.migrations.0003_one_organisation")
OWN = "NEW.organisation_id"
OF_ROLE = earlier.of("raci_role", "organisation_id", "NEW.role_id")
OF_DUTY = earlier.of("raci_duty", "organisation_id", "NEW.duty_id")
OF_ROUTE = earlier.of("raci_route", "organisation_id", "NEW.route_id")
OF_PERSON = earlier.of("raci_person", "organisation_id", "NEW.person_id")
inside = earlier.same_organisation

# For each new table: a column that refers to something, whose it must be, and whose it is.
RULES = {
    "raci_accountability": [*inside(OF_ROLE, "raci_area", "area_id"), *inside(OF_ROLE, "raci_duty", "duty_id")],
    "raci_authority": inside(OF_ROLE, "raci_matrix", "sheet_id"),
    "raci_agreement": [
        *inside(OWN, "raci_role", "first_role_id", "second_role_id"),
        *inside(OWN, "raci_matrix", "sheet_id"),
    ],
    "raci_incompatibility": inside(OF_DUTY, "raci_duty", "other_id"),
    "raci_difference": inside(OWN, "raci_role", "first_role_id", "second_role_id"),
    "raci_skill": inside(OF_ROLE, "raci_competency", "competency_id"),
    "raci_requirement": inside(OF_ROLE, "raci_competency", "competency_id"),
    "raci_gain": inside(OF_ROUTE, "raci_competency", "competency_id"),
    "raci_holding": inside(OF_ROLE, "raci_person", "person_id"),
    "raci_absence": inside(OWN, "raci_person", "person_id", "cover_id"),
    "raci_signature": inside(OF_ROLE, "raci_person", "person_id"),
    "raci_assessment": inside(OF_PERSON, "raci_competency", "competency_id"),
    "raci_planstep": [*inside(OF_PERSON, "raci_role", "role_id"), *inside(OF_PERSON, "raci_route", "route_id")],
}


def install(apps, editor):
    earlier.install_rules(editor, RULES)


def remove(apps, editor):
    earlier.remove_rules(editor, RULES)


class Migration(migrations.Migration):
    dependencies = [
        ("raci", "0007_user_language"),
    ]

    operations = [
        migrations.CreateModel(
            name="Scale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("levels", models.JSONField(default=list, verbose_name="levels")),
            ],
            options={
                "verbose_name": "scale of levels",
                "verbose_name_plural": "scales of levels",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Charter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("excludes", models.TextField(blank=True, verbose_name="does not own")),
                ("domains", models.TextField(blank=True, verbose_name="controls alone")),
                ("policies", models.TextField(blank=True, verbose_name="policies")),
                ("dependencies", models.TextField(blank=True, verbose_name="depends on")),
                ("measures", models.TextField(blank=True, verbose_name="measures")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="review on")),
                (
                    "role",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="charter",
                        to="raci.role",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "charter",
                "verbose_name_plural": "charters",
                "ordering": ["role"],
            },
        ),
        migrations.CreateModel(
            name="Competency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("code_key", models.CharField(editable=False, max_length=600)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("lowest", models.PositiveSmallIntegerField(default=0, verbose_name="lowest level")),
                ("highest", models.PositiveSmallIntegerField(default=5, verbose_name="highest level")),
                ("framework", models.CharField(blank=True, max_length=200, verbose_name="codes in frameworks")),
                ("source", models.CharField(blank=True, max_length=40, verbose_name="catalogue entry")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="competencies", to="raci.organisation"
                    ),
                ),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competencies",
                        to="raci.scale",
                        verbose_name="scale",
                    ),
                ),
            ],
            options={
                "verbose_name": "competency",
                "verbose_name_plural": "competencies",
                "ordering": ["position", "code_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("erased_on", models.DateField(blank=True, editable=False, null=True, verbose_name="erased on")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="raci.organisation"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="people",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                (
                    "manner",
                    models.CharField(
                        choices=[("permanent", "Permanent"), ("acting", "Acting"), ("deputy", "Deputy")],
                        default="permanent",
                        max_length=20,
                        verbose_name="manner",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holdings",
                        to="raci.role",
                        verbose_name="role",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="raci.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "holding",
                "verbose_name_plural": "holdings",
                "ordering": ["role", "manner", "starts_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Confidant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("assesses", models.BooleanField(default=False, verbose_name="may assess")),
                ("allowed_on", models.DateField(verbose_name="allowed on")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confidences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confidants",
                        to="raci.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "confidant",
                "verbose_name_plural": "confidants",
                "ordering": ["person", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField(verbose_name="level")),
                ("assessed_on", models.DateField(verbose_name="assessed on")),
                ("evidence", models.TextField(blank=True, verbose_name="evidence")),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assessed by",
                    ),
                ),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="raci.competency",
                        verbose_name="competency",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="raci.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment",
                "verbose_name_plural": "assessments",
                "ordering": ["competency__position", "-assessed_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="absences", to="raci.organisation"
                    ),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to="raci.person",
                        verbose_name="stands in",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="raci.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "ordering": ["starts_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField(verbose_name="required level")),
                ("essential", models.BooleanField(default=False, verbose_name="essential")),
                ("weight", models.PositiveSmallIntegerField(default=1, verbose_name="weight")),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requirements",
                        to="raci.competency",
                        verbose_name="competency",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requirements",
                        to="raci.role",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "requirement",
                "verbose_name_plural": "requirements",
                "ordering": ["role", "competency__position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Route",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("education", "Education"),
                            ("degree", "Degree"),
                            ("experience", "Experience"),
                            ("leadership", "Leadership training"),
                        ],
                        default="experience",
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("evidence", models.CharField(blank=True, max_length=300, verbose_name="evidence")),
                ("cost", models.CharField(blank=True, max_length=40, verbose_name="cost")),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="currency")),
                ("months", models.PositiveSmallIntegerField(default=0, verbose_name="months")),
                ("source", models.CharField(blank=True, max_length=40, verbose_name="catalogue entry")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="routes", to="raci.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "development route",
                "verbose_name_plural": "development routes",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan",
                        to="raci.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="raci.role",
                        verbose_name="towards",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="raci.route",
                        verbose_name="development route",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a plan",
                "verbose_name_plural": "steps of a plan",
                "ordering": ["starts_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Gain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("levels", models.PositiveSmallIntegerField(default=1, verbose_name="levels gained")),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gains",
                        to="raci.competency",
                        verbose_name="competency",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gains",
                        to="raci.route",
                        verbose_name="development route",
                    ),
                ),
            ],
            options={
                "verbose_name": "expected gain",
                "verbose_name_plural": "expected gains",
                "ordering": ["route", "competency__position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("number", models.PositiveIntegerField(verbose_name="revision")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                ("signed_on", models.DateField(verbose_name="signed on")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="raci.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="raci.role",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ["role", "-number", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("name", models.CharField(max_length=200, verbose_name="skill")),
                ("source", models.CharField(blank=True, max_length=40, verbose_name="catalogue entry")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "competency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skills",
                        to="raci.competency",
                        verbose_name="competency",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skills",
                        to="raci.role",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "skill",
                "verbose_name_plural": "skills",
                "ordering": ["role", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Accountability",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("text", models.CharField(max_length=300, verbose_name="main duty")),
                ("share", models.PositiveSmallIntegerField(default=0, verbose_name="share of time in per cent")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accountabilities",
                        to="raci.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accountabilities",
                        to="raci.duty",
                        verbose_name="duty",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accountabilities",
                        to="raci.role",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "main duty",
                "verbose_name_plural": "main duties",
                "ordering": ["role", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("role", "key"), name="accountability_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="accountability_has_text"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share__lte", 100)), name="accountability_share_up_to_100"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("ola", "Operational level agreement"),
                            ("contract", "Contract"),
                            ("secondment", "Secondment"),
                        ],
                        default="ola",
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=300, verbose_name="where it is written")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "first_role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="raci.role",
                        verbose_name="between",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agreements", to="raci.organisation"
                    ),
                ),
                (
                    "second_role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="raci.role",
                        verbose_name="and",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="raci.matrix",
                        verbose_name="only in",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ["first_role", "second_role", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "key"), name="agreement_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first_role", models.F("second_role")), _negated=True),
                        name="agreement_of_two_roles",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("type__in", ["ola", "contract", "secondment"])), name="agreement_type_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Authority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("thing", models.CharField(max_length=200, verbose_name="what")),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("decide", "Decide on"),
                            ("approve", "Approve"),
                            ("sign", "Sign"),
                            ("hire", "Hire"),
                            ("spend", "Spend on"),
                        ],
                        default="decide",
                        max_length=20,
                        verbose_name="may",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                ("ceiling", models.CharField(blank=True, max_length=40, verbose_name="limit")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authorities",
                        to="raci.role",
                        verbose_name="role",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorities",
                        to="raci.matrix",
                        verbose_name="only in",
                    ),
                ),
            ],
            options={
                "verbose_name": "authority",
                "verbose_name_plural": "authorities",
                "ordering": ["role", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("role", "key"), name="authority_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(("thing", ""), _negated=True), name="authority_has_thing"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verb__in", ["decide", "approve", "sign", "hire", "spend"])),
                        name="authority_verb_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Baseline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("number", models.PositiveIntegerField(verbose_name="revision")),
                ("published_on", models.DateField(verbose_name="published on")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="baselines", to="raci.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "baseline",
                "verbose_name_plural": "baselines",
                "ordering": ["number", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "key"), name="baseline_key_once"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="baseline_has_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Difference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("dimension", models.CharField(max_length=120, verbose_name="dimension")),
                ("first_value", models.TextField(blank=True, verbose_name="of the role")),
                ("second_value", models.TextField(blank=True, verbose_name="of the other role")),
                ("source", models.CharField(blank=True, max_length=40, verbose_name="catalogue entry")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "first_role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="raci.role",
                        verbose_name="role",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="differences", to="raci.organisation"
                    ),
                ),
                (
                    "second_role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="raci.role",
                        verbose_name="other role",
                    ),
                ),
            ],
            options={
                "verbose_name": "difference",
                "verbose_name_plural": "differences",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "key"), name="difference_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(("dimension", ""), _negated=True), name="difference_has_dimension"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_role", models.F("second_role")), _negated=True),
                        name="difference_of_two_roles",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("read_at", models.DateTimeField(editable=False, null=True, verbose_name="read at")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feeds", to="raci.organisation"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feeds", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar feed",
                "verbose_name_plural": "calendar feeds",
                "ordering": ["-made_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("user", "organisation"), name="feed_once")],
            },
        ),
        migrations.CreateModel(
            name="Incompatibility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("control", models.TextField(blank=True, verbose_name="what makes up for it")),
                ("control_until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="incompatibilities",
                        to="raci.duty",
                        verbose_name="duty",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="raci.duty",
                        verbose_name="does not go with",
                    ),
                ),
            ],
            options={
                "verbose_name": "incompatible duties",
                "verbose_name_plural": "incompatible duties",
                "ordering": ["duty", "other"],
                "constraints": [
                    models.UniqueConstraint(fields=("duty", "other"), name="incompatibility_once"),
                    models.CheckConstraint(
                        condition=models.Q(("duty", models.F("other")), _negated=True),
                        name="incompatibility_of_two_duties",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="revision")),
                ("looked_at", models.DateTimeField(auto_now=True, verbose_name="looked at")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="looks", to="raci.organisation"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="looks", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "look",
                "verbose_name_plural": "looks",
                "ordering": ["-looked_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("user", "organisation"), name="look_once")],
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("thing", models.CharField(max_length=200, verbose_name="what")),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("decide", "Decide on"),
                            ("approve", "Approve"),
                            ("sign", "Sign"),
                            ("hire", "Hire"),
                            ("spend", "Spend on"),
                        ],
                        default="decide",
                        max_length=20,
                        verbose_name="must be able to",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                ("amount", models.CharField(blank=True, max_length=40, verbose_name="up to")),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needs",
                        to="raci.duty",
                        verbose_name="duty",
                    ),
                ),
            ],
            options={
                "verbose_name": "authority needed",
                "verbose_name_plural": "authorities needed",
                "ordering": ["duty", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("duty", "key"), name="need_key_once"),
                    models.CheckConstraint(condition=models.Q(("thing", ""), _negated=True), name="need_has_thing"),
                    models.CheckConstraint(
                        condition=models.Q(("verb__in", ["decide", "approve", "sign", "hire", "spend"])),
                        name="need_verb_known",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(fields=("organisation", "key"), name="person_key_once"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(fields=("organisation", "user"), name="person_account_once"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_on__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"
                ),
                name="person_has_name_until_erased",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.UniqueConstraint(fields=("role", "key"), name="holding_key_once"),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(("manner__in", ["permanent", "acting", "deputy"])), name="holding_manner_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on", None), ("ends_on", None), ("starts_on__lte", models.F("ends_on")), _connector="OR"
                ),
                name="holding_starts_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="confidant",
            constraint=models.UniqueConstraint(fields=("person", "user"), name="confidant_once"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                fields=("person", "competency", "assessor"), name="assessment_once_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.UniqueConstraint(fields=("organisation", "key"), name="absence_key_once"),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on", None), ("starts_on__lte", models.F("ends_on")), _connector="OR"),
                name="absence_starts_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cover", None), models.Q(("cover", models.F("person")), _negated=True), _connector="OR"
                ),
                name="absence_covered_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.UniqueConstraint(fields=("role", "competency"), name="requirement_once"),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(condition=models.Q(("weight__gte", 1)), name="requirement_weighs"),
        ),
        migrations.AddConstraint(
            model_name="route",
            constraint=models.UniqueConstraint(fields=("organisation", "key"), name="route_key_once"),
        ),
        migrations.AddConstraint(
            model_name="route",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="route_has_name"),
        ),
        migrations.AddConstraint(
            model_name="route",
            constraint=models.CheckConstraint(
                condition=models.Q(("type__in", ["education", "degree", "experience", "leadership"])),
                name="route_type_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.UniqueConstraint(fields=("person", "key"), name="step_key_once"),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__lte", models.F("ends_on"))), name="step_starts_before_it_ends"
            ),
        ),
        migrations.AddConstraint(
            model_name="gain",
            constraint=models.UniqueConstraint(fields=("route", "competency"), name="gain_once"),
        ),
        migrations.AddConstraint(
            model_name="competency",
            constraint=models.UniqueConstraint(fields=("organisation", "key"), name="competency_key_once"),
        ),
        migrations.AddConstraint(
            model_name="competency",
            constraint=models.UniqueConstraint(fields=("organisation", "code_key"), name="competency_code_once"),
        ),
        migrations.AddConstraint(
            model_name="competency",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("code", ""), _negated=True), models.Q(("name", ""), _negated=True)),
                name="competency_has_code_and_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="competency",
            constraint=models.CheckConstraint(
                condition=models.Q(("lowest__lte", models.F("highest"))), name="competency_lowest_below_highest"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(fields=("role", "key"), name="signature_key_once"),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest", ""), _negated=True), name="signature_has_digest"
            ),
        ),
        migrations.AddConstraint(
            model_name="skill",
            constraint=models.UniqueConstraint(fields=("role", "key"), name="skill_key_once"),
        ),
        migrations.AddConstraint(
            model_name="skill",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="skill_has_name"),
        ),
        migrations.RunPython(install, remove),
    ]
