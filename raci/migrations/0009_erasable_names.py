"""Names of people can be taken out of history, and nothing else: the database itself lets through that alone.

While an organisation stands in raci_erasing, which is only for as long as one transaction lasts, its revisions may
lose their author and the salts of names, and their changes the names in the fields below. All else stays as it was
written, whoever asks for it.
"""

from django.db import migrations, models

MESSAGE = "history can only be added to"
ERASED = "–"
# By kind of record, the fields that name a person.
FIELDS = {
    "grey_area": ("raised_by",),
    "decision": ("decided_by",),
    "acknowledgement": ("name", "person"),
    "round": ("opened_by",),
    "comment": ("written_by",),
}
REVISION = ("id", "organisation_id", "number", "at_us", "door", "reason", "undoes", "size", "previous", "hash", "seals")
CHANGE = ("id", "revision_id", "ordinal", "kind", "matrix", "subject", "other", "field")
TABLES = ("raci_revision", "raci_revisionchange")


def permitted(organisation):
    return f"EXISTS (SELECT 1 FROM raci_erasing WHERE organisation_id = {organisation})"


OF_REVISION = "OLD.organisation_id"
OF_CHANGE = "(SELECT organisation_id FROM raci_revision WHERE id = OLD.revision_id)"


def same(columns, operator):
    return " AND ".join(f"NEW.{name} {operator} OLD.{name}" for name in columns)


def sqlite_revision():
    """Only a name becomes the mark, an account is left out, a salt becomes a commitment."""
    salts = (
        "(NEW.salts IS OLD.salts OR (SELECT COUNT(*) FROM json_each(NEW.salts)) = "
        "(SELECT COUNT(*) FROM json_each(OLD.salts)) AND NOT EXISTS (SELECT 1 FROM json_each(NEW.salts) AS mine "
        "LEFT JOIN json_each(OLD.salts) AS theirs ON theirs.key = mine.key "
        "WHERE theirs.value IS NULL OR mine.value <> theirs.value AND mine.value NOT LIKE '=%'))"
    )
    return (
        f"{permitted(OF_REVISION)} AND {same(REVISION, 'IS')} "
        f"AND (NEW.actor_name IS OLD.actor_name OR NEW.actor_name = '{ERASED}') "
        f"AND (NEW.actor_id IS OLD.actor_id OR NEW.actor_id IS NULL) "
        f"AND (NEW.salts IS NULL) = (OLD.salts IS NULL) AND {salts}"
    )


def sqlite_change():
    """Only names in the fields of their kind become the mark: without these both sides must be what they were."""
    kinds = []
    for kind, names in FIELDS.items():
        paths = ", ".join(f"'$.{name}'" for name in names)
        listed = ", ".join(f"'{name}'" for name in names)
        sides = []
        for side in ("before", "after"):
            new, old = f"NEW.{side}", f"OLD.{side}"
            marks = " AND ".join(
                f"(json_extract({new}, '$.{name}') IS json_extract({old}, '$.{name}') "
                f"OR json_extract({new}, '$.{name}') LIKE '{ERASED}%')"
                for name in names
            )
            whole = f"OLD.field = '' AND json_remove({new}, {paths}) IS json_remove({old}, {paths}) AND {marks}"
            part = f"OLD.field IN ({listed}) AND json_type({new}) = 'text' AND json_extract({new}, '$') LIKE '{ERASED}%'"
            sides.append(f"({new} IS {old} OR {whole} OR {part})")
        kinds.append(f"(OLD.kind = '{kind}' AND {' AND '.join(sides)})")
    return f"{permitted(OF_CHANGE)} AND {same(CHANGE, 'IS')} AND ({' OR '.join(kinds)})"


def install_sqlite(editor):
    for table, allowed in zip(TABLES, (sqlite_revision(), sqlite_change()), strict=True):
        editor.execute(f"DROP TRIGGER {table}_no_update", None)
        # What cannot be told, since something is NULL, is refused.
        editor.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN COALESCE({allowed}, 0) = 0 "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
            None,  # no parameters: a percent sign is one
        )


def postgres_revision():
    salts = (
        "(NEW.salts IS NOT DISTINCT FROM OLD.salts OR "
        "(SELECT COUNT(*) FROM jsonb_object_keys(NEW.salts)) = (SELECT COUNT(*) FROM jsonb_object_keys(OLD.salts)) "
        "AND NOT EXISTS (SELECT 1 FROM jsonb_each_text(NEW.salts) AS mine "
        "LEFT JOIN jsonb_each_text(OLD.salts) AS theirs ON theirs.key = mine.key "
        "WHERE theirs.value IS NULL OR mine.value <> theirs.value AND mine.value NOT LIKE '=%'))"
    )
    return (
        f"{permitted(OF_REVISION)} AND {same(REVISION, 'IS NOT DISTINCT FROM')} "
        f"AND (NEW.actor_name = OLD.actor_name OR NEW.actor_name = '{ERASED}') "
        f"AND (NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id OR NEW.actor_id IS NULL) "
        f"AND (NEW.salts IS NULL) = (OLD.salts IS NULL) AND {salts}"
    )


def postgres_change():
    kinds = []
    for kind, names in FIELDS.items():
        keys = "ARRAY[" + ", ".join(f"'{name}'" for name in names) + "]::text[]"
        listed = ", ".join(f"'{name}'" for name in names)
        sides = []
        for side in ("before", "after"):
            new, old = f"NEW.{side}", f"OLD.{side}"
            marks = " AND ".join(
                f"({new}->>'{name}' IS NOT DISTINCT FROM {old}->>'{name}' OR {new}->>'{name}' LIKE '{ERASED}%')"
                for name in names
            )
            objects = f"jsonb_typeof({new}) = 'object' AND jsonb_typeof({old}) = 'object'"
            # In a CASE, since a value that is no object has no keys to take away.
            whole = f"CASE WHEN OLD.field = '' AND {objects} THEN {new} - {keys} = {old} - {keys} AND {marks} END"
            part = f"OLD.field IN ({listed}) AND jsonb_typeof({new}) = 'string' AND {new} #>> '{{}}' LIKE '{ERASED}%'"
            sides.append(f"({new} IS NOT DISTINCT FROM {old} OR COALESCE({whole}, false) OR {part})")
        kinds.append(f"(OLD.kind = '{kind}' AND {' AND '.join(sides)})")
    return f"{permitted(OF_CHANGE)} AND {same(CHANGE, 'IS NOT DISTINCT FROM')} AND ({' OR '.join(kinds)})"


def install_postgres(editor):
    for table, allowed in zip(TABLES, (postgres_revision(), postgres_change()), strict=True):
        editor.execute(
            f"CREATE FUNCTION {table}_only_loses_names() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF COALESCE({allowed}, false) THEN RETURN NEW; END IF; RAISE EXCEPTION '{MESSAGE}'; END $$",
            None,  # no parameters: a percent sign is one
        )
        editor.execute(f"DROP TRIGGER {table}_no_update ON {table}")
        editor.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_only_loses_names()"
        )


def install(apps, editor):
    # Without a foreign key: PostgreSQL truncates no table that another, which no model names, refers to.
    editor.execute("CREATE TABLE raci_erasing (organisation_id bigint PRIMARY KEY)")
    install_here = install_postgres if editor.connection.vendor == "postgresql" else install_sqlite
    install_here(editor)


def remove(apps, editor):
    postgres = editor.connection.vendor == "postgresql"
    for table in TABLES:
        editor.execute(f"DROP TRIGGER {table}_no_update" + (f" ON {table}" if postgres else ""))
        if postgres:
            editor.execute(f"DROP FUNCTION {table}_only_loses_names()")
            action = "FOR EACH ROW EXECUTE FUNCTION raci_history_only_grows()"
        else:
            action = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        editor.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {action}")
    editor.execute("DROP TABLE raci_erasing")


class Migration(migrations.Migration):
    dependencies = [("raci", "0008_roles_defined")]
    operations = [
        migrations.AddField("revision", "salts", models.JSONField(editable=False, null=True)),
        migrations.AddField("revision", "seals", models.JSONField(editable=False, null=True)),
        migrations.RunPython(install, remove),
    ]
