"""`matching template`: an empty workbook to fill in, or one with an example package in it."""

from __future__ import annotations

from pathlib import Path

from matching.cli.options import Option, verb
from matching.cli.request import Request, tell
from matching.errors import InputRefused
from matching.text import say


@verb(
    "template",
    Option(name="FILE", kind="file", required=True, help_key="template_file"),
    Option(name="--example"),
    common=(),
)
def VERB(request: Request, *, file: Path, example: str | None) -> int:  # noqa: N802
    """Write the empty workbook with its drop-downs, help and example row; never over a file that is there.

    With `example` the file holds one work package made of the task vocabulary instead.
    """
    from matching.output.example_package import example_tables
    from matching.output.pool_files import write_tables
    from matching.output.template import write_template

    if file.exists():
        raise InputRefused(say("cli.template_exists", path=str(file)))
    if example:
        write_tables(example_tables(example, request.language), file, language=request.language)
    else:
        write_template(file, language=request.language)
    tell(request, "written", path=str(file))
    return 0
