"""The one year that a date printed without a year can mean in a document."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """What a document says of its years: the only one its title prints, its plan's period, the day it was issued.

    `period` holds the first and the last year, `counted` the first year that the text counts from and how many it
    counts (2012年起5年内), where it does so once. `issued` fills in only what a writer says of the day of writing
    (今年): a plan of November names months of the next year as often as of its own. `published` is the day on which the
    page was put on the web.
    """

    title: int | None = None
    period: tuple[int, int] | None = None
    issued: date | None = None
    published: date | None = None
    counted: tuple[int, int] | None = None

    def only(self) -> int | None:
        """Return the year that a yearless date (6月底前) means where one reading is possible, else None.

        It is the only year of the title, else the year of a period that lasts one.

        >>> Years(title=2021).only(), Years(period=(2021, 2021)).only(), Years(period=(2018, 2022)).only()
        (2021, 2021, None)
        """
        if self.period and self.period[0] != self.period[1]:
            return None
        if self.title is not None and self.period and self.title != self.period[0]:
            return None
        return self.title if self.title is not None else self.period[0] if self.period else None

    def current(self) -> int | None:
        """Return the year that 今年 means: that of the document, else the one that it was issued in.

        >>> Years(title=2022, issued=date(2021, 12, 30)).current(), Years(issued=date(2021, 3, 1)).current()
        (2022, 2021)
        """
        return self.only() or (self.issued.year if self.issued else None)

    def of_month(self, month: int) -> int | None:
        """Return the year of a month where nothing but the day of publication tells it, else None.

        The month is not before that day by more than one: a page of May says 3月 of things that are past.

        >>> Years(published=date(2021, 5, 8)).of_month(6), Years(published=date(2021, 5, 8)).of_month(3)
        (2021, None)
        """
        if self.published is None or self.title or self.period or self.issued or month < self.published.month - 1:
            return None
        return self.published.year
