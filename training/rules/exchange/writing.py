"""Write questions in any of the formats that are written."""

from collections.abc import Callable, Mapping, Sequence

from training.rules.course_files.course_text import QuestionText
from training.rules.exchange.gift.writer import write_gift
from training.rules.exchange.moodle.writer import write_moodle
from training.rules.exchange.qti.writer import write_qti
from training.rules.exchange.results import Exported, Format
from training.rules.exchange.table.writer import write_csv

Files = Mapping[str, bytes]
Writer = Callable[[Sequence[QuestionText], Files], Exported]
WRITERS: Mapping[Format, Writer] = {
    Format.GIFT: lambda questions, files: write_gift(questions),
    Format.MOODLE_XML: write_moodle,
    Format.QTI: write_qti,
    Format.CSV: lambda questions, files: write_csv(questions),
}


def write(questions: Sequence[QuestionText], form: Format, files: Files | None = None) -> Exported:
    """Questions as a file, with everything that the format cannot hold. `files` are their pictures by name.

    Raises KeyError for Aiken, which is only read.
    """
    return WRITERS[form](questions, files or {})
