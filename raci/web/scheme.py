"""The letters that most pages speak of: plain RACI, for lists in which several matrices meet."""

from raci.domain.scheme import Letter, LetterClass, Scheme

_COMMON = Scheme(
    code="raci",
    name="RACI",
    letters=(
        Letter("A", "Accountable", LetterClass.OWNER, combines_with=frozenset("R")),
        Letter("R", "Responsible", LetterClass.DOER, combines_with=frozenset("A")),
        Letter("C", "Consulted", LetterClass.INPUT),
        Letter("I", "Informed", LetterClass.NOTICE),
    ),
)


def common_scheme() -> Scheme:
    """Return plain RACI, for showing letters where the scheme of their matrix is not at hand."""
    return _COMMON
