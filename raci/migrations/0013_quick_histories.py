"""Large imports: the database checks where a cell stands only where that changes, and keeps no index twice."""

from django.db import migrations, models
from django.db.models import deletion

MESSAGE = "a record cannot refer to another organisation or matrix"
TABLE = "raci_assignment"
WRONG = (
    "(NEW.column_id IS NOT NULL AND (SELECT matrix_id FROM raci_matrixrow WHERE id = NEW.row_id) <> "
    "(SELECT matrix_id FROM raci_matrixcolumn WHERE id = NEW.column_id))"
)
# Each is the beginning of a unique index of its table.
DOUBLED = {
    "raci_revisionchange_revision_id_a52edb21": "raci_revisionchange (revision_id)",
    "raci_assignment_row_id_56bd91e3": "raci_assignment (row_id)",
}


def set_trigger(editor, columns):
    """Let the trigger of cells fire on updates of some columns, "" for all: letters alone move a cell nowhere."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER {TABLE}_stays_inside ON {TABLE}")
        editor.execute(
            f"CREATE TRIGGER {TABLE}_stays_inside BEFORE INSERT OR UPDATE{columns} ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_stays_inside()"
        )
        return
    editor.execute(f"DROP TRIGGER {TABLE}_stays_inside_update")
    editor.execute(
        f"CREATE TRIGGER {TABLE}_stays_inside_update BEFORE UPDATE{columns} ON {TABLE} WHEN {WRONG} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def narrow(apps, editor):
    set_trigger(editor, " OF row_id, column_id")
    for name in DOUBLED:
        editor.execute(f"DROP INDEX IF EXISTS {name}")


def widen(apps, editor):
    set_trigger(editor, "")
    for name, columns in DOUBLED.items():
        editor.execute(f"CREATE INDEX {name} ON {columns}")


class Migration(migrations.Migration):
    dependencies = [("raci", "0012_role_aliases")]
    operations = [
        migrations.SeparateDatabaseAndState(
            # Said to Django without its rebuilding the tables, which would lose their triggers.
            state_operations=[
                migrations.AlterField(
                    "revisionchange",
                    "revision",
                    models.ForeignKey(
                        "raci.revision", on_delete=deletion.PROTECT, related_name="changes", db_index=False
                    ),
                ),
                migrations.AlterField(
                    "assignment",
                    "row",
                    models.ForeignKey(
                        "raci.matrixrow", on_delete=deletion.PROTECT, related_name="cells", db_index=False
                    ),
                ),
            ],
            database_operations=[migrations.RunPython(narrow, widen)],
        ),
        migrations.AddField("import", "picks", models.JSONField(null=True)),
    ]
