"""Runs every measurement that is here, or those that are named: python -m benchmarks [workbook ...]"""

import pkgutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
NO_MEASUREMENT = ("__main__", "data", "fuzz", "hostile", "importing", "measure")


def main(wanted: list[str]) -> int:
    """Run measurements one after the other, each in a process of its own; return 1 if one of them failed."""
    found = [module.name for module in pkgutil.iter_modules([str(FOLDER)]) if module.name not in NO_MEASUREMENT]
    if unknown := sorted(set(wanted) - set(found)):
        print(f"There is no measurement {', '.join(unknown)}; there are {', '.join(found)}.")
        return 2
    failed = []
    for name in wanted or found:
        print(f"== {name} ==", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=FOLDER.parent, check=False).returncode:
            failed.append(name)
    print(f"FAIL: {', '.join(failed)}" if failed else "All measurements are within their limits.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
