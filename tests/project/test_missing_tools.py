"""A tool that is missing: a loud notice for a newcomer, a failure where everything is required."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def suite_without_chromium(tmp_path, **variables):
    """A run of one browser test in a folder where no Chromium is found."""
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (folder / "test_page.py").write_text("def test_page(chromium_path):\n    assert chromium_path\n")
    environment = {**os.environ, "PATH": str(tmp_path), "ORGROLES_REQUIRE_ALL": "", **variables}
    environment.pop("ORGROLES_CHROMIUM", None)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml")]
    command += ["--rootdir", str(tmp_path), str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_its_tests_are_skipped_and_the_last_lines_say_so(tmp_path):
    status, said = suite_without_chromium(tmp_path)
    assert status == 0
    assert "!!! 1 test DID NOT RUN: chromium is not installed here." in said


def test_its_tests_fail_where_everything_is_required(tmp_path):
    status, said = suite_without_chromium(tmp_path, ORGROLES_REQUIRE_ALL="1")
    assert status == 1
    assert "chromium is not installed, and ORGROLES_REQUIRE_ALL is set" in said
