"""Law 5: doors never write, actions say by whom, and nothing happens behind anybody's back."""

import ast

import pytest

from tests.verbs import DOORS, modules, parameters, public_functions, uses, writes

pytestmark = pytest.mark.house


def test_doors_never_save_create_update_or_delete():
    found = [
        f"{file}:{line}: {call}" for file, tree in modules(*DOORS) for line, call in writes(tree)
    ]
    assert not found, "put these into an action:\n" + "\n".join(found)


def test_forms_never_write_either():
    found = [
        f"{file}:{line}: {call}" for file, tree in modules("forms") for line, call in writes(tree)
    ]
    assert not found, "put these into an action:\n" + "\n".join(found)


def actions():
    for file, tree in modules("actions"):
        for function in public_functions(tree):
            yield file, function


def test_an_action_takes_by_as_a_keyword_only():
    found = []
    for file, function in actions():
        positional = {arg.arg for arg in [*function.args.posonlyargs, *function.args.args]}
        if "by" in positional:
            found.append(f"{file}:{function.lineno}: {function.name}")
    assert not found, "write `*, by` in:\n" + "\n".join(found)


def test_an_action_never_sees_a_request():
    found = [
        f"{file}:{function.lineno}: {function.name}"
        for file, function in actions()
        if parameters(function) & {"request", "http_request"}
    ]
    assert not found, "a task or an import could not call:\n" + "\n".join(found)


def test_an_action_that_announces_runs_in_a_transaction():
    """Otherwise the fact could stand without its event, or the event without its fact."""
    found = [
        f"{file}:{function.lineno}: {function.name}"
        for file, function in actions()
        if uses(function, "announce") and not uses(function, "atomic")
    ]
    assert not found, "decorate with @transaction.atomic:\n" + "\n".join(found)


def test_nobody_receives_signals():
    found = []
    for file, tree in modules():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.ImportFrom)
                and node.module
                and node.module.startswith("django.")
            ):
                names = {alias.name for alias in node.names}
                if node.module in (
                    "django.dispatch",
                    "django.db.models.signals",
                    "django.db.backends.signals",
                ):
                    found.append(f"{file}:{node.lineno}: {', '.join(sorted(names))}")
    assert not found, "announce an event instead:\n" + "\n".join(found)


def test_no_model_overrides_save():
    overridden = {"save", "delete", "asave", "adelete"}
    found = [
        f"{file}:{node.lineno}: {node.name}"
        for file, tree in modules("models")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name in overridden
    ]
    assert not found, "make it an action:\n" + "\n".join(found)


PLANTED = """
def page(request):
    Post.objects.filter(pk=1).update(body="x")
    post.save()
    context.update(a=1)
    {"a": 1}.update(b=2)
"""


def test_the_eye_for_writes_sees_a_planted_one():
    assert [line for line, _ in writes(ast.parse(PLANTED))] == [3, 4]


def test_there_is_something_to_look_at():
    assert len(list(modules(*DOORS))) > 8
    assert len(list(actions())) > 40
