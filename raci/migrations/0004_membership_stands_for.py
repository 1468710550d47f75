"""Members say which roles they speak for; the database refuses roles of another organisation, whoever writes."""

from django.db import migrations, models

MESSAGE = "a record cannot refer to another organisation or matrix"
TABLE = "raci_membership_stands_for"
BROKEN = (
    "(SELECT organisation_id FROM raci_membership WHERE id = NEW.membership_id)"
    " <> (SELECT organisation_id FROM raci_role WHERE id = NEW.role_id)"
)
VERBS = ("INSERT", "UPDATE")


def install(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            f"CREATE FUNCTION {TABLE}_stays_inside() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {BROKEN} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END IF; RETURN NEW; END $$"
        )
        editor.execute(
            f"CREATE TRIGGER {TABLE}_stays_inside BEFORE INSERT OR UPDATE ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_stays_inside()"
        )
        return
    for verb in VERBS:
        editor.execute(
            f"CREATE TRIGGER {TABLE}_stays_inside_{verb.lower()} BEFORE {verb} ON {TABLE} WHEN {BROKEN} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def remove(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER {TABLE}_stays_inside ON {TABLE}")
        editor.execute(f"DROP FUNCTION {TABLE}_stays_inside()")
        return
    for verb in VERBS:
        editor.execute(f"DROP TRIGGER {TABLE}_stays_inside_{verb.lower()}")


class Migration(migrations.Migration):
    dependencies = [("raci", "0003_one_organisation")]
    operations = [
        migrations.AddField(
            model_name="membership",
            name="stands_for",
            field=models.ManyToManyField(
                blank=True, related_name="spoken_for_by", to="raci.role", verbose_name="stands for"
            ),
        ),
        migrations.RunPython(install, remove),
    ]
