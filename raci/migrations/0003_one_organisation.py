"""What belongs together belongs to one organisation, and a cell's row and column to one matrix: the database refuses
anything else, whoever writes. Foreign keys alone cannot say it."""

from django.db import migrations

MESSAGE = "a record cannot refer to another organisation or matrix"


def of(table, column, key):
    """Return the query for one column of the row that a key points at."""
    return f"(SELECT {column} FROM {table} WHERE id = {key})"


def organisation_of_matrix(key):
    return of("raci_matrix", "organisation_id", key)


def same_organisation(own, table, *columns):
    return [(column, own, of(table, "organisation_id", f"NEW.{column}")) for column in columns]


OWN = "NEW.organisation_id"
OF_MATRIX = organisation_of_matrix("NEW.matrix_id")
OF_GREY_AREA = organisation_of_matrix(of("raci_greyarea", "matrix_id", "NEW.grey_area_id"))

# For each table: a column that refers to something, whose it must be, and whose it is.
RULES = {
    "raci_reportingline": same_organisation(OWN, "raci_role", "role_id", "superior_id"),
    "raci_area": same_organisation(OWN, "raci_role", "first_role_id", "second_role_id"),
    "raci_duty": [
        *same_organisation(OWN, "raci_area", "area_id"),
        *same_organisation(OWN, "raci_duty", "parent_id"),
    ],
    "raci_matrixrow": same_organisation(OF_MATRIX, "raci_duty", "duty_id"),
    "raci_matrixcolumn": same_organisation(OF_MATRIX, "raci_role", "role_id"),
    "raci_assignment": [
        (
            "column_id",
            of("raci_matrixrow", "matrix_id", "NEW.row_id"),
            of("raci_matrixcolumn", "matrix_id", "NEW.column_id"),
        )
    ],
    "raci_greyarea": [
        *same_organisation(OF_MATRIX, "raci_duty", "duty_id"),
        *same_organisation(OF_MATRIX, "raci_role", "decider_id", "interim_id"),
    ],
    "raci_claim": same_organisation(OF_GREY_AREA, "raci_role", "role_id"),
    "raci_decision": [
        *same_organisation(OF_MATRIX, "raci_duty", "duty_id"),
        *same_organisation(OF_MATRIX, "raci_role", "owner_id"),
        ("grey_area_id", "NEW.matrix_id", of("raci_greyarea", "matrix_id", "NEW.grey_area_id")),
        ("supersedes_id", "NEW.matrix_id", of("raci_decision", "matrix_id", "NEW.supersedes_id")),
    ],
}
VERBS = ("INSERT", "UPDATE")


def broken(rules):
    """Return the condition under which a row breaks one of its rules; a reference to nothing breaks none."""
    return " OR ".join(f"(NEW.{column} IS NOT NULL AND {own} <> {other})" for column, own, other in rules)


def install(apps, editor):
    install_rules(editor, RULES)


def install_rules(editor, wanted):
    for table, rules in wanted.items():
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE FUNCTION {table}_stays_inside() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {broken(rules)} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; "
                "END IF; RETURN NEW; END $$"
            )
            editor.execute(
                f"CREATE TRIGGER {table}_stays_inside BEFORE INSERT OR UPDATE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_stays_inside()"
            )
            continue
        for verb in VERBS:
            editor.execute(
                f"CREATE TRIGGER {table}_stays_inside_{verb.lower()} BEFORE {verb} ON {table} WHEN {broken(rules)} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )


def remove(apps, editor):
    remove_rules(editor, RULES)


def remove_rules(editor, wanted):
    for table in wanted:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {table}_stays_inside ON {table}")
            editor.execute(f"DROP FUNCTION {table}_stays_inside()")
            continue
        for verb in VERBS:
            editor.execute(f"DROP TRIGGER {table}_stays_inside_{verb.lower()}")


class Migration(migrations.Migration):
    dependencies = [("raci", "0002_history_only_grows")]
    operations = [migrations.RunPython(install, remove)]
