"""The pictures of a course in the database: kept once by what they hold, served at an address made of that."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from sqlalchemy import select

from db import db
from training.exchange.models import Picture
from training.rules.course_files.course_text import CourseText, ModuleText, QuestionText
from training.rules.exchange.pictures import FOLDER, kind_of_picture

MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
KEPT = re.compile(r"pictures/(?P<digest>[0-9a-f]{64})\.(?:png|jpg|gif|webp)")
_SHOWN = re.compile(r"\]\((pictures/[a-z0-9-]+\.(?:png|jpg|jpeg|gif|webp))\)")


def keep_pictures(files: Mapping[str, bytes]) -> dict[str, str]:
    """Store pictures that are not there yet; answers their kept names ("pictures/<digest>.png") by those given."""
    digests = {name: sha256(data).hexdigest() for name, data in sorted(files.items()) if kind_of_picture(data)}
    if not digests:
        return {}
    there = set(db.session.scalars(select(Picture.digest).where(Picture.digest.in_(digests.values()))))
    kept = {}
    for name, digest in digests.items():
        kind = kind_of_picture(files[name])
        kept[name] = f"{FOLDER}{digest}.{kind}"
        if digest not in there:
            there.add(digest)
            plain = name.removeprefix(FOLDER)[-100:]
            db.session.add(Picture(digest=digest, name=plain, media_type=MEDIA_TYPES[kind], data=files[name]))
    db.session.flush()
    return kept


def with_kept_pictures(text: CourseText, files: Mapping[str, bytes]) -> CourseText:
    """A course whose texts and hot spots name the pictures as they are kept."""
    kept = keep_pictures(files)
    return replace(text, modules=tuple(_module(one, kept) for one in text.modules)) if kept else text


def question_with_kept(question: QuestionText, kept: Mapping[str, str]) -> QuestionText:
    """A question that names its pictures as they are kept."""
    specification = question.specification
    if question.kind == "hot_spot" and specification.get("picture") in kept:
        specification = {**specification, "picture": kept[specification["picture"]]}
    return replace(
        question,
        prompt=_placed(question.prompt, kept),
        explanation=_placed(question.explanation, kept),
        specification=specification,
    )


def missing_pictures(questions: Iterable[QuestionText]) -> set[str]:
    """Of hot spots, the pictures that are not kept, by the names the questions give them. At most one statement."""
    named = {str(one.specification.get("picture")) for one in questions if one.kind == "hot_spot"}
    digests = {found["digest"]: name for name in named if (found := KEPT.fullmatch(name))}
    if digests:
        there = select(Picture.digest).where(Picture.digest.in_(digests))
        named -= {digests[one] for one in db.session.scalars(there)}
    return named


def _module(module: ModuleText, kept: Mapping[str, str]) -> ModuleText:
    return replace(
        module,
        lessons=tuple(replace(one, text=_placed(one.text, kept)) for one in module.lessons),
        questions=tuple(question_with_kept(one, kept) for one in module.questions),
    )


def _placed(text: str, kept: Mapping[str, str]) -> str:
    return _SHOWN.sub(lambda found: f"](/{kept[found[1]]})" if found[1] in kept else found[0], text)
