"""Results on a screen of 80 columns: words first, no meaning in colour, each table as narrow as its text allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group, JustifyMethod, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matching.output.fit_cells import (
    NOTHING_SAID,
    Said,
    arrangement_sentences,
    conditions,
    conflicts,
    fit_cells,
    questions,
    remedies,
    strengths,
)
from matching.output.fit_report import verdict
from matching.output.folding import FoldingTable
from matching.output.harmless import printable
from matching.output.roles import Role, check_list, check_person, shown_reason
from matching.output.sheet import Cell, Report, Sheet, Stamp, in_words
from matching.output.shortlist_report import (
    Listed,
    about_words,
    as_given,
    list_notes,
    reading_note,
    said_once,
    work_words,
)
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    from matching.scoring.fit import Fit
    from matching.scoring.shortlist import Line

MOST_LINES_A_POINT = 3
MOST_FIRST = 26
"""How wide the first column of a table stays, so that names of rows are not broken."""

MOST_WHO = 18
"""How wide the columns beside the story grow, so that the story keeps most of the screen."""

SIGNS = {"why": "+", "conditions": "!", "ask": "?", "arrange": "~", "remedy": ">"}
"""What stands before a line: fits, judge first, ask, arrange, what would change it; explained under each list."""


def shortlist_screen(found: Listed, *, stamp: Stamp, role: Role, language: Language) -> RenderableType:
    """Return a shortlist as a table of four columns with the story in the last, then who nearly fits."""
    check_list(role)
    shortlist = as_given(found).shortlist
    about = say("output.title.shortlist", about=about_words(shortlist.about)).text(language)
    table = story_table(language)
    by_package, said = shortlist.for_package, said_once(shortlist, role)
    for line in shortlist.lines:
        table.add_row(*_line(line, role, (by_package, language)), story(line.fit, role, language, said))
    parts: list[RenderableType] = [Text(printable(about), style="bold"), table]
    parts += [Text(printable(note.text(language))) for note in list_notes(found, role)]
    if shortlist.nearly:
        parts += [
            "",
            Text(say("output.sheet.nearly").text(language).capitalize(), style="bold"),
            nearly_table(shortlist.nearly, role, (by_package, language)),
        ]
    parts += [
        "",
        Text(reading_note([shortlist], language)),
        Text(say("output.signs").text(language)),
        stamp_lines(stamp, language),
    ]
    return Group(*parts)


def story_table(language: Language) -> Table:
    """Return the empty table of a list: place, who, band, and the story."""
    table = FoldingTable(box=box.HORIZONTALS, show_lines=True, padding=(0, 1, 0, 0), pad_edge=False, expand=True)
    table.add_column(say("output.screen.place").text(language), width=3)
    for key, least in (("who", 13), ("band", 17)):
        label = say(f"output.screen.{key}").text(language)
        table.add_column(label, min_width=least, max_width=MOST_WHO, overflow="fold")
    table.add_column(say("output.screen.story").text(language), ratio=1)
    return table


def _line(line: Line, role: Role, view: tuple[bool, Language]) -> tuple[RenderableType, ...]:
    by_package, language = view
    cells = fit_cells(line.fit, role, language)
    tie = say("output.screen.tied").text(language) if line.tied else ""
    return (
        Text(f"{line.place}{tie}"),
        _who(cells, by_package=by_package),
        Text(f"{cells['band']}\n{cells['outcome']}\n{_ranged(line.fit).text(language)}"),
    )


def _ranged(fit: Fit) -> Sentence:
    """Return the points of a pair with how low and how high they can come."""
    return say("scoring.points.ranged", points=fit.points, low=fit.low // 1000, high=fit.high // 1000)


def _who(cells: Mapping[str, Cell], *, by_package: bool) -> Text:
    if by_package:
        lines = [cells["candidate"], cells["source"], cells["contact_route"]]
    else:
        lines = [cells["work_package"], cells["title"], cells["municipality"]]
    return Text(printable("\n".join(str(line) for line in lines if line)))


def story(fit: Fit, role: Role, language: Language, said: Said = NOTHING_SAID) -> Table:
    """Return why, conditions, questions and arrangements of one pair, each line with its sign."""
    found = (
        ("why", strengths(fit, role)),
        ("conditions", conditions(fit, role, said)),
        ("ask", questions(fit, role, said)[:MOST_LINES_A_POINT]),
        ("arrange", arrangement_sentences(fit, role)),
    )
    return signed(found, language)


def signed(groups: Iterable[tuple[str, Sequence[Sentence]]], language: Language) -> Table:
    """Return sentences one under another, each with the sign of its group and a hanging indent."""
    lines = Table.grid(padding=(0, 1))
    lines.add_column(width=1)
    lines.add_column(ratio=1)
    for key, sentences in groups:
        for sentence in sentences:
            lines.add_row(SIGNS[key], Text(printable(sentence.text(language))))
    return lines


def nearly_table(fits: Sequence[Fit], role: Role, view: tuple[bool, Language]) -> Table:
    """Return who does not fit now, with the obstacle and what would have to change."""
    by_package, language = view
    table = FoldingTable(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    table.add_column(width=12, overflow="fold")
    table.add_column(ratio=1)
    for fit in fits:
        who = fit.candidate_id if by_package else fit.work_package_id
        table.add_row(
            Text(who), signed((("conditions", conflicts(fit, role)), ("remedy", remedies(fit, role))), language)
        )
    return table


def fit_screen(fit: Fit, *, stamp: Stamp, role: Role, language: Language) -> RenderableType:
    """Return the explanation of one pair: the verdict, the sum, the rules, the questions, the arrangements."""
    check_person(role, fit.candidate)
    parts: list[RenderableType] = [
        Text(
            say("output.title.fit", candidate=fit.candidate_id, package=fit.work_package_id).text(language),
            style="bold",
        ),
        Text(printable(str(work_words(fit.package).text(language)))),
        Text(verdict(fit, language)),
        "",
        sum_table(fit, role, language),
    ]
    groups = (
        ("why", strengths(fit, role)),
        ("conditions", (*conflicts(fit, role), *conditions(fit, role))),
        ("remedy", remedies(fit, role)),
        ("ask", questions(fit, role)),
        ("arrange", arrangement_sentences(fit, role)),
    )
    for key, sentences in groups:
        if sentences:
            heading = Text(say(f"output.screen.group.{key}").text(language), style="bold")
            parts += ["", heading, Padding(signed([(key, sentences)], language), (0, 0, 0, 1))]
    cells = fit_cells(fit, role, language)
    if cells["profile"]:
        parts += ["", Text(f"! {cells['profile']}")]
    return Group(*parts, "", stamp_lines(stamp, language))


def sum_table(fit: Fit, role: Role, language: Language) -> Table:
    """Return the points of every part with their reason; the last row is the sum."""
    table = FoldingTable(box=box.HORIZONTALS, padding=(0, 1), pad_edge=False)
    table.add_column(say("output.column.criterion").text(language), width=18)
    table.add_column(say("output.column.adds").text(language), justify="right", width=6)
    table.add_column(say("output.screen.of").text(language), justify="right", width=5)
    table.add_column(say("output.column.because_fit").text(language), ratio=1)
    for part, adds in sorted(fit.shown_parts, key=lambda shown: -shown[0].weight):
        reason = shown_reason(role, part.key, part.reason).text(language)
        table.add_row(part.label.text(language), str(adds), str(part.weight), Text(printable(reason)))
    table.add_section()
    table.add_row(say("output.picture.total").text(language), str(fit.points), "1000", "")
    return table


def stamp_lines(stamp: Stamp, language: Language) -> Text:
    """Return the stamp, a line each."""
    return Text("\n".join(f"{name}: {value}" for name, value in stamp.lines(language)))


def report_screen(report: Report) -> RenderableType:
    """Return any report as tables under each other, for results that have no screen of their own."""
    parts: list[RenderableType] = [Text(report.title, style="bold"), *(Text(line) for line in report.lead)]
    parts += [sheet_screen(sheet, report.language) for sheet in report.sheets]
    return Group(*parts, "", stamp_lines(report.stamp, report.language))


def sheet_screen(sheet: Sheet, language: Language) -> RenderableType:
    """Return one sheet as a table under its name, with what to read first."""
    table = FoldingTable(box=box.HORIZONTALS, padding=(0, 2, 0, 0), pad_edge=False)
    for place, column in enumerate(sheet.columns):
        justify: JustifyMethod = "right" if place and column.kind in ("whole", "decimal") else "left"
        least = MOST_FIRST if place == 0 and column.width > MOST_FIRST else None
        table.add_column(column.label(language), overflow="fold", justify=justify, min_width=least)
    for row in sheet.rows:
        table.add_row(*(Text(printable(in_words(cell, language))) for cell in row))
    notes = [Text(note) for note in sheet.notes]
    told = [table] if sheet.rows or not notes else []
    return Group(Text(sheet.label(language).capitalize(), style="bold"), *notes, *told)
