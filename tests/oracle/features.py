"""What a case uses of the language, word by word, so that a test can see that the generator reaches all of it."""

from collections.abc import Iterator
from typing import Any

from .model import KIND_WORDS
from .review import WORDS

Raw = dict[str, Any]


def features(case: Raw) -> set[str]:
    """Every key with the form of its value, every word of the logs."""
    schemes = case["schemes"] if "schemes" in case else [case["scheme"]]
    found = {word for scheme in schemes for word in of_scheme(scheme)}
    found |= {word for row in case["members"] for word in of_row("member", row, ("since", "until", "exempt"))}
    found |= {f"kind {KIND_WORDS.get(row['kind'], row['kind'])}" for row in case["members"]}
    found |= {word for row in case["events"] for word in of_event(row)}
    found |= {word for row in case["reviews"] for word in of_decision(row)}
    found |= {f"schemes {len({scheme['scheme'] for scheme in schemes})}", f"files {len(schemes)}"}
    return found | {word for check in case["checks"] for word in of_check(check, schemes)}


def form(value: Any) -> str:
    """How a value is written."""
    if isinstance(value, str) and value.endswith("%"):
        return "percent"
    if isinstance(value, str) and "/" in value:
        return "fraction"
    names = {dict: "mapping", list: "list", str: "text", bool: "flag", int: "number", float: "number"}
    return names.get(type(value), "none")


def of_scheme(scheme: Raw) -> Iterator[str]:
    """The top of the file, and all below."""
    for key, value in scheme.items():
        yield key
        if key in ("settle", "active", "decimals", "rounding"):
            yield f"{key} {value}"
    yield from (f"effective.{key}" for key in scheme["effective"])
    for how in scheme.get("rollup", {}).values():
        yield "rollup of" if isinstance(how, dict) else f"rollup {how}"
        if isinstance(how, dict):
            yield f"rollup of by {how['by']}"
    yield from of_node("root", scheme["score"])
    yield from of_results(scheme)
    review = scheme.get("review", {})
    yield from (f"review.{key}" for key in review)
    yield from (f"review {key} {review[key]}" for key in ("counts_from", "objection") if key in review)
    for key in ("redemption", "carry"):
        yield from (f"{key}.{one}" for one in scheme.get(key, {}))


def of_node(where: str, node: Raw) -> Iterator[str]:
    """A node's keys, with what makes one form of a value another, and its children."""
    for key, value in node.items():
        yield f"{where}.{key}"
        if key in ("max", "min", "times", "free", "weight", "grant"):
            yield f"{key} {form(value)}"
        if key in ("max", "min", "times", "free") and isinstance(value, dict):
            yield from (f"{key} {window}" for window in value)
        if key in ("shared", "counts_from", "prorate"):
            yield f"{key} {value}"
    if "combine" in node:
        combine = node["combine"]
        yield from (
            (f"combine {how} {window}" for how, window in combine.items())
            if isinstance(combine, dict)
            else (f"combine {combine}",)
        )
    if isinstance(node.get("grant"), dict):
        yield from (f"grant.{key}" for key in node["grant"])
        yield f"grant per {node['grant'].get('per')}"
    if "points" in node:
        yield from of_price(node, node["points"])
    if "ceiling" in node:
        yield from (f"ceiling.{key}" for key in node["ceiling"])
        yield "ceiling of score" if node["ceiling"]["of"] == "score" else "ceiling of a node"
        yield f"ceiling per {form(node['ceiling'].get('per'))}"
        yield "ceiling with points" if "points" in node else "ceiling alone"
    for child in node.get("items", {}).values():
        yield from of_node("section" if "items" in child else "leaf", child)


def of_price(leaf: Raw, points: Any) -> Iterator[str]:
    """The form of a price, alone and with what changes the quantity."""
    if isinstance(points, dict):
        name = next(key for key in ("levels", "from", "bands", "count", "total") if key in points)
        yield from (f"points.{key}" for key in points)
        yield f"{name} per {points.get('per')}"
    else:
        name = form(points)
    yield f"price {name}"
    for key in ("each", "prorate", "max_quantity", "shared", "times", "free", "combine", "max", "min", "weight"):
        if leaf.get(key):
            yield f"price {name} with {key}"


def of_results(scheme: Raw) -> Iterator[str]:
    """Ranking, grades, stars, derive, outcomes."""
    ranking = scheme.get("ranking", {})
    yield from (f"ranking.{key}" for key in ranking)
    yield f"ties {ranking.get('ties')}"
    yield f"ranking within {form(ranking.get('within'))}"
    for rule in scheme.get("derive", {}).values():
        yield from (f"derive.{key}" for key in rule)
    for bound in scheme.get("grades", {}).values():
        yield "grade strict" if isinstance(bound, str) else f"grade {form(bound)}"
    for outcome in scheme.get("outcomes", {}).values():
        yield from (f"outcome.{key}" for key in outcome)
        yield from (
            f"outcome {key} {form(outcome[key])}" for key in ("top", "bottom", "share", "confirm") if key in outcome
        )
        yield f"outcome ties {outcome.get('ties', 'include')}"
        where = outcome.get("where", [])
        for one in where if isinstance(where, list) else [where]:
            for node, conditions in one.items():
                yield f"where {node}" if node in ("rank", "stars", "grade", "score") else "where a node"
                for text in conditions if isinstance(conditions, list) else [conditions]:
                    yield f"where sign {text.split()[0] if ' ' in text else 'none'}"


def of_row(table: str, row: Raw, columns: tuple[str, ...]) -> Iterator[str]:
    """Cells that are filled."""
    return (f"{table} {column}" for column in columns if row.get(column))


def of_event(row: Raw) -> Iterator[str]:
    """Cells of an event."""
    yield from of_row("event", row, ("id", "quantity", "level", "points", "matter", "evidence", "scheme"))
    yield f"event stage {row.get('stage')}"
    if any(mark in row["member"] for mark in ";；、"):
        yield "event of several"


def of_decision(row: Raw) -> Iterator[str]:
    """The word, the stage that it names, what it amends, and what it is about."""
    word = WORDS.get(row["decision"], row["decision"])
    yield f"decision {word}{' of a nomination' if '/' in row['event'] else ''}"
    if word == "approve":
        yield f"approve {row.get('stage')}"
    if word == "amend":
        yield from (f"amend {key}" for key in ("quantity", "level", "points") if key in row)


def of_check(check: Raw, schemes: list[Raw]) -> Iterator[str]:
    """What is asked."""
    label, settle = str(check["period"]), schemes[0]["settle"]
    kind = "quarter" if "Q" in label else "half" if "H" in label else "month" if "-" in label else "year"
    yield f"asked {kind} of {settle}"
    if "as_of" in check:
        yield "as of"
