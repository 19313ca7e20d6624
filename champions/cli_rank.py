"""`flask champions rank`: rank a folder in the neutral format, without a database."""

import csv
from datetime import datetime
from pathlib import Path

import click

from champions.scoring.columns import ColumnError
from champions.scoring.engine import score
from champions.scoring.folder import FolderError, read_folder, read_hints, seconds
from champions.scoring.parameters import DIAL, ParameterError, Parameters
from champions.scoring.result import ScoringResult

HEADER = ("person_id", "score", "lower", "upper", "band")


@click.command("rank")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]), required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--dial", help=f"A number from 0 to 1, or {', '.join(DIAL)}. Default: balanced.")
def rank(folder: Path, day: datetime, out: Path, dial: str | None) -> None:
    """Rank the people of FOLDER as they stood on a day, using only rows before it.

    FOLDER holds people, activity and outcomes (.csv or .csv.gz). Everybody active in the year before the
    day gets a row in the file: person_id, score, lower, upper, band.
    """
    try:
        result = rank_folder(folder, seconds(day.isoformat()), _position(dial))
    except (FolderError, ColumnError, ParameterError) as error:
        raise click.ClickException(str(error)) from error
    write_ranking(result, out)
    click.echo(result.statement)


def _position(dial: str | None) -> float | None:
    """A position of the dial by name or number. Raises click.BadParameter."""
    if dial is None or dial in DIAL:
        return DIAL[dial] if dial else None
    try:
        return float(dial)
    except ValueError:
        raise click.BadParameter(f"{dial!r} is neither a number nor one of {', '.join(DIAL)}.") from None


def rank_folder(folder: Path, as_of: float, dial: float | None = None) -> ScoringResult:
    """Score a folder as of a moment. Raises FolderError, ColumnError or ParameterError."""
    columns = read_folder(folder, as_of)
    parameters = read_hints(folder).applied(Parameters(), columns.outcomes.kind_names)
    if dial is not None:
        parameters = parameters.changed(dial=dial)
    return score(columns, parameters, as_of)


def write_ranking(result: ScoringResult, out: Path) -> None:
    """Write person_id,score,lower,upper,band, the best first."""
    columns = (result.ids, result.value.tolist(), result.lower.tolist(), result.upper.tolist(), result.band)
    with out.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(HEADER)
        for person, value, lower, upper, band in zip(*columns, strict=True):
            writer.writerow((person, f"{value:.9g}", f"{lower:.9g}", f"{upper:.9g}", band.value))
