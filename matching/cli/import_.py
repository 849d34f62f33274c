"""`matching import`: an export of another system becomes files of our own, under codes instead of people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli.ledger import show_ledger
from matching.cli.options import DAY, Option, verb
from matching.cli.request import Request, show, tell, working
from matching.errors import InputRefused
from matching.text import say

if TYPE_CHECKING:
    from matching.intake.imported import Imported
    from matching.intake.pseudonym import PseudonymKey

SYSTEMS = ("sonar", "vum")


@verb(
    "import",
    Option(name="SYSTEM", kind="choice", choices=SYSTEMS, required=True),
    Option(name="FILE", kind="file", required=True, help_key="import_file"),
    Option(name="--key", kind="file", required=True),
    Option(name="--out", kind="file", required=True, help_key="import_out"),
    common=(DAY,),
)
def VERB(request: Request, *, system: str, file: Path, key: Path) -> int:  # noqa: N802
    """Read the export, write candidates and work packages where asked, and remember the codes beside the key."""
    from matching.output.pool_files import write_tables

    out = request.out[0]
    secret = opened(key, out)
    with working(request, "reading"):
        found = _imported(system, file, secret, request)
    _show(found, request)
    if not found.candidates and not found.packages:
        tell(request, "import.nobody", file=file.name)
        return 1
    written = write_tables(found.tables(request.language), out, language=request.language)
    _remember(secret, found)
    for path in written:
        tell(request, "written", path=str(path))
    if found.codes:
        tell(request, "import.key_list", path=str(secret.list_path))
    tell(request, "import.next" if found.packages else "import.no_work", path=str(out))
    return 1 if found.ledger.refused else 0


def opened(key: Path, *outputs: Path) -> PseudonymKey:
    """Return the key of a file, which may not stand beside an output. Raises InputRefused."""
    from matching.intake.pseudonym import open_key

    try:
        return open_key(key, apart_from=outputs)
    except OSError:
        raise InputRefused(say("cli.cannot_read", path=str(key))) from None


def _imported(system: str, file: Path, key: PseudonymKey, request: Request) -> Imported:
    if system == "sonar":
        from matching.intake.sonar import import_sonar

        return import_sonar(file, key)
    from matching.intake.vum import import_vum

    return import_vum(file, key, as_of=request.day)


def _remember(key: PseudonymKey, found: Imported) -> None:
    from matching.intake.pseudonym import remember

    try:
        remember(key, found.source, found.codes)
    except OSError:
        raise InputRefused(say("output.cannot_write", path=str(key.list_path))) from None


def _show(found: Imported, request: Request) -> None:
    """Print the ledger and what the source holds that has no place here."""
    from matching.output.ledger_report import masked_ledger

    show_ledger(masked_ledger(found.ledger, request.reader), request, more_key="import.more")
    left_out = [f"{name} ({count})" for name, count in found.not_carried if count]
    if left_out:
        show(request.words("import.left_out", columns=left_out), request)
    if found.candidates or found.packages:
        counts = {"candidates": len(found.candidates), "packages": len(found.packages)}
        show(request.words("import.taken", **counts), request)
