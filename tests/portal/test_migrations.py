"""From the newest earlier release on, the code of the release before goes on while a site is migrated."""

import json

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.portal.test_upgrades import STATES

EXPLAINED = {
    (
        "reviews",
        "0017_moves_of_figures_and_orders_of_lists",
    ): "0020, of the same release, gives the column its default.",
}
"""{(app, migration): why what it does harms nobody, or that the site has to be stopped for it}."""


def faults(operation, app, state):
    """Return what an operation does to tables of a ProjectState that code of the release before cannot live with."""
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        return [fault for part in operation.database_operations for fault in faults(part, app, state)]
    name = getattr(operation, "model_name", "") or getattr(operation, "old_name", "") or getattr(operation, "name", "")
    model = state.models.get((app, name.lower()))
    if model is None:
        return []  # made since, so that nobody writes into it yet
    match operation:
        case migrations.DeleteModel() | migrations.RemoveField():
            return [f"takes {operation.describe()}"]
        case migrations.RenameModel() | migrations.RenameField() | migrations.AlterModelTable():
            return [f"renames: {operation.describe()}"]
        case migrations.AddConstraint() | migrations.AlterUniqueTogether():
            return [f"refuses what was allowed: {operation.describe()}"]
        case migrations.AddField(field=field) if not _may_be_left_out(field):
            return [f"wants a value that nobody writes (db_default or null): {operation.describe()}"]
        case migrations.AlterField(name=name, field=field) if name in model.fields:
            return _faults_of_change(model.fields[name], field, operation)
    return []


def _may_be_left_out(field):
    return field.many_to_many or field.null or field.has_db_default()


def _faults_of_change(before, after, operation):
    is_narrower = (before.null and not after.null) or (after.unique and not before.unique)
    is_shorter = after.max_length is not None and (before.max_length is None or after.max_length < before.max_length)
    is_other = before.db_type(connection) != after.db_type(connection) and not (before.max_length and after.max_length)
    is_elsewhere = before.db_column != after.db_column
    if is_narrower or is_shorter or is_other or is_elsewhere:
        return [f"refuses what was allowed, or keeps it otherwise: {operation.describe()}"]
    return []


@pytest.mark.django_db
def test_no_migration_since_the_newest_release_disturbs_the_code_of_the_release_before():
    release = json.loads(STATES[-1].read_text())["state"]
    loader = MigrationLoader(connection)
    before = loader.project_state(list(release.items()))
    found = {}
    for app, last in release.items():
        newer = [node for node in loader.graph.nodes if node[0] == app and node[1] > last]
        for node in newer:
            operations = loader.graph.nodes[node].operations
            if node not in EXPLAINED and (ways := [way for one in operations for way in faults(one, app, before)]):
                found[node] = ways
    assert not found, "Leave it to the release after (README, “Upgrade”), or say in EXPLAINED why it does no harm."
    assert all(node in loader.graph.nodes for node in EXPLAINED)


TEXT = models.CharField(max_length=20)


@pytest.mark.parametrize(
    ("operation", "is_fault"),
    [
        (migrations.AddField("thing", "note", models.TextField(default="")), True),
        (migrations.AddField("thing", "note", models.TextField(db_default="")), False),
        (migrations.AddField("thing", "note", models.TextField(null=True)), False),
        (migrations.AddField("other", "note", models.TextField(default="")), False),
        (migrations.RemoveField("thing", "name"), True),
        (migrations.RenameField("thing", "name", "title"), True),
        (migrations.DeleteModel("Thing"), True),
        (migrations.RenameModel("Thing", "Matter"), True),
        (migrations.AlterModelTable("thing", "matters"), True),
        (migrations.CreateModel("Other", [("name", TEXT)]), False),
        (migrations.AlterField("thing", "name", models.CharField(max_length=40, help_text="Longer.")), False),
        (migrations.AlterField("thing", "name", models.CharField(max_length=10)), True),
        (migrations.AlterField("thing", "name", models.CharField(max_length=20, unique=True)), True),
        (migrations.AlterField("thing", "name", models.IntegerField()), True),
        (migrations.AddConstraint("thing", models.UniqueConstraint(fields=["name"], name="once")), True),
        (migrations.AddIndex("thing", models.Index(fields=["name"], name="by_name")), False),
        (migrations.SeparateDatabaseAndState(database_operations=[migrations.DeleteModel("Thing")]), True),
        (migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("Thing")]), False),
        (migrations.RunPython(migrations.RunPython.noop), False),
    ],
    ids=lambda value: value.describe() if hasattr(value, "describe") else "",
)
def test_what_the_code_of_the_release_before_cannot_live_with_is_found(operation, is_fault):
    state = ProjectState()
    state.add_model(ModelState("app", "Thing", [("id", models.BigAutoField(primary_key=True)), ("name", TEXT)]))
    assert bool(faults(operation, "app", state)) is is_fault
