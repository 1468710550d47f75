"""How things are measured: side by side in one run, round by round, in CPU time."""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time


@dataclass(frozen=True)
class Check:
    """One figure and what it may be at most, or at least."""

    what: str
    figure: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def passed(self) -> bool:
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit


def rounds(contenders: Mapping[str, Callable[[], object]], count: int) -> dict[str, list[float]]:
    """Return the CPU seconds of each contender in each round. All run in every round, in turn.

    What disturbs the machine for a while disturbs all of them alike, so ratios within a round hold still.
    """
    spent: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(count):
        for name, run in contenders.items():
            started = process_time()
            run()
            spent[name].append(process_time() - started)
    return spent


def ratio(spent: Mapping[str, Sequence[float]], name: str, anchor: str) -> float:
    """Return the median of the ratios within each round."""
    return median(one / other for one, other in zip(spent[name], spent[anchor], strict=True))


def peak_megabytes(module: str, *arguments: str) -> float:
    """Return the figure that a module prints when it is run in a fresh process."""
    command = [sys.executable, "-m", module, *arguments]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def report(spent: Mapping[str, Sequence[float]], anchor: str) -> None:
    """Print the medians as a table, the anchor's ratio being one."""
    width = max(map(len, spent))
    print(f"{'variant':{width}}  CPU median s   ratio")
    for name, seconds in spent.items():
        print(f"{name:{width}}  {median(seconds):12.3f}  {ratio(spent, name, anchor):6.3f}")


def verdict(checks: Sequence[Check]) -> int:
    """Print what passed and what did not; return the status to end with."""
    for check in checks:
        word, sign = "PASS" if check.passed else "FAIL", ">=" if check.at_least else "<="
        print(f"{word}  {check.what}: {check.figure:.3f}{check.unit} ({sign} {check.limit:g}{check.unit})")
    return 0 if all(check.passed for check in checks) else 1
