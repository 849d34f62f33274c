"""The empty workbook that officers fill in: drop-downs, a word of help in every cell, an example and an explanation.

Every column comes from the one table of columns, so what this writes is what the reader reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from matching.errors import InputRefused
from matching.intake.columns import SHEETS
from matching.intake.sheet import Sheet, SheetColumn
from matching.output.writing import whole_file
from matching.text import Language, say

if TYPE_CHECKING:
    from odf.element import Element
    from odf.opendocument import OpenDocument
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write_template"]

LAST_ROW = 5_000
"""Drop-downs and help reach down to this row."""
LONGEST_TITLE = 32
LONGEST_MESSAGE = 255
"""What a spreadsheet shows at most beside a cell."""
EXPLAINED = ("sheet", "column", "required", "help", "allowed", "example")
"""The columns of the explanation."""


def write_template(path: str | Path, language: Language = "nl", *, example: bool = True) -> None:
    """Write an empty workbook (.xlsx or .ods) with all sheets; `example` adds one example row to each.

    Raises InputRefused for another ending, and when the file cannot be written.
    """
    target = Path(path)
    writers = {".xlsx": _write_xlsx, ".ods": _write_ods}
    writer = writers.get(target.suffix.lower())
    if writer is None:
        raise InputRefused(say("columns.template.ending", file=target.name))
    with whole_file(target) as temporary:
        writer(temporary, language, example)


def _word(key: str, language: Language) -> str:
    return say(f"columns.template.{key}").text(language)


def _header(column: SheetColumn, language: Language) -> str:
    """Return the header; an asterisk marks a cell that must be filled."""
    return f"{column.header(language)} *" if column.required else column.header(language)


def explanation_rows(language: Language) -> Iterator[tuple[str, ...]]:
    """Return one row for each column of each sheet: sheet, column, required, help, what is allowed, example."""
    for sheet in SHEETS.values():
        for column in sheet.columns:
            yield (
                sheet.title(language),
                column.header(language),
                _word("yes", language) if column.required else "",
                sheet.help(column).text(language),
                column.kind.rule.text(language),
                column.example_in(language),
            )


def word_lists(language: Language) -> dict[str, tuple[str, ...]]:
    """Return the words of every vocabulary that some column uses, by the name of the vocabulary."""
    from matching.domain.vocabulary import vocabulary

    names = dict.fromkeys(
        name for sheet in SHEETS.values() for column in sheet.columns if (name := getattr(column.kind, "name", None))
    )
    return {
        vocabulary(name).title.text(language): tuple(term.label(language) for term in vocabulary(name).values())
        for name in names
    }


def _write_xlsx(path: Path, language: Language, example: bool) -> None:
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        looks = _Looks(workbook)
        _write_explanation(workbook.add_worksheet(_word("explanation", language)), looks, language)
        tabs = [workbook.add_worksheet(sheet.title(language)) for sheet in SHEETS.values()]
        words = workbook.add_worksheet(_word("words", language))
        lists = workbook.add_worksheet(_word("lists", language))
        lists.hide()
        sources = _write_lists(lists, language)
        _write_words(words, looks, language)
        for tab, sheet in zip(tabs, SHEETS.values(), strict=True):
            _write_tab(tab, sheet, looks, language, sources=sources, example=example)


class _Looks:
    """The formats of the template."""

    def __init__(self, workbook: Workbook) -> None:
        base = {"text_wrap": True, "valign": "top"}
        self.required = workbook.add_format(
            {**base, "bold": True, "bg_color": "#01689B", "font_color": "#FFFFFF", "bottom": 1}
        )
        self.optional = workbook.add_format({**base, "bold": True, "bg_color": "#D9E8F0", "bottom": 1})
        self.example = workbook.add_format({"italic": True, "font_color": "#555555", "num_format": "@"})
        self.text = workbook.add_format({"num_format": "@"})
        self.day = workbook.add_format({"num_format": "dd-mm-yyyy"})
        self.wrapped = workbook.add_format(base)
        self.heading = workbook.add_format({"bold": True, "font_size": 14})


def _write_tab(
    tab: Worksheet,
    sheet: Sheet,
    looks: _Looks,
    language: Language,
    *,
    sources: dict[tuple[str, ...], str],
    example: bool,
) -> None:
    """Write one sheet: headers, help and drop-downs, and the example row."""
    tab.freeze_panes(1, 1)
    tab.set_paper(9)
    tab.set_landscape()
    tab.repeat_rows(0)
    tab.repeat_columns(0)
    tab.set_row(0, 32)
    for place, column in enumerate(sheet.columns):
        header = _header(column, language)
        shape = looks.day if column.kind.key == "day" else looks.text
        numeric = column.kind.key in ("number", "whole")
        tab.set_column(place, place, max(12, min(30, len(header) + 2)), None if numeric else shape)
        tab.write_string(0, place, header, looks.required if column.required else looks.optional)
        if example:
            tab.write_string(1, place, column.example_in(language), looks.example)
        tab.data_validation(1, place, LAST_ROW, place, _validation(sheet, column, language, sources))


def _validation(
    sheet: Sheet, column: SheetColumn, language: Language, sources: dict[tuple[str, ...], str]
) -> dict[str, object]:
    """Return the help of a cell, with a drop-down where the column has a closed list."""
    found: dict[str, object] = {
        "validate": "any",
        "input_title": column.header(language)[:LONGEST_TITLE],
        "input_message": _message(sheet, column, language),
    }
    choices = column.kind.choices(language)
    if choices:
        found |= {
            "validate": "list",
            "source": sources[choices],
            "error_type": "warning",
            "error_title": _word("not_in_list_title", language)[:LONGEST_TITLE],
            "error_message": _word("not_in_list", language)[:LONGEST_MESSAGE],
        }
    return found


def _message(sheet: Sheet, column: SheetColumn, language: Language) -> str:
    """Return what a cell is for and what is allowed, as long as a spreadsheet shows it."""
    rule = column.kind.rule.text(language)
    message = f"{sheet.help(column).text(language)} {rule[:1].upper()}{rule[1:]}."
    return message if len(message) <= LONGEST_MESSAGE else f"{message[: LONGEST_MESSAGE - 3]}..."


def _write_lists(tab: Worksheet, language: Language) -> dict[tuple[str, ...], str]:
    """Write every closed list once, down its own column; return the range of each."""
    from xlsxwriter.utility import xl_range_abs

    name = _word("lists", language)
    sources: dict[tuple[str, ...], str] = {}
    for sheet in SHEETS.values():
        for column in sheet.columns:
            choices = column.kind.choices(language)
            if not choices or choices in sources:
                continue
            place = len(sources)
            for row, word in enumerate(choices):
                tab.write_string(row, place, word)
            sources[choices] = f"='{name}'!{xl_range_abs(0, place, len(choices) - 1, place)}"
    return sources


def _write_words(tab: Worksheet, looks: _Looks, language: Language) -> None:
    """Write all word lists side by side, for cells that hold more than one word."""
    tab.freeze_panes(1, 0)
    for place, (title, words) in enumerate(word_lists(language).items()):
        tab.set_column(place, place, min(45, max(len(title), *(len(word) for word in words)) + 2))
        tab.write_string(0, place, title, looks.optional)
        for row, word in enumerate(words, start=1):
            tab.write_string(row, place, word)


def _print_wide(tab: Worksheet) -> None:
    """Print on A4, landscape, one page wide."""
    tab.set_paper(9)
    tab.set_landscape()
    tab.fit_to_pages(1, 0)


def _write_explanation(tab: Worksheet, looks: _Looks, language: Language) -> None:
    """Write what the workbook is for, how to fill it in, and one row for each column."""
    tab.hide_gridlines(2)
    _print_wide(tab)
    for place, width in enumerate((16, 28, 10, 75, 90, 50)):
        tab.set_column(place, place, width)
    tab.write_string(0, 0, _word("title", language), looks.heading)
    steps = [_word(f"step_{number}", language) for number in range(1, 7)]
    for row, step in enumerate(steps, start=1):
        tab.write_string(row, 0, step)
    top = len(steps) + 2
    for place, name in enumerate(EXPLAINED):
        tab.write_string(top, place, _word(f"head_{name}", language), looks.optional)
    rows = list(explanation_rows(language))
    for line, texts in enumerate(rows, start=top + 1):
        for place, text in enumerate(texts):
            tab.write_string(line, place, text, looks.wrapped)
    tab.autofilter(top, 0, top + len(rows), len(EXPLAINED) - 1)


def _write_ods(path: Path, language: Language, example: bool) -> None:
    """Write the same sheets as OpenDocument: headers, help, drop-downs, example row, explanation and words."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import ContentValidations

    document = OpenDocumentSpreadsheet()
    rules = ContentValidations()
    document.spreadsheet.addElement(rules)
    heads = tuple(_word(f"head_{name}", language) for name in EXPLAINED)
    steps = [(_word(f"step_{number}", language),) for number in range(1, 7)]
    _add_ods_tab(document, _word("explanation", language), [*steps, heads, *explanation_rows(language)])
    for sheet in SHEETS.values():
        for column in sheet.columns:
            rules.addElement(_ods_rule(sheet, column, language))
        rows = [tuple(_header(column, language) for column in sheet.columns)]
        if example:
            rows.append(tuple(column.example_in(language) for column in sheet.columns))
        _add_ods_tab(document, sheet.title(language), rows, rules=[_rule_name(sheet, one) for one in sheet.columns])
    lists = word_lists(language)
    longest = max(len(words) for words in lists.values())
    body = [tuple(words[row] if row < len(words) else "" for words in lists.values()) for row in range(longest)]
    _add_ods_tab(document, _word("words", language), [tuple(lists), *body])
    document.save(str(path))


def _rule_name(sheet: Sheet, column: SheetColumn) -> str:
    return f"{sheet.key}-{column.key}"


def _ods_rule(sheet: Sheet, column: SheetColumn, language: Language) -> Element:
    """Return the help of a cell, with a drop-down where the column has a closed list."""
    from odf.table import ContentValidation, ErrorMessage, HelpMessage
    from odf.text import P

    found = ContentValidation(name=_rule_name(sheet, column), allowemptycell="true", displaylist="unsorted")
    choices = column.kind.choices(language)
    if choices:
        words = ";".join('"' + word.replace('"', '""') + '"' for word in choices)
        found.setAttribute("condition", f"of:cell-content-is-in-list({words})")
    title = column.header(language)[:LONGEST_TITLE]
    help_message = HelpMessage(title=title, display="true")
    help_message.addElement(P(text=_message(sheet, column, language)))
    found.addElement(help_message)
    if choices:
        wrong = ErrorMessage(messagetype="warning", title=_word("not_in_list_title", language), display="true")
        wrong.addElement(P(text=_word("not_in_list", language)))
        found.addElement(wrong)
    return found


def _add_ods_tab(document: OpenDocument, name: str, rows: list[tuple[str, ...]], *, rules: Sequence[str] = ()) -> None:
    """Add one sheet of texts; every cell is a string, so nothing can come alive. `rules` hold below the headers."""
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    table = Table(name=name)
    for line, texts in enumerate(rows):
        row = TableRow()
        for place, text in enumerate(texts):
            ruled = {"contentvalidationname": rules[place]} if rules and line else {}
            cell = TableCell(valuetype="string", **ruled)
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    if rules:
        empty = TableRow(numberrowsrepeated=str(LAST_ROW))
        for rule in rules:
            empty.addElement(TableCell(contentvalidationname=rule))
        table.addElement(empty)
    document.spreadsheet.addElement(table)
