"""Stage files in Spark's SQL: translated once, with the meaning that DuckDB gives them, exact to the last digit.

Nothing here knows a stage. What Spark has no like of is written in the stage file in a way that both understand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlglot import ErrorLevel, exp, parse_one

from pointscli.engine.database import _MACROS
from pointscli.model.plan import ParamsRow

SINGLE = frozenset({"params", "pass"})
"""Tables of one row: their columns become parameters of a statement, which spares Spark a join each."""
_WIDE = exp.DataType.build("decimal(38, 0)")


@dataclass(frozen=True, slots=True)
class Query:
    """A query as Spark takes it: its text, and the cells of tables of one row that it asks for."""

    text: str
    cells: frozenset[tuple[str, str]]


@lru_cache(maxsize=256)
def translate(text: str) -> Query:
    """The same query for Spark."""
    tree = _expand(parse_one(text, read="duckdb"))
    cells = _take_cells(tree)
    for node in reversed(list(tree.walk())):
        node.comments = None  # Spark takes a quotation mark in one for the begin of a text
        if (other := _reword(node)) is not node:
            node.replace(other)
    return Query(tree.sql("spark", identify=True, unsupported_level=ErrorLevel.RAISE), cells)


def cell_name(table: str, column: str) -> str:
    """The parameter that stands for a cell of a table of one row."""
    return f"{table}_{column}"


# -- macros


@lru_cache(maxsize=1)
def _macros() -> dict[str, tuple[list[str], exp.Expr]]:
    """The engine's macros: parameters and body."""
    found = {}
    for statement in _MACROS:
        head, _, body = statement.removeprefix("create macro ").partition(" as")
        name, _, names = head.partition("(")
        parameters = [one.strip() for one in names.rstrip(") ").split(",")]
        found[name.strip()] = (parameters, parse_one(body, read="duckdb"))
    return found


def _expand(tree: exp.Expr) -> exp.Expr:
    """Put a macro's body wherever it is called, the innermost calls first."""

    def put(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Anonymous) or node.name.lower() not in _macros():
            return node
        parameters, body = _macros()[node.name.lower()]
        given = dict(zip(parameters, map(_expand, node.expressions), strict=True))

        def fill(inner: exp.Expr) -> exp.Expr:
            if isinstance(inner, exp.Column) and not inner.table and inner.name in given:
                return exp.paren(given[inner.name].copy())
            return inner

        return exp.paren(_expand(body.transform(fill)))

    return tree.transform(put)


# -- tables of one row


def _take_cells(tree: exp.Expr) -> frozenset[tuple[str, str]]:
    """Take joins with tables of one row out, and put parameters where their columns stand."""
    found: set[tuple[str, str]] = set()
    for select in list(tree.find_all(exp.Select)):
        aliases = {}
        for join in list(select.args.get("joins") or ()):
            table = join.this
            if isinstance(table, exp.Table) and table.name in SINGLE and not join.side:
                aliases[table.alias_or_name] = table.name
                join.pop()
                if condition := join.args.get("on"):
                    select.where(condition, copy=False)
        for column in list(select.find_all(exp.Column)):
            if column.table in aliases and column.find_ancestor(exp.Select) is select:
                cell = (aliases[column.table], column.name)
                found.add(cell)
                column.replace(exp.cast(exp.Placeholder(this=cell_name(*cell)), _kind(*cell)))
    return frozenset(found)


def _kind(table: str, column: str) -> str:
    """The type of a cell: a bare number in a `group by` would be the number of a column."""
    kind = ParamsRow.__annotations__[column].__forward_arg__ if table == "params" else "int"
    return {"int": "bigint", "str": "varchar", "bool": "boolean"}[kind.partition(" ")[0]]


# -- words


def _reword(node: exp.Expr) -> exp.Expr:
    """What Spark says otherwise, or means otherwise by the same word."""
    found = node
    match node:
        case exp.DataType(this=exp.DataType.Type.INT128):
            found = _WIDE.copy()
        case exp.Sign():
            # Spark's is a DOUBLE.
            number = node.this
            found = exp.paren(exp.case().when(number > 0, "1").when(number < 0, "-1").when(number.eq(0), "0"))
        case exp.Pow() if node.this.sql() == "10":
            # A power is a DOUBLE too: a power of ten is a 1 with zeros.
            zeros = exp.Repeat(this=exp.Literal.string("0"), times=node.expression)
            found = exp.cast(exp.Concat(expressions=[exp.Literal.string("1"), zeros], safe=True), _WIDE.copy())
        case exp.Sum() if not _is_small(node):
            # DuckDB adds BIGINTs in 128 bits.
            found = exp.Sum(this=exp.cast(node.this, _WIDE.copy()))
        case exp.Window() if isinstance(node.this, exp.RowNumber | exp.Rank | exp.DenseRank):
            # 32 bits there, 64 in DuckDB.
            found = exp.cast(node.copy(), "bigint")
        case exp.ArrayAgg(this=exp.Order()):
            found = _ordered_list(node.this)
    return found


def _is_small(total: exp.Sum) -> bool:
    """Whether a sum is made a BIGINT at once, or is of numbers cast already."""
    above = total.parent
    while isinstance(above, exp.Window | exp.Filter):
        above = above.parent
    return isinstance(above, exp.Cast) or isinstance(total.this, exp.Cast)


def _ordered_list(order: exp.Order) -> exp.Expr:
    """`list(x order by y)`: pairs, sorted, of which the second parts are left."""
    parts = {f"k{number}": one.this for number, one in enumerate(order.expressions)} | {"value": order.this}
    named = [part for name, value in parts.items() for part in (exp.Literal.string(name), value)]
    pairs = exp.ArrayAgg(this=exp.Anonymous(this="named_struct", expressions=named), nulls_excluded=True)
    part = exp.Dot(this=exp.to_identifier("e"), expression=exp.to_identifier("value"))
    return exp.Anonymous(
        this="transform",
        expressions=[
            exp.Anonymous(this="sort_array", expressions=[pairs]),
            exp.Lambda(this=part, expressions=[exp.to_identifier("e")]),
        ],
    )
