"""A certificate as a PDF on one page: landscape A4, the house's fonts embedded, with title, author and language.

Readers for blind people announce the title instead of the name of the file, and the text is real text in reading order.
"""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from training.rules.enrolling.words import day_in_words

FONTS = Path(__file__).parents[2] / "static" / "fonts"
PLAIN, BOLD = "Inter", "Inter-SemiBold"
INK, MUTED, ACCENT, LINE = HexColor("#1c1f23"), HexColor("#5c636b"), HexColor("#0f6b5c"), HexColor("#d9dde1")
WIDTH, HEIGHT = landscape(A4)
LEFT, RIGHT = 30 * mm, WIDTH - 30 * mm


@dataclass(frozen=True)
class CertificateText:
    """What stands on the page. `address` is the public page, or empty where there is none."""

    company: str
    holder: str
    course: str
    valid_from: date
    expires_on: date | None
    code: str
    address: str
    made_up: bool = False


def certificate_pdf(text: CertificateText) -> bytes:
    """The PDF. The same text gives the same bytes."""
    _load_fonts()
    out = BytesIO()
    page = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1, lang="en")
    page.setTitle(f"Certificate: {text.holder}, {text.course}")
    page.setAuthor(text.company or "Sharpshooter")
    page.setSubject(f"Certificate of completion, code {text.code}")
    page.setCreator("Sharpshooter")
    page.setViewerPreference("DisplayDocTitle", "true")
    _frame(page)
    _words(page, text)
    _foot(page, text)
    page.showPage()
    page.save()
    return out.getvalue()


def _load_fonts() -> None:
    if PLAIN not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(PLAIN, FONTS / "inter-regular.ttf"))
        pdfmetrics.registerFont(TTFont(BOLD, FONTS / "inter-semibold.ttf"))


def _frame(page: Canvas) -> None:
    """A quiet edge, and the mark: a cross-hair in two rings."""
    page.setStrokeColor(LINE)
    page.setLineWidth(0.8)
    page.roundRect(14 * mm, 14 * mm, WIDTH - 28 * mm, HEIGHT - 28 * mm, 4 * mm)
    page.setFillColor(ACCENT)
    page.rect(14 * mm, HEIGHT - 46 * mm, 1.6 * mm, 20 * mm, stroke=0, fill=1)
    page.setStrokeColor(ACCENT)
    page.setLineWidth(1.4)
    middle, top = RIGHT - 11 * mm, HEIGHT - 37 * mm
    for radius in (4.5 * mm, 10 * mm):
        page.circle(middle, top, radius)
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        page.line(middle + x * 7 * mm, top + y * 7 * mm, middle + x * 12.5 * mm, top + y * 12.5 * mm)


def _words(page: Canvas, text: CertificateText) -> None:
    _line(page, PLAIN, 11, MUTED, HEIGHT - 36 * mm, text.company or "Sharpshooter")
    _line(page, BOLD, 13, ACCENT, HEIGHT - 44 * mm, "Certificate")
    _fitted(page, 40, INK, HEIGHT - 82 * mm, text.holder)
    _line(page, PLAIN, 13, MUTED, HEIGHT - 97 * mm, "has read every lesson and passed every quiz of")
    _fitted(page, 24, INK, HEIGHT - 113 * mm, text.course)


def _foot(page: Canvas, text: CertificateText) -> None:
    page.setStrokeColor(LINE)
    page.setLineWidth(0.8)
    page.line(LEFT, 58 * mm, RIGHT, 58 * mm)
    _fact(page, LEFT, "Valid from", day_in_words(text.valid_from))
    _fact(page, LEFT + 62 * mm, "Valid until", day_in_words(text.expires_on) if text.expires_on else "for good")
    _fact(page, LEFT + 124 * mm, "Code", text.code)
    note = f"Check it at {text.address}" if text.address else "Whoever issued it can say whether it holds."
    _line(page, PLAIN, 9, MUTED, 29 * mm, note)
    if text.made_up:
        _line(page, PLAIN, 9, MUTED, 23 * mm, "The company, the people and this certificate are made up.")


def _fact(page: Canvas, left: float, name: str, value: str) -> None:
    _line(page, PLAIN, 9, MUTED, 48 * mm, name, left)
    _line(page, BOLD, 12, INK, 41.5 * mm, value, left)


def _line(
    page: Canvas, font: str, size: float, colour: HexColor, bottom: float, words: str, left: float = LEFT
) -> None:
    page.setFont(font, size)
    page.setFillColor(colour)
    page.drawString(left, bottom, words)


def _fitted(page: Canvas, size: float, colour: HexColor, bottom: float, words: str) -> None:
    """One line, as large as it fits between the margins."""
    width = pdfmetrics.stringWidth(words, BOLD, size)
    _line(page, BOLD, min(size, size * (RIGHT - LEFT) / max(width, 1)), colour, bottom, words)
