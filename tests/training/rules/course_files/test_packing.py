"""A course as a zip file: nothing is lost on the way, and nothing hostile comes through."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.small_course import small_course
from tests.training.rules.course_files.courses import PICTURES, SMALL, courses
from training.rules.course_files.packing import (
    LARGEST_IN_ALL,
    MOST_FILES,
    PackageRefusedError,
    packed_course,
    pictures_in,
    read_package,
)


def package(files, **attributes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = attributes.get("mode", 0) << 16
            made.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def talk(**changed) -> dict[str, str]:
    return {f"talk/{name}": text for name, text in {**SMALL, **changed}.items()}


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(courses())
def test_any_course_packed_and_read_again_is_the_same(course) -> None:
    package_of = packed_course(course, PICTURES)
    assert read_package(package_of) == course
    assert pictures_in(package_of) == PICTURES


def test_the_same_course_gives_the_same_bytes() -> None:
    assert packed_course(small_course()) == packed_course(small_course())


def test_problems_are_told_by_file_and_line() -> None:
    (problem,) = read_package(package(talk(**{"01-listen/01-first.md": "---\ntitle: First\nminutes: 5\n---\n"})))
    assert str(problem).startswith("01-listen/01-first.md:5: The lesson has no text.")


def test_a_folder_packed_without_its_own_name_and_with_hidden_files_is_read() -> None:
    files = SMALL | {".git/config": "x", "__MACOSX/._course.md": "x"}
    assert read_package(package(files)).title == "Talk"


@pytest.mark.parametrize(
    "name", ["../evil.md", "talk/../../evil.md", "/etc/evil.md", "talk\\evil.md", "C:evil.md", "talk//a.md", "a b/c.md"]
)
def test_a_name_that_leads_elsewhere_is_refused(name) -> None:
    with pytest.raises(PackageRefusedError, match="is no name that a course has"):
        read_package(package(talk() | {name: "x"}))


def test_links_are_refused() -> None:
    with pytest.raises(PackageRefusedError, match="is a link"):
        read_package(package({"talk/course.md": "/etc/passwd"}, mode=0o120777))


def test_what_unfolds_beyond_measure_is_refused() -> None:
    with pytest.raises(PackageRefusedError, match="larger than 256 KiB"):
        read_package(package(talk(**{"01-listen/02-bomb.md": "0" * 50_000_000})))
    many = {f"talk/f{number}.md": "0" * 250_000 for number in range(LARGEST_IN_ALL // 250_000 + 2)}
    with pytest.raises(PackageRefusedError, match="unfolds to more than 32 MiB"):
        read_package(package(many))
    with pytest.raises(PackageRefusedError, match="more than 5,000 files"):
        read_package(package({f"talk/f{number}.md": "" for number in range(MOST_FILES + 1)}))


def test_what_is_no_course_is_refused() -> None:
    with pytest.raises(PackageRefusedError, match=r"no course\.md"):
        read_package(package({"a/x.md": "x", "b/y.md": "y"}))
    with pytest.raises(PackageRefusedError, match="no zip file"):
        read_package(b"PK\x03\x04 not really")
    with pytest.raises(PackageRefusedError, match="is in it twice"):
        read_package(twice())


def twice() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("talk/a.md", "x")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("talk/a.md", "y")
    return target.getvalue()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.builds(lambda tail: packed_course(small_course())[:-20] + tail, st.binary()))
def test_any_bytes_are_read_or_refused(data) -> None:
    try:
        read_package(data)
    except PackageRefusedError as refused:
        assert str(refused)  # noqa: PT017 - either answer is fine; nothing else may be raised
