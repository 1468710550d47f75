"""The script behind `make run` and `make test`: what it says, what it repeats, what it refuses."""

import hashlib
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

import quickstart

ROOT = Path(__file__).resolve().parents[2]


def said(*arguments):
    command = [sys.executable, "quickstart.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_help_names_every_command_and_so_does_the_makefile():
    makefile = (ROOT / "Makefile").read_text()
    assert said("help").returncode == 0
    for name in quickstart.COMMANDS:
        assert f"\n  {name} " in said("help").stdout
        assert f"\n{name}:  ## " in makefile


def test_an_unknown_command_fails_with_the_help():
    done = said("fly")
    assert (done.returncode, done.stderr.strip()) == (1, quickstart.HELP)


def test_an_older_python_reaches_a_sentence():
    program = "import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_path('quickstart.py')"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "orgroles needs Python 3.11 or newer; this is 3.9. Try: python3.11 quickstart.py run\n"


@pytest.mark.parametrize("value", ["http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    with pytest.raises(SystemExit, match="must be a number from 1 to 65535"):
        quickstart.chosen_port()


def test_a_busy_port_is_said_plainly():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"Port {port} cannot be used .* PORT={port + 1}"):
            quickstart.refuse_busy_port(port)
    quickstart.refuse_busy_port(port)


def test_every_step_is_a_command_that_exists():
    assert {command[0] for title, command in quickstart.DATA_STEPS} <= set(get_commands())


@pytest.fixture
def packages(monkeypatch, tmp_path):
    """A folder with requirements of its own, and the list of installations that were tried."""
    (tmp_path / ".venv").mkdir()
    (tmp_path / "requirements.txt").write_text("Django\n")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\npytest\n")
    tried = []

    def note(command, **more):
        tried.append(command[-1])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(quickstart, "ROOT", tmp_path)
    monkeypatch.setattr(quickstart, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(quickstart, "create_environment", lambda: None)
    monkeypatch.setattr(quickstart.subprocess, "run", note)
    return tmp_path, tried


def test_only_changed_requirements_are_installed_again(packages):
    folder, tried = packages
    quickstart.install("requirements-dev.txt")
    quickstart.install("requirements-dev.txt")
    assert len(tried) == 1
    (folder / "requirements.txt").write_text("Django==5\n")  # included by the other
    quickstart.install("requirements-dev.txt")
    assert len(tried) == 2
    wanted = hashlib.sha256(b"-r requirements.txt\npytest\nDjango==5\n").hexdigest()
    assert (folder / ".venv" / "requirements-dev.txt.stamp").read_text() == wanted


def test_a_failed_installation_is_tried_again_the_next_time(packages, monkeypatch):
    folder, _ = packages
    monkeypatch.setattr(quickstart.subprocess, "run", lambda command, **more: subprocess.CompletedProcess(command, 1))
    with pytest.raises(SystemExit, match=r"Installing requirements\.txt failed"):
        quickstart.install("requirements.txt")
    assert not (folder / ".venv" / "requirements.txt.stamp").exists()


def test_a_python_without_ensurepip_uses_the_pip_beside_it_or_says_what_to_install(monkeypatch):
    there = {"pip"}
    monkeypatch.setattr(quickstart.importlib.util, "find_spec", lambda name: name in there or None)
    assert quickstart.installer()[1:4] == ["-m", "pip", "--python"]
    there.clear()
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        quickstart.installer()


@pytest.mark.slow
def test_running_twice_keeps_the_data_and_shows_the_password_once(monkeypatch, tmp_path, capfd):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/x.sqlite3")
    monkeypatch.setenv("PORT", "65001")
    monkeypatch.setattr(quickstart, "refuse_busy_port", lambda port: None)
    monkeypatch.setattr(quickstart, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(quickstart, "install", lambda name: None)
    served = []
    monkeypatch.setattr(quickstart, "serve", served.append)
    quickstart.run([])
    first = capfd.readouterr().out
    quickstart.run([])
    second = capfd.readouterr().out
    assert served == [65001, 65001]
    assert "Sign in as admin with the password " in first
    assert "http://127.0.0.1:65001/" in first
    assert "with the password" not in second
    assert "changepassword admin" in second


def test_a_step_that_fails_stops_the_rest(monkeypatch):
    monkeypatch.setattr(quickstart, "PYTHON", Path(sys.executable))
    with pytest.raises(SystemExit, match="This failed: Do it"):
        quickstart.must("Do it", "-c", "raise SystemExit(3)")
