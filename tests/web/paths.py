"""The way of connie to IT manager, on the stage of the cast: for tests of the pages."""

from raci.services import private
from tests.services.confiding import DAY, Path
from tests.web.conftest import Cast


def path_of(cast: Cast) -> Path:
    """Return the way of connie, made when it is first asked for; she has assessed everything and planned one step."""
    if "path" not in vars(cast):
        vars(cast)["path"] = made = Path(cast.small, cast.people["connie"])
        made.assess_all()
        vars(cast)["step"] = made.step().key
    found: Path = vars(cast)["path"]
    return found


def towards(cast: Cast, rest: str = "") -> str:
    path = path_of(cast)
    return cast.url(f"people/{path.person.key}/towards/{cast.small.roles['ITM']}/{rest}")


def let_in(cast: Cast, name: str, *, assesses: bool = False) -> private.Confidence:
    return path_of(cast).allow(cast.people[name], assesses=assesses)


__all__ = ["DAY", "let_in", "path_of", "towards"]
