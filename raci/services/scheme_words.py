"""The words of the letter schemes, marked for the catalogues of messages.

Schemes are data (`fixtures/schemes.json`), where no tool looks for texts. A test compares the two. Names that are
nothing but capitals (RACI) are the same in every language.
"""

from raci.domain.text import gettext_noop as _

NAMES = (
    _("RACI, one responsible"),
    _("Responsibility charting"),
)

# Names of letters.
LABELS = (
    _("Accountable"),
    _("Responsible"),
    _("Consulted"),
    _("Informed"),
    _("Support"),
    _("Approver"),
    _("Verifier"),
    _("Signatory"),
    _("Out of the loop"),
    _("Quality review"),
    _("Participant"),
    _("Sign-off required"),
    _("Review required"),
    _("Input required"),
    _("Perform"),
    _("Control"),
    _("Suggest"),
    _("Driver"),
    _("Contributor"),
    _("Decide"),
    _("Recommend"),
    _("Agree"),
    _("Input"),
    _("Responsibility"),
    _("Authority"),
    _("Task"),
    _("Approve or veto"),
    _("Inform"),
    _("Primary"),
    _("Decision"),
    _("Quality"),
    _("Assist"),
    _("Decision maker"),
    _("Consult"),
    _("Owner"),
    _("Manager"),
    _("Helper"),
    _("Decider"),
    _("Recommender"),
    _("Executor"),
    _("Adviser"),
    _("Leads"),
    _("Approves"),
    _("Monitors"),
    _("Contributes"),
)

# What an empty cell means.
EMPTY = (
    _("not involved"),
    _("undecided"),
)

# Letters that answer, lead or do, as they stand within a sentence: "nobody accountable".
WITHIN_A_SENTENCE = (
    _("accountable"),
    _("responsible"),
    _("approver"),
    _("participant"),
    _("perform"),
    _("driver"),
    _("decide"),
    _("recommend"),
    _("responsibility"),
    _("task"),
    _("primary"),
    _("decision maker"),
    _("owner"),
    _("decider"),
    _("recommender"),
    _("executor"),
    _("leads"),
)
