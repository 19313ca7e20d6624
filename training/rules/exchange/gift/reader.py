"""Read GIFT, as the documentation of Moodle describes it ("GIFT format", docs.moodle.org).

::name:: text {answers} text     "//" begins a comment, "$CATEGORY: path" what follows belongs to
{T} {F#wrong#right}              true or false
{=right ~wrong ~%25%a part}      single choice; without "=" multiple choice
{=word =%50%other}               short text
{=left -> right}                 matching
{#3:0.5} {#2..4} {#=3:1 =%50%3:2}    numbers
{}                               long text
#said to whoever takes it, ####said to everybody afterwards
"""

from training.rules.exchange.gathering import Draft, Gathering
from training.rules.exchange.gift.answers import Answers, read_answers
from training.rules.exchange.gift.scanner import Piece, find_plain, pieces, unescaped
from training.rules.exchange.gift.texts import FormedText, formed
from training.rules.exchange.results import Exchange, Format, UnreadableError
from training.rules.exchange.topics import about_of_tags, pool_of_tags, topic_of_category

GAP = r"\_\_\_\_\_"
"""What stands in a text for the answer in its middle, as Markdown."""


def read_gift(text: str, gathering: Gathering) -> Exchange:
    """The questions of a GIFT file."""
    for piece in pieces(text):
        try:
            _read_piece(piece, gathering)
        except UnreadableError as error:
            gathering.leave_out(error.line, error.message, error.cure, _title(piece)[0])
    return gathering.done(Format.GIFT)


def _read_piece(piece: Piece, gathering: Gathering) -> None:
    title, rest = _title(piece)
    begin, end = find_plain(rest, "{"), find_plain(rest, "}")
    if begin < 0 and end < 0:
        cure = "Put it into a lesson; a question ends with its answers in braces."
        raise UnreadableError(piece.line, "This is a text without answers.", cure)
    if begin < 0 or end < begin:
        sign = "{" if begin < 0 else "}"
        raise UnreadableError(piece.line, f"A “{sign}” is missing.", "Put the answers in { }; write \\{ for a brace.")
    prompt = _prompt(rest[:begin], rest[end + 1 :])
    answers = read_answers(rest[begin + 1 : end], prompt.form, piece.line, "categorise" in piece.tags)
    _refuse_second(rest[end + 1 :], piece.line)
    markdown = prompt.markdown()
    draft = Draft(
        line=piece.line,
        title=title or piece.identifier or prompt.plain(),
        prompt=markdown,
        specification=answers.specification,
        about=about_of_tags(piece.tags),
        pool=pool_of_tags(piece.tags),
        topic=topic_of_category(piece.category),
        explanation=_explanation(answers),
    )
    if gathering.add(draft):
        for remark in answers.remarks:
            gathering.remark(piece.line, remark, "Check the question.", draft.title)


def _title(piece: Piece) -> tuple[str, str]:
    """The name of a question, and the rest of it."""
    if piece.text.startswith("::"):
        end = find_plain(piece.text, "::", 2)
        if end >= 0:
            return unescaped(piece.text[2:end]).strip(), piece.text[end + 2 :].strip()
    return piece.identifier, piece.text


def _prompt(before: str, after: str) -> FormedText:
    """What is asked: the answers in the middle of a sentence leave a gap."""
    first = formed(before)
    rest = formed(after, first.form)
    if not rest.text:
        return first
    gap = GAP if first.form == "markdown" else "_____"
    space = "" if rest.text[0] in ".,;:!?)" else " "
    return FormedText(f"{first.text} {gap}{space}{rest.text}".strip(), first.form)


def _refuse_second(after: str, line: int) -> None:
    if find_plain(after, "{") >= 0:
        message = "There are two sets of answers in one question."
        raise UnreadableError(line, message, "Part questions by an empty line; write \\{ for a brace.")


def _explanation(answers: Answers) -> str:
    own = answers.general.markdown() if answers.general else ""
    return "\n\n".join(filter(None, [own, *answers.said]))
