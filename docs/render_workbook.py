"""Draw a workbook as LibreOffice prints it: python docs/render_workbook.py FILE.xlsx OUT.png [PAGE]

Needs soffice (Debian: libreoffice-calc) and pdftoppm (poppler-utils).
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOTS_PER_INCH = "110"


def render(source: Path, picture: Path, page: str = "1") -> None:
    """Write one page of the printed workbook as a PNG."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = [_tool("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(convert, check=True, stdout=subprocess.DEVNULL, timeout=300)  # noqa: S603 – no shell
        pdf = Path(folder, source.with_suffix(".pdf").name)
        draw = [_tool("pdftoppm"), "-png", "-r", DOTS_PER_INCH, "-f", page, "-l", page, "-singlefile"]
        subprocess.run([*draw, str(pdf), str(picture.with_suffix(""))], check=True, timeout=300)  # noqa: S603 – no shell


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        sys.exit(f"{name} is needed and was not found")
    return path


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    render(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
