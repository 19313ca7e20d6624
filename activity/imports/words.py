"""Imports in words: kinds of files, states, the sentences over the pages."""

from collections.abc import Mapping

from activity.formats.fields import FileKind
from activity.imports.queries import ImportView
from activity.models import ImportState
from web import count, in_words

KIND_NAMES = {
    FileKind.DIRECTORY: "Staff directory",
    FileKind.ACTIVITY: "Activity",
    FileKind.OUTCOMES: "Outcomes",
    FileKind.LIBRARY: "Library texts",
}
ROW_NOUNS = {
    FileKind.DIRECTORY: ("person", "people"),
    FileKind.ACTIVITY: ("activity event", "activity events"),
    FileKind.OUTCOMES: ("outcome credit", "outcome credits"),
    FileKind.LIBRARY: ("text", "texts"),
}
STATE_WORDS = {
    ImportState.UPLOADED: "Columns to check",
    ImportState.CHECKING: "Being checked",
    ImportState.CHECKED: "Checked, not imported",
    ImportState.IMPORTING: "Being imported",
    ImportState.DONE: "Imported",
    ImportState.FAILED: "Failed",
}
STATE_TAGS = {
    ImportState.UPLOADED: ("warn", "circle-dot"),
    ImportState.CHECKED: ("warn", "circle-dot"),
    ImportState.DONE: ("good", "check"),
    ImportState.FAILED: ("bad", "circle-alert"),
}
NEVER_COUNT = frozenset(
    {"views", "view_count", "impressions", "likes", "like_count", "followers", "follower_count", "clicks", "logins"}
)


def headline(counts: Mapping[ImportState, int]) -> str:
    """The answer to "is there anything for me to do?" in one sentence."""
    running = counts[ImportState.CHECKING] + counts[ImportState.IMPORTING]
    waiting = counts[ImportState.UPLOADED] + counts[ImportState.CHECKED] + counts[ImportState.FAILED]
    done = counts[ImportState.DONE]
    imported = f"{count(done, 'file is', 'files are')} imported" if done else "nothing is imported yet"
    if running:
        return f"{_begun(running, 'file')} {'is' if running == 1 else 'are'} being read, {imported}."
    if waiting:
        return f"{_begun(waiting, 'file')} {'waits' if waiting == 1 else 'wait'} for you, {imported}."
    return imported[0].upper() + imported[1:] + "."


def answer(view: ImportView) -> str:
    """What came of an import, or would, in one sentence for the head of its page."""
    if view.is_running:
        return f"{view.file_name} is being {'checked' if view.state is ImportState.CHECKING else 'imported'}."
    if view.state is ImportState.FAILED:
        return f"{view.file_name} could not be read."
    if view.state is ImportState.DONE:
        parts = [f"{count(view.taken, 'row')} {'was' if view.taken == 1 else 'were'} taken"]
        parts += [f"{view.changed:,} updated"] if view.changed else []
        parts += [f"{view.known:,} known already", f"{view.rejected:,} rejected"]
        return ", ".join(parts) + "."
    parts = [f"{count(view.taken, 'row')} can be taken"]
    parts += [f"{view.changed:,} updated"] if view.changed else []
    parts += [f"{view.known:,} {'is' if view.known == 1 else 'are'} known already"]
    parts += [f"{view.rejected:,} {'is' if view.rejected == 1 else 'are'} rejected"]
    return ", ".join(parts) + ". Nothing is written yet."


def promise(view: ImportView) -> str:
    """What importing a checked file would do."""
    one, many = ROW_NOUNS[view.kind]
    parts = [f"adds {count(view.taken, one, many)}"] if view.taken else []
    parts += [f"updates {view.changed:,}"] if view.changed else []
    return "Importing " + " and ".join(parts)


def _begun(number: int, noun: str) -> str:
    words = f"{in_words(number)} {noun if number == 1 else noun + 's'}"
    return words[0].upper() + words[1:]
