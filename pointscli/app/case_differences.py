"""What a rule test expects against what was computed, cell by cell; only what is named is compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from pointscli.app.case_rules import Value, rule_behind
from pointscli.app.inputs import Inputs
from pointscli.model.derivation import Derivation, Posting
from pointscli.model.problem import Place, Problem
from pointscli.model.tally import Standing, Tally
from pointscli.scheme.plan import version_at_end
from pointscli.scheme.read_cases import Wanted
from pointscli.scheme.reading import problem, unknown_word
from pointscli.scheme.tree import Listing, Scalar


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that is not as expected; `tree` is what to replace if the rules are right and the test is not."""

    member: str
    what: str
    expected: str
    got: str
    place: Place
    tree: Scalar | Listing | None = None
    problem: Problem | None = None
    """What was refused instead of computed, or cannot be compared."""
    rule: Place | None = None
    """Where the rule file says what made the value."""
    postings: tuple[Posting, ...] = ()
    """What a wrong score or column is made of."""


def compare(wanted: Sequence[Wanted], tally: Tally, inputs: Inputs) -> list[Difference]:
    """Everything that is not as expected, in the order of the file, each with the rule behind it."""
    answers = _Answers(tally, inputs)
    _, scheme = version_at_end(inputs.schemes, tally.scheme, tally.period)
    found = [
        difference if difference.problem else replace(difference, rule=rule_behind(one.what, one.value, got, scheme))
        for one in wanted
        for difference, got in answers.differences(one)
    ]
    return sorted(found, key=lambda one: (one.place.line, one.place.column))


def with_postings(difference: Difference, derivations: Mapping[str, Derivation], inputs: Inputs) -> Difference:
    """The difference with the postings behind it, if it is one of a score or of a column."""
    key, _, column = difference.what.partition(".")
    number = inputs.roster.find(difference.member) if key in ("score", "columns", "earned") else None
    if not isinstance(number, int) or difference.problem:
        return difference
    derivation = derivations[inputs.roster.members[number].id]
    kept = [one for one in derivation.postings if column in ("", *one.path)]
    return replace(difference, postings=tuple(one for one in kept if key != "earned" or one.kind != "grant"))


class _Answers:
    """The computed values by the names that tests use."""

    def __init__(self, tally: Tally, inputs: Inputs) -> None:
        self.tally, self.roster = tally, inputs.roster
        self.standings = {one.member: one for one in tally.standings}
        self.outcomes = {one.id: one for one in tally.outcomes}
        self.known = {one.id for scheme in inputs.schemes if scheme.id == tally.scheme for one in scheme.outcomes}
        self.names = {one.member: one.name for one in tally.standings}

    def differences(self, wanted: Wanted) -> Iterator[tuple[Difference, Value]]:
        """The difference of one expected value, if there is one, with the computed value."""
        what = ".".join(wanted.what)
        wrong = self._wrong(wanted)
        if wrong:
            yield Difference(wanted.member, what, _text_of(wanted.value), "", wanted.place, problem=wrong), None
            return
        got = self._value(wanted)
        if wanted.what == ("listed",):
            if got is not None:
                yield Difference(wanted.member, "listed", "null", show(got), wanted.place, wanted.value), got
        elif not self._same(wanted.value, got):
            expected, at = _text_of(wanted.value), wanted.value.place
            yield Difference(wanted.member, what, expected, show(got), at, wanted.value), got

    def _wrong(self, wanted: Wanted) -> Problem | None:
        """A name that nothing here has."""
        key = wanted.what[0]
        if key in ("outcomes", "nominated") and len(wanted.what) > 1:
            wrong = _unknown("unknown-outcome", wanted, wanted.what[1], self.known)
        elif key in ("columns", "derived"):
            headings = self.tally.columns if key == "columns" else self.tally.derived
            wrong = _unknown("unknown-column", wanted, wanted.what[1], [heading.id for heading in headings])
        else:
            wrong = None
        if wrong is None and wanted.member and not isinstance(self.roster.find(wanted.member), int):
            known = [one.name for one in self.roster.members]
            wrong = _unknown("unknown-member", wanted, wanted.member, known)
            if wrong is None:
                message, hint = "several members are called {value}", "write the member's id"
                wrong = problem("ambiguous-member", wanted.place, message, hint, value=wanted.member)
        return wrong

    def _id(self, text: str) -> str:
        found = self.roster.find(text)
        return self.roster.members[found].id if isinstance(found, int) else text

    def _value(self, wanted: Wanted) -> Value:
        key = wanted.what[0]
        if key == "outcomes" and not wanted.member:
            outcome = self.outcomes.get(wanted.what[1])
            return tuple(self._named(member) for member in outcome.members) if outcome else ()
        member = self._id(wanted.member)
        if key == "nominated":
            outcome = self.outcomes.get(wanted.what[1])
            stages = {one.member: one.stage for one in outcome.nominated} if outcome else {}
            return stages.get(member)
        standing = self.standings.get(member)
        if standing is None or key == "listed":
            return standing.score if standing else None
        return _of_standing(standing, wanted.what, self.tally)

    def _named(self, member: str) -> str:
        """A member as tests call them: the name where it is enough."""
        name = self.names.get(member, "")
        return name if name and isinstance(self.roster.find(name), int) else member

    def _same(self, tree: Scalar | Listing, got: Value) -> bool:
        if isinstance(tree, Listing):
            have = got if isinstance(got, tuple) else ()
            return sorted(map(self._id, _texts(tree))) == sorted(map(self._id, have))
        if got is None or tree.is_null:
            return got is None and tree.is_null
        if isinstance(got, Decimal | int):
            return _number(tree.text) == got
        return tree.text.strip() == got


def _of_standing(standing: Standing, what: tuple[str, ...], tally: Tally) -> Value:
    match what:
        case ("columns", name):
            return standing.columns[[one.id for one in tally.columns].index(name)]
        case ("derived", name):
            return standing.derived[[one.id for one in tally.derived].index(name)]
        case _:
            value: Value = getattr(standing, what[0])
            return value


def _unknown(name: str, wanted: Wanted, given: str, known: Collection[str]) -> Problem | None:
    if given in known:
        return None
    return unknown_word(name, wanted.place, "{value} is not known here", given, sorted(known))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def show(value: Value) -> str:
    """A computed value as it is written in a test."""
    if value is None:
        return "null"
    if isinstance(value, tuple):
        return f"[{', '.join(value)}]"
    return f"{value:zf}" if isinstance(value, Decimal) else str(value)


def _text_of(tree: Scalar | Listing) -> str:
    """An expected value as it is written."""
    return tree.text if isinstance(tree, Scalar) else f"[{', '.join(_texts(tree))}]"


def _texts(tree: Listing) -> list[str]:
    return [one.text for one in tree.items if isinstance(one, Scalar)]
