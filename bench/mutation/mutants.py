"""The wrong changes that can be made in a module, one at a time."""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


class Mutant(NamedTuple):
    """A change: of which node of a module, on which lines (the node's own; its statement's), and in words.

    The words stay the same when other lines move.
    """

    path: Path
    number: int
    lines: tuple[range, range]
    what: str


class Site(NamedTuple):
    """A place in a parsed module where something can be changed."""

    node: ast.AST
    statement: ast.stmt
    within: str
    said: str
    change: Callable[[], None]


@cache
def _source(path: Path) -> str:
    """Read a module once: somebody may go on working in the tree meanwhile."""
    return path.read_text(encoding="utf-8")


def mutants(path: Path, root: Path) -> list[Mutant]:
    """Return every change there is in a module."""
    source = _source(path)
    seen: dict[str, int] = {}
    found = []
    for number, site in enumerate(_sites(ast.parse(source))):
        text = " ".join((ast.get_source_segment(source, site.node) or "").split())[:90]
        what = f"{path.relative_to(root)} {site.within}: {text} → {site.said}"
        seen[what] = seen.get(what, 0) + 1
        again = f"（第{seen[what]}处）" if seen[what] > 1 else ""
        found.append(Mutant(path, number, (_lines(site.node), _lines(site.statement)), what + again))
    return found


def _lines(node: ast.AST) -> range:
    return range(node.lineno, (node.end_lineno or 0) + 1) if isinstance(node, ast.stmt | ast.expr) else range(0)


def changed(mutant: Mutant) -> CodeType:
    """Compile the module with one change in it; lines stay where they are."""
    tree = ast.parse(_source(mutant.path))
    list(_sites(tree))[mutant.number].change()
    return compile(ast.fix_missing_locations(tree), str(mutant.path), "exec", dont_inherit=True)


def _sites(tree: ast.Module) -> Iterator[Site]:
    """Yield the places inside functions, in the order of the file."""
    for within, function in _functions(tree, ""):
        body = function.body[1:] if ast.get_docstring(function) else function.body
        for statement in body:
            for node in _inside(statement):
                yield from (Site(node, statement, within, said, change) for said, change in _changes(node))


def _functions(node: ast.AST, within: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for child in ast.iter_child_nodes(node):
        name = f"{within}.{getattr(child, 'name', '')}".strip(".")
        if isinstance(child, ast.FunctionDef):
            yield name, child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, name)


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """Walk down, without annotations and what is said in words."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list"} or isinstance(node, ast.JoinedStr):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _inside(child)


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        other: Any = COMPARED[type(node.ops[0])]()
        yield type(other).__name__, lambda: node.ops.__setitem__(0, other)
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in COMPUTED:
        operator = COMPUTED[type(node.op)]()
        yield type(operator).__name__, lambda: setattr(node, "op", operator)
    elif isinstance(node, ast.BoolOp):
        swapped = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield type(swapped).__name__, lambda: setattr(node, "op", swapped)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield "without", lambda: _become(node, node.operand)
    elif isinstance(node, ast.Constant):
        yield from _constants(node)
    yield from _tests_and_statements(node)


def _constants(node: ast.Constant) -> Iterator[tuple[str, Callable[[], None]]]:
    if isinstance(node.value, bool):
        yield str(not node.value), lambda: setattr(node, "value", not node.value)
    elif isinstance(node.value, int):
        more = node.value + 1
        yield str(more), lambda: setattr(node, "value", more)


def _tests_and_statements(node: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "if not", lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.comprehension):
        for number in range(len(node.ifs)):
            yield "if True", lambda number=number: node.ifs.__setitem__(number, ast.Constant(True))  # noqa: FBT003
    elif isinstance(node, ast.Return) and node.value and not _is_none(node.value):
        yield "return None", lambda: setattr(node, "value", ast.Constant(None))
    elif isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield "pass", lambda: _become(node, ast.Expr(ast.Constant(None)))


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _become(node: ast.AST, other: ast.AST) -> None:
    """Put another node in a node's place, wherever it stands."""
    place = {name: getattr(node, name) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset")}
    node.__class__ = type(other)
    node.__dict__.clear()
    node.__dict__.update(other.__dict__ | place)
