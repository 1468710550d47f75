"""The words of a charter that are one of a few, in English; whoever writes them down says them in its language."""

from raci.domain.charter.held import BY_PART, INTERIM, OWNS
from raci.domain.charter.view import Status
from raci.domain.records import Verb
from raci.domain.scheme import LetterClass
from raci.domain.text import gettext_noop as _

STATUS = {
    Status.DRAFT: _("draft"),
    Status.IN_FORCE: _("in force"),
    Status.OVERDUE: _("review overdue"),
}
VERB = {
    Verb.DECIDE: _("decide on"),
    Verb.APPROVE: _("approve"),
    Verb.SIGN: _("sign"),
    Verb.HIRE: _("hire"),
    Verb.SPEND: _("spend on"),
}
MANNER = {"permanent": _("permanent"), "acting": _("acting"), "deputy": _("deputy")}
GROUP = {
    OWNS: _("Answers for"),
    INTERIM: _("Acts in the interim, until it is decided"),
    BY_PART: _("Has a part by decision"),
    LetterClass.DOER.value: _("Does the work"),
    LetterClass.LEAD.value: _("Drives or proposes"),
    LetterClass.HELP.value: _("Helps with the work"),
    LetterClass.SIGN.value: _("Signs the result"),
    LetterClass.VERIFY.value: _("Checks the result"),
    LetterClass.VETO.value: _("Can stop"),
    LetterClass.INPUT.value: _("Is asked before it is done"),
    LetterClass.COACH.value: _("Coaches whoever does it"),
    LetterClass.NOTICE.value: _("Is told when it is done"),
    LetterClass.OUT.value: _("Has no part in, by decision"),
}
