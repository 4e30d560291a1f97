"""Holidays: fixed days every year, and those of the lunar calendar entered a second time."""

from datetime import date

import pytest

from hyosan.world.holidays import holidays

# From the lists of the package `holidays`, without substitute, election and temporary days.
LISTED = {
    2020: "01-01 01-24 01-25 01-26 03-01 04-30 05-05 06-06 08-15 09-30 10-01 10-02 10-03 10-09 12-25",
    2022: "01-01 01-31 02-01 02-02 03-01 05-05 05-08 06-06 08-15 09-09 09-10 09-11 10-03 10-09 12-25",
    2024: "01-01 02-09 02-10 02-11 03-01 05-05 05-15 06-06 08-15 09-16 09-17 09-18 10-03 10-09 12-25",
    2026: "01-01 02-16 02-17 02-18 03-01 05-01 05-05 05-24 06-06 07-17 08-15 09-24 09-25 09-26 10-03 10-09 12-25",
}


@pytest.mark.parametrize("year", LISTED)
def test_holidays_are_those_listed(year):
    assert [f"{day:%m-%d}" for day in holidays(year)] == LISTED[year].split()


@pytest.mark.parametrize("year", range(2020, 2036))
def test_seollal_and_chuseok_are_three_days_at_a_new_and_a_full_moon(year):
    days = holidays(year)
    middle = {}
    for name in ("Seollal", "Chuseok"):
        found = [day for day, called in days.items() if called == name]
        # National Foundation Day may be one of the three.
        assert 2 <= len(found) <= 3
        assert (found[-1] - found[0]).days == 2
        middle[name] = found[1] if len(found) == 3 else date.fromordinal(found[0].toordinal() + 1)
    # A lunar year's 15th of the 8th month is 7 months and 14 days after its first day, or 8 with a leap month.
    months = ((middle["Chuseok"] - middle["Seollal"]).days - 14) / 29.53059
    assert abs(months - round(months)) < 0.06
    assert round(months) in (7, 8)


def test_years_that_no_table_knows_have_the_fixed_days_only():
    assert len(holidays(2050)) == 10
    assert date(2050, 8, 15) in holidays(2050)
    assert len(holidays(2019)) == 8
