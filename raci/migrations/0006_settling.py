"""Decisions of every kind with their parts and acknowledgements, blind rounds, and digests that were sent.

SQLite makes a table anew to alter it, and what watches over it goes with the old one: the triggers of all tables are
taken away before and put back after, with those of the new tables among them.
"""

from importlib import import_module

import django.db.models.deletion
import raci.models.base
from django.conf import settings
from django.db import migrations, models


earlier = [import_module(f"raci.migrations.{name}") for name in ("0003_one_organisation", "0005_comments")]
MESSAGE = earlier[0].MESSAGE
OF_DECISION = "(SELECT matrix_id FROM raci_decision WHERE id = NEW.decision_id)"
OWNER = f"(SELECT organisation_id FROM raci_matrix WHERE id = {OF_DECISION})"


def foreign(table, *columns):
    """Return the condition under which a part refers to what belongs to another organisation."""
    return " OR ".join(
        f"(NEW.{column} IS NOT NULL AND {OWNER} <> (SELECT organisation_id FROM {table} WHERE id = NEW.{column}))"
        for column in columns
    )


# For each new table what its rows must not be.
WRONG = {
    "raci_decisionpart": " OR ".join(
        [
            foreign("raci_role", "role_id", "giver_id"),
            foreign("raci_duty", "duty_id"),
            foreign("raci_matrix", "sheet_id"),
        ]
    ),
    "raci_acknowledgement": foreign("raci_role", "role_id"),
}


def install(apps, editor):
    for module in earlier:
        module.install(apps, editor)
    for table, wrong in WRONG.items():
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE FUNCTION {table}_stays_inside() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {wrong} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; "
                "END IF; RETURN NEW; END $$"
            )
            editor.execute(
                f"CREATE TRIGGER {table}_stays_inside BEFORE INSERT OR UPDATE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_stays_inside()"
            )
            continue
        for verb in ("INSERT", "UPDATE"):
            editor.execute(
                f"CREATE TRIGGER {table}_stays_inside_{verb.lower()} BEFORE {verb} ON {table} WHEN {wrong} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )


def remove(apps, editor):
    for table in WRONG:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {table}_stays_inside ON {table}")
            editor.execute(f"DROP FUNCTION {table}_stays_inside()")
            continue
        for verb in ("INSERT", "UPDATE"):
            editor.execute(f"DROP TRIGGER {table}_stays_inside_{verb.lower()}")
    remove_earlier(apps, editor)


def remove_earlier(apps, editor):
    for module in earlier:
        module.remove(apps, editor)


def install_earlier(apps, editor):
    for module in earlier:
        module.install(apps, editor)


class Migration(migrations.Migration):
    dependencies = [
        ("raci", "0005_comments"),
    ]

    operations = [
        migrations.RunPython(remove_earlier, install_earlier),
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("person", models.CharField(blank=True, max_length=20, verbose_name="account")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("agrees", models.BooleanField(default=True, verbose_name="agrees")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("answered_on", models.DateField(verbose_name="answered on")),
            ],
            options={
                "verbose_name": "acknowledgement",
                "verbose_name_plural": "acknowledgements",
                "ordering": ["decision", "answered_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DecisionPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="value")),
                ("text", models.TextField(blank=True, verbose_name="contribution or limits")),
                ("category", models.CharField(blank=True, max_length=120, verbose_name="category")),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                ("lower", models.CharField(blank=True, max_length=40, verbose_name="from")),
                ("upper", models.CharField(blank=True, max_length=40, verbose_name="to")),
                ("may_pass_on", models.BooleanField(default=False, verbose_name="may pass it on")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until day")),
            ],
            options={
                "verbose_name": "part of a decision",
                "verbose_name_plural": "parts of decisions",
                "ordering": ["decision", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="sent at")),
            ],
            options={
                "verbose_name": "digest",
                "verbose_name_plural": "digests",
                "ordering": ["-day", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "value",
                    models.CharField(
                        choices=[
                            ("mine", "Mine"),
                            ("theirs", "Theirs"),
                            ("shared", "Shared"),
                            ("nobody", "Nobody"),
                            ("unknown", "Do not know"),
                        ],
                        max_length=10,
                        verbose_name="mark",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("marked_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "mark",
                "verbose_name_plural": "marks",
                "ordering": ["round", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", raci.models.base.KeyField(default=raci.models.base.new_key, editable=False, max_length=12)),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("revealed", "Revealed"), ("closed", "Closed")],
                        default="open",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("duties", models.JSONField(default=dict, verbose_name="duties")),
                ("roles", models.JSONField(default=dict, verbose_name="roles")),
                ("opened_on", models.DateField(verbose_name="opened on")),
                ("opened_by", models.CharField(max_length=200, verbose_name="opened by")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                ("revealed_on", models.DateField(blank=True, null=True, verbose_name="revealed on")),
            ],
            options={
                "verbose_name": "blind round",
                "verbose_name_plural": "blind rounds",
                "ordering": ["-opened_on", "-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_type_known",
        ),
        migrations.AddField(
            model_name="decision",
            name="authority",
            field=models.CharField(blank=True, max_length=200, verbose_name="by what authority"),
        ),
        migrations.AddField(
            model_name="decision",
            name="degree",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="level of delegation"),
        ),
        migrations.AddField(
            model_name="decision",
            name="due_on",
            field=models.DateField(blank=True, null=True, verbose_name="to be answered by"),
        ),
        migrations.AddField(
            model_name="decision",
            name="mode",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "–"),
                    ("bands", "Bands: from one amount to under another"),
                    ("limits", "Limits: up to an amount"),
                ],
                max_length=10,
                verbose_name="how the amounts are meant",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="options",
            field=models.TextField(blank=True, verbose_name="options weighed"),
        ),
        migrations.AddField(
            model_name="decision",
            name="reversible",
            field=models.BooleanField(default=True, verbose_name="reversible"),
        ),
        migrations.AddField(
            model_name="decision",
            name="terms",
            field=models.CharField(blank=True, max_length=500, verbose_name="by what it is split, or what is asked"),
        ),
        migrations.AddField(
            model_name="decision",
            name="valid_from",
            field=models.DateField(blank=True, null=True, verbose_name="valid from"),
        ),
        migrations.AddField(
            model_name="decision",
            name="valid_until",
            field=models.DateField(blank=True, null=True, verbose_name="valid until"),
        ),
        migrations.AddField(
            model_name="greyarea",
            name="reopened_on",
            field=models.DateField(blank=True, null=True, verbose_name="opened again on"),
        ),
        migrations.AlterField(
            model_name="decision",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="raci.role",
                verbose_name="accountable",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="type",
            field=models.CharField(
                choices=[
                    ("sole_owner", "Sole owner"),
                    ("split_scope", "Split by scope"),
                    ("split_threshold", "Split by threshold"),
                    ("shared", "Shared, one accountable"),
                    ("delegate", "Delegated"),
                    ("escalate", "Escalated"),
                    ("defer", "Deferred"),
                ],
                default="sole_owner",
                max_length=30,
                verbose_name="type",
            ),
        ),
        migrations.AlterField(
            model_name="greyarea",
            name="origin",
            field=models.CharField(
                choices=[
                    ("overlap", "Declared overlap"),
                    ("hand", "Raised by hand"),
                    ("lint", "Raised from a finding"),
                    ("round", "Blind round"),
                    ("disagreement", "Disagreement with a decision"),
                    ("import", "Conflict of an import"),
                ],
                default="hand",
                max_length=20,
                verbose_name="origin",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "type__in",
                        ["sole_owner", "split_scope", "split_threshold", "shared", "delegate", "escalate", "defer"],
                    )
                ),
                name="decision_type_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["", "bands", "limits"])), name="decision_mode_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("degree__lte", 7)), name="decision_degree_up_to_seven"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner__isnull", False), ("type__in", ["split_scope", "defer"]), _connector="OR"),
                name="decision_has_owner",
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="acknowledgements", to="raci.decision"
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="role",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acknowledgements",
                to="raci.role",
                verbose_name="role",
            ),
        ),
        migrations.AddField(
            model_name="decisionpart",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="raci.decision"
            ),
        ),
        migrations.AddField(
            model_name="decisionpart",
            name="duty",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision_parts",
                to="raci.duty",
                verbose_name="duty of its own",
            ),
        ),
        migrations.AddField(
            model_name="decisionpart",
            name="giver",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="raci.role",
                verbose_name="passed on by",
            ),
        ),
        migrations.AddField(
            model_name="decisionpart",
            name="role",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision_parts",
                to="raci.role",
                verbose_name="role",
            ),
        ),
        migrations.AddField(
            model_name="decisionpart",
            name="sheet",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision_parts",
                to="raci.matrix",
                verbose_name="stands in",
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="digests", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="mark",
            name="duty",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="raci.duty"),
        ),
        migrations.AddField(
            model_name="mark",
            name="role",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="raci.role"),
        ),
        migrations.AddField(
            model_name="mark",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="mark",
            name="whose",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="raci.role"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="matrix",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rounds",
                to="raci.matrix",
                verbose_name="matrix",
            ),
        ),
        migrations.AddField(
            model_name="mark",
            name="round",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="raci.round"),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.UniqueConstraint(fields=("decision", "key"), name="acknowledgement_key_once"),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.UniqueConstraint(fields=("decision", "role", "person"), name="acknowledgement_once"),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("agrees", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="acknowledgement_says_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionpart",
            constraint=models.UniqueConstraint(fields=("decision", "key"), name="part_key_once"),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(fields=("user", "day"), name="digest_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(fields=("matrix", "key"), name="round_key_once"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["open", "revealed", "closed"])), name="round_status_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(fields=("round", "duty", "role", "user"), name="mark_once"),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__in", ["mine", "theirs", "shared", "nobody", "unknown"])), name="mark_known"
            ),
        ),
        migrations.RunPython(install, remove),
    ]
