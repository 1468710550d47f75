"""Sizes that fail when something has gone wrong, and habits that a text search can hold."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).resolve().parents[2]

LONGEST_FUNCTION = 50
NINETY_OF_A_HUNDRED_FUNCTIONS = 30
LONGEST_FILE = 400
LONGEST_TEMPLATE = 120
LONGEST_ASSET = 150

CODE = ("orgroles", "raci", "tests", "benchmarks")
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color)\(", re.IGNORECASE)
# A script that only holds data is not run, so the policy does not forbid it.
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:",
    re.IGNORECASE,
)
OWN_QUERY = re.compile(r"\.objects\b")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def files(root: Path, folder: str, suffix: str) -> list[Path]:
    """The project's files of a kind below `folder`, without migrations and vendored scripts."""
    found = sorted((root / folder).rglob(f"*{suffix}"))
    return [path for path in found if not {"migrations", "vendor", "__pycache__"} & set(path.parts)]


def python_files(root: Path) -> list[Path]:
    """All of the project's Python."""
    return [path for folder in CODE for path in files(root, folder, ".py")] + sorted(root.glob("*.py"))


def function_lengths(root: Path) -> Iterator[tuple[str, int]]:
    """Every function with its place and its number of lines, decorators not counted."""
    for path in python_files(root):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                yield f"{path.relative_to(root)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def too_long(root: Path, paths: list[Path], budget: int) -> Iterator[str]:
    """The files of more than `budget` lines."""
    for path in paths:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > budget:
            yield f"{path.relative_to(root)}: {lines} lines, budget {budget}"


def matches(root: Path, paths: list[Path], pattern: re.Pattern[str]) -> Iterator[str]:
    """Every place where the pattern stands, comments of stylesheets left out."""
    for path in paths:
        text = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), path.read_text(encoding="utf-8"))
        for number, line in enumerate(text.splitlines(), start=1):
            if found := pattern.search(line):
                yield f"{path.relative_to(root)}:{number} {found.group().strip()}"


def over_size(root: Path) -> list[str]:
    """Every function, file, template, stylesheet and script over its budget."""
    functions = [f"{place}: {lines} lines" for place, lines in function_lengths(root) if lines > LONGEST_FUNCTION]
    assets = files(root, "raci/static", ".css") + files(root, "raci/static", ".js")
    return [
        *functions,
        *too_long(root, python_files(root), LONGEST_FILE),
        *too_long(root, files(root, "templates", ".html"), LONGEST_TEMPLATE),
        *too_long(root, assets, LONGEST_ASSET),
    ]


def against_habits(root: Path) -> list[str]:
    """Colours outside the tokens, inline scripts and styles, and queries of a view's own."""
    styles = [path for path in files(root, "raci/static", ".css") if path.name != "tokens.css"]
    views = [path for path in files(root, "raci/web", ".py") if not re.fullmatch(r"access(_\w+)?\.py", path.name)]
    return [
        *matches(root, styles, COLOUR),
        *matches(root, files(root, "templates", ".html"), INLINE),
        *matches(root, views, OWN_QUERY),
    ]


def test_nothing_is_over_its_size():
    assert over_size(ROOT) == []


def test_nine_functions_of_ten_fit_on_a_screen():
    lengths = [lines for place, lines in function_lengths(ROOT) if not place.startswith("tests")]
    assert quantiles(lengths, n=10)[8] <= NINETY_OF_A_HUNDRED_FUNCTIONS


def test_colours_scripts_and_queries_stay_in_their_places():
    assert against_habits(ROOT) == []


def plant(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_each_excess_of_size_is_named(tmp_path):
    plant(tmp_path, "raci/web/a.py", "def long():\n" + "    x = 1\n" * 50)
    plant(tmp_path, "orgroles/b.py", "x = 1\n" * 401)
    plant(tmp_path, "templates/c.html", "<p>\n" * 121)
    plant(tmp_path, "raci/static/raci/css/d.css", "p {}\n" * 151)
    plant(tmp_path, "raci/static/raci/js/e.js", "1;\n" * 151)
    plant(tmp_path, "raci/static/raci/vendor/f.js", "1;\n" * 151)
    assert [line.split(":")[0] for line in over_size(tmp_path)] == [
        "raci/web/a.py",
        "orgroles/b.py",
        "templates/c.html",
        "raci/static/raci/css/d.css",
        "raci/static/raci/js/e.js",
    ]


def test_each_thing_out_of_place_is_named(tmp_path):
    plant(tmp_path, "raci/static/raci/css/grid.css", "/* #fff */\na { color: #FFF }\nb { color: rgb(0 0 0) }\n")
    plant(tmp_path, "raci/static/raci/css/tokens.css", "a { color: #fff }")
    plant(
        tmp_path,
        "templates/a.html",
        '<script src="x.js"></script>\n<script>x</script>\n<p style="x">\n<a onclick="x">\n<style>\n'
        '<script type="application/json">{}</script>\n<a href="javascript:x">\n',
    )
    plant(tmp_path, "raci/web/views/a.py", "Duty.objects.all()\n")
    plant(tmp_path, "raci/web/access.py", "Duty.objects.all()\n")
    plant(tmp_path, "raci/web/access_people.py", "Person.objects.all()\n")
    assert against_habits(tmp_path) == [
        "raci/static/raci/css/grid.css:2 #FFF",
        "raci/static/raci/css/grid.css:3 rgb(",
        "templates/a.html:2 <script>",
        "templates/a.html:3 style=",
        "templates/a.html:4 onclick=",
        "templates/a.html:5 <style",
        "templates/a.html:7 javascript:",
        "raci/web/views/a.py:1 .objects",
    ]
