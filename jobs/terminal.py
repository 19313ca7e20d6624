"""A progress bar for the command line: one line that is drawn over, or a line now and then where it goes to a file."""

import shutil
import sys
from typing import TextIO

from jobs.progress import News

WIDTH = 30


class TerminalBar:
    """Draws the news of one job; call it with each, then `close` it."""

    def __init__(self, title: str, out: TextIO | None = None) -> None:
        self._title = title
        self._out = out or sys.stderr
        self._drawn = 0
        self._last = ""

    def __call__(self, news: News) -> None:
        """Draw the bar anew, or print a line when the step or the tenth has changed and nobody watches."""
        if self._out.isatty():
            line = self.line(news)[: shutil.get_terminal_size().columns - 1]  # two lines cannot be drawn over
            self._out.write("\r" + line.ljust(self._drawn))
            self._out.flush()
            self._drawn = len(line)
            return
        mark = f"{news.message} {(news.percent or 0) // 10}"
        if mark != self._last:
            self._last = mark
            self._out.write(self.line(news) + "\n")
            self._out.flush()

    def line(self, news: News) -> str:
        """The bar in one line: title, bar, percent, counts, what is being done."""
        counts = f"{news.done:,} of {news.total:,}" if news.total else (f"{news.done:,}" if news.done else "")
        parts = [self._title, self._bar(news), counts, news.message]
        return "  ".join(part for part in parts if part)

    def _bar(self, news: News) -> str:
        if news.percent is None:
            return ""
        full = WIDTH * news.percent // 100
        return f"[{'#' * full}{'.' * (WIDTH - full)}] {news.percent:3} %"

    def close(self) -> None:
        """End the line that was drawn over."""
        if self._drawn:
            self._out.write("\n")
            self._out.flush()
