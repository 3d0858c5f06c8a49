"""`make import FILE=...`: take a CSV or GeoJSON file in as pins and report what became of it."""

import argparse
import gc
import os
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from commands import ground
from components.words import LANGUAGES, Words, words
from data import areas, exchange, mappings
from data.exchange import Group, Report
from data.exchange_rows import shown
from data.instance import settings_from
from data.mappings import Columns
from data.problems import BadInput, Problem
from data.rules import HOUSE
from data.store import Store
from geo.area import Area, AreaFault

TEXTS = ("name", "words", "kind", "id", "place", "lon", "lat", "order", "field", "created")
TEXTS += ("zone", "undated", "delimiter", "encoding")
UNUSABLE, STOPPED = 2, 130
EVERY = 0.2  # seconds between two progress lines on a terminal
EVERY_PLAIN = 5.0  # and in a log


def main(argv: Sequence[str], environ: Mapping[str, str], out: TextIO, err: TextIO) -> int:
    """Import one file: 0 with a report, 2 when it cannot be used, 130 when stopped."""
    asked = _parser().parse_args(argv)
    tell = words(asked.lang)
    try:
        columns = _columns(asked)
        report = _import(asked, columns, environ, _Progress(tell, err))
    except Problem as problem:
        print(tell.problem(problem), file=err)
        return UNUSABLE
    except KeyboardInterrupt:
        print(f"\n{tell('exchange.stopped')}", file=err)
        return STOPPED
    print("\n".join(_lines(tell, report, file=asked.file.name, mapping=columns.name)), file=out)
    return 0


def _import(
    asked: argparse.Namespace, columns: Columns, environ: Mapping[str, str], progress: "_Progress"
) -> Report:
    settings = settings_from(environ)
    area = _area(settings.area)
    refused_file = asked.refused or asked.file.with_name(asked.file.name + ".refused.csv")
    if refused_file.resolve() == asked.file.resolve():
        raise BadInput("exchange.refused.is_input", name=asked.file.name)
    with exchange.opened(asked.file, columns, max_mb=asked.max_mb) as source:
        store = Store.open(settings.database)
        gc.freeze()  # what is loaded now stays: 6 % faster when the collector skips it
        try:
            return exchange.take_in(
                store,
                HOUSE,
                area,
                source,
                columns,
                now=datetime.now(UTC),
                say=progress.tell,
                refused_file=refused_file,
                fix_swapped=asked.fix_swapped,
                progress=progress,
            )
        finally:
            progress.end()
            store.close()


def _area(name: str) -> Area:
    try:
        return areas.load(name)
    except AreaFault as fault:
        raise BadInput("exchange.area", area=name, reason=fault) from None


def _columns(asked: argparse.Namespace) -> Columns:
    """Put the declared mapping and the flags together; a flag wins."""
    raw: dict[str, Any] = {"name": mappings.source_name(asked.file)}
    fitting = "" if asked.words or asked.kind else mappings.fitting(asked.file)
    raw |= mappings.load(asked.mapping or fitting) if asked.mapping or fitting else {}
    raw |= {key: value for key in TEXTS if (value := getattr(asked, key)) is not None}
    raw |= {key: True for key in ("polygons", "released") if getattr(asked, key)}
    return mappings.declared(raw)


class _Progress:
    """Shows how far it is: one line that changes on a terminal, plain lines in a log."""

    def __init__(self, tell: Words, err: TextIO) -> None:
        self.tell, self._err = tell, err
        self._live, self._last = err.isatty(), time.monotonic()
        self._shown = False

    def __call__(self, report: Report, share: float) -> None:
        now = time.monotonic()
        if now - self._last < (EVERY if self._live else EVERY_PLAIN):
            return
        self._last, self._shown = now, True
        names = ("read", "stored", "already", "refused")
        sums = {name: self.tell.number(getattr(report, name)) for name in names}
        line = self.tell("exchange.progress", share=int(share * 100), **sums)
        self._err.write(f"\r{line}\x1b[K" if self._live else f"{line}\n")
        self._err.flush()

    def end(self) -> None:
        if self._live and self._shown:
            self._err.write("\r\x1b[K")


def _lines(tell: Words, report: Report, *, file: str, mapping: str) -> list[str]:
    """Write the report, line by line."""
    sums = [(name, getattr(report, name)) for name in ("read", "stored", "already", "refused")]
    notes = [(name, getattr(report, name)) for name in ("outside", "undated", "turned")]
    lines = [tell("exchange.title", file=shown(file, 80), mapping=mapping)]
    lines += [f"  {tell.many(f'exchange.{name}', number)}" for name, number in sums]
    if report.groups:
        lines += ["", tell("exchange.reasons")]
        lines += [f"  {_group(tell, group)}" for group in report.groups]
    if any(number for _, number in notes):
        lines += ["", tell("exchange.notes")]
        lines += [f"  {tell.many(f'exchange.{name}', n)}" for name, n in notes if n]
    if report.multiline or len(report.forms) > 1:
        lines += ["", tell("exchange.file")]
    if report.multiline:
        lines += [f"  {tell.many('exchange.multiline', report.multiline)}"]
    if len(report.forms) > 1:
        forms = [f"{tell.number(n)} × {tell(f'exchange.form.{form}')}" for form, n in report.forms]
        lines += [f"  {tell('exchange.forms', forms=', '.join(forms))}"]
    if report.refused_file:
        lines += ["", tell("exchange.refused_file", path=report.refused_file)]
    return lines


def _group(tell: Words, group: Group) -> str:
    numbers = ", ".join(str(number) for number in group.numbers)
    more = " …" if group.rows > len(group.numbers) else ""
    reason = tell(f"exchange.reason.{group.key}")
    return tell(
        "exchange.group", n=tell.number(group.rows), reason=reason, numbers=f"{numbers}{more}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m commands.import_pins",
        description="Take a CSV or GeoJSON file in as pins. Stop the app first. See docs/import.md.",
        epilog="A column flag names a column; =value holds for every row, e.g. --kind =problem.",
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--mapping", help="a JSON file, or the name of a tracked mapping")
    for name in TEXTS:
        parser.add_argument(f"--{name}")
    parser.add_argument("--polygons", action="store_true", help="a polygon is a point inside it")
    parser.add_argument("--released", action="store_true", help="the office has read these rows")
    parser.add_argument("--fix-swapped", action="store_true", help="turn swapped coordinates round")
    parser.add_argument("--refused", type=Path, help="where the refused rows go")
    parser.add_argument("--max-mb", type=float, default=exchange.MAX_MB)
    parser.add_argument("--lang", choices=list(LANGUAGES), default="de", help="of the report")
    return parser


if __name__ == "__main__":
    ground.private()
    sys.exit(main(sys.argv[1:], os.environ, sys.stdout, sys.stderr))
