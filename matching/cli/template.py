"""`matching template`: an empty workbook to fill in."""

from __future__ import annotations

from pathlib import Path

from matching.cli.options import Option, verb
from matching.cli.request import Request, tell
from matching.errors import InputRefused
from matching.text import say


@verb("template", Option(name="FILE", kind="file", required=True, help_key="template_file"), common=())
def VERB(request: Request, *, file: Path) -> int:  # noqa: N802
    """Write the empty workbook with its drop-downs, help and example row; never over a file that is there."""
    from matching.output.template import write_template

    if file.exists():
        raise InputRefused(say("cli.template_exists", path=str(file)))
    write_template(file, language=request.language)
    tell(request, "written", path=str(file))
    return 0
