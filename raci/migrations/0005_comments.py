"""Comments on rows and cells; like all else they stay within their organisation, and begin on a row that is there."""

import django.db.models.deletion
from django.db import migrations, models

import raci.models.base

MESSAGE = "a record cannot refer to another organisation or matrix"
NO_ROW = "a comment is written on a row of its matrix"
OF_MATRIX = "(SELECT organisation_id FROM raci_matrix WHERE id = NEW.matrix_id)"
STRAYS = (
    f"{OF_MATRIX} <> (SELECT organisation_id FROM raci_duty WHERE id = NEW.duty_id) OR (NEW.role_id IS NOT NULL AND "
    f"{OF_MATRIX} <> (SELECT organisation_id FROM raci_role WHERE id = NEW.role_id))"
)
# Only where it begins: the row may be taken out of the matrix later, and the comment stays with the duty.
ROWLESS = (
    "NOT EXISTS (SELECT 1 FROM raci_matrixrow r WHERE r.matrix_id = NEW.matrix_id AND r.duty_id = NEW.duty_id)"
)
# For each trigger: when it looks, what it refuses, and what it says.
TRIGGERS = {
    "raci_comment_stays_inside_insert": ("INSERT", STRAYS, MESSAGE),
    "raci_comment_stays_inside_update": ("UPDATE", STRAYS, MESSAGE),
    "raci_comment_has_a_row": ("INSERT", f"{ROWLESS} AND NOT ({STRAYS})", NO_ROW),
}


def install(apps, editor):
    for name, (verb, wrong, message) in TRIGGERS.items():
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {wrong} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; "
                "END IF; RETURN NEW; END $$"
            )
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON raci_comment FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
            continue
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON raci_comment WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )


def remove(apps, editor):
    for name in TRIGGERS:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {name} ON raci_comment")
            editor.execute(f"DROP FUNCTION {name}()")
            continue
        editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("raci", "0004_membership_stands_for")]
    operations = [
        migrations.AlterField(
            model_name="greyarea",
            name="origin",
            field=models.CharField(
                choices=[
                    ("overlap", "Declared overlap"),
                    ("hand", "Raised by hand"),
                    ("lint", "Raised from a finding"),
                ],
                default="hand",
                max_length=20,
                verbose_name="origin",
            ),
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("text", models.TextField(verbose_name="text")),
                ("written_by", models.CharField(max_length=200, verbose_name="written by")),
                ("written_at", models.CharField(max_length=40, verbose_name="written at")),
                ("resolved", models.BooleanField(default=False, verbose_name="resolved")),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="raci.duty",
                        verbose_name="duty",
                    ),
                ),
                (
                    "matrix",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="raci.matrix",
                        verbose_name="matrix",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="raci.role",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ["written_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("matrix", "key"), name="comment_key_once"),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="comment_has_text"),
                ],
            },
        ),
        migrations.RunPython(install, remove),
    ]
