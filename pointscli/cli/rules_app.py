"""`points rules …`: commands about the rule files themselves."""

from __future__ import annotations

import typer

from pointscli.cli.commands import Commands, Entry
from pointscli.cli.words import _


class Rules(Commands):
    """Every command below `points rules`."""

    entries = (
        Entry("test", "", _("Run the tests beside the rule files."), "rules_test:run"),
        Entry(
            "coverage",
            "",
            _("Which elements of the rules the tests reach, and which they do not."),
            "rules_coverage:coverage",
        ),
        Entry("show", "", _("The scheme as the table that is printed for members."), "rules_show:show"),
        Entry(
            "schema",
            "",
            _("The JSON Schema of rule files, for editors that complete and check."),
            "rules_schema:schema",
        ),
        Entry(
            "diff",
            "",
            _("What differs between two versions of a scheme; with a period, who would move."),
            "rules_diff:diff",
        ),
    )


rules_app = typer.Typer(
    cls=Rules,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    help=_("Rule files: their tests, what the tests reach, and what they say."),
)


@rules_app.callback()
def before() -> None:
    """Nothing holds for these commands alone."""
