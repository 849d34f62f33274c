"""`matching export vum`: candidates and work packages as messages of the VUM standard, and what they cannot carry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from matching.cli.options import DAY, METHOD, POOL, PROGRAMME, Option, verb
from matching.cli.request import Request, outcome, read, tell

if TYPE_CHECKING:
    from matching.domain.candidate import Candidate
    from matching.domain.work_package import WorkPackage

STANDARD = Option(name="STANDARD", kind="choice", choices=("vum",), required=True)


@verb(
    "export",
    STANDARD,
    POOL,
    Option(name="--out", kind="file", required=True, help_key="export_out"),
    common=(PROGRAMME, METHOD, DAY),
)
def VERB(request: Request, *, standard: str) -> int:  # noqa: N802
    """Write one JSON file with job seekers and vacancies, and say which fields were left out."""
    from matching.intake.vum_export import export_job_seekers, export_vacancies, terms_not_carried
    from matching.output.writing import write_whole

    pool = read(request)
    people, work = pool.candidates.rows(), pool.packages.rows()
    found = {"werkzoekenden": export_job_seekers(people), "vacatures": export_vacancies(work)}
    for path in request.out:
        write_whole(path, (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())
        tell(request, "written", path=str(path))
    entities: list[Candidate | WorkPackage] = [*people, *work]
    left_out = terms_not_carried(entities)
    if left_out:
        tell(request, "not_carried", fields=left_out)
    return outcome(pool, request)
