"""History can be added to, never altered or removed: the database itself refuses."""

from django.db import migrations

TABLES = ("raci_revision", "raci_revisionchange")
VERBS = ("UPDATE", "DELETE")


def install(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION raci_history_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'history can only be added to'; END $$"
        )
    for table in TABLES:
        for verb in VERBS:
            name = f"{table}_no_{verb.lower()}"
            if editor.connection.vendor == "postgresql":
                editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION raci_history_only_grows()"
                )
            else:
                editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'history can only be added to'); END"
                )


def remove(apps, editor):
    for table in TABLES:
        for verb in VERBS:
            on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TRIGGER {table}_no_{verb.lower()}{on}")
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION raci_history_only_grows()")


class Migration(migrations.Migration):
    dependencies = [("raci", "0001_register")]
    operations = [migrations.RunPython(install, remove)]
