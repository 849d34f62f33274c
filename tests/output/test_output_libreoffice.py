"""What LibreOffice makes of hostile text in our files: text. A second program is the judge."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from test_output_writers import PAYLOADS

from matching.output.save import save
from matching.output.sheet import Column, Report, Sheet, Stamp

OFFICE = shutil.which("soffice")


@pytest.mark.soak
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed here")
@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".csv"])
def test_no_cell_comes_alive_in_libreoffice(ending: str, tmp_path: Path) -> None:
    stamp = Stamp(as_of=dt.date(2026, 11, 1), fingerprint="0" * 16, scorecards=("riha 1.0",), role="planner", seed=7)
    sheet = Sheet(key="table", columns=(Column(key="title"),), rows=tuple((payload,) for payload in PAYLOADS), notes=())
    written = save(Report(title="=1+1", sheets=(sheet,), stamp=stamp), tmp_path / f"hostile{ending}")
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = [str(OFFICE), home, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(written)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    content = (tmp_path / "hostile.fods").read_text(encoding="utf-8")
    assert "table:formula=" not in content
    assert "HYPERLINK" in content and content.count("office:value-type") >= len(PAYLOADS) // 2
