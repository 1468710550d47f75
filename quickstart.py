#!/usr/bin/env python3
"""Sets this copy up and runs it: `python3 quickstart.py run`. Needs Python 3.11 or newer and nothing else.

Every command may be repeated: what is done stays, data is kept, changed requirements are installed again.
"""

import hashlib
import importlib.util
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import venv
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  # an older one must reach this sentence instead of a syntax error
    found = ".".join(map(str, sys.version_info[:2]))
    sys.exit(f"orgroles needs Python 3.11 or newer; this is {found}. Try: python3.11 quickstart.py run")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
BUILD = ROOT / "build"
ADMINISTRATOR = "admin"

# What `run` does to the database, in order. Each may be repeated without harm.
DATA_STEPS = (
    ("Create or update the database", ("migrate", "--verbosity", "0")),
    ("Create the table for sign-in throttling", ("createcachetable", "--verbosity", "0")),
    ("Load the letter schemes and the catalogue", ("loaddata", "--verbosity", "0", "schemes", "scales", "catalogue")),
    ("Make the demo organisation", ("start_demo",)),
    ("Write its workbooks to build/", ("export_matrix", "--organisation", "demo", "--to", "build")),
)

# What `check` runs, in order; all of it, so that one run names everything.
CHECKS = (
    ("Format", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    ("Lint", ("-m", "ruff", "check", "--quiet", ".")),
    ("Types", ("-m", "mypy", "--no-error-summary", "orgroles", "raci/domain", "raci/documents", "raci/services")),
    ("Template format", ("-m", "djlint", "templates", "--check", "--quiet")),
    ("Template lint", ("-m", "djlint", "templates", "--lint", "--quiet")),
    ("System checks", ("manage.py", "check", "--fail-level", "WARNING")),
    ("Missing migrations", ("manage.py", "makemigrations", "--check", "--dry-run", "--verbosity", "1")),
    ("Budgets, rooms, catalogues", ("-m", "pytest", "-q", "-m", "not slow", "tests/project")),
)

HELP = """\
python3 quickstart.py COMMAND

  run     set up, load the demo, serve on 127.0.0.1:8000 (PORT=8001 chooses another port)
  test    set up, run the whole suite with branch coverage; arguments go to pytest
  check   format, lint, types, templates, missing migrations, budgets: fast
  bench   the measurements of docs/benchmarks.md; name some of them to run only those
  format  rewrite code and templates in the project's format"""


def say(text: str) -> None:
    """One line about what happens now, at once even into a pipe."""
    print(text, flush=True)


def child_environment(**more: str) -> dict[str, str]:
    """The environment of every process started here: this project's settings, whatever the shell had."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "orgroles.settings", "PYTHONUNBUFFERED": "1", **more}


def python(*arguments: str, **more: str) -> int:
    """Run the environment's Python in this folder; its exit status."""
    return subprocess.run([PYTHON, *arguments], cwd=ROOT, env=child_environment(**more), check=False).returncode


def must(title: str, *arguments: str) -> None:
    """Say the title, run, and stop here when it failed."""
    say(f"→ {title}")
    if python(*arguments):
        sys.exit(f"This failed: {title}. The lines above say why; nothing after it was done.")


# --- The virtual environment


def requirement_text(path: Path) -> str:
    """A requirements file with the files that it includes."""
    text = path.read_text(encoding="utf-8")
    included = re.findall(r"^-r\s+(\S+)", text, re.MULTILINE)
    return text + "".join(requirement_text(path.parent / name) for name in included)


def installer() -> list[str]:
    """How packages get into the virtual environment: by its own pip, or by the pip beside this Python."""
    if importlib.util.find_spec("ensurepip"):
        return [str(PYTHON), "-m", "pip"]
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    sys.exit(
        "This Python has neither ensurepip nor pip, so nothing can be installed. On Debian and Ubuntu run\n"
        "    apt install python3-venv\n"
        "elsewhere install Python from python.org, and start again."
    )


def create_environment() -> None:
    """Make .venv, anew when it belongs to another Python or does not start."""
    stamp = VENV / "python.stamp"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == sys.version and PYTHON.exists():
        return
    installer()  # without one, stop before anything is made
    say(f"→ Create the virtual environment {VENV.name} with Python {sys.version.split()[0]}")
    shutil.rmtree(VENV, ignore_errors=True)
    venv.create(VENV, with_pip=bool(importlib.util.find_spec("ensurepip")), symlinks=os.name != "nt")
    stamp.write_text(sys.version, encoding="utf-8")


def install(name: str) -> None:
    """Install a requirements file unless exactly this text was installed before."""
    create_environment()
    path, stamp = ROOT / name, VENV / f"{name}.stamp"
    wanted = hashlib.sha256(requirement_text(path).encode()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    say(f"→ Install the packages of {name} (a minute or two, the first time)")
    command = [*installer(), "install", "--quiet", "--disable-pip-version-check", "--requirement", str(path)]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit(f"Installing {name} failed; the lines above say why. The first time needs a network or a mirror.")
    stamp.write_text(wanted, encoding="ascii")


# --- run


def chosen_port() -> int:
    """PORT, or 8000."""
    text = os.environ.get("PORT", "").strip() or "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        sys.exit(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    return int(text)


def refuse_busy_port(port: int) -> None:
    """Stop with a sentence when nothing can listen on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # there the option would let two servers share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            sys.exit(f"Port {port} cannot be used ({error.strerror}). Choose another one: PORT={port + 1} make run")


def create_administrator() -> str:
    """Create the administrator and return the sentence to print at the end: the password is shown this once."""
    say("→ Create the administrator")
    password = secrets.token_urlsafe(12)
    address = f"{ADMINISTRATOR}@example.org"
    command = [PYTHON, "manage.py", "createsuperuser", "--noinput", "--username", ADMINISTRATOR, "--email", address]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=child_environment(DJANGO_SUPERUSER_PASSWORD=password),
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode == 0:
        return f"Sign in as {ADMINISTRATOR} with the password {password} (shown only this once)."
    if "already taken" in done.stderr:
        manage = f"{os.path.relpath(PYTHON, ROOT)} manage.py"
        return f"Sign in as {ADMINISTRATOR}. Password lost? {manage} changepassword {ADMINISTRATOR}"
    sys.exit(f"The administrator could not be created:\n{done.stderr}")


def serve(port: int) -> None:
    """Serve on loopback until interrupted: gunicorn, or Django's own server where gunicorn cannot run."""
    if os.name == "nt":
        arguments = ["manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
        sys.exit(python(*arguments))
    bind = f"127.0.0.1:{port}"
    arguments = [
        "-m",
        "gunicorn",
        "orgroles.wsgi",
        "--bind",
        bind,
        "--workers",
        "2",
        "--threads",
        "4",
        "--log-level",
        "warning",
    ]
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), *arguments], child_environment())  # noqa: S606  # a server in this process's place


def run(arguments: list[str]) -> None:
    """Everything from a fresh copy to a page in the browser."""
    port = chosen_port()
    refuse_busy_port(port)
    install("requirements.txt")
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        install("requirements-postgres.txt")
    BUILD.mkdir(exist_ok=True)
    for title, command in DATA_STEPS:
        must(title, "manage.py", *command)
    sentence = create_administrator()
    say(f"\norgroles is at http://127.0.0.1:{port}/\n{sentence}\nCtrl+C stops it; the data stays.\n")
    serve(port)


# --- the others


def test(arguments: list[str]) -> None:
    """The suite; with branch coverage unless the arguments choose some of it."""
    install("requirements-dev.txt")
    whole = ["--cov", "--cov-report=term", "--numprocesses=auto", "--dist=loadfile"]
    floor = os.environ.get("COVERAGE_FLOOR")
    if floor:
        whole.append(f"--cov-fail-under={floor}")
    sys.exit(python("-m", "pytest", *(arguments or whole)))


def check(arguments: list[str]) -> None:
    """All checks; names those that failed at the end."""
    install("requirements-dev.txt")
    failed = []
    for title, command in CHECKS:
        say(f"→ {title}")
        if python(*command):
            failed.append(title)
    sys.exit(f"Failed: {', '.join(failed)}." if failed else 0)


def bench(arguments: list[str]) -> None:
    """The measurements."""
    install("requirements-dev.txt")
    sys.exit(python("-m", "benchmarks", *arguments))


def reformat(arguments: list[str]) -> None:
    """Rewrite code and templates."""
    install("requirements-dev.txt")
    python("-m", "ruff", "check", "--quiet", "--select", "I", "--fix", ".")
    python("-m", "ruff", "format", ".")
    python("-m", "djlint", "templates", "--reformat", "--quiet")


COMMANDS = {"run": run, "test": test, "check": check, "bench": bench, "format": reformat}


def main(arguments: list[str]) -> None:
    """Do what the first argument says."""
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        asked_for_help = arguments in (["help"], ["--help"], ["-h"])
        sys.exit(say(HELP) if asked_for_help else HELP)
    try:
        command(arguments[1:])
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main(sys.argv[1:])
