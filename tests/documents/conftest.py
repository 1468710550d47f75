"""What tests of documents share."""

import re
import subprocess
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

_RESULT = re.compile(rb"(<f[^>]*/>|</f>)<v>[^<]*</v>")


def without_results(workbook: bytes) -> bytes:
    """Return a workbook whose formulas have no results, so that whoever opens it must calculate."""
    stream = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(name, _RESULT.sub(rb"\1", source.read(name)))
    return stream.getvalue()


Saved = Callable[[Mapping[str, bytes]], dict[str, Path]]


@pytest.fixture
def resaved(require: Callable[[str], str], tmp_path: Path) -> Saved:
    """Return what has LibreOffice open and save workbooks: their bytes by name go in, paths come out."""
    program = require("soffice")

    def save(workbooks: Mapping[str, bytes]) -> dict[str, Path]:
        target = tmp_path / "saved"
        sources = []
        for name, content in workbooks.items():
            sources.append(tmp_path / f"{name}.xlsx")
            sources[-1].write_bytes(content)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(target), *map(str, sources)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return {name: target / f"{name}.xlsx" for name in workbooks}

    return save


@pytest.fixture
def calculated(resaved: Saved) -> Saved:
    """Return what has LibreOffice calculate workbooks afresh: their bytes by name go in, paths come out."""
    return lambda workbooks: resaved({name: without_results(content) for name, content in workbooks.items()})
