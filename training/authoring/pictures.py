"""The pictures that a draft shows: found in the database, taken along with its files, and kept when files come in.

In a draft a text shows a picture by its address, "/pictures/<digest>.png"; in files by its name,
"pictures/<digest>.png", as the picture lies beside course.md.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select

from db import db
from training.courses.pictures import KEPT
from training.exchange.models import Picture
from training.rules.course_files.course_text import CourseText, ModuleText

_ADDRESS = re.compile(r"\]\(/(pictures/[0-9a-f]{64}\.(?:png|jpg|gif|webp))\)")


def pictures_of(text: CourseText) -> dict[str, bytes]:
    """The pictures that a draft shows, by their kept names. One statement, none where there are none."""
    named = {name for one in _texts(text) for name in _ADDRESS.findall(one)}
    asked = (question.specification for module in text.modules for question in module.questions)
    named |= {str(one["picture"]) for one in asked if one.get("picture")}
    digests = {found["digest"]: name for name in named if (found := KEPT.fullmatch(name))}
    if not digests:
        return {}
    rows = db.session.execute(select(Picture.digest, Picture.data).where(Picture.digest.in_(digests)))
    return {digests[row.digest]: row.data for row in rows}


def as_in_files(text: CourseText) -> CourseText:
    """A draft whose texts name pictures as files do."""
    return _changed(text, lambda one: _ADDRESS.sub(r"](\1)", one))


def _texts(text: CourseText) -> list[str]:
    found = [text.introduction]
    for module in text.modules:
        found += [module.why, *(one.text for one in module.lessons)]
        found += [words for one in module.questions for words in (one.prompt, one.explanation)]
    return found


def _changed(text: CourseText, change: Callable[[str], str]) -> CourseText:
    def in_module(module: ModuleText) -> ModuleText:
        return replace(
            module,
            lessons=tuple(replace(one, text=change(one.text)) for one in module.lessons),
            questions=tuple(
                replace(one, prompt=change(one.prompt), explanation=change(one.explanation)) for one in module.questions
            ),
        )

    return replace(text, modules=tuple(in_module(one) for one in text.modules))
