"""YAML text to a tree with positions, from the events of the YAML reader, so that nesting cannot exhaust the stack.

Refused, each with its place: a key twice, anchors and aliases, merge keys, tags, several documents, too much depth or
size, blanks that only look like spaces, and whatever is not YAML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import yaml

from pointscli.model.problem import Place, Problem, Related
from pointscli.scheme.hidden_blanks import find_hidden_blanks, has_hidden_blanks
from pointscli.scheme.source_text import decode, find_unprintable
from pointscli.scheme.tree import Entry, Listing, Mapping, Mark, Scalar, Tree, show
from pointscli.scheme.yaml_errors import explain, is_open_quote, mark_of

MAX_DEPTH = 20
MAX_NODES = 100_000
_TOO_DEEP = ("this is nested more than {limit} levels deep", "put it on fewer levels")
_NESTING = "maximum nesting depth"
"""What the C reader says of a thousand open brackets, which it looks through before it reports the first of them."""
_STANDARD_TAG = "tag:yaml.org,2002:"
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_tree(data: bytes, path: str) -> tuple[Mapping | None, list[Problem]]:
    """The tree of one rule file, with everything that is wrong with it as YAML; None if there is no tree to read."""
    tree, problems = parse_document(data, path)
    if isinstance(tree, Mapping):
        return tree, problems
    return None, problems if problems and tree is None else [*problems, _no_mapping(path)]


def parse_document(data: bytes, path: str) -> tuple[Tree | None, list[Problem]]:
    """The same for a file that may also be a list."""
    text, problems = decode(data, path)
    if text is None:
        return None, problems
    builder = _Builder(path)
    for event in _events(text, builder):
        if not builder.take(event):
            break
    problems = builder.problems
    blanks = find_hidden_blanks(text, path, builder.quoted, builder.stopped_at)
    lines = {blank.place.line for blank in blanks}
    problems = [one for one in problems if one.name != "yaml-syntax" or one.place.line not in lines] + blanks
    return None if builder.stopped else builder.root, problems


def _events(text: str, builder: _Builder) -> Iterator[yaml.Event]:
    """The reader's events; a syntax error ends them and is noted."""
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        deep = _NESTING in str(getattr(error, "problem", ""))
        found = [_too_deep(builder.path, error)] if deep else explain(error, text, builder.path)
        builder.problems.extend(found)
        builder.stopped = True
        line = max(problem.place.line for problem in found)
        builder.stopped_at = line - 1 if is_open_quote(found[0]) else line


def _too_deep(path: str, error: yaml.YAMLError) -> Problem:
    place = Place(path, *(mark_of(getattr(error, "problem_mark", None)) or (1, 1)))
    return Problem("too-deep", place, *_TOO_DEEP, (("limit", str(MAX_DEPTH)),))


def _no_mapping(path: str) -> Problem:
    hint = "begin it with: language: 1 (a half-width colon, and a space after it)"
    return Problem("not-a-rule-file", Place(path, 1, 1), "this rule file does not consist of keys and values", hint)


@dataclass(slots=True)
class _Open:
    """A list or mapping that has begun: what it has so far."""

    place: Place
    is_mapping: bool
    broken_key: bool = False
    key: Scalar | None = None
    items: list[Tree] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)


@dataclass(slots=True)
class _Builder:
    """Takes events one by one and keeps the tree so far."""

    path: str
    problems: list[Problem] = field(default_factory=list)
    quoted: list[tuple[Mark, Mark]] = field(default_factory=list)
    """From where to where quoted and block texts go."""
    root: Tree | None = None
    stopped: bool = False
    stopped_at: int | None = None
    """The last line that was understood, if not all were."""
    _open: list[_Open] = field(default_factory=list)
    _nodes: int = 0
    _documents: int = 0

    def take(self, event: yaml.Event) -> bool:
        """Add one event; False to stop."""
        match event:
            case yaml.DocumentStartEvent():
                self._begin_document(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end(event)
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.AliasEvent():
                self._refuse_anchor(event)
                place, end = self._place(event), _end(event)
                self._add(Scalar(f"*{event.anchor}", quoted=True, place=place, end=end, broken=True))
        return not self.stopped

    def _begin_document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if event.tags:
            self._problem("yaml-tag", event, "a %TAG line cannot be used in rule files", "delete the line")
        if self._documents > 1:
            message = "a second document begins here"
            self._stop("several-documents", event, message, "delete the line of three dashes; one scheme is one file")

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        self._check_node(event)
        if len(self._open) >= MAX_DEPTH:
            self._stop("too-deep", event, *_TOO_DEEP, limit=MAX_DEPTH)
        self._open.append(_Open(self._place(event), isinstance(event, yaml.MappingStartEvent)))

    def _end(self, event: yaml.MappingEndEvent | yaml.SequenceEndEvent) -> None:
        done = self._open.pop()
        end = _end(event)
        if end[1] == 1 and end[0] > done.place.line:  # a block ends where the next token begins: take its last value
            end = _last_end(done) or end
        if done.is_mapping:
            self._add(Mapping(tuple(done.entries.values()), done.place, end))
        else:
            self._add(Listing(tuple(done.items), done.place, end))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        quoted = bool(event.style)
        if quoted:
            self.quoted.append((_start(event), _end(event)))
        broken = self._check_node(event) or self._check_text(event, quoted=quoted)
        self._add(Scalar(event.value, quoted, self._place(event), _end(event), broken))

    def _check_node(self, event: yaml.NodeEvent) -> bool:
        """Count a value and refuse its anchor or tag; whether it was refused."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            message = "this rule file has more than {limit} values"
            self._stop("too-many-values", event, message, "split it into several schemes", limit=MAX_NODES)
        if event.anchor:
            self._refuse_anchor(event)
        tag = getattr(event, "tag", None)
        if tag:
            hint = "delete it; a text that begins with ! needs quotes"
            shown = show(tag.replace(_STANDARD_TAG, "!!"))
            self._problem("yaml-tag", event, "the tag {tag} cannot be used in rule files", hint, tag=shown)
        return bool(tag)

    def _check_text(self, event: yaml.ScalarEvent, *, quoted: bool) -> bool:
        """Refuse what a quoted text hides behind a backslash; whether it is refused, here or as a hidden blank."""
        if code := find_unprintable(event.value):
            message = "this text contains the control character {code}"
            self._problem("control-character", event, message, "delete it and type a space", code=code)
            return True
        return not quoted and has_hidden_blanks(event.value)

    def _refuse_anchor(self, event: yaml.NodeEvent) -> None:
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        hint = "write the value out where it is needed; a text that begins with & or * needs quotes"
        name = show(f"{sign}{event.anchor}")
        self._problem("yaml-anchor", event, "{value} is a YAML anchor, which rule files cannot use", hint, value=name)

    def _add(self, tree: Tree) -> None:
        """Put a finished value where it belongs: the root, a list, or a mapping's key or value."""
        if not self._open:
            self.root = tree
            return
        inside = self._open[-1]
        if not inside.is_mapping:
            inside.items.append(tree)
        elif inside.key is None and not inside.broken_key:
            inside.key = self._key(tree)
            inside.broken_key = inside.key is None
        else:
            if inside.key is not None:
                self._put(inside, Entry(inside.key, tree))
            inside.key, inside.broken_key = None, False

    def _key(self, tree: Tree) -> Scalar | None:
        if not isinstance(tree, Scalar) or not tree.text.strip():
            hint = "a key is one word or text before the colon"
            self.problems.append(Problem("key-not-text", tree.place, "this key is not a text", hint))
            return None
        if tree.text == "<<" and not tree.quoted:
            message = "merge keys (<<) cannot be used in rule files"
            self.problems.append(Problem("merge-key", tree.place, message, "write the keys out, or use extends"))
            return None
        return tree

    def _put(self, inside: _Open, entry: Entry) -> None:
        first = inside.entries.get(entry.name)
        if first is None:
            inside.entries[entry.name] = entry
            return
        message = "the key {key} stands here and in line {line}"
        args = (("key", show(entry.name)), ("line", str(first.place.line)))
        related = (Related(first.place, "it stands here first"),)
        found = Problem("duplicate-key", entry.place, message, "keep one of the two", args, end=entry.key.end)
        self.problems.append(replace(found, related=related))

    def _place(self, event: yaml.Event) -> Place:
        return Place(self.path, *_start(event))

    def _problem(self, name: str, event: yaml.Event, message: str, hint: str, **args: object) -> None:
        filled = tuple((key, str(value)) for key, value in args.items())
        self.problems.append(Problem(name, self._place(event), message, hint, filled))

    def _stop(self, name: str, event: yaml.Event, message: str, hint: str, **args: object) -> None:
        self._problem(name, event, message, hint, **args)
        self.stopped = True
        self.stopped_at = _start(event)[0]


def _start(event: yaml.Event) -> Mark:
    return mark_of(event.start_mark) or (1, 1)


def _end(event: yaml.Event) -> Mark:
    return mark_of(event.end_mark) or (1, 1)


def _last_end(done: _Open) -> Mark | None:
    last: Tree | None = done.items[-1] if done.items else None
    if done.entries:
        last = next(reversed(done.entries.values())).value
    return last.end if last else None
