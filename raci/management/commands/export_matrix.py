"""Write matrices as Excel workbooks, CSV or Markdown."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from raci.management.matrices import add_arguments, chosen_matrices
from raci.services.exporting import KINDS, export_bytes, file_name


class Command(BaseCommand):
    help = "Write matrices to files: rich Excel workbooks, CSV or Markdown."

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)
        parser.add_argument("--to", default=".", help="folder, or a file name where one matrix is exported")
        parser.add_argument("--format", default="xlsx", choices=sorted(KINDS))
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=sorted(dict(settings.LANGUAGES)))

    def handle(self, *args: Any, **options: Any) -> None:
        matrices = chosen_matrices(options)
        target = Path(options["to"])
        if target.suffix and len(matrices) > 1:
            raise CommandError(f"{len(matrices)} matrices do not go into one file; name a folder with --to.")
        for matrix in matrices:
            path = target if target.suffix else target / file_name(matrix, options["format"])
            with override(options["language"]):
                content = export_bytes(matrix, options["format"], _("Administrator"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            self.stdout.write(
                f"{path}  {matrix.title}, revision {matrix.organisation.revision}, {len(content):,} bytes"
            )
