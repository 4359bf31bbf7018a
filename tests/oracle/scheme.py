"""Reading rule files (as dicts) into versions."""

from fractions import Fraction
from typing import Any

from .exact import exact
from .model import Ceiling, Grant, Node, Price, Version, conditions, text_of
from .periods import KINDS, parse_day


def read_version(raw: dict[str, Any]) -> Version:
    """One rule file."""
    effective = raw["effective"]
    settle = raw["settle"]
    if settle not in KINDS:
        raise ValueError(f"settle: {settle!r}")
    return Version(
        id=raw["scheme"],
        title=text_of(raw.get("title")),
        label=text_of(raw["version"]) if raw.get("version") is not None else None,
        start=parse_day(effective["from"]),
        end=parse_day(effective["to"]) if effective.get("to") is not None else None,
        settle=settle,
        members=conditions(raw.get("members")),
        active=raw.get("active") or "end",
        rollup=raw.get("rollup") or {},
        decimals=2 if raw.get("decimals") is None else int(raw["decimals"]),
        rounding=raw.get("rounding") or "half_up",
        root=read_node("score", raw["score"], settle),
        ranking=raw.get("ranking"),
        grades=raw.get("grades") or {},
        stars={text_of(star): bound for star, bound in (raw.get("stars") or {}).items()},
        derive=raw.get("derive") or {},
        outcomes=raw.get("outcomes") or {},
        review=raw.get("review"),
    )


def read_node(node_id: str, raw: dict[str, Any], settle: str) -> Node:
    """A node and all below it."""
    combine, window = read_combine(raw.get("combine"), settle)
    return Node(
        id=node_id,
        title=text_of(raw.get("title")),
        items=[read_node(child, below or {}, settle) for child, below in (raw.get("items") or {}).items()],
        grant=read_grant(raw["grant"], settle) if raw.get("grant") is not None else None,
        price=read_price(raw["points"], settle) if raw.get("points") is not None else None,
        combine=combine,
        combine_window=window,
        least=windows(raw.get("min"), settle),
        most=windows(raw.get("max"), settle),
        weight=exact(raw["weight"]) if raw.get("weight") is not None else None,
        times={kind: int(n) for kind, n in windows(raw.get("times"), settle).items()},
        free={kind: int(n) for kind, n in windows(raw.get("free"), settle).items()},
        each=exact(raw["each"]) if raw.get("each") is not None else None,
        prorate=bool(raw.get("prorate")),
        max_quantity=exact(raw["max_quantity"]) if raw.get("max_quantity") is not None else None,
        split=raw.get("shared") == "split",
        evidence=raw.get("evidence") == "required",
        counts_from=raw.get("counts_from"),
        ceiling=read_ceiling(raw["ceiling"], settle) if raw.get("ceiling") is not None else None,
        aliases=[text_of(alias) for alias in raw.get("aliases") or []],
    )


def windows(raw: Any, settle: str) -> dict[str, Fraction]:
    """A number is per settlement period; a mapping names several windows."""
    if raw is None:
        return {}
    if isinstance(raw, dict):
        return {kind: exact(number) for kind, number in raw.items()}
    return {settle: exact(raw)}


def read_combine(raw: Any, settle: str) -> tuple[str, str]:
    """The way of combining and its window (or `matter`)."""
    if raw is None:
        return "sum", settle
    if isinstance(raw, dict):
        ((how, window),) = raw.items()
        return str(how), str(window)
    return str(raw), settle


def read_grant(raw: Any, settle: str) -> Grant:
    """A number, {points, per} or {by, values, default}."""
    if not isinstance(raw, dict):
        return Grant(exact(raw), "", {}, Fraction(0), settle)
    per = raw.get("per") or settle
    inner = raw.get("points")
    if inner is not None and not isinstance(inner, dict):
        return Grant(exact(inner), "", {}, Fraction(0), per)
    table = inner if isinstance(inner, dict) else raw
    values = {text_of(value): exact(number) for value, number in table["values"].items()}
    default = exact(table["default"]) if table.get("default") is not None else Fraction(0)
    return Grant(None, table["by"], values, default, per)


def read_price(raw: Any, settle: str) -> Price:
    """One of the seven forms."""
    if not isinstance(raw, dict):
        return Price("percent" if str(raw).strip().endswith("%") else "flat", number=exact(raw))
    per = raw.get("per") or settle
    if "levels" in raw:
        return Price("levels", levels={text_of(level): exact(n) for level, n in raw["levels"].items()})
    if "from" in raw:
        step = exact(raw["step"]) if raw.get("step") is not None else None
        return Price("range", low=exact(raw["from"]), high=exact(raw["to"]), step=step)
    if "count" in raw:
        return Price("count", steps=tuple(exact(n) for n in raw["count"]), window=per)
    form = "bands" if "bands" in raw else "total"
    table = tuple(sorted((exact(key), exact(n)) for key, n in raw[form].items()))
    return Price(form, table=table, window=per)


def read_ceiling(raw: dict[str, Any], settle: str) -> Ceiling:
    """{of, at, per}."""
    per = raw.get("per") or settle
    return Ceiling(raw["of"], exact(raw["at"]), tuple(per) if isinstance(per, list) else (per,))


def longer(kind: str, settle: str) -> bool:
    """Whether a window is longer than the settlement period."""
    return KINDS.index(kind) > KINDS.index(settle)
