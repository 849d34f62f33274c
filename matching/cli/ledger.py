"""The ledger on the screen: what came in, what is wrong with it, and what was left at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matching.cli.request import Request, screen, show

if TYPE_CHECKING:
    from matching.domain.ledger import Ledger

MOST_PROBLEMS = 30
"""Problems on the screen."""


def show_ledger(ledger: Ledger, request: Request, *, more_key: str) -> None:
    """Print the balance of every sheet, the first problems and the columns that were not read.

    `more_key` is the sentence of the command line that says where the other problems are.
    """
    from matching.output.ledger_report import causes, counts_sheet, problem_lines
    from matching.output.screen import sheet_screen

    language, console = request.language, screen()
    console.print(sheet_screen(counts_sheet(ledger, language), language))
    for line in problem_lines(ledger, language, MOST_PROBLEMS):
        console.print(f"- {line}", markup=False)
    more = len(causes(ledger)) - MOST_PROBLEMS
    if more > 0:
        show(request.words(more_key, count=more), request)
    for sheet, column, count in ledger.dropped_columns:
        show(request.words("check.dropped", sheet=sheet, column=column, count=count), request)
