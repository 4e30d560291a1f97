"""Holidays: the days of a year that Korea spends like a Sunday."""

from __future__ import annotations

from datetime import date, timedelta

from hyosan.world.facts import table

FIXED = (
    ("New Year's Day", 1, 1, 0),
    ("Independence Movement Day", 3, 1, 0),
    ("Labour Day", 5, 1, 2026),
    ("Children's Day", 5, 5, 0),
    ("Memorial Day", 6, 6, 0),
    ("Constitution Day", 7, 17, 2026),
    ("Liberation Day", 8, 15, 0),
    ("National Foundation Day", 10, 3, 0),
    ("Hangul Day", 10, 9, 0),
    ("Christmas Day", 12, 25, 0),
)
"""(Name, month, day, first year or 0 for all): Regulations on Holidays of Government Offices, as amended for 2026."""

LUNAR = (("seollal", "Seollal", 1), ("buddhas_birthday", "Buddha's Birthday", 0), ("chuseok", "Chuseok", 1))
"""(Column of the table, name, days before and after that are holidays too)."""


def holidays(year: int) -> dict[date, str]:
    """Public holidays of a year by date, in order; of two on one day the first is named.

    Those of the lunar calendar are known for 2020 to 2035. Substitute holidays, election days and days that the
    government adds for one year are left out.

    >>> [day.isoformat() for day, name in holidays(2026).items() if name == "Chuseok"]
    ['2026-09-24', '2026-09-25', '2026-09-26']
    """
    days = [(date(year, month, day), name) for name, month, day, since in FIXED if year >= since]
    years = table("holidays")
    for column, name, around in LUNAR:
        for of_year, entry in zip(years.integers("year"), years.column(column), strict=True):
            if of_year == year:
                middle = date.fromisoformat(f"{year}-{entry}")
                days += [(middle + timedelta(days=offset), name) for offset in range(-around, around + 1)]
    found: dict[date, str] = {}
    for day, name in sorted(days, key=lambda entry: entry[0]):
        found.setdefault(day, name)
    return found
