"""Random valid schemes that use every key of the language."""

from typing import Any

from .choices import Choices
from .generate_tops import add_outcomes, add_ranking, add_what_moves_no_score
from .periods import KINDS

SMALL = [0.5, 1, 1.5, 2, 3, 0.25]
WEIGHTS = ["1/3", 0.5, 0.3, "2/3", 2, "15%"]
LEVELS = ["国家级", "省级", "市级"]


def all_nodes(section: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """All nodes below a section, by id."""
    found: dict[str, dict[str, Any]] = {}
    for name, node in section["items"].items():
        found[name] = node
        if "items" in node:
            found.update(all_nodes(node))
    return found


def multiplied(points: Any) -> bool:
    """Whether the price is multiplied by the quantity."""
    return isinstance(points, int | float | str) or "levels" in points


class Builder:
    """Builds one scheme."""

    def __init__(self, rng: Choices, prefix: str) -> None:
        """The source of chance, and what the ids begin with."""
        self.rng = rng
        self.prefix = prefix
        self.made = 0
        self.settle = rng.choice(["month", "month", "month", "quarter", "quarter", "half", "year"])
        self.review = rng.chance(0.5)
        self.open: list[str] = []  # nodes that may be the `of` of a ceiling
        self.leaves: list[dict[str, Any]] = []

    def chance(self, share: float) -> bool:
        """True in that share of the cases."""
        return self.rng.chance(share)

    def scheme(self) -> dict[str, Any]:
        """The whole rule file, but for `effective`."""
        rng = self.rng
        scheme: dict[str, Any] = {"language": 1, "scheme": f"scheme-{self.prefix}", "title": "积分办法"}
        if self.chance(0.1):
            scheme |= {"version": "1.10", "source": "〔2021〕1号"}
        scheme["effective"] = {}
        scheme["settle"] = self.settle
        scheme["rollup"] = self.rollup()
        if self.chance(0.6):
            scheme["active"] = rng.choice(["start", "end", "any", "whole"])
        if self.chance(0.3):
            both = {"kind": ["正式党员", "probationary"], "class": ["甲类"]}
            scheme["members"] = rng.choice([{"kind": "full"}, {"kind": ["full"]}, both])
        if self.chance(0.7):
            scheme["decimals"] = rng.choice([0, 1, 2, 3, 4, 6])
        if self.chance(0.5):
            scheme["rounding"] = rng.choice(["half_up", "half_even", "down"])
        if self.review:
            scheme["review"] = self.stages()
        scheme["score"] = self.section(0, plain=False, shifting=True)
        self.add_ceilings()
        nodes = list(all_nodes(scheme["score"]))
        leaves = [name for name, node in all_nodes(scheme["score"]).items() if "items" not in node]
        add_ranking(rng, scheme, nodes)
        add_outcomes(rng, scheme, nodes, leaves, self.prefix)
        if self.chance(0.1):
            add_what_moves_no_score(rng, scheme, nodes, leaves)
        return {key: value for key, value in scheme.items() if value != {} or key == "effective"}

    def rollup(self) -> dict[str, Any]:
        """Every longer period, some through another one."""
        named: dict[str, Any] = {}
        for kind in KINDS[KINDS.index(self.settle) + 1 :]:
            by = self.rng.choice(["sum", "mean", "last"])
            named[kind] = {"of": self.rng.choice(list(named)), "by": by} if named and self.chance(0.4) else by
        return named

    def stages(self) -> dict[str, Any]:
        """The review."""
        review: dict[str, Any] = {"stages": {"declared": "申报", "verified": "认定", "approved": "审核"}}
        if self.chance(0.85):
            review["counts_from"] = self.rng.choice(["declared", "verified", "verified", "approved"])
        if self.chance(0.6):
            review["objection"] = self.rng.choice(["counts", "suspended"])
        return review

    def window(self) -> str:
        """Any window."""
        return self.rng.choice(KINDS)

    def name(self) -> str:
        """The next id."""
        self.made += 1
        return f"{self.prefix}{self.made}"

    def section(self, depth: int, *, plain: bool, shifting: bool) -> dict[str, Any]:
        """A section; `plain`: below one that compares; `shifting`: grants and totals are allowed."""
        section: dict[str, Any] = {"items": {}}
        combining = not plain and self.chance(0.06 if depth == 0 else 0.3)
        if combining:
            section["combine"] = self.combine()
            latest = "latest" in (section["combine"], *section["combine"])
            shifting = shifting and not latest
        self.common(section, plain=plain, shifting=shifting)
        if depth == 0 and not combining:
            self.open += ["score"] * 4
        for _ in range(self.rng.choice([1, 2, 2, 3] if depth else [1, 2, 3, 3, 4, 5])):
            name = self.name()
            below = plain or combining
            if depth < 2 and self.chance(0.35):
                child = self.section(depth + 1, plain=below, shifting=shifting)
            else:
                child = self.leaf(plain=below, shifting=shifting)
            node = {"title": f"项目{name}", **child}
            section["items"][name] = node
            if "items" not in node:
                self.leaves.append(node)
            if not below:
                self.open.append(name)
        return section

    def combine(self) -> Any:
        """A way of combining, in a window."""
        how = self.rng.choice(["highest", "lowest", "mean", "latest"])
        if how != "mean" and self.chance(0.3):
            return {how: "matter"}
        return {how: self.window()} if self.chance(0.6) else how

    def common(self, node: dict[str, Any], *, plain: bool, shifting: bool) -> None:
        """The keys of any node: grant, bounds, weight."""
        if shifting and self.chance(0.35):
            node["grant"] = self.grant()
        if not plain and self.chance(0.35):
            node["max"] = self.bound([0.5, 1, 2, 2.5, 4, 0])
        if not plain and self.chance(0.3):
            node["min"] = self.bound([0, -1, -2.5, 0, 1])
        if self.chance(0.2):
            node["weight"] = self.rng.choice(WEIGHTS)
        if self.chance(0.1):
            node |= {"clause": "第六条（二）", "dimension": self.rng.choice(["学习", "服务"])}

    def bound(self, values: list[float]) -> Any:
        """A number, or several windows."""
        if self.chance(0.4):
            return self.rng.choice(values)
        return {kind: self.rng.choice(values) for kind in self.rng.sample(KINDS, self.rng.choice([1, 1, 2]))}

    def grant(self) -> Any:
        """A number, another window, or by a column."""
        rng = self.rng
        points = rng.choice([1, 2, 5, 0.5, 10, -1])
        if self.chance(0.4):
            return points
        if self.chance(0.5):
            return {"points": points, "per": self.window()}
        table: dict[str, Any] = {"by": "class", "values": {"甲类": points, "乙类": rng.choice([0, 1, 3])}}
        if self.chance(0.3):
            table = {"by": "kind", "values": {"full": points, "预备党员": 1}}
        if self.chance(0.3):
            table["per"] = self.window()
        return table | ({"default": 0.5} if self.chance(0.5) else {})

    def leaf(self, *, plain: bool, shifting: bool) -> dict[str, Any]:
        """A leaf item."""
        leaf: dict[str, Any] = {"points": self.price(plain=plain, shifting=shifting)}
        self.common(leaf, plain=plain, shifting=shifting)
        if not plain and self.chance(0.3):
            leaf["combine"] = self.combine()
        points = leaf["points"]
        totals = isinstance(points, dict) and "total" in points
        if multiplied(points) and self.chance(0.25):
            leaf |= {"each": self.rng.choice([2, 3, 0.5]), "prorate": self.chance(0.5)}
        if not (isinstance(points, dict) and ("count" in points or "from" in points)) and self.chance(0.2):
            leaf["max_quantity"] = 2
        if not totals and self.chance(0.25):
            leaf["times"] = self.rng.choice([1, 2, {"month": 1}, {"month": 1, "year": 2}, {"quarter": 2}])
        if not totals and self.chance(0.15):
            leaf["free"] = self.rng.choice([1, {"month": 1}, {"quarter": 1}, {"year": 2}])
        if not totals and self.chance(0.35):
            leaf["shared"] = self.rng.choice(["split", "split", "split", "each"])
        self.trimmings(leaf)
        return leaf

    def trimmings(self, leaf: dict[str, Any]) -> None:
        """Aliases, evidence, counts_from."""
        if self.chance(0.2):
            self.made += 1
            leaf["aliases"] = [f"别名{self.prefix}{self.made}"]
        if self.chance(0.1):
            leaf["evidence"] = "required"
        if self.review and self.chance(0.25):
            leaf["counts_from"] = self.rng.choice(["declared", "verified", "approved"])
        if self.chance(0.1):
            leaf["unit"] = "次"

    def price(self, *, plain: bool, shifting: bool) -> Any:
        """Any form of price that may stand here."""
        forms = ["flat"] * 4 + ["minus", "levels", "range", "range", "bands", "percent"]
        forms += ["total"] * shifting + ["count"] * (not plain)
        form = self.rng.choice(forms)
        if form in ("total", "count"):
            return self.window_price(form)
        return self.event_price(form)

    def event_price(self, form: str) -> Any:
        """A price that looks at one event."""
        rng = self.rng
        low, high = rng.choice([-2, 0]), rng.choice([2, 3])
        step = {"step": 0.5} if self.chance(0.5) else {}
        prices: dict[str, Any] = {
            "flat": rng.choice(SMALL),
            "minus": -rng.choice(SMALL),
            "levels": {"levels": dict(zip(LEVELS, [2, 1, rng.choice([0.5, -0.5, 1])], strict=True))},
            "range": {"from": low, "to": high, **step},
            "bands": {"bands": {0: rng.choice([-1, 0]), 1: 0.5, 2: rng.choice([1, 0.5])}},
            "percent": rng.choice(["-5%", "-50%", "10%", "33.3%"]),
        }
        return prices[form]

    def window_price(self, form: str) -> Any:
        """A price that looks at a window."""
        rng, per = self.rng, {"per": self.window()}
        if form == "total":
            return {"total": rng.choice([{0: -1, 2: 0}, {0: 0, 1: 0.5, 3: 2}, {-1: -0.5, 1: 1}]), **per}
        steps = rng.choice([[-1, -3, -5], [0.5, 1, 1.5, 4], [2], [1, 0.5]])
        return {"count": steps, **(per if self.chance(0.6) else {})}

    def add_ceilings(self) -> None:
        """Some leaves get a ceiling; some of these lose their price."""
        for leaf in self.leaves:
            points = leaf["points"]
            busy = "free" in leaf or "times" in leaf or (isinstance(points, dict) and "total" in points)
            if busy or not self.open or not self.chance(0.18):
                continue
            leaf["ceiling"] = {"of": self.rng.choice(self.open), "at": self.rng.choice([0, 1, 2, 0.5])}
            if self.chance(0.7):
                per = self.rng.choice([[self.window()], self.rng.sample(KINDS, 2)])
                leaf["ceiling"]["per"] = per if len(per) > 1 else per[0]
            if self.chance(0.4):
                for key in ("points", "each", "prorate", "max_quantity", "shared"):
                    leaf.pop(key, None)
