"""Reading the code for law 5: doors fetch and call, actions decide and write."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house import ROOT

DOORS = ("views", "api", "topics", "tasks", "listeners", "gates", "guards", "cli", "operator_views")
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "asave",
    "acreate",
    "aupdate",
    "adelete",
}
NOT_A_WRITE = {
    "dict",
    "set",
    "hashlib",
    "digest",
    "params",
    "context",
    "data",
    "query",
    "response",
    "request",
}
"""Names whose `update` is no query, such as `context.update(…)`; so is a module's own `_table`."""


@dataclass(frozen=True)
class Line:
    """A place in the code."""

    file: Path
    number: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.number}: {self.text}"


def modules(*rooms: str, root: Path = ROOT / "coterie") -> Iterator[tuple[Path, ast.Module]]:
    """Every module that stands in one of these rooms, as file or as folder."""
    for file in sorted(root.rglob("*.py")):
        parts = file.relative_to(root).with_suffix("").parts
        if "tests" in parts or "migrations" in parts:
            continue
        if not rooms or any(room in parts[1:] for room in rooms):
            yield file, ast.parse(file.read_text())


def writes(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Calls that change a row."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in WRITES and not _is_harmless(node.func.value):
            yield node.lineno, ast.unparse(node.func)


def _is_harmless(owner: ast.expr) -> bool:
    if isinstance(owner, ast.Dict | ast.Set | ast.Subscript):
        return True
    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    return name in NOT_A_WRITE or name.startswith("_")


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions of a module that others call."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def parameters(function: ast.FunctionDef) -> set[str]:
    """All parameter names."""
    every = function.args
    return {arg.arg for arg in [*every.posonlyargs, *every.args, *every.kwonlyargs]}


def uses(tree: ast.AST, *names: str) -> bool:
    """Whether any of these names is called or decorates something here."""
    return any(
        isinstance(node, ast.Name | ast.Attribute)
        and (node.id if isinstance(node, ast.Name) else node.attr) in names
        for node in ast.walk(tree)
    )
