"""Rule files (4)."""

from __future__ import annotations

from tests.inputs.catalogue.cases import RULES, Case

LEVELS = [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}' if n else 'a'] * 2)}]\n" for n in range(3)]


def rules(data: str | bytes, kept: str = "") -> Case:
    """A workspace with this rule file."""
    return Case({"rules/party.yaml": data}, kept)


def more(text: str, kept: str = "") -> Case:
    """The plain rule file with more at its end."""
    return rules(RULES + text, kept)


def instead(old: str, new: str) -> Case:
    """The plain rule file with one text exchanged."""
    assert old in RULES
    return rules(RULES.replace(old, new, 1))


TITLE = "title: 党员积分"
YAML: dict[str, Case] = {
    "4-key-twice/at the top": more("title: 另一个\n"),
    "4-key-twice/an item": instead("    gift:", "    talk:"),
    "4-anchors/many levels": rules("".join(LEVELS) + RULES),
    "4-anchors/an alias to itself": more("source: &a [*a]\n"),
    "4-anchors/merge key": more("<<: {decimals: 1}\n"),
    "4-tags/python": more("source: !!python/object/apply:os.system [true]\n"),
    "4-tags/own": instead("points: 2", "points: !foo 2"),
    "4-tags/a tag line": rules("%TAG ! tag:x\n---\n" + RULES),
    "4-texts-stay-texts/no": instead("title: 党课", "title: no"),
    "4-texts-stay-texts/leading zeros": instead("aliases: [讲课]", "aliases: [001, 0123]"),
    "4-texts-stay-texts/a time": instead("title: 党课", "title: 12:30:45"),
    "4-texts-stay-texts/a decimal as written": instead("points: 2", "points: 1.10"),
    "4-texts-stay-texts/a date as title": instead("title: 党课", "title: 2021-02-30"),
    "4-impossible-date": instead("2021-01-01", "2021-02-30"),
    "4-depth/twenty thousand": more("source: " + "[" * 20_000 + "\n"),
    "4-depth/a hundred thousand": more("source: " + "[" * 100_000 + "]" * 100_000 + "\n"),
    "4-depth/in one line each": more("source:\n" + "".join(" " * n + "- \n" for n in range(30))),
    "4-nul": rules(RULES.replace("党课", "党\0课").encode()),
    "4-long-number/five thousand digits": instead("points: 2", "points: " + "9" * 5000),
    "4-long-number/an exponent": instead("points: 2", "points: 1e99999"),
    "4-long-number/decimals": instead("points: 2", "points: 2.00001"),
    "4-full-width-colon": instead("title: 党课", "title：党课"),
    "4-full-width-colon/after a key": instead("score:\n", "score：\n"),
    "4-tab-indent": instead("  items:", "\titems:"),
    "4-hidden-blanks/no-break space after a colon": instead(TITLE, "title:\u00a0党员积分"),
    "4-hidden-blanks/full-width space as indent": instead("  items:", "\u3000items:"),
    "4-hidden-blanks/no width": instead("title: 党课", "title: 党\u200b课"),
    "4-size/a million bytes": more("# " + "x" * 1_000_000 + "\n"),
    "4-size/values": more("source: [" + "1," * 100_001 + "]\n"),
    "4-one-document": rules(RULES + "---\n" + RULES),
    "4-keys-are-texts": more("? [a]\n: 1\n"),
    "4-unknown-key/near": instead("settle:", "setle:"),
    "4-unknown-key/no regular expressions": instead("points: 2,", "points: 2, match: '(a+)+$',"),
    "4-bytes/GBK": rules(RULES.encode("gbk")),
    "4-bytes/UTF-16": rules(RULES.encode("utf-16")),
    "4-bytes/cut": rules(RULES.encode()[: RULES.encode().index("迟".encode()) + 1]),
    "4-bytes/empty": rules(b""),
}
