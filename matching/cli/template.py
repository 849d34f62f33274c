"""`matching template`: an empty workbook to fill in."""

from __future__ import annotations

from pathlib import Path

from matching.cli.options import Option, verb
from matching.cli.request import Request, tell


@verb("template", Option(name="FILE", kind="file", required=True), common=())
def VERB(request: Request, *, file: Path) -> int:  # noqa: N802
    """Write the empty workbook with its drop-downs, help and example row."""
    from matching.output.template import write_template

    write_template(file, language=request.language)
    tell(request, "written", path=str(file))
    return 0
