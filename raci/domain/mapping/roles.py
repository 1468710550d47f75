"""Which role of ours each party of a document is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from raci.domain.mapping.choosing import NEW, Choice, Fit
from raci.domain.mapping.likeness import likeness
from raci.domain.mapping.texts import LONGEST_ROLE, kept
from raci.domain.matrix import Matrix
from raci.domain.reading import Party
from raci.domain.records import Role
from raci.domain.text import NOTHING, Sentence, code_key, fold
from raci.domain.text import gettext_noop as _

# From this sureness on a likeness is taken unless somebody says otherwise.
_TAKEN = 65
_MOST_OTHERS = 5


def names_of(parties: Sequence[Party]) -> tuple[str, ...]:
    """Return what each party is called here, no longer than a name may be.

    The same name under two headings is two roles, told apart by the heading.
    """
    groups: dict[str, set[str]] = {}
    for party in parties:
        groups.setdefault(fold(party.name), set()).add(fold(party.group))
    told = (
        f"{party.name} ({party.group})" if party.group and len(groups[fold(party.name)]) > 1 else party.name
        for party in parties
    )
    return tuple(kept(name, LONGEST_ROLE).text for name in told)


class Roles:
    """The roles of an organisation that are in use, by all that they are called."""

    def __init__(self, register: Matrix) -> None:
        self._register = register
        self._used: Mapping[str, Role] = {key: role for key, role in register.roles.items() if not role.retired}

    def suggested(self, parties: Sequence[Party]) -> tuple[Choice, ...]:
        """Return what each party is taken for. A role that is only alike is taken for one name of a document alone."""
        names = names_of(parties)
        found = {fold(name): self._one(name) for name in names}
        taken = Counter(choice.to for choice in found.values() if choice.fit in (Fit.EXACT, Fit.ALIAS))
        for name in sorted(found, key=lambda one: (-found[one].sureness, one)):
            choice = found[name]
            if choice.fit is not Fit.SIMILAR or choice.to == NEW:
                continue
            if taken[choice.to]:
                found[name] = self._beside(choice)
            taken[choice.to] += 1
        return tuple(found[fold(name)] for name in names)

    def _beside(self, choice: Choice) -> Choice:
        role = self._used[choice.to].name
        why = Sentence(_("comes near to {role}, which another name of the document fits better"), {"role": role})
        return Choice(NEW, Fit.NEW, 60, why, (choice.to, *choice.others))

    def _one(self, name: str) -> Choice:
        folded = fold(name)
        if key := self._by_name.get(folded):
            return Choice(key, Fit.EXACT, 100, Sentence(_("has this name here")))
        if key := self._by_code.get(code_key(name)):
            return Choice(key, Fit.EXACT, 98, Sentence(_("is its code here")))
        if key := self._by_alias.get(code_key(name)):
            return Choice(key, Fit.ALIAS, 97, Sentence(_("is known here by this name")))
        return self._alike(name)

    def _alike(self, name: str) -> Choice:
        best: dict[str, tuple[int, Sentence]] = {}
        for key, called in self._called():
            found = likeness(name, called)
            if found and found.sureness > best.get(key, (0, NOTHING))[0]:
                best[key] = found
        ranked = sorted(best, key=lambda key: (-best[key][0], self._used[key].name, key))[:_MOST_OTHERS]
        if not ranked:
            return Choice(NEW, Fit.NEW, 90, Sentence(_("nothing here is called so")))
        (sureness, why), others = best[ranked[0]], tuple(ranked[1:])
        if others and best[others[0]][0] == sureness:
            return Choice(NEW, Fit.NEW, 50, Sentence(_("comes near to several roles")), tuple(ranked))
        if sureness < _TAKEN:
            return Choice(NEW, Fit.NEW, 100 - sureness, why, tuple(ranked))
        return Choice(ranked[0], Fit.SIMILAR, sureness, why, others)

    def _called(self) -> Iterator[tuple[str, str]]:
        for key, role in self._used.items():
            yield key, role.name
            yield key, role.code
        for (key, _own), alias in self._register.aliases.items():
            if key in self._used:
                yield key, alias.name

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {fold(self._used[key].name): key for key in sorted(self._used, reverse=True)}

    @cached_property
    def _by_code(self) -> dict[str, str]:
        return {code_key(role.code): key for key, role in self._used.items()}

    @cached_property
    def _by_alias(self) -> dict[str, str]:
        aliases = self._register.aliases.items()
        return {code_key(alias.name): key for (key, _own), alias in aliases if key in self._used}
