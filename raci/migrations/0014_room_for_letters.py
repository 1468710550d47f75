"""Large imports on PostgreSQL: half of each page of cells stays free for the next letters of its cells."""

from django.db import migrations


def set_room(editor, setting):
    """A row that finds room on its own page is written without touching an index. SQLite alters rows in place."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"ALTER TABLE raci_assignment {setting}")


def make_room(apps, editor):
    set_room(editor, "SET (fillfactor = 50)")


def take_back(apps, editor):
    set_room(editor, "RESET (fillfactor)")


class Migration(migrations.Migration):
    dependencies = [("raci", "0013_quick_histories")]
    operations = [migrations.RunPython(make_room, take_back)]
