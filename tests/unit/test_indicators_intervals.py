"""Generation and serial intervals by hand, under right truncation, and of a real outbreak."""

import csv
from datetime import date

import numpy as np
import pytest

from chance import assert_mean
from hyosan.indicators import intervals
from hyosan.units import day

NAN = np.nan
# 0 came in; it infected 1 and 2, 1 infected 3; 2 was never ill.
INFECTOR = np.array([-1, 0, 0, 1])
TIME = np.array([0.0, 2.0, 3.0, 6.0])
ONSET = np.array([2.0, 5.0, NAN, 4.0])


def test_intervals_by_hand():
    assert intervals.since_infector(TIME, INFECTOR).tolist()[1:] == [2, 3, 4]
    assert np.isnan(intervals.since_infector(TIME, INFECTOR)[0])
    serial = intervals.since_infector(ONSET, INFECTOR)
    assert serial[1] == 3
    assert serial[3] == -1, "a serial interval may be negative"
    assert np.isnan(serial[[0, 2]]).all()


def test_what_is_complete():
    assert intervals.complete_until(TIME, np.array([True, True, True, True])) == np.inf
    assert intervals.complete_until(TIME, np.array([True, False, True, False])) == 2
    assert intervals.complete_until(ONSET, np.array([True, True, False, True])) == np.inf, "2 has no onset"
    assert intervals.complete_until(np.zeros(0), np.zeros(0, bool)) == np.inf


def test_serial_intervals_wait_for_the_infectees():
    settled = np.array([True, True, True, False])
    assert intervals.onsets_known(INFECTOR, ONSET, settled, settled).tolist() == [True, True, True, False]
    waiting = np.array([True, True, False, False])
    assert intervals.onsets_known(INFECTOR, ONSET, settled, waiting).tolist() == [False, True, True, False]


def test_means_by_group():
    found = intervals.means(np.array([1.0, 3.0, NAN, 7.0]), np.array([0, 0, 1, -1]), 3)
    assert found[0] == 2
    assert np.isnan(found[1:]).all()


def test_spread():
    assert intervals.spread(np.array([NAN])) is None
    one = intervals.spread(np.array([4.0, NAN]))
    assert (one.count, one.mean, one.sd, one.median) == (1, 4, None, 4)
    many = intervals.spread(np.arange(101.0))
    assert (many.count, many.mean, many.low, many.median, many.high) == (101, 50, 5, 50, 95)
    assert many.sd == pytest.approx(np.arange(101).std(ddof=1))


@pytest.mark.parametrize(
    "values", [[], [0.0], [-1.5 * day, 2 * day, 9 * day], [0, 1000 * day], list(range(0, 10**6, 777))]
)
def test_a_histogram_loses_nothing(values):
    width, edges, counts = intervals.histogram(np.array([*values, NAN]))
    assert counts.sum() == len(values)
    assert len(counts) <= intervals.MOST_BINS
    if values:
        assert edges[0] <= min(values) < edges[0] + width
        assert edges[-1] <= max(values) < edges[-1] + width


def test_right_truncation_does_not_shorten_forward_intervals():
    """Births of 60 days, watched for 40: all intervals seen are too short, those of complete infectors are not.

    Each infects one other after an exponential time of mean 5 days, and is settled then. The defect: to count every
    infector whose infectious time is over makes a mean of 4.4 days here.
    """
    chance = np.random.default_rng(5)
    time = np.sort(chance.uniform(0, 40, 4000)) * day
    wait = chance.exponential(5 * day, 4000)
    settled = time + wait <= 40 * day
    infector = np.concatenate((np.full(4000, -1), np.flatnonzero(settled)))
    everybody = np.concatenate((time, (time + wait)[settled]))
    known = np.concatenate((settled, np.ones(settled.sum(), bool)))
    until = intervals.complete_until(everybody, known)
    interval = intervals.since_infector(everybody, infector)
    early = (infector >= 0) & (everybody[infector] < until)
    assert np.nanmean(interval) < 4.6 * day
    assert early.sum() > 100
    assert_mean(interval[early], 5 * day, 5 * day)


def test_measles_in_hagelloch(data):
    """Serial interval 10.39 days, sd 1.68, of 184 pairs by onset of the prodrome."""
    with data("outbreaks/measles_hagelloch_1861.csv").open() as file:
        rows = list(csv.DictReader(file))
    place = {row["case_ID"]: number for number, row in enumerate(rows)}
    infector = np.array([place.get(row["infector"], -1) for row in rows])
    onset = np.array([float(date.fromisoformat(row["date_of_prodrome"]).toordinal()) for row in rows])
    found = intervals.spread(intervals.since_infector(onset, infector))
    assert found.count == 184
    assert found.mean == pytest.approx(10.39, abs=0.005)
    assert found.sd == pytest.approx(1.68, abs=0.005)


def test_mers_in_korea_agrees_with_its_list_of_contacts(data):
    """Onsets of the line list give the differences that the list of contacts states."""
    with data("outbreaks/mers_korea_2015_linelist.csv").open() as file:
        cases = {row["id"]: row["dt_onset"] for row in csv.DictReader(file)}
    with data("outbreaks/mers_korea_2015_contacts.csv").open() as file:
        pairs = [row for row in csv.DictReader(file) if row["diff_dt_onset"]]
    place = {name: number for number, name in enumerate(cases)}
    onset = np.array([float(date.fromisoformat(when).toordinal()) if when else NAN for when in cases.values()])
    infector = np.full(len(cases), -1)
    stated = np.full(len(cases), NAN)
    for pair in pairs:
        infector[place[pair["to"]]] = place[pair["from"]]
        stated[place[pair["to"]]] = float(pair["diff_dt_onset"])
    found = intervals.since_infector(onset, infector)
    assert (~np.isnan(found)).sum() > 80
    both = ~np.isnan(found) & ~np.isnan(stated)
    assert found[both].tolist() == stated[both].tolist()
