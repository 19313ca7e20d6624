"""Reads for the exchange of questions: where they can go, what a course asks, the pictures that it shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from db import db
from training.exchange.models import Picture
from training.exchange.operations import ADDRESS
from training.models import Course, Module, Question, QuestionVersion
from training.rules.course_files.course_text import About, QuestionText
from training.rules.exchange.naming import Names
from training.rules.exchange.pictures import FOLDER
from training.rules.exchange.texts.markdown import markdown_of_html
from training.rules.exchange.texts.nodes import Node


@dataclass(frozen=True)
class ModulePlace:
    """A module where questions can go."""

    id: int
    course: str
    course_slug: str
    title: str
    slug: str
    questions: int


@dataclass(frozen=True)
class Asked:
    """The questions of a course or module as text, and the pictures that they show, by name."""

    questions: tuple[QuestionText, ...]
    files: Mapping[str, bytes]


def module_places() -> list[ModulePlace]:
    """Every module of every course in order, with how many questions it asks."""
    query = (
        select(Module.id, Course.title, Course.slug, Module.title, Module.slug, func.count(Question.id))
        .join(Course, Course.id == Module.course_id)
        .outerjoin(Question, (Question.module_id == Module.id) & Question.retired_at.is_(None))
        .where(Module.retired_at.is_(None))
        .group_by(Module.id, Course.title, Course.slug, Module.title, Module.slug, Module.position)
        .order_by(Course.title, Course.slug, Module.position)
    )
    return [ModulePlace(*row) for row in db.session.execute(query)]


def asked_in(course_id: int, module_slug: str | None = None) -> Asked:
    """What a course asks now, or one module of it, in the newest versions; two statements."""
    newest = select(func.max(QuestionVersion.id)).group_by(QuestionVersion.question_id)
    query = (
        select(Question.slug, QuestionVersion)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(Module, Module.id == Question.module_id)
        .where(Module.course_id == course_id, Question.retired_at.is_(None), QuestionVersion.id.in_(newest))
        .order_by(Module.position, Question.position, Question.id)
    )
    if module_slug is not None:
        query = query.where(Module.slug == module_slug)
    rows = [(slug, version) for slug, version in db.session.execute(query)]
    pictures = _pictures_in([f"{version.prompt}{version.explanation}{_hot_spot(version)}" for _, version in rows])
    names = Names()
    questions = tuple(_text(names.take(slug, "question"), version, pictures) for slug, version in rows)
    return Asked(questions, {FOLDER + row.name: row.data for row in pictures.values()})


def _hot_spot(version: QuestionVersion) -> str:
    """The picture of a hot spot as the HTML of a text would show it."""
    return f'"/{version.specification["picture"]}"' if version.kind == "hot_spot" else ""


def _pictures_in(texts: Sequence[str]) -> dict[str, Picture]:
    """The pictures at the addresses in some HTML, by address; of two with one name the second gets its digest in it."""
    parts = [part[:64] for text in texts for part in text.split(f'"{ADDRESS}')[1:]]
    if not parts:
        return {}
    rows = db.session.scalars(select(Picture).where(Picture.digest.in_(set(parts))).order_by(Picture.digest)).all()
    found: dict[str, Picture] = {}
    taken: set[str] = set()
    for row in rows:
        stem, _, ending = row.name.rpartition(".")
        name = row.name if row.name not in taken else f"{stem[:60]}-{row.digest[:10]}.{ending}"
        taken.add(name)
        found[row.digest] = Picture(digest=row.digest, name=name, media_type=row.media_type, data=row.data)
    return found


def _text(slug: str, version: QuestionVersion, pictures: Mapping[str, Picture]) -> QuestionText:
    """A version as text. What is stored is HTML that we made, so it goes back into Markdown without loss of meaning."""

    def place(node: Node) -> tuple[str, str] | None:
        source = node.get("src")
        row = pictures.get(source.removeprefix(ADDRESS)[:64])
        return (node.get("alt"), FOLDER + row.name) if row else (node.get("alt"), source) if source else None

    return QuestionText(
        slug=slug,
        about=About(version.about),
        prompt=markdown_of_html(version.prompt, place),
        specification=_specification(version, pictures),
        topic=version.topic,
        weight=version.weight,
        explanation=markdown_of_html(version.explanation, place),
        pool=version.pool,
    )


def _specification(version: QuestionVersion, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    if version.kind != "hot_spot":
        return version.specification
    row = pictures.get(version.specification["picture"].removeprefix(FOLDER)[:64])
    return {**version.specification, "picture": FOLDER + row.name} if row else version.specification


def picture(digest: str) -> Picture | None:
    """A picture by its content's digest."""
    return db.session.get(Picture, digest)
