"""Find what was altered in the database behind the application's back; exit 1 where anything was."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from raci import models
from raci.services.anchors import Anchor, anchors_of, compare
from raci.services.history import Fault, sealed_in, verify


class Command(BaseCommand):
    help = (
        "Check that history is unbroken and accounts for every record and cell. Exits with 1 where anything is found. "
        "History alone cannot show that its latest revisions were cut off together with the organisation's note of "
        "them: keep an anchor file on another machine and name it here."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="SLUG", help="only this one (all without it)")
        parser.add_argument(
            "--anchor",
            metavar="FILE",
            type=Path,
            help="compare with the heads noted in this file, then note today's; made where it does not exist",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        organisations, file = _chosen(options["organisation"]), options["anchor"]
        noted = _read(file) if file and file.exists() else {}
        heads = anchors_of(organisations)  # before the check: what is noted as sound was looked at
        wanted = {key: noted[key] for key in noted if not options["organisation"] or key in heads}
        lost = compare(wanted)
        sound = True
        for organisation in organisations:
            gone = lost.pop(organisation.key, None)
            sound &= self._tell(organisation, [*([gone] if gone else []), *verify(organisation)])
        for fault in lost.values():
            self.stdout.write(f"{fault.message}.")
        if not sound or lost:
            sys.exit(1)
        if file:
            _write(file, {**noted, **heads})

    def _tell(self, organisation: models.Organisation, faults: list[Fault]) -> bool:
        if not faults:
            self.stdout.write(f"{organisation.name}: all {organisation.revision} revisions are as they were written.")
        if erased := sorted(sealed_in(organisation)):
            numbers = ", ".join(map(str, erased))
            self.stdout.write(
                f"{organisation.name}: names were erased in revisions {numbers}, which had been hashed with them; "
                "these are held by their place in the chain and by the seal that the erasing left."
            )
        for fault in faults:
            self.stdout.write(f"{organisation.name}: {fault.message}.")
        return not faults


def _chosen(slug: str | None) -> list[models.Organisation]:
    found = models.Organisation.objects.order_by("slug")
    if slug and not (found := found.filter(slug=slug)):
        raise CommandError(f"There is no organisation “{slug}”.")
    return list(found)


def _read(file: Path) -> dict[str, Anchor]:
    """Read lines of key, number and hash."""
    found = {}
    for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            key, number, digest = text.split(" ")
            found[key] = Anchor(int(number), digest)
        except ValueError:
            raise CommandError(f"{file}, line {line} is no anchor: a key, a number and a hash.") from None
    return found


def _write(file: Path, anchors: dict[str, Anchor]) -> None:
    """Replace the file whole, so that a full disk cannot leave half of it."""
    draft = file.with_name(f"{file.name}.new")
    text = "".join(f"{key} {anchor.number} {anchor.hash}\n" for key, anchor in sorted(anchors.items()))
    draft.write_text(text, encoding="utf-8")
    draft.replace(file)
