"""Read a file of questions in any of the formats, told by its content."""

from training.rules.course_files.course_text import About
from training.rules.exchange.detection import detected
from training.rules.exchange.gathering import Gathering
from training.rules.exchange.readers import READERS
from training.rules.exchange.results import LARGEST_FILE, Exchange, UnreadableError


def read(data: bytes, name: str = "", about: About = About.HOW) -> Exchange:
    """What a file holds, and everything that could not be understood. Never raises, whatever the bytes.

    `about` is what a question is that does not say whether it asks for the reason or the way.
    """
    gathering = Gathering(about)
    try:
        if len(data) > LARGEST_FILE:
            message = f"The file is larger than {LARGEST_FILE // 1024 // 1024} MiB."
            raise UnreadableError(0, message, "Cut it into smaller ones.")
        exchange = READERS[detected(data)](data, gathering)
        if not exchange.questions and not exchange.problems:
            gathering.leave_out(0, "There are no questions in the file.", "Export it again, with its questions.")
            return gathering.done(exchange.format)
        return exchange
    except UnreadableError as error:
        gathering.stop(error)
        return gathering.done(None)
