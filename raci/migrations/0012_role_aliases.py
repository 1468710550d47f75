"""Other names of roles; like all else they stay within their organisation, by triggers that every database keeps."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import raci.models.base

earlier = import_module("raci.migrations.0003_one_organisation")
RULES = {"raci_rolealias": earlier.same_organisation("NEW.organisation_id", "raci_role", "role_id")}


def install(apps, editor):
    earlier.install_rules(editor, RULES)


def remove(apps, editor):
    earlier.remove_rules(editor, RULES)


class Migration(migrations.Migration):
    dependencies = [("raci", "0011_imports")]
    operations = [
        migrations.CreateModel(
            name="RoleAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("name", models.CharField(max_length=120, verbose_name="other name")),
                ("name_key", models.CharField(editable=False, max_length=2400)),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="raci.organisation"
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="raci.role",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "other name of a role",
                "verbose_name_plural": "other names of roles",
                "ordering": ["role", "name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("role", "key"), name="alias_key_once"),
                    models.UniqueConstraint(fields=("organisation", "name_key"), name="alias_name_once"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="alias_has_name"),
                ],
            },
        ),
        migrations.RunPython(install, remove),
    ]
