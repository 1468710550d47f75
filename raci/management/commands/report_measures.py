"""Print how well an organisation decides who owns what, for people or as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from raci.domain.measures import Days, Measures, Share
from raci.management.matrices import chosen_matrices
from raci.services.measuring import Measured, as_json, measured


class Command(BaseCommand):
    help = "Say how much is decided, how old what is open is, and how long deciding takes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="its part of the address, such as demo")
        parser.add_argument("--matrix", default="", help="title or key of one matrix; all of them by default")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        matrices = chosen_matrices(options)
        found = measured(matrices, timezone.localdate(), project=bool(options["matrix"]))
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=2))
        else:
            self._tell(found)

    def _tell(self, found: Measured) -> None:
        self.stdout.write(f"On {found.today.isoformat()}, counted from {found.started_on.isoformat()}")
        self._figures("All", found.whole)
        for matrix in found.matrices:
            self._figures(f"Matrix {matrix.title}", matrix.measures)
        for area in found.areas:
            self._figures(f"Area {area.name or 'none'}", area.measures)
            if area.first:
                how = "decided first after" if area.first.decided_on else "nothing decided after"
                self.stdout.write(f"  {how} {area.first.days} days")
        for item in found.oldest:
            self.stdout.write(f"Open for {item.age} days: {item.code} {item.title} ({item.matrix})")

    def _figures(self, title: str, item: Measures) -> None:
        self.stdout.write(f"{title}")
        self.stdout.write(f"  covered by a valid decision: {_share(item.coverage)}")
        self.stdout.write(f"  open: {item.open}, by age {' / '.join(map(str, item.buckets))}, {_days(item.open_age)}")
        self.stdout.write(f"  time to decide: {_days(item.time_to_decide)}")
        self.stdout.write(f"  reopened: {_share(item.reopened)}; after an escalation: {_share(item.escalated)}")
        self.stdout.write(f"  reviews overdue: {_share(item.overdue_reviews)}")


def _share(share: Share) -> str:
    return f"{share.count} of {share.of}" + ("" if share.percent is None else f" ({share.percent} %)")


def _days(days: Days) -> str:
    if days.median is None or days.p85 is None:
        return "no days yet"
    return f"median {days.median:.1f} days, 85 of 100 up to {days.p85:.1f}"
