"""What every question of Moodle XML is written with: name, texts with their pictures, category, tags."""

import base64
import re
from collections.abc import Mapping

from training.rules.course_files.course_text import QuestionText
from training.rules.exchange.moodle.fields import PLACE
from training.rules.exchange.pictures import FOLDER
from training.rules.exchange.shares import number_text
from training.rules.exchange.topics import category_of_topic, word_of_pool
from training.rules.exchange.xml_text import element, text_xml

Files = Mapping[str, bytes]
SHOWN = re.compile(r"\]\((pictures/[a-z0-9-]+\.(?:png|jpg|gif|webp))\)")


def pictures_in(*texts: str) -> list[str]:
    """The pictures that Markdown shows, each once."""
    return list(dict.fromkeys(name for text in texts for name in SHOWN.findall(text)))


def plain(name: str, text: str, *more: str, **attributes: str) -> str:
    """A plain text with its form."""
    return element(name, element("text", text_xml(text)), *more, format="plain_text", **attributes)


def feedback(text: str) -> str:
    """What is said to an answer."""
    return plain("feedback", text)


def markdown(name: str, text: str, files: Files) -> str:
    """A text in Markdown with the pictures that it shows and that are there."""
    packed = []
    for place in pictures_in(text):
        if place in files:
            file = place.removeprefix(FOLDER)
            text = text.replace(f"]({place})", f"]({PLACE}{file})")
            data = base64.b64encode(files[place]).decode()
            packed.append(element("file", data, name=file, path="/", encoding="base64"))
    return element(name, element("text", text_xml(text)), *packed, format="markdown")


def whole(question: QuestionText, kind: str, prompt: str, body: list[str], files: Files, *tags: str) -> str:
    """A question of one of Moodle's types."""
    words = [str(question.about), *([word_of_pool(question.pool)] if question.pool else []), *tags]
    parts = [
        element("name", element("text", text_xml(question.slug))),
        markdown("questiontext", prompt, files),
        markdown("generalfeedback", question.explanation, files),
        element("defaultgrade", number_text(question.weight)),
        element("penalty", "0"),
        element("hidden", "0"),
        *body,
        element("tags", *(element("tag", element("text", text_xml(word))) for word in words)),
    ]
    return element("question", "\n", *(f"  {part}\n" for part in parts), type=kind)


def category(topic: str) -> str:
    """What says which category the questions after it belong to."""
    path = element("text", text_xml(category_of_topic(topic)))
    return element("question", element("category", path), type="category")
