"""Read a course folder. Either everything is sound and there is a course, or every problem is told at once.

<course>/course.md                         title, summary, language, audience, pass_mark; body: introduction
<course>/pictures/<words>.png              pictures (also jpg, gif, webp) that lessons and questions show
<course>/NN-<slug>/module.md               title, aim, minutes, pass_mark if its own, quiz, opens; body: why
<course>/NN-<slug>/NN-<slug>.md            a lesson: title, minutes; body: the lesson
<course>/NN-<slug>/task.md                 a practical task, if any: title, accepts, graded_by, rubric; body: what to do
<course>/NN-<slug>/questions/NN-<slug>.md  kind, about, topic, pool, weight, explanation, fields of the kind;
                                           body: prompt
"""

import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from training.rules.behaviours.quiz_rules import quiz_problems
from training.rules.course_files.course_text import About, Audience, CourseText, LessonText, ModuleText, QuestionText
from training.rules.course_files.entries import Entries
from training.rules.course_files.front_matter import read_front_matter
from training.rules.course_files.listing import LONGEST_SLUG, SLUG, Entry, Listing, joined
from training.rules.course_files.picture_files import picture_problems, read_pictures
from training.rules.course_files.problems import Problem, UnreadableError
from training.rules.course_files.task_file import task_of
from training.rules.course_files.text_file import read_text
from training.rules.kinds import catalogue
from training.rules.opening import OpeningOf, opening_problems
from training.rules.rich_text import complaints

COURSE_FIELDS = ("title", "summary", "language", "audience", "pass_mark")
MODULE_FIELDS = ("title", "aim", "minutes", "pass_mark", "quiz", "opens")
LESSON_FIELDS = ("title", "minutes")
QUESTION_FIELDS = ("about", "topic", "pool", "weight", "explanation")
LONGEST_MINUTES = 600
HEAVIEST = 100.0

Text = TypeVar("Text")


def read_course(folder: Path) -> CourseText | list[Problem]:
    """The course in a folder, or all that is wrong with it, by file and line. Never raises for what it finds there."""
    reader = _Reader()
    try:
        course = reader.course(folder)
    except OSError as error:
        cure = "Name a folder that holds course.md and may be read."
        return [*reader.problems, Problem(str(folder.name), 1, f"{error.strerror}.", cure)]
    return sorted(set(reader.problems)) or course


class _Reader:
    """Reads file by file and gathers problems; what cannot be read is left out, so that the rest is checked too."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._pictures: Mapping[str, bytes] = {}
        self._openings: dict[str, tuple[Entries, OpeningOf]] = {}

    def course(self, folder: Path) -> CourseText:
        listing = self._listing(folder, "", ("course.md", "pictures"))
        pictures = read_pictures(folder)
        self.problems += pictures.problems
        self._pictures = pictures.files
        slug = folder.resolve().name
        if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
            cure = "Rename the folder with small letters, digits and dashes."
            self._report("course.md", f"“{joined('', slug)}” is no name for a course.", cure)
        for entry in listing.files:
            self._report(entry.name, "A lesson stands outside a module.", "Move it into the folder of a module.")
        modules = tuple(self._module(entry) for entry in listing.folders)
        if not modules:
            self._report("course.md", "The course has no module.", "Make a folder such as 01-first-module.")
        if len(self._openings) == len(modules):
            self._check_openings()
        file = Entry(0, slug, folder / "course.md", "course.md")
        course = self._read(file, lambda entries: _course(slug, entries, modules))
        return course or CourseText(slug, "", "", "", Audience.EVERYONE, 0.0, "", modules)

    def _module(self, folder: Entry) -> ModuleText:
        listing = self._listing(folder.path, folder.name, ("module.md", "questions", "task.md"))
        for entry in listing.folders:
            cure = "Lessons are files, questions lie in the folder “questions”."
            self._report(entry.name, "There are no folders in a module.", cure)
        lessons = tuple(filter(None, (self._read(entry, _lesson_of(entry)) for entry in listing.files)))
        if not listing.files:
            self._report(f"{folder.name}/module.md", "The module has no lesson.", "Write one, such as 01-first.md.")
        questions = self._questions(folder)
        file = Entry(0, folder.slug, folder.path / "module.md", f"{folder.name}/module.md")
        module = self._read(file, lambda entries: self._noted(folder.slug, entries, lessons, questions))
        module = module or ModuleText(folder.slug, "", "", 1, None, "", lessons, questions)
        task = Entry(0, folder.slug, folder.path / "task.md", f"{folder.name}/task.md")
        return replace(module, task=self._read(task, task_of)) if os.path.lexists(task.path) else module

    def _noted(
        self, slug: str, entries: Entries, lessons: tuple[LessonText, ...], questions: tuple[QuestionText, ...]
    ) -> ModuleText:
        """A module, and what it says of its opening, which can be checked only beside the other modules."""
        module = _module(slug, entries, lessons, questions)
        self._openings[slug] = (entries, OpeningOf(slug, bool(questions), module.opens))
        return module

    def _check_openings(self) -> None:
        for slug, problems in opening_problems([one for _, one in self._openings.values()]).items():
            entries = Entries(self._openings[slug][0].file, self._openings[slug][0].front)
            entries.add(problems)
            self.problems += entries.problems

    def _questions(self, module: Entry) -> tuple[QuestionText, ...]:
        folder, here = module.path / "questions", f"{module.name}/questions"
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            self._report(here, "“questions” is no folder.", "Make it a folder, or take it away.")
        if folder.is_symlink() or not folder.is_dir():
            return ()
        listing = self._listing(folder, here, ())
        for entry in listing.folders:
            self._report(entry.name, "There are no folders among questions.", "Put each question into a file.")
        return tuple(filter(None, (self._read(entry, _question_of(entry, self._pictures)) for entry in listing.files)))

    def _listing(self, folder: Path, here: str, fixed: tuple[str, ...]) -> Listing:
        listing = Listing(folder, here, fixed)
        self.problems += listing.problems
        return listing

    def _read(self, file: Entry, build: Callable[[Entries], Text]) -> Text | None:
        """Read one file and build its value; None, and problems, if it cannot be read at all."""
        try:
            entries = Entries(file.name, read_front_matter(read_text(file.path)))
        except UnreadableError as error:
            self.problems.append(error.in_file(file.name))
            return None
        value = build(entries)
        self.problems += entries.problems
        return value

    def _report(self, file: str, message: str, cure: str) -> None:
        self.problems.append(Problem(file, 1, message, cure))


def _course(slug: str, entries: Entries, modules: tuple[ModuleText, ...]) -> CourseText:
    entries.refuse_others(COURSE_FIELDS)
    pass_mark = entries.share("pass_mark")
    if pass_mark is None and "pass_mark" not in entries.front.values:
        entries.missing("pass_mark", "Add a line such as “pass_mark: 0.7” for 70 %.")
    return CourseText(
        slug=slug,
        title=entries.text("title", 200),
        summary=entries.text("summary", 1000),
        language=entries.language("language"),
        audience=Audience(entries.word("audience", list(Audience))),
        pass_mark=pass_mark or 0.0,
        introduction=entries.body(),
        modules=modules,
    )


def _module(
    slug: str, entries: Entries, lessons: tuple[LessonText, ...], questions: tuple[QuestionText, ...]
) -> ModuleText:
    entries.refuse_others(MODULE_FIELDS)
    quiz = entries.front.values.get("quiz", {})
    problems = quiz_problems(quiz, Counter(question.pool for question in questions if question.pool))
    entries.add(problems)
    return ModuleText(
        slug=slug,
        title=entries.text("title", 200),
        aim=entries.text("aim", 500),
        minutes=entries.whole_number("minutes", 1, LONGEST_MINUTES),
        pass_mark=entries.share("pass_mark"),
        why=entries.body(),
        lessons=lessons,
        questions=questions,
        quiz={} if problems else quiz,
        opens=entries.front.values.get("opens", {}),
    )


def _lesson_of(file: Entry) -> Callable[[Entries], LessonText]:
    def build(entries: Entries) -> LessonText:
        entries.refuse_others(LESSON_FIELDS)
        return LessonText(
            slug=file.slug,
            title=entries.text("title", 200),
            minutes=entries.whole_number("minutes", 1, LONGEST_MINUTES),
            text=entries.body("The lesson has no text."),
        )

    return build


def _question_of(file: Entry, pictures: Mapping[str, bytes]) -> Callable[[Entries], QuestionText]:
    def build(entries: Entries) -> QuestionText:
        values = entries.front.values
        specification = {name: value for name, value in values.items() if name not in QUESTION_FIELDS}
        entries.add(catalogue.validate(specification))
        for _, message, cure in complaints(str(values.get("explanation") or "")):
            entries.report("explanation", message, cure)
        question = QuestionText(
            slug=file.slug,
            about=About(entries.word("about", list(About))),
            prompt=entries.body("The question has no prompt."),
            specification=specification,
            topic=entries.text("topic", 80, required=False),
            weight=entries.number("weight", 0.01, HEAVIEST, 1.0),
            explanation=entries.text("explanation", 5000, required=False),
            pool=entries.text("pool", 80, required=False),
        )
        if not entries.problems:
            entries.add(picture_problems(question, pictures))
        return question

    return build
