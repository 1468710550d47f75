"""What is left to say when one finding already says another: hiding, merging and collapsing."""

from collections.abc import Mapping

from raci.domain.lint.finding import Finding, SubjectKind
from raci.domain.lint.registry import MATRIX, RULES, Hit
from raci.domain.lint.view import View

Found = Mapping[str, list[Finding]]


def settle(view: View, found: Found) -> dict[str, list[Finding]]:
    """Return the findings of each rule that are shown, in the order of the rules given.

    First what another rule hides goes; then R03 and C02 become one finding each where they speak of most
    rows; then R01 and R03 become one finding on rows that hold nothing but advice and notice.
    """
    shown = _without_hidden(found)
    shown["C02"] = _collapsed_pairs(view, shown["C02"])
    unworked = _collapsed_unworked(view, shown["R03"])
    if unworked is None:
        _merge_passive(view, shown)
    else:
        shown["R03"] = [unworked]
    return shown


def _without_hidden(found: Found) -> dict[str, list[Finding]]:
    """Leave out row findings of rules that another rule hides where it has spoken itself."""
    hidden: dict[str, set[str]] = {}
    for rule_id, findings in found.items():
        for other in RULES[rule_id].documentation.hides:
            hidden.setdefault(other, set()).update(item.subject.duty for item in findings)
    return {
        rule_id: [item for item in findings if item.subject.duty not in hidden[rule_id]]
        if rule_id in hidden
        else findings
        for rule_id, findings in found.items()
    }


def _collapsed_pairs(view: View, findings: list[Finding]) -> list[Finding]:
    """Report owners who do the work once, where they are on most rows. Those of controls are kept as they are."""
    count = len({item.subject.duty for item in findings})
    if not view.is_most(count):
        return findings
    controls = [item for item in findings if item.variant == "control"]
    duties = dict.fromkeys(item.subject.duty for item in findings if item.variant != "control")
    if not duties:
        return findings
    facts = {"count": count, "rows": len(view.rows)}
    return [RULES["C02"].finding(Hit(MATRIX, facts, "many", tuple(duties))), *controls]


def _collapsed_unworked(view: View, findings: list[Finding]) -> Finding | None:
    """Report rows without a doer once, where they are most rows; None where they are not."""
    if not view.is_most(len(findings)):
        return None
    duties = {item.subject.duty: item for item in findings}
    owned = sum(bool(item.owners) for item in view.rows if item.duty in duties)
    facts = {"count": len(findings), "rows": len(view.rows), "owned": owned}
    return RULES["R03"].finding(Hit(MATRIX, facts, "many_owned" if owned else "many", tuple(duties)))


def _merge_passive(view: View, shown: dict[str, list[Finding]]) -> None:
    passive = {item.duty for item in view.rows if item.passive}
    both = passive & {item.subject.duty for item in shown["R01"]} & {item.subject.duty for item in shown["R03"]}
    merge = RULES["R01"].finding
    shown["R01"] = [
        merge(Hit(item.subject, item.facts, "passive")) if item.subject.duty in both else item for item in shown["R01"]
    ]
    shown["R03"] = [item for item in shown["R03"] if item.subject.duty not in both]


def touched_duties(finding: Finding) -> tuple[str, ...]:
    """Return the duties whose rows a finding is about: its own, or those that it stands for."""
    if finding.subject.kind in (SubjectKind.ROW, SubjectKind.CELL):
        return (finding.subject.duty,)
    return finding.covers
