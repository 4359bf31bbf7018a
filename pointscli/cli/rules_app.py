"""`points rules …`: commands about the rule files themselves."""

from __future__ import annotations

import typer

from pointscli.cli import rules_coverage, rules_diff, rules_schema, rules_show, rules_test
from pointscli.cli.options import _

rules_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    help=_("Rule files: their tests, what the tests reach, and what they say."),
)
rules_app.command("test", help=_("Run the tests beside the rule files."))(rules_test.run)
rules_app.command("coverage", help=_("Which elements of the rules the tests reach, and which they do not."))(
    rules_coverage.coverage
)
rules_app.command("show", help=_("The scheme as the table that is printed for members."))(rules_show.show)
rules_app.command("schema", help=_("The JSON Schema of rule files, for editors that complete and check."))(
    rules_schema.schema
)
rules_app.command("diff", help=_("What differs between two versions of a scheme; with a period, who would move."))(
    rules_diff.diff
)
