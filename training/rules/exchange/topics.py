"""Where a question belongs: categories become topics, the tags "why" and "how" what it asks, "pool:..." its pool."""

import re
from collections.abc import Iterable

from training.rules.course_files.course_text import About
from training.rules.exchange.decoding import one_line

ROOT = "$course$/top"
POOL = "pool:"
LONGEST_POOL = 80
_DEFAULT = re.compile(r"Defaults? for\b", re.IGNORECASE)


def topic_of_category(path: str) -> str:
    """The last step of a path such as "$course$/top/Service/Returns"; empty for the category that a course has anyway.

    "//" is a slash that belongs to a name.
    """
    steps = [step.replace("//", "/").strip() for step in re.split(r"(?<!/)/(?!/)", path)]
    steps = [step for step in steps if step and step != "top" and not re.fullmatch(r"\$\w+\$", step)]
    topic = one_line(steps[-1]) if steps else ""
    return "" if _DEFAULT.match(topic) else topic


def category_of_topic(topic: str) -> str:
    """The path of a topic."""
    return f"{ROOT}/{topic.replace('/', '//')}" if topic else ROOT


def about_of_tags(tags: Iterable[str]) -> About | None:
    """What a question asks for, if a tag says it."""
    return next((About(tag.casefold()) for tag in tags if tag.casefold() in list(About)), None)


def word_of_pool(pool: str) -> str:
    """The tag that names a pool."""
    return f"{POOL}{pool}"


def is_of_pool(word: str) -> bool:
    """Whether a tag names a pool."""
    return word.casefold().startswith(POOL)


def pool_of_tags(tags: Iterable[str]) -> str:
    """The pool that a tag names; empty if none does."""
    return next((one_line(tag[len(POOL) :])[:LONGEST_POOL].strip() for tag in tags if is_of_pool(tag)), "")
