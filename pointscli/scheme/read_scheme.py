"""A tree as a Scheme: the keys at the top of a rule file, then every check."""

from __future__ import annotations

from datetime import date

from pointscli.model.period import Kind
from pointscli.model.problem import Problem, Severity
from pointscli.scheme.checks import run_checks
from pointscli.scheme.draft import ROOT, Draft
from pointscli.scheme.ids import check_scheme_id
from pointscli.scheme.read_nodes import read_root
from pointscli.scheme.read_outcomes import read_outcomes
from pointscli.scheme.read_ranks import read_derived, read_grades, read_ranking, read_stars
from pointscli.scheme.read_review import read_carry, read_redemption, read_review
from pointscli.scheme.reading import Fields, Reading, open_fields, open_mapping
from pointscli.scheme.tree import Entry, Mapping, Tree, show
from pointscli.scheme.types import Active, Node, Rollup, RollupBy, Rounding, Scheme
from pointscli.scheme.values import read_choice, read_date, read_filter, read_integer, read_text

LANGUAGE = "1"
TOP_KEYS = (
    "language",
    "scheme",
    "title",
    "version",
    "source",
    "effective",
    "extends",
    "members",
    "active",
    "settle",
    "rollup",
    "decimals",
    "rounding",
    "score",
    "ranking",
    "grades",
    "stars",
    "derive",
    "outcomes",
    "review",
    "redemption",
    "carry",
)
EFFECTIVE_KEYS = ("from", "to")
ROLLUP_KEYS = ("of", "by")
MAX_DECIMALS = 6


def read_scheme(root: Mapping) -> tuple[Scheme | None, list[Problem]]:
    """The scheme of a merged tree, None if it has errors, and everything that is wrong with it."""
    reading = Reading()
    draft = _read_draft(reading, open_mapping(reading, root, TOP_KEYS, root.place))
    problems = reading.problems + run_checks(draft)
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    return None if failed else draft.scheme, problems


def _read_draft(reading: Reading, fields: Fields) -> Draft:
    """Everything in one file; what is missing or wrong is noted, and filled with something that does no harm."""
    _read_language(reading, fields.require("language"))
    reading.settle = read_choice(reading, fields.require("settle"), Kind)
    score_entry = fields.entry(ROOT)
    fields.require(ROOT)
    score, nodes = read_root(reading, score_entry) if score_entry else (None, [])
    effective_from, effective_to = _read_effective(reading, fields)
    decimals = read_integer(reading, fields.get("decimals"), least=0, most=MAX_DECIMALS)
    scheme = Scheme(
        id=_read_id(reading, fields.require("scheme")),
        title=read_text(reading, fields.require("title")),
        place=fields.place,
        effective_from=effective_from or date.min,
        effective_to=effective_to,
        settle=reading.settle or Kind.YEAR,
        score=score or Node(ROOT, "", fields.place),
        version=read_text(reading, fields.get("version")),
        source=read_text(reading, fields.get("source")),
        members=read_filter(reading, fields.get("members")),
        active=read_choice(reading, fields.get("active"), Active) or Active.END,
        rollup=tuple(_read_rollup(reading, fields.get("rollup"))),
        decimals=2 if decimals is None else decimals,
        rounding=read_choice(reading, fields.get("rounding"), Rounding) or Rounding.HALF_UP,
        ranking=read_ranking(reading, fields.entry("ranking")),
        grades=read_grades(reading, fields.get("grades")),
        stars=read_stars(reading, fields.get("stars")),
        derive=read_derived(reading, fields.get("derive")),
        outcomes=read_outcomes(reading, fields.get("outcomes")),
        review=read_review(reading, fields.entry("review")),
        redemption=read_redemption(reading, fields.entry("redemption")),
        carry=read_carry(reading, fields.entry("carry")),
        tree=fields.tree,
    )
    return Draft(
        root=fields.tree,
        scheme=scheme,
        settle=reading.settle,
        nodes=tuple(nodes),
        references=tuple(reading.references),
        unread=frozenset(reading.unread),
    )


def _read_language(reading: Reading, tree: Tree | None) -> None:
    scalar = reading.scalar(tree, "write 1, the version of the rule language")
    if scalar is not None and scalar.text != LANGUAGE:
        message, hint = (
            "the rule language {value} is not known to this program",
            "write language: 1, or update the program",
        )
        reading.error("unknown-language", scalar.place, message, hint, value=show(scalar.text))


def _read_id(reading: Reading, tree: Tree | None) -> str:
    scalar = reading.scalar(tree, "write an id, such as branch-2021")
    if scalar is None:
        return ""
    reading.problems += check_scheme_id(scalar)
    return scalar.text


def _read_effective(reading: Reading, fields: Fields) -> tuple[date | None, date | None]:
    tree = fields.require("effective")
    opened = open_fields(reading, tree, EFFECTIVE_KEYS, fields.place_of("effective"))
    if opened is None:
        return None, None
    return read_date(reading, opened.require("from")), read_date(reading, opened.get("to"))


def _read_rollup(reading: Reading, tree: Tree | None) -> list[tuple[Kind, Rollup]]:
    found = []
    for entry in reading.mapping(tree, "write kinds of periods with sum, mean or last, such as year: sum") or ():
        rollup = _read_one_rollup(reading, entry)
        if entry.name not in list(Kind):
            kinds = [kind.value for kind in Kind]
            reading.unknown("unknown-key", entry.place, "unknown key {value}", entry.name, kinds)
        elif rollup:
            found.append((Kind(entry.name), rollup))
    return found


def _read_one_rollup(reading: Reading, entry: Entry) -> Rollup | None:
    if not isinstance(entry.value, Mapping):
        by = read_choice(reading, entry.value, RollupBy)
        return Rollup(by) if by else None
    fields = open_mapping(reading, entry.value, ROLLUP_KEYS, entry.place)
    of, by = read_choice(reading, fields.require("of"), Kind), read_choice(reading, fields.require("by"), RollupBy)
    return Rollup(by, None if of is reading.settle else of) if of and by else None
