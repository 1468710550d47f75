"""Files on their way in: working papers, which stay within their organisation like all else."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import raci.models.base

earlier = import_module("raci.migrations.0003_one_organisation")
RULES = {"raci_import": earlier.same_organisation(earlier.OWN, "raci_matrix", "matrix_id")}


def install(apps, editor):
    earlier.install_rules(editor, RULES)


def remove(apps, editor):
    earlier.remove_rules(editor, RULES)


class Migration(migrations.Migration):
    dependencies = [("raci", "0010_private_to_the_account")]
    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("uploaded_by_name", models.CharField(max_length=200, verbose_name="uploaded by")),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded")),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("kind", models.CharField(blank=True, max_length=20, verbose_name="kind of file")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("reading", "Being read"),
                            ("mapping", "To be mapped"),
                            ("planning", "Being compared"),
                            ("ready", "Ready to be applied"),
                            ("applying", "Being applied"),
                            ("applied", "Applied"),
                            ("refused", "Refused"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("refusal", models.JSONField(null=True)),
                ("reading", models.BinaryField(null=True)),
                ("choices", models.JSONField(null=True)),
                ("asked", models.JSONField(null=True)),
                ("proposal", models.BinaryField(null=True)),
                ("verdict", models.BinaryField(null=True)),
                ("revision", models.PositiveIntegerField(null=True, verbose_name="became revision")),
                (
                    "matrix",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="imports",
                        to="raci.matrix",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="imports", to="raci.organisation"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="imports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-uploaded_at", "-pk"],
                "indexes": [models.Index(fields=["organisation", "sha256"], name="import_by_content")],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "key"), name="import_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(("revision", None), ("state", "applied"), _connector="OR"),
                        name="import_applied_has_revision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportWork",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="work",
                        serialize=False,
                        to="raci.import",
                    ),
                ),
                ("runner", models.CharField(blank=True, max_length=12)),
                ("beat_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("stage", models.CharField(blank=True, max_length=40)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
            ],
            options={"verbose_name": "work on an import", "verbose_name_plural": "work on imports"},
        ),
        migrations.RunPython(install, remove),
    ]
