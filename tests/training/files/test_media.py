"""What a file is, told from its content."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.handed_in import picture
from training.files import media

MP4_HEAD = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00"


def archive(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def found(tmp_path, content):
    path = tmp_path / "content"
    path.write_bytes(content)
    return media.format_of(path)


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        (picture("PNG"), media.PNG),
        (picture("JPEG"), media.JPEG),
        (picture("WEBP"), media.WEBP),
        (picture("GIF"), media.GIF),
        (b"%PDF-1.7 ...", media.PDF),
        (b"ID3\x04...", media.MP3),
        (b"\xff\xfb\x90\x64", media.MP3),
        (MP4_HEAD, media.MP4),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", media.WEBM),
        (b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello", media.CAPTIONS),
        ("Olá, com acentos\n".encode(), media.TEXT),
        (archive(**{"[Content_Types].xml": "", "word__document.xml": ""}), media.DOCX),
        (archive(**{"[Content_Types].xml": "", "ppt__presentation.xml": ""}), media.PPTX),
        (archive(mimetype="application/vnd.oasis.opendocument.text"), media.ODT),
    ],
    ids=str,
)
def test_a_format_is_told_by_its_content(tmp_path, content, format_):
    assert found(tmp_path, content) == format_


@pytest.mark.parametrize(
    "content",
    [
        b"\x7fELF\x02\x01\x01\x00",
        b"MZ\x90\x00\x03",
        b"\xff\xfeH\x00i\x00",
        b"\x00\x00\x00\x18ftypheic",
        archive(anything="x"),
        archive(**{"[Content_Types].xml": "", "word__document.xml": "", "word__vbaProject.bin": "macro"}),
        b"PK\x03\x04 not an archive at all",
    ],
    ids=str,
)
def test_what_may_not_be_stored_is_none_of_them(tmp_path, content):
    assert found(tmp_path, content) is None


def test_a_page_is_mere_text_and_never_shown(tmp_path):
    page = found(tmp_path, b"<html><script>alert(1)</script></html>")
    assert page == media.TEXT
    assert not media.is_shown(page.media_type)


@pytest.mark.parametrize(
    ("name", "format_", "expected"),
    [
        ("photo.png", media.JPEG, "photo.jpg"),
        ("photo.JPEG", media.JPEG, "photo.jpeg"),
        ("../../etc/passwd", media.TEXT, "passwd.txt"),
        ("C:\\Users\\me\\notes.md", media.TEXT, "notes.md"),
        ("page.html", media.TEXT, "page.html.txt"),
        ("", media.PDF, "file.pdf"),
        (".hidden", media.TEXT, "hidden.txt"),
        ("a\u202egpj.exe\n.txt", media.TEXT, "a gpj.exe.txt"),
    ],
)
def test_a_name_keeps_its_words_and_gets_an_ending_that_fits(name, format_, expected):
    assert media.fitting_name(name, format_) == expected


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.sampled_from(media.FORMATS))
def test_every_name_becomes_a_plain_short_one(name, format_):
    made = media.fitting_name(name, format_)
    assert made.isprintable()
    assert len(made) <= 120
    assert "/" not in made
    assert made.rpartition(".")[2] in format_.endings
    assert media.fitting_name(made, format_) == made
