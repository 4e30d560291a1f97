"""Names of people in a story: the same for the same seed and person, as common as in the census, of no series."""

from collections import Counter

import pytest

from chance import assert_share
from hyosan.views import names
from hyosan.views.names import DENIED, FAMILIES, FIRST, SECOND, names_of

MANY = 3000


@pytest.fixture(scope="module")
def many():
    return names_of(1, ["female", "male"] * (MANY // 2))


def test_a_name_depends_on_seed_and_person_alone(many):
    assert names_of(1, ["female", "male"] * 20) == many[:40]
    assert names_of(2, ["female", "male"] * 20) != many[:40]
    assert len(names_of(2**64 - 1, ["male"])) == 1
    assert names_of(1, []) == ()


def test_nobody_has_the_name_of_another():
    found = names_of(5, ["female", "male"] * 301)
    assert len(set(found)) == len(found)


def test_family_names_are_as_common_as_they_are(many):
    families = Counter(name.split()[0] for name in many)
    assert set(families) <= set(FAMILIES)
    whole = sum(FAMILIES.values())
    for family in ("Kim", "Lee", "Park", "Hong"):
        assert_share(families[family], MANY, FAMILIES[family] / whole)


def test_given_names_are_of_the_lists_and_none_is_denied(many):
    for person, name in enumerate(many):
        sex = ("female", "male")[person % 2]
        first, second = name.split()[1].split("-")
        assert first in FIRST[sex]
        assert second in SECOND[sex]
        assert f"{first}-{second}".lower() not in DENIED
        assert first.lower() != second


def test_a_denied_name_would_come_up_if_it_were_not_denied(monkeypatch):
    sexes = ["female", "male"] * 400
    monkeypatch.setattr(names, "DENIED", frozenset())
    given = {name.split()[1].lower() for name in names_of(1, sexes)}
    assert given & DENIED, "the lists can make such names"


@pytest.mark.parametrize(
    "name",
    ["on-jo", "cheong-san", "su-hyeok", "nam-ra", "gwi-nam", "na-yeon", "dae-su", "ha-ri", "mi-jin", "u-jin", "i-sak"],
)
def test_these_are_denied(name):
    assert name in DENIED
