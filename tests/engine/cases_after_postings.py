"""Cases of the stages after postings: bounds, combine, rollup, lists."""

from __future__ import annotations

from tests.engine.tables import Case

FLOW = """
    member node origin entry kind month place matter amount
"""
BOUNDS = """
    node ordinal size min max
    5    1       3    -   10
    5    2       12   -4  12
"""
FOLD = """
    node level up
    5    1     0
    6    1     0
    0    0     -
"""

CASES: dict[str, Case] = {
    "bounded above, as postings come": Case(
        "bounded",
        {
            "pass": "level ordinal\n1 1",
            "fold": FOLD,
            "bounds": BOUNDS,
            "ceilings": "leaf node size at rolled\n77 5 1 4 false",
            "flow": f"""{FLOW.rstrip()}
                1 5 70 1 1 12 10 - 6
                1 5 70 2 1 12 20 - 6
                1 5 70 3 1 13 30 - -5
                1 5 70 4 1 14 40 - 9
                1 5 70 5 1 15 50 - 9
                2 5 70 6 1 12 10 - 11
                2 6 71 7 1 12 10 - 11
                2 0 72 8 1 12 10 - 11
            """,
        },
        """
        entry node amount
        1     5    6
        2     5    4
        3     5    -3
        4     5    3
        5     5    9
        6     5    10
        7     6    11
        8     0    11
        """,
        into="flow",
    ),
    "bounded below, in the second window only": Case(
        "bounded",
        {
            "pass": "level ordinal\n1 2",
            "fold": FOLD,
            "bounds": BOUNDS,
            "ceilings": "leaf node size at rolled\n77 5 12 4 false",
            "flow": f"""{FLOW.rstrip()}
                1 5 70 1 1 12 10 - -3
                1 5 70 2 1 13 20 - -3
                1 5 70 3 1 14 30 - 20
                1 5 77 4 1 15 41 - 0
                1 5 70 5 1 16 50 - 5
            """,
        },
        """
        entry amount
        1     -3
        2     -1
        3     16
        4     -8
        5     0
        """,
        into="flow",
    ),
    "combined: the highest of the year, by matter, the mean, the latest": Case(
        "combined",
        {
            "pass": "level\n1",
            "fold": "node level up\n1 1 0\n2 1 0\n3 1 0\n4 1 0\n5 1 0",
            "combines": """
                node how     size matter
                1    highest 12   false
                2    highest 12   true
                3    mean    1    false
                4    latest  12   false
            """,
            "flow": f"""{FLOW.rstrip()}
                1 1 1 11 1 12 1 - 4
                1 1 1 12 1 13 2 - 3
                1 1 1 13 1 13 3 - 6
                1 1 1 14 1 24 4 - 2
                1 2 2 21 1 12 1 1 4
                1 2 2 22 1 12 2 2 3
                1 2 2 23 1 13 3 1 5
                1 2 2 24 1 13 4 - 7
                1 3 3 31 1 12 1 - 1
                1 3 3 32 1 12 2 - 2
                1 3 3 33 1 12 3 - 2
                1 3 3 34 1 13 4 - 9
                1 4 4 41 1 12 1 - 5
                1 4 4 42 1 13 2 - -2
                1 5 5 51 1 13 1 - 8
                2 1 1 15 1 12 1 - 1
            """,
        },
        """
        entry amount
        11    4
        12    0
        13    2
        14    2
        15    1
        21    4
        22    3
        23    1
        24    7
        31    1
        32    1
        33    0
        34    9
        41    5
        42    -7
        51    8
        """,
        into="flow",
    ),
    "rolled: the mean over active months, the ceiling of the score alone": Case(
        "rolled",
        {
            "pass": "step\n1",
            "params": "first_month last_month\n12 17",
            "rollups": "step of size by\n1 1 3 mean",
            "active": """
                role   size number member
                settle 1    12     1
                settle 1    13     1
                settle 1    15     1
                settle 1    12     2
                settle 1    13     2
                settle 1    14     2
                asked  3    4      3
            """,
            "scored": """
                member figure number amount
                1      0      12     10
                1      0      13     5
                1      1      12     10
                1      0      14     1000
                2      0      12     10
                2      1      12     10
            """,
            "counted": "member node month free beyond\n1 7 12 false false\n2 7 12 true false",
            "ceilings": "leaf node size at rolled\n7 0 3 6 true",
        },
        """
        member figure number amount
        1      0      4      6
        1      0      5      0
        1      1      4      5
        2      0      4      3
        2      1      4      3
        """,
        into="scored",
    ),
    "taken: ties at the cut, named places, a share": Case(
        "taken",
        {
            "outcomes": """
                outcome number named share_num share_den exclude grouping
                0       2      false -         -         false   0
                1       2      false -         -         true    0
                2       -      true  -         -         false   1
                3       -      false 1         2         false   0
                4       -      false -         -         false   0
            """,
            "ranked": "member spell ranked\n1 1 true\n2 2 true\n3 3 true\n4 4 true\n5 5 true\n6 6 false",
            "groups": "\n".join(
                [
                    "grouping spell group_no",
                    *(f"0 {n} 0" for n in range(1, 7)),
                    *(f"1 {n} {n % 2}" for n in range(1, 7)),
                ]
            ),
            "group_names": "grouping group_no name\n1 0 even\n1 1 odd",
            "places": "outcome name number\n2 odd 1",
            "candidates": "\n".join(
                [
                    "outcome member group_no keys",
                    *(f"{o} {m} {m % 2 if o == 2 else 0} {k}" for o in range(5) for m, k in enumerate("97753", 1)),
                ]
            ),
        },
        """
        outcome member nth places
        0 1 1 2
        0 2 2 2
        0 3 2 2
        1 1 1 2
        2 1 1 1
        3 1 1 2
        3 2 2 2
        3 3 2 2
        4 1 1 -
        4 2 2 -
        4 3 2 -
        4 4 4 -
        4 5 5 -
        """,
    ),
}
