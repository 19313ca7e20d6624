"""Texts in GIFT: each may say how it is written, as in "[markdown]", else it is written as the question is."""

import re
from dataclasses import dataclass

from training.rules.course_files.front_matter import tidy_body
from training.rules.exchange.decoding import one_line
from training.rules.exchange.gift.scanner import unescaped
from training.rules.exchange.texts.escaping import markdown_of_plain
from training.rules.exchange.texts.html import seems_html
from training.rules.exchange.texts.markdown import Picture, markdown_of_html, no_picture
from training.rules.exchange.texts.plain import plain_of_html
from training.rules.rich_text import to_plain

AUTO = "moodle"
_FORM = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)


@dataclass(frozen=True)
class FormedText:
    """A text with its escapes resolved, and how it is written."""

    text: str
    form: str

    def markdown(self, picture: Picture = no_picture) -> str:
        """As Markdown, for prompts and explanations."""
        if self.form == "markdown":
            return self.text
        if self.form == "html":
            return markdown_of_html(self.text, picture)
        if self.form == AUTO and seems_html(self.text):
            return markdown_of_html(self.text.replace("\n", "<br>"), picture)
        return markdown_of_plain(self.text)

    def plain(self) -> str:
        """As words on one line, for choices, sides and feedback."""
        if self.form == "plain":
            return one_line(self.text)
        if self.form == "markdown":
            return to_plain(plain_of_html(self.text) if seems_html(self.text) else self.text)
        return plain_of_html(self.text)


def formed(written: str, otherwise: str = AUTO) -> FormedText:
    """A text as it stands in the file. `otherwise` is how it is written if it does not say it."""
    found = _FORM.match(written)
    form = found[1].lower() if found else otherwise
    text = unescaped(written[found.end() if found else 0 :].strip())
    return FormedText(tidy_body(text) if form == "markdown" else text.strip(), form)
