"""Cases of the stages before postings: who is active, what decisions did, what is granted."""

from __future__ import annotations

from tests.engine.tables import Case

SPELLS = """
    spell member since until exempt
    0     1      1     15    false
    1     1      16    99    false
    2     2      5     20    false
    3     3      1     99    false
"""
PASSES = """
    filter spell
    0      0
    0      1
    0      2
"""
WINDOW = """
    role   version size number first_month start stop
    settle 0       1    7      7           1     31
"""
ACTIVE = {
    "end": "member spell\n1 1",
    "start": "member spell\n1 0",
    "any": "member spell\n1 1\n2 2",
    "whole": "member spell\n1 1",
}

DECISIONS = """
    entry seq decision stage quantity level points
    1     1   approve  -     -        -     -
    1     2   approve  -     -        -     -
    2     1   approve  2     -        -     -
    2     2   approve  -     -        -     -
    2     3   object   -     -        -     -
    3     1   reject   -     -        -     -
    3     2   approve  1     -        -     -
    4     1   approve  1     -        -     -
    4     2   object   -     -        -     -
    4     3   reject   -     -        -     -
    5     1   amend    -     20000    -     -
    5     2   amend    -     -        3     7
    5     3   amend    -     50000    -     -
    6     1   object   -     -        -     -
    6     2   dismiss  -     -        -     -
"""
REPLAYED = """
    entry stage steps quantity level points rejected objected
    1     -     2     -        -     -      false    false
    2     2     1     -        -     -      false    true
    3     1     0     -        -     -      false    false
    4     1     0     -        -     -      true     false
    5     -     0     50000    3     7      false    false
    6     -     0     -        -     -      false    false
"""

GRANT_TABLES = {
    "active": """
        role   version size number first_month member spell
        settle 0       1    12     12          1      0
        settle 0       1    13     13          1      1
        settle 0       1    15     15          1      1
        settle 0       1    13     13          2      2
        asked  0       12   1      12          2      2
    """,
    "months": """
        month first_day
        12    100
        13    200
        14    300
        15    400
    """,
    "grant_rates": """
        node spell points
        9    0     50
        9    1     60
        9    2     70
    """,
    "params": "cut\n399",
}

CASES: dict[str, Case] = {
    **{
        f"active at the {rule}": Case(
            "active",
            {
                "windows": WINDOW,
                "versions": f"version filter active\n0 0 {rule}",
                "passes": PASSES,
                "spells": SPELLS,
            },
            expected,
        )
        for rule, expected in ACTIVE.items()
    },
    "replayed": Case("replayed", {"decisions": DECISIONS}, REPLAYED),
    "granted each month, by the row in force, up to the day": Case(
        "granted",
        {**GRANT_TABLES, "grants": "node version size points\n8 0 1 5\n9 0 1 -"},
        """
        member node month number amount
        1      8    12    12     5
        1      8    13    13     5
        1      9    12    12     50
        1      9    13    13     60
        2      8    13    13     5
        2      9    13    13     70
        """,
    ),
    "granted once a quarter, in the first active month": Case(
        "granted",
        {**GRANT_TABLES, "grants": "node version size points\n9 0 3 -"},
        """
        member node month number amount
        1      9    12    4      50
        2      9    13    4      70
        """,
    ),
    "granted monthly inside a settlement quarter": Case(
        "granted",
        {
            **GRANT_TABLES,
            "active": "role version size number first_month member spell\nsettle 0 3 4 12 1 0",
            "grants": "node version size points\n8 0 1 5",
        },
        """
        member node month first_day amount
        1      8    12    100       5
        1      8    13    200       5
        1      8    14    300       5
        """,
    ),
}
